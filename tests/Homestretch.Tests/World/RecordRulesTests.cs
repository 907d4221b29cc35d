using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.World;

public sealed class RecordRulesTests
{
    private static readonly Snapshot s_world = SmallWorld.Make();
    private static readonly LocalDate s_day = new(2026, 1, 2);

    /// <summary>One record for each rule that breaks that rule and no other, in the rules' order.</summary>
    private static readonly IRecord[] s_breaches =
    [
        s_world.The<Site>() with { Latitude = 91 }, s_world.The<Site>() with { Longitude = -181 }, s_world.The<Item>() with { Step = 0 }, s_world.The<Item>() with { Gtin = "9506000134353" },
        s_world.The<ItemRevision>() with { From = s_day, To = s_day.PlusDays(-1) },
        s_world.The<EngineeringChange>() with { ToRevision = "A" }, s_world.The<EngineeringChange>() with { FromLot = "L-1" }, s_world.The<EngineeringChange>() with { ReworkMinutes = -1 }, s_world.The<EngineeringChange>() with { OldStock = OldStock.Scrap }, s_world.The<EngineeringChange>() with { ApprovedBy = "" },
        s_world.The<ItemAlternate>() with { From = s_day, To = s_day.PlusDays(-1) }, s_world.The<ItemAlternate>() with { Priority = 0 },
        s_world.The<BomLine>() with { From = s_day, To = s_day.PlusDays(-1) },
        s_world.The<Market>() with { OutboundP50Days = 5, OutboundP90Days = 4 },
        s_world.The<Market>() with { Within = "NIR" }, s_world.The<MarketRule>() with { From = s_day, To = s_day.PlusDays(-1) }, s_world.The<MarketRule>() with { Must = Condition.Always }, s_world.The<MarketRule>() with { Value = "250 W" },
        s_world.The<FirmwareImage>() with { From = s_day, To = s_day.PlusDays(-1) }, s_world.The<FirmwareImage>() with { Sha256 = "abc" },
        s_world.The<Document>() with { ValidUntil = SmallWorld.T.Minus(Duration.FromDays(301)) }, s_world.The<Document>() with { RenewalDays = 0 },
        s_world.The<PassportData>() with { To = s_day.PlusDays(-1), Since = s_day }, s_world.The<PassportData>() with { Field = "smell" }, s_world.The<PassportData>() with { PartSerial = "F-77" },
        s_world.The<ProductOption>() with { Option = "500 Wh" },
        s_world.The<Routing>() with { MinutesPerUnit = 0 }, s_world.The<Routing>() with { Priority = 0 },
        s_world.The<WorkPace>() with { Count = 0 }, s_world.The<WorkPace>() with { Until = SmallWorld.T.Minus(Duration.FromDays(91)) }, s_world.The<WorkPace>() with { OwnShare = 1.1m }, s_world.The<WorkPace>() with { MinutesPerUnit = 0 },
        s_world.The<WorkPace>() with { P90 = 12 }, s_world.The<WorkPace>() with { Steps = "010" },
        s_world.The<LaneStep>() with { P50Days = 6 }, s_world.The<LaneStep>() with { EveryDays = 0 }, s_world.The<LaneStep>() with { OnTime = 1.1m },
        s_world.The<LaneStep>() with { Sequence = 100 },
        s_world.The<Loading>() with { Sequence = -1 }, s_world.The<Loading>() with { Weight = 1.1m }, s_world.The<FreightRate>() with { PerShipment = -1 }, s_world.The<LaneFit>() with { P50Days = 40 }, s_world.The<LaneFit>() with { Sequence = 0 }, s_world.The<LaneFit>() with { Count = 0 },
        s_world.The<LaneFit>() with { Until = SmallWorld.T.Minus(Duration.FromDays(91)) }, s_world.The<LaneFit>() with { OwnShare = 1.1m },
        s_world.The<PassageClosure>() with { Until = SmallWorld.T.Minus(Duration.FromDays(31)) },
        s_world.The<Milestone>() with { Sequence = 0 },
        s_world.The<ItemSupplier>() with { Maximum = 1 }, s_world.The<ItemSupplier>() with { LeadDays = -1 },
        s_world.The<ItemSupplier>() with { From = s_day, To = s_day.PlusDays(-1) }, s_world.The<ItemSupplier>() with { Priority = 0 },
        s_world.The<Lot>() with { Received = -1 }, s_world.The<Stock>() with { Customs = CustomsStanding.Bonded }, s_world.The<Bin>() with { Code = "kit:A" }, s_world.The<Bin>() with { Most = 0 }, s_world.The<Bin>() with { Item = null, Most = null, Least = 5 }, s_world.The<Bin>() with { CountDays = 0 }, s_world.The<FloorOperation>() with { Quantity = -1 }, s_world.The<FloorOperation>() with { Rule = "" },
        s_world.The<UnitPart>() with { Number = 0 }, s_world.The<UnitStep>() with { Attempt = 1000 }, s_world.The<FirmwareRelease>() with { Ordinal = 0 }, s_world.The<FirmwareRelease>() with { Reason = "" }, s_world.The<WorkStep>() with { From = s_day, To = s_day.PlusDays(-1) }, s_world.The<WorkStep>() with { Item = null }, s_world.The<WorkStep>() with { Language = "English" }, s_world.The<StepText>() with { Language = "DE" }, s_world.The<StepText>() with { Measured = "Drehmoment" },
        s_world.The<StockTarget>() with { Level = -1 },
        s_world.The<CustomsTerritory>() with { Countries = "USA" }, s_world.The<CustomsTerritory>() with { Currency = "usd" }, s_world.The<CustomsTerritory>() with { From = s_day, To = s_day.PlusDays(-1) },
        s_world.The<ExchangeRate>() with { Into = "EUR" }, s_world.The<ExchangeRate>() with { Rate = 0 },
        s_world.The<CustomsItem>() with { Hs = "8714.9" }, s_world.The<CustomsItem>() with { Kilograms = 0 }, s_world.The<CustomsItem>() with { From = s_day, To = s_day.PlusDays(-1) },
        s_world.The<ItemOrigin>() with { Country = "Taiwan" }, s_world.The<ItemOrigin>() with { From = s_day, To = s_day.PlusDays(-1) },
        s_world.The<DutyMeasure>() with { Hs = "8" }, s_world.The<DutyMeasure>() with { ExceptOrigins = "all" }, s_world.The<DutyMeasure>() with { From = s_day, To = s_day.PlusDays(-1) },
        s_world.The<DutyMeasure>() with { EnteredBefore = s_day }, s_world.The<DutyMeasure>() with { Percent = null }, s_world.The<DutyMeasure>() with { Specific = 1 },
        s_world.The<DutyMeasure>() with { Kind = DutyKind.Preference }, s_world.The<DutyMeasure>() with { Kind = DutyKind.Exclusion, Percent = null },
        s_world.The<CustomsFee>() with { Most = 30 }, s_world.The<CustomsFee>() with { From = s_day, To = s_day.PlusDays(-1) },
        s_world.The<InsuranceRate>() with { Percent = -1 }, s_world.The<InsuranceRate>() with { From = s_day, To = s_day.PlusDays(-1) },
        s_world.The<OriginRule>() with { Hs = "8" }, s_world.The<OriginRule>() with { Countries = "USA" }, s_world.The<OriginRule>() with { Figure = 101 }, s_world.The<OriginRule>() with { From = s_day, To = s_day.PlusDays(-1) },
        s_world.The<KnowHow>() with { Weight = -1 }, s_world.The<ItemRelation>() with { Other = "FR-1" }, s_world.The<ItemRelation>() with { Weight = -1 }, s_world.The<Inference>() with { From = "FR-2" }, s_world.The<Disclosure>() with { Nda = "" },
        s_world.The<Study>() with { Home = "USA" }, s_world.The<Study>() with { Currency = "usd" }, s_world.The<Study>() with { HoldingRate = 0 }, s_world.The<Study>() with { WriteOffYears = 0 }, s_world.The<Study>() with { Obsolescence = 1.1m },
        s_world.The<StudyStage>() with { Demand = -1 }, s_world.The<StudyStage>() with { ServiceLevel = 1 }, s_world.The<StudyStage>() with { MostSources = 3 }, s_world.The<StudyLink>() with { Quantity = 0 }, s_world.The<StudyLink>() with { To = "frame" },
        s_world.The<StudySource>() with { Days = -1 }, s_world.The<StudySource>() with { MostPerDay = 0 }, s_world.The<StudySource>() with { Country = "Taiwan" }, s_world.The<StudyLeg>() with { Rate = -0.1m },
        s_world.The<Design>() with { Cost = -1 }, s_world.The<Design>() with { Note = " " }, s_world.The<DesignSource>() with { Share = 0 },
        s_world.The<Lot>() with { ReadyP90Days = -1 },
        s_world.The<LotDelay>() with { Lot = "" }, s_world.The<LotDelay>() with { P90Days = 7 }, s_world.The<LotDelay>() with { UsualP50Days = -2 },
        s_world.The<Machine>() with { RatePerHour = 0 }, s_world.The<Machine>() with { RepairP50Hours = 99 }, s_world.The<Machine>() with { BetweenFailuresHours = 0 },
        s_world.The<MachineReport>() with { RemainingP10Hours = 91 }, s_world.The<ProductionRun>() with { Produced = -1 }, s_world.The<ProductionRun>() with { Rejected = -1 },
        s_world.The<Maintenance>() with { To = SmallWorld.T.Minus(Duration.FromHours(1)) },
        s_world.The<OrderLine>() with { Quantity = 0 }, s_world.The<OrderLine>() with { Class = 0 }, s_world.The<Promise>() with { Version = 1000 },
        s_world.The<OptionOffer>() with { Rebate = new Money(-1, "USD") },
        s_world.The<Build>() with { End = SmallWorld.T.Minus(Duration.FromHours(1)) }, s_world.The<Build>() with { Quantity = 0 },
        s_world.The<Peg>() with { Supply = "buy:FR-2" }, s_world.The<Pin>() with { Value = "nothing" },
        s_world.The<Situation>() with { Cause = "M1" }, s_world.The<Situation>() with { Changed = SmallWorld.T.Minus(Duration.FromHours(1)) },
        s_world.The<StandingRule>() with { Until = SmallWorld.T.Minus(Duration.FromHours(1)) }, s_world.The<StandingRule>() with { LeastPromises = 0 },
        s_world.The<ClassStrategy>() with { Class = 0 },
    ];

