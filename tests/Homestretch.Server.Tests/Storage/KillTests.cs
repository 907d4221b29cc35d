using System.Diagnostics;
using System.Globalization;
using Homestretch.Server.Storage;
using Homestretch.Server.Storage.Telemetry;
using NodaTime;
using Xunit;
using static Homestretch.Server.Tests.Storage.Store;

namespace Homestretch.Server.Tests.Storage;

/// <summary>kill -9 under load, many times on one store: what was answered is there, whole, in place.</summary>
public abstract class KillTests(IStores stores) : IAsyncDisposable
{
    private const int Kills = 20;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return stores.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_answered_is_lost_when_the_process_is_killed()
    {
        StorageOptions options = await stores.Fresh();
        var random = new Random(20260302);
        long answered = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            List<string> answers = await Killed.After(options.Provider.ToString(), options.Connection, TimeSpan.FromMilliseconds(random.Next(5, 150)));
            answered += answers.Count;
            await using IJournal journal = await Store.Open(options);
            List<JournalEntry> all = await journal.All();
            Assert.Equal(all.Count, all[^1].Sequence);
            foreach (string[] answer in answers.Select(static a => a.Split(' '))) AssertThere(all, long.Parse(answer[0], CultureInfo.InvariantCulture), int.Parse(answer[1], CultureInfo.InvariantCulture), answer[2]);
        }
        Assert.True((await Store.Verified(options)).IsSound);
        Assert.True(answered > Kills, $"only {answered} appends were answered");
    }

    private static void AssertThere(List<JournalEntry> all, long last, int size, string mark)
    {
        for (int i = 0; i < size; i++) Assert.Equal($"{mark}.{i}", all[(int)(last - size + i)].Text());
    }
}

/// <summary>Runs this program as the process that is killed.</summary>
internal static class Killed
{
    /// <summary>The answers it gave until it was killed, a while after the first.</summary>
    public static async Task<List<string>> After(string what, string where, TimeSpan after)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["append-until-killed", what, where]) { RedirectStandardOutput = true })!;
        var answers = new List<string>();
        bool killing = false;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            answers.Add(line);
            if (!killing) _ = Task.Delay(after).ContinueWith(_ => process.Kill(), TaskScheduler.Default);
            killing = true;
        }
        await process.WaitForExitAsync();
        Assert.Equal(137, process.ExitCode);
        if (answers.Count > 0 && answers[^1].Split(' ').Length != 3) answers.RemoveAt(answers.Count - 1);
        return answers;
    }
}

public sealed class TelemetryKillTests : IDisposable
{
    private const int Kills = 10;
    private readonly string _folder = Directory.CreateTempSubdirectory("homestretch-telemetry-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Nothing_answered_is_lost_or_doubled_when_the_process_is_killed_while_it_compacts()
    {
        var random = new Random(20260303);
        long[] sent = new long[4];
        for (int kill = 0; kill < Kills; kill++)
        {
            foreach (string[] answer in (await Killed.After("Telemetry", _folder, TimeSpan.FromMilliseconds(random.Next(5, 200)))).Select(static a => a.Split(' ')))
                sent[answer[1][0] - '0'] = long.Parse(answer[0], CultureInfo.InvariantCulture);
            using TelemetryLog log = TelemetryLog.Open(new(_folder), TimeProvider.System);
            for (int edge = 0; edge < 4; edge++)
            {
                long watermark = log.Watermark($"e{edge}", "s");
                Assert.True(watermark >= sent[edge]);
                IReadOnlyList<HistoryBucket> all = await new History(log).Read("p", $"M{edge}", "x", Store.Noon, Store.Noon + Duration.FromDays(1), Duration.FromDays(1), Stop);
                Assert.Equal(10 * watermark, all.Sum(static b => b.Samples));
            }
            Assert.Equal(0, log.Recovery.DamagedBytes);
        }
        Assert.True(sent.Sum() > Kills);
    }
}

public sealed class SqliteKillTests() : KillTests(new SqliteStores());

public sealed class PostgresKillTests(PostgresServer server) : KillTests(new PostgresStores(server));
