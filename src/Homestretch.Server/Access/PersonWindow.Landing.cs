using Homestretch.Server.Seeing;
using Homestretch.Web.Window;

namespace Homestretch.Server.Access;

/// <summary>Landed cost: for the brand owner's people who may see supply and money. Counted beside the live world, on the snapshot that was looked at.</summary>
internal sealed partial class PersonWindow
{
    public LandedChoices? LandedChoices() => Cuts ? Look(static s => LandedViews.Choices(s.World)) : null;

    public async Task<LandedView?> LandedCost(LandedQuery query, CancellationToken cancel)
    {
        if (!Cuts) return null;
        var (world, today) = Look(static s => (s.World, s.Now.InZone(s.Zone).Date));
        return await Task.Run(() => LandedViews.Of(world, today, query), cancel);
    }

    public IReadOnlyList<LandedLotRow>? LandedLots(string item) => Cuts ? Look(s => LandedViews.Lots(s.World, item)) : null;

    public async Task<LandedLot?> LandedLot(string lot, CancellationToken cancel)
    {
        if (!Cuts) return null;
        var (world, zone) = Look(static s => (s.World, s.Zone));
        return await Task.Run(() => LandedViews.Lot(world, zone, lot), cancel);
    }
}
