using System.Diagnostics;
using System.Globalization;
using Homestretch.Server.Storage;
using Homestretch.Server.Storage.Telemetry;
using NodaTime;

namespace Homestretch.Server.Tests.Storage;

/// <summary>Measures appends: <c>dotnet run -c Release --project tests/Homestretch.Server.Tests -- journal-bench</c>. The limit
/// it is held against is what the disk gives: writes of 4 KiB, each synced.</summary>
internal static class JournalBench
{
    private const int Writers = 64;
    private static readonly TimeSpan s_span = TimeSpan.FromSeconds(3);

    public static async Task<int> Run(string[] args)
    {
        Console.WriteLine($"syncs of 4 KiB     {Syncs(),10:N0} /s");
        await using var server = new PostgresServer();
        IStores[] kinds = [new SqliteStores(), new PostgresStores(server)];
        foreach (IStores stores in kinds)
        {
            await using (stores)
            {
                StorageOptions options = await stores.Fresh();
                foreach (var (writers, size) in ((int, int)[])[(1, 1), (1, 100), (1, 1000), (Writers, 1), (Writers, 100)])
                {
                    await using IJournal journal = await Store.Open(options);
                    await Rate(journal, writers, size, s_span / 6);
                    double cpu = Cpu();
                    double best = 0;
                    for (int i = 0; i < 3; i++) best = Math.Max(best, await Rate(journal, writers, size, s_span / 3));
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{options.Provider,-9} {writers,3} writers x {size,4}  {best,10:N0} entries/s  cpu {(Cpu() - cpu) / s_span.TotalSeconds:P0}"));
                }
                await using IJournal reading = await Store.Open(options);
                long began = Stopwatch.GetTimestamp(), entries = 0;
                await foreach (JournalEntry _ in reading.Read(1, default)) entries++;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{options.Provider,-9} read and checked {entries / Stopwatch.GetElapsedTime(began).TotalSeconds,14:N0} entries/s of {entries}"));
            }
        }
        await Telemetry();
        return 0;
    }

    private static async Task Telemetry()
    {
        string folder = Directory.CreateTempSubdirectory("homestretch-telemetry-").FullName;
        using (TelemetryLog log = TelemetryLog.Open(new(folder), TimeProvider.System))
        {
            Instant now = Store.Noon;
            TelemetryBatch[] batches = [.. Enumerable.Range(0, Writers).Select(m => new TelemetryBatch("p", now, [.. Enumerable.Range(0, 20).Select(i => new TelemetrySample($"M{m}", $"metric {i}", now, i * 1.1))]))];
            double cpu = Cpu();
            long began = Stopwatch.GetTimestamp();
            await Task.WhenAll(batches.Select(b => Task.Run(async () =>
            {
                while (Stopwatch.GetElapsedTime(began) < s_span) await log.Append(b, default);
            })));
            double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            long kept = log.Counters[TelemetryCounters.Of.SamplesKept];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"telemetry {Writers} writers x 20   {kept / seconds,10:N0} samples/s  cpu {(Cpu() - cpu) / kept * 1e9:N0} ns a sample"));
            await log.Seal(default);
            (began, cpu) = (Stopwatch.GetTimestamp(), Cpu());
            await new Compaction(log).Run(default);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"to Parquet         {kept / Stopwatch.GetElapsedTime(began).TotalSeconds,14:N0} samples/s, {new DirectoryInfo(Path.Combine(folder, "history")).GetFiles("*.parquet", SearchOption.AllDirectories).Sum(static f => f.Length) / (double)kept:F2} bytes a sample"));
            began = Stopwatch.GetTimestamp();
            long read = (await new History(log).Read("p", "M7", "metric 3", now, now + Duration.FromHours(1), Duration.FromMinutes(1), default)).Sum(static b => b.Samples);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"one metric of {kept:N0} samples: {read:N0} in {Stopwatch.GetElapsedTime(began).TotalMilliseconds:N0} ms"));
        }
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<double> Rate(IJournal journal, int writers, int size, TimeSpan span)
    {
        NewEntry[] batch = [.. Enumerable.Range(0, size).Select(static i => new NewEntry("world-events", 1, "hub", null, new byte[200 + (i % 50)]))];
        long began = Stopwatch.GetTimestamp(), before = await journal.Last(default);
        await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(began) < span) await journal.Append(batch, Store.Noon, default);
        })));
        return (await journal.Last(default) - before) / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static double Syncs()
    {
        string path = Path.GetTempFileName();
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1);
        byte[] block = new byte[4096];
        long began = Stopwatch.GetTimestamp(), n = 0;
        for (; Stopwatch.GetElapsedTime(began) < s_span / 3; n++)
        {
            file.Write(block);
            file.Flush(flushToDisk: true);
        }
        double rate = n / Stopwatch.GetElapsedTime(began).TotalSeconds;
        File.Delete(path);
        return rate;
    }

    private static double Cpu() => Environment.CpuUsage.TotalTime.TotalSeconds;
}
