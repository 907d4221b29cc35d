using System.Runtime.CompilerServices;
using Homestretch.Machines;
using Homestretch.Promising;
using Homestretch.Server.Twins;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Seeing;

/// <summary>Lots on their way, with the steps before them and the orders behind them.</summary>
internal static class SupplyViews
{
    // Reading a lot's samples draws them again; a forecast is replaced when its samples are, so what was read holds while it stands.
    private static readonly ConditionalWeakTable<LotForecast, Drawn> s_drawn = [];

    public static Page<LotRow> Page(Sight sight, LotQuery q)
    {
        var rows = sight.World.Lots.Where(l => (q.State is null ? l.State < LotState.Received : l.State == q.State) && sight.Named(q.Supplier, l.Party)
            && (string.IsNullOrEmpty(q.Item) || l.Item.Value == q.Item)).Select(l => q.Sort == "holds" ? Row(sight, l) : Draft(sight, l)).Where(r => (!q.OnlyLate || Late(sight, r)) && Sight.Matches(q.Text, r.Lot, r.Item, r.ItemName, r.Supplier, r.Lane, r.Shipment ?? "", r.Container ?? "")).ToList();
        IOrderedEnumerable<LotRow> sorted = q.Sort switch
        {
            "lot" => By(static r => r.Lot, StringComparer.OrdinalIgnoreCase),
            "item" => By(static r => r.Item, StringComparer.OrdinalIgnoreCase),
            "supplier" => By(static r => r.Supplier, StringComparer.OrdinalIgnoreCase),
            "due" => By(static r => r.Due ?? Instant.MaxValue),
            "state" => By(static r => (r.Overdue ? 0 : 1, r.State)),
            "holds" => By(static r => (r.GatesOrderLines, r.OrderLinesHeld)),
            "age" => By(static r => r.AsOf ?? Instant.MinValue),
            "ontime" => By(static r => r.OnTimeShare ?? 2),
            _ => By(static r => r.P50 ?? Instant.MaxValue),
        };
        Page<LotRow> page = Sight.PageOf([.. sorted.ThenBy(static r => r.Lot, StringComparer.Ordinal)], q.Skip, q.Take);
        return q.Sort == "holds" ? page : page with { Rows = [.. page.Rows.Select(r => Whole(sight, sight.World.Lots[r.Lot], r))] };

        IOrderedEnumerable<LotRow> By<K>(Func<LotRow, K> key, IComparer<K>? order = null) => q.Descending ? rows.OrderByDescending(key, order) : rows.OrderBy(key, order);
    }

    /// <summary>Overdue in the step it is in, or unlikely to be there when the purchase says.</summary>
    public static bool Late(Sight sight, LotRow row) => row.Overdue || row.OnTimeShare < sight.Plan.Policy.RiskBelow;

    /// <summary>Whether a lot is late, without its row.</summary>
    public static bool Late(Sight sight, Lot lot) => sight.Plan.Of(lot.Key) is { } forecast && (forecast.Overdue || InTime(sight, lot, forecast) < sight.Plan.Policy.RiskBelow);

    public static LotRow Row(Sight sight, Lot lot) => Whole(sight, lot, Draft(sight, lot));

    /// <summary>A row with what takes longer to find: where the lot is and what waits for it. Lists sort and cut drafts, and make whole what they show.</summary>
    private static LotRow Whole(Sight sight, Lot lot, LotRow draft)
    {
        var held = sight.Plan.HeldBy(lot.Key);
        return draft with { Now = Where(sight, lot), OrderLinesHeld = held.Count, GatesOrderLines = held.Count(static h => h.Gates) };
    }

    private static LotRow Draft(Sight sight, Lot lot)
    {
        LotForecast? forecast = sight.Plan.Of(lot.Key);
        Instant? due = DueOf(sight, lot);
        Shipment? shipment = sight.World.Shipments.Find(lot.Shipment);
        Item? item = sight.ItemOf(lot.Item);
        return new(lot.Id, lot.Item.Value, item?.Name ?? "", item?.Group ?? "", sight.NameOf(lot.Party), lot.Quantity, lot.Lane.Value, lot.State, "", due,
            forecast?.P50, forecast?.P90, forecast is null ? null : InTime(sight, lot, forecast), shipment?.Id, shipment is { Container.Length: > 0 } s ? s.Container : null,
            0, 0, LastWord(forecast?.AsOf, Runs.Of(sight.World).Making(lot.Key)?.AsOf), forecast?.Overdue ?? false);
    }

