using Homestretch.Machines.Health;
using Xunit;

namespace Homestretch.Tests.Machines.Health;

public sealed class FailureTrackTests
{
    private static readonly LogNames s_names = new(["heat"], ["door", "drive"], ["pump"]);

    private static float Feature(FailureTrack track, double now, string name)
    {
        float[] row = new float[FailureTrack.Features(s_names).Length];
        track.Write(now, row);
        return row[FailureTrack.Features(s_names).IndexOf(name)];
    }

    [Fact]
    public void Errors_fade_by_the_hour_whatever_comes_between()
    {
        var track = new FailureTrack(s_names);
        track.Add(new(0, LogKind.Error, "drive", float.NaN));
        track.Add(new(24, LogKind.Error, "drive", float.NaN));
        track.Add(new(30, LogKind.Error, "door", float.NaN));
        track.Add(new(31, LogKind.Error, "unheard of", float.NaN));
        Assert.Equal(Math.Exp(-2) + Math.Exp(-1), Feature(track, 48, "error1_day"), 1e-6);
        Assert.Equal(Math.Exp(-48 / 168.0) + Math.Exp(-24 / 168.0), Feature(track, 48, "error1_week"), 1e-6);
        Assert.Equal(24, Feature(track, 48, "error1_since"));
        Assert.Equal(18, Feature(track, 48, "error0_since"));
    }

    [Fact]
    public void Maintenance_and_failure_are_told_by_the_hours_since()
    {
        var track = new FailureTrack(s_names);
        track.Add(new(10, LogKind.Sensor, "heat", 5));
        Assert.Equal(168 + 40, Feature(track, 50, "part0_since"));
        track.Add(new(60, LogKind.Maintenance, "pump", float.NaN));
        track.Add(new(70, LogKind.Failure, "spindle", float.NaN));
        Assert.Equal(40, Feature(track, 100, "part0_since"));
        Assert.Equal(30, Feature(track, 100, "hours_since_failure"));
    }

    [Fact]
    public void A_sensor_that_drifts_is_off_its_own_month_and_an_unknown_one_is_unknown()
    {
        var track = new FailureTrack(s_names);
        track.Add(new(0, LogKind.Error, "door", float.NaN));
        Assert.True(float.IsNaN(Feature(track, 1, "sensor0_soon")));
        for (int h = 0; h < 2000; h++) track.Add(new(h, LogKind.Sensor, "heat", (float)(50 + new Draws(1).Normal(1, h) + Math.Max(0, h - 1900) * 0.1)));
        Assert.InRange(Feature(track, 2000, "sensor0_off_soon"), 2.5, 9);
        Assert.InRange(Feature(track, 2000, "sensor0_off_days"), 1, 6);
    }

    [Fact]
    public void Lines_must_be_in_order()
    {
        var track = new FailureTrack(s_names);
        track.Add(new(5, LogKind.Error, "door", float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => track.Add(new(4, LogKind.Error, "door", float.NaN)));
    }
}
