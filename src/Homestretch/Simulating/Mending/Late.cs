using Homestretch.Promising;
using Homestretch.Situations.Moves;
using Homestretch.World;

namespace Homestretch.Simulating.Mending;

/// <summary>What a plan says comes too late for a promise.</summary>
internal static class Late
{
    /// <summary>Promises at risk whose builds may still be moved, in the order in which their orders came.</summary>
    public static IEnumerable<(OrderLine Order, Forecast.Dated Dated)> FirstCome(Plan plan) => plan.Forecasts.OfType<Forecast.Dated>()
        .Where(d => d.Promise is not null && d.Kept?.Value < plan.Policy.RiskBelow && !Shelves.Fixed(plan, d.Build)).Select(d => (Order: plan.World.OrderLines[d.OrderLine], Dated: d))
        .OrderBy(static x => x.Order.Ordered).ThenBy(static x => x.Order.Id, StringComparer.Ordinal);

    /// <summary>Pegs whose supply is counted on only after the kit needs it.</summary>
    public static IEnumerable<(Peg Peg, int Second)> Pegs(Plan plan, Forecast.Dated dated)
    {
        int needed = Seconds.Of(Shelves.NeededBy(plan, dated), plan.Epoch);
        foreach (Peg peg in Shelves.PegsOf(plan, dated.OrderLine))
            if (plan.SecondOf(peg.Supply, plan.Policy.AllocationQuantile) is { } second && second > needed) yield return (peg, second);
    }

    /// <summary>The lot of a peg that can still be sent another way, with the quickest lane for it and what that costs; null when there is none, or nobody knows its cost.</summary>
    public static (Lot Lot, Lane Lane, Money Cost)? Sending(Plan plan, Peg peg)
    {
        if (!peg.Supply.StartsWith("lot:", StringComparison.Ordinal) || plan.World.Lots.Find(peg.Supply[4..]) is not { State: < LotState.Shipped, Shipment: null } lot) return null;
        foreach (Lane lane in Freight.Faster(plan.World, lot.Lane))
            if (Freight.Of(plan.World, lot.Item, lane.Key, lot.Lane, lot.Quantity.Value, whole: true).Amount is { } cost) return (lot, lane, cost);
        return null;
    }
}
