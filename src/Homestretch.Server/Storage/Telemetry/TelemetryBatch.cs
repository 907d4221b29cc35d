using NodaTime;

namespace Homestretch.Server.Storage.Telemetry;

/// <summary>One value of one metric of one machine. Yes and no are 1 and 0; a value that is neither text nor a finite number is not kept, and counted.</summary>
/// <param name="At">When it was so, by the machine's or its gateway's clock: event time.</param>
/// <param name="IsHistorical">Sent late, after a time without connection.</param>
/// <param name="Text">Of a metric that is text, such as a state; null for numbers.</param>
public readonly record struct TelemetrySample(string Machine, string Metric, Instant At, double Value, bool IsHistorical = false, string? Text = null)
{
    internal bool IsKept => Text is not null || double.IsFinite(Value);
}

/// <summary>Where a batch stands in the stream of one of our edges, which keeps each batch until the watermark has passed it.</summary>
/// <param name="Sequence">Of the last record in it: with one record a batch one more than the batch before; any number begins a stream.</param>
/// <param name="AfterLoss">The edge itself lost what lies between: the gap is accepted and counted instead of asked for again.</param>
/// <param name="Records">Records of the edge's numbering in it.</param>
public sealed record EdgePosition(string Edge, string Stream, long Sequence, bool AfterLoss = false, int Records = 1);

/// <summary>What one gateway sent at once.</summary>
/// <param name="Received">When it reached the server.</param>
/// <param name="Position">Null for devices that are not our edge: what they repeat cannot be told.</param>
public sealed record TelemetryBatch(string Party, Instant Received, IReadOnlyList<TelemetrySample> Samples, EdgePosition? Position = null);

public enum TelemetryOutcome
{
    /// <summary>On disk.</summary>
    Kept,

    /// <summary>Was on disk already; nothing was written.</summary>
    Repeated,

    /// <summary>Batches before it have not come; nothing was written. Send from the one after the watermark.</summary>
    OutOfOrder,

    /// <summary>The log may grow no further, or the disk is full; nothing was written. Send it again later.</summary>
    Full,

    /// <summary>The batch is larger than a frame may be; nothing was written. Send it in parts.</summary>
    TooLarge,

    /// <summary>The disk failed; nothing counts as written. Send it again.</summary>
    Failed,
}

/// <param name="Watermark">The last sequence of the stream that is on disk: what the edge need not keep. 0 without a position.</param>
public readonly record struct TelemetryAnswer(TelemetryOutcome Outcome, long Watermark);

/// <summary>A metric that is text took this value.</summary>
public readonly record struct TextMark(string Metric, Instant At, string Text);

/// <summary>A machine over a stretch of event time.</summary>
/// <param name="Numbers">Each metric that is a number, summed up in buckets.</param>
/// <param name="Texts">Changes of the metrics that are text, ascending; before the stretch only the last value of each.</param>
public sealed record MachinePast(IReadOnlyDictionary<string, IReadOnlyList<HistoryBucket>> Numbers, IReadOnlyList<TextMark> Texts);

/// <summary>A stretch of one metric.</summary>
/// <param name="From">Begin of the bucket; it ends where the next one of the same width begins.</param>
public readonly record struct HistoryBucket(Instant From, long Samples, double Least, double Mean, double Most);
