using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Tests.Promising;

/// <summary>A small company drawn from a seed, with everything a plan reads: two hubs and four lines, alternate items and suppliers with dates, lots in every
/// state, containers with words of two sources, machines that report and one that does not, promises, pins, planned purchases, sea legs past passages that close; and
/// changes of it.</summary>
internal sealed class RandomCompany
{
    public static readonly Instant T = Instant.FromUtc(2026, 11, 24, 9, 0);
    public static readonly PlanPolicy Policy = new() { Samples = 64, Sea = Exchange.Sea.SeaAtlas.World };
    private static readonly string[] s_items = ["FRAME", "FORK", "MOTOR", "WAX", "RACK"], s_hubs = ["H1", "H2"], s_lines = ["L1", "L2", "L3", "L4"], s_sources = ["S1", "MC"];
    private readonly Random _random;
    private int _next = 100;

    public RandomCompany(int seed)
    {
        _random = new Random(seed);
        Snapshot bare = Accepted(Snapshot.Empty.Apply([.. Frame().Concat(Supply()).Concat(Enumerable.Range(1, 14).Select(n => (IRecord)Order($"SO-{n:00}"))).Select(Put)]));
        Snapshot planned = Accepted(bare.Apply(Plan.Allocate(bare, T, Policy, Scope.Unpegged)));
        Promise[] promises = [.. Plan.Make(planned, T, Policy).Forecasts.OfType<Forecast.Dated>().Where(_ => Below(3) > 0).Select(d => new Promise(d.OrderLine, 1, "MC", d.Dates.P80, new(0.8), T, "ada", ""))];
        World = promises.Length == 0 ? planned : Accepted(planned.Apply([.. promises.Select(Put)]));
    }

    public Snapshot World { get; set; }

    /// <summary>Records in any order make the same world.</summary>
    public IEnumerable<IRecord> Shuffled() => TableKind.All.SelectMany(World.Records).OrderBy(_ => _random.Next());

    /// <summary>An order nobody has placed.</summary>
    public OrderLine Order(string key) => new(key, "MC", "CU", "BIKE", 1 + Below(3), Below(2) == 0 ? "US" : "UK", Choices.Parse(Below(3) == 0 ? "rack=yes" : "rack=no").Value!,
        s_hubs[Below(2)], T - Duration.FromDays(Below(20)), At(3, 70), 1 + Below(3), null, ShipComplete.Whole, OrderStatus.Approved);

