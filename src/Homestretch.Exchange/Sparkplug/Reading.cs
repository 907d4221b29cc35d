using NodaTime;

namespace Homestretch.Exchange.Sparkplug;

/// <summary>Marks of a reading.</summary>
[Flags]
public enum ReadingMarks : byte
{
    None = 0,
    /// <summary>Late data: true of its own time, not of now.</summary>
    Historical = 1,
    /// <summary>The sender asks that it not be stored.</summary>
    Transient = 2,
    /// <summary>Part of a birth: the value at that time, perhaps not a change.</summary>
    Birth = 4,
    /// <summary>Messages were missed or repeated before it, or a birth was refused, and the node is not born again yet: an alias may mean another metric.</summary>
    AfterGap = 8,
    /// <summary>The sender gave no time; the payload's, else the receiver's stands.</summary>
    TimeAssumed = 16,
}

/// <summary>One accepted value of one metric. Lies in the session's own array and is written field by field: a copy of the whole, made of
/// narrow stores and wide loads, would cost more than reading the metric.</summary>
public struct Reading
{
    private ulong bits;
    private Stretch stretch;
    private short quality;
    private ValueKind kind;

    public MetricState Metric { get; private set; }

    /// <summary>Time of the value, milliseconds since 1970-01-01 UTC.</summary>
    public long Milliseconds { get; private set; }

    public ReadingMarks Marks { get; private set; }

    public readonly MetricValue Value => new(kind, bits, stretch);
    public readonly Quality Quality => (Quality)quality;
    public readonly Instant Time => Instant.FromUnixTimeMilliseconds(Milliseconds);
    public readonly bool IsHistorical => (Marks & ReadingMarks.Historical) != 0;

    /// <summary>Becomes a Number of good quality.</summary>
    internal void SetNumber(MetricState metric, ulong bits, long milliseconds, ReadingMarks marks)
    {
        Metric = metric;
        Milliseconds = milliseconds;
        Marks = marks;
        this.bits = bits;
        stretch = default;
        quality = (short)Quality.Good;
        kind = ValueKind.Number;
    }

    internal void Set(MetricState metric, in MetricValue value, long milliseconds, Quality quality, ReadingMarks marks)
    {
        SetNumber(metric, value.Bits, milliseconds, marks);
        stretch = value.Stretch;
        this.quality = (short)quality;
        kind = value.Kind;
    }
}

/// <summary>Why a node or device went on or off line.</summary>
public enum StatusReason : byte
{
    Born, Died, NodeDied, NodeReborn,
    /// <summary>The host lost its MQTT server: nothing is known of the node any more.</summary>
    ConnectionLost,
}

/// <summary>A node (device name empty) or device came online or went offline; offline makes all its metrics stale.</summary>
/// <param name="At">Node death and lost connection: the host's time, as the specification has it; else the payload's time.</param>
public readonly record struct StatusChange(DeviceState Device, bool IsOnline, Instant At, StatusReason Reason);

/// <summary>Ask this edge node for a birth; send it with <see cref="RebirthCommand"/>.</summary>
public readonly record struct RebirthRequest(EdgeNode Node, Cause Cause);

/// <summary>What became of a message.</summary>
public enum Verdict : byte
{
    Accepted,
    /// <summary>It came too early and waits for the missing ones.</summary>
    Waiting,
    /// <summary>It changes nothing; the finding says why.</summary>
    Refused,
    /// <summary>Right, but of no account: a repeated death, a command for others.</summary>
    Ignored,
    /// <summary>No message: time made a rebirth due, or the connection was lost.</summary>
    Due,
}

/// <summary>The result of one step of a session. Its spans are the session's own and hold until the next step.</summary>
public readonly ref struct Outcome
{
    public Verdict Verdict { get; init; }

    /// <summary>None when the message is as it should be; an accepted message may still have one (a gap before it).</summary>
    public Cause Cause { get; init; }

    public ReadOnlySpan<Reading> Readings { get; init; }
    public ReadOnlySpan<StatusChange> Changes { get; init; }

    /// <summary>The bytes that the readings' stretches point into.</summary>
    public ReadOnlySpan<byte> Payload { get; init; }

    public RebirthRequest? Rebirth { get; init; }
    public Finding? Finding { get; init; }
}
