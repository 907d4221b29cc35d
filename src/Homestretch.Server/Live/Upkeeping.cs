using Homestretch.Maintaining;
using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Live;

/// <summary>Prices the work list anew when the world or the epoch has moved, beside the planner, which never waits for it: at once after a slot was chosen,
/// otherwise so seldom that it takes a small share of one core.</summary>
internal sealed partial class Upkeeping(LiveWorld live, Planner planner, UpkeepBoard board, Counters counters, TimeProvider time, ILogger<Upkeeping> log) : BackgroundService
{
    /// <summary>Rest after a pricing, in times of what it took; never so long that a screen seems to stand still.</summary>
    private const int Rest = 15;
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(250), s_leastRest = TimeSpan.FromSeconds(2), s_mostRest = TimeSpan.FromSeconds(20);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        await planner.Started.WaitAsync(stop);
        using var look = new PeriodicTimer(s_look, time);
        (Snapshot? World, Instant Epoch) last = default;
        long ended = 0;
        TimeSpan rest = TimeSpan.Zero;
        while (await look.WaitForNextTickAsync(stop))
        {
            (Snapshot World, Instant Epoch, PlanPolicy Policy) now;
            lock (live.Gate) now = (live.Seen, live.Plan.Epoch, live.Plan.Policy);
            if (ReferenceEquals(now.World, last.World) && now.Epoch == last.Epoch) continue;
            bool chosen = last.World is { } before && !ReferenceEquals(before.Maintenance, now.World.Maintenance);
            if (!chosen && ended != 0 && time.GetElapsedTime(ended) < rest) continue;
            long began = time.GetTimestamp();
            try
            {
                board.Take(await Task.Run(() => WorkList.Of(now.World, now.Epoch, now.Policy, cancel: stop), stop));
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                LogFailed(e);
                counters.Add(Counted.PlanFailures, value: "upkeep");
            }
            (last, ended) = ((now.World, now.Epoch), time.GetTimestamp());
            rest = TimeSpan.FromTicks(Math.Clamp(Rest * time.GetElapsedTime(began, ended).Ticks, s_leastRest.Ticks, s_mostRest.Ticks));
        }
    }

    [LoggerMessage(7, LogLevel.Error, "The work list could not be priced; the one before stands, the next change tries again")]
    private partial void LogFailed(Exception e);
}
