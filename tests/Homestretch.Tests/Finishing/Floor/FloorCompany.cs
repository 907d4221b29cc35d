using Homestretch.Finishing.Floor;
using Homestretch.Products;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Finishing.Floor;

/// <summary>A small hub with everything that can go wrong on its floor: two markets, revisions, held and bonded goods, lots that are promised to others, parts that stand in for others.</summary>
/// <param name="otherwise">Changes a record before the world is made of it, or leaves it out.</param>
/// <param name="more">Records besides.</param>
internal sealed class FloorCompany(Func<IRecord, IRecord?>? otherwise = null, IReadOnlyList<IRecord>? more = null)
{
    public static readonly Instant T = Instant.FromUtc(2026, 11, 24, 14, 0);
    private static readonly LocalDate s_today = new(2026, 11, 24);
    private int _number;

    public static IReadOnlyList<IRecord> Records { get; } = [.. Cast(), .. Goods(), .. Orders()];

    public Snapshot World { get; private set; } = Snapshot.Of([.. otherwise is null ? Records : Records.Select(otherwise).OfType<IRecord>(), .. more ?? []]);

    /// <summary>What operations did, one after the other.</summary>
    public List<WorldEvent> Told { get; } = [];

    /// <summary>The operation with this answer, done to the world.</summary>
    public FloorOperation Do(FloorOperation said, Instant? now = null)
    {
        FloorDecision decision = FloorDeciding.Decide(World, new(World), said, now ?? T + Duration.FromDays(1));
        Applied applied = World.Apply(decision.Events, "floor");
        Assert.True(applied.Accepted, $"{said}: {string.Join('\n', applied.Findings)}");
        World = applied.World;
        Told.AddRange(decision.Events);
        return decision.Operation;
    }

    /// <summary>What an accepted operation did.</summary>
    public FloorOperation Done(FloorOperation said)
    {
        FloorOperation answer = Do(said);
        Assert.True(answer.Answer == FloorAnswer.Accepted, $"{said.Act}: {answer.Rule}: {answer.Said}");
        return answer;
    }

    public FloorOperation Said(FloorAct act, string item = "", string lot = "", decimal? quantity = null, string from = "", string to = "", string build = "", string unit = "", string step = "", string values = "",
        string reason = "", string revision = "A", Instant? happened = null, string device = "GVL-01", int? number = null) =>
        new($"{device}/{number ?? ++_number}", "MC", "GVL", act, device, "op-1", happened ?? T + Duration.FromMinutes(_number), default, item, item.Length > 0 ? revision : "", lot, quantity, from, to, build, unit, step, "", values, reason,
            FloorAnswer.Accepted, 0, "", "");

    public void Put(IRecord record)
    {
        Applied applied = World.Apply([new WorldEvent.Put(record)]);
        Assert.True(applied.Accepted, string.Join('\n', applied.Findings));
        World = applied.World;
    }

    public decimal OnHand(string item) => World.Stock.Where(s => s.Item.Value == item).Sum(static s => s.Quantity.Value);
    public decimal In(string bin) => World.BinStock.StartingWith($"GVL|{bin}|").Sum(static b => b.Quantity.Value);

