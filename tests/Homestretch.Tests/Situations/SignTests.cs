using Homestretch.Promising;
using Homestretch.Situations;
using Homestretch.Tests.Promising;
using Homestretch.World;
using NodaTime;
using Xunit;
using static Homestretch.Tests.Promising.Workshop;

namespace Homestretch.Tests.Situations;

/// <summary>Each sign in a world so small that it can be said by hand; and what nobody has said is no sign.</summary>
public sealed class SignTests
{
    private static readonly PlanPolicy s_policy = new() { Samples = 64, Sea = Exchange.Sea.SeaAtlas.World };
    private static readonly Cause s_machine = new(CauseKind.Machine, "A"), s_shipment = new(CauseKind.Shipment, "SH"), s_part = new(CauseKind.Part, "H/FRAME");

    private static Instant Days(double days) => T + Duration.FromDays(days);
    private static IReadOnlyList<Sign> Of(Snapshot world, Cause cause) => Signs.Of(Plan.Make(world, T, s_policy), cause);
    private static string Said(Snapshot world, Sign sign, string zone = "Etc/UTC") => SignText.Of(world, sign, DateTimeZoneProviders.Tzdb[zone]);

    private static Snapshot Cell(MachineReport report, decimal? between = null) => Company(
        new Lot("LOT-A", "S1", null, "FRAME", "", new(60, "EA"), "SEA", LotState.Making, Days(5), 1, null), new Machine("A", "S1", "P", "Weld cell", "g/n/a", 1, between, 100, 200),
        report, new ProductionRun("R-A", "S1", "A", "LOT-A", new(60, "EA"), 12, Days(-1), OrderStatus.Confirmed, report.AsOf));

    private static MachineReport Report(MachineState state = MachineState.Running, decimal? p10 = null, decimal? p50 = null, double since = -1.25, double asOf = 0) => new("A", "S1", state, Days(since), state == MachineState.Down ? "spindle" : "", 1, p10, p50, Days(asOf));

    /// <summary>Frames at sea since nine days; the lane takes ten.</summary>
    private static Snapshot AtSea(params IReadOnlyList<IRecord> more) => Company([new Shipment("SH", "MC", "SEA", "MSKU1", ""),
        new Lot("LOT-S", "S1", null, "FRAME", "", new(50, "EA"), "SEA", LotState.Shipped, Days(-10), 0, (Key<Shipment>)"SH"), .. more]);

    private static Milestone Word(Edge edge, Classifier classifier, double at, double reported, string source = "S1") => new("SH", 1, edge, classifier, source, "MC", Days(at), Days(reported));

    [Fact]
    public void A_machine_that_is_down_says_since_when_and_why()
    {
        Snapshot world = Cell(Report(MachineState.Down));
        var down = Assert.IsType<Sign.Down>(Assert.Single(Of(world, s_machine)));
        Assert.Equal(("machine:A", (Instant?)Days(-1.25), 30.0, "spindle"), (down.Subject, down.At, down.Hours, down.Reason));
        Assert.Equal("Weld cell is down since Sun 22 Nov 18:00, for 30 hours: spindle.", Said(world, down));
        Assert.Equal("Weld cell is down since Sun 22 Nov 13:00, for 30 hours: spindle.", Said(world, down, "America/New_York"));
    }

