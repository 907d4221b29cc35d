using System.Diagnostics;
using Homestretch.Promising;
using Homestretch.Server.Storage;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Live;

/// <summary>The planner's clock: the plan of another epoch is evaluated beside the one that is read, and takes its place when it has caught up.</summary>
internal sealed partial class Planner
{
    /// <summary>Begins to evaluate the plan of another epoch beside the one that is read and advanced meanwhile: no event waits for it.</summary>
    private void BeginEpoch(Instant now)
    {
        _lastTick = Stopwatch.GetTimestamp();
        Telling[] asked = [.. _ticks];
        _ticks.Clear();
        Instant t = Whole(now);
        if (t <= live.Plan.Epoch)
        {
            foreach (Telling telling in asked) telling.Done.TrySetResult(new(true, Sequence, []));
            return;
        }
        _since.Clear();
        _evaluating = new(t, Begin(t), asked);
        _ = _evaluating.Plan.ContinueWith(_ => _inbox.Writer.TryWrite(new([], "clock", null, 0, default) { IsWake = true }), TaskScheduler.Default);
    }

    /// <summary>After a failure nothing of the plan that stands is used again.</summary>
    private Task<Plan> Begin(Instant t)
    {
        try
        {
            Snapshot world = live.World;
            if (Degraded) return Task.Run(() => following.Make(world, t));
            NextEpoch next = live.Plan.Next(t); // without the lock: it copies what this thread alone writes
            return Task.Run(() => following.Evaluate(next));
        }
        catch (Exception e)
        {
            return Task.FromException<Plan>(e);
        }
    }

    /// <summary>The plan that was evaluated catches up with what has happened meanwhile and takes the place of the other. The journal has the epoch from
    /// here on, so that a replay finds it in the place at which it was told.</summary>
    private async Task MoveEpoch(Evaluating evaluating, CancellationToken stop)
    {
        try
        {
            Plan next = await evaluating.Plan;
            foreach (Applied applied in _since) next.Advance(applied.World, applied.Touched);
            IReadOnlyList<Moved> moved = Moved.Between(live.Plan.Forecasts, next.Forecasts);
            long sequence = await journal.Append([Upcast.Write(new PlanEpoch(evaluating.Epoch, policy.Seed, 0))], evaluating.Epoch, stop);
            Interlocked.Exchange(ref _sequence, sequence);
            Change change;
            lock (live.Gate)
            {
                live.Replace(next, sequence);
                change = new(sequence, evaluating.Epoch, "clock", [], moved);
            }
            _epochFailed = false;
            foreach (Telling telling in evaluating.Asked) telling.Done.TrySetResult(new(true, sequence, []));
            Announce(change, 0);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            _epochFailed = true;
            following.Failed("epoch", e);
            foreach (Telling telling in evaluating.Asked) telling.Done.TrySetException(e);
        }
        finally
        {
            _evaluating = null;
            _since.Clear();
        }
    }

    /// <summary>Epochs are whole seconds, as all that the plan counts.</summary>
    private static Instant Whole(Instant t) => Instant.FromUnixTimeSeconds(t.ToUnixTimeSeconds());

    private sealed record Evaluating(Instant Epoch, Task<Plan> Plan, IReadOnlyList<Telling> Asked);
}
