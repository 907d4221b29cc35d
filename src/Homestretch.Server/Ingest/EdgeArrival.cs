using Homestretch.Exchange.Edges;
using Homestretch.Server.Storage.Telemetry;
using NodaTime;

namespace Homestretch.Server.Ingest;

/// <summary>A transmission on its way through a round: into the log, and when it is on disk into the twins.</summary>
internal sealed class EdgeArrival(string party, string edge, Transmission transmission)
{
    public string Party => party;
    public string Edge => edge;
    public string Stream => transmission.Stream;

    /// <summary>The records that are new.</summary>
    public IReadOnlyList<EdgeRecord> Records { get; private set; } = transmission.Records;

    /// <summary>Records that were here already.</summary>
    public int Repeated { get; private set; }

    /// <summary>Records that the edge itself lost before these or between them.</summary>
    public long Lost { get; private set; }

    public TaskCompletionSource<TelemetryAnswer> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Leaves out what the log has, and looks at the order of the rest.</summary>
    /// <returns>False when records before these are missing, or nothing is new: then it is answered.</returns>
    public bool Begin(long watermark)
    {
        Records = [.. transmission.Records.Where(r => r.Sequence > watermark)];
        Repeated = transmission.Records.Count - Records.Count;
        if (Records.Count == 0)
        {
            Done.TrySetResult(new(TelemetryOutcome.Repeated, watermark));
            return false;
        }
        long before = watermark;
        foreach (EdgeRecord r in Records)
        {
            if (r.Sequence > before + 1 && (r.Marks & RecordMarks.AfterLoss) == 0)
            {
                Done.TrySetResult(new(TelemetryOutcome.OutOfOrder, watermark));
                return false;
            }
            Lost += r.Sequence - before - 1;
            before = r.Sequence;
        }
        return true;
    }

    /// <summary>The batch as the log keeps it.</summary>
    /// <param name="knows">True for machines of the edge's party that the world knows.</param>
    public TelemetryBatch Batch(Instant received, Predicate<string> knows) => new(party, received,
        [.. Records.Where(r => knows(r.Machine)).SelectMany(static r => r.Values.Select(v => new TelemetrySample(r.Machine, v.Metric, r.At, v.Number, (r.Marks & RecordMarks.Historical) != 0, v.Text)))],
        new(edge, Stream, Records[^1].Sequence, Lost > 0, Records.Count));
}
