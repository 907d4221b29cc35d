using Homestretch.Server.Storage.Telemetry;
using NodaTime;

namespace Homestretch.Server.Twins;

/// <summary>The newest of a machine's history, in memory, so that an open screen does not read the disk every second. Bounded.</summary>
internal sealed class MachineTail(Instant begin)
{
    private const int MostMarks = 2_000, MostMetrics = 500;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Ring> _rings = new(StringComparer.Ordinal);
    private readonly List<TextMark> _marks = [];
    private Instant _from = begin;

    /// <summary>The values of one metric; added to through <see cref="Add(Ring, Instant, double)"/> only.</summary>
    public Ring Of(string metric)
    {
        lock (_gate)
        {
            if (_rings.TryGetValue(metric, out Ring? ring)) return ring;
            ring = new();
            // a device that makes up names without end has the rest of them on disk only
            if (_rings.Count < MostMetrics) _rings[metric] = ring;
            else _from = Instant.MaxValue;
            return ring;
        }
    }

    public void Add(Ring ring, Instant at, double value)
    {
        lock (_gate) ring.Add(at, value);
    }

    public void Add(string metric, Instant at, string text)
    {
        lock (_gate)
        {
            _marks.Add(new(metric, at, text));
            if (_marks.Count <= MostMarks) return;
            _from = Instant.Max(_from, _marks[MostMarks / 4].At);
            _marks.RemoveRange(0, MostMarks / 4);
        }
    }

    /// <summary>Something arrived late: what lies before it is whole on disk only.</summary>
    public void Late(Instant at)
    {
        lock (_gate) _from = Instant.Max(_from, at + Duration.Epsilon);
    }

    /// <summary>The stretch from here; null when it reaches further back than what is here.</summary>
    public MachinePast? Past(Stretch stretch)
    {
        lock (_gate)
        {
            if (stretch.From < _from || _rings.Values.Any(r => r.CutAt > stretch.From)) return null;
            var gathered = new Gathering(stretch with { Back = Duration.FromDays(10_000).BclCompatibleTicks });
            foreach (var (metric, ring) in _rings)
            {
                foreach (var (at, value) in ring.Points()) gathered.Add(new TelemetrySample(stretch.Machine, metric, at, value));
            }
            foreach (TextMark mark in _marks) gathered.Add(new TelemetrySample(stretch.Machine, mark.Metric, mark.At, double.NaN, Text: mark.Text));
            return gathered.Past();
        }
    }
}
