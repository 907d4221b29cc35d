using DuckDB.NET.Data;
using Microsoft.Win32.SafeHandles;
using NodaTime;

namespace Homestretch.Server.Storage.Telemetry;

/// <summary>Reads a machine's metric over a stretch of event time, from Parquet by DuckDB and from the segments that are not
/// Parquet yet.</summary>
public sealed class History(TelemetryLog log)
{
    private const int MostBuckets = 20_000;
    private const int Attempts = 3;

    /// <summary>Samples with an event time in [from, to), summed up in buckets of a width that begin at <paramref name="from"/>;
    /// buckets without samples are left out: no data is not zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The width is not positive, or makes more than 20,000 buckets.</exception>
    public async Task<IReadOnlyList<HistoryBucket>> Read(string party, string machine, string metric, Instant from, Instant to, Duration width, CancellationToken cancel)
    {
        if (width.BclCompatibleTicks < 1) throw new ArgumentOutOfRangeException(nameof(width), width, "A bucket's width is at least one tick.");
        if ((to - from) / width > MostBuckets) throw new ArgumentOutOfRangeException(nameof(width), width, $"The stretch has more than {MostBuckets} buckets.\nMaybe a wider bucket serves.");
        var range = new Range(party, machine, metric, from, to, width.BclCompatibleTicks);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await Once(range, cancel);
            }
            catch (Exception e) when (attempt < Attempts && e is DuckDBException or IOException)
            {
                // retention or compaction took a file away between finding and reading it: find again
            }
        }
    }

    private sealed record Range(string Party, string Machine, string Metric, Instant From, Instant To, long Width);

    private async Task<IReadOnlyList<HistoryBucket>> Once(Range range, CancellationToken cancel)
    {
        var (segments, files) = log.Live(live => HistoryFiles.Find(log.Options, range.Party).Where(f => !live.Contains(f.Segment) && f.Covers(range.From, range.To)).ToList());
        var sums = new SortedDictionary<long, Sum>();
        try
        {
            foreach (SafeFileHandle segment in segments) Add(segment, range, sums);
        }
        finally
        {
            foreach (SafeFileHandle segment in segments) segment.Dispose();
        }
        if (files.Count > 0) await Add(files, range, sums, cancel);
        return [.. sums.Select(s => new HistoryBucket(range.From + Duration.FromTicks(s.Key * range.Width), s.Value.Count, s.Value.Least, s.Value.Total / s.Value.Count, s.Value.Most))];
    }

    private static void Add(SafeFileHandle segment, Range range, SortedDictionary<long, Sum> sums)
    {
        foreach (byte[] payload in Frames.Read(segment, new()))
        {
            if (BatchBytes.Batch(payload, (range.Party, range.Machine, range.Metric)) is not { } batch) continue;
            foreach (TelemetrySample s in batch.Samples)
            {
                if (s.Machine == range.Machine && s.Metric == range.Metric && s.At >= range.From && s.At < range.To)
                    Add(sums, (s.At - range.From).BclCompatibleTicks / range.Width, new(1, s.Value, s.Value, s.Value));
            }
        }
    }

    private static async Task Add(List<HistoryFile> files, Range range, SortedDictionary<long, Sum> sums, CancellationToken cancel)
    {
        await using var connection = new DuckDBConnection("Data Source=:memory:");
        await connection.OpenAsync(cancel);
        await using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = "SET threads = 1; SET memory_limit = '512MB'";
        await command.ExecuteNonQueryAsync(cancel);
        string list = string.Join(", ", files.Select(static f => $"'{f.Path.Replace("'", "''", StringComparison.Ordinal)}'"));
        command.CommandText = $"""
            SELECT (event_time - $1) // $2 AS bucket, count(*), min(value), sum(value), max(value) FROM read_parquet([{list}])
            WHERE machine = $3 AND metric = $4 AND event_time >= $1 AND event_time < $5 GROUP BY bucket ORDER BY bucket
            """;
        foreach (object value in (object[])[range.From.ToUnixTimeTicks(), range.Width, range.Machine, range.Metric, range.To.ToUnixTimeTicks()]) command.Parameters.Add(new DuckDBParameter(value));
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel)) Add(sums, rows.GetInt64(0), new(rows.GetInt64(1), rows.GetDouble(2), rows.GetDouble(3), rows.GetDouble(4)));
    }

    private static void Add(SortedDictionary<long, Sum> sums, long bucket, Sum more) =>
        sums[bucket] = sums.TryGetValue(bucket, out Sum s) ? new(s.Count + more.Count, Math.Min(s.Least, more.Least), s.Total + more.Total, Math.Max(s.Most, more.Most)) : more;

    private readonly record struct Sum(long Count, double Least, double Total, double Most);
}
