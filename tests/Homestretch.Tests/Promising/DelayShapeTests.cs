using Homestretch.Promising;
using Homestretch.Promising.Lots;
using Homestretch.Tests.World;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Promising;

/// <summary>The delay model in force as the law of a lot's way: its quantiles are the lot's, and what is heard of the lot conditions them.</summary>
public sealed class DelayShapeTests
{
    private static readonly Instant s_t = SmallWorld.T;
    private static readonly PlanPolicy s_policy = new() { Samples = 2048 };
    private static readonly decimal[] s_late = [1, 4, 11, 15, 22, 30];

    /// <summary>A lot that was bought and has no shipment; nothing is heard of it but the supplier's date.</summary>
    private static readonly Lot s_planned = SmallWorld.Make().The<Lot>() with { State = LotState.Planned, Shipment = null, Ready = s_t + Duration.FromDays(8) };
    private static readonly Lot s_sailing = SmallWorld.Make().The<Lot>() with { State = LotState.Shipped, Ready = s_t };

    /// <summary>Without the run on a machine, the pins, and other lots' words.</summary>
    private static Snapshot World(Lot lot, params IEnumerable<IRecord> more) => SmallWorld.Make().Apply(
    [
        new WorldEvent.Removed(TableKind.Named("pins")!, "P3", ""), new WorldEvent.Removed(TableKind.Named("production_runs")!, "R1", ""), new WorldEvent.Removed(TableKind.Named("lot_delays")!, "LOT-0", ""),
        new WorldEvent.Removed(TableKind.Named("milestones")!, SmallWorld.Make().The<Milestone>().Id, ""), new WorldEvent.Put(lot), .. more.Select(static r => new WorldEvent.Put(r)),
    ]).World;

    private static Duration[] Quantiles(Snapshot world, Lot lot, Instant? t = null)
    {
        Plan plan = Plan.Make(world, t ?? s_t, s_policy);
        FanStep last = plan.FanOf(lot.Key)[^1];
        return [.. new[] { last.P25, last.P50, last.P90, last.P95 }.Select(at => at - (t ?? s_t))];
    }

    /// <summary>Our own quantiles of the lot against its due day, at the levels of <see cref="LotDelay"/>.</summary>
    private static decimal[] Own(Snapshot world, Lot lot)
    {
        Plan plan = Plan.Make(world, s_t, s_policy);
        return [.. LotDelay.Levels.Select(l => (decimal)(Enumerable.Range(0, 20_000).Select(h => s_t + Duration.FromMinutes(h * 12)).First(at => plan.ArrivedBy(lot.Key, at)!.Value.Value >= l) - Due).TotalDays)];
    }

    private static Instant Due => SmallWorld.Make().The<PurchaseOrderLine>().Due;

    private static LotDelay Says(Lot lot, decimal[] days, decimal[] usual) => new(lot.Id, "MC", "m", Due, s_t, days[0], days[1], days[2], days[3], days[4], days[5], usual[0], usual[1], usual[2], usual[3], usual[4], usual[5]);

    public static TheoryData<bool> Both => [false, true];

    [Theory]
    [MemberData(nameof(Both))]
    public void Of_a_lot_of_which_nothing_was_heard_the_stated_quantiles_are_the_models(bool sailing)
    {
        Lot lot = sailing ? s_sailing : s_planned;
        Snapshot plain = World(lot), told = World(lot, Says(lot, s_late, Own(plain, lot)));
        Duration[] stated = Quantiles(told, lot);
        double[] wanted = [.. new[] { 0, 1, 3, 4 }.Select(k => (Due - s_t).TotalDays + (double)s_late[k])];
        for (int k = 0; k < wanted.Length; k++) Assert.InRange(stated[k].TotalDays, wanted[k] - 0.15, wanted[k] + 0.15);
        Assert.InRange(Plan.Make(told, s_t, s_policy).ArrivedBy(lot.Key, Due + Duration.FromDays(11))!.Value.Value, 0.795, 0.805);
        Assert.True(stated[2] > Quantiles(plain, lot)[2] + Duration.FromDays(3));
    }

    [Fact]
    public void A_model_that_says_what_the_lane_says_moves_nothing()
    {
        Assert.Equal(Quantiles(World(s_planned), s_planned), Quantiles(World(s_planned, Says(s_planned, s_late, s_late)), s_planned));
        Assert.Equal(Quantiles(World(s_planned), s_planned), Quantiles(World(s_planned, Says(s_planned, s_late, Own(World(s_planned), s_planned)) with { Lot = "LOT-9" }), s_planned)); // of another lot
    }

