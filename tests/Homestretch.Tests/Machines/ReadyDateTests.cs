using CsCheck;
using Homestretch.Arrivals;
using Homestretch.Machines;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Machines;

public sealed class ReadyDateTests
{
    private const int S = 20_000;
    private static readonly Instant _t = Instant.FromUtc(2026, 3, 2, 6, 0);
    private static readonly MachineOutlook _steady = new(99, MachineState.Running, _t - Duration.FromDays(2), _t, 10, 0,
        new Life.Unknown(), StageTime.Of(1, 2), new StageTime.Constant(0.25), []);

    private static int[] Ready(MachineOutlook machine, int samples, params double[] pieces)
    {
        var ready = new int[pieces.Length * samples];
        ReadyDate.Sample(machine, _t, new Draws(17), [.. pieces.Select(static p => new MachineWork(p))], ready);
        return ready;
    }

    private static double Share(int[] ready, double hours) => ready.Count(r => r <= hours * 3600 + 1) / (double)ready.Length;

    // docs/formulas/arrivals.md, example 5
    [Fact]
    public void A_steady_machine_takes_pieces_over_rate_and_planned_stops()
    {
        Assert.All(Ready(_steady, 20, 100), r => Assert.Equal(36_000, r));
        Assert.All(Ready(_steady with { Stops = [new(3600, 7200, false)] }, 20, 100), r => Assert.Equal(39_600, r));
        Assert.All(Ready(_steady with { Counted = _t - Duration.FromHours(4) }, 20, 100), r => Assert.Equal(6 * 3600, r));
        Assert.All(Ready(_steady with { State = MachineState.Idle, Counted = _t - Duration.FromHours(4) }, 20, 100), r => Assert.Equal(36_000, r));
    }

    // docs/formulas/arrivals.md, example 10
    [Fact]
    public void Of_the_piece_after_those_counted_an_unknown_part_is_done()
    {
        var ready = new int[2 * S];
        ReadyDate.Sample(_steady, _t, new Draws(17), [new(3, Counted: true), new(2)], ready);
        Assert.All(ready[..S], static r => Assert.InRange(r, 720, 1080));
        Assert.InRange(Share(ready[..S], 0.25), 0.485, 0.515);
        Assert.All(Enumerable.Range(0, S), s => Assert.InRange(ready[S + s] - ready[s], 719, 721));
        ReadyDate.Sample(_steady, _t, new Draws(17), [new(0, Counted: true), new(0.4, Counted: true)], ready);
        Assert.All(ready[..S], static r => Assert.Equal(0, r));
        Assert.All(ready[S..], static r => Assert.InRange(r, 0, 144));
    }

    [Fact]
    public void A_planned_run_does_not_begin_before_its_start()
    {
        var ready = new int[2 * 20];
        ReadyDate.Sample(_steady, _t, new Draws(17), [new(10), new(10, 7200)], ready);
        Assert.All(ready[..20], static r => Assert.Equal(3600, r));
        Assert.All(ready[20..], static r => Assert.Equal(10_800, r));
    }

    [Fact]
    public void A_lot_with_nothing_left_to_make_does_not_wait_for_its_machine()
    {
        var ready = new int[2 * 20];
        MachineOutlook down = _steady with { State = MachineState.Down, Since = _t, Repair = new StageTime.Constant(3) };
        Assert.Equal(0, ReadyDate.Sample(down, _t, new Draws(17), [new(0), new(10)], ready).FailedFirst.Value);
        Assert.All(ready[..20], static r => Assert.Equal(0, r));
        Assert.All(ready[20..], static r => Assert.Equal(3 * 86_400 + 3600, r));
    }

    [Fact]
    public void The_rate_spreads_the_ready_date_as_a_lognormal()
    {
        var ready = Ready(_steady with { RateSpread = 0.2 }, S, 100);
        Assert.InRange(Share(ready, 10), 0.48, 0.52);
        Assert.InRange(Share(ready, 10 * Math.Exp(0.2 * Normal.Z90)), 0.89, 0.91);
    }

    // exponential life of mean M, one repair of R days at most: P(no failure in h) = exp(-h / M)
    [Fact]
    public void Failures_come_as_often_as_the_life_says_and_add_a_repair()
    {
        var machine = _steady with { Life = Life.Weibull.OfMean(20), Repair = new StageTime.Constant(30) };
        var ready = Ready(machine, S, 100);
        double none = Math.Exp(-0.5);
        Assert.InRange(Share(ready, 10), none - 0.018, none + 0.018);
        Assert.InRange(ready.Count(r => r > 10 * 3600 + 1 && r <= 730 * 3600 + 1) / (double)S, 0.5 * none - 0.018, 0.5 * none + 0.018);
        var forecast = ReadyDate.Sample(machine, _t, new Draws(17), [new(100)], ready);
        Assert.InRange(forecast.FailedFirst.Value, 1 - none - 0.018, 1 - none + 0.018);
        Assert.False(forecast.FailuresUnknown);
    }

    [Fact]
    public void An_old_machine_that_wears_has_less_left()
    {
        var life = new Life.Weibull(3, 100, 80);
        double survived = Math.Exp(Math.Pow(0.8, 3) - Math.Pow(0.9, 3));      // S(90) / S(80)
        Assert.Equal(10, life.Left(survived), 1e-9);
        Assert.True(life.Left(0.5) < life.Fresh(0.5));
        var stated = Life.Stated.OfPercentiles(50, 140, life);
        Assert.Equal(50, stated.Left(0.9), 1e-9);
        Assert.Equal(140, stated.Left(0.5), 1e-9);
    }

