using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using System.Globalization;
using Homestretch.Web.Window;

namespace Homestretch.Server;

/// <summary>Counts of what happened: for metrics and for the administrator's screen.</summary>
internal sealed class Counters : IDisposable
{
    public const string MeterName = "Homestretch";
    private readonly Meter _meter = new(MeterName);
    private readonly FrozenDictionary<(Counted Of, string Value), Entry> _entries;

    public Counters()
    {
        var entries = new Dictionary<(Counted, string), Entry>();
        foreach (Counted of in Counted.All)
        {
            Counter<long> counter = _meter.CreateCounter<long>($"homestretch.{of.Name}", description: of.Doc);
            foreach (string value in of.Values.Length == 0 ? [""] : of.Values)
            {
                var entry = new Entry(counter, value.Length == 0 ? [] : [new(of.Label, value)]);
                entry.Add(0);
                entries.Add((of, value), entry);
            }
        }
        _entries = entries.ToFrozenDictionary();
    }

    /// <param name="value">Of the count's label.</param>
    public void Add(Counted of, long n = 1, string value = "") => _entries[(of, value)].Add(n);

    /// <summary>Those that stand at zero for one value of many are left out.</summary>
    public IReadOnlyList<CounterRow> Rows() => [.. _entries.Where(static e => e.Key.Value.Length == 0 || e.Value.Count > 0)
        .OrderBy(static e => e.Key.Of.Name, StringComparer.Ordinal).ThenBy(static e => e.Key.Value, StringComparer.Ordinal)
        .Select(static e => new CounterRow($"{e.Key.Of.Name} {e.Key.Value}".TrimEnd(), e.Value.Count.ToString("N0", CultureInfo.InvariantCulture), e.Key.Of.Doc))];

    public void Dispose() => _meter.Dispose();

    private sealed class Entry(Counter<long> counter, KeyValuePair<string, object?>[] labels)
    {
        private long _count;

        public long Count => Interlocked.Read(ref _count);

        public void Add(long n)
        {
            counter.Add(n, labels);
            Interlocked.Add(ref _count, n);
        }
    }
}
