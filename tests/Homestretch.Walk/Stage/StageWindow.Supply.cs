using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Walk.Stage;

/// <summary>The stage's lots, machines and map.</summary>
internal sealed partial class StageWindow
{
    private IEnumerable<StageLot> Mine => world.Lots.Where(l => person.Role != Role.Supplier || PartOf(l).Supplier == person.PartyName);

    public Page<LotRow> Lots(LotQuery query) => Paged(Sorted(Mine.Select(Row).Where(r => (query.State is null || r.State == query.State) && (!query.OnlyLate || r.Overdue) && (query.Supplier is null || r.Supplier == query.Supplier)
        && (query.Item is null || r.Item == query.Item) && (query.Text is null || $"{r.Lot} {r.ItemName} {r.Container}".Contains(query.Text, StringComparison.OrdinalIgnoreCase))), query.Descending, query.Sort switch
        {
            "lot" => static r => r.Lot,
            "supplier" => static r => r.Supplier,
            "state" => static r => r.State,
            "due" => static r => r.Due,
            "holds" => static r => r.GatesOrderLines,
            "age" => static r => r.AsOf,
            _ => static r => r.P50,
        }), query.Skip, query.Take);

    public LotView? Lot(string lot) => Mine.FirstOrDefault(l => l.Key == lot) is { } found
        ? new(Row(found), Steps(found), found.State(world.Now) == LotState.Making ? PartOf(found).Machine : null, found.State(world.Now) == LotState.Making ? found.Quantity * 0.6 : null, person.May.Contains(Permission.SeeOrders) ? Held(found).Select(Row).Take(8).ToArray() : []) : null;

    public Page<MachineRow> Machines(MachineQuery query) => Paged(StageSeed.Parts.Where(static p => p.Machine.Length > 0).Where(p => person.Role != Role.Supplier || p.Supplier == person.PartyName).Select(Row)
        .Where(r => (query.State is null || r.State == query.State) && (query.Supplier is null || r.Supplier == query.Supplier) && (query.Text is null || $"{r.Machine} {r.Name} {r.Supplier}".Contains(query.Text, StringComparison.OrdinalIgnoreCase)))
        .OrderByDescending(static r => r.ConsequenceRank), query.Skip, query.Take);

    public MachineView? Machine(string machine) => Machines(new(Take: 100)).Rows.FirstOrDefault(r => r.Machine == machine) is { } row
        ? new(row, row.Oee is null ? null : 0.91, row.Oee is null ? null : row.Oee / 0.91 / 0.98, row.Oee is null ? null : 0.98, row.Lot is { } lot ? Held(world.Lot(lot)!).Select(Row).Take(6).ToArray() : [], [.. world.Changes.Where(c => c.Machine == machine)]) : null;

    public Task<MachineHistory> History(string machine, Instant from, Instant to, int points, CancellationToken cancel)
    {
        var row = Machine(machine)?.Row;
        if (row is null || row.State == MachineState.NoData) return Task.FromResult(new MachineHistory([new(MachineState.Running, from, from + Duration.FromHours(5), ""), new(MachineState.NoData, from + Duration.FromHours(5), to, "no message")], []));
        var spans = new List<StateSpan>();
        Instant at = from;
        for (int i = 0; at < to; i++)
        {
            MachineState state = (i % 5) switch { 1 => MachineState.Idle, 3 => MachineState.Changeover, _ => MachineState.Running };
            Instant next = at + Duration.FromHours(state == MachineState.Running ? 3 + 3 * StageSeed.Draw($"{machine}{i}") : 0.4);
            spans.Add(new(state, at, next < to ? next : to, state == MachineState.Idle ? "no operator" : ""));
            at = next;
        }
        if (row.State == MachineState.Down && row.Since is { } since) spans = [.. spans.Where(s => s.From < since).Select(s => s with { To = s.To < since ? s.To : since }), new(MachineState.Down, since, to, row.Reason)];
        Instant[] times = [.. Enumerable.Range(0, points).Select(i => from + (to - from) * ((double)i / Math.Max(1, points - 1)))];
        double[] Curve(double level, double rise, double noise, string salt) => [.. times.Select((_, i) => level + rise * Math.Pow((double)i / times.Length, 3) + noise * (StageSeed.Draw($"{machine}{salt}{i}") - 0.5))];
        double[] vibration = Curve(1.9, row.State == MachineState.Down ? 3.4 : 0.5, 0.4, "v"), heat = Curve(52, 6, 2.4, "t");
        return Task.FromResult(new MachineHistory(spans, points == 0 ? [] : [new("Spindle vibration", "mm/s", times, vibration, [.. vibration.Select(static v => v - 0.3)], [.. vibration.Select(static v => v + 0.5)]),
            new("Bearing temperature", "°C", times, heat, [.. heat.Select(static v => v - 1)], [.. heat.Select(static v => v + 1.4)])]));
    }

    public MapView Map() => new([.. StageSeed.Places.Select(static p => new MapSite(p.Site, p.Name, p.Site == "GSP" ? SiteKind.Hub : p.Site.StartsWith("US", StringComparison.Ordinal) ? SiteKind.Port : SiteKind.Plant, p.Latitude, p.Longitude))],
        [.. StageSeed.Lanes.Select(static l => new MapLane(l.Lane, $"{l.From} to Greenville", [l.From, l.Port, "GSP"]))],
        [.. Mine.Where(l => l.State(world.Now) == LotState.Shipped).Select(l =>
        {
            var lane = StageSeed.Lanes.First(x => x.Lane == l.Lane);
            double gone = Math.Clamp((l.Gone(world.Now) - 0.12) / 0.8, 0, 1);
            return new MapLot(l.Key, l.Item, PartOf(l).Group, gone < 0.85 ? lane.From : lane.Port, gone < 0.85 ? lane.Port : "GSP", gone < 0.85 ? gone / 0.85 : (gone - 0.85) / 0.15, l.Overdue(world.Now), Held(l).Count(), OnTime(l));
        })]);

