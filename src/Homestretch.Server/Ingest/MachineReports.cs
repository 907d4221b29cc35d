using System.Collections.Concurrent;
using System.Diagnostics;
using Homestretch.Server.Live;
using Homestretch.Server.Twins;
using Homestretch.World;

namespace Homestretch.Server.Ingest;

/// <summary>Tells the planner what changed materially on machines. While the planner works, later changes of the same machine fall together:
/// however fast telemetry comes, the planner hears of each machine at most once per answer.</summary>
internal sealed partial class MachineReports(LiveWorld live, Planner planner, MachineTwins twins, HubClock clock, Counters counters, ILogger<MachineReports> log) : BackgroundService
{
    private readonly ConcurrentDictionary<string, Touch> _touched = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _signal = new(0, 1);

    /// <summary>A machine's twin has changed.</summary>
    /// <param name="received">Stopwatch timestamp of the message that changed it.</param>
    public void Touched(string machine, string topic, long received)
    {
        _touched.TryAdd(machine, new(topic, received));
        if (_signal.CurrentCount > 0) return;
        try
        {
            _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // somebody else was faster: the reporter is awake
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        await planner.Started.WaitAsync(stop);
        while (true)
        {
            await _signal.WaitAsync(stop);
            try
            {
                await Report(stop);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(e);
            }
        }
    }

    private async Task Report(CancellationToken stop)
    {
        Snapshot world = live.World;
        var events = new List<WorldEvent>();
        Touch first = new("", long.MaxValue);
        foreach (string machine in _touched.Keys.Order(StringComparer.Ordinal))
        {
            if (!_touched.TryRemove(machine, out Touch touch) || world.Machines.Find(machine) is not { } known) continue;
            int before = events.Count;
            events.AddRange(MachineChanges.Of(world, known, twins[machine], clock.Now));
            if (events.Count > before && touch.Received < first.Received) first = touch;
        }
        if (events.Count == 0) return;
        Answer answer = await planner.Tell(events, "telemetry", null, stop, first.Received);
        if (answer.Accepted) return;
        counters.Add("telemetry_refused", "Batches of machine changes the world refused");
        LogRefused(answer.Findings[0].ToString());
    }

    private readonly record struct Touch(string Topic, long Received);

    [LoggerMessage(22, LogLevel.Warning, "The world refused what machines reported: {Reason}")]
    private partial void LogRefused(string reason);

    [LoggerMessage(23, LogLevel.Error, "What machines reported could not be kept; the next change tells it again")]
    private partial void LogFailed(Exception e);
}
