using Homestretch.Machines;
using Homestretch.Promising;
using Homestretch.Server.Live;
using Homestretch.Server.Storage;
using Homestretch.Server.Storage.Telemetry;
using Homestretch.Server.Twins;
using Homestretch.World;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Xunit;

namespace Homestretch.Server.Tests.Ingest;

/// <summary>The file of twins beside the telemetry log.</summary>
public sealed class TwinKeepingTests : IDisposable
{
    private static readonly Instant s_t = Instant.FromUtc(2026, 3, 2, 6, 0);
    private static readonly MachineFacts s_facts = new("M1", 60, 900, 8, 24);
    private readonly string _folder = Directory.CreateTempSubdirectory("homestretch-twins-").FullName;
    private readonly TelemetryLog _log;

    public TwinKeepingTests() => _log = TelemetryLog.Open(new(_folder), TimeProvider.System);

    public void Dispose()
    {
        _log.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private (TwinBoard Board, TwinKeeping Keeping) Begin()
    {
        var live = new LiveWorld();
        live.Replace(Plan.Make(Changes.Apply(Snapshot.Empty, [new WorldEvent.Put(new Party("SONGBE", "Song Be Frameworks", PartyKind.Supplier, "VN")),
            new WorldEvent.Put(new Site("PL", "SONGBE", "Plant", SiteKind.Plant, "", "VN", "Asia/Ho_Chi_Minh", null, null)), new WorldEvent.Put(new Machine("M1", "SONGBE", "PL", "Machine 1", "SONGBE/e/M1", 60, 900, 8, 24))]).World, s_t), 1);
        var board = new TwinBoard(new MachineTwins(new History(_log), new MachineHours(new Database(new(Provider.Sqlite, Path.Combine(_folder, "unused.db")))), new HubClock(TimeProvider.System)), new LotTwins());
        return (board, new TwinKeeping(board, live, _log, TimeProvider.System, NullLogger<TwinKeeping>.Instance));
    }

    [Fact]
    public async Task The_log_gives_no_round_away_before_the_file_has_it()
    {
        var (board, keeping) = Begin();
        keeping.Passed(s_t);
        await keeping.Close(s_t);
        MachineTwin down = MachineTwin.Unknown.Fold([new(s_t, ReadingKind.State, double.NaN, "down")], s_t, 60);
        board.Machines.Keep(s_facts, down);
        Task history = _log.BeforeHistory(TestContext.Current.CancellationToken);
        Assert.False(history.IsCompleted);
        keeping.Passed(s_t + Duration.FromSeconds(1)); // too soon to write, were nobody waiting
        await history;
        var (again, kept) = Begin();
        Assert.Equal(s_t + Duration.FromSeconds(1), kept.Restore());
        Assert.Equal(down with { Hours = [] }, again.Machines["M1"] with { Hours = [] });
    }

    [Fact]
    public async Task What_the_world_no_longer_knows_is_left_out_and_a_broken_file_is_no_file()
    {
        var (board, keeping) = Begin();
        board.Machines.Keep(s_facts with { Machine = "GONE" }, MachineTwin.Unknown.Lost(s_t, "gone"));
        board.Lots.Keep("LOT-GONE", LotTwin.Unknown);
        await keeping.Close(s_t);
        var (again, kept) = Begin();
        Assert.Equal(s_t, kept.Restore());
        Assert.Empty(again.Machines.All());
        Assert.Empty(board.Lots.All());
        await File.WriteAllTextAsync(Path.Combine(_folder, "twins.json"), "{\"Form\":1,\"Mach", TestContext.Current.CancellationToken);
        Assert.Null(Begin().Keeping.Restore());
    }

    [Fact]
    public async Task The_log_reads_back_what_came_after_a_round_from_every_segment_that_is_not_history()
    {
        for (int n = 0; n < 6; n++)
        {
            await _log.Append(new("SONGBE", s_t + Duration.FromSeconds(n), [new("M1", "Produced", s_t, n)]), TestContext.Current.CancellationToken);
            if (n == 3) await _log.Seal(TestContext.Current.CancellationToken);
        }
        Assert.Equal([2, 3, 4, 5], _log.After(s_t + Duration.FromSeconds(1)).Select(static b => b.Samples[0].Value));
        Assert.Equal(6, _log.After(null).Count());
    }
}
