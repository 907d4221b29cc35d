using Homestretch.Promising;
using Homestretch.World;

namespace Homestretch.Buffering;

/// <summary>One part that a hub's kits take.</summary>
/// <param name="Buy">Whom it is bought from first; null when nobody sells it to this hub.</param>
/// <param name="PerKit">Units in an average kit.</param>
/// <param name="TakenShare">Share of kits that take it.</param>
internal sealed record HubPart(Item Item, ItemSupplier? Buy, double PerKit, double TakenShare);

/// <summary>Kits that take the same parts.</summary>
/// <param name="Parts">Indices, rising.</param>
/// <param name="Units">So many of the places.</param>
internal sealed record KitKind(int[] Parts, long Units);

/// <summary>The kits that a hub's open order lines ask for: what it makes, in the proportions in which it is ordered.</summary>
/// <param name="Different">How many kinds there are; more than <paramref name="Kinds"/> when a hub makes very many.</param>
/// <param name="Ordered">Kits on order.</param>
/// <param name="Unplannable">Open order lines whose kits cannot be planned.</param>
internal sealed record HubKits(Key<Site> Hub, IReadOnlyList<HubPart> Parts, IReadOnlyList<KitKind> Kinds, int Different, long Ordered, int Unplannable)
{
    /// <summary>Kinds that are counted with; of more, so many places spread evenly over the kits on order name them.</summary>
    private const int MostKinds = 400;

    /// <summary>Places that the kinds share.</summary>
    public long Units => Kinds.Sum(static k => k.Units);

    /// <summary>By hub, in order of key, those that have an open order line which can be planned.</summary>
    public static IReadOnlyList<HubKits> Of(Snapshot world, Links links, Needs needs, Func<int, ItemSupplier?> buyOf)
    {
        var hubs = new List<HubKits>();
        foreach (var orders in world.OrderLines.Where(Needs.Open).Select(o => needs.Of(world, links, o)).GroupBy(static n => n.Order.Hub.Value).OrderBy(static g => g.Key, StringComparer.Ordinal))
        {
            Need[] plannable = [.. orders.Where(static n => n.Refusals.Count == 0 && n.Parts.Count > 0)];
            if (plannable.Length > 0) hubs.Add(Of(orders.Key, plannable, needs, buyOf, orders.Count() - plannable.Length));
        }
        return hubs;
    }

    private static HubKits Of(Key<Site> hub, Need[] orders, Needs needs, Func<int, ItemSupplier?> buyOf, int unplannable)
    {
        int[] items = [.. orders.SelectMany(static n => n.Parts).Select(static p => p.Item).Distinct().OrderBy(i => needs.Items[i].Item.Id, StringComparer.Ordinal)];
        var index = items.Select(static (item, i) => (item, i)).ToDictionary(static x => x.item, static x => x.i);
        double units = orders.Sum(static n => (double)n.Order.Quantity);
        double[] steps = new double[items.Length], taken = new double[items.Length];
        foreach (Need n in orders)
        {
            foreach (var (item, count) in n.Parts)
            {
                steps[index[item]] += count;
                taken[index[item]] += n.Order.Quantity;
            }
        }
        HubPart[] parts = [.. items.Select((item, i) => new HubPart(needs.Items[item].Item, buyOf(item), steps[i] * (double)needs.Items[item].Item.Step / units, taken[i] / units))];
        KitKind[] kinds = [.. orders.GroupBy(n => string.Join(' ', n.Parts.Select(p => index[p.Item]).Order())).OrderBy(static g => g.Key, StringComparer.Ordinal)
            .Select(g => new KitKind([.. g.First().Parts.Select(p => index[p.Item]).Order()], g.Sum(static n => (long)n.Order.Quantity)))];
        return new(hub, parts, Spread(kinds), kinds.Length, (long)units, unplannable);
    }

    /// <summary>Systematic sampling: every kind keeps its share of the kits, as far as whole places go.</summary>
    private static KitKind[] Spread(KitKind[] kinds)
    {
        if (kinds.Length <= MostKinds) return kinds;
        long all = kinds.Sum(static k => k.Units), below = 0, taken = 0;
        var spread = new List<KitKind>(MostKinds);
        foreach (KitKind kind in kinds)
        {
            below += kind.Units;
            long places = ((2 * below * MostKinds + all) / (2 * all)) - taken;
            if (places > 0) spread.Add(kind with { Units = places });
            taken += places;
        }
        return [.. spread];
    }
}
