using System.Data.Common;
using System.Threading.Channels;
using Homestretch.Server.Live;
using Homestretch.Web.Window;

namespace Homestretch.Server.Seeing;

/// <summary>Puts each change into words for the brand owner as it happens and keeps it, a quarter of a second behind, beside the planner.</summary>
internal sealed partial class ChangeKeeping(LiveWorld live, Planner planner, KeptChanges kept, HubClock clock, TimeProvider time, ILogger<ChangeKeeping> log) : BackgroundService
{
    private const int Most = 2_000;
    private static readonly TimeSpan s_every = TimeSpan.FromMilliseconds(250);
    private readonly Channel<Change> _happened = Channel.CreateBounded<Change>(new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.DropOldest });

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        planner.Happened += Hear;
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await planner.Started.WaitAsync(stoppingToken);
        // what the planner made again as it replayed
        lock (live.Gate)
        {
            foreach (Change change in live.Changes.Where(static c => c.Told is null)) _happened.Writer.TryWrite(change);
        }
        using var timer = new PeriodicTimer(s_every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await Keep();
    }

    /// <summary>Stops after the planner, which was registered later: what it last did is kept.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        planner.Happened -= Hear;
        await base.StopAsync(cancellationToken);
        await Keep();
    }

    private void Hear(Change change, long received)
    {
        if (change.Touched.Count > 0) _happened.Writer.TryWrite(change);
    }

    /// <summary>Writes what has happened; a stop in the middle waits for it, since what was taken is nowhere else.</summary>
    private async Task Keep()
    {
        var changes = new List<(Change Change, ChangeView Told)>();
        lock (live.Gate)
        {
            var sight = new Sight(live.World, live.Plan, [], clock.Now, Money: true);
            while (_happened.Reader.TryRead(out Change? change)) changes.Add((change, ChangeViews.Told(sight, change)));
        }
        if (changes.Count == 0) return;
        try
        {
            await kept.Write(changes, LiveWorld.ChangesKept, CancellationToken.None);
        }
        catch (Exception e) when (e is DbException or IOException)
        {
            LogLost(e, changes.Count);
        }
    }

    [LoggerMessage(34, LogLevel.Error, "{Changes} changes could not be kept; they are told until the next start only")]
    private partial void LogLost(Exception e, int changes);
}
