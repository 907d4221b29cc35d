using Homestretch.Machines.Health;
using Xunit;

namespace Homestretch.Tests.Machines.Health;

public sealed class AnomalyWatchTests
{
    private static readonly Draws s_draws = new(12);

    /// <summary>Slow swings and noise that remembers itself: what healthy machines look like.</summary>
    private static float[] Healthy(int count, ulong key)
    {
        float[] values = new float[count];
        double wander = 0;
        for (int i = 0; i < count; i++)
        {
            wander = 0.9 * wander + 0.5 * s_draws.Normal(key, i);
            values[i] = (float)(70 + 3 * Math.Sin(i / 288.0 * 2 * Math.PI) + wander);
        }
        return values;
    }

    private static List<(int At, AnomalySaid Said)> Begins(AnomalyWatch watch, float[] values)
    {
        var begins = new List<(int, AnomalySaid)>();
        for (int i = 0; i < values.Length; i++)
        {
            if (watch.Take([values[i]]) is { Begins: true } said) begins.Add((i, said));
        }
        return begins;
    }

    [Fact]
    public void Healthy_machines_alarm_no_more_often_than_is_allowed_and_more_often_when_more_is_allowed()
    {
        const int Machines = 20, Months = 3;
        double Alarms(double aMonth) => Enumerable.Range(0, Machines).Sum(m => Begins(new(1, new(AnomalyOptions.RiskOf(aMonth, 300))), Healthy(Months * 8640, (ulong)m)).Count) / (double)(Machines * Months);
        Assert.InRange(Alarms(1), 0, 1);
        Assert.InRange(Alarms(30), 0.1, 30);
    }

    [Theory]
    [InlineData(25)]
    [InlineData(-25)]
    public void A_lasting_shift_is_found_within_three_hours_and_becomes_normal_in_the_end(double shift)
    {
        float[] values = Healthy(20_000, 50);
        for (int i = 9_000; i < values.Length; i++) values[i] += (float)shift;
        var watch = new AnomalyWatch(1, new());
        var begins = Begins(watch, values);
        var (at, said) = begins.First(b => b.At >= 9_000);
        Assert.InRange(at, 9_000, 9_036);
        Assert.Equal(0, said.Sensor);
        Assert.True(said.Score > said.Threshold);
        Assert.Equal(AnomalyState.Normal, watch.State);
    }

    [Fact]
    public void It_says_nothing_while_it_learns()
    {
        var watch = new AnomalyWatch(1, new(Learning: 100));
        for (int i = 0; i < 99; i++)
        {
            AnomalySaid said = watch.Take([i % 10 == 0 ? 1000 : 1]);
            Assert.Equal((AnomalyState.Learning, -1, false), (said.State, said.Sensor, said.Begins));
        }
    }

    [Fact]
    public void An_alarm_teaches_nothing()
    {
        float[] values = Healthy(9_000, 51);
        var watch = new AnomalyWatch(1, new());
        Begins(watch, values);
        double before = watch.Take([70]).Threshold;
        while (watch.State != AnomalyState.Alarm) watch.Take([200]);
        for (int i = 0; i < 100; i++) watch.Take([200]);
        Assert.Equal(before, watch.Take([200]).Threshold, 0.05 * before);
    }

    [Fact]
    public void The_sensor_farthest_off_is_named_and_an_unknown_one_says_nothing()
    {
        var watch = new AnomalyWatch(3, new());
        float[] a = Healthy(9_000, 60), b = Healthy(9_000, 61);
        for (int i = 0; i < 9_000; i++) watch.Take([a[i], float.NaN, b[i]]);
        AnomalySaid said = watch.Take([70, float.NaN, 500]);
        Assert.Equal(2, said.Sensor);
        Assert.Equal(-1, watch.Take([float.NaN, float.NaN, float.NaN]).Sensor);
    }

    [Fact]
    public void A_reading_allocates_nothing()
    {
        var watch = new AnomalyWatch(1, new());
        float[] values = Healthy(2_000, 70);
        Begins(watch, values);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Span<float> reading = stackalloc float[1];
        for (int i = 0; i < 1_000; i++)
        {
            reading[0] = values[i];
            watch.Take(reading);
        }
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void The_threshold_is_where_peaks_are_as_rare_as_the_risk()
    {
        // with nothing seen: three excursions of excess 1 in 360 readings; u = 1, r = 1 / 120, y = ln(r / risk)
        var threshold = new AnomalyThreshold(1e-4, 36, 4000);
        Assert.Equal(1 + Math.Log(1 / 120.0 / 1e-4), threshold.Value, 1e-12);
        Assert.Equal(1.0 / 8640, AnomalyOptions.RiskOf(1, 300), 1e-15);
    }
}
