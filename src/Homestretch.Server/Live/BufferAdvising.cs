using Homestretch.Buffering;
using Homestretch.Promising;
using Homestretch.Server.Training;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Live;

/// <summary>Reckons the advice on buffers on one thread of the lowest priority: first when somebody asks for it or the server has been up for some minutes, then when the way parts are bought has changed, or, more
/// seldom, what is on order. Nobody waits for it.</summary>
internal sealed partial class BufferAdvising(LiveWorld live, Planner planner, BufferBoard board, Counters counters, TimeProvider time, ILogger<BufferAdvising> log) : BackgroundService
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(500), s_unasked = TimeSpan.FromMinutes(5), s_rest = TimeSpan.FromMinutes(30);

    /// <summary>A quarter of the futures that the command line takes by default: the server reckons three targets again and again.</summary>
    private static readonly BufferPolicy s_policy = new() { SamplesPerDay = 1024, Cuts = 200 };

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        await planner.Started.WaitAsync(stop);
        using var look = new PeriodicTimer(s_look, time);
        long began = time.GetTimestamp(), ended = 0;
        Snapshot? last = null;
        while (await look.WaitForNextTickAsync(stop))
        {
            (Snapshot World, Instant Epoch, PlanPolicy Policy) now;
            lock (live.Gate) now = (live.Seen, live.Plan.Epoch, live.Plan.Policy);
            bool bought = last is not null && Bought(last, now.World);
            if (bought) board.Age();
            if (last is null ? !board.Wanted && time.GetElapsedTime(began) < s_unasked : !bought && (!Ordered(last, now.World) || time.GetElapsedTime(ended) < s_rest)) continue;
            last = now.World;
            try
            {
                foreach (double target in BufferBoard.Targets)
                    board.Take(target, await Quietly.Run(() => Advising.Of(now.World, now.Epoch, now.Policy, s_policy with { Target = target }, stop), "buffers"), target == BufferBoard.Targets[^1]);
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                LogFailed(e);
                counters.Add(Counted.PlanFailures, value: "buffers");
            }
            ended = time.GetTimestamp();
        }
    }

    /// <summary>Whether the way parts are bought and move differs.</summary>
    private static bool Bought(Snapshot before, Snapshot now) => !ReferenceEquals(before.ItemSuppliers, now.ItemSuppliers) || !ReferenceEquals(before.Items, now.Items) || !ReferenceEquals(before.Lanes, now.Lanes)
        || !ReferenceEquals(before.LaneSteps, now.LaneSteps) || !ReferenceEquals(before.Loadings, now.Loadings);

    /// <summary>Whether what is on order, or what is known of the lanes, differs.</summary>
    private static bool Ordered(Snapshot before, Snapshot now) => !ReferenceEquals(before.OrderLines, now.OrderLines) || !ReferenceEquals(before.BomLines, now.BomLines) || !ReferenceEquals(before.LaneFits, now.LaneFits)
        || !ReferenceEquals(before.PassageClosures, now.PassageClosures);

    [LoggerMessage(11, LogLevel.Error, "Buffers could not be advised; the advice before stands, the next change tries again")]
    private partial void LogFailed(Exception e);
}
