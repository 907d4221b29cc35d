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

/// <summary>A recall's question with the lots that it is about.</summary>
public sealed record RecallScope(RecallQuestion Question, IReadOnlySet<string> Lots)
{
    /// <summary>Only what came in one of the lots is concerned.</summary>
    public bool ByLot => Question is not { Lot: null, Supplier: null, Machine: null, Shipment: null };

    /// <summary>Whether something of an item, revision and lot is concerned.</summary>
    public bool Holds(string item, string revision, string lot) => !(Question.Item is not null && item != Question.Item) && !(Question.Revision is not null && revision != Question.Revision) && (!ByLot || Lots.Contains(lot));

    /// <summary>Whether a part of a unit is concerned.</summary>
    public bool Concerns(string item, string revision, string lot, string partSerial) => Holds(item, revision, lot) && !(Question.PartSerial is not null && partSerial != Question.PartSerial);
}

/// <summary>From a lot, machine, shipment or supplier forward to every unit, bin and voyage it is in.</summary>
public static class Recalls
{
    /// <param name="findings">Why it cannot be answered; empty when it can.</param>
    public static Recall? Of(Snapshot world, RecallQuestion q, out IReadOnlyList<Finding> findings) => Scope(world, q, [], out findings) is { } scope ? Of(world, scope, []) : null;

    /// <summary>Which lots a recall is about.</summary>
    /// <param name="kept">Lots of units in the archive; what the world knows of one counts first.</param>
    /// <param name="findings">Why it cannot be answered; empty when it can.</param>
    public static RecallScope? Scope(Snapshot world, RecallQuestion q, IReadOnlyCollection<LotTrace> kept, out IReadOnlyList<Finding> findings)
    {
        findings = [.. Wrong(world, q)];
        if (findings.Count > 0) return null;
        HashSet<string>? made = q.Machine is null ? null : [.. world.ProductionRuns.Where(r => r.Machine.Value == q.Machine && Then(q, r.Start)).Select(static r => r.Lot.Value), .. kept.Where(l => l.Runs.Any(r => r.Machine == q.Machine && Then(q, r.Begun))).Select(static l => l.Lot)];
        HashSet<string> lots = [.. world.Lots.Where(l => Fits(q, l.Item.Value, l.Revision, l.Id, l.Party.Value, l.Shipment?.Value ?? "") && made?.Contains(l.Id) != false).Select(static l => l.Id)];
        lots.UnionWith(kept.Where(l => !world.Lots.Contains(l.Lot) && Fits(q, l.Item, l.Revision, l.Lot, l.Supplier, l.Shipment) && made?.Contains(l.Lot) != false).Select(static l => l.Lot));
        if (lots.Count == 0 && q is { Lot: { } named, Supplier: null, Machine: null, Shipment: null }) lots.Add(named);     // stock from before records began
        return new(q, lots);
    }

    /// <param name="kept">Units in the archive that may be concerned; one that is in the world counts as it is there.</param>
    public static Recall Of(Snapshot world, RecallScope scope, IEnumerable<UnitTrace> kept)
    {
        RecallQuestion q = scope.Question;
        RecalledUnit[] units = [.. world.UnitParts.Where(p => p.TakenOut is null && scope.Concerns(p.Item.Value, p.Revision, p.LotNumber, p.PartSerial)).Select(static p => p.Unit).Distinct().Select(u => UnitTrace.Of(world, world.Units[u]))
            .Concat(kept.Where(u => !world.Units.Contains(u.Serial))).Select(u => Unit(world, scope, u)).Where(static u => u.Parts.Count > 0).OrderBy(static u => u.Serial, StringComparer.Ordinal)];
        if (q is { PartSerial: not null, Item: null } && !scope.ByLot) return new([], units, [], []);     // one part: what else of its lot there is, is another question
        BinStock[] stock = [.. world.BinStock.Where(b => b.Quantity.Value > 0 && scope.Holds(b.Item.Value, b.Revision, StockRow.LotOf(b.LotNumber)))];
        string[] coming = [.. scope.Lots.Where(l => world.Lots.Find(l) is { State: < LotState.Received }).Order(StringComparer.Ordinal)];
        return new([.. scope.Lots.Order(StringComparer.Ordinal)], units, stock, coming);
    }

    private static bool Fits(RecallQuestion q, string item, string revision, string lot, string supplier, string shipment) => !(q.Item is not null && item != q.Item) && !(q.Revision is not null && revision != q.Revision)
        && !(q.Lot is not null && lot != q.Lot) && !(q.Supplier is not null && supplier != q.Supplier) && !(q.Shipment is not null && shipment != q.Shipment);

    private static bool Then(RecallQuestion q, Instant begun) => !(begun < q.From) && !(begun >= q.Until);

    private static RecalledUnit Unit(Snapshot world, RecallScope scope, UnitTrace u) => new(u.Serial, u.OrderLine, u.Customer, u.Market, u.State,
        u.State == UnitState.Complete && world.OrderLines.Find(u.OrderLine) is null or { Status: OrderStatus.Completed or OrderStatus.Closed },
        [.. u.Parts.Where(p => !p.Out && scope.Concerns(p.Item, p.Revision, p.Lot, p.PartSerial)).Select(static p => $"{p.Item} {p.Revision} lot {p.Lot}{(p.PartSerial.Length > 0 ? $" serial {p.PartSerial}" : "")}".Replace("  ", " ", StringComparison.Ordinal))]);

    private static IEnumerable<Finding> Wrong(Snapshot world, RecallQuestion q)
    {
        if (q is { Item: null, Lot: null, PartSerial: null, Supplier: null, Machine: null, Shipment: null }) yield return new(new("recall"), "recall", "Nothing says what is recalled.", "Give an item, lot, part serial number, supplier, machine or shipment.");
        if (q.Machine is null && (q.From ?? q.Until) is not null) yield return new(new("recall", 0, "from"), "recall", "A time was given without a machine.", "Name the machine, or leave the time out.");
        foreach (var (column, table, key) in new[] { ("item", "items", q.Item), ("supplier", "parties", q.Supplier), ("machine", "machines", q.Machine), ("shipment", "shipments", q.Shipment) })
            if (key is not null && world.Find(TableKind.Named(table)!, key) is null) yield return new(new("recall", 0, column), "unknown-key", $"{table} has no '{key}'.", $"Correct {column}.");
    }
}
