using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Situations;

/// <summary>Whether what lies at a hub lasts.</summary>
internal static class StockOuts
{
    /// <summary>The first build, by planned start, that an item's stock and what is bought and there before it, nine times in ten, do not cover; null: all are covered, or it lies too far ahead.</summary>
    public static Sign.StockOut? Of(Plan plan, Key<Site> hub, Key<Item> key, Watch watch)
    {
        Snapshot world = plan.World;
        if (world.Items.Find(key) is not { } item) return null;
        long onHand = world.Stock.StartingWith($"{hub}|{key}|").Where(static s => s.Status == StockStatus.Available).Sum(s => (long)Needs.Whole(item, s.Quantity.Value)), before = 0, taken = 0;
        (Lot Lot, Instant P90)[] bought = [.. world.Lots.Where(l => l.Item == key && Supply.Coming(l) && world.Lanes[l.Lane].To == hub && Bought(world, l)).Select(l => (l, plan.Of(l.Key)!.P90)).OrderBy(static l => l.P90).ThenBy(static l => l.l.Id, StringComparer.Ordinal)];
        int come = 0;
        foreach (var (start, order, steps) in plan.TakesOf(hub, key))
        {
            if (start - plan.Epoch > watch.Ahead) return null;
            for (; come < bought.Length && bought[come].P90 <= start; come++) before += Needs.Whole(item, bought[come].Lot.Quantity.Value);
            taken += steps;
            if (taken > onHand + before)
            {
                bool more = come < bought.Length;
                return new(hub, key, new(onHand * item.Step, item.Unit), new(before * item.Step, item.Unit), start, start - plan.Epoch, order, more ? bought[come].Lot.Key : (Key<Lot>?)null, more ? bought[come].P90 : null);
            }
        }
        return null;
    }

    private static bool Bought(Snapshot world, Lot lot) => lot.State > LotState.Planned || lot.PurchaseOrderLine is not { } line || world.PurchaseOrderLines.Find(line)?.Status != OrderStatus.Proposed;
}
