using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using Homestretch.Web.Window;

namespace Homestretch.Server;

/// <summary>Counts of what happened, by name: for metrics and for the administrator's screen.</summary>
internal sealed class Counters : IDisposable
{
    public const string MeterName = "Homestretch";
    private readonly Meter _meter = new(MeterName);
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    public void Add(string name, string doc, long n = 1)
    {
        Entry entry = _entries.GetOrAdd(name, key => new(_meter.CreateCounter<long>($"homestretch.{key}", description: doc), doc));
        entry.Counter.Add(n);
        Interlocked.Add(ref entry.Value, n);
    }

    public long this[string name] => _entries.TryGetValue(name, out Entry? entry) ? Interlocked.Read(ref entry.Value) : 0;

    public IReadOnlyList<CounterRow> Rows() => [.. _entries.OrderBy(static e => e.Key, StringComparer.Ordinal)
        .Select(static e => new CounterRow(e.Key, Interlocked.Read(ref e.Value.Value).ToString("N0", CultureInfo.InvariantCulture), e.Value.Doc))];

    public void Dispose() => _meter.Dispose();

    private sealed class Entry(Counter<long> counter, string doc)
    {
        public Counter<long> Counter { get; } = counter;
        public string Doc { get; } = doc;
        public long Value;
    }
}