    private static (string Group, string Item, string Name, string Supplier, string Lane, string Machine) PartOf(StageLot lot) => StageSeed.Parts.First(p => p.Item == lot.Item);
    private IEnumerable<StageKit> Held(StageLot lot) => world.Kits.Where(k => k.Pegs.Values.Contains(lot.Key));
    private double? OnTime(StageLot lot) => lot.OnTime(Held(lot).Select(static k => k.Start).DefaultIfEmpty(lot.Due).Min(), world.Now);

    private LotRow Row(StageLot lot)
    {
        var part = PartOf(lot);
        LotState state = lot.State(world.Now);
        string now = lot.AsOf is null ? "no report yet" : state switch { LotState.Received => "at the hub", LotState.Shipped => lot.Gone(world.Now) > 0.75 ? "customs, port of entry" : "at sea", LotState.Made => "waiting for its sailing", LotState.Making => $"on {part.Machine}", _ => "not started" };
        return new(lot.Key, lot.Item, part.Name, part.Group, part.Supplier, new Quantity(lot.Quantity, "EA"), lot.Lane, state, now, lot.Due, lot.AsOf is null ? null : lot.P50, lot.AsOf is null ? null : lot.P90, OnTime(lot),
            state == LotState.Shipped ? $"SH-{lot.Key}" : null, state == LotState.Shipped ? $"MSKU {(int)(StageSeed.Draw(lot.Key) * 8999999) + 1000000}" : null, Held(lot).Count(), Held(lot).Count(k => Gate(k).Part.Item == lot.Item), lot.AsOf, lot.Overdue(world.Now));
    }

    private List<StepView> Steps(StageLot lot)
    {
        var lane = StageSeed.Lanes.First(l => l.Lane == lot.Lane);
        string from = StageSeed.Places.First(p => p.Site == lane.From).Name, port = StageSeed.Places.First(p => p.Site == lane.Port).Name;
        (string Kind, string Place, Mode Mode, double Share)[] way = [("make", from, Mode.None, 0.2), ("wait", from, Mode.None, 0.1), ("leg", port, Mode.Sea, 0.5), ("customs", port, Mode.None, 0.08), ("leg", "Greenville", Mode.Road, 0.07), ("receive", "Greenville", Mode.None, 0.05)];
        Instant begin = lot.P50 - s_day * lot.LaneDays, planned = lot.Due - s_day * (lot.LaneDays + 1);
        var steps = new List<StepView>();
        for (int i = 0; i < way.Length; i++)
        {
            Duration length = s_day * (lot.LaneDays * way[i].Share);
            Instant end = begin + length;
            planned += length;
            bool done = end < world.Now, running = !done && begin < world.Now;
            EvidenceView[] evidence = lot.AsOf is null ? [] : done ? [new(Edge.End, Classifier.Actual, end, i == 2 ? "Blue Anchor Line" : PartOf(lot).Supplier, end + Duration.FromHours(3))]
                : running ? [new(Edge.End, Classifier.Estimated, end + s_day, "Blue Anchor Line", world.Now - Duration.FromHours(5)), new(Edge.End, Classifier.Estimated, end, "Palmetto Forwarding", world.Now - Duration.FromHours(29)), new(Edge.End, Classifier.Planned, planned, "Palmetto Forwarding", begin - s_day * 9)] : [];
            steps.Add(new(i, way[i].Kind, way[i].Place, way[i].Mode, done, running, running && lot.Overdue(world.Now), begin, planned, done || lot.AsOf is null ? null : end, done || lot.AsOf is null ? null : end + s_day * (lot.Sigma * (0.3 + 0.2 * i)), done ? end : null, evidence));
            begin = end;
        }
        return steps;
    }

    private MachineRow Row((string Group, string Item, string Name, string Supplier, string Lane, string Machine) p)
    {
        StageLot? lot = world.Lots.FirstOrDefault(l => l.Item == p.Item && l.State(world.Now) == LotState.Making);
        MachineState state = p.Machine switch { "HU-WIND-05" => MachineState.Down, "CN-SMT-08" => MachineState.NoData, "TW-CNC-12" => MachineState.Changeover, "MX-CUT-03" => MachineState.Idle, _ => MachineState.Running };
        double draw = StageSeed.Draw(p.Machine);
        bool known = state != MachineState.NoData;
        int behind = lot is null ? 0 : Held(lot).Count();
        return new(p.Machine, $"{p.Group} {(p.Machine.Contains("WELD", StringComparison.Ordinal) ? "weld cell" : "cell")}", p.Supplier, StageSeed.Places.First(x => x.Site == StageSeed.Lanes.First(l => l.Lane == p.Lane).From).Name, state,
            world.Now - Duration.FromHours(known ? 1 + 8 * draw : 19), state == MachineState.Down ? "spindle bearing" : state == MachineState.Idle ? "waiting for material" : "", world.Now - Duration.FromMinutes(known ? 0.2 + draw : 60 * 19),
            known ? 0.58 + 0.3 * draw : null, known ? 8 + 20 * draw : null, known && draw > 0.3 ? 40 + 300 * draw : null, known && draw > 0.3 ? 90 + 700 * draw : null, lot?.Key, lot?.Item, lot is null ? null : 0.6,
            lot is null || !known ? null : lot.P50 - s_day * (lot.LaneDays * 0.8), lot is null || !known ? null : lot.P90 - s_day * (lot.LaneDays * 0.78), behind, behind * (state == MachineState.Down ? 9 : 1));
    }
}
