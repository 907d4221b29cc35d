using NodaTime;

namespace Homestretch.Exchange.Edges;

/// <summary>What kind of data a record holds: what is kept longest when room runs out, and sent first after a cut.</summary>
public enum RecordClass : byte
{
    /// <summary>States, reasons, lots, counters and statements on remaining life: what a twin lives by.</summary>
    Event,
    /// <summary>Features over a window: means, spreads, trends.</summary>
    Summary,
    /// <summary>Measured values one by one.</summary>
    Raw,
}

/// <summary>What else is true of a record.</summary>
[Flags]
public enum RecordMarks : byte
{
    None = 0,
    /// <summary>Sent late: true of its own time, not of now.</summary>
    Historical = 1,
    /// <summary>Told again because the hub may not know it: what holds at its time, perhaps no change.</summary>
    Restated = 2,
    /// <summary>Its values were taken out before sending: the contract in force no longer lists them.</summary>
    Withheld = 4,
    /// <summary>The edge itself lost or thinned what lies between the record before and this one.</summary>
    AfterLoss = 8,
}

/// <summary>One value of one metric: a number, or a text.</summary>
/// <param name="Number">Yes and no are 1 and 0; NaN beside a text, and when the machine says that it does not know.</param>
/// <param name="Text">Null for numbers.</param>
public readonly record struct EdgeValue(string Metric, double Number, string? Text = null);

/// <summary>What an edge says of one machine at one moment, numbered in its stream.</summary>
/// <param name="Sequence">One more than the record before it in its stream, from 1 on.</param>
/// <param name="At">When it was so, by the machine's clock, or by the edge's corrected one.</param>
public sealed record EdgeRecord(long Sequence, string Machine, Instant At, IReadOnlyList<EdgeValue> Values, RecordMarks Marks = RecordMarks.None);