    [Fact]
    public void What_is_heard_of_the_lot_conditions_it_and_the_model_has_the_less_to_say_the_more_is_known()
    {
        decimal[] own = Own(World(s_planned), s_planned);
        LotDelay late = Says(s_sailing, [.. own.Select(static d => d + 10)], own);
        Instant t = s_t + Duration.FromDays(34);
        var leg = new Milestone("SH-1", 2, Edge.Begin, Classifier.Actual, "TW1", "MC", s_t + Duration.FromDays(4), s_t + Duration.FromDays(4));
        var sure = new Milestone("SH-1", 2, Edge.End, Classifier.Estimated, "TW1", "MC", t + Duration.FromDays(5), t);
        double atOnce = Moved(World(s_planned), late, s_planned, s_t), underWay = Moved(World(s_sailing, leg), late, s_sailing, t), told = Moved(World(s_sailing, leg, sure), late, s_sailing, t);
        Assert.InRange(atOnce, 9.8, 10.2);
        Assert.InRange(told, 0, underWay - 0.1);
        Assert.True(underWay <= atOnce, $"{underWay} {atOnce}");
        // silence: nothing comes before now, and a model that had it here by now says nothing any more
        LotDelay early = Says(s_sailing, [-30, -29, -28, -27, -26, -25], own);
        Instant overdue = s_t + Duration.FromDays(60);
        Assert.All(Quantiles(World(s_sailing, leg, early), s_sailing, overdue), static d => Assert.True(d >= Duration.Zero));
        Assert.Equal(Quantiles(World(s_sailing, leg), s_sailing, overdue), Quantiles(World(s_sailing, leg, early), s_sailing, overdue));

        double Moved(Snapshot world, LotDelay said, Lot lot, Instant at) => (Quantiles(world.Apply([new WorldEvent.Put(said)]).World, lot, at)[1] - Quantiles(world, lot, at)[1]).TotalDays;
    }

    [Fact]
    public void Steps_keep_their_order_and_no_more_than_half_of_a_way_is_made_up()
    {
        decimal[] own = Own(World(s_planned), s_planned);
        Plan plain = Plan.Make(World(s_planned), s_t, s_policy), told = Plan.Make(World(s_planned, Says(s_planned, [.. own.Select(static d => d - 35)], own)), s_t, s_policy);
        IReadOnlyList<FanStep> was = plain.FanOf(s_planned.Key), now = told.FanOf(s_planned.Key);
        Assert.Equal(was[0], now[0]); // making is not the model's business
        Assert.Equal(3, now.Count);
        Assert.True(now[0].P50 < now[1].P50 && now[1].P50 < now[2].P50);
        Assert.InRange((now[2].P50 - now[0].P50) / (was[2].P50 - was[0].P50), 0.49, 0.55);
        Assert.Equal(told.Of(s_planned.Key)!.P50, now[2].P50);
    }

    [Fact]
    public void A_future_keeps_its_rank_so_that_lots_stay_late_together()
    {
        Span<int> plain = [50, 10, 40, 20, 30, 60, 80, 70], moved = [50, 10, 40, 20, 30, 60, 80, 70];
        plain.CopyTo(moved);
        foreach (ref int second in moved) second *= Seconds.Day;
        DelayShape.Of(Says(s_planned, [5, 5, 9, 9, 9, 9], [0, 1, 2, 3, 4, 5]), s_t)!.Into(moved, [], []);
        int[] before = [.. plain], after = [.. moved];
        Assert.Equal(Enumerable.Range(0, 8).OrderBy(s => before[s]), Enumerable.Range(0, 8).OrderBy(s => after[s]));
        Assert.All(Enumerable.Range(0, 8), s => Assert.True(after[s] > before[s] * Seconds.Day));
    }

    /// <summary>Example 12 of docs/formulas/arrivals.md.</summary>
    [Fact]
    public void Half_the_spread_leaves_the_model_a_quarter_of_its_say()
    {
        int[] samples = [.. Enumerable.Range(0, 101).Select(static s => 20 * Seconds.Day + s * 3 * Seconds.Day / 55)], before = [.. samples]; // 3 days from the 26th to the 81st
        DelayShape.Of(Says(s_planned, [8, 10, 14, 15, 16, 17], [0, 2, 6, 7, 8, 9]), s_t)!.Into(samples, [], []);
        Assert.All(samples.Zip(before), static x => Assert.InRange(x.First - x.Second, 2 * Seconds.Day - 5, 2 * Seconds.Day + 5));
    }

    [Fact]
    public void A_word_told_while_the_plan_runs_ripples_to_what_a_plan_made_anew_says()
    {
        Snapshot world = World(s_planned);
        Plan plan = Plan.Make(world, s_t, s_policy);
        LotDelay said = Says(s_planned, s_late, Own(world, s_planned));
        foreach (WorldEvent e in new WorldEvent[] { new WorldEvent.Put(said), new WorldEvent.Put(said with { P95Days = 26 }), new WorldEvent.Removed(TableKind.Named("lot_delays")!, said.Id, "gone") })
        {
            Applied applied = plan.World.Apply([e]);
            Assert.Empty(applied.Findings);
            LotForecast? before = plan.Of(s_planned.Key);
            plan.Advance(applied.World, applied.Touched);
            Assert.NotEqual(before, plan.Of(s_planned.Key));
            plan.ProveEqualsFull();
            Plan anew = Plan.Make(applied.World, s_t, s_policy);
            Assert.Equal(anew.Forecasts, plan.Forecasts);
            Assert.Equal(anew.Of(s_planned.Key), plan.Of(s_planned.Key));
            Assert.Equal(anew.DateSamples("SO-1/1"), plan.DateSamples("SO-1/1"));
        }
        Assert.Equal(Plan.Make(world, s_t, s_policy).DateSamples("SO-1/1"), plan.DateSamples("SO-1/1"));
    }
}
