using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Changing;

/// <summary>The world with a change as it might be, planned at the same epoch from the same samples: only kits that lose a part, and what waits, are planned anew. All branches of one question start from the same world, so that a change which forbids nothing moves nothing.</summary>
internal sealed record ChangeBranch(Snapshot World, Plan Plan)
{
    /// <summary>Null with findings when the world would refuse it.</summary>
    public static (ChangeBranch? Branch, IReadOnlyList<Finding> Findings) Of(Snapshot world, Instant t, PlanPolicy policy, EngineeringChange change)
    {
        Applied applied = world.Apply([new WorldEvent.Put(change)]);
        if (!applied.Accepted) return (null, applied.Findings);
        Applied placed = applied.World.Apply(Plan.Allocate(applied.World, t, policy, Scope.Unpegged), "plan");
        if (!placed.Accepted) throw new InvalidOperationException($"The plan's own events do not apply: {placed.Findings[0]}");
        return (new(placed.World, Plan.Make(placed.World, t, policy)), []);
    }

    /// <summary>A change as if nobody had to keep to it.</summary>
    public static EngineeringChange Without(EngineeringChange change) => change with { State = ChangeState.Draft, ApprovedBy = "", ApprovedAt = null };

    /// <summary>A change as if it were released.</summary>
    public static EngineeringChange With(EngineeringChange change, Instant t) => change.InForce ? change : change with { State = ChangeState.Released, ApprovedBy = "branch", ApprovedAt = t };
}