    private static Instant? LastWord(Instant? said, Instant? counted) => said is { } a && counted is { } b ? Instant.Max(a, b) : said ?? counted;

    public static LotView? One(Sight sight, string lotKey, TwinBoard twins)
    {
        if (sight.World.Lots.Find(lotKey) is not { } lot) return null;
        ProductionRun? run = Runs.Of(sight.World).Making(lot.Key);
        OrderRow[] holds = [.. sight.Plan.HeldBy(lot.Key).Select(h => sight.World.OrderLines.Find(h.OrderLine)).OfType<OrderLine>().Select(o => OrderViews.Row(sight, o))
            .OrderBy(static r => r.KeptShare ?? 2)];
        IReadOnlyList<ExplainedStep> way = sight.Plan.WayOf(lot.Key);
        return new(Row(sight, lot), Steps(sight, lot, way), run?.Machine.Value, run is null ? null : new Quantity(run.Produced, run.Quantity.Unit),
            run is { Status: OrderStatus.Confirmed } && sight.World.MachineReports.Find(run.Machine.Value) is not null, holds, Twin(sight, lot, twins), SourceViews.Fan(sight, lot, way));
    }

    private static LotTwinView? Twin(Sight sight, Lot lot, TwinBoard twins)
    {
        LotTwin twin = twins.Lots[lot.Id];
        if (twin.ForecastAt is not { } at || sight.World.Machines.Find(twin.Machine) is null) return null;
        bool atWork = twins.Machines[twin.Machine].Lot == lot.Id;
        return new(twin.Machine, atWork, atWork ? twin.MachineState : MachineState.NoData, twin.Produced, twin.Rejected, twin.PiecesPerHour, atWork ? twin.Ready?.P50 : null, atWork ? twin.Ready?.P90 : null, at);
    }

    public static IReadOnlyList<StepView> Steps(Sight sight, Lot lot, IReadOnlyList<ExplainedStep> steps)
    {
        var ends = Ends(sight, lot);
        bool overdue = sight.Plan.Of(lot.Key)?.Overdue == true;
        var views = new List<StepView>();
        Instant? before = null;
        foreach (ExplainedStep s in steps)
        {
            bool ahead = ends.TryGetValue(s.Sequence, out var end);
            Instant? p50 = ahead ? end.P50 : null, p90 = ahead ? end.P90 : null;
            Instant? planned = s.Evidence.LastOrDefault(static m => m is { Classifier: Classifier.Planned, Edge: World.Edge.End })?.At ?? (s.Step is null ? lot.Ready : null);
            views.Add(new StepView(s.Sequence, s.Step is { } step ? Words.Of(step.Kind) : "make", s.Step is { } x ? SiteName(sight, x.To) : sight.NameOf(lot.Party),
                s.Step?.Mode ?? Mode.None, s.Done, s.Running, s.Running && overdue, s.Begin ?? before, planned, p50, p90, s.End,
                [.. s.Evidence.Select(m => new EvidenceView(m.Edge, m.Classifier, m.At, sight.NameOf(m.Source), m.Reported))]));
            before = s.End ?? p50;    // a step ahead begins when the one before it ends
        }
        return views;
    }

    /// <summary>Where it is, in a few words.</summary>
    private static string Where(Sight sight, Lot lot)
    {
        if (lot.State == LotState.Received) return "received";
        ExplainedStep? now = sight.Plan.WayOf(lot.Key).FirstOrDefault(static s => !s.Done);
        return now switch
        {
            null => "at the dock",
            { Step: null } => lot.State == LotState.Making ? "on the machine" : "not begun",
            { Step: { Kind: StepKind.Leg } leg } => $"{(now.Running ? "by" : "waits to go by")} {Words.Of(leg.Mode)} to {SiteName(sight, leg.To)}",
            { Step: { Kind: StepKind.Wait } wait } => $"waits for departure at {SiteName(sight, wait.To)}",
            { Step: { Kind: StepKind.Customs } customs } => $"in customs at {SiteName(sight, customs.To)}",
            { Step: { } receive } => $"being received at {SiteName(sight, receive.To)}",
        };
    }

    private static string SiteName(Sight sight, Key<Site> site) => sight.World.Sites.Find(site)?.Name ?? site.Value;

    /// <summary>P50 and P90 of the ends of a lot's steps that are not done.</summary>
    public static IReadOnlyDictionary<int, (Instant P50, Instant P90)> Ends(Sight sight, Lot lot) => sight.Plan.Of(lot.Key) is { } forecast
        ? s_drawn.GetOrCreateValue(forecast).Ends ??= sight.Plan.StepEnds(lot.Key) : sight.Plan.StepEnds(lot.Key);

