using DuckDB.NET.Data;
using Homestretch.Disk;
using Microsoft.Win32.SafeHandles;
using NodaTime;

namespace Homestretch.Server.Storage.Telemetry;

/// <summary>Reads a machine over a stretch of event time, from Parquet by DuckDB and from the segments that are not Parquet yet.</summary>
public sealed class History(TelemetryLog log)
{
    private const int MostBuckets = 20_000;
    private const int Attempts = 3;

    /// <summary>Samples with an event time in [from, to), summed up in buckets of a width that begin at <paramref name="from"/>;
    /// buckets without samples are left out: no data is not zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The width is not positive, or makes more than 20,000 buckets.</exception>
    public async Task<IReadOnlyList<HistoryBucket>> Read(string party, string machine, string metric, Instant from, Instant to, Duration width, CancellationToken cancel) =>
        (await Read(new Stretch(party, machine, metric, from, to, width.BclCompatibleTicks, Back: 0), cancel)).Numbers.GetValueOrDefault(metric) ?? [];

    /// <summary>All metrics of a machine over [from, to): numbers in buckets, texts as they changed.</summary>
    /// <param name="back">How long before <paramref name="from"/> a text may have been told last and still stand at its begin.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is not positive, or makes more than 20,000 buckets.</exception>
    public Task<MachinePast> Of(string party, string machine, Instant from, Instant to, Duration width, Duration back, CancellationToken cancel) =>
        Read(new Stretch(party, machine, null, from, to, width.BclCompatibleTicks, back.BclCompatibleTicks), cancel);

