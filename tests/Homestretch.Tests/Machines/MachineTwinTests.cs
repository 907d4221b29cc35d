using CsCheck;
using Homestretch.Machines;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Machines;

public sealed class MachineTwinTests
{
    private static readonly Instant s_begin = Instant.FromUtc(2026, 3, 2, 6, 0);
    private const double Ideal = 50;

    private static Instant At(double hours) => s_begin + Duration.FromHours(hours);

    private static MachineTwin Said(MachineTwin twin, double hours, MachineState? state, long? produced = null, long? rejected = null)
    {
        List<MachineReading> readings = [];
        if (state is { } s) readings.Add(new(At(hours), ReadingKind.State, double.NaN, Words.Of(s)));
        if (produced is { } good) readings.Add(new(At(hours), ReadingKind.Produced, good));
        if (rejected is { } bad) readings.Add(new(At(hours), ReadingKind.Rejected, bad));
        return twin.Fold(readings, At(hours), Ideal);
    }

    // docs/formulas/arrivals.md, example 6
    [Fact]
    public void The_documented_shift_comes_out()
    {
        var twin = Said(MachineTwin.Unknown, 0, MachineState.Running, 1000, 10);
        twin = Said(Said(Said(twin, 1.5, MachineState.Running, 1080, 11), 3, MachineState.Down), 4, MachineState.Running);
        Oee oee = Said(twin, 5, null, 1176, 14).Oee(At(5), Ideal);
        Assert.Equal(0.8, oee.Availability!.Value.Value, 1e-9);
        Assert.Equal(0.9, oee.Performance!.Value, 1e-9);
        Assert.Equal(1 - 4 / 180.0, oee.Quality!.Value.Value, 1e-9);
        Assert.Equal(0.704, oee.Value!.Value, 1e-9);
        Assert.Equal(1, oee.Known!.Value.Value);
    }

    [Fact]
    public void A_lost_connection_is_no_data_until_a_state_is_told()
    {
        var twin = Said(MachineTwin.Unknown, 0, MachineState.Running).Lost(At(2), "connection lost");
        Assert.Equal((MachineState.NoData, "connection lost"), (twin.State, twin.Reason));
        twin = Said(twin, 11, null, 600);
        Assert.Equal((MachineState.NoData, At(2)), (twin.State, twin.Since));
        Assert.Equal(2.0 / 11, twin.Oee(At(11), Ideal).Known!.Value.Value, 1e-9);
        twin = Said(twin, 12, MachineState.Idle);
        Assert.Equal((MachineState.Idle, At(12)), (twin.State, twin.Since));
    }

    [Fact]
    public void A_counter_set_back_begins_again_and_what_is_older_holds_from_the_latest_on()
    {
        var twin = Said(Said(Said(MachineTwin.Unknown, 0, MachineState.Running, 900), 1, null, 950), 2, null, 30);
        Assert.Equal(80, twin.Hours.Sum(static h => h.Good));
        twin = Said(twin, 1.5, MachineState.Down);
        Assert.Equal((MachineState.Down, At(2), At(2)), (twin.State, twin.Since!.Value, twin.AsOf!.Value));
    }

    [Fact]
    public void Nothing_known_is_unknown_not_zero()
    {
        Oee oee = MachineTwin.Unknown.Lost(At(0), "").Oee(At(8), Ideal);
        Assert.Equal((null, null, null), (oee.Availability, oee.Quality, oee.Value));
        Assert.Equal(0, oee.Known!.Value.Value);
        Assert.Null(MachineTwin.Unknown.Oee(At(8), Ideal).Known);
    }

    [Fact]
    public void What_the_machine_no_longer_knows_is_unknown_again()
    {
        var twin = MachineTwin.Unknown.Fold([new(At(0), ReadingKind.RemainingP50, 40), new(At(0), ReadingKind.RemainingP10, 12)], At(0), Ideal);
        Assert.Equal((12, 40), (twin.RemainingP10Hours, twin.RemainingP50Hours));
        Assert.Null(twin.Fold([new(At(1), ReadingKind.RemainingP50, double.NaN)], At(1), Ideal).RemainingP50Hours);
    }

    [Fact]
    public void Every_hour_is_in_exactly_one_state_asking_changes_nothing_and_batches_do_not_matter() =>
        Gen.Select(Gen.Double[0, 3], Gen.Enum<MachineState>().Nullable(), Gen.Long[0, 500]).Array[1, 30].Sample(steps =>
        {
            double hours = 0;
            var (twin, all) = (MachineTwin.Unknown, new List<MachineReading>());
            foreach (var (gap, state, pieces) in steps)
            {
                twin = Said(twin, hours += gap, state, pieces);
                if (state is { } s) all.Add(new(At(hours), ReadingKind.State, double.NaN, Words.Of(s)));
                all.Add(new(At(hours), ReadingKind.Produced, pieces));
                _ = twin.Oee(At(hours + 5), Ideal);
            }
            Duration told = twin.Hours.Aggregate(Duration.Zero, static (sum, h) => sum + Enum.GetValues<MachineState>().Aggregate(Duration.Zero, (x, s) => x + h.In(s)));
            Instant oldest = twin.Hours.Count == 0 ? At(hours) : Instant.Max(twin.Hours[0].Hour, At(steps[0].Item1));
            Assert.True(told <= At(hours) - At(steps[0].Item1));
            Assert.Equal(At(hours) - oldest, told);
            var once = MachineTwin.Unknown.Fold(all, At(hours), Ideal);
            Assert.Equal(twin.Hours, once.Hours);
            Assert.Equal(twin with { Hours = [] }, once with { Hours = [] });
        });

    [Fact]
    public void The_pace_is_what_it_makes_while_it_runs()
    {
        var twin = Said(MachineTwin.Unknown, 0, MachineState.Running, 0);
        for (int q = 1; q <= 800; q++) twin = Said(twin, q / 4.0, q % 80 == 40 ? MachineState.Down : q % 80 == 60 ? MachineState.Running : null, q % 80 is >= 40 and < 60 ? null : q * 5L);
        Assert.InRange(twin.Pace!.Value.PiecesPerHour, 19, 28);
    }

    // docs/formulas/arrivals.md, example 7
    [Fact]
    public void The_rate_weighs_recent_hours_more()
    {
        var rate = new RateEstimate(0, halfLifeHours: 1, priorHours: 0).Add(10, 1).Add(20, 1);
        Assert.Equal(25 / 1.5, rate.PiecesPerHour, 1e-9);
        Assert.Equal(40, new RateEstimate(40, 8).PiecesPerHour);
        Assert.Equal(rate, rate.Add(5, 0));
    }

    [Fact]
    public void A_steady_rate_is_found_with_its_spread()
    {
        var draws = new Draws(4);
        var rate = new RateEstimate(80, 24);
        for (int h = 0; h < 400; h++) rate = rate.Add(60 + 6 * draws.Normal(1, h), 1);
        Assert.InRange(rate.PiecesPerHour, 57, 63.5);
        Assert.InRange(rate.RelativeSpread, 0.07, 0.13);
    }
}
