using System.Runtime.CompilerServices;
using Homestretch.Promising;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Seeing;

/// <summary>The kit grid: builds by date, a column for each position in the product.</summary>
internal static class KitViews
{
    // A forecast is replaced when any lot of its kit is drawn anew, so the cells seen under it hold while it stands.
    private static readonly ConditionalWeakTable<Forecast.Dated, Seen> s_seen = [];

    public static KitGridView Grid(Sight sight, KitQuery query)
    {
        Instant from = query.From ?? sight.Now - Duration.FromDays(1);
        var rows = new List<(Forecast.Dated Forecast, OrderLine Order)>();
        foreach (Forecast.Dated d in sight.Plan.Forecasts.OfType<Forecast.Dated>())
        {
            OrderLine order = sight.World.OrderLines[d.OrderLine];
            if (d.Build.Start < from || d.Build.Start >= query.To || (query.Line is { Length: > 0 } line && d.Build.Line.Value != line)
                || (query.Market is { Length: > 0 } market && order.Market.Value != market)) continue;
            if (query.OnlyAtRisk && d.Whole.Value >= sight.Plan.Policy.RiskBelow && sight.StateOf(order, d) is not (PromiseState.AtRisk or PromiseState.Broken)) continue;
            rows.Add((d, order));
        }
        var sorted = rows.OrderBy(static r => r.Forecast.Build.Start).ThenBy(static r => r.Order.Id, StringComparer.Ordinal).ToList();
        string[] groups = Groups(sight.World);
        return new(groups, [.. sorted.Skip(query.Skip).Take(query.Take).Select(r => Row(sight, groups, r.Forecast, r.Order))], sorted.Count);
    }

    /// <summary>Columns in the order of the bill of materials.</summary>
    private static string[] Groups(Snapshot world) =>
        [.. world.BomLines.Select(b => world.Items[b.Item].Group).Where(static g => g.Length > 0).Distinct(StringComparer.Ordinal)];

    private static KitRow Row(Sight sight, string[] groups, Forecast.Dated d, OrderLine order)
    {
        if (!s_seen.TryGetValue(d, out Seen? seen) || !seen.Holds(sight.World, groups))
            s_seen.AddOrUpdate(d, seen = new(Cells(sight, groups, d), sight.World.Items, sight.World.Pins, groups));
        return new(d.Build.Id, d.OrderLine.Value, sight.NameOf(order.Customer), order.Market.Value, d.Build.Line.Value, d.Build.Start, d.Whole.Value,
            sight.ItemOf(d.Gate.Item)?.Group ?? "", d.Gate.Item.Value, d.Gate.Share.Value, Slack(sight, d), sight.StateOf(order, d), seen.Cells);
    }

    /// <summary>A kit that waits for nothing is not short once its start has passed.</summary>
    private static double Slack(Sight sight, Forecast.Dated d) => (d.Build.Start - d.ReadyP90).TotalDays is var slack && slack < 0 && d.Gate.Supply.Length == 0 && d.Build.Start <= sight.Now ? 0 : slack;

    /// <summary>One cell a column. Of several pegs in one column (two parts, or one part from two lots) the gate is shown, else the one less likely
    /// to be in time; a pin on any of them shows.</summary>
    private static (KitCell?[] Cells, Lot[] Lots) Cells(Sight sight, string[] groups, Forecast.Dated d)
    {
        var cells = new KitCell?[groups.Length];
        var lots = new List<Lot>();
        foreach (PeggedPart part in sight.Plan.KitOf(d.OrderLine))
        {
            if (part.Lot is { } lot) lots.Add(lot);
            int g = Array.IndexOf(groups, part.Item.Group);
            if (g < 0) continue;
            KitCell cell = Cell(part, d);
            cells[g] = cells[g] is { } other ? Worse(other, cell) with { Pinned = other.Pinned || cell.Pinned } : cell;
        }
        return (cells, [.. lots]);
    }

    private static KitCell Worse(KitCell a, KitCell b) => a.IsGate != b.IsGate ? (a.IsGate ? a : b) : (b.OnTimeShare ?? 1) < (a.OnTimeShare ?? 1) ? b : a;

    public static KitCell Cell(PeggedPart part, Forecast.Dated d) => new(part.Item.Id, part.Item.Name, State(part), part.OnTime.Value, part.Peg.Supply,
        part.Lot?.Id, part.Arrival?.P90, d.Gate.Supply == part.Peg.Supply && d.Gate.Item == part.Item.Key, part.Pinned);

    private static PartState State(PeggedPart part) => part switch
    {
        { Lot: null } => PartState.InStock,
        { Lot.State: LotState.Received } => PartState.Arrived,
        { OnTime.Value: < 0.2 } => PartState.Late,
        { OnTime.Value: < 0.8 } => PartState.AtRisk,
        { Lot.State: LotState.Planned } => part.Lot!.Id.StartsWith("PLAN-", StringComparison.Ordinal) ? PartState.PlannedPurchase : PartState.NotStarted,
        { Lot.State: LotState.Making } => PartState.Making,
        _ => PartState.OnTheWay,
    };

    /// <summary>What was last seen under a forecast, and of what.</summary>
    private sealed class Seen((KitCell?[] Cells, Lot[] Lots) kit, Table<Item> items, Table<Pin> pins, string[] groups)
    {
        public IReadOnlyList<KitCell?> Cells => kit.Cells;

        public bool Holds(Snapshot world, string[] now) => ReferenceEquals(items, world.Items) && ReferenceEquals(pins, world.Pins)
            && groups.AsSpan().SequenceEqual(now) && kit.Lots.All(lot => ReferenceEquals(lot, world.Lots.Find(lot.Key)));
    }
}
