using System.Buffers;
using System.Text.Json;
using Homestretch.Disk;
using Homestretch.Edge.Contract;
using Homestretch.Edge.Forward;
using Homestretch.Edge.Listen;
using Homestretch.Exchange.Edges;
using NodaTime;

namespace Homestretch.Edge.Feature;

/// <summary>Features of measured values over windows that follow each other without a gap: mean, spread (standard deviation), least, most, trend (slope of a
/// least-squares line, units an hour), and drift: the mean's distance from the machine's own early life, in spreads of its first windows.</summary>
internal sealed class Summaries(string folder)
{
    private const int EarlyWindows = 60, MostEarly = 100_000;
    private static readonly string[] s_names = ["Mean", "Spread", "Least", "Most", "Trend", "Drift"];
    private readonly string _file = Path.Combine(folder, "early-life.json");
    private readonly Dictionary<(string Machine, string Metric), Window> _windows = [];
    private readonly Dictionary<string, Early> _early = Read(Path.Combine(folder, "early-life.json"));
    private readonly List<Observation> _ended = [];
    private bool _changed;

    /// <summary>What a metric's features are called.</summary>
    public static IEnumerable<string> NamesOf(string metric) => s_names.Select(n => $"{metric}.{n}");

    /// <summary>Takes a measured value.</summary>
    public void Add(string machine, in EdgeValue value, Instant at, ReportRules rules)
    {
        if (value.Text is not null || !double.IsFinite(value.Number)) return;
        SummaryRule? rule = null;
        foreach (SummaryRule r in rules.Summaries)
        {
            if (r.Metric == value.Metric) rule = r;
        }
        if (rule is null) return;
        if (!_windows.TryGetValue((machine, value.Metric), out Window? window)) _windows[(machine, value.Metric)] = window = new(at, Duration.FromSeconds(rule.EverySeconds));
        // of what comes faster than time every window is told, each as it was
        if (at >= window.Begin + window.Width) End(machine, value.Metric, window, at);
        window.Add(value.Number, (at - window.Begin).TotalHours);
    }

    /// <summary>The windows that have ended since they were last asked for, each machine's in order.</summary>
    public IReadOnlyList<Observation> Ended(Instant now)
    {
        foreach (var ((machine, metric), window) in _windows)
        {
            if (now >= window.Begin + window.Width) End(machine, metric, window, now);
        }
        Observation[] ended = [.. _ended];
        _ended.Clear();
        return ended;
    }

    private void End(string machine, string metric, Window window, Instant now)
    {
        if (window.Count > 0) _ended.Add(new(machine, window.Begin + window.Width, Values(machine, metric, window)));
        window.Restart(now);
    }

    /// <summary>Writes early lives down when they have changed.</summary>
    public void Keep()
    {
        if (!_changed) return;
        _changed = false;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, e) in _early.OrderBy(static e => e.Key, StringComparer.Ordinal))
            {
                json.WriteStartArray(name);
                json.WriteNumberValue(e.Count);
                json.WriteNumberValue(e.Mean);
                json.WriteNumberValue(e.Squares);
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        Durable.Replace(_file, buffer.WrittenSpan);
    }

    private List<EdgeValue> Values(string machine, string metric, Window w)
    {
        string key = $"{machine}|{metric}";
        if (!_early.TryGetValue(key, out Early? early))
        {
            early = new();
            // kept for ever, also over restarts: beyond so many there is no drift
            if (_early.Count < MostEarly) _early[key] = early;
        }
        bool learnt = early.Count >= EarlyWindows;
        if (!learnt)
        {
            early.Add(w.Mean);
            _changed = true;
        }
        List<EdgeValue> values = [new($"{metric}.Mean", w.Mean), new($"{metric}.Spread", w.Spread), new($"{metric}.Least", w.Least), new($"{metric}.Most", w.Most), new($"{metric}.Trend", w.Trend)];
        if (learnt && early.Spread > 0) values.Add(new($"{metric}.Drift", (w.Mean - early.Mean) / early.Spread));
        return values;
    }

    private static Dictionary<string, Early> Read(string file)
    {
        var early = new Dictionary<string, Early>(StringComparer.Ordinal);
        if (!File.Exists(file)) return early;
        try
        {
            using JsonDocument kept = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (JsonProperty e in kept.RootElement.EnumerateObject())
                early[e.Name] = new() { Count = e.Value[0].GetInt32(), Mean = e.Value[1].GetDouble(), Squares = e.Value[2].GetDouble() };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            // early life is learnt anew: until then no drift is told
            early.Clear();
        }
        return early;
    }

    /// <summary>Mean and spread of the first windows of a machine's life.</summary>
    private sealed class Early
    {
        public int Count { get; set; }
        public double Mean { get; set; }
        public double Squares { get; set; }
        public double Spread => Count > 1 ? Math.Sqrt(Squares / (Count - 1)) : 0;

        public void Add(double value)
        {
            Count++;
            double before = value - Mean;
            Mean += before / Count;
            Squares += before * (value - Mean);
        }
    }
}

/// <summary>Running moments of one window (Welford 1962), with time for the trend.</summary>
internal sealed class Window(Instant begin, Duration width)
{
    private double _squares, _hours, _hoursSquared, _cross;

    public Instant Begin { get; private set; } = begin;
    public Duration Width => width;
    public int Count { get; private set; }
    public double Mean { get; private set; }
    public double Least { get; private set; } = double.PositiveInfinity;
    public double Most { get; private set; } = double.NegativeInfinity;

    /// <summary>Standard deviation with n - 1; 0 for one value.</summary>
    public double Spread => Count > 1 ? Math.Sqrt(_squares / (Count - 1)) : 0;

    /// <summary>Slope of the least-squares line, units an hour; 0 when all values have one time.</summary>
    public double Trend => _hoursSquared > 0 ? _cross / _hoursSquared : 0;

    /// <param name="hours">Since the begin of the window.</param>
    public void Add(double value, double hours)
    {
        Count++;
        double before = value - Mean, aside = hours - _hours;
        Mean += before / Count;
        _hours += aside / Count;
        _squares += before * (value - Mean);
        _hoursSquared += aside * (hours - _hours);
        _cross += aside * (value - Mean);
        (Least, Most) = (Math.Min(Least, value), Math.Max(Most, value));
    }

    /// <summary>Begins the next window; windows that passed empty are left out.</summary>
    public void Restart(Instant now)
    {
        while (Begin + width <= now) Begin += width * Math.Max(1, Math.Floor((now - Begin) / width));
        (Count, Mean, _squares, _hours, _hoursSquared, _cross, Least, Most) = (0, 0, 0, 0, 0, 0, double.PositiveInfinity, double.NegativeInfinity);
    }
}