    /// <summary>One thing that happens; sometimes one that the world refuses.</summary>
    public IReadOnlyList<WorldEvent> Change(Plan plan) => Below(19) switch
    {
        0 or 1 => [Put(Word())],
        2 when Below(2) == 0 => World.LotDelays.Count > 3 && Below(3) == 0 ? [new WorldEvent.Removed(TableKind.Named("lot_delays")!, Any(World.LotDelays).Id, "over")] : [Put(Delay(Any(World.Lots)))],
        2 => [Put(Any(World.Lots) with { Ready = At(-10, 30), ReadyP90Days = Below(9) })],
        3 => [Put(Moved(Any(World.Lots)))],
        4 => [Put(Any(World.MachineReports) with { State = (MachineState)Below(5), Since = At(-3, 0), RatePerHour = Below(3) == 0 ? null : 2 + Below(9) })],
        5 => [Put(Any(World.ProductionRuns) with { Produced = Below(60), Status = (OrderStatus)(1 + Below(3)) })],
        6 => [Put(new Maintenance($"W{Below(4)}", "S1", $"M{Below(3)}", At(0, 5), At(5, 9), (OrderStatus)(1 + Below(3)), ""))],
        7 => [Put(Order($"SO-{_next++}"))],
        8 => Below(2) == 0 ? plan.Place() : Plan.Allocate(World, T, Policy, Scope.Unpegged),
        9 => plan.Quote(Order($"SO-{_next++}")).Events,
        10 => Below(3) == 0 ? [Put(Any(World.OrderLines) with { Status = OrderStatus.Cancelled })] : [Put(Any(World.OrderLines) with { Quantity = 1 + Below(4), Requested = At(3, 70) })],
        11 => Finished(Any(World.Builds)),
        12 => Any(World.OrderLines) is var o ? [Put(new Promise(o.Key, World.Promises.StartingWith($"{o.Key}|").Count() + 1, "MC", At(5, 80), new(0.9), T, "ada", ""))] : [],
        13 => World.Pins.Count > 2 && Below(2) == 0 ? [new WorldEvent.Removed(TableKind.For(Any(World.Pins)), Any(World.Pins).Id, "over")] : [Put(Pin())],
        14 => [Put(Any(World.Stock) with { Quantity = new(Below(30), "EA"), Status = (StockStatus)Below(2) })],
        15 => Repegged(Any(World.Pegs)),
        16 => Any(World.Builds) is var b && At(0, 40) is var start ? [Put(b with { Start = start, End = start + Duration.FromHours(5), Line = s_lines[Below(4)], Status = Below(4) == 0 ? OrderStatus.Confirmed : b.Status })] : [],
        17 => [Put(Lot($"LN-{_next++}", Below(s_items.Length), Below(2), (LotState)Below(3)))],
        _ => Below(8) switch
        {
            6 or 7 => World.Documents.Count > 2 ? [new WorldEvent.Removed(TableKind.Named("documents")!, Any(World.Documents).Id, "over")] : [Put(Paper())],
            4 => [Put(new PassageClosure(Below(3) == 0 ? Passage.Panama : Passage.Suez, At(-25, 10), "MC", Below(2) == 0 ? null : At(10, 40), "", ""))],
            5 => World.PassageClosures.Count == 0 ? [Put(new PassageClosure(Passage.Malacca, At(-20, 0), "MC", null, "", ""))] : [new WorldEvent.Removed(TableKind.Named("passage_closures")!, Any(World.PassageClosures).Id, "open")],
            0 => [Put(new ItemAlternate("RACK", "FORK", "MC", 1, null, null))],
            1 => [Put(Any(World.LaneSteps) with { P90Days = 30 + Below(20) })],
            2 => [Put(Any(World.ItemSuppliers) with { LeadDays = Below(30), Priority = 1 + Below(3) })],
            _ => [Put(new Closure("day", T.InUtc().Date.PlusDays(Below(20)), "MC", ""))],
        },
    };

    /// <summary>A document that lapses some day; of one requirement there may be several.</summary>
    private Document Paper() => new($"D{Below(4)}", "MC", $"R{Below(2)}", "Approval", Below(2) == 0 ? "US" : "UK", Below(2) == 0 ? (Key<Item>?)null : "BIKE", At(-60, 5), At(5, 60), Below(3) == 0 ? null : 1 + Below(20), Below(3) == 0 ? At(-5, 60) : null,
        Below(2) == 0 ? null : new Money(40_000, "USD"), "");

    private int Below(int n) => _random.Next(n);
    private Instant At(int from, int to) => T + Duration.FromMinutes(_random.Next(24 * 60 * from, 24 * 60 * to));
    private T Any<T>(IReadOnlyCollection<T> records) => records.ElementAt(Below(records.Count));
    private static WorldEvent Put(IRecord record) => new WorldEvent.Put(record);

    private static Snapshot Accepted(Applied applied) => applied.Accepted ? applied.World : throw new InvalidOperationException(string.Join("\n", applied.Findings));

