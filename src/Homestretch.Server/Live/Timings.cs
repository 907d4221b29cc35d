using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Homestretch.Server.Live;

/// <summary>How long the steps from a cause to a moved promise take; docs/operating/metrics.md explains each.</summary>
internal sealed class Timings : IDisposable
{
    private static readonly InstrumentAdvice<double> s_buckets = new() { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] };
    private readonly Meter _meter = new(Counters.MeterName);
    private readonly Histogram<double> _append, _advance, _make, _promise;

    public Timings()
    {
        _append = Seconds("journal_append", "Time to bring a group of changes to disk");
        _advance = Seconds("plan_advance", "Time in which a change ripples through the plan");
        _make = Seconds("plan_make", "Time to make the whole plan anew: at a start and when the epoch moves");
        _promise = Seconds("message_to_promise", "From the arrival of a change to moved forecasts told to the screens, by who said it");
    }

    /// <param name="since">Stopwatch timestamp, as in the others.</param>
    public void Appended(long since) => _append.Record(Stopwatch.GetElapsedTime(since).TotalSeconds);

    public void Advanced(long since) => _advance.Record(Stopwatch.GetElapsedTime(since).TotalSeconds);

    public void Made(long since) => _make.Record(Stopwatch.GetElapsedTime(since).TotalSeconds);

    /// <param name="machine">A machine said it, not a person or program.</param>
    public void Promised(long received, bool machine) =>
        _promise.Record(Stopwatch.GetElapsedTime(received).TotalSeconds, new KeyValuePair<string, object?>("source", machine ? "machine" : "person"));

    public void Dispose() => _meter.Dispose();

    private Histogram<double> Seconds(string name, string doc) => _meter.CreateHistogram($"homestretch.{name}", "s", doc, null, s_buckets);
}
