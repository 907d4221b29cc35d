using NodaTime;

namespace Homestretch.Exchange.Sparkplug;

/// <summary>A metric that an edge publishes: its fixed name, type and alias, and its latest value.</summary>
public sealed class EdgeMetric
{
    internal EdgeMetric(string name, SparkplugType type, ulong? alias) => (Name, Type, Alias) = (name, type, alias);

    public string Name { get; }
    public SparkplugType Type { get; }

    /// <summary>Unique in the whole edge node; null for metrics that must go by name.</summary>
    public ulong? Alias { get; }

    internal MetricValue Value { get; private set; }
    internal byte[] Content { get; private set; } = [];
    internal ulong Milliseconds { get; private set; }
    internal Quality Quality { get; private set; } = Quality.Good;
    internal bool HasChanged { get; set; }

    /// <summary>Sets a number, integer or boolean; report by exception: an equal value is no change.</summary>
    public void Set(MetricValue value, Instant at, Quality quality = Quality.Good)
    {
        if (!PayloadWriter.Fits(value, Type)) throw new ArgumentException($"{Name} is a {Type} and cannot be a {value.Kind}.\nMaybe another overload of Set, or of MetricValue.Of, is meant.", nameof(value));
        if (value.Kind == Value.Kind && value.Bits == Value.Bits && quality == Quality && Milliseconds != 0) return;
        Change(value, [], at, quality);
    }

    /// <summary>Sets a text.</summary>
    public void Set(string text, Instant at) => Set(System.Text.Encoding.UTF8.GetBytes(text), at);

    /// <summary>Sets the content of a text, bytes, packed array, data set or template.</summary>
    public void Set(byte[] content, Instant at)
    {
        if (Value.Kind != ValueKind.Null && content.AsSpan().SequenceEqual(Content) && Milliseconds != 0) return;
        Change(PayloadWriter.Content, content, at, Quality.Good);
    }

    private void Change(MetricValue value, byte[] content, Instant at, Quality quality)
    {
        (Value, Content, Quality, HasChanged) = (value, content, quality, true);
        Milliseconds = (ulong)at.ToUnixTimeMilliseconds();
    }

    internal OutgoingMetric Outgoing(bool birth, ulong now) => new(
        birth || Alias is null ? Name : null, Alias, Type, Value, Milliseconds == 0 ? now : Milliseconds, SendType: birth, Bytes: Content,
        Properties: Quality == Quality.Good ? default(ReadOnlyMemory<byte>) : PropertySet.OfQuality(Quality));
}

/// <summary>One value of the past, to be sent marked as historical.</summary>
public readonly record struct PastValue(EdgeMetric Metric, MetricValue Value, Instant At, ReadOnlyMemory<byte> Content = default);

/// <summary>A device of an edge (or, name empty, the edge node itself) and its metrics.</summary>
public sealed class EdgeDevice
{
    private readonly EdgeSession session;
    private readonly List<EdgeMetric> metrics = [];

    internal EdgeDevice(EdgeSession session, string name) => (this.session, Name) = (session, name);

    public string Name { get; }
    public IReadOnlyList<EdgeMetric> Metrics => metrics;
    internal bool IsBorn { get; set; }

    /// <summary>True from a device's death until its own birth.</summary>
    internal bool IsLost { get; set; }

    /// <summary>Declares a metric. Every metric is declared before the birth.</summary>
    public EdgeMetric Add(string name, SparkplugType type) => Add(name, type, session.NextAlias());

    internal EdgeMetric Add(string name, SparkplugType type, ulong? alias)
    {
        if (name.Length == 0 || metrics.Exists(m => string.Equals(m.Name, name, StringComparison.OrdinalIgnoreCase)))
            throw new ArgumentException($"The metric name '{name}' is empty or taken.\nMaybe it differs from another only by case.", nameof(name));
        if (!SparkplugTypes.IsMetricType((uint)type)) throw new ArgumentOutOfRangeException(nameof(type), type, "A metric cannot have this type.");
        if (IsBorn) throw new InvalidOperationException($"{name} cannot be added after the birth.\nMaybe let the device die and be born again.");
        var metric = new EdgeMetric(name, type, alias);
        metrics.Add(metric);
        return metric;
    }
}
