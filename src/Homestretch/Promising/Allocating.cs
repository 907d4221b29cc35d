using Homestretch.Promising.Kernel;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>Step 2 of the plan: slots and pegs for order lines, and the purchases they need, as events for the world.</summary>
internal static class Allocating
{
    /// <summary>Allocation dates of the supplies, seconds after t: the policy's quantile of each arrival.</summary>
    public static IReadOnlyList<WorldEvent> Events(Snapshot world, Instant t, PlanPolicy policy, Scope scope)
    {
        Needs needs = Needs.Of(world, t);
        Need[] orders = [.. needs.Orders.Where(static n => n.Plannable)];
        if (orders.Length == 0) return [];
        LotFutures futures = LotFutures.Of(world, t, policy);
        var held = Holds.Of(world, needs, t, scope);
        Supply[] supplies = [.. Supplies.Of(world, needs).Where(s => s.Item >= 0 && !held.Recalled(s))];
        var problem = AllocationInput.Of(world, t, policy, needs, orders, supplies, futures, held);
        AllocationResult result = Allocation.Plan(problem.Problem, new AllocationOptions());
        return AllocationEvents.Of(world, t, needs, orders, problem, result, held);
    }
}
