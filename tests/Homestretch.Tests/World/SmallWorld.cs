using Homestretch.World;
using NodaTime;

namespace Homestretch.Tests.World;

/// <summary>A company with one or two records in every table, all of them right: where tests start from.</summary>
internal static class SmallWorld
{
    public static readonly Instant T = Instant.FromUtc(2026, 11, 24, 9, 0);
    private static readonly LocalDate s_day = new(2026, 11, 24);
    private static readonly Key<Party> s_own = "MC", s_supplier = "TW1";

    public static IReadOnlyList<IRecord> Records { get; } =
    [
        new Party("MC", "Meridian", PartyKind.Brand, "US"), new Party("TW1", "Frames", PartyKind.Supplier, "TW"), new Party("C1", "Shop", PartyKind.Customer, ""),
        new Site("TXG", "TW1", "Taichung", SiteKind.Plant, "TWTXG", "TW", "Asia/Taipei", 24.1m, 120.7m),
        new Site("GVL", "MC", "Greenville", SiteKind.Hub, "USGVL", "US", "America/New_York", null, null),
        new Item("C1", s_own, "C1 e-bike", ItemKind.Family, "", "EA", 1, null),
        new Item("FR-1", s_own, "Frame", ItemKind.SubAssembly, "frame", "EA", 1, new Money(12050, "USD")),
        new Item("FR-2", s_own, "Frame, other", ItemKind.SubAssembly, "frame", "EA", 1, null),
        new Item("WX-1", s_own, "Wax", ItemKind.RawMaterial, "wax", "KG", 0.001m, null),
        new ItemRevision("FR-1", s_own, "B", s_day, s_day.PlusDays(300)),
        new ItemAlternate("FR-1", "FR-2", s_own, 1, null, null),
        new Market("UK", s_own, "United Kingdom", "GB", 230, "G", "en-GB", 2, 4),
        new Market("NIR", s_own, "Northern Ireland", "GB", 230, "G", "en-GB", 3, 5, (Key<Market>)"UK"),
        new MarketRule("UK-BATTERY", s_own, MarketRuleKind.Choice, (Key<Market>)"UK", (Key<Item>)"C1", Condition.Always, Condition.Parse("battery=500Wh | battery=400Wh").Value!, "", "At most 500 Wh", s_day.PlusDays(-30), s_day.PlusDays(300), "An act", true),
        new MarketRule("UK-PAPER", s_own, MarketRuleKind.Document, (Key<Market>)"UK", null, Condition.Parse("battery=500Wh").Value!, Condition.Always, "EN-15194", "It is approved", null, null, "An act", false),
        new FirmwareImage("C1", "UK", "4.2.1", s_own, new string('a', 64), s_day.PlusDays(-9), s_day.PlusDays(90), "Release 4.2.1"),
        new Document("TA-1", s_own, "EN-15194", "Type approval", "UK", (Key<Item>)"C1", T.Plus(Duration.FromDays(-300)), T.Plus(Duration.FromDays(65)), 30, null, new Money(90000, "GBP"), "Approval authority"),
        new ProductOption("C1", "battery", "500Wh", s_own, ""), new ProductOption("C1", "battery", "400Wh", s_own, "", true, new Money(-25000, "USD"), true),
        new BomLine("C1", "010", "FR-1", s_own, new(1, "EA"), Condition.Parse("market=UK | battery=500Wh").Value!, null, null),
        new BomLine("C1", "020", "WX-1", s_own, new(0.015m, "KG"), Condition.Always, s_day, null),
        new AssemblyLine("L1", s_own, "GVL", "Line 1", "day", new Money(18000, "USD")),
        new Shift("day", IsoDayOfWeek.Tuesday, new(6, 30), new(15, 0), s_own), new Closure("day", s_day, s_own, "Fair"),
        new Overtime("day", s_day.PlusDays(4), new(8, 0), new(12, 0), s_own, "Catching up"),
        new Routing("C1", "L1", s_own, 12.5m, 1),
        new Lane("TW-GVL", s_own, "Taichung to Greenville", "TXG", "GVL"),
        new LaneStep("TW-GVL", 1, s_own, StepKind.Wait, Mode.Sea, null, "TXG", 3, 5, null, 7),
        new LaneStep("TW-GVL", 2, s_own, StepKind.Leg, Mode.Sea, null, "GVL", 30, 40, 0.2m, null),
        new Loading("TW-GVL", 2, "port-oakland", s_own, 0.5m),
        new FreightRate("TW-GVL", "FR-1", s_own, new Money(650, "USD"), 120),
        new LaneFit("TW-GVL", 2, s_own, 12, T.Plus(Duration.FromDays(-90)), T.Plus(Duration.FromDays(-9)), 0.5m, 31.5m, 38.25m, "00c0ffee00c0ffee"),
        new PassageClosure(Passage.Suez, T.Plus(Duration.FromDays(-30)), s_own, T.Plus(Duration.FromDays(-28)), "Canal authority", "A ship ran aground"),
        new ItemSupplier("FR-1", s_supplier, s_own, "TW-GVL", 20, 50, 10, 500, 2, 3, 1, null, null),
        new StockTarget("GVL", "FR-1", s_own, 12.5m, "CUT-0-1"),
        new CustomsTerritory("US", s_own, "United States", "US;PR", "USD", ValuationBasis.Fob, null, null, "19 U.S.C. 1401a", true),
        new ExchangeRate("EUR", "USD", s_day, s_own, 1.125m, "A bank", true),
        new CustomsItem("FR-1", "US", s_day, null, s_own, "8714.91.30", 5.25m, "A broker", true),
        new ItemOrigin("FR-1", s_supplier, s_day, null, s_own, "TW", "GSP", DeliveryTerm.Cpt, "Declaration"),
        new DutyMeasure("US-1", s_own, DutyKind.General, "US", "8714.91", "*", "CU", s_day, null, null, null, 3.9m, null, DutyPer.Unit, "", "", "", "US-2", "HTS", true),
        new DutyMeasure("US-2", s_own, DutyKind.Exclusion, "US", "*", "TW;CN", "", s_day, s_day.PlusDays(9), s_day, s_day.PlusDays(30), null, null, DutyPer.Kilogram, "USD", "X", "US-1", "", "HTS", false),
        new CustomsFee("US-MPF", s_own, "US", "merchandise processing", s_day, null, 0.3464m, 33.58m, 651.5m, Mode.None, "USMCA", "19 CFR 24.23", true),
        new InsuranceRate(Mode.Sea, s_day, s_own, null, 0.25m, 110, "An insurer", true),
        new KnowHow("FR-1", s_own, 3, "Tube shapes"), new KnowHow("FR-2", s_own, 1.5m, ""),
        new ItemRelation("FR-1", "FR-2", RelationKind.Interface, s_own, 0.5m), new Inference("FR-2", "FR-1", s_own, new Share(0.8), "The same tubes"),
        new Disclosure("FR-1", s_supplier, DisclosureLevel.Package, "DWG-1 rev B", T.Plus(Duration.FromDays(-400)), "NDA-7", T.Plus(Duration.FromDays(-35)), s_own),
        new Study("CUT-0", s_own, "Frame and bike", (Key<Item>)"C1", "US,GB", "USD", 0.25m, 4, 0.2m, "Round figures"),
        new StudyStage("CUT-0", "frame", s_own, (Key<Item>)"FR-1", null, null, 0, null, null, null, null, 2, 0.25m), new StudyStage("CUT-0", "shop", s_own, null, 5.5m, 1, 0.5m, 4, 1.5m, 0.97m, 2, 1, 0.2m),
        new StudyLink("CUT-0", "frame", "shop", s_own, 1.5m, true),
        new StudySource("CUT-0", "frame", "Taichung", s_own, s_supplier, (Key<Site>)"TXG", "", "", 120.5m, 20, 3.5m, null, 0, 0, 2.5m, 31), new StudySource("CUT-0", "frame", "own", s_own, null, null, "GVL", "US", 150, 5, 0, 40, 0.5m, 9000, 3, 12),
        new StudySource("CUT-0", "shop", "Greenville", s_own, null, (Key<Site>)"GVL", "", "", 5.5m, 1, 0, null, 0, 0, 0, 0),
        new StudyLeg("CUT-0", "TXG", "GVL", "frame", "", s_own, 8.25m, 0.039m, 41.5m, 6, "TW-GVL"),
        new StudyLimit("CUT-0", "country-share:TW=0.9", s_own, "The board asks for it"),
        new Design("CUT-0-1", s_own, "CUT-0", "Two frame makers", "country-share:TW=0.9; home-value=0.1", 1_234_567.89m, 1_200_000, "Nearer to who buys", T, "olga", T.Plus(Duration.FromDays(1)), "ada"),
        new DesignSource("CUT-0-1", "frame", "Taichung", s_own, 0.75m), new DesignSource("CUT-0-1", "frame", "own", s_own, 0.25m), new DesignSource("CUT-0-1", "shop", "Greenville", s_own, 1),
        new PurchaseOrderLine("PO-1/10", s_own, s_supplier, "FR-1", "B", new(100, "EA"), new Money(12000, "USD"), "TW-GVL", T, T.Plus(Duration.FromDays(50)), OrderStatus.Confirmed),
        new Shipment("SH-1", s_own, "TW-GVL", "MSKU1", ""),
        new Milestone("SH-1", 2, Edge.End, Classifier.Estimated, s_supplier, s_own, T.Plus(Duration.FromDays(20)), T),
        new Lot("LOT-1", s_supplier, (Key<PurchaseOrderLine>)"PO-1/10", "FR-1", "B", new(100, "EA"), "TW-GVL", LotState.Making, T, 2.5m, (Key<Shipment>)"SH-1"),
        new LotDelay("LOT-0", s_own, "Homestretch delay model v1", T.Plus(Duration.FromDays(50)), T, -1, 0, 2, 4.5m, 6, 9, -1, 0, 1, 3, 5, 8),
        new Stock("GVL", "FR-1", "", "", s_own, new(7, "EA"), StockStatus.Available),
        new Bin("GVL", "A-01", s_own, BinKind.Shelf, 1, (Key<Item>)"FR-1", 40), new Bin("GVL", "Q", s_own, BinKind.Hold, 9, null, null),
        new BinStock("GVL", "A-01", "FR-1", "", "", s_own, new(4, "EA"), T),
        new Machine("M1", s_supplier, "TXG", "Weld cell", "tw/edge/weld", 12, 400, 8, 48),
        new MachineReport("M1", s_supplier, MachineState.Running, T, "", 11.5m, 20, 90, T),
        new ProductionRun("R1", s_supplier, "M1", "LOT-1", new(100, "EA"), 40, T, OrderStatus.Confirmed, T),
        new Maintenance("W1", s_supplier, "M1", T, T.Plus(Duration.FromHours(4)), OrderStatus.Approved, "Pump"),
        new OrderLine("SO-1/1", s_own, "C1", "C1", 2, "UK", Choices.Parse("battery=500Wh").Value!, "GVL", T, T.Plus(Duration.FromDays(30)), 1, new Money(500000, "USD"), ShipComplete.Whole, OrderStatus.Approved),
        new Promise("SO-1/1", 1, s_own, T.Plus(Duration.FromDays(35)), new Share(0.9), T, "ada", ""),
        new OptionOffer("OFFER-1", s_own, "SO-1/1", "battery", "400Wh", new Money(2500, "USD"), OfferState.Agreed, T, "As long as it comes in time"),
        new Build("SO-1/1", s_own, "SO-1/1", "L1", 2, T, T.Plus(Duration.FromHours(1)), OrderStatus.Approved),
        new Peg("SO-1/1", "FR-1", "lot:LOT-1", s_own, new(2, "EA")), new Peg("SO-1/1", "WX-1", "buy:WX-1", s_own, new(0.03m, "KG")),
        new Pin("P1", s_own, PinKind.Peg, "SO-1/1", "stock:GVL|FR-1||", null, "Fair", "ada", null),
        new Pin("P2", s_own, PinKind.Slot, "SO-1/1", "L1", T, "Fair", "ada", T.Plus(Duration.FromDays(9))),
        new Pin("P3", s_own, PinKind.Supply, "LOT-1", "", T, "Seen it", "ada", null),
        new Pin("P4", s_own, PinKind.Date, "SO-1/1", "", T, "Not before", "ada", null),
        new WorkStep("C1", "010", s_own, WorkKind.Fit, "Fit the frame", "Into the stand", Condition.Parse("market=UK").Value!, (Key<Item>)"FR-1", "B", Tolerances.Parse("torque=22..26.5 Nm; gap=..0.2 mm").Value!, s_day, s_day.PlusDays(300)),
        new Unit("C1-000001", s_own, "SO-1/1", "C1", "UK", UnitState.Complete, T, T.Plus(Duration.FromHours(1)), "op-7"),
        new UnitPart("C1-000001", 1, s_own, "FR-1", "B", "LOT-9", "F-77", new(1, "EA"), T, null, "GVL-07/1"),
        new UnitStep("C1-000001", "010", 1, s_own, YesNo.Yes, "torque=24; gap=0.1", "op-7", T, "GVL-07/2"),
        new FloorOperation("GVL-07/3", s_own, "GVL", FloorAct.Scrap, "GVL-07", "op-7", T, T.Plus(Duration.FromSeconds(4)), "FR-1", "", "", 1.5m, "A-01", "", "", "", "", "", "", "Dented", FloorAnswer.Refused, 0, "step", "Scan again"),
        new Situation("SIT-1", s_own, "machine:M1", T, SituationState.Confirmed, T, "ada", 0.4m, "", "", false),
        new StandingRule("RULE-1", s_own, RemedyKind.Expedite, 1, new Money(50000, "USD"), 0.5m, T, null, "ada", "Up to 500 a week"),
        new Decision("DEC-1", s_own, (Key<Situation>)"SIT-1", RemedyKind.MoveMaintenance, "Service Weld cell on Tuesday", 0.6m, 0.9m, new Money(0, "USD"), T, "ada", "", null),
        new Expectation("DEC-1", "SO-1/1", s_own, T.Plus(Duration.FromDays(35)), new Share(0.6), new Share(0.9)),
        new WorkTask("TASK-1", s_supplier, "DEC-1", TaskKind.MaintenanceOrder, "", "machines:M1", "Service Weld cell on Tuesday", T.Plus(Duration.FromDays(1)), TaskState.Open, ""),
        new ClassStrategy(1, Strategy.Win, s_own),
    ];

    public static Snapshot Make() => Snapshot.Empty.Apply([.. Records.Select(static r => new WorldEvent.Put(r))]).World;

    public static T The<T>(this Snapshot world) where T : class, IRecord<T> => world.Of<T>().First();
}
