using CsCheck;
using Homestretch.Arrivals;
using Homestretch.Promising;
using Homestretch.Promising.Lots;
using Homestretch.Tests.World;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Promising;

public sealed class LaneFittingTests
{
    private static readonly Instant s_t = SmallWorld.T;
    private static readonly LaneStep s_leg = SmallWorld.Make().LaneSteps.First(static s => s.Kind == StepKind.Leg) with { OnTime = null };

    /// <summary>The small world with one leg of stated 30 and 40 days, and shipments that took what is given, each begun so many days ago; null: still on its way.</summary>
    private static Snapshot World(params ReadOnlySpan<(int DaysAgo, double? Days)> executed)
    {
        Snapshot world = SmallWorld.Make().Apply([new WorldEvent.Put(s_leg), new WorldEvent.Removed(TableKind.Named("lane_fits")!, s_leg.Id, "none yet"),
            new WorldEvent.Removed(TableKind.Named("passage_closures")!, SmallWorld.Make().PassageClosures.First().Id, "open")]).World;
        Assert.Empty(world.LaneFits);
        int n = 0;
        foreach (var (ago, days) in executed)
        {
            Instant begin = s_t - Duration.FromDays(ago);
            Key<Shipment> key = $"X-{n++:000}";
            world = world.With([new WorldEvent.Put(new Shipment(key, s_leg.Party, s_leg.Lane, "", "")), new WorldEvent.Put(Told(key, Edge.Begin, begin)),
                .. days is { } d ? [new WorldEvent.Put(Told(key, Edge.End, begin + Duration.FromDays(d)))] : (WorldEvent[])[]]);
        }
        return world;

        static Milestone Told(Key<Shipment> key, Edge edge, Instant at) => new(key, s_leg.Sequence, edge, Classifier.Actual, s_leg.Party, s_leg.Party, at, at);
    }

    private static LaneFit? Fit(Snapshot world) => LaneFitting.Due(world, s_t).Select(static e => ((WorldEvent.Put)e).Record).OfType<LaneFit>().SingleOrDefault(static f => f.Sequence == s_leg.Sequence);

    // docs/formulas/arrivals.md, example 8: F = (n F_own + 10 (n F_own + 50 F_stated) / (n + 50)) / (n + 10)
    [Fact]
    public void A_fit_is_the_quantile_of_own_like_and_stated_times_together()
    {
        LaneFit fit = Fit(World([.. Enumerable.Range(0, 10).Select(static i => (100, (double?)36))]))!;
        Assert.Equal(10, fit.Count);
        double n = 10 * Math.Pow(2, -64 / 180.0), own = n / (n + 10), like = n / (n + 50);
        StageTime stated = StageTime.Of(30, 40);
        double Chance(double days) => own * (days >= 36 ? 1 : 0) + (1 - own) * (like * (days >= 36 ? 1 : 0) + (1 - like) * stated.Cdf(days));
        foreach (var (level, days) in new[] { (0.5, (double)fit.P50Days), (0.9, (double)fit.P90Days) })
            Assert.True(Chance(days - 0.001) < level && Chance(days + 0.001) >= level, $"{level}: {days}");
        Assert.Equal(own, (double)fit.OwnShare, 1e-4);
        Assert.Equal((36.00m, 36.07m), (decimal.Round(fit.P50Days, 2), decimal.Round(fit.P90Days, 2)));
        Assert.Equal((s_t - Duration.FromDays(100), s_t - Duration.FromDays(64)), (fit.From, fit.Until));
    }

    [Fact]
    public void Much_history_is_believed_and_a_little_moves_little()
    {
        decimal Median(int count) => Fit(World([.. Enumerable.Range(0, count).Select(static i => (90 + i % 7, (double?)(44 + i % 5)))]))!.P50Days;
        Assert.InRange(Median(200), 43m, 48m);
        Assert.InRange(Median(3), 30m, 34m);
        Assert.Null(Fit(World((100, 40), (101, 41))));
    }

    [Fact]
    public void What_still_runs_long_after_its_time_counts_as_longer_and_what_began_lately_does_not_count()
    {
        (int, double?)[] done = [.. Enumerable.Range(0, 20).Select(static i => (95 + i, (double?)(28 + i % 5)))];
        LaneFit plain = Fit(World(done))!, overdue = Fit(World([.. done, (200, null), (201, null), (202, null), (203, null), (204, null)]))!, fresh = Fit(World([.. done, (20, 5), (20, 5), (20, 5), (30, null)]))!;
        Assert.True(overdue.P90Days > plain.P90Days + 3);
        Assert.Equal(plain, fresh);
    }

