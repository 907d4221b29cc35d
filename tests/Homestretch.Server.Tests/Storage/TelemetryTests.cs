using CsCheck;
using Homestretch.Server.Storage;
using Homestretch.Server.Storage.Telemetry;
using NodaTime;
using Xunit;
using static Homestretch.Server.Tests.Storage.Store;

namespace Homestretch.Server.Tests.Storage;

public sealed class TelemetryTests : IDisposable
{
    private static readonly Instant s_end = Store.Noon + Duration.FromDays(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("homestretch-telemetry-").FullName;

    private TelemetryOptions Options => new(_folder) { MostRowsInMemory = 50 };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static TelemetryBatch Batch(int n, EdgePosition? position = null, string party = "weld co", double value = double.NaN) =>
        new(party, Store.Noon + Duration.FromSeconds(n), [new("M1", "temp", Store.Noon + Duration.FromSeconds(n), double.IsNaN(value) ? n : value)], position);

    private static Task<IReadOnlyList<HistoryBucket>> All(TelemetryLog log, string party = "weld co") =>
        new History(log).Read(party, "M1", "temp", Instant.FromUnixTimeTicks(0), s_end, Duration.FromDays(30), Stop);

    private static async Task<long> Count(TelemetryLog log) => (await All(log)).Sum(static b => b.Samples);

    private async Task Fill(int batches)
    {
        using TelemetryLog log = TelemetryLog.Open(Options, TimeProvider.System);
        for (int n = 1; n <= batches; n++) await log.Append(Batch(n, new("e1", "s", n)), Stop);
    }

    private string Segment(int number) => Path.Combine(_folder, "log", $"{number:D12}.log");

    private static readonly Gen<TelemetrySample> s_samples = Gen.Select(Gen.Int[1, 3], Gen.Int[1, 2], Gen.Int[-100_000, 100_000], Gen.Double[-1e6, 1e6], Gen.Bool,
        static (machine, metric, seconds, value, late) => new TelemetrySample($"M{machine}", metric == 1 ? "temp" : "é'", Store.Noon + Duration.FromSeconds(seconds), value, late));

    private static readonly Gen<TelemetryBatch> s_batches = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 200_000], s_samples.Array[0, 40],
        static (party, seconds, samples) => new TelemetryBatch(((string[])["weld co", "../x", "", "Ünï"])[party], Store.Noon + Duration.FromSeconds(seconds), samples));

    /// <summary>The slow obvious twin: group what was sent.</summary>
    private static HistoryBucket[] Expected(List<TelemetryBatch> sent, string party, string machine, string metric, Instant from, Instant to, Duration width) =>
        [.. sent.Where(b => b.Party == party).SelectMany(static b => b.Samples).Where(s => s.Machine == machine && s.Metric == metric && s.At >= from && s.At < to)
            .GroupBy(s => (s.At - from).BclCompatibleTicks / width.BclCompatibleTicks).OrderBy(static g => g.Key)
            .Select(g => new HistoryBucket(from + (width * g.Key), g.Count(), g.Min(static s => s.Value), g.Average(static s => s.Value), g.Max(static s => s.Value)))];

    [Fact]
    public async Task History_is_what_was_sent_whether_in_the_log_or_in_parquet()
    {
        using TelemetryLog log = TelemetryLog.Open(Options, TimeProvider.System);
        var compaction = new Compaction(log);
        var sent = new List<TelemetryBatch>();
        int round = 0;
        await s_batches.List[1, 12].SampleAsync(async batches =>
        {
            foreach (TelemetryBatch b in batches) Assert.Equal(TelemetryOutcome.Kept, (await log.Append(b, Stop)).Outcome);
            sent.AddRange(batches);
            if (++round % 3 > 0) await log.Seal(Stop);
            if (round % 3 > 1) await compaction.Run(Stop);
            foreach (string party in (string[])["weld co", "../x", ""])
            {
                var (from, to, width) = (Store.Noon - Duration.FromHours(20 + round), Store.Noon + Duration.FromHours(round), Duration.FromMinutes(7 * round));
                IReadOnlyList<HistoryBucket> read = await new History(log).Read(party, "M1", "é'", from, to, width, Stop);
                AssertSame(Expected(sent, party, "M1", "é'", from, to, width), read);
            }
        }, iter: 12, threads: 1);
        Assert.NotEmpty(HistoryFiles.Find(Options, null));
        Assert.Equal(sent.Sum(static b => (long)b.Samples.Count), log.Counters[TelemetryCounters.Of.SamplesKept]);
    }

    private static void AssertSame(IReadOnlyList<HistoryBucket> expected, IReadOnlyList<HistoryBucket> read)
    {
        Assert.Equal(expected.Select(static b => (b.From, b.Samples, b.Least, b.Most)), read.Select(static b => (b.From, b.Samples, b.Least, b.Most)));
        Assert.All(expected.Zip(read), static p => Assert.Equal(p.First.Mean, p.Second.Mean, 1e-6));
    }

    [Fact]
    public async Task Texts_are_kept_as_they_changed_and_the_last_one_before_still_stands()
    {
        using TelemetryLog log = TelemetryLog.Open(Options, TimeProvider.System);
        (int, string)[] told = [(10, "running"), (20, "running"), (30, "down"), (25, "idle"), (90, "running")];
        for (int n = 0; n < told.Length; n++)
        {
            Instant at = Store.Noon + Duration.FromSeconds(told[n].Item1);
            await log.Append(new("weld co", Store.Noon, [new("M1", "State", at, double.NaN, n == 3, told[n].Item2), new("M1", "temp", at, n), new("M2", "State", at, double.NaN, Text: "down")]), Stop);
            if (n == 1) await log.Seal(Stop);
            if (n == 1) await new Compaction(log).Run(Stop);
        }
        for (int round = 0; round < 2; round++)
        {
            MachinePast past = await new History(log).Of("weld co", "M1", Store.Noon + Duration.FromSeconds(22), Store.Noon + Duration.FromSeconds(60), Duration.FromSeconds(10), Duration.FromDays(1), Stop);
            Assert.Equal([(20.0, "running"), (25.0, "idle"), (30.0, "down")], past.Texts.Select(static t => ((t.At - Store.Noon).TotalSeconds, t.Text)));
            Assert.Equal(["temp"], past.Numbers.Keys);
            Assert.Equal([2.5], past.Numbers["temp"].Select(static b => b.Mean));
            await log.Seal(Stop);
            await new Compaction(log).Run(Stop);
        }
    }

    [Fact]
    public async Task A_repeat_from_an_edge_is_told_and_a_gap_asked_for()
    {
        using TelemetryLog log = TelemetryLog.Open(Options, TimeProvider.System);
        Assert.Equal(new(TelemetryOutcome.Kept, 7), await log.Append(Batch(1, new("e1", "s", 7)), Stop));
        Assert.Equal(new(TelemetryOutcome.Repeated, 7), await log.Append(Batch(1, new("e1", "s", 7)), Stop));
        Assert.Equal(new(TelemetryOutcome.OutOfOrder, 7), await log.Append(Batch(3, new("e1", "s", 9)), Stop));
        Assert.Equal(new(TelemetryOutcome.Kept, 9), await log.Append(Batch(3, new("e1", "s", 9, AfterLoss: true)), Stop));
        Assert.Equal(new(TelemetryOutcome.Kept, 1), await log.Append(Batch(1, new("e1", "other", 1)), Stop));
        Assert.Equal(3, await Count(log));
        Assert.Equal(1, log.Counters[TelemetryCounters.Of.BatchesLostAtEdge]);
    }

    [Fact]
    public async Task Watermarks_outlive_restarts_and_the_segments_they_came_from()
    {
        await Fill(5);
        for (int restart = 0; restart < 3; restart++)
        {
            using TelemetryLog log = TelemetryLog.Open(Options, TimeProvider.System);
            Assert.Equal(5, log.Watermark("e1", "s"));
            Assert.Equal(TelemetryOutcome.Repeated, (await log.Append(Batch(5, new("e1", "s", 5)), Stop)).Outcome);
            await new Compaction(log).Run(Stop);
            Assert.Equal(5, await Count(log));
        }
        Assert.Single(Directory.GetFiles(Path.Combine(_folder, "log"), "*.log"));
    }

    [Fact]
    public async Task A_torn_tail_costs_only_the_batch_it_cut_and_is_reported()
    {
        await Fill(4);
        byte[] whole = await File.ReadAllBytesAsync(Segment(1), Stop);
        for (int cut = 1; cut < 90; cut += 11)
        {
            Directory.Delete(Path.Combine(_folder, "log"), recursive: true);
            Directory.CreateDirectory(Path.Combine(_folder, "log"));
            await File.WriteAllBytesAsync(Segment(1), whole[..^cut], Stop);
            using TelemetryLog log = TelemetryLog.Open(Options, TimeProvider.System);
            long kept = await Count(log);
            Assert.Equal(kept, log.Watermark("e1", "s"));
            Assert.InRange(kept, 2, 3);
            Assert.True(log.Recovery is { DamagedBytes: 0, TornBytes: > 0 });
            Assert.Equal(TelemetryOutcome.Kept, (await log.Append(Batch(9, new("e1", "s", kept + 1)), Stop)).Outcome);
        }
    }

    [Fact]
    public async Task A_flipped_bit_costs_one_batch_and_is_reported()
    {
        await Fill(9);
        byte[] bytes = await File.ReadAllBytesAsync(Segment(1), Stop);
        bytes[bytes.Length / 2] ^= 4;
        await File.WriteAllBytesAsync(Segment(1), bytes, Stop);
        using TelemetryLog log = TelemetryLog.Open(Options, TimeProvider.System);
        Assert.Equal(8, await Count(log));
        Assert.True(log.Recovery is { DamagedBytes: > 0, TornBytes: 0 });
    }

    [Fact]
    public async Task A_crash_in_compaction_repeats_it_to_the_same_files_and_counts_nothing_twice()
    {
        await Fill(120);
        byte[] segment = await File.ReadAllBytesAsync(Segment(1), Stop);
        using (TelemetryLog log = TelemetryLog.Open(Options, TimeProvider.System)) await new Compaction(log).Run(Stop);
        string[] files = [.. HistoryFiles.Find(Options, null).Select(static f => f.Path)];
        await File.WriteAllBytesAsync(Segment(1), segment, Stop);
        await File.WriteAllTextAsync(files[0] + HistoryFiles.Unfinished, "half a file", Stop);
        using TelemetryLog again = TelemetryLog.Open(Options, TimeProvider.System);
        Assert.Equal(120, await Count(again));
        await new Compaction(again).Run(Stop);
        Assert.Equal(120, await Count(again));
        Assert.Equal(files, HistoryFiles.Find(Options, null).Select(static f => f.Path));
        Assert.Empty(Directory.GetFiles(_folder, "*" + HistoryFiles.Unfinished, SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_log_at_its_bound_refuses_counts_and_takes_again_after_compaction()
    {
        using TelemetryLog log = TelemetryLog.Open(Options with { MostLogBytes = 2000 }, TimeProvider.System);
        int kept = 0;
        while ((await log.Append(Batch(kept + 1), Stop)).Outcome == TelemetryOutcome.Kept) kept++;
        Assert.Equal((1, kept), (log.Counters[TelemetryCounters.Of.SamplesRefused], log.Counters[TelemetryCounters.Of.SamplesKept]));
        await log.Seal(Stop);
        await new Compaction(log).Run(Stop);
        Assert.Equal(TelemetryOutcome.Kept, (await log.Append(Batch(1000), Stop)).Outcome);
        Assert.Equal(kept + 1, await Count(log));
    }

    [Fact]
    public async Task A_full_queue_drops_and_counts_what_cannot_wait()
    {
        using TelemetryLog log = TelemetryLog.Open(Options with { MostWaiting = 2 }, TimeProvider.System);
        int offered = 0, taken = 0;
        for (; offered < 5000 && log.Counters[TelemetryCounters.Of.SamplesDropped] < 10; offered++) taken += log.Offer(Batch(offered)) ? 1 : 0;
        await log.Append(Batch(6000), Stop);
        Assert.Equal(offered - taken, log.Counters[TelemetryCounters.Of.SamplesDropped]);
        Assert.Equal(taken + 1, await Count(log));
        Assert.True(taken < offered);
    }

    [Fact]
    public async Task What_is_no_number_or_too_large_is_not_kept_and_counted()
    {
        using TelemetryLog log = TelemetryLog.Open(Options, TimeProvider.System);
        await log.Append(Batch(1, value: double.PositiveInfinity), Stop);
        Assert.Equal(1, log.Counters[TelemetryCounters.Of.SamplesNotFinite]);
        var large = new TelemetryBatch("weld co", Store.Noon, [.. Enumerable.Range(0, 20).Select(static n => new TelemetrySample(new string((char)('a' + n), 500_000), "temp", Store.Noon, 1))]);
        Assert.Equal(TelemetryOutcome.TooLarge, (await log.Append(large, Stop)).Outcome);
        Assert.Equal(20, log.Counters[TelemetryCounters.Of.SamplesRefused]);
        Assert.Empty(await All(log));
    }

    [Fact]
    public async Task History_beyond_its_days_or_bytes_goes_oldest_first_and_is_counted()
    {
        using TelemetryLog log = TelemetryLog.Open(Options, TimeProvider.System);
        for (int day = 0; day < 5; day++) await log.Append(Batch(day * 86_400), Stop);
        await log.Seal(Stop);
        await new Compaction(log).Run(Stop);
        Instant now = Store.Noon + Duration.FromDays(5);
        Assert.Equal(2, Retention.Run(Options with { DaysKept = 3 }, log.Counters, now));
        long one = HistoryFiles.Find(Options, null)[0].Bytes;
        Assert.Equal(1, Retention.Run(Options with { MostHistoryBytes = (2 * one) + (one / 2) }, log.Counters, now));
        Assert.Equal([3, 3], [log.Counters[TelemetryCounters.Of.FilesRetired], log.Counters[TelemetryCounters.Of.SamplesRetired]]);
        Assert.Equal([3.0, 4.0], (await new History(log).Read("weld co", "M1", "temp", Store.Noon, s_end, Duration.FromDays(1), Stop)).Select(static b => b.Mean / 86_400));
    }

    [Fact]
    public void A_second_server_is_refused()
    {
        using TelemetryLog log = TelemetryLog.Open(Options, TimeProvider.System);
        Assert.Throws<IOException>(() => TelemetryLog.Open(Options, TimeProvider.System));
    }

    [Fact]
    public async Task Compacting_and_reading_at_once_never_miss_or_double()
    {
        using TelemetryLog log = TelemetryLog.Open(Options with { SegmentBytes = 2000 }, TimeProvider.System);
        using var ends = new CancellationTokenSource();
        var compaction = new Compaction(log);
        Task compacting = Task.Run(async () =>
        {
            while (!ends.IsCancellationRequested) await compaction.Run(Stop);
        }, Stop);
        for (int n = 1; n <= 120; n++)
        {
            await log.Append(Batch(n), Stop);
            if (n % 10 == 0) Assert.Equal(n, await Count(log));
        }
        await ends.CancelAsync();
        await compacting;
        Assert.Equal(120, await Count(log));
    }
}
