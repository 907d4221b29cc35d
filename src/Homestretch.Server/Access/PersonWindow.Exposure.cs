using Homestretch.Server.Seeing;
using Homestretch.Web.Window;
using NodaTime;

namespace Homestretch.Server.Access;

/// <summary>Exposure and landed cost: the brand owner's. Both are counted beside the live world, on the snapshot that was looked at.</summary>
internal sealed partial class PersonWindow
{
    public async Task<ExposureView?> Exposure(CancellationToken cancel)
    {
        if (!May(Permission.SeeExposure) || !Brand && !_planner.Empty) return null;
        var (world, now) = Look(static s => (s.World, s.Now));
        return await Task.Run(() => ExposureViews.Of(world, now), cancel);
    }

    public async Task<ExposedPartyView?> Exposed(string party, CancellationToken cancel)
    {
        if (!May(Permission.SeeExposure) || !Brand) return null;
        var (world, now) = Look(static s => (s.World, s.Now));
        return await Task.Run(() => ExposureViews.One(world, now, party), cancel);
    }

    public async Task<LandedView?> LandedCost(LandedQuery query, CancellationToken cancel)
    {
        if (!May(Permission.SeeSupply) || !May(Permission.SeeMoney) || !Brand) return null;
        var (world, today) = Look(static s => (s.World, s.Now.InZone(s.Zone).Date));
        return await Task.Run(() => LandedViews.Of(world, today, query), cancel);
    }
}
