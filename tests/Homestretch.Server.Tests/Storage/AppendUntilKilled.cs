using System.Text;
using Homestretch.Server.Storage;
using Homestretch.Server.Storage.Telemetry;
using NodaTime;

namespace Homestretch.Server.Tests.Storage;

/// <summary>The process the kill tests kill: appends from eight writers at once and says each answer on its output.</summary>
internal static class AppendUntilKilled
{
    public static async Task<int> Run(string[] args)
    {
        if (args[0] == "Telemetry") return await Telemetry(args[1]);
        var options = new StorageOptions(Enum.Parse<Provider>(args[0]), args[1]);
        await using IJournal journal = await Store.Open(options);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (int n = 0; ; n++)
            {
                string mark = $"{journal.Lease}.{writer}.{n}";
                int size = (n % 5) + 1;
                long last = await journal.Append([.. Enumerable.Range(0, size).Select(i => Store.Entry($"{mark}.{i}", $"{mark}.{i}"))], Store.Noon, default);
                byte[] line = Encoding.ASCII.GetBytes($"{last} {size} {mark}\n");
                lock (journal) Console.OpenStandardOutput().Write(line);
            }
        })));
        return 0;
    }

    private static async Task<int> Telemetry(string folder)
    {
        using TelemetryLog log = TelemetryLog.Open(new TelemetryOptions(folder) { SegmentBytes = 20_000 }, TimeProvider.System);
        var compaction = new Compaction(log);
        _ = Task.Run(async () =>
        {
            while (true) await compaction.Run(default);
        });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(edge => Task.Run(async () =>
        {
            for (long n = log.Watermark($"e{edge}", "s") + 1; ; n++)
            {
                var batch = new TelemetryBatch("p", Store.Noon, [.. Enumerable.Range(0, 10).Select(i => new TelemetrySample($"M{edge}", "x", Store.Noon + Duration.FromSeconds(n), i))], new($"e{edge}", "s", n));
                TelemetryAnswer answer = await log.Append(batch, default);
                if (answer != new TelemetryAnswer(TelemetryOutcome.Kept, n)) throw new InvalidOperationException($"{answer} for {n}");
                byte[] line = Encoding.ASCII.GetBytes($"{n} {edge} .\n");
                lock (log) Console.OpenStandardOutput().Write(line);
            }
        })));
        return 0;
    }
}
