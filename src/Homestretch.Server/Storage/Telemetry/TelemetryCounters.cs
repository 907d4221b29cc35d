namespace Homestretch.Server.Storage.Telemetry;

/// <summary>What came, what was kept, and everything that was not: nothing is dropped without a count. Since the log was opened.</summary>
public sealed class TelemetryCounters
{
    private static readonly string[] s_names =
    [
        "batches_kept", "samples_kept", "batches_repeated", "batches_out_of_order", "batches_lost_at_edge", "batches_dropped_queue_full", "samples_dropped_queue_full",
        "batches_refused", "samples_refused", "samples_not_finite", "torn_bytes", "damaged_bytes", "syncs", "segments_compacted", "samples_compacted",
        "history_files_retired", "history_samples_retired", "history_bytes_retired",
    ];

    private readonly long[] _values = new long[s_names.Length];

    internal enum Of
    {
        BatchesKept, SamplesKept, BatchesRepeated, BatchesOutOfOrder, BatchesLostAtEdge, BatchesDropped, SamplesDropped, BatchesRefused, SamplesRefused,
        SamplesNotFinite, TornBytes, DamagedBytes, Syncs, SegmentsCompacted, SamplesCompacted, FilesRetired, SamplesRetired, BytesRetired,
    }

    /// <summary>Every counter by its metric name.</summary>
    public IReadOnlyList<(string Name, long Value)> All => [.. s_names.Select((name, i) => (name, Interlocked.Read(ref _values[i])))];

    /// <summary>A counter by its metric name.</summary>
    public long Value(string name) => Interlocked.Read(ref _values[Array.IndexOf(s_names, name)]);

    internal long this[Of counter] => Interlocked.Read(ref _values[(int)counter]);

    internal void Add(Of counter, long amount = 1) => Interlocked.Add(ref _values[(int)counter], amount);
}