    [Fact]
    public void Each_rule_is_broken_by_its_breach_and_by_no_other() =>
        Assert.Equal(RecordRules.All.Select(static r => $"{r.Of.Name} {r.Name} {r.Column}"),
            s_breaches.Select(static b => $"{b.GetType().Name} {string.Join(" and ", RecordRules.Broken(b, new("test")).Select(static f => $"{f.Rule} {f.Place.Column}"))}"));

    [Fact]
    public void Every_broken_rule_of_a_record_is_reported_at_once()
    {
        LaneStep step = s_world.The<LaneStep>() with { P50Days = 6, EveryDays = -1, OnTime = 2, Sequence = 0 };
        Assert.Equal(["quantiles", "departures", "on-time", "sequence"], RecordRules.Broken(step, new("test")).Select(static f => f.Rule));
    }

    [Theory]
    [InlineData(PinKind.Slot, "The slot has no line or no start.")]
    [InlineData(PinKind.Date, "The moment is missing.")]
    [InlineData(PinKind.Supply, "The moment is missing.")]
    public void A_pin_without_its_moment_is_refused(PinKind kind, string what) =>
        Assert.Equal(what, Assert.Single(RecordRules.Broken(s_world.The<Pin>() with { Kind = kind, At = null }, new("test"))).What);
}