    private static IEnumerable<IRecord> Cast() =>
    [
        new Party("MC", "Meridian", PartyKind.Brand, "US"), new Party("TW1", "Frames", PartyKind.Supplier, "TW"), new Party("C1", "Shop", PartyKind.Customer, ""),
        new Site("TXG", "TW1", "Taichung", SiteKind.Plant, "TWTXG", "TW", "Asia/Taipei", null, null), new Site("GVL", "MC", "Greenville", SiteKind.Hub, "USGVL", "US", "America/New_York", null, null),
        new Site("AMS", "MC", "Almere", SiteKind.Hub, "NLALM", "NL", "Europe/Amsterdam", null, null),
        Part("FRAME", "frame"), Part("MOTOR", "motor"), Part("MOTOR-2", "motor"), Part("CHG-US", "charger"), Part("CHG-EU", "charger"), Part("RACK", "rack"), Part("BOLT", "bolts"), Part("ODD", "odd"),
        new Item("BIKE", "MC", "Bike", ItemKind.Family, "", "EA", 1, null),
        new ItemRevision("FRAME", "MC", "A", null, s_today.PlusDays(60)), new ItemRevision("FRAME", "MC", "B", s_today.PlusDays(-30), null), new ItemRevision("FRAME", "MC", "Z", null, s_today.PlusDays(-90)),
        new ItemAlternate("MOTOR", "MOTOR-2", "MC", 1, null, null),
        new Market("US", "MC", "United States", "US", 120, "B", "en-US", 2, 4), new Market("EU", "MC", "Europe", "EU", 230, "F", "de", 2, 4),
        new ProductOption("BIKE", "rack", "yes", "MC", "Rack"), new ProductOption("BIKE", "rack", "no", "MC", "No rack"),
        Line("010", "FRAME", 1), Line("020", "MOTOR", 1), Line("030", "CHG-US", 1, "market=US"), Line("040", "CHG-EU", 1, "market=EU"), Line("050", "RACK", 1, "rack=yes"), Line("060", "BOLT", 4),
        new AssemblyLine("L1", "MC", "GVL", "Line 1", "day", null), new Routing("BIKE", "L1", "MC", 30, 1), new AssemblyLine("L9", "MC", "AMS", "Line 9", "day", null),
        new Lane("TW-GVL", "MC", "Taichung to Greenville", "TXG", "GVL"), new LaneStep("TW-GVL", 1, "MC", StepKind.Leg, Mode.Sea, null, "GVL", 30, 40, null, null), new Lane("TW-AMS", "MC", "Taichung to Almere", "TXG", "AMS"),
        new LaneStep("TW-AMS", 1, "MC", StepKind.Leg, Mode.Sea, null, "AMS", 30, 40, null, null),
        Bin("DOCK", BinKind.Dock), Bin("A-01", BinKind.Shelf), Bin("A-02", BinKind.Shelf), Bin("F-01", BinKind.Shelf) with { Item = (Key<Item>)"FRAME", Most = 30 }, Bin("QC", BinKind.Hold), Bin("BOND", BinKind.Customs),
        new WorkStep("BIKE", "010", "MC", WorkKind.Fit, "Frame into the stand", "", Condition.Always, (Key<Item>)"FRAME", "", Tolerances.None, null, null),
        new WorkStep("BIKE", "015", "MC", WorkKind.Check, "Ream the seat tube", "", Condition.Always, (Key<Item>)"FRAME", "B", Tolerances.None, null, null),
        new WorkStep("BIKE", "020", "MC", WorkKind.Fit, "Motor", "", Condition.Always, (Key<Item>)"MOTOR", "", Tolerances.Parse("torque=22..26 Nm").Value!, null, null),
        new WorkStep("BIKE", "030", "MC", WorkKind.Label, "Federal label", "", Condition.Parse("market=US").Value!, null, "", Tolerances.None, null, null),
        new WorkStep("BIKE", "040", "MC", WorkKind.Test, "Insulation", "", Condition.Always, null, "", Tolerances.Parse("insulation=2.. MOhm").Value!, null, null),
    ];

    /// <summary>Every row of stock lies in bins, and two lots are on their way.</summary>
    private static IEnumerable<IRecord> Goods()
    {
        foreach (var (bin, item, revision, lot, amount, status) in new[]
        {
            ("F-01", "FRAME", "A", "F1", 6m, StockStatus.Available), ("F-01", "FRAME", "B", "F2", 6m, StockStatus.Available), ("A-01", "FRAME", "Z", "F0", 3m, StockStatus.Available), ("A-01", "MOTOR", "A", "M1", 9m, StockStatus.Available),
            ("A-02", "MOTOR", "A", "M2", 2m, StockStatus.Available), ("A-02", "MOTOR-2", "A", "N1", 5m, StockStatus.Available), ("QC", "MOTOR", "A", "M3-QC", 4m, StockStatus.Hold), ("BOND", "CHG-US", "A", "U2-CU", 9m, StockStatus.Customs),
            ("A-01", "CHG-US", "A", "U1", 9m, StockStatus.Available), ("A-01", "CHG-EU", "A", "E1", 9m, StockStatus.Available), ("A-02", "RACK", "A", "R1", 9m, StockStatus.Available), ("A-02", "BOLT", "A", "B1", 200m, StockStatus.Available),
            ("A-02", "ODD", "A", "O1", 9m, StockStatus.Available), ("A-02", "RACK", "A", "R2", 5m, StockStatus.Available), ("A-01", "BOLT", "A", "B2", 40m, StockStatus.Available), ("A-01", "BOLT", "A", "B3", 40m, StockStatus.Available), ("A-01", "CHG-US", "A", "U3", 5m, StockStatus.Available),
        })
        {
            yield return Stands(new Stock("GVL", item, revision, lot, "MC", new(amount, "EA"), status));
            yield return new BinStock("GVL", bin, item, revision, lot, "MC", new(amount, "EA"), null);
        }
        foreach (var (lot, item, amount, lane) in new[] { ("F9", "FRAME", 20m, "TW-GVL"), ("M9", "MOTOR", 10m, "TW-GVL"), ("X9", "MOTOR", 10m, "TW-AMS") })
            yield return new Lot(lot, "TW1", null, item, "A", new(amount, "EA"), lane, LotState.Shipped, T - Duration.FromDays(30), 0, null);
    }