    [Fact]
    public void Lots_on_one_machine_come_in_order_and_share_its_failures() =>
        Gen.Select(Gen.Double[1, 300].Array[2, 5], Gen.Double[5, 200], Gen.Double[0, 0.4]).Sample((pieces, mean, spread) =>
        {
            const int samples = 50;
            var machine = _steady with { Life = Life.Weibull.OfMean(mean), RateSpread = spread };
            int[] ready = Ready(machine, samples, pieces), whole = Ready(machine, samples, pieces.Sum());
            for (int s = 0; s < samples; s++)
            {
                for (int lot = 1; lot < pieces.Length; lot++) Assert.True(ready[lot * samples + s] >= ready[(lot - 1) * samples + s]);
                Assert.InRange(ready[(pieces.Length - 1) * samples + s] - whole[s], -1, 1);
            }
        });

    [Fact]
    public void More_to_make_or_an_added_stop_never_makes_it_ready_earlier() =>
        Gen.Select(Gen.Double[1, 300], Gen.Double[0, 100], Gen.Int[0, 100_000], Gen.Int[1, 50_000]).Sample((pieces, more, from, length) =>
        {
            var machine = _steady with { Life = Life.Weibull.OfMean(40) };
            int[] plain = Ready(machine, 40, pieces);
            Assert.All(plain.Zip(Ready(machine, 40, pieces + more)), r => Assert.True(r.First <= r.Second));
            Assert.All(plain.Zip(Ready(machine with { Stops = [new(from, from + length, false)] }, 40, pieces)), r => Assert.True(r.First <= r.Second));
        });

    [Fact]
    public void A_machine_down_for_long_is_drawn_from_the_repairs_that_take_so_long()
    {
        var down = _steady with { State = MachineState.Down, Since = _t - Duration.FromDays(1) };
        var ready = Ready(down, S, 100);
        foreach (double u in new[] { 0.2, 0.5, 0.9 })
            Assert.InRange(Share(ready, 24 * (down.Repair.QuantileAfter(1, u) - 1) + 10), u - 0.015, u + 0.015);
    }

    [Fact]
    public void No_data_widens_and_delays()
    {
        var silent = _steady with { State = MachineState.NoData, Since = null };
        int[] known = Ready(_steady, S, 100), unknown = Ready(silent, S, 100);
        Assert.InRange(Share(unknown, 10), 0.48, 0.52);
        Assert.All(known.Zip(unknown), r => Assert.True(r.First <= r.Second));
        Assert.All(Ready(silent with { SilentStopped = 0 }, 10, 100), r => Assert.Equal(36_000, r));
    }

    [Fact]
    public void Maintenance_before_the_failure_saves_the_repair()
    {
        var worn = _steady with { Life = Life.Stated.OfPercentiles(40, 60, Life.Weibull.OfMean(5000)), Repair = new StageTime.Constant(6) };
        var maintained = worn with { Stops = [new(10 * 3600, 18 * 3600, true)] };
        double late = 1 - Share(Ready(worn, S, 1500), 160), saved = 1 - Share(Ready(maintained, S, 1500), 160);
        Assert.True(late > 0.95 && saved < 0.06, $"late {late} without, {saved} with maintenance");
    }

    // docs/formulas/arrivals.md: S(50) of the old life, then S(30) of a fresh one
    [Fact]
    public void A_maintained_machine_lives_as_long_as_a_fresh_one_from_then_on()
    {
        var worn = _steady with { Life = new Life.Weibull(3, 100, 0), Repair = new StageTime.Constant(100), Stops = [new(50 * 3600, 50 * 3600 + 1, true)] };
        double survives = Math.Exp(-Math.Pow(0.5, 3)) * Math.Exp(-Math.Pow(0.3, 3));
        Assert.InRange(Share(Ready(worn, S, 800), 81), survives - 0.01, survives + 0.01);
        Assert.InRange(Share(Ready(worn with { Stops = [] }, S, 800), 81), Math.Exp(-Math.Pow(0.8, 3)) - 0.012, Math.Exp(-Math.Pow(0.8, 3)) + 0.012);
    }

    [Fact]
    public void Maintenance_while_it_stands_idle_costs_nothing_and_renews_all_the_same()
    {
        var worn = _steady with { Life = new Life.Stated(new StageTime.Constant(12), Life.Weibull.OfMean(1e9)), Repair = new StageTime.Constant(9) };
        int[] At(MachineOutlook machine)
        {
            var ready = new int[2 * 8];
            ReadyDate.Sample(machine, _t, new Draws(17), [new(100), new(100, 24 * 3600)], ready);
            return ready[8..];
        }
        Assert.All(At(worn), static r => Assert.Equal(34 * 3600 + 9 * 86_400, r));
        Assert.All(At(worn with { Stops = [new(12 * 3600, 20 * 3600, true)] }), static r => Assert.Equal(34 * 3600, r));
    }

    [Fact]
    public void Without_wear_maintenance_changes_no_failure()
    {
        var even = _steady with { Life = Life.Weibull.OfMean(40), Repair = new StageTime.Constant(2) };
        int[] plain = Ready(even, 400, 500), maintained = Ready(even with { Stops = [new(3600, 2 * 3600, true), new(20 * 3600, 21 * 3600, true)] }, 400, 500);
        Assert.All(plain.Zip(maintained), static r => Assert.InRange(r.Second - r.First, 0, 2 * 3600 + 1));
    }

    [Fact]
    public void Without_a_word_on_its_life_the_forecast_says_so() =>
        Assert.True(ReadyDate.Sample(_steady, _t, new Draws(1), [new(5)], new int[8]).FailuresUnknown);

    [Fact]
    public void A_machine_that_always_breaks_ends_beyond_any_plan() =>
        Assert.All(Ready(_steady with { Life = Life.Weibull.OfMean(1e-9) }, 4, 1e6), r => Assert.Equal(Horizon.Far, r));
}
