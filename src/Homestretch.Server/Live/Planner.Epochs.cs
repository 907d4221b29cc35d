using System.Diagnostics;
using Homestretch.Promising;
using Homestretch.Server.Storage;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Live;

/// <summary>How the plan's epoch follows the clock.</summary>
internal sealed partial class Planner
{
    /// <summary>Begins to evaluate the plan of another epoch beside the one that is read and advanced meanwhile: no event waits for it.</summary>
    private void BeginEpoch(Instant now)
    {
        _lastTick = Stopwatch.GetTimestamp();
        Telling[] asked = [.. _ticks];
        _ticks.Clear();
        Instant t = Whole(now);
        if (_ahead is { } world)
            lock (live.Gate) Remake(world, Sequence);
        if (t <= live.Plan.Epoch || !Keeps)
        {
            foreach (Telling telling in asked) telling.Done.TrySetResult(new(true, Sequence, []));
            return;
        }
        NextEpoch next;
        lock (live.Gate) next = live.Plan.Next(t);
        _since.Clear();
        _evaluating = new(t, Task.Run(() => Evaluate(next)), asked);
        _ = _evaluating.Plan.ContinueWith(_ => _inbox.Writer.TryWrite(new([], "clock", null, 0, default) { IsWake = true }), TaskScheduler.Default);
    }

    private Plan Evaluate(NextEpoch next)
    {
        long began = Stopwatch.GetTimestamp();
        Plan made = next.Evaluate();
        timings.Made(began);
        return made;
    }

    /// <summary>The plan that was evaluated catches up with what has happened meanwhile and takes the place of the other. The journal has the epoch from
    /// here on, so that a replay finds it in the place at which it was told.</summary>
    private async Task MoveEpoch(Evaluating evaluating, CancellationToken stop)
    {
        try
        {
            Plan next = await evaluating.Plan;
            foreach (Applied applied in _since) next.Advance(applied.World, applied.Touched);
            long sequence = await journal.Append([Upcast.Write(new PlanEpoch(evaluating.Epoch, policy.Seed, 0))], evaluating.Epoch, stop);
            Interlocked.Exchange(ref _sequence, sequence);
            Change change;
            lock (live.Gate)
            {
                IReadOnlyList<Moved> moved = Moved.Between(live.Plan.Forecasts, next.Forecasts);
                live.Replace(next, sequence);
                Volatile.Write(ref _ahead, null);
                change = new(sequence, evaluating.Epoch, "clock", [], moved);
            }
            foreach (Telling telling in evaluating.Asked) telling.Done.TrySetResult(new(true, sequence, []));
            Happened?.Invoke(change, 0);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogNoEpoch(e, evaluating.Epoch);
            counters.Add(Counted.PlanFailures);
            foreach (Telling telling in evaluating.Asked) telling.Done.TrySetException(e);
        }
        finally
        {
            _evaluating = null;
            _since.Clear();
        }
    }

    private sealed record Evaluating(Instant Epoch, Task<Plan> Plan, IReadOnlyList<Telling> Asked);

    [LoggerMessage(6, LogLevel.Error, "The epoch could not move to {Epoch}; the plan stays at the one before, and the next tick tries again")]
    private partial void LogNoEpoch(Exception e, Instant epoch);
}
