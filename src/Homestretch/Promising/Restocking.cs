using System.Globalization;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>A stock with a target, and what brings it up again where it is below.</summary>
/// <param name="There">Units on the shelves.</param>
/// <param name="Coming">Units bought and on their way.</param>
/// <param name="Taken">Of both, units of kits that start before a purchase of today would be in.</param>
/// <param name="Buys">Purchases and their lots, approved; empty: it is not below, or nobody sells it for that hub now.</param>
public sealed record Restock(StockTarget Target, decimal There, decimal Coming, decimal Taken, IReadOnlyList<(PurchaseOrderLine Line, Lot Lot)> Buys)
{
    public decimal Free => There + Coming - Taken;
    public bool Below => Free < Target.Level;

    /// <summary>What to write.</summary>
    public IEnumerable<WorldEvent> Events => Buys.SelectMany(static b => (WorldEvent[])[new WorldEvent.Put(b.Line), new WorldEvent.Put(b.Lot)]);
}

/// <summary>Buys again what stocks with a target have less than it: a base-stock policy, reviewed whenever it is asked.</summary>
/// <remarks>Free is what is there or comes less what kits have of it that start before a purchase of today would be in. A kit that starts later can be served by one of a later day: to buy for it now would only let it lie.</remarks>
public static class Restocking
{
    /// <summary>Stocks below their targets, in order of hub and item.</summary>
    /// <param name="now">When the purchases would be placed.</param>
    public static IReadOnlyList<Restock> Due(Snapshot world, Instant now) => [.. All(world, now).Where(static r => r.Below)];

    /// <summary>All stocks with a target, in order of hub and item.</summary>
    public static IReadOnlyList<Restock> All(Snapshot world, Instant now)
    {
        if (world.StockTargets.Count == 0) return [];
        var there = new Dictionary<(Key<Site>, Key<Item>), decimal>();
        var coming = new Dictionary<(Key<Site>, Key<Item>), decimal>();
        var keys = new Dictionary<string, (Key<Site>, Key<Item>)>(StringComparer.Ordinal);
        foreach (Stock s in world.Stock.Where(static s => s.Status == StockStatus.Available)) Add(there, Supply.NameOf(s), (s.Site, s.Item), s.Quantity.Value);
        foreach (Lot l in world.Lots.Where(Supply.Coming)) Add(coming, Supply.NameOf(l), (world.Lanes[l.Lane].To, l.Item), l.Quantity.Value);
        ILookup<(Key<Site>, Key<Item>), Peg> taken = world.Pegs.Where(p => keys.ContainsKey(p.Supply)).ToLookup(p => keys[p.Supply]);
        return [.. world.StockTargets.Select(target =>
        {
            var key = (target.Hub, target.Item);
            ItemSupplier? buy = First(world, target, now);
            Instant? into = buy is null ? null : now + Way(world, buy);
            decimal near = taken[key].Where(p => world.Builds[p.Build] is { Status: < OrderStatus.Completed } build && !(build.Start >= into)).Sum(static p => p.Quantity.Value);
            var stock = new Restock(target, there.GetValueOrDefault(key), coming.GetValueOrDefault(key), near, []);
            return stock.Below && buy is not null ? stock with { Buys = Buys(world, target, buy, target.Level - stock.Free, now) } : stock;
        })];

        void Add(Dictionary<(Key<Site>, Key<Item>), decimal> to, string name, (Key<Site>, Key<Item>) key, decimal units)
        {
            keys[name] = key;
            to[key] = to.GetValueOrDefault(key) + units;
        }
    }

    /// <summary>The way to buy for a hub that is tried first today; null: nobody sells.</summary>
    private static ItemSupplier? First(Snapshot world, StockTarget target, Instant now)
    {
        LocalDate today = now.InUtc().Date;
        return world.ItemSuppliers.StartingWith($"{target.Item}|").Where(s => world.Lanes[s.Lane].To == target.Hub && !(today < s.From) && !(today >= s.To)).OrderBy(static s => s.Priority).ThenBy(static s => s.Id, StringComparer.Ordinal).FirstOrDefault();
    }

    /// <summary>From order to in the hub: lead time and, of each step of the lane, what nine in ten take.</summary>
    private static Duration Way(Snapshot world, ItemSupplier buy) => Duration.FromDays((double)(buy.LeadDays + world.LaneSteps.StartingWith($"{buy.Lane}|").Sum(static s => s.P90Days)));

    private static List<(PurchaseOrderLine, Lot)> Buys(Snapshot world, StockTarget target, ItemSupplier buy, decimal missing, Instant now)
    {
        Item item = world.Items[target.Item];
        decimal most = buy.Maximum is { } max ? Math.Max(buy.Multiple, Math.Floor(max / buy.Multiple) * buy.Multiple) : decimal.MaxValue;
        var buys = new List<(PurchaseOrderLine, Lot)>();
        for (int n = 1; missing > 0; missing -= buys[^1].Item1.Quantity.Value)
        {
            decimal units = Math.Min(most, Math.Ceiling(Math.Max(missing, buy.Minimum) / buy.Multiple) * buy.Multiple);
            string key;
            do key = string.Create(CultureInfo.InvariantCulture, $"STOCK-{target.Item}-{target.Hub}-{now.InUtc().Date:yyyyMMdd}-{n++}");
            while (world.PurchaseOrderLines.Contains(key) || world.Lots.Contains(key));
            var quantity = new Quantity(units, item.Unit);
            buys.Add((new(key, target.Party, buy.Supplier, item.Key, "", quantity, item.Cost, buy.Lane, now, now + Way(world, buy), OrderStatus.Approved), Sourcing.PlannedLot(buy, key, now, quantity)));
        }
        return buys;
    }
}