    [Fact]
    public void A_stop_is_predicted_from_the_life_that_is_stated_against_the_work_that_is_planned()
    {
        Snapshot world = Cell(Report(p10: 10, p50: 30));
        var stop = Assert.IsType<Sign.PredictedStop>(Assert.Single(Of(world, s_machine)));
        Assert.Equal((10.0, 30.0, 48.0, 48.0, "LOT-A"), (stop.P10Hours, stop.P50Hours, Math.Round(stop.FirstHours, 6), Math.Round(stop.AllHours, 6), stop.Lot.Value));
        Assert.InRange(stop.Fails.Value, 0.6, 0.95);
        Assert.StartsWith("Weld cell runs for about 30 hours more (10 hours nine times in ten) and has 48 hours of work until lot LOT-A is made: it fails before in ", Said(world, stop), StringComparison.Ordinal);
        Assert.Empty(Of(Cell(Report(p10: 4000, p50: 9000)), s_machine));
        Assert.Empty(Of(Cell(Report()), s_machine));         // a life that nobody states is not short

        stop = Assert.IsType<Sign.PredictedStop>(Assert.Single(Of(Cell(Report(), between: 60), s_machine)));
        Assert.Equal((null, null), (stop.P10Hours, stop.P50Hours));
        Assert.Contains("says nothing of its remaining life", Said(world, stop), StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_at_work_is_silent_after_a_day_and_one_that_never_reported_is_not()
    {
        Snapshot world = Cell(Report(asOf: -1.5));
        var silent = Assert.IsType<Sign.Silent>(Assert.Single(Of(world, s_machine)));
        Assert.Equal(((Instant?)Days(-1.5), 36.0, Duration.FromHours(24)), (silent.LastWord, silent.Hours, silent.Usual));
        Assert.Equal("Weld cell has been silent for 36 hours, longer than 24 hours; the last word is of Sun 22 Nov 12:00.", Said(world, silent));
        Assert.Equal(SignKind.Silent, Assert.Single(Of(world, new(CauseKind.Lot, "LOT-A"))).Kind);
        Assert.Empty(Of(Cell(Report(asOf: -0.99)), s_machine));
        ProductionRun run = world.ProductionRuns.First();
        Assert.Empty(Of(world.Put(run with { AsOf = Days(-0.1) }), s_machine));       // the count is word enough
        Assert.Empty(Of(world.Put(run with { Status = OrderStatus.Approved, Produced = 0 }), s_machine));      // nothing is at work on it
        Assert.Empty(Of(Apply(world, [new WorldEvent.Removed(TableKind.For(world.MachineReports.First()), "A", "unknown")]), s_machine));
    }

    [Fact]
    public void A_planned_moment_that_has_passed_is_overdue_until_somebody_says_that_it_came_about()
    {
        Snapshot world = AtSea(Word(Edge.Begin, Classifier.Actual, -9, -0.5), Word(Edge.End, Classifier.Planned, -2, -20));
        var overdue = Assert.IsType<Sign.Overdue>(Assert.Single(Of(world, s_shipment)));
        Assert.Equal(("shipment:SH", Edge.End, (Instant?)Days(-2), 48.0), (overdue.Subject, overdue.Edge, overdue.At, overdue.Hours));
        Assert.Equal("The leg by sea to Hub was planned to end on Sun 22 Nov 00:00 and nobody has said that it did: 2 days overdue.", Said(world, overdue));
        Assert.Empty(Of(world.Put(Word(Edge.End, Classifier.Planned, 1, -0.2)), s_shipment));                  // planned anew
        Assert.Empty(Of(world.Put(Word(Edge.End, Classifier.Actual, -0.3, -0.2)), s_shipment));

        Snapshot late = Company(new Lot("LOT-L", "S1", null, "FRAME", "", new(50, "EA"), "SEA", LotState.Making, Days(-3), 5, null));
        overdue = Assert.IsType<Sign.Overdue>(Assert.Single(Of(late, new(CauseKind.Lot, "LOT-L"))));
        Assert.Equal("Lot LOT-L (FRAME) was to be made by Sat 21 Nov 00:00 and is not: 3 days overdue.", Said(late, overdue));
    }

    [Fact]
    public void A_step_without_a_plan_has_outlasted_what_the_forecast_gives_it()
    {
        Snapshot world = AtSea(Word(Edge.Begin, Classifier.Actual, -12, -1));
        Assert.True(Plan.Make(world, T, s_policy).Of(new Key<Lot>("LOT-S"))!.Overdue);
        var outlasted = Assert.IsType<Sign.Outlasted>(Assert.Single(Of(world, s_shipment)));
        Assert.Equal("The leg by sea to Hub has lasted since Thu 12 Nov 00:00, 12 days: longer than nine times in ten.", Said(world, outlasted));
    }

    [Fact]
    public void A_shipment_is_silent_after_seven_days_at_sea_and_three_in_the_air()
    {
        Snapshot world = AtSea(Word(Edge.Begin, Classifier.Actual, -9, -8));
        var silent = Assert.IsType<Sign.Silent>(Assert.Single(Of(world, s_shipment)));
        Assert.Equal(((Instant?)Days(-8), 192.0), (silent.LastWord, silent.Hours));
        Assert.Equal("Shipment SH has been silent for 8 days, longer than 7 days; the last word is of Mon 16 Nov 00:00.", Said(world, silent));
        Assert.Empty(Of(AtSea(Word(Edge.Begin, Classifier.Actual, -9, -6)), s_shipment));
        Assert.Empty(Of(world.Put(Word(Edge.End, Classifier.Estimated, 2, -1)), s_shipment));
        Assert.NotEmpty(Of(world.Put(new Party(Milestone.DelayModel, "Model", PartyKind.Forecaster, "US"), Word(Edge.End, Classifier.Estimated, 2, -1, Milestone.DelayModel.Value)), s_shipment));     // it has seen nothing
        Snapshot air = AtSea(Word(Edge.Begin, Classifier.Actual, -5, -4)).Put(world.LaneSteps.First() with { Mode = Mode.Air });
        Assert.Equal(Duration.FromDays(3), Assert.IsType<Sign.Silent>(Assert.Single(Of(air, s_shipment))).Usual);

        silent = Assert.IsType<Sign.Silent>(Assert.Single(Of(AtSea(), s_shipment), static s => s.Kind == SignKind.Silent));       // made ten days ago, and never a word
        Assert.Null(silent.LastWord);
        Assert.Equal("Nothing was heard of shipment SH in the 10 days since it left, longer than 7 days.", Said(world, silent));
    }

    [Fact]
    public void Estimates_of_sources_that_lie_more_than_two_days_apart_contradict_each_other()
    {
        Snapshot world = AtSea(Word(Edge.Begin, Classifier.Actual, -9, -0.5), Word(Edge.End, Classifier.Estimated, 1, -1), Word(Edge.End, Classifier.Estimated, 4.5, -2, "S2"));
        var apart = Assert.IsType<Sign.Contradiction>(Assert.Single(Of(world, s_shipment)));
        Assert.Equal(("S1", "S2", 84.0), (apart.First.Source.Value, apart.Last.Source.Value, apart.Hours));
        Assert.Equal("First expects the leg by sea to Hub to end on Wed 25 Nov 00:00, Second on Sat 28 Nov 12:00: 3 days apart.", Said(world, apart));
        Assert.Empty(Of(world.Put(Word(Edge.End, Classifier.Estimated, 3, -2, "S2")), s_shipment));
        Assert.Empty(Of(world.Put(Word(Edge.End, Classifier.Planned, 9, -2, "S2"), Word(Edge.End, Classifier.Estimated, 1.5, -2, "S2")), s_shipment));     // a plan is no estimate
    }

    [Fact]
    public void Stock_lasts_until_the_first_build_that_it_and_what_is_bought_before_do_not_cover()
    {
        Snapshot world = Company(Shelf("MOTOR", 20), Shelf("FRAME", 2), Shelf("FRAME", 5, "HELD") with { Status = StockStatus.Hold }, Coming("LOT-20", "FRAME", 1, 20), Order("A", 60), Order("B", 60), Order("C", 60), Order("D", 60)).Planned();
        world = world.Put([.. world.Builds.OrderBy(static b => b.Id, StringComparer.Ordinal).Select((b, k) => b with { Start = Days(10 * k + 5), End = Days(10 * k + 6) })]);       // on days 5, 15, 25, 35
        var stock = Assert.IsType<Sign.StockOut>(Assert.Single(Of(world, s_part)));
        Assert.Equal((new Quantity(2, "EA"), new Quantity(1, "EA"), "D", (Instant?)Days(35), (Key<Lot>?)null), (stock.OnHand, stock.Before, stock.OrderLine.Value, stock.At, stock.Next));
        Assert.Equal("2 EA of FRAME lie at Hub, 1 EA that was bought come in time: the first build that they do not cover begins on Tue 29 Dec 00:00. Nothing more is bought.", Said(world, stock));
        Snapshot later = world.Put(Coming("LOT-20", "FRAME", 1, 28));
        stock = Assert.IsType<Sign.StockOut>(Assert.Single(Of(later, s_part)));
        Assert.Equal(("C", "LOT-20", (Instant?)Days(28)), (stock.OrderLine.Value, stock.Next?.Value, stock.NextP90));
        Assert.EndsWith("begins on Sat 19 Dec 00:00. Lot LOT-20 comes next, by Tue 22 Dec 00:00 nine times in ten.", Said(later, stock), StringComparison.Ordinal);
        Assert.Empty(Of(world.Put(Shelf("FRAME", 3)), s_part));
    }

    [Fact]
    public void A_closed_passage_says_since_when_and_until_when()
    {
        Snapshot world = Company(new PassageClosure(Passage.Suez, Days(-4), "MC", null, "Canal authority", "A ship ran aground"));
        var closed = Assert.IsType<Sign.Closed>(Assert.Single(Of(world, new(CauseKind.Passage, "suez"))));
        Assert.Equal("Suez is closed since Fri 20 Nov 00:00, nobody says until when (Canal authority: A ship ran aground).", Said(world, closed));
        Assert.Empty(Of(world.Put(world.PassageClosures.First() with { Until = Days(-1) }), new(CauseKind.Passage, "suez")));
        Assert.Empty(Of(world, new(CauseKind.Line, "L")));
    }

    [Fact]
    public void A_kit_lacks_only_this_while_all_its_other_parts_are_at_the_bench_in_time()
    {
        Snapshot world = Company(Shelf("MOTOR", 5), new Lot("LOT-F", "S1", null, "FRAME", "", new(5, "EA"), "SEA", LotState.Made, T, 0, null), Order("A", 30)).Planned().Put(new Promise("A", 1, "MC", Days(12), new(0.9), T, "ada", ""));
        world = world.Put(world.Builds["A"] with { Start = Days(10.1), End = Days(10.5) }, world.Lots["LOT-F"] with { State = LotState.Making, Ready = Days(6) });       // promised for day 12, at the bench on day 16
        Assessment one = Assert.Single(Detecting.Of(Plan.Make(world, T, s_policy)));
        Assert.Equal(("lot:LOT-F", 1, true), (one.Cause.ToString(), one.ShortOfThisAlone, one.Lost[0].OnlyThis));

        Snapshot both = world.Put(new Lot("LOT-M", "S1", null, "MOTOR", "", new(5, "EA"), "SEA", LotState.Making, Days(5), 0, null), new Peg("A", "MOTOR", "lot:LOT-M", "MC", new(1, "EA")));
        Peg shelf = both.Pegs.First(static p => p.Supply.StartsWith("stock:", StringComparison.Ordinal));
        one = Assert.Single(Detecting.Of(Plan.Make(Apply(both, [new WorldEvent.Removed(TableKind.For(shelf), shelf.Id, "taken")]), T, s_policy)));
        Assert.Equal(("lot:LOT-F", 0), (one.Cause.ToString(), one.ShortOfThisAlone));        // the motor is a day less late, and late
    }

    [Fact]
    public void A_document_that_lapses_says_from_when_units_stay_and_is_renewed_for_its_cost_and_time()
    {
        var document = new Document("TA-7", "MC", "EN-15194", "Type approval", "US", null, Days(-300), Days(4), 3, null, new Money(90_000, "USD"), "");
        Snapshot world = AtSea(document);
        var lapse = Assert.IsType<Sign.Lapse>(Assert.Single(Of(world, new(CauseKind.Document, "TA-7"))));
        Assert.Equal(("document:TA-7", (Instant?)Days(4), 96.0, null), (lapse.Subject, lapse.At, lapse.Hours, lapse.Until));
        Assert.StartsWith("Type approval (EN-15194), which United States asks for, lapses: from Sat 28 Nov 00:00 units stay at the hub, and no renewal was asked for: it takes 3 days.", Said(world, lapse), StringComparison.Ordinal);
        Assert.Contains("and the renewal that was expected by Mon 23 Nov 00:00 has not come.", Said(world.Put(document with { RenewalExpected = Days(-1) }), lapse), StringComparison.Ordinal);
        Assert.Equal(Days(6), Assert.IsType<Sign.Lapse>(Assert.Single(Of(world.Put(document with { RenewalExpected = Days(6) }), new(CauseKind.Document, "TA-7")))).Until);
        Assert.Empty(Of(world.Put(document with { RenewalExpected = Days(3) }), new(CauseKind.Document, "TA-7")));
        Assert.Empty(Of(world.Put(document with { Key = "TA-8", ValidFrom = Days(4), ValidUntil = null }), new(CauseKind.Document, "TA-7")));
    }
}
