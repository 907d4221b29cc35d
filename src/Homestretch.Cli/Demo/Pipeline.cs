using Homestretch.World;
using NodaTime;
using NodaTime.Calendars;

namespace Homestretch.Cli.Demo;

/// <summary>What was bought for the order book and how far it is: purchase order lines, lots in every state, shipments under way with
/// their milestones, stock on hand, and the machines' runs. Roughly just enough of everything.</summary>
internal sealed class Pipeline(Draw draw, Instant start, Snapshot frame, IReadOnlyList<(OrderLine Line, Promise Promise)> book)
{
    /// <summary>Days of need that each lot's due date lies ahead of; cheap parts from near by are held in plenty.</summary>
    public static double Cover(Part part) => part.Origin is "US" or "MX" ? CoverDays + 14 : CoverDays;
    private const double CoverDays = 8;

    /// <summary>Normal score of the lane quantile that buyers allow for: a lot is due when four in five such lots are in.</summary>
    public const double BuyersScore = 1.28;

    /// <summary>Lots due after this day can be helped by air.</summary>
    private const double FlownDay = 13;

    /// <summary>Dispatches due after the first of these days and before the last, counted from the start, are made here; those before are the <see cref="Past"/>.</summary>
    public const int FirstDay = -18, LastDay = 66;
    private readonly List<IRecord> _records = [];
    private readonly Dictionary<string, List<Plants.Work>> _work = [];
    private readonly Dictionary<string, Draft> _drafts = [];
    private readonly Dictionary<string, Instant> _due = [];
    private readonly HashSet<string> _flown = [];

    /// <summary>A lot before it is known who makes it when.</summary>
    private sealed record Draft(string Lot, Part Part, string Lane, int Quantity, Instant Due, Instant Ready, string Order);

    /// <summary>Days between two lots of one item for a hub.</summary>
    public static int Cadence(string hub) => hub == "GVL" ? 14 : 28;

    /// <summary>ISO week in which a lot is ready, as lot numbers carry it: 2648.</summary>
    public static string WeekOf(Instant ready)
    {
        LocalDate day = ready.InUtc().Date;
        return $"{WeekYearRules.Iso.GetWeekYear(day) % 100:00}{WeekYearRules.Iso.GetWeekOfWeekYear(day):00}";
    }

    public IReadOnlyList<IRecord> Records()
    {
        foreach (string hub in Hubs.Keys)
        {
            foreach (Ways.Origin origin in Ways.Origins)
            {
                Part[] parts = [.. Catalogue.Parts.Where(p => p.Origin == origin.Key && Ways.Taken(p, hub))];
                if (parts.Length > 0) Lane(hub, $"{origin.Key}-{hub}", parts);
            }
        }
        foreach (Plants.Equipment machine in Plants.Machines) Make(machine);
        return _records;
    }

    /// <summary>Every dispatch over one lane, past and to come, with what it carries.</summary>
    private void Lane(string hub, string lane, Part[] parts)
    {
        var (p50, p90) = Ways.DoorToHub[lane];
        int cadence = Cadence(hub);
        double phase = draw.Between($"phase|{lane}", 0, cadence);
        double[] dues = [.. Enumerable.Range(-3, 12).Select(k => phase + k * cadence).Where(static d => d is > FirstDay and < LastDay)];
        foreach (double due in dues)
        {
            Instant ready = Voyage.Whole(start + Voyage.Days(due - Lognormal.At(p50, p90, BuyersScore)));
            string week = WeekOf(ready);
            var drafts = new List<Draft>();
            foreach (Part part in parts)
            {
                int quantity = Quantity(part, hub, due, cadence);
                if (due > FlownDay && hub == "GVL" && part.Item is "FRM-M" or "FRK-GR" && !_flown.Contains(part.Item)) quantity -= Fly(part, lane, quantity);
                if (quantity > 0) drafts.Add(new($"{part.Item}-{hub}-{week}", part, lane, quantity, Voyage.Whole(start + Voyage.Days(due)), ready, $"PO-{lane}-{week}"));
            }
            Dispatch(lane, week, ready, drafts);
        }
        foreach (Part part in parts) OnHand(part, hub, dues);
    }

