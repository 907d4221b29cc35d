using Homestretch.Machines;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Machines;

public sealed class LotTwinTests
{
    private static readonly Instant s_t = Instant.FromUtc(2026, 3, 2, 6, 0);
    private static readonly MachineFacts s_facts = new("WELD-01", 10, null, 8, 48);

    private static MachineTwin Machine(MachineState state, long produced, double hours = 0) => MachineTwin.Unknown.Fold(
        [new(s_t + Duration.FromHours(hours), ReadingKind.State, double.NaN, state.ToString()), new(s_t + Duration.FromHours(hours), ReadingKind.Produced, produced)], s_t + Duration.FromHours(hours), 10);

    [Fact]
    public void A_lot_at_work_has_a_ready_date_from_its_machine()
    {
        LotTwin lot = LotTwin.Unknown.Fold(Machine(MachineState.Running, 40), s_facts, 100, seed: 7);
        Assert.InRange(lot.Ready!.Value.P50, s_t + Duration.FromHours(5.9), s_t + Duration.FromHours(6)); // of the next piece an unknown part is done
        Assert.True(lot.Ready.Value.FailuresUnknown);
        Assert.Equal(("WELD-01", 40, 100.0, s_t), (lot.Machine, lot.Produced, lot.Quantity, lot.ForecastAt));
    }

    [Fact]
    public void A_machine_that_is_down_or_about_to_fail_makes_it_later()
    {
        LotTwin running = LotTwin.Unknown.Fold(Machine(MachineState.Running, 40), s_facts, 100, 7), down = LotTwin.Unknown.Fold(Machine(MachineState.Down, 40), s_facts, 100, 7);
        Assert.True(down.Ready!.Value.P50 > running.Ready!.Value.P50);
        MachineTwin worn = Machine(MachineState.Running, 40) with { RemainingP10Hours = 1, RemainingP50Hours = 3 };
        MakingForecast soon = LotTwin.Unknown.Fold(worn, s_facts, 100, 7).Ready!.Value;
        Assert.True(soon.P90 > running.Ready!.Value.P90 && soon.FailedFirst.Value > 0.5 && !soon.FailuresUnknown);
    }

    [Fact]
    public void Without_a_quantity_or_when_done_there_is_no_ready_date()
    {
        Assert.Null(LotTwin.Unknown.Fold(Machine(MachineState.Running, 40), s_facts, 0, 7).Ready);
        Assert.Null(LotTwin.Unknown.Fold(Machine(MachineState.Running, 100), s_facts, 100, 7).Ready);
    }

    [Fact]
    public void What_is_older_changes_nothing_and_the_same_seed_gives_the_same_date()
    {
        MachineTwin machine = Machine(MachineState.Running, 40, hours: 2);
        MachineFacts failing = s_facts with { BetweenFailuresHours = 20 };
        LotTwin lot = LotTwin.Unknown.Fold(machine, failing, 100, 7);
        Assert.Same(lot, lot.Fold(Machine(MachineState.Down, 10), s_facts, 100, 7));
        Assert.Equal(lot, LotTwin.Unknown.Fold(machine, failing, 100, 7));
    }

    [Fact]
    public void A_lot_is_behind_its_machine_by_a_state_a_hundredth_or_a_minute_and_no_longer_once_told()
    {
        MachineTwin at40 = Machine(MachineState.Running, 400), down = Machine(MachineState.Down, 400), later = Machine(MachineState.Running, 400, 1 / 60.0), more = Machine(MachineState.Running, 410), little = Machine(MachineState.Running, 409);
        Assert.True(LotTwin.Unknown.IsBehind("WELD-01", at40));
        Assert.False(LotTwin.Unknown.IsBehind("WELD-01", MachineTwin.Unknown));
        LotTwin told = LotTwin.Unknown.Fold(at40, s_facts, 1000, 7);
        Assert.Equal([true, true, true, false, false], ((MachineTwin[])[down, later, more, little, at40]).Select(m => told.IsBehind("WELD-01", m)));
        Assert.True(told.IsBehind("WELD-02", at40));
        foreach (MachineTwin twin in (MachineTwin[])[down, later, more]) Assert.False(told.Fold(twin, s_facts, 1000, 7).IsBehind("WELD-01", twin));
    }
}
