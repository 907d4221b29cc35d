using System.Data.Common;
using Homestretch.Server.Storage;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Live;

/// <summary>Keeps a recent snapshot beside the journal, so that a start replays little: after so many entries, after so much time, and at a
/// clean stop. It works beside the planner, which never waits for it; worlds do not change once made.</summary>
internal sealed partial class SnapshotKeeper(LiveWorld live, Planner planner, Snapshots snapshots, StorageOptions options, HubClock clock, TimeProvider time,
    ILogger<SnapshotKeeper> log) : BackgroundService
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);
    private long _at, _taken;

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        await planner.Started.WaitAsync(stop);
        (_at, _taken) = ((await snapshots.List(stop)) is [.., var newest] ? newest.Sequence : 0, time.GetTimestamp());
        using var look = new PeriodicTimer(s_look, time);
        while (await look.WaitForNextTickAsync(stop))
        {
            long behind = live.Sequence - _at;
            if (behind >= options.SnapshotEntries || (behind > 0 && time.GetElapsedTime(_taken) >= options.SnapshotAge)) await Take(stop);
        }
    }

    /// <summary>Stops after the planner, which was registered later: what it last did is in the snapshot.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (planner.Started.IsCompletedSuccessfully && live.Sequence > _at) await Take(cancellationToken);
    }

    private async Task Take(CancellationToken cancel)
    {
        Snapshot world;
        Instant epoch;
        long sequence, began = time.GetTimestamp();
        lock (live.Gate)
        {
            (world, epoch, sequence) = (live.World, live.Plan.Epoch, live.Sequence);
        }
        try
        {
            StoredSnapshot taken = await snapshots.Write(sequence, clock.Now, WorldBytes.Form, to =>
            {
                WorldBytes.Write(to, world, epoch);
                return Task.CompletedTask;
            }, cancel);
            LogTaken(sequence, taken.Bytes, time.GetElapsedTime(began).TotalMilliseconds);
            _at = sequence;
        }
        catch (Exception e) when (e is DbException or IOException or ArgumentOutOfRangeException)
        {
            LogFailed(e, sequence);
        }
        _taken = time.GetTimestamp();
    }

    [LoggerMessage(32, LogLevel.Information, "Snapshot at journal entry {Sequence}: {Bytes} bytes in {Milliseconds:0} ms")]
    private partial void LogTaken(long sequence, long bytes, double milliseconds);

    [LoggerMessage(33, LogLevel.Error, "No snapshot at journal entry {Sequence}; the journal has everything, the next start takes longer")]
    private partial void LogFailed(Exception e, long sequence);
}
