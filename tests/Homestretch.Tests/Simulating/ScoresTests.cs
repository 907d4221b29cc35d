using Homestretch.Promising;
using Homestretch.Simulating;
using Homestretch.Tests.World;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Simulating;

public sealed class ScoresTests
{
    private static readonly Instant s_t = SmallWorld.T;

    private static Instant Day(int day) => s_t + Duration.FromDays(day);

    private static Statement Said(double whole, bool was) => new("SO-1/1", 14, s_t, whole, was, new Dates(Day(10), Day(12), Day(14), Day(16)), Day(13));

    private static Played Future(ulong seed, Statement[] said, params PlayedOrder[] orders) => new(seed, s_t, 60, said, orders, [], 0);

    [Fact]
    public void Statements_are_binned_by_tenths_with_one_in_the_last()
    {
        Scores scores = Scores.Of([Future(1, [Said(0.15, false), Said(0.1, true), Said(0.95, true), Said(1, true)])]);
        HorizonScore two = scores.Horizons.Single(static h => h.HorizonDays == 14);
        Assert.Equal([(0.1, 2), (0.9, 2)], two.Kits.Select(static b => (b.From, b.Count)));
        Assert.Equal((0.125, 0.5), (two.Kits[0].Stated, two.Kits[0].Came));
        Assert.Equal(0.375, two.Kits[0].Gap.Value, 1e-12);
        Assert.Equal(0.75, scores.KitsWhole!.Value.Value);
        Assert.Equal([0, 0, 1, 1], two.Dates.Select(static q => q.Came.Value));
    }

    [Fact]
    public void A_bin_holds_within_three_points_or_when_its_interval_reaches_zero()
    {
        Assert.True(new CalibrationBin(0.5, 9, 0.55, 0.58, new(0.03, 0.02, 0.04)).Holds);
        Assert.True(new CalibrationBin(0.5, 9, 0.55, 0.65, new(0.1, -0.01, 0.2)).Holds);
        Assert.False(new CalibrationBin(0.5, 9, 0.55, 0.65, new(0.1, 0.05, 0.2)).Holds);
        Assert.False(new CalibrationBin(0.5, 9, 0.55, 0.65, new(0.1, null, null)).Holds);
    }

    /// <summary>Ten futures of a hundred statements that all come true or all fail: as uncertain as ten coin tosses, not as a thousand.</summary>
    [Fact]
    public void The_interval_is_as_wide_as_the_futures_differ()
    {
        Played[] futures = [.. Enumerable.Range(1, 10).Select(k => Future((ulong)k, [.. Enumerable.Repeat(Said(0.55, k % 2 == 0), 100)]))];
        Estimate gap = Scores.Of(futures).Horizons[1].Kits.Single().Gap;
        Assert.Equal(-0.05, gap.Value, 1e-9);
        Assert.InRange(gap.High!.Value - gap.Low!.Value, 0.45, 0.75);
        Assert.Null(Scores.Of(futures[..1]).Horizons[1].Kits.Single().Gap.Low);
    }

    [Fact]
    public void A_promise_is_scored_against_the_first_and_against_those_in_force_before_the_date_they_name()
    {
        OrderLine order = SmallWorld.Make().The<OrderLine>();
        Promise first = new(order.Key, 1, "MC", Day(20), new Share(0.9), Day(-20), "", ""), second = first with { Version = 2, Date = Day(32), Given = Day(15) };
        Scores scores = Scores.Of([Future(1, [], new PlayedOrder(order, [first, second], Day(30)))]);
        Assert.Equal([(null, 0), (30, 0), (14, 1), (7, 1)], scores.Promises.Select(static p => (p.NoticeDays, p.Kept.Value)).Cast<(int?, double)>());
    }

    [Fact]
    public void An_order_that_was_never_delivered_keeps_no_promise_and_is_not_on_time()
    {
        OrderLine order = SmallWorld.Make().The<OrderLine>();
        Scores scores = Scores.Of([Future(1, [], new PlayedOrder(order, [new(order.Key, 1, "MC", Day(20), new Share(0.9), Day(-1), "", "")], null))]);
        Assert.Equal(0, scores.OnTime!.Value.Value);
        Assert.All(scores.Promises, static p => Assert.Equal(0, p.Kept.Value));
    }
}
