using Homestretch.Promising;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Seeing;

/// <summary>Lots on their way, with the steps before them and the orders behind them.</summary>
internal static class SupplyViews
{
    public static Page<LotRow> Page(Sight sight, LotQuery q)
    {
        var rows = sight.World.Lots.Where(static l => l.State < LotState.Closed).Select(l => Row(sight, l)).Where(r =>
            (q.State is null ? r.State < LotState.Received : r.State == q.State) && (string.IsNullOrEmpty(q.Supplier) || r.Supplier == q.Supplier) && (string.IsNullOrEmpty(q.Item) || r.Item == q.Item)
            && (!q.OnlyLate || r.Overdue || r.OnTimeShare < sight.Plan.Policy.RiskBelow) && Sight.Matches(q.Text, r.Lot, r.Item, r.ItemName, r.Supplier, r.Lane, r.Shipment ?? "", r.Container ?? "")).ToList();
        IOrderedEnumerable<LotRow> sorted = q.Sort switch
        {
            "lot" => By(static r => r.Lot),
            "item" => By(static r => r.Item),
            "supplier" => By(static r => r.Supplier),
            "due" => By(static r => r.Due ?? Instant.MaxValue),
            "held" => By(static r => r.OrderLinesHeld),
            "ontime" => By(static r => r.OnTimeShare ?? 2),
            _ => By(static r => r.P50 ?? Instant.MaxValue),
        };
        return Sight.PageOf([.. sorted.ThenBy(static r => r.Lot, StringComparer.Ordinal)], q.Skip, q.Take);

        IOrderedEnumerable<LotRow> By<K>(Func<LotRow, K> key) => q.Descending ? rows.OrderByDescending(key) : rows.OrderBy(key);
    }

    public static LotRow Row(Sight sight, Lot lot)
    {
        LotForecast? forecast = sight.Plan.Of(lot.Key);
        Instant? due = lot.PurchaseOrderLine is { } line ? sight.World.PurchaseOrderLines.Find(line)?.Due : null;
        var held = sight.Plan.HeldBy(lot.Key);
        Shipment? shipment = sight.World.Shipments.Find(lot.Shipment);
        Item? item = sight.ItemOf(lot.Item);
        return new(lot.Id, lot.Item.Value, item?.Name ?? "", item?.Group ?? "", sight.NameOf(lot.Party), lot.Quantity, lot.Lane.Value, lot.State, Where(sight, lot), due,
            forecast?.P50, forecast?.P90, due is { } d ? sight.Plan.ArrivedBy(lot.Key, d)?.Value : null, shipment?.Id, shipment is { Container.Length: > 0 } s ? s.Container : null,
            held.Count, held.Count(static h => h.Gates), forecast?.AsOf, forecast?.Overdue ?? false);
    }

    public static LotView? One(Sight sight, string lotKey)
    {
        if (sight.World.Lots.Find(lotKey) is not { } lot) return null;
        ProductionRun? run = sight.World.ProductionRuns.FirstOrDefault(r => r.Lot == lot.Key);
        OrderRow[] holds = [.. sight.Plan.HeldBy(lot.Key).Select(h => sight.World.OrderLines.Find(h.OrderLine)).OfType<OrderLine>().Select(o => OrderViews.Row(sight, o))
            .OrderBy(static r => r.KeptShare ?? 2)];
        return new(Row(sight, lot), Steps(sight, lot, sight.Plan.WayOf(lot.Key)), run?.Machine.Value,
            run is null || run.Quantity.Value == 0 ? null : (double)(run.Produced / run.Quantity.Value), holds);
    }

    public static IReadOnlyList<StepView> Steps(Sight sight, Lot lot, IReadOnlyList<ExplainedStep> steps)
    {
        var ends = sight.Plan.StepEnds(lot.Key);
        return [.. steps.Select(s =>
        {
            bool ahead = ends.TryGetValue(s.Sequence, out var end);
            Instant? p50 = ahead ? end.P50 : null, p90 = ahead ? end.P90 : null;
            Instant? planned = s.Evidence.LastOrDefault(static m => m is { Classifier: Classifier.Planned, Edge: World.Edge.End })?.At ?? (s.Step is null ? lot.Ready : null);
            return new StepView(s.Sequence, s.Step is { } step ? Words.Of(step.Kind) : "making", s.Step is { } x ? sight.World.Sites.Find(x.To)?.Name ?? x.To.Value : sight.NameOf(lot.Party),
                s.Step?.Mode ?? Mode.None, s.Done, s.Running, s.Running && p90 is { } late && planned < sight.Now && late > planned, s.Begin, planned, p50, p90, s.End,
                [.. s.Evidence.Select(m => new EvidenceView(m.Edge, m.Classifier, m.At, sight.NameOf(m.Source), m.Reported))]);
        })];
    }

    /// <summary>Where it is, in a few words.</summary>
    private static string Where(Sight sight, Lot lot)
    {
        if (lot.State == LotState.Received) return "received";
        ExplainedStep? now = sight.Plan.WayOf(lot.Key).FirstOrDefault(static s => !s.Done);
        return now switch
        {
            null => "at the dock",
            { Step: null } => lot.State == LotState.Making ? "being made" : "not begun",
            { Step: { Kind: StepKind.Leg } leg } => $"{Words.Of(leg.Mode)} to {sight.World.Sites.Find(leg.To)?.Name ?? leg.To.Value}",
            { Step: { Kind: StepKind.Wait } wait } => $"waiting at {sight.World.Sites.Find(wait.To)?.Name ?? wait.To.Value}",
            { Step: { Kind: StepKind.Customs } customs } => $"customs at {sight.World.Sites.Find(customs.To)?.Name ?? customs.To.Value}",
            { Step: { } receive } => $"receiving at {sight.World.Sites.Find(receive.To)?.Name ?? receive.To.Value}",
        };
    }

    public static MapView Map(Sight sight)
    {
        var lots = new List<MapLot>();
        foreach (Lot lot in sight.World.Lots.Where(static l => l.State is LotState.Made or LotState.Shipped))
        {
            var way = sight.Plan.WayOf(lot.Key);
            ExplainedStep? now = way.FirstOrDefault(static s => !s.Done);
            if (now?.Step is not { } step || sight.World.Lanes.Find(lot.Lane) is not { } lane) continue;
            Key<Site> from = way.LastOrDefault(s => s.Done && s.Step is not null)?.Step!.To ?? lane.From;
            Instant? end = sight.Plan.StepEnds(lot.Key).TryGetValue(now.Sequence, out var e) ? e.P50 : null;
            double progress = now.Begin is { } b && end is { } p50 && p50 > b ? Math.Clamp((sight.Now - b) / (p50 - b), 0, 1) : 0;
            LotRow row = Row(sight, lot);
            lots.Add(new(lot.Id, row.ItemName, row.Group, from.Value, step.To.Value, progress, row.Overdue, row.OrderLinesHeld, row.OnTimeShare));
        }
        return new([.. sight.World.Sites.Where(static s => s is { Latitude: not null, Longitude: not null }).Select(static s => new MapSite(s.Id, s.Name, s.Kind, (double)s.Latitude!, (double)s.Longitude!))],
            [.. sight.World.Lanes.Select(l => new MapLane(l.Id, l.Name, [l.From.Value, .. sight.World.LaneSteps.StartingWith($"{l.Key}|").Where(static s => s.Kind == StepKind.Leg).Select(static s => s.To.Value)]))], lots);
    }
}
