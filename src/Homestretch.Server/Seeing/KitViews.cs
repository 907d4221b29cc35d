using Homestretch.Promising;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Seeing;

/// <summary>The kit grid: builds by date, a column for each position in the product.</summary>
internal static class KitViews
{
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
        Explanation explained = sight.Plan.Explain(d.OrderLine)!;
        var cells = new KitCell?[groups.Length];
        foreach (ExplainedPeg peg in explained.Pegs)
        {
            int g = Array.IndexOf(groups, peg.Item.Group);
            if (g < 0) continue;
            KitCell cell = Cell(peg, d);
            if (cells[g] is not { } other || (other.OnTimeShare ?? 1) > (cell.OnTimeShare ?? 1)) cells[g] = cell;
        }
        string gateGroup = sight.ItemOf(d.Gate.Item)?.Group ?? "";
        return new(d.Build.Id, d.OrderLine.Value, sight.NameOf(order.Customer), order.Market.Value, d.Build.Line.Value, d.Build.Start, d.Whole.Value, gateGroup,
            d.Gate.Item.Value, d.Gate.Share.Value, (d.Build.Start - d.ReadyP90).TotalDays, sight.StateOf(order, d), cells);
    }

    public static KitCell Cell(ExplainedPeg peg, Forecast.Dated d) => new(peg.Item.Id, peg.Item.Name, State(peg), peg.OnTime.Value, peg.Peg.Supply,
        peg.Lot?.Id, peg.Arrival?.P90, d.Gate.Supply == peg.Peg.Supply && d.Gate.Item == peg.Item.Key, peg.Pinned);

    private static PartState State(ExplainedPeg peg) => peg switch
    {
        { Lot: null } => PartState.InStock,
        { OnTime.Value: < 0.2 } => PartState.Late,
        { OnTime.Value: < 0.8 } => PartState.AtRisk,
        { Lot.State: LotState.Planned } => peg.Lot!.Id.StartsWith("PLAN-", StringComparison.Ordinal) ? PartState.PlannedPurchase : PartState.NotStarted,
        { Lot.State: LotState.Making } => PartState.Making,
        _ => PartState.OnTheWay,
    };
}
