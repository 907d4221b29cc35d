using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>A branch of a plan: the world as it would be if something happened, planned at the same epoch and drawn from the same samples, so that every
/// difference comes from what was asked and none from chance. Order lines that would wait for slot and pegs get what is left, as they would when it happens.</summary>
public sealed class WhatIf
{
    private WhatIf(Plan? plan, IReadOnlyList<Moved> moved, IReadOnlyList<Finding> findings) => (Plan, Moved, Findings) = (plan, moved, findings);

    /// <summary>The branch's plan; null when the world would refuse it.</summary>
    public Plan? Plan { get; }

    /// <summary>Every order line whose forecast would differ, come or go, in order of key.</summary>
    public IReadOnlyList<Moved> Moved { get; }

    /// <summary>Why the world would refuse it; empty when it would not.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Leaves the given plan and its world as they are.</summary>
    /// <param name="before">The plan to branch from.</param>
    /// <param name="events">What would happen, all of it at once.</param>
    /// <param name="source">Where the events stand, for the places of findings.</param>
    public static WhatIf Of(Plan before, IReadOnlyList<WorldEvent> events, string source = "events")
    {
        IReadOnlyList<Forecast> forecasts = [.. before.Forecasts];
        return Of(before.World, before.Epoch, before.Policy, forecasts, events, source);
    }

    /// <summary>The same from what a plan says, for a host that must not hold the plan meanwhile.</summary>
    /// <param name="forecasts">All of the plan's, at this epoch and policy.</param>
    public static WhatIf Of(Snapshot world, Instant epoch, PlanPolicy policy, IReadOnlyList<Forecast> forecasts, IReadOnlyList<WorldEvent> events, string source = "events")
    {
        Applied applied = world.Apply(events, source);
        if (!applied.Accepted) return new(null, [], applied.Findings);
        Plan after = Plan.Make(applied.World, epoch, policy);
        IReadOnlyList<WorldEvent> slots = after.Place();
        if (slots.Count > 0) after.Advance(Placed(after.World, slots, out IReadOnlyList<Touch> touched), touched);
        var was = forecasts.ToDictionary(static f => f.OrderLine.Value, StringComparer.Ordinal);
        var now = after.Forecasts.ToDictionary(static f => f.OrderLine.Value, StringComparer.Ordinal);
        Moved[] moved = [.. was.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
            .Select(o => new Moved(o, was.GetValueOrDefault(o), now.GetValueOrDefault(o))).Where(static m => !Equals(m.Before, m.After))];
        return new(after, moved, []);
    }

    /// <summary>Promises that forecasts expect to be kept: the sum of their shares.</summary>
    public static double PromisesKept(IEnumerable<Forecast> forecasts) => forecasts.Sum(static f => f.AsDated?.Kept?.Value ?? 0);

    private static Snapshot Placed(Snapshot world, IReadOnlyList<WorldEvent> slots, out IReadOnlyList<Touch> touched)
    {
        Applied applied = world.Apply(slots, "plan");
        if (!applied.Accepted) throw new InvalidOperationException($"The plan's own events do not apply: {applied.Findings[0]}");
        touched = applied.Touched;
        return applied.World;
    }
}
