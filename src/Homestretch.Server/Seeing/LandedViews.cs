using Homestretch.Landing;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Seeing;

/// <summary>What a unit costs once it lies at the hub, by every way to buy it.</summary>
internal static class LandedViews
{
    public static LandedView Of(Snapshot world, LocalDate today, LandedQuery query)
    {
        var policy = new LandingPolicy();
        LocalDate entered = query.On ?? today;
        return new(entered, policy.HoldingRate, [.. Sources.Landed(world, new(entered, query.Item, query.Supplier, query.To, query.Quantity), policy).Select(Row)]);
    }

    private static LandedSource Row(SourceLanded s) => new(s.Source.Item.Value, s.Source.Supplier.Value, s.Source.Lane.Value, s.Quantity, s.Consignment.Lines[0].Origin, s.Consignment.Lines[0].Hs, s.Landed?.Territory, s.Landed?.Currency,
        s.Landed?.Total, s.Landed is { } l ? decimal.Round(l.Total / s.Quantity, 4) : null, s.Landed?.Components ?? [], s.Landed?.SetAside ?? [], s.Findings);
}
