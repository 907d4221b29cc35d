namespace Homestretch.Server.Storage.Telemetry;

/// <summary>What came, what was kept, and everything that was not: nothing is dropped without a count. Since the log was opened.</summary>
public sealed class TelemetryCounters
{
    /// <summary>Every counter's metric name and what it counts, in the order of <see cref="Of"/>.</summary>
    internal static IReadOnlyList<(string Name, string Doc)> Names { get; } =
    [
        ("batches_kept", "Batches of telemetry on disk"), ("samples_kept", "Values of telemetry on disk"),
        ("batches_repeated", "Batches the log had already, by their edge's numbering; not kept again"),
        ("batches_out_of_order", "Batches refused because batches before them in their edge's numbering are missing; the edge sends again"),
        ("batches_lost_at_edge", "Batches missing in an edge's numbering when one behind them came: lost there"),
        ("batches_dropped_queue_full", "Batches dropped because the disk was too far behind"), ("samples_dropped_queue_full", "Values dropped because the disk was too far behind"),
        ("batches_refused", "Batches refused because they could not be written"), ("samples_refused", "Values refused because they could not be written"),
        ("samples_not_finite", "Values without a number or text; not kept"),
        ("torn_bytes", "Bytes cut off the end of the log at a start: a write that a crash cut short"), ("damaged_bytes", "Bytes of the log that were not what was written, found at a start"),
        ("syncs", "Syncs of the log to disk"), ("segments_compacted", "Segments of the log turned into Parquet"), ("samples_compacted", "Values turned into Parquet"),
        ("history_files_retired", "Parquet files removed because their keeping time or room ended"), ("history_samples_retired", "Values in Parquet files that were removed so"), ("history_bytes_retired", "Bytes of Parquet files that were removed so"),
    ];

    private readonly long[] _values = new long[Names.Count];

    internal enum Of
    {
        BatchesKept, SamplesKept, BatchesRepeated, BatchesOutOfOrder, BatchesLostAtEdge, BatchesDropped, SamplesDropped, BatchesRefused, SamplesRefused,
        SamplesNotFinite, TornBytes, DamagedBytes, Syncs, SegmentsCompacted, SamplesCompacted, FilesRetired, SamplesRetired, BytesRetired,
    }

    /// <summary>Every counter by its metric name.</summary>
    public IReadOnlyList<(string Name, long Value)> All => [.. Names.Select((n, i) => (n.Name, Interlocked.Read(ref _values[i])))];

    /// <summary>A counter by its metric name.</summary>
    public long Value(string name) => Interlocked.Read(ref _values[Names.Index().First(n => n.Item.Name == name).Index]);

    internal long this[Of counter] => Interlocked.Read(ref _values[(int)counter]);

    internal void Add(Of counter, long amount = 1) => Interlocked.Add(ref _values[(int)counter], amount);
}