    /// <summary>Half of what should have come by sea was forgotten; it is being made right now, to come by air.</summary>
    private int Fly(Part part, string lane, int quantity)
    {
        _flown.Add(part.Item);
        int pieces = Math.Min(60, quantity / 10 * 5);
        if (pieces == 0) return 0;
        string air = $"{lane}-AIR";
        Instant ready = Voyage.Whole(start + Voyage.Days(draw.Between($"flown|{part.Item}", 1.2, 2.4)));
        var draft = new Draft($"{part.Item}-GVL-{WeekOf(ready)}-AIR", part, air, pieces, ready + Voyage.Days(Lognormal.At(Ways.DoorToHub[air].P50, Ways.DoorToHub[air].P90, BuyersScore)), ready, $"PO-{air}-{WeekOf(ready)}");
        _due.Add(draft.Lot, draft.Due);
        _drafts.Add(draft.Lot, draft);
        Queue(draft);
        return pieces;
    }

    /// <summary>What a lot due on that day has to cover, from its own cover to the next lot's.</summary>
    private int Quantity(Part part, string hub, double due, int cadence)
    {
        double need = Need(part, hub, due + Cover(part), due + Cover(part) + cadence);
        double usual = Need(part, hub, 0, 50) / 50 * cadence;
        // Beyond the order book the buyers follow their usual rate: that is what quotes are made from.
        double wanted = due > 40 || due < 0 ? Math.Max(need, 0.8 * usual) : 1.04 * need;
        if (IsShort(part, hub, due)) wanted *= 0.5;
        return wanted < 1 ? 0 : Math.Max(10, (int)Math.Ceiling(wanted / 5) * 5);
    }

    /// <summary>One item at each of two hubs was bought short for a month: what breaks a few promises.</summary>
    private bool IsShort(Part part, string hub, double due) => due is > 4 and < 34
        && (hub == "GVL" && part.Item == draw.Of<string>("short|GVL", ["BAT-625", "FRM-XL", "DRV-B"])
            || hub == "ALM" && part.Item == draw.Of<string>("short|ALM", ["WHL-B", "BAT-400", "FRM-S"]));

    private double Need(Part part, string hub, double from, double to)
    {
        double sum = 0;
        foreach (var (line, promise) in book)
        {
            if (line.Hub != hub || !part.Holds(line)) continue;
            double day = (promise.Date - start).TotalDays - BuildLead(hub);
            if (day > from && day <= to) sum += line.Quantity * part.PerUnit;
        }
        return sum;
    }

    /// <summary>Days from a whole kit to the customer's door.</summary>
    private static double BuildLead(string hub) => hub switch { "GVL" => 7.5, "ALM" => 6, _ => 5 };

    private void Dispatch(string lane, string week, Instant ready, List<Draft> drafts)
    {
        if (drafts.Count == 0) return;
        foreach (Draft d in drafts) _due.Add(d.Lot, d.Due);
        if (ready > start)
        {
            foreach (Draft d in drafts)
            {
                _drafts.Add(d.Lot, d);
                Queue(d);
            }
            return;
        }
        string key = $"SHP-{lane}-{week}";
        LaneStep[] steps = [.. frame.LaneSteps.StartingWith($"{lane}|")];
        IReadOnlyList<Passage> way = Voyage.Of(draw, key, ready, steps, frame.Loadings.StartingWith($"{lane}|").ToLookup(static l => l.Sequence));
        LaneStep main = steps.MaxBy(static s => s.P50Days)!;
        _records.Add(new Shipment(key, main.Carrier ?? Cast.Forwarder, lane, main.Mode == Mode.Sea ? Voyage.Container($"MRDU{draw.Whole($"box|{key}", 100000, 999999)}") : "",
            main.Mode == Mode.Sea ? $"{draw.Of($"vessel|{key}", s_vessels)} {draw.Whole($"trip|{key}", 101, 499)}{(lane.StartsWith("US", StringComparison.Ordinal) ? 'E' : 'W')}" : $"truck {draw.Whole($"truck|{key}", 100, 999)}"));
        bool arrived = way[^1].End <= start;
        if (!arrived || way[^1].End > start - Duration.FromDays(40)) _records.AddRange(Voyage.Reported(draw, key, way, Instant.MinValue, start).GroupBy(static m => m.Id).Select(static g => g.Last()));
        foreach (Draft d in drafts)
        {
            Buy(d, arrived ? OrderStatus.Completed : OrderStatus.Confirmed);
            _records.Add(LotOf(d, arrived ? LotState.Received : LotState.Shipped, Voyage.Whole(ready - Voyage.Days(draw.Between($"made|{d.Lot}", 0.1, 1.2))), 0, key));
        }
    }

