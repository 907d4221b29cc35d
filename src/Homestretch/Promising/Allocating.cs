using Homestretch.Promising.Kernel;
using Homestretch.Promising.Lots;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>Step 2 of the plan: slots and pegs for order lines, and the purchases they need, as events for the world.</summary>
/// <remarks>Alternates are tried in rounds. All order lines are allocated from their parts' own lots and first suppliers; those that come late for want of a
/// part, and may get that part in another way, try its next way together; who ends earlier keeps it, the others go back.</remarks>
internal static class Allocating
{
    /// <summary>How many rounds of alternates are tried at most; each costs up to two allocations.</summary>
    public const int Rounds = 4;

    public static IReadOnlyList<WorldEvent> Events(Snapshot world, Instant t, PlanPolicy policy, Scope scope) => Events(world, t, policy, new Aim(scope));

    public static IReadOnlyList<WorldEvent> Events(Snapshot world, Instant t, PlanPolicy policy, Aim aim)
    {
        Links links = Links.Of(world);
        var needs = new Needs(world);
        Need[] orders = Routed(needs, [.. world.OrderLines.Where(Needs.Open).Select(o => Begun(world, needs.Of(world, links, o))).Where(static n => n.Plannable)]);
        if (orders.Length == 0) return [];
        var sampler = new LotSampler(world, links, new Lanes(world), t, policy);
        var held = Holds.Of(world, needs, orders, links, t, aim);
        Supply[] supplies = [.. Supply.All(world).Where(s => !held.Recalled(s))];
        var seconds = new Dictionary<string, int>(StringComparer.Ordinal);
        int[] arrivals = new int[policy.Samples];
        foreach (Supply s in supplies)
        {
            if (s.Lot is { } lot) sampler.Fill(world, lot, arrivals);
            seconds[s.Name] = s.Lot is null ? 0 : OrderStatistics.Quantile(arrivals, policy.AllocationQuantile);
        }
        var input = new AllocationInput(world, t, policy, needs, orders, supplies, seconds, new Sourcing(world, needs, sampler, t, policy), held);
        var choice = new Dictionary<(int Order, int Part), int>();
        var (problem, result) = Solve(input, choice, aim);
        for (int round = 0; round < Rounds && Alternates(input, orders, problem, ref result, choice, t, aim); round++) problem = input.Problem((o, p) => Current(choice, o, p));
        return AllocationEvents.Of(world, t, needs, orders, input, problem, result, held);
    }

    /// <summary>A confirmed build without pegs has taken its parts off the shelf: it needs its slot only.</summary>
    private static Need Begun(Snapshot world, Need need) =>
        need.Held is { Status: OrderStatus.Confirmed } build && !world.Pegs.StartingWith($"{build.Key}|").Any() ? need with { Parts = [] } : need;

    /// <summary>Order lines without a slot go to the line of their best routing that has the least work, in key order.</summary>
    private static Need[] Routed(Needs needs, Need[] orders)
    {
        var load = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (Need n in orders.Where(static n => n.Held is not null)) Carry(n);
        for (int o = 0; o < orders.Length; o++)
        {
            if (orders[o].Held is not null) continue;
            orders[o] = orders[o] with { Way = Least(needs.Ways(orders[o].Order), l => load.GetValueOrDefault(l)) };
            Carry(orders[o]);
        }
        return orders;

        void Carry(Need n) => load[n.Way!.Line.Value] = load.GetValueOrDefault(n.Way.Line.Value) + n.WorkSeconds;
    }

    /// <summary>Of the routings with the best priority the one whose line has the least work.</summary>
    public static Routing Least(Routing[] ways, Func<string, long> load) => ways.Where(w => w.Priority == ways[0].Priority).MinBy(w => load(w.Line.Value))!;

    private static int Current(Dictionary<(int Order, int Part), int> choice, int order, int part) => choice.GetValueOrDefault((order, part));

    private static (AllocationProblem Problem, AllocationResult Result) Solve(AllocationInput input, Dictionary<(int Order, int Part), int> choice, Aim aim)
    {
        AllocationProblem problem = input.Problem((o, p) => Current(choice, o, p));
        return (problem, aim.KeepSlots ? Allocation.Mend(problem, input.Starts(aim.GivenUp), aim.Options) : Allocation.Plan(problem, aim.Options));
    }

    /// <summary>One round: lets late order lines try the next way of the part they wait for. False when nobody can.</summary>
    private static bool Alternates(AllocationInput input, Need[] orders, AllocationProblem problem, ref AllocationResult result, Dictionary<(int Order, int Part), int> choice, Instant t, Aim aim)
    {
        AllocationResult before = result;
        var trial = new Dictionary<(int Order, int Part), int>(choice);
        var trying = new List<(int Order, int Part)>();
        for (int o = 0; o < orders.Length; o++)
        {
            if (before.GateItem[o] < 0 || problem.FixedStart?[o] >= 0) continue;
            int part = input.Open(o).Select(static p => (int?)p).FirstOrDefault(p => input.KernelItem(Way(o, p!.Value, Current(choice, o, p.Value))) == before.GateItem[o]) ?? -1;
            if (part < 0) continue;
            int next = Next(input.Sourcing[orders[o].Parts[part].Item], Current(choice, o, part), orders[o]);
            if (next < 0) continue;
            trial[(o, part)] = next;
            trying.Add((o, part));
        }
        if (trying.Count == 0) return false;
        (_, result) = Solve(input, trial, aim);
        bool all = true;
        foreach (var (o, part) in trying)
        {
            bool better = result.EndSecond[o] >= 0 && (before.EndSecond[o] < 0 || result.EndSecond[o] < before.EndSecond[o])
                && Way(o, part, trial[(o, part)]).Allows(Seconds.At(result.StartSecond[o], t));
            if (!better) input.Sourcing.Refuse(orders[o].Order.Id, orders[o].Parts[part].Item, trial[(o, part)]);
            if (better) choice[(o, part)] = trial[(o, part)];
            all &= better;
        }
        if (!all) (_, result) = Solve(input, choice, aim);
        return true;

        SourceOption Way(int o, int part, int option) => input.Sourcing[orders[o].Parts[part].Item][option];
        int Next(SourceOption[] options, int current, Need need) => input.Sourcing.Next(need, options, current);
    }
}