    private static IEnumerable<IRecord> Frame()
    {
        yield return new Party("MC", "Brand", PartyKind.Brand, "US");
        yield return new Party("CU", "Customer", PartyKind.Customer, "");
        yield return new Item("BIKE", "MC", "Bike", ItemKind.Family, "", "EA", 1, null);
        yield return new Market("US", "MC", "United States", "US", 110, "B", "en-US", 2, 4);
        yield return new Market("UK", "MC", "United Kingdom", "GB", 230, "G", "en-GB", 3, 3);
        yield return new ProductOption("BIKE", "rack", "yes", "MC", "");
        yield return new ProductOption("BIKE", "rack", "no", "MC", "");
        foreach (int day in Enumerable.Range(1, 5)) yield return new Shift("day", (IsoDayOfWeek)day, new(6, 0), new(20, 0), "MC");
        for (int h = 0; h < 2; h++) yield return new Site(s_hubs[h], "MC", s_hubs[h], SiteKind.Hub, h == 0 ? "NLRTM" : "USSAV", "US", "America/New_York", null, null);
        for (int l = 0; l < 4; l++)
        {
            yield return new AssemblyLine(s_lines[l], "MC", s_hubs[l / 2], s_lines[l], l == 3 ? "always" : "day");
            yield return new Routing("BIKE", s_lines[l], "MC", 90 + 30 * l, 1);
        }
        foreach (string supplier in (string[])["S1", "S2"])
        {
            yield return new Party(supplier, supplier, PartyKind.Supplier, "TW");
            yield return new Site($"P-{supplier}", supplier, supplier, SiteKind.Plant, "CNYTN", "TW", "Asia/Taipei", null, null);
        }
        foreach (string item in (string[])[.. s_items, "FRAME-B"]) yield return new Item(item, "MC", item, ItemKind.SubAssembly, item, item == "WAX" ? "KG" : "EA", item == "WAX" ? 0.1m : 1, null);
        yield return new ItemAlternate("FRAME", "FRAME-B", "MC", 1, null, T.InUtc().Date.PlusDays(50));
        foreach (var (item, k) in s_items.Select(static (x, k) => (x, k)))
            yield return new BomLine("BIKE", $"{k:00}", item, "MC", new(item == "WAX" ? 0.3m : 1, item == "WAX" ? "KG" : "EA"), item == "RACK" ? Condition.Parse("rack=yes").Value! : Condition.Always, null, null);
        foreach (string lane in (string[])["S1-H1", "S1-H2", "S2-H1", "S2-H2"])
        {
            string to = lane[3..];
            yield return new Lane(lane, "MC", lane, $"P-{lane[..2]}", to);
            yield return new LaneStep(lane, 1, "MC", StepKind.Wait, Mode.Sea, null, to, 2, 4, null, lane[1] == '1' ? 7 : null);
            yield return new LaneStep(lane, 2, "MC", StepKind.Leg, Mode.Sea, null, to, lane[1] == '1' ? 15 : 4, lane[1] == '1' ? 22 : 6, 0.2m, null);
            yield return new LaneStep(lane, 3, "MC", StepKind.Receive, Mode.None, null, to, 1, 2, null, null);
            yield return new Loading(lane, 2, "sea", "MC", 0.5m);
            yield return new Loading(lane, 3, to, "MC", 0.3m);
        }
        foreach (string hub in s_hubs)
        {
            foreach (string item in s_items) yield return new ItemSupplier(item, "S1", "MC", $"S1-{hub}", 20, 10, 5, 40, 1, 2, 1, null, null);
            yield return new ItemSupplier("MOTOR", "S2", "MC", $"S2-{hub}", 3, 1, 1, null, 0, 0, 2, T.InUtc().Date.PlusDays(2), T.InUtc().Date.PlusDays(30));
        }
    }

    private IEnumerable<IRecord> Supply()
    {
        for (int h = 0; h < 2; h++)
        {
            foreach (string item in s_items) yield return new Stock(s_hubs[h], item, "", "", "MC", new(2 + Below(9), item == "WAX" ? "KG" : "EA"), StockStatus.Available);
            foreach (string source in s_sources) yield return new Shipment($"SH-{h}{source}", "MC", $"S1-{s_hubs[h]}", "", "");
        }
        yield return new Stock("H1", "FRAME-B", "", "", "MC", new(4, "EA"), StockStatus.Available);
        for (int n = 0; n < 20; n++) yield return Lot($"LOT-{n:00}", n % s_items.Length, Below(2), (LotState)Below(4));
        for (int m = 0; m < 3; m++)
        {
            yield return new Machine($"M{m}", "S1", "P-S1", $"Cell {m}", "", 3, m == 1 ? null : 200, 8, 30);
            if (m < 2) yield return new MachineReport($"M{m}", "S1", MachineState.Running, At(-2, 0), "", 3, 20, 60, T);
            for (int k = 0; k < 3; k++)
                yield return new ProductionRun($"R{m}{k}", "S1", $"M{m}", $"LOT-{5 * k + m:00}", new(30, (5 * k + m) % 5 == 3 ? "KG" : "EA"), Below(20), At(-2, 6), k == 0 ? OrderStatus.Confirmed : OrderStatus.Approved, At(-1, 0));
        }
        for (int n = 0; n < 8; n++) yield return Word();
        for (int n = 0; n < 3; n++) yield return Delay($"LOT-{Below(20):00}");
    }