    /// <summary>Three builds that are pegged, one that is done, one of another hub, one not released.</summary>
    private static IEnumerable<IRecord> Orders()
    {
        foreach (var (number, market, rack, quantity, status, line) in new[]
        {
            ("S1", "US", "yes", 2, OrderStatus.Approved, "L1"), ("S2", "EU", "no", 1, OrderStatus.Approved, "L1"), ("S3", "US", "no", 2, OrderStatus.Approved, "L1"), ("S4", "US", "no", 1, OrderStatus.Completed, "L1"),
            ("S5", "EU", "no", 1, OrderStatus.Approved, "L9"), ("S6", "US", "no", 1, OrderStatus.Proposed, "L1"),
        })
        {
            yield return new OrderLine(number, "MC", "C1", "BIKE", quantity, market, Choices.Parse($"rack={rack}").Value!, line == "L9" ? "AMS" : "GVL", T, T + Duration.FromDays(20), 1, null, ShipComplete.Whole, status == OrderStatus.Completed ? status : OrderStatus.Approved);
            Instant start = T + Duration.FromHours(2 + (number[1] - '1'));
            yield return new Build(number, "MC", number, line, quantity, start, start + Duration.FromHours(1), status);
        }
        foreach (var (build, item, supply, amount) in new[]
        {
            ("S1", "FRAME", "stock:GVL|FRAME|A|F1", 2m), ("S1", "MOTOR", "stock:GVL|MOTOR|A|M1", 2m), ("S1", "CHG-US", "stock:GVL|CHG-US|A|U1", 2m), ("S1", "RACK", "stock:GVL|RACK|A|R1", 2m), ("S1", "BOLT", "stock:GVL|BOLT|A|B1", 8m),
            ("S2", "FRAME", "stock:GVL|FRAME|B|F2", 1m), ("S2", "MOTOR", "stock:GVL|MOTOR|A|M2", 1m), ("S2", "CHG-EU", "stock:GVL|CHG-EU|A|E1", 1m), ("S2", "BOLT", "stock:GVL|BOLT|A|B1", 4m),
            ("S3", "FRAME", "lot:F9", 2m), ("S3", "MOTOR", "stock:GVL|MOTOR|A|M2", 1m), ("S3", "MOTOR", "lot:M9", 1m), ("S3", "CHG-US", "stock:GVL|CHG-US|A|U1", 2m), ("S3", "BOLT", "stock:GVL|BOLT|A|B1", 8m),
        })
            yield return new Peg(build, item, supply, "MC", new(amount, "EA"));
    }

    /// <summary>Racks of R2 and chargers of U3 are held, bolts of B2 bonded, those of B3 under inward processing; B1 and F1 are duty paid, of the rest nobody has said.</summary>
    private static Stock Stands(Stock row) => row.LotNumber switch
    {
        "R2" or "U3" => row with { Customs = CustomsStanding.CustomsHold, CustomsDocument = "CBP-28" },
        "B2" => row with { Customs = CustomsStanding.Bonded, CustomsDocument = "IT-4711" },
        "B3" => row with { Customs = CustomsStanding.InwardProcessing, CustomsDocument = "IPR-9" },
        "B1" or "F1" => row with { Customs = CustomsStanding.DutyPaid, CustomsDocument = "ENTRY-1" },
        _ => row,
    };

    private static Item Part(string key, string group) => new(key, "MC", key, ItemKind.SubAssembly, group, "EA", 1, null);
    private static BomLine Line(string position, string item, decimal quantity, string when = "") => new("BIKE", position, item, "MC", new(quantity, "EA"), Condition.Parse(when).Value!, null, null);
    private static Bin Bin(string code, BinKind kind) => new("GVL", code, "MC", kind, 0, null, null);
}
