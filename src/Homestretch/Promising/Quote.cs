using Homestretch.Promising.Kernel;
using Homestretch.Promising.Lots;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>A date for an order that does not exist yet, and all that placing it would put into the world. A placed quote
/// keeps the quote's pegs and slot.</summary>
/// <param name="Forecast">What the order would get; unknown with the reasons when it cannot be built.</param>
/// <param name="Events">The order line with its build, pegs and purchases; empty when it cannot be built.</param>
public sealed record Quote(OrderLine Order, Forecast Forecast, IReadOnlyList<WorldEvent> Events)
{
    public bool Possible => Forecast is Forecast.Dated;
}

/// <summary>Nets the one order, gives it a slot and a kit from what is left, and asks the kernel for the date it would have there.</summary>
internal sealed class Quoting(Snapshot world, Links links, PlanLayout layout, Evaluation evaluation, LotSampler sampler, Free free, PlanPolicy policy)
{
    public Quote Of(OrderLine order)
    {
        if (world.OrderLines.Contains(order.Id))
            return Refused(order, [new(new(order.Id), "known-order", $"'{order.Id}' exists already.", "Quote under a new number.")]);
        WorldEvent put = new WorldEvent.Put(order);
        Applied branch = world.Apply([put], "quote");
        if (!branch.Accepted) return Refused(order, branch.Findings);
        if (world.Broken(order, world.DayOf(order, order.Requested)).Select(r => Confirming.Forbidden(world, order, r, new(order.Id))).ToArray() is { Length: > 0 } forbidden) return Refused(order, forbidden);
        Need need = layout.Needs.Of(world, links, order);
        if (!need.Plannable) return Refused(order, need.Refusals);
        Placed? placed = Placing.Of(world, free, need, 0, out int lacking);
        if (placed is null) return Refused(order, [Nowhere(order, lacking)]);
        PlacedEvents events = PlacedEvents.Of(world, links, layout, free, need, placed, new HashSet<string>(StringComparer.Ordinal));
        return new(order, Dated(need with { Way = placed.Way, Held = events.Build }, events), [put, .. events.Events]);
    }

    private Finding Nowhere(OrderLine order, int lacking)
    {
        if (lacking < 0) return new(new(order.Id), "no-slot", "No line has room for it within the plan's horizon.", "Add shifts, or another line.");
        Item item = layout.Needs.Items[lacking].Item;
        return new(new(order.Id) { Column = item.Id }, "no-supply", $"{item.Key} ({item.Name}) has no supply at {order.Hub}.", "Buy the item, or give it a supplier in item_suppliers.");
    }

    private static Quote Refused(OrderLine order, IReadOnlyList<Finding> reasons) => new(order, new Forecast.Unknown(order.Key, reasons), []);

    /// <summary>The forecast that the placed order will have.</summary>
    private Forecast.Dated Dated(Need held, PlacedEvents events)
    {
        var match = new KitPegs(layout.Needs, held, events.Pegs);
        int[] kit = [.. Enumerable.Range(0, events.Pegs.Count).Where(k => match.PartOf[k] >= 0).OrderBy(k => match.PartOf[k])], supply = [.. kit.Select(k => layout.Supplies.Find(events.Pegs[k].Supply))];
        PlannedBuild row = layout.Row(world, links, new Laid(held, [], [], []));
        int[][] arrivals = [.. kit.Select((k, i) => supply[i] >= 0 ? layout.Supplies.Arrivals[supply[i]].ToArray() : Bought(events.Lots[events.Pegs[k].Supply]))];
        int[] ready = new int[policy.Samples];
        Array.Fill(ready, row.Floor);
        foreach (int[] arrival in arrivals)
            for (int s = 0; s < ready.Length; s++) ready[s] = Math.Max(ready[s], arrival[s]);
        QuotedDate date = evaluation.Quote(row, [.. supply.Where(static s => s >= 0)], ready);
        var dates = new Dates(At(date.Dates.P50), At(date.Dates.P80), At(date.Dates.P90), At(date.Dates.P95));
        Share whole = new(OrderStatistics.CountUpTo(ready, row.PlannedStart) / (double)policy.Samples);
        return new(held.Order.Key, events.Build, dates, whole, GateOf(events.Pegs, kit, arrivals, ready, row.Floor), null, null, At(OrderStatistics.Quantile(ready, policy.AllocationQuantile)));
    }

    /// <summary>The part that comes last most often, as the kernel counts: alone or with others, after the floor, ties to the first.</summary>
    private Gate GateOf(IReadOnlyList<Peg> pegs, int[] kit, int[][] arrivals, int[] ready, int floor)
    {
        int most = 0, gate = -1;
        for (int k = 0; k < kit.Length; k++)
        {
            int last = 0;
            for (int s = 0; s < ready.Length; s++) last += arrivals[k][s] >= ready[s] && arrivals[k][s] > floor ? 1 : 0;
            if (last > most) (most, gate) = (last, kit[k]);
        }
        return gate < 0 ? new("", "", new(0)) : new(pegs[gate].Item, pegs[gate].Supply, new(most / (double)policy.Samples));
    }

    private int[] Bought(Lot lot)
    {
        int[] arrivals = new int[policy.Samples];
        sampler.Fill(world, lot, arrivals);
        return arrivals;
    }

    private Instant At(int second) => Seconds.At(second, free.Epoch);
}
