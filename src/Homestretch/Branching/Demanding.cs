using Homestretch.World;
using NodaTime;

namespace Homestretch.Branching;

/// <summary>Demand that grows or falls: open order lines are ordered once more, or not at all, evenly over the dates on which they are wanted.</summary>
internal static class Demanding
{
    public static IReadOnlyList<WorldEvent> Of(Snapshot world, Instant t, Assumption.DemandChanged demand)
    {
        OrderLine[] open = [.. world.OrderLines.Where(o => o.Status is OrderStatus.Proposed or OrderStatus.Approved or OrderStatus.Confirmed && (demand.Market is not { } m || o.Market == m) && (demand.Family is not { } f || o.Family == f))
            .OrderBy(static o => o.Requested).ThenBy(static o => o.Id, StringComparer.Ordinal)];
        return demand.Change >= 0 ? [.. More(world, t, open, demand.Change)] : [.. Less(world, t, open, -demand.Change)];
    }

    /// <summary>So many units more as the share says, to half an order line: a line is copied each time another whole one has come together.</summary>
    private static IEnumerable<WorldEvent> More(Snapshot world, Instant t, OrderLine[] open, decimal share)
    {
        decimal owed = 0;
        int n = 0;
        foreach (OrderLine order in open)
        {
            for (owed += order.Quantity * share; owed >= order.Quantity / 2m; owed -= order.Quantity)
            {
                string key;
                do key = $"WHAT-IF-{++n:00000}";
                while (world.OrderLines.Contains(key));
                yield return new WorldEvent.Put(order with { Key = key, Ordered = t, Status = OrderStatus.Approved });
            }
        }
    }

    /// <summary>What has begun or is confirmed stays.</summary>
    private static IEnumerable<WorldEvent> Less(Snapshot world, Instant t, OrderLine[] open, decimal share)
    {
        HashSet<string> held = [.. world.Builds.Where(b => b.Status is OrderStatus.Confirmed or OrderStatus.Completed || b.Start <= t && b.Status == OrderStatus.Approved).Select(static b => b.OrderLine.Value)];
        decimal owed = 0;
        foreach (OrderLine order in open)
        {
            owed += order.Quantity * share;
            if (held.Contains(order.Id) || owed < order.Quantity / 2m) continue;
            owed -= order.Quantity;
            yield return new WorldEvent.Put(order with { Status = OrderStatus.Cancelled });
        }
    }
}
