using Homestretch.Promising.Kernel;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>A re-plan of everything that may move, beside the plan it would replace.</summary>
/// <param name="Events">What makes it the plan; empty when the plan in force is the best that was found.</param>
/// <param name="InForce">The plan as it is.</param>
/// <param name="Plan">The plan that the events make.</param>
/// <param name="Tried">Every re-plan that was weighed, in the order of its upheaval, by what it does.</param>
public sealed record Proposal(IReadOnlyList<WorldEvent> Events, Plan InForce, Merit Before, Plan Plan, Merit After, IReadOnlyList<(string What, Merit Merit)> Tried)
{
    /// <summary>Several re-plans are made, each is evaluated in every future, and the one of most worth is proposed that is no worse than the plan in force (see
    /// <see cref="Merit"/>). From least to most upheaval: slots stay, and kits of order lines at risk take the parts that are there longest; so do all kits; order lines at risk even
    /// then get other slots; all is laid out from nothing, kits taking their earliest or their latest parts. Ties go to the lesser upheaval.</summary>
    internal static Proposal Of(Snapshot world, Instant t, PlanPolicy policy)
    {
        Plan inForce = Plan.Make(world, t, policy);
        Merit before = Merit.Of(inForce, world);
        var tried = new List<(string What, Merit Merit)>();
        var best = new Proposal([], inForce, before, inForce, before, tried);
        var early = new AllocationOptions { Pegging = AllocationPegging.EarliestLot };
        var aim = new Aim(Scope.Everything) { KeepSlots = true, Options = early };
        Try("slots stay; kits at risk take their surest parts", aim with { Settled = OrderLines(inForce, atRisk: false) });
        if (OrderLines(Try("slots stay; all kits take their surest parts", aim), atRisk: true) is { Count: > 0 } left) Try("the same; what is still at risk gets another slot", aim with { GivenUp = left });
        Try("all anew; kits take their surest parts", new Aim(Scope.Everything) { Options = early });
        Try("all anew; kits take their latest parts", new Aim(Scope.Everything));
        // weighed unchecked, for checking costs more than all the rest; what is proposed is checked as any change is
        if (world.Apply(best.Events, "proposal").Findings is [var finding, ..])
            throw new InvalidOperationException($"A proposal's own events do not apply: {finding}\nMaybe a rule of the world is missing in the allocation.");
        return best;

        SortedSet<string> OrderLines(Plan plan, bool atRisk) =>
            new(plan.Forecasts.Where(f => (f is not Forecast.Dated d || d.Kept?.Value < policy.RiskBelow) == atRisk).Select(static f => f.OrderLine.Value), StringComparer.Ordinal);

        Plan Try(string what, Aim aim)
        {
            IReadOnlyList<WorldEvent> events = Allocating.Events(world, t, policy, aim);
            Plan plan = Plan.Make(world.With(events), t, policy);
            Merit merit = Merit.Of(plan, world);
            tried.Add((what, merit));
            if (merit.Worth > best.After.Worth && merit.NoWorseThan(before)) best = new(events, inForce, before, plan, merit, tried);
            return plan;
        }
    }
}
