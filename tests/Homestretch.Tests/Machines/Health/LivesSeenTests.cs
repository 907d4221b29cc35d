using Homestretch.Machines;
using Homestretch.Machines.Health;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Machines.Health;

/// <summary>What was heard of a machine, cut into lives of its wearing part.</summary>
public sealed class LivesSeenTests
{
    private static readonly Instant s_t = Instant.FromUtc(2026, 3, 2, 0, 0);

    private static HourHeard Hour(int hour, double age, float value = 1) => new(s_t + Duration.FromHours(hour), age, age, [value]);
    private static MachineStop Stop(StopKind kind, double from, double to) => new(s_t + Duration.FromHours(from), s_t + Duration.FromHours(to), MachineState.Down, kind, "", false);

    [Fact]
    public void A_life_ends_where_the_running_hours_fall_and_failed_when_a_breakdown_lies_between()
    {
        HourHeard[] hours = [.. Enumerable.Range(0, 40).Select(static h => Hour(h, 10 + h, h)), .. Enumerable.Range(46, 30).Select(static h => Hour(h, h - 45)), .. Enumerable.Range(80, 10).Select(static h => Hour(h, h - 79))];
        LivesSeen seen = LivesSeen.Of("M1", hours, [Stop(StopKind.Material, 5, 6), Stop(StopKind.Breakdown, 40.2, 45.5), Stop(StopKind.Planned, 76, 79)]);
        UnitHistory failed = Assert.Single(seen.Failed);
        Assert.Equal(("M1 1", 40, 10.0, 49.0, 39f), (failed.Unit, failed.Count, failed.Cycles[0], failed.Cycles[^1], failed.Values[^1]));
        Assert.Equal((1, 1), (seen.Serviced, seen.Open));
    }

    [Fact]
    public void An_hour_that_holds_two_lives_belongs_to_neither_and_a_standing_machine_adds_none()
    {
        HourHeard both = new(s_t + Duration.FromHours(20), 0.2, 29, [5]);
        LivesSeen seen = LivesSeen.Of("M1", [.. Enumerable.Range(0, 20).Select(static h => Hour(h, 10 + h)), both, Hour(21, 1), Hour(22, 1), Hour(23, 1.1)], [Stop(StopKind.Breakdown, 20.1, 20.4)]);
        Assert.Equal(20, Assert.Single(seen.Failed).Count);
        Assert.Equal(1, seen.Open);
    }

    [Fact]
    public void Without_told_hours_the_time_in_which_it_did_not_stand_is_its_age_and_a_repair_renews_it()
    {
        HourHeard[] hours = [.. Enumerable.Range(0, 60).Select(static h => new HourHeard(s_t + Duration.FromHours(h), double.NaN, double.NaN, [h]))];
        LivesSeen seen = LivesSeen.Of("M1", hours, [Stop(StopKind.NoWork, 10, 20), Stop(StopKind.Breakdown, 40, 43)]);
        UnitHistory failed = Assert.Single(seen.Failed);
        Assert.Equal((30.0, 30), (failed.Cycles[^1], failed.Count)); // of 40 hours it stood 10
        Assert.Equal((0, 1), (seen.Serviced, seen.Open));
        Assert.Empty(LivesSeen.Of("M1", hours, []).Failed);
        Assert.Equal(0, LivesSeen.Of("M1", [], []).Open);
    }
}
