using Homestretch.Disk;
using Microsoft.Win32.SafeHandles;
using NodaTime;
using Parquet;
using Parquet.Schema;
using static Homestretch.Server.Storage.Telemetry.TelemetryCounters;

namespace Homestretch.Server.Storage.Telemetry;

/// <summary>Makes history of sealed segments: one zstd Parquet file for each party and received day in the segment. Done again
/// after a crash it makes the same files under the same names; until they are all there, readers use the segment.</summary>
public sealed class Compaction(TelemetryLog log)
{
    private static readonly DataField s_machine = new("machine", typeof(string), isNullable: false), s_metric = new("metric", typeof(string), isNullable: false),
        s_at = new("event_time", typeof(long), isNullable: false), s_received = new("received_at", typeof(long), isNullable: false),
        s_value = new("value", typeof(double), isNullable: false), s_historical = new("historical", typeof(bool), isNullable: false), s_text = new("text", typeof(string), isNullable: false);

    private static readonly ParquetSchema s_schema = new(s_machine, s_metric, s_at, s_received, s_value, s_historical, s_text);
    private static readonly ParquetOptions s_options = new() { CompressionMethod = CompressionMethod.Zstd };

    /// <summary>Compacts all sealed segments, oldest first.</summary>
    /// <returns>How many.</returns>
    public async Task<int> Run(CancellationToken cancel)
    {
        HistoryFiles.RemoveUnfinished(log.Options);
        int done = 0;
        foreach (var (number, path) in log.SealedSegments())
        {
            await Compact(number, path, cancel);
            done++;
        }
        return done;
    }

    private async Task Compact(long number, string path, CancellationToken cancel)
    {
        var parts = new Dictionary<(string Party, LocalDate Day), Part>();
        try
        {
            int held = 0;
            var damage = new Frames.Damage();
            using (SafeFileHandle file = File.OpenHandle(path))
            {
                foreach (byte[] payload in Frames.Read(file, damage))
                {
                    if (BatchBytes.Batch(payload) is not { } batch) continue;
                    var key = (batch.Party, batch.Received.InUtc().Date);
                    if (!parts.TryGetValue(key, out Part? part)) parts[key] = part = new(HistoryFiles.Folder(log.Options, batch.Party, key.Date));
                    part.Take(batch);
                    held += batch.Samples.Count;
                    if (held < log.Options.MostRowsInMemory) continue;
                    Part largest = parts.Values.MaxBy(static p => p.Held)!;
                    held -= largest.Held;
                    await largest.WriteGroup(number, cancel);
                }
            }
            foreach (Part part in parts.Values) await part.Finish(number, cancel);
            log.Retire(number, () =>
            {
                foreach (Part part in parts.Values) part.Publish(number);
            });
            log.Counters.Add(Of.SegmentsCompacted);
            log.Counters.Add(Of.SamplesCompacted, parts.Values.Sum(static p => p.Samples));
        }
        finally
        {
            foreach (Part part in parts.Values) await part.DisposeAsync();
        }
    }

    /// <summary>The file of one party and day while it is written: row groups sorted by machine, metric and event time.</summary>
    private sealed class Part(string folder) : IAsyncDisposable
    {
        private readonly List<(TelemetrySample Sample, long Received)> _rows = [];
        private FileStream? _file;
        private ParquetWriter? _writer;
        private long _first = long.MaxValue, _last = long.MinValue;

        public int Held => _rows.Count;
        public long Samples { get; private set; }

        public void Take(TelemetryBatch batch)
        {
            long received = batch.Received.ToUnixTimeTicks();
            foreach (TelemetrySample s in batch.Samples)
            {
                _rows.Add((s, received));
                _first = Math.Min(_first, s.At.ToUnixTimeTicks());
                _last = Math.Max(_last, s.At.ToUnixTimeTicks());
            }
        }

        public async Task WriteGroup(long segment, CancellationToken cancel)
        {
            if (_rows.Count == 0) return;
            if (_writer is null)
            {
                Directory.CreateDirectory(folder);
                _file = new FileStream(Temporary(segment), FileMode.Create, FileAccess.ReadWrite);
                _writer = await ParquetWriter.CreateAsync(s_schema, _file, s_options, cancellationToken: cancel);
            }
            // OrderBy is stable: equal times stay in the order they came
            (TelemetrySample Sample, long Received)[] rows = [.. _rows.OrderBy(static r => r.Sample.Machine, StringComparer.Ordinal).ThenBy(static r => r.Sample.Metric, StringComparer.Ordinal).ThenBy(static r => r.Sample.At)];
            using ParquetRowGroupWriter group = _writer.CreateRowGroup();
            await group.WriteAsync(s_machine, Column(rows, static r => r.Sample.Machine));
            await group.WriteAsync(s_metric, Column(rows, static r => r.Sample.Metric));
            await group.WriteAsync<long>(s_at, Column(rows, static r => r.Sample.At.ToUnixTimeTicks()), cancellationToken: cancel);
            await group.WriteAsync<long>(s_received, Column(rows, static r => r.Received), cancellationToken: cancel);
            await group.WriteAsync<double>(s_value, Column(rows, static r => r.Sample.Value), cancellationToken: cancel); // NaN: the row is text
            await group.WriteAsync<bool>(s_historical, Column(rows, static r => r.Sample.IsHistorical), cancellationToken: cancel);
            await group.WriteAsync(s_text, Column(rows, static r => r.Sample.Text ?? ""));
            group.CompleteValidate();
            Samples += rows.Length;
            _rows.Clear();
        }

        public async Task Finish(long segment, CancellationToken cancel)
        {
            await WriteGroup(segment, cancel);
            if (_writer is null) return;
            await _writer.DisposeAsync();
            _file!.Flush(flushToDisk: true);
            await _file.DisposeAsync();
        }

        public void Publish(long segment)
        {
            if (_writer is not null) Durable.Publish(Temporary(segment), Path.Combine(folder, HistoryFiles.Name(segment, _first, _last, Samples)));
        }

        public async ValueTask DisposeAsync()
        {
            if (_file is not null) await _file.DisposeAsync();
        }

        private string Temporary(long segment) => Path.Combine(folder, $"{segment:D12}{HistoryFiles.Unfinished}");

        private static T[] Column<T>((TelemetrySample Sample, long Received)[] rows, Func<(TelemetrySample Sample, long Received), T> of) => Array.ConvertAll(rows, r => of(r));
    }
}
