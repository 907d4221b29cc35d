using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>A branch of a plan: the world as it would be if something happened, planned at the same epoch and drawn from the same samples, so that every
/// difference comes from what was asked and none from chance.</summary>
/// <param name="World">As it would be; as it is when it refuses what was asked.</param>
/// <param name="Moved">Every order line whose forecast would differ, come or go, in order of key.</param>
/// <param name="PromisesKeptBefore">Promises expected to be kept: the sum of their shares.</param>
/// <param name="Findings">Why the world would refuse it; empty when it would not, and else nothing moves.</param>
public sealed record WhatIf(Snapshot World, IReadOnlyList<Moved> Moved, double PromisesKeptBefore, double PromisesKeptAfter, IReadOnlyList<Finding> Findings)
{
    /// <summary>What would follow from events, all of them at once, with the slots that the planner would then give. Changes nothing.</summary>
    /// <param name="world">The world of the plan in force.</param>
    /// <param name="epoch">Its epoch.</param>
    /// <param name="policy">Its policy.</param>
    /// <param name="forecasts">All of its forecasts; a host reads them at once and need not hold the plan meanwhile.</param>
    /// <param name="events">What would happen.</param>
    public static WhatIf Of(Snapshot world, Instant epoch, PlanPolicy policy, IReadOnlyList<Forecast> forecasts, IReadOnlyList<WorldEvent> events)
    {
        double kept = Kept(forecasts);
        Applied applied = world.Apply(events);
        if (!applied.Accepted) return new(world, [], kept, kept, applied.Findings);
        Applied placed = applied.World.Apply(Plan.Following(applied, epoch, policy), "plan");
        if (!placed.Accepted) throw new InvalidOperationException($"The plan's own events do not apply: {placed.Findings[0]}");
        IReadOnlyList<Forecast> after = [.. Plan.Make(placed.World, epoch, policy).Forecasts];
        return new(placed.World, Promising.Moved.Between(forecasts, after), kept, Kept(after), []);
    }

    private static double Kept(IEnumerable<Forecast> forecasts) => forecasts.Sum(static f => f.AsDated?.Kept?.Value ?? 0);
}