    /// <summary>Stock that carries the hub to the first lot to come, in the lot that came last.</summary>
    private void OnHand(Part part, string hub, double[] dues)
    {
        string lane = $"{part.Origin}-{hub}";
        double first = dues.Where(static d => d > 0).DefaultIfEmpty(0).First();
        Lot[] dispatched = [.. _records.OfType<Lot>().Where(l => l.Item == part.Item && l.Lane == lane)];
        double late = dispatched.Where(l => l.State == LotState.Shipped && _due[l.Id] <= start).Sum(static l => (double)l.Quantity.Value);
        double early = dispatched.Where(l => l.State == LotState.Received && _due[l.Id] > start).Sum(static l => (double)l.Quantity.Value);
        double wanted = 1.04 * Need(part, hub, double.NegativeInfinity, first + Cover(part)) - 0.3 * late;
        int have = Math.Max((int)Math.Ceiling(0.4 * Need(part, hub, double.NegativeInfinity, first)), (int)Math.Ceiling(wanted)) + (int)early;
        if (have <= 0) return;
        string lot = dispatched.Where(static l => l.State == LotState.Received).MaxBy(static l => l.Ready)?.Id ?? $"{part.Item}-{hub}-OPEN";
        int held = draw.Chance($"held|{lot}", 0.04) ? have / 10 : 0;
        _records.Add(new Stock(hub, part.Item, "A", lot, Cast.Brand, new Quantity(have - held, "EA"), StockStatus.Available));
        if (held > 0) _records.Add(new Stock(hub, part.Item, "A", $"{lot}-QC", Cast.Brand, new Quantity(held, "EA"), StockStatus.Hold));
    }

    /// <summary>The runs of one machine: behind it lots made and waiting, the one in work, those to come.</summary>
    private void Make(Plants.Equipment machine)
    {
        _records.Add(Plants.Record(machine));
        ProductionRun? running = null;
        foreach (var (work, begin, end) in Plants.Schedule(machine, _work.GetValueOrDefault(machine.Key, []), start, draw.Between($"done|{machine.Key}", 0.1, 0.7)))
        {
            Draft d = _drafts[work.Lot];
            LotState state = end <= start ? LotState.Made : begin <= start ? LotState.Making : LotState.Planned;
            Buy(d, state == LotState.Planned && (begin - start).TotalDays > 10 ? OrderStatus.Approved : OrderStatus.Confirmed);
            _records.Add(LotOf(d, state, end, state == LotState.Made ? 0 : state == LotState.Making ? 1 : 2, null));
            int produced = state == LotState.Making ? Math.Min(work.Quantity - 1, (int)((start - begin).TotalHours * (double)machine.Rate)) : state == LotState.Made ? work.Quantity : 0;
            var run = new ProductionRun($"RUN-{d.Lot}", machine.Supplier, machine.Key, d.Lot, new Quantity(work.Quantity, "EA"), produced, begin,
                state switch { LotState.Made => OrderStatus.Completed, LotState.Making => OrderStatus.Confirmed, _ => OrderStatus.Approved }, Voyage.Whole(start));
            _records.Add(run);
            if (state == LotState.Making) running = run;
        }
        if (machine.Wear != WearKind.NotConnected) _records.Add(Plants.Report(machine, running, start));
    }

    private void Queue(Draft d)
    {
        if (!_work.TryGetValue(d.Part.Machine, out var queue)) _work.Add(d.Part.Machine, queue = []);
        queue.Add(new(d.Lot, d.Quantity, d.Ready));
    }

    private void Buy(Draft d, OrderStatus status) =>
        _records.Add(new PurchaseOrderLine($"{d.Order}/{d.Part.Item}", Cast.Brand, d.Part.Supplier, d.Part.Item, "A", new Quantity(d.Quantity, "EA"), new Money(d.Part.Cents, "USD"),
            d.Lane, Voyage.Whole(d.Ready - Duration.FromDays(d.Part.LeadDays + draw.Whole($"early|{d.Order}", 1, 6))), d.Due, status));

    private static Lot LotOf(Draft d, LotState state, Instant ready, decimal spread, string? shipment) =>
        new(d.Lot, d.Part.Supplier, $"{d.Order}/{d.Part.Item}", d.Part.Item, "A", new Quantity(d.Quantity, "EA"), d.Lane, state, ready, spread,
            shipment is null ? (Key<Shipment>?)null : new Key<Shipment>(shipment));

    private static readonly string[] s_vessels = ["Aurora Traverse", "Kestrel Bay", "Coral Meridian", "Northern Heron", "Pacific Lantern", "Silver Tern", "Strait Runner", "Amber Reach"];
}
