using System.Collections.Concurrent;
using System.Diagnostics;
using Homestretch.Server.Live;
using Homestretch.Server.Twins;
using Homestretch.World;

namespace Homestretch.Server.Ingest;

/// <summary>Tells the planner what changed materially on machines: the first change at once, what follows within a rest as one at its end. However fast
/// telemetry comes, and however a machine flutters, the planner hears of it a few times a second at most.</summary>
internal sealed partial class MachineReports(LiveWorld live, Planner planner, MachineTwins twins, HubClock clock, Counters counters, ILogger<MachineReports> log) : BackgroundService
{
    private static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(250);
    private readonly Dictionary<string, long> _told = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Touch> _touched = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _signal = new(0, 1);

    /// <summary>A machine's twin has changed.</summary>
    /// <param name="received">Stopwatch timestamp of the message that changed it.</param>
    /// <param name="trace">Of the step that changed it.</param>
    public void Touched(string machine, string topic, long received, ActivityContext trace)
    {
        _touched.TryAdd(machine, new(topic, received, trace));
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
            // what rests is in _touched still
            await _signal.WaitAsync(_touched.IsEmpty ? Timeout.InfiniteTimeSpan : s_rest, stop);
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

    /// <summary>Each machine's changes by themselves: each has its own cause and consequence, and one the world refuses silences no other. The planner takes what has
    /// queued up with one sync to disk.</summary>
    private async Task Report(CancellationToken stop)
    {
        Snapshot world = live.World;
        var told = new List<Task<Answer>>();
        foreach (string machine in _touched.Keys.Order(StringComparer.Ordinal))
        {
            if (_told.TryGetValue(machine, out long last) && Stopwatch.GetElapsedTime(last) < s_rest) continue;
            if (!_touched.TryRemove(machine, out Touch touch) || world.Machines.Find(machine) is not { } known) continue;
            WorldEvent[] events = [.. MachineChanges.Of(world, known, twins[machine], clock.Now)];
            if (events.Length == 0) continue;
            _told[machine] = Stopwatch.GetTimestamp();
            told.Add(planner.Tell(events, Planner.Machines, null, stop, touch.Received, touch.Trace));
        }
        foreach (Answer answer in await Task.WhenAll(told))
        {
            if (answer.Accepted) continue;
            counters.Add(Counted.TelemetryRefused);
            LogRefused(answer.Findings[0].ToString());
        }
    }

    private readonly record struct Touch(string Topic, long Received, ActivityContext Trace);

    [LoggerMessage(22, LogLevel.Warning, "The world refused what a machine reported: {Reason}")]
    private partial void LogRefused(string reason);

    [LoggerMessage(23, LogLevel.Error, "What machines reported could not be kept; the next change tells it again")]
    private partial void LogFailed(Exception e);
}
