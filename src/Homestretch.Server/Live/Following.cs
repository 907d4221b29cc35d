using System.Diagnostics;
using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Live;

/// <summary>The plan behind the world: it takes each change in. A world that it cannot follow is kept all the same, readers stay with the last that it could,
/// and every next change tries again.</summary>
internal sealed partial class Following(LiveWorld live, PlanPolicy policy, Timings timings, Counters counters, ILogger<Following> log)
{
    /// <summary>Lets the plan follow what is on disk, under the world's lock. A plan that fails halfway is of no world: the one before is made again and stays
    /// until <see cref="CatchUp"/>.</summary>
    /// <returns>What moved.</returns>
    public IReadOnlyList<Moved> Follow(Applied applied, long sequence)
    {
        Plan plan = live.Plan;
        Snapshot seen = live.Seen;
        try
        {
            if (!live.Behind)
            {
                IReadOnlyList<Moved> moved = plan.Advance(applied.World, applied.Touched);
                live.Replace(plan, sequence);
                return moved;
            }
        }
        catch (Exception e)
        {
            Failed("change", e);
            plan = Standing(seen, plan.Epoch);
        }
        live.Keep(applied.World, plan, sequence);
        return [];
    }

    /// <summary>Makes the plan of the newest world when it is behind; readers go on with the old one meanwhile.</summary>
    /// <returns>What moved; null when it was not behind, or still is.</returns>
    public IReadOnlyList<Moved>? CatchUp(long sequence)
    {
        if (!live.Behind) return null;
        try
        {
            Plan made = Make(live.World, live.Plan.Epoch);
            IReadOnlyList<Moved> moved = Moved.Between(live.Plan.Forecasts, made.Forecasts);
            lock (live.Gate) live.Replace(made, sequence);
            LogCaughtUp(sequence);
            return moved;
        }
        catch (Exception e)
        {
            Failed("change", e);
            return null;
        }
    }

    /// <summary>The plan of a world that had one. Should even that fail, as after a start, of what of it can be planned: without orders, or no more than who and
    /// where there is, so that people find their way in and can tell what mends it.</summary>
    public Plan Standing(Snapshot world, Instant epoch)
    {
        foreach (Func<Snapshot> seen in (Func<Snapshot>[])[() => world, () => Snapshot.Of([.. TableKind.All.SelectMany(world.Records).Where(static r => r is not (OrderLine or Promise or OptionOffer or Build or Peg or Pin))])])
        {
            try
            {
                return Make(seen(), epoch);
            }
            catch (Exception e)
            {
                Failed("change", e);
            }
        }
        return Plan.Make(Snapshot.Of([.. world.Parties, .. world.Sites]), epoch, policy);
    }

    public Plan Make(Snapshot world, Instant t)
    {
        long began = Stopwatch.GetTimestamp();
        Plan made = Plan.Make(world, t, policy);
        timings.Made(began);
        return made;
    }

    public Plan Evaluate(NextEpoch next)
    {
        long began = Stopwatch.GetTimestamp();
        Plan made = next.Evaluate();
        timings.Made(began);
        return made;
    }

    /// <param name="step">Which the plan could not take: change, place or epoch.</param>
    public void Failed(string step, Exception e)
    {
        LogFailed(e, step);
        counters.Add(Counted.PlanFailures, value: step);
    }

    [LoggerMessage(5, LogLevel.Error, "The plan could not take a step ({Step}). What was told is kept; the next change and the next epoch try again")]
    private partial void LogFailed(Exception e, string step);

    [LoggerMessage(6, LogLevel.Warning, "The plan has caught up with journal entry {Sequence}")]
    private partial void LogCaughtUp(long sequence);
}
