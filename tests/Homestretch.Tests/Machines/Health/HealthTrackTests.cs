using Homestretch.Machines.Health;
using Xunit;

namespace Homestretch.Tests.Machines.Health;

public sealed class HealthTrackTests
{
    private static readonly OperatingConditions s_two = new([1], [0, 10], [5, 5, 50, 60], [1, 2, 1, 2], [0, 2]);
    private static readonly WearDirections s_sum = new([1, 1], 1);

    private static float[] Reading(int r)
    {
        var draws = new Draws(3);
        bool hot = draws.Uniform(1, r) < 0.5;
        return [hot ? 10 : 0, (float)((hot ? 50 : 5) + draws.Normal(2, r)), 7, (float)((hot ? 60 : 5) + 2 * draws.Normal(3, r) + 0.02 * r)];
    }

    private static HealthTrack After(int readings)
    {
        var track = new HealthTrack(s_two, s_sum);
        for (int r = 0; r < readings; r++) track.Add(r + 1, Reading(r));
        return track;
    }

    [Theory]
    [InlineData(5)]
    [InlineData(14)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(500)]
    public void Windows_equal_sums_over_all_readings(int count)
    {
        HealthTrack track = After(count);
        double[] z = [.. Enumerable.Range(0, count).Select(r => Reading(r) is var x && x[0] > 5 ? x[3] - 60.0 : x[3] - 5.0).Select((v, r) => v / 2)];
        Assert.Equal(z.Take(15).Average(), track.Base(1), 1e-5);
        foreach (var (back, length) in new[] { (0, 5), (0, 20), (5, 10), (20, 20), (30, 20) })
        {
            double[] window = [.. z.SkipLast(back).TakeLast(length)];
            if (window.Length > 0) Assert.Equal(window.Average(), track.Mean(1, back, length), 1e-5);
        }
        Assert.Equal(track.Mean(0, 0, 5) + track.Mean(1, 0, 5), track.Mean(2, 0, 5), 1e-5);
    }

    [Fact]
    public void What_comes_later_changes_nothing_that_was_said()
    {
        var levels = Flat(false);
        var drifts = Flat(true);
        var track = new HealthTrack(s_two, s_sum);
        float[] row = new float[LifeRow.Width(track.Channels)], again = new float[row.Length];
        for (int r = 0; r < 120; r++)
        {
            track.Add(r + 1, Reading(r));
            if (!track.Known) continue;
            LifeRow.Write(track, levels, drifts, -1, row);
            LifeRow.Write(After(r + 1), levels, drifts, -1, again);
            Assert.Equal(row, again);
        }
    }

    [Fact]
    public void A_sensor_that_never_read_anything_is_unknown_and_one_that_fell_silent_keeps_its_last_value()
    {
        var track = new HealthTrack(s_two, s_sum);
        for (int r = 0; r < 10; r++) track.Add(r, [0, 5, 7, float.NaN]);
        Assert.False(track.Known);
        track.Add(10, [0, 5, 7, 9]);
        Assert.True(track.Known);
        track.Add(11, [0, float.NaN, float.NaN, float.NaN]);
        Assert.True(track.Known);
        Assert.Equal(2, track.Mean(1, 0, 1));
    }

    [Fact]
    public void A_sensor_far_out_of_its_range_counts_as_ten_deviations()
    {
        var track = new HealthTrack(s_two, s_sum);
        track.Add(1, [0, 5e30f, 7, -5e30f]);
        Assert.Equal(10, track.Mean(0, 0, 1));
        Assert.Equal(-10, track.Mean(1, 0, 1));
    }

    [Fact]
    public void Age_must_rise() => Assert.Throws<ArgumentOutOfRangeException>(() => After(5).Add(5, Reading(6)));

    [Fact]
    public void Each_reading_is_measured_against_its_own_condition()
    {
        Span<float> normal = stackalloc float[2];
        s_two.Normalise([9, 51, 7, 64], normal);
        Assert.Equal([1, 2], normal.ToArray());
        s_two.Normalise([1, 6, 7, 5], normal);
        Assert.Equal([1, 0], normal.ToArray());
        Assert.Equal(0, s_two.Nearest([float.NaN]));
    }

    private static WearCurves Flat(bool fromEarly)
    {
        int statistics = WearCurves.StatisticsOf(1);
        float[] turn = new float[statistics * statistics];
        for (int s = 0; s < statistics; s++) turn[s * statistics + s] = 1;
        return new([.. Enumerable.Range(0, 2 * statistics * WearCurves.Places).Select(static i => (float)new Draws(4).Normal(9, i))], [.. turn], statistics, fromEarly);
    }
}