    [Fact]
    public void The_same_executions_are_fitted_once()
    {
        Snapshot world = World((100, 33), (110, 35), (120, 34));
        IReadOnlyList<WorldEvent> due = LaneFitting.Due(world, s_t);
        Applied kept = world.Apply(due);
        Assert.True(kept.Accepted);
        Assert.Empty(LaneFitting.Due(kept.World, s_t + Duration.FromDays(1)));
        Assert.NotEmpty(LaneFitting.Due(kept.World.With([new WorldEvent.Put(s_leg with { P50Days = 31 })]), s_t));
    }

    [Fact]
    public void A_voyage_while_a_passage_was_closed_is_left_out()
    {
        Snapshot world = World((100, 33), (110, 35), (120, 34));
        var closed = new PassageClosure(Passage.Suez, s_t - Duration.FromDays(90), s_leg.Party, s_t - Duration.FromDays(89), "", "");
        Assert.Null(Fit(world.With([new WorldEvent.Put(closed)])));
    }

    [Fact]
    public void The_planner_takes_the_fitted_time_and_knows_what_it_was_learned_from()
    {
        Snapshot world = World([.. Enumerable.Range(0, 40).Select(static i => (100 + i % 9, (double?)(50 + i % 9)))]);
        Snapshot fitted = world.Apply(LaneFitting.Due(world, s_t)).World;
        Assert.Equal(StageTime.OfLane(30, 40, null), new Lanes(world, null)[s_leg.Lane][1].Time);
        LaneFit fit = fitted.LaneFits.Single();
        Assert.Equal(StageTime.OfLane((double)fit.P50Days, (double)fit.P90Days, null), new Lanes(fitted, null)[s_leg.Lane][1].Time);
        Plan plan = Plan.Make(fitted, s_t);
        Assert.Equal(fit, plan.WayOf(fitted.Lots.First().Key).Single(static s => s.Sequence == s_leg.Sequence).Fit);
    }

    [Fact]
    public void A_longer_time_learned_moves_the_forecast_of_what_waits_for_it_and_is_said()
    {
        Snapshot world = World([.. Enumerable.Range(0, 40).Select(static i => (100 + i % 9, (double?)(50 + i % 9)))]).Apply(
        [
            new WorldEvent.Removed(TableKind.Named("milestones")!, SmallWorld.Make().Milestones.First().Id, "an estimate of its end is a better word than any history"),
            new WorldEvent.Put(new Stock("GVL", "WX-1", "", "", s_leg.Party, new(5, "KG"), StockStatus.Available)),
            new WorldEvent.Removed(TableKind.Named("pegs")!, "SO-1/1|WX-1|buy:WX-1", "in stock"), .. SmallWorld.Make().Pins.Select(static p => new WorldEvent.Removed(TableKind.For(p), p.Id, "the plan is free")), new WorldEvent.Put(new Peg("SO-1/1", "WX-1", "stock:GVL|WX-1||", s_leg.Party, new(0.03m, "KG"))),
        ]).World;
        Plan before = Plan.Make(world, s_t), after = Plan.Make(world.Apply(LaneFitting.Due(world, s_t)).World, s_t);
        Key<OrderLine> order = world.OrderLines.First().Key;
        Forecast.Dated old = Assert.IsType<Forecast.Dated>(before.Of(order)), moved = Assert.IsType<Forecast.Dated>(after.Of(order));
        Assert.True(moved.ReadyP90 > old.ReadyP90 + Duration.FromDays(10) && moved.Dates.P50 > old.Dates.P50, $"{old} -> {moved}");
        Assert.DoesNotContain(before.Explain(order)!.Reasons, static r => r.Contains("learned from", StringComparison.Ordinal));
        Assert.Contains(after.Explain(order)!.Reasons, static r => r.Contains("(stated: 30.0 and 40.0): learned from 40 executions, ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_plan_that_takes_fits_in_equals_the_plan_made_anew()
    {
        Snapshot world = World([.. Enumerable.Range(0, 12).Select(static i => (100 + i, (double?)(35 + i)))]);
        Plan plan = Plan.Make(world, s_t);
        Applied fitted = world.Apply(LaneFitting.Due(world, s_t));
        plan.Advance(fitted.World, fitted.Touched);
        Assert.Equal(Plan.Make(fitted.World, s_t).Forecasts, plan.Forecasts);
    }
}
