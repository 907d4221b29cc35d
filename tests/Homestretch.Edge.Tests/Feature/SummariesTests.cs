using CsCheck;
using Homestretch.Edge.Contract;
using Homestretch.Edge.Feature;
using Homestretch.Edge.Listen;
using NodaTime;
using Xunit;

namespace Homestretch.Edge.Tests.Feature;

public sealed class SummariesTests : IDisposable
{
    private static readonly Instant s_t = Instant.FromUtc(2026, 3, 2, 6, 0);
    private static readonly ReportRules s_rules = new(600, [], [new("Vibration", 60)]);
    private readonly string _folder = Directory.CreateTempSubdirectory("homestretch-summaries-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The slow twin: two passes over all values.</summary>
    [Fact]
    public void A_window_is_what_two_passes_over_its_values_give() => Gen.Select(Gen.Double[-1000, 1000], Gen.Double[0, 1]).List[2, 60].Sample(static points =>
    {
        var window = new Window(s_t, Duration.FromHours(1));
        foreach (var (value, hours) in points) window.Add(value, hours);
        double mean = points.Average(static p => p.Item1), hour = points.Average(static p => p.Item2);
        double squares = points.Sum(p => (p.Item1 - mean) * (p.Item1 - mean)), cross = points.Sum(p => (p.Item1 - mean) * (p.Item2 - hour)), across = points.Sum(p => (p.Item2 - hour) * (p.Item2 - hour));
        Assert.Equal(mean, window.Mean, 6);
        Assert.Equal(Math.Sqrt(squares / (points.Count - 1)), window.Spread, 6);
        if (across > 1e-3) Assert.Equal(cross / across, window.Trend, 3);
        Assert.Equal((points.Min(static p => p.Item1), points.Max(static p => p.Item1)), (window.Least, window.Most));
    }, iter: 300);

    [Fact]
    public void Drift_is_told_from_the_machines_own_early_life_on_which_a_restart_remembers()
    {
        var summaries = new Summaries(_folder);
        int minute = 0;
        for (; minute < 60; minute++) Assert.DoesNotContain(Minute(summaries, minute, 1 + 0.1 * (minute % 2)).Values, static v => v.Metric == "Vibration.Drift");
        summaries.Keep();
        summaries = new(_folder);
        // early life: mean 1.05, spread 0.0504
        Assert.Equal((2.05 - 1.05) / 0.0504219, Minute(summaries, 100, 2.05).Values.Single(static v => v.Metric == "Vibration.Drift").Number, 2);
    }

    [Fact]
    public void An_hour_that_comes_at_once_is_as_many_windows_as_it_has_minutes()
    {
        var summaries = new Summaries(_folder);
        for (int s = 0; s < 3600; s += 20) summaries.Add("M1", new("Vibration", s / 60), s_t + Duration.FromSeconds(s), s_rules);
        IReadOnlyList<Observation> ended = summaries.Ended(s_t + Duration.FromHours(1));
        Assert.Equal(Enumerable.Range(1, 60).Select(static m => (Instant?)(s_t + Duration.FromMinutes(m))), ended.Select(static o => o.At));
        Assert.Equal(Enumerable.Range(0, 60).Select(static m => (double)m), ended.Select(static o => o.Values.First(static v => v.Metric == "Vibration.Mean").Number));
        Assert.Empty(summaries.Ended(s_t + Duration.FromHours(1)));
    }

    private static Observation Minute(Summaries summaries, int minute, double value)
    {
        for (int s = 0; s < 60; s += 10) summaries.Add("M1", new("Vibration", value), s_t + Duration.FromSeconds(60 * minute + s), s_rules);
        return summaries.Ended(s_t + Duration.FromMinutes(minute + 1)).Single();
    }
}
