using System.Collections.Concurrent;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Twins;

/// <summary>Overall equipment effectiveness and its three factors, each a share; null where nothing says it.</summary>
internal sealed record Oee(double? Value, double? Availability, double? Performance, double? Quality);

/// <summary>One reading of a machine, as its metrics said it.</summary>
internal readonly record struct Reading(string Metric, Instant At, double Value, string Text);

/// <summary>The live counterparts of all machines.</summary>
internal sealed class MachineTwins
{
    private readonly ConcurrentDictionary<string, MachineTwin> _twins = new(StringComparer.Ordinal);

    public MachineTwin this[string machine] => _twins.GetOrAdd(machine, static _ => new MachineTwin());

    public Oee? Oee(string machine, Instant now) => _twins.TryGetValue(machine, out MachineTwin? twin) ? twin.Oee(now) : null;
}

/// <summary>One machine's state, counts and recent history; folded from batches, bounded in memory.</summary>
internal sealed class MachineTwin
{
    private const int SpansKept = 2_000, PointsKept = 4_000;
    private static readonly Duration s_window = Duration.FromHours(24);
    private readonly Lock _gate = new();
    private readonly List<StateSpan> _spans = [];
    private readonly SortedDictionary<string, List<(Instant At, double Value)>> _series = new(StringComparer.Ordinal);

    public MachineState State { get; private set; } = MachineState.NoData;
    public Instant Since { get; private set; }
    public string Reason { get; private set; } = "";
    public Instant AsOf { get; private set; }
    public double? Produced { get; private set; }
    public double? Rejected { get; private set; }
    public double? RatePerHour { get; private set; }
    public double? RemainingP10Hours { get; private set; }
    public double? RemainingP50Hours { get; private set; }
    public string Lot { get; private set; } = "";
    public string Run { get; private set; } = "";
    public double IdealRatePerHour { get; set; }

    /// <summary>Takes one batch of readings in time order.</summary>
    public void Take(IReadOnlyList<Reading> readings)
    {
        lock (_gate)
        {
            string reason = readings.Where(static r => r.Metric == "Reason").Select(static r => r.Text).LastOrDefault() ?? "";
            foreach (Reading r in readings)
            {
                if (r.At > AsOf) AsOf = r.At;
                switch (r.Metric)
                {
                    case "State":
                        if (Words.Find<MachineState>(r.Text) is { } state) Enter(state, r.At, reason);
                        break;
                    case "Run": Run = r.Text; break;
                    case "Lot": Lot = r.Text; break;
                    case "Produced": Produced = r.Value; Keep(r); break;
                    case "Rejected": Rejected = r.Value; break;
                    case "Rate": RatePerHour = r.Value; Keep(r); break;
                    case "RemainingP10": RemainingP10Hours = r.Value; Keep(r); break;
                    case "RemainingP50": RemainingP50Hours = r.Value; Keep(r); break;
                    case "Reason": break;
                    default:
                        if (!double.IsNaN(r.Value)) Keep(r);
                        break;
                }
            }
        }
    }

    /// <summary>The connection died: what follows is not known.</summary>
    public void Lose(Instant at)
    {
        lock (_gate) Enter(MachineState.NoData, at, "connection lost");
    }

    public Oee? Oee(Instant now)
    {
        lock (_gate)
        {
            if (State == MachineState.NoData && _spans.Count == 0) return null;
            double running = 0, planned = 0;
            foreach (StateSpan span in Spans(now - s_window, now))
            {
                double hours = (span.To - span.From).TotalHours;
                if (span.State == MachineState.Running) running += hours;
                if (span.State is not MachineState.NoData) planned += hours;
            }
            double? availability = planned > 0 ? running / planned : null;
            double? performance = RatePerHour is { } rate && IdealRatePerHour > 0 ? Math.Min(1, rate / IdealRatePerHour) : null;
            double? quality = Produced is { } good && Rejected is { } bad && good + bad > 0 ? good / (good + bad) : null;
            return new(availability * performance * quality, availability, performance, quality);
        }
    }

    public MachineHistory History(Instant from, Instant to, int points)
    {
        lock (_gate)
        {
            return new([.. Spans(from, to)], [.. _series.Select(s => Sampled(s.Key, s.Value, from, to, Math.Max(2, points)))]);
        }
    }

    private void Enter(MachineState state, Instant at, string reason)
    {
        if (state == State && _spans.Count > 0) return;
        if (_spans.Count > 0) _spans[^1] = _spans[^1] with { To = at };
        _spans.Add(new(state, at, Instant.MaxValue, reason));
        if (_spans.Count > SpansKept) _spans.RemoveRange(0, _spans.Count - SpansKept);
        (State, Since, Reason) = (state, at, reason);
    }

    private void Keep(Reading r)
    {
        if (!_series.TryGetValue(r.Metric, out var points)) _series[r.Metric] = points = [];
        points.Add((r.At, r.Value));
        if (points.Count > PointsKept) points.RemoveRange(0, points.Count - PointsKept);
    }

    private IEnumerable<StateSpan> Spans(Instant from, Instant to)
    {
        foreach (StateSpan span in _spans)
        {
            Instant a = Instant.Max(span.From, from), b = Instant.Min(span.To, to);
            if (a < b) yield return span with { From = a, To = b };
        }
    }

    private static Series Sampled(string metric, List<(Instant At, double Value)> points, Instant from, Instant to, int buckets)
    {
        List<Instant> at = [];
        List<double> mean = [], least = [], most = [];
        Duration width = (to - from) / buckets;
        if (width <= Duration.Zero) return new(metric, UnitOf(metric), at, mean, least, most);
        foreach (var bucket in points.Where(p => p.At >= from && p.At < to).GroupBy(p => (int)((p.At - from) / width)))
        {
            at.Add(from + width * (bucket.Key + 0.5));
            mean.Add(bucket.Average(static p => p.Value));
            least.Add(bucket.Min(static p => p.Value));
            most.Add(bucket.Max(static p => p.Value));
        }
        return new(metric, UnitOf(metric), at, mean, least, most);
    }

    private static string UnitOf(string metric) => metric switch
    {
        "Vibration" => "mm/s", "Temperature" => "°C", "Current" => "A", "Rate" => "pieces/h", "Produced" => "pieces", "RemainingP10" or "RemainingP50" => "h", "Pressure" => "bar", _ => "",
    };
}