    /// <summary>Every value of some metrics of a machine with an event time in [from, to), ascending by event time, equal times as they were told.</summary>
    public async Task<IReadOnlyList<TelemetrySample>> Samples(string party, string machine, IReadOnlyList<string> metrics, Instant from, Instant to, CancellationToken cancel)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await OnceSamples(party, machine, metrics, from, to, cancel);
            }
            catch (Exception e) when (attempt < Attempts && e is DuckDBException or IOException)
            {
                // as below: find again
            }
        }
    }

    private async Task<IReadOnlyList<TelemetrySample>> OnceSamples(string party, string machine, IReadOnlyList<string> metrics, Instant from, Instant to, CancellationToken cancel)
    {
        var (segments, files) = log.Live(live => HistoryFiles.Find(log.Options, party).Where(f => !live.Contains(f.Segment) && f.Covers(from, to)).ToList());
        var samples = new List<TelemetrySample>();
        try
        {
            if (files.Count > 0)
            {
                await using var connection = new DuckDBConnection("Data Source=:memory:");
                await connection.OpenAsync(cancel);
                await using DuckDBCommand command = connection.CreateCommand();
                command.CommandText = "SET threads = 1; SET memory_limit = '512MB'";
                await command.ExecuteNonQueryAsync(cancel);
                // no ORDER BY here: files come by day and segment, rows of one metric by time, equal times as they were told
                Set(command, $"SELECT metric, event_time, value, text FROM read_parquet([{List(files)}], union_by_name = true) WHERE machine = $1 AND event_time >= $2 AND event_time < $3", machine, from.ToUnixTimeTicks(), to.ToUnixTimeTicks());
                await using var rows = await command.ExecuteReaderAsync(cancel);
                while (await rows.ReadAsync(cancel))
                {
                    if (metrics.Contains(rows.GetString(0)))
                        samples.Add(new(machine, rows.GetString(0), Instant.FromUnixTimeTicks(rows.GetInt64(1)), rows.GetDouble(2), Text: double.IsNaN(rows.GetDouble(2)) ? rows.GetString(3) : null));
                }
            }
            foreach (byte[] payload in segments.SelectMany(static s => Frames.Read(s, new())))
            {
                if (BatchBytes.Batch(payload, (party, machine, null)) is { } batch) samples.AddRange(batch.Samples.Where(s => s.Machine == machine && s.At >= from && s.At < to && metrics.Contains(s.Metric)));
            }
        }
        finally
        {
            foreach (SafeFileHandle segment in segments) segment.Dispose();
        }
        return [.. samples.OrderBy(static s => s.At)];
    }

    private async Task<MachinePast> Read(Stretch stretch, CancellationToken cancel)
    {
        if (stretch.Width < 1) throw new ArgumentOutOfRangeException(nameof(stretch), stretch.Width, "A bucket's width is at least one tick.");
        if ((stretch.To - stretch.From).BclCompatibleTicks / stretch.Width > MostBuckets)
            throw new ArgumentOutOfRangeException(nameof(stretch), stretch.Width, $"The stretch has more than {MostBuckets} buckets.\nMaybe a wider bucket serves.");
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await Once(stretch, cancel);
            }
            catch (Exception e) when (attempt < Attempts && e is DuckDBException or IOException)
            {
                // retention or compaction took a file away between finding and reading it: find again
            }
        }
    }

    private async Task<MachinePast> Once(Stretch stretch, CancellationToken cancel)
    {
        var (segments, files) = log.Live(live => HistoryFiles.Find(log.Options, stretch.Party)
            .Where(f => !live.Contains(f.Segment) && f.Covers(stretch.From - Duration.FromTicks(stretch.Back), stretch.To)).ToList());
        var gathered = new Gathering(stretch);
        try
        {
            if (files.Count > 0) await Add(files, stretch, gathered, cancel);
            foreach (SafeFileHandle segment in segments) Add(segment, stretch, gathered);
        }
        finally
        {
            foreach (SafeFileHandle segment in segments) segment.Dispose();
        }
        return gathered.Past();
    }

    private static void Add(SafeFileHandle segment, Stretch stretch, Gathering gathered)
    {
        foreach (byte[] payload in Frames.Read(segment, new()))
        {
            if (BatchBytes.Batch(payload, (stretch.Party, stretch.Machine, stretch.Metric)) is not { } batch) continue;
            foreach (TelemetrySample s in batch.Samples)
            {
                if (s.Machine == stretch.Machine && (stretch.Metric is null || s.Metric == stretch.Metric)) gathered.Add(s);
            }
        }
    }

    private static async Task Add(List<HistoryFile> files, Stretch stretch, Gathering gathered, CancellationToken cancel)
    {
        await using var connection = new DuckDBConnection("Data Source=:memory:");
        await connection.OpenAsync(cancel);
        await using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = "SET threads = 1; SET memory_limit = '512MB'";
        await command.ExecuteNonQueryAsync(cancel);
        string table = $"read_parquet([{List(files)}], union_by_name = true) WHERE machine = $1 AND ($2 = '' OR metric = $2)";
        Set(command, $"SELECT metric, (event_time - $3) // $5 AS bucket, count(*), min(value), sum(value), max(value) FROM {table} AND event_time >= $3 AND event_time < $4 AND NOT isnan(value) GROUP BY metric, bucket",
            stretch.Machine, stretch.Metric ?? "", stretch.From.ToUnixTimeTicks(), stretch.To.ToUnixTimeTicks(), stretch.Width);
        await using (var rows = await command.ExecuteReaderAsync(cancel))
        {
            while (await rows.ReadAsync(cancel)) gathered.Add(rows.GetString(0), rows.GetInt64(1), new(rows.GetInt64(2), rows.GetDouble(3), rows.GetDouble(4), rows.GetDouble(5)));
        }
        if (stretch.Metric is not null) return;
        // no ORDER BY: files come by day and segment, rows of one metric by time, equal times as they were told
        Set(command, $"SELECT metric, event_time, text FROM {table} AND event_time >= $3 AND event_time < $4 AND isnan(value)",
            stretch.Machine, "", stretch.From.ToUnixTimeTicks() - stretch.Back, stretch.To.ToUnixTimeTicks());
        await using var texts = await command.ExecuteReaderAsync(cancel);
        while (await texts.ReadAsync(cancel)) gathered.Add(new TextMark(texts.GetString(0), Instant.FromUnixTimeTicks(texts.GetInt64(1)), texts.GetString(2)));
    }

    private static string List(List<HistoryFile> files) => string.Join(", ", files.Select(static f => $"'{f.Path.Replace("'", "''", StringComparison.Ordinal)}'"));

    private static void Set(DuckDBCommand command, string sql, params ReadOnlySpan<object> values)
    {
        command.CommandText = sql;
        command.Parameters.Clear();
        foreach (object value in values) command.Parameters.Add(new DuckDBParameter(value));
    }
}
