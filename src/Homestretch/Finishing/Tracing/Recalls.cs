using Homestretch.Finishing.Floor;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Finishing.Tracing;

/// <summary>What a recall is about: each that is given narrows it; one at least.</summary>
/// <param name="From">Made at or after, with <paramref name="Machine"/>: by when the run was begun.</param>
/// <param name="Until">Made before.</param>
public sealed record RecallQuestion(string? Item = null, string? Revision = null, string? Lot = null, string? PartSerial = null, string? Supplier = null, string? Machine = null, string? Shipment = null, Instant? From = null, Instant? Until = null);

/// <summary>What it concerns and where that is now.</summary>
/// <param name="Lots">Lots it is about.</param>
/// <param name="Units">Units that hold something of them.</param>
/// <param name="Stock">What of them lies in bins and kits: to be held.</param>
/// <param name="Coming">Lots of them that have not come in whole.</param>
public sealed record Recall(IReadOnlyList<string> Lots, IReadOnlyList<RecalledUnit> Units, IReadOnlyList<BinStock> Stock, IReadOnlyList<string> Coming);

/// <param name="Gone">It has left the hub as far as is known: the order is completed.</param>
/// <param name="Parts">Which of its parts are concerned.</param>
public sealed record RecalledUnit(string Serial, string OrderLine, string Customer, string Market, UnitState State, bool Gone, IReadOnlyList<string> Parts);

/// <summary>From a lot, machine, shipment or supplier forward to every unit, bin and voyage it is in.</summary>
public static class Recalls
{
    /// <param name="findings">Why it cannot be answered; empty when it can.</param>
    public static Recall? Of(Snapshot world, RecallQuestion q, out IReadOnlyList<Finding> findings)
    {
        findings = [.. Wrong(world, q)];
        if (findings.Count > 0) return null;
        ILookup<Key<Lot>, ProductionRun>? runs = q.Machine is null ? null : world.ProductionRuns.Where(r => r.Machine.Value == q.Machine && !(r.Start < q.From) && !(r.Start >= q.Until)).ToLookup(static r => r.Lot);
        HashSet<string> lots = [.. world.Lots.Where(l => Fits(q, l.Item, l.Revision) && !(q.Lot is not null && l.Id != q.Lot) && !(q.Supplier is not null && l.Party.Value != q.Supplier) && !(q.Shipment is not null && l.Shipment?.Value != q.Shipment)
            && runs?.Contains(l.Key) != false).Select(static l => l.Id)];
        bool byLot = q is not { Lot: null, Supplier: null, Machine: null, Shipment: null };
        if (lots.Count == 0 && q is { Lot: { } named, Supplier: null, Machine: null, Shipment: null }) lots.Add(named);     // stock from before records began
        RecalledUnit[] units = [.. world.UnitParts.Where(p => p.TakenOut is null && Fits(q, p.Item, p.Revision) && (!byLot || lots.Contains(p.LotNumber)) && !(q.PartSerial is not null && p.PartSerial != q.PartSerial))
            .GroupBy(static p => p.Unit).Select(g => Unit(world, world.Units[g.Key], [.. g]))];
        if (q is { PartSerial: not null, Item: null, Lot: null, Supplier: null, Machine: null, Shipment: null }) return new([], units, [], []);     // one part: what else of its lot there is, is another question
        BinStock[] stock = [.. world.BinStock.Where(b => b.Quantity.Value > 0 && Fits(q, b.Item, b.Revision) && (!byLot || lots.Contains(StockRow.LotOf(b.LotNumber))))];
        string[] coming = [.. lots.Where(l => world.Lots.Find(l) is { State: < LotState.Received }).Order(StringComparer.Ordinal)];
        return new([.. lots.Order(StringComparer.Ordinal)], units, stock, coming);
    }

    private static bool Fits(RecallQuestion q, Key<Item> item, string revision) => !(q.Item is not null && item.Value != q.Item) && !(q.Revision is not null && revision != q.Revision);

    private static RecalledUnit Unit(Snapshot world, Unit unit, UnitPart[] parts)
    {
        OrderLine order = world.OrderLines[world.Builds[unit.Build].OrderLine];
        return new(unit.Id, order.Id, order.Customer.Value, unit.Market.Value, unit.State, unit.State == UnitState.Complete && order.Status is OrderStatus.Completed or OrderStatus.Closed, [.. parts.Select(static p => $"{p.Item} {p.Revision} lot {p.LotNumber}{(p.PartSerial.Length > 0 ? $" serial {p.PartSerial}" : "")}".Replace("  ", " ", StringComparison.Ordinal))]);
    }

    private static IEnumerable<Finding> Wrong(Snapshot world, RecallQuestion q)
    {
        if (q is { Item: null, Lot: null, PartSerial: null, Supplier: null, Machine: null, Shipment: null }) yield return new(new("recall"), "recall", "Nothing says what is recalled.", "Give an item, lot, part serial number, supplier, machine or shipment.");
        if (q.Machine is null && (q.From ?? q.Until) is not null) yield return new(new("recall", 0, "from"), "recall", "A time was given without a machine.", "Name the machine, or leave the time out.");
        foreach (var (column, table, key) in new[] { ("item", "items", q.Item), ("supplier", "parties", q.Supplier), ("machine", "machines", q.Machine), ("shipment", "shipments", q.Shipment) })
            if (key is not null && world.Find(TableKind.Named(table)!, key) is null) yield return new(new("recall", 0, column), "unknown-key", $"{table} has no '{key}'.", $"Correct {column}.");
    }
}
