using System.Diagnostics;
using Homestretch.Server.Storage;
using Homestretch.Server.Storage.Telemetry;
using NodaTime;
using Xunit;
using static Homestretch.Server.Tests.Storage.Store;

namespace Homestretch.Server.Tests.Storage;

/// <summary>A disk of 2 MiB: a tmpfs, which root may mount.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("homestretch-full-").FullName;
    private readonly bool _mounted;

    public FullDiskTests() => _mounted = Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", _folder);

    public void Dispose()
    {
        if (_mounted) Run("umount", _folder);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_full_disk_refuses_the_append_says_so_and_loses_nothing()
    {
        Assert.SkipUnless(_mounted, "Only root may mount a small disk.");
        var options = new StorageOptions(Provider.Sqlite, Path.Combine(_folder, "store.db"));
        long answered = 0;
        await using (IJournal journal = await Store.Open(options))
        {
            JournalFailed full = await Assert.ThrowsAsync<JournalFailed>(async () =>
            {
                for (; answered < 10_000; answered++) await journal.Append([Store.Entry(new string('x', 2000))], Store.Noon, Stop);
            });
            Assert.Contains("disk that holds the journal is full", full.Message, StringComparison.Ordinal);
            Assert.False(full.Uncertain);
            await Assert.ThrowsAsync<JournalFailed>(() => journal.Append([Store.Entry(new string('x', 200_000))], Store.Noon, Stop));
            Assert.True(Run("mount", "-o", "remount,size=8m", _folder));
            Assert.Equal(answered + 1, await journal.Append([Store.Entry("there is room again")], Store.Noon, Stop));
        }
        await using IJournal again = await Store.Open(options);
        Assert.Equal(answered + 1, (await again.All()).Count);
        Assert.True(answered > 50);
    }

    [Fact]
    public async Task A_full_disk_refuses_telemetry_counts_it_and_takes_it_again_later()
    {
        Assert.SkipUnless(_mounted, "Only root may mount a small disk.");
        TelemetrySample[] samples = [.. Enumerable.Range(0, 1000).Select(static n => new TelemetrySample("M1", "temp", Store.Noon + Duration.FromSeconds(n), n))];
        long kept = 0;
        using (TelemetryLog log = TelemetryLog.Open(new(_folder), TimeProvider.System))
        {
            TelemetryAnswer answer;
            while ((answer = await Append(log, samples, kept + 1)).Outcome == TelemetryOutcome.Kept && kept < 1000) kept++;
            Assert.Equal(new(TelemetryOutcome.Full, kept), answer);
            Assert.Equal((kept * 1000, 1000), (log.Counters[TelemetryCounters.Of.SamplesKept], log.Counters[TelemetryCounters.Of.SamplesRefused]));
            Assert.True(Run("mount", "-o", "remount,size=16m", _folder));
            Assert.Equal(new(TelemetryOutcome.Kept, kept + 1), await Append(log, samples, kept + 1));
        }
        using TelemetryLog again = TelemetryLog.Open(new(_folder), TimeProvider.System);
        await new Compaction(again).Run(Stop);
        HistoryBucket all = Assert.Single(await new History(again).Read("p", "M1", "temp", Store.Noon, Store.Noon + Duration.FromHours(1), Duration.FromHours(1), Stop));
        Assert.Equal((kept + 1) * 1000, all.Samples);
    }

    private static Task<TelemetryAnswer> Append(TelemetryLog log, TelemetrySample[] samples, long sequence) => log.Append(new("p", Store.Noon, samples, new("e", "s", sequence)), Stop);

    private static bool Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
