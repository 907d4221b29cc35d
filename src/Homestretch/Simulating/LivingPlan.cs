using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Simulating;

/// <summary>The plan of a world that is played: moved on with the world and the time, which is, bit for bit, what making it anew gives, for a fraction of the work.</summary>
internal sealed class LivingPlan(PlanPolicy policy)
{
    private Plan? _plan;

    /// <summary>The plan of a world at a time not before the last one; what was given before must not be used any more.</summary>
    public Plan At(Snapshot world, Instant now)
    {
        if (_plan is null) return _plan = Plan.Make(world, now, policy);
        if (!ReferenceEquals(_plan.World, world)) _plan.Advance(world, Snapshot.Between(_plan.World, world));
        return _plan = _plan.Epoch == now ? _plan : _plan.At(now);
    }
}