    private Lot Lot(string key, int item, int hub, LotState state) => new(key, "S1", null, s_items[item], "", new(4 + Below(20), s_items[item] == "WAX" ? "KG" : "EA"), $"S1-{s_hubs[hub]}", state,
        At(-20, 20), Below(5), state < LotState.Made ? default(Key<Shipment>?) : new Key<Shipment>($"SH-{hub}{s_sources[Below(2)]}"));

    private Lot Moved(Lot lot) => lot with { State = (LotState)Math.Min((int)LotState.Closed, (int)lot.State + Below(3)), Quantity = new(1 + Below(20), lot.Quantity.Unit),
        Shipment = Below(3) == 0 ? lot.Shipment : new Key<Shipment>($"SH-{(lot.Lane.Value.EndsWith('1') ? 0 : 1)}{s_sources[Below(2)]}") };

    private LotDelay Delay(Lot lot) => Delay(lot.Id);

    private LotDelay Delay(string lot)
    {
        decimal[] said = [.. Enumerable.Range(0, 6).Select(_ => Below(200) / 10m - 5).Order()], usual = [.. Enumerable.Range(0, 6).Select(_ => Below(200) / 10m - 5).Order()];
        return new(lot, "MC", "model", At(-20, 40), T, said[0], said[1], said[2], said[3], said[4], said[5], usual[0], usual[1], usual[2], usual[3], usual[4], usual[5]);
    }

    private Milestone Word()
    {
        bool actual = Below(2) == 0;
        Instant at = actual ? At(-30, 0) : At(-20, 40);
        return new($"SH-{Below(2)}{s_sources[Below(2)]}", 1 + Below(3), (Edge)Below(2), actual ? Classifier.Actual : Classifier.Estimated, s_sources[Below(2)], "MC", at,
            actual ? Instant.Max(at, At(-3, 3)) : At(-40, 2));
    }

    private Pin Pin()
    {
        Instant? expires = Below(2) == 0 ? At(-1, 3) : default(Instant?);
        OrderLine order = Any(World.OrderLines);
        string key = $"P{Below(6)}";
        return Below(4) switch
        {
            0 => new(key, "MC", PinKind.Supply, Any(World.Lots).Id, "", At(1, 30), "Seen", "ada", expires),
            1 => new(key, "MC", PinKind.Slot, order.Id, order.Hub == "H1" ? "L1" : "L3", At(1, 40), "Fair", "ada", expires),
            2 => new(key, "MC", PinKind.Peg, order.Id, $"lot:{Any(World.Lots).Id}", null, "Asked", "ada", expires),
            _ => new(key, "MC", PinKind.Date, order.Id, "", At(1, 40), "Not before", "ada", expires),
        };
    }

    private IReadOnlyList<WorldEvent> Finished(Build build) => [Put(build with { Status = OrderStatus.Completed }), Put(World.OrderLines[build.OrderLine] with { Status = OrderStatus.Completed })];

    private WorldEvent[] Repegged(Peg peg)
    {
        Lot[] others = [.. World.Lots.Where(l => l.Item == peg.Item && $"lot:{l.Id}" != peg.Supply)];
        return others.Length == 0 ? [] : [new WorldEvent.Removed(TableKind.For(peg), peg.Id, "moved"), Put(peg with { Supply = $"lot:{others[Below(others.Length)].Id}" })];
    }
}
