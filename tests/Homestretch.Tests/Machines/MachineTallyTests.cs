using CsCheck;
using Homestretch.Machines;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Machines;

public sealed class MachineTallyTests
{
    private static readonly Instant _begin = Instant.FromUtc(2026, 3, 2, 6, 0);
    private static Observation At(double hours, MachineState? state, long? produced = null, long? rejected = null) =>
        new(_begin + Duration.FromHours(hours), state, produced, rejected);

    private static MachineTally Tally(params Observation[] seen) =>
        seen.Aggregate(MachineTally.From(_begin, Duration.FromHours(2)), (tally, o) => tally.Add(o));

    // docs/formulas/arrivals.md, example 6
    [Fact]
    public void The_documented_shift_comes_out()
    {
        var oee = Tally(At(0, MachineState.Running, 1000, 10), At(1.5, MachineState.Running, 1080, 11), At(3, MachineState.Down), At(4, MachineState.Running),
            At(5, null, 1180, 14)).Oee(idealPiecesPerHour: 50);
        Assert.Equal(0.8, oee.Availability!.Value.Value, 1e-9);
        Assert.Equal(0.9, oee.Performance!.Value, 1e-9);
        Assert.Equal(1 - 4 / 180.0, oee.Quality!.Value.Value, 1e-9);
        Assert.Equal(0.704, oee.Value!.Value, 1e-9);
        Assert.Equal(1, oee.Known!.Value.Value);
    }

    [Fact]
    public void Silence_beyond_the_limit_is_no_data_until_a_state_is_told()
    {
        var tally = Tally(At(0, MachineState.Running), At(10, null, 500), At(11, null, 600));
        Assert.Equal(Duration.FromHours(2), tally.In(MachineState.Running));
        Assert.Equal(Duration.FromHours(9), tally.In(MachineState.NoData));
        Assert.Equal(MachineState.NoData, tally.State);
        Assert.Equal(2.0 / 11, tally.Oee(1).Known!.Value.Value, 1e-9);
    }

    [Fact]
    public void A_counter_set_back_begins_again_and_a_late_message_is_only_counted()
    {
        var tally = Tally(At(0, MachineState.Running, 900), At(1, null, 950), At(2, null, 30), At(1.5, MachineState.Down, 5));
        Assert.Equal(80, tally.Made);
        Assert.Equal(1, tally.Late);
        Assert.Equal(MachineState.Running, tally.State);
    }

    [Fact]
    public void Nothing_known_is_unknown_not_zero()
    {
        var oee = MachineTally.From(_begin, Duration.FromHours(1)).Until(_begin + Duration.FromHours(8)).Oee(50);
        Assert.Null(oee.Availability);
        Assert.Null(oee.Value);
        Assert.Equal(0, oee.Known!.Value.Value);
    }

    [Fact]
    public void Every_hour_is_in_exactly_one_state_and_asking_changes_nothing() =>
        Gen.Select(Gen.Double[0, 3], Gen.Enum<MachineState>().Nullable()).Array[1, 30].Sample(steps =>
        {
            double hours = 0;
            var tally = Tally();
            foreach (var (gap, state) in steps)
            {
                tally = tally.Add(At(hours += gap, state));
                var before = tally.In(MachineState.Running);
                tally.Until(tally.Last + Duration.FromHours(5));
                Assert.Equal(before, tally.In(MachineState.Running));
            }
            var all = Enum.GetValues<MachineState>().Aggregate(Duration.Zero, (sum, s) => sum + tally.In(s));
            Assert.Equal(tally.Last - tally.Begin, all);
        });

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