    private static Instant? DueOf(Sight sight, Lot lot) => lot.PurchaseOrderLine is { } line ? sight.World.PurchaseOrderLines.Find(line)?.Due : null;

    /// <summary>Share of samples in which a lot is there when its purchase says; null without a purchase.</summary>
    private static double? InTime(Sight sight, Lot lot, LotForecast forecast)
    {
        if (DueOf(sight, lot) is not { } due) return null;
        Drawn drawn = s_drawn.GetOrCreateValue(forecast);
        if (drawn.Due != due) (drawn.Due, drawn.ByDue) = (due, sight.Plan.ArrivedBy(lot.Key, due)?.Value);
        return drawn.ByDue;
    }

    private sealed class Drawn
    {
        public IReadOnlyDictionary<int, (Instant P50, Instant P90)>? Ends { get; set; }
        public Instant? Due { get; set; }
        public double? ByDue { get; set; }
        public Stretch? On { get; set; }
        public (Snapshot World, int Count)? Held { get; set; }
    }

    /// <summary>The stretch of its way that a lot is on.</summary>
    /// <param name="Of">The lot it was read of.</param>
    /// <param name="To">Null when it is not on its lane.</param>
    /// <param name="Round">Its ship's way since it learnt of a closed passage.</param>
    private sealed record Stretch(Lot Of, Key<Site> From, Key<Site>? To, Instant? Begin, Instant? End, RoundWay? Round = null);

    private static Stretch OnOf(Sight sight, Lot lot)
    {
        var way = sight.Plan.WayOf(lot.Key);
        ExplainedStep? now = way.FirstOrDefault(static s => !s.Done);
        if (now?.Step is not { } step || sight.World.Lanes.Find(lot.Lane) is not { } lane) return new(lot, default, null, null, null);
        return new(lot, way.LastOrDefault(static s => s.Done && s.Step is not null)?.Step!.To ?? lane.From, step.To, now.Begin, Ends(sight, lot).TryGetValue(now.Sequence, out var e) ? e.P50 : null, RoundWay.Of(sight, lot, now));
    }

    /// <summary>Order lines that draw on a lot; counted again when what kits are laid out by has changed.</summary>
    private static int HeldBy(Sight sight, Lot lot, Drawn drawn)
    {
        if (drawn.Held is not { } held || !LaidOutAlike(held.World, sight.World)) drawn.Held = held = (sight.World, sight.Plan.HeldBy(lot.Key).Count);
        return held.Count;
    }

    private static bool LaidOutAlike(Snapshot a, Snapshot b) => ReferenceEquals(a.Pegs, b.Pegs) && ReferenceEquals(a.Builds, b.Builds) && ReferenceEquals(a.OrderLines, b.OrderLines)
        && ReferenceEquals(a.Lots, b.Lots) && ReferenceEquals(a.Stock, b.Stock);

    public static MapView Map(Sight sight)
    {
        var lots = new List<MapLot>();
        foreach (Lot lot in sight.World.Lots.Where(static l => l.State is LotState.Made or LotState.Shipped))
        {
            if (sight.Plan.Of(lot.Key) is not { } forecast) continue;
            Drawn drawn = s_drawn.GetOrCreateValue(forecast);
            Stretch on = drawn.On is { } known && ReferenceEquals(known.Of, lot) ? known : drawn.On = OnOf(sight, lot);
            if (on.To is not { } to) continue;
            double progress = on.Begin is { } b && on.End is { } p50 && p50 > b ? Math.Clamp((sight.Now - b) / (p50 - b), 0, 1) : 0;
            Item? item = sight.ItemOf(lot.Item);
            lots.Add(new(lot.Id, item?.Name ?? "", item?.Group ?? "", on.From.Value, to.Value, progress, forecast.Overdue, HeldBy(sight, lot, drawn), InTime(sight, lot, forecast), on.Round?.At(sight.Now, on.End)));
        }
        return new([.. sight.World.Sites.Where(static s => s is { Latitude: not null, Longitude: not null }).Select(static s => new MapSite(s.Id, s.Name, s.Kind, (double)s.Latitude!, (double)s.Longitude!))],
            [.. sight.World.Lanes.Select(l => new MapLane(l.Id, l.Name, [l.From.Value, .. sight.World.LaneSteps.StartingWith($"{l.Key}|").Where(static s => s.Kind == StepKind.Leg).Select(static s => s.To.Value)], SeaViews.Ways(sight, l)))], lots);
    }
}
