using Homestretch.Promising.Kernel;
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

    public static IReadOnlyList<WorldEvent> Events(Snapshot world, Instant t, PlanPolicy policy, Scope scope) => Events(Netted.Of(world, t, policy), new Aim(scope));

    /// <summary>Several allocations of one netted world may run at once.</summary>
    public static IReadOnlyList<WorldEvent> Events(Netted netted, Aim aim)
    {
        var (world, t, orders) = (netted.World, netted.Epoch, netted.Orders);
        if (aim.Strategies is { } strategies) orders = [.. orders.Where(strategies.Takes)];
        if (aim.Placed is { } placed) orders = [.. orders.Select(n => placed.TryGetValue(n.Order.Id, out Placement? p) ? n with { Way = p.Way } : n)];
        if (orders.Length == 0) return [];
        var held = Holds.Of(world, netted.Needs, orders, netted.Links, t, aim);
        Supply[] supplies = [.. netted.Supplies.Where(s => !held.Recalled(s))];
        if (netted.Needs.Accepting is not { } accepting) return Events(Laid(netted, aim, orders, held, supplies, null));
        var allowance = new Allowance(accepting, world, t, orders, supplies, held);
        while (true)
        {
            Outcome outcome = Laid(netted, aim, orders, held, allowance.Supplies, allowance.Barred);
            if (!allowance.Tighten(outcome.Input, outcome.Result)) return Events(outcome);
        }

        IReadOnlyList<WorldEvent> Events(Outcome of) => AllocationEvents.Of(world, t, netted.Needs, orders, of.Input, of.Problem, of.Result, held);
    }

    private readonly record struct Outcome(AllocationInput Input, AllocationProblem Problem, AllocationResult Result);

    private static Outcome Laid(Netted netted, Aim aim, Need[] orders, Holds held, Supply[] supplies, Func<string, string, bool>? barred)
    {
        var (world, t) = (netted.World, netted.Epoch);
        var input = new AllocationInput(world, t, netted.Policy, netted.Needs, orders, supplies, netted.Seconds, new Sourcing(world, netted.Needs, netted.Sampler.Beside(netted.Links), t, netted.Policy), held, barred);
        var choice = new Dictionary<(int Order, int Part), int>();
        for (int o = 0; o < orders.Length; o++)
            foreach (var (part, option) in aim.Placed?.GetValueOrDefault(orders[o].Order.Id)?.Options ?? []) choice[(o, part)] = option;
        var (problem, result) = Solve(input, choice, aim);
        for (int round = 0; round < Rounds && Alternates(input, orders, problem, ref result, choice, t, aim); round++) problem = Fixed(input, choice, aim);
        if (aim.GivenBack is { } to) result = GivingBack.Of(world, netted.Needs, orders, input, problem, result, to);
        return new(input, problem, result);
    }

    /// <summary>Of the routings with the best priority the one whose line has the least work.</summary>
    public static Routing Least(Routing[] ways, Func<string, long> load) => ways.Where(w => w.Priority == ways[0].Priority).MinBy(w => load(w.Line.Value))!;

    private static int Current(Dictionary<(int Order, int Part), int> choice, int order, int part) => choice.GetValueOrDefault((order, part));

    private static (AllocationProblem Problem, AllocationResult Result) Solve(AllocationInput input, Dictionary<(int Order, int Part), int> choice, Aim aim)
    {
        AllocationProblem problem = Fixed(input, choice, aim);
        if (aim.Strategies is { } strategies) return (problem, Allocation.Layer(problem, input.Starts(aim.GivenUp), strategies.Ranks(input.Orders), aim.Options));
        return (problem, aim.KeepSlots ? Allocation.Mend(problem, input.Starts(aim.GivenUp), aim.Options) : Allocation.Plan(problem, aim.Options));
    }

    /// <summary>The problem with what is placed held in its slots.</summary>
    private static AllocationProblem Fixed(AllocationInput input, Dictionary<(int Order, int Part), int> choice, Aim aim)
    {
        AllocationProblem problem = input.Problem((o, p) => Current(choice, o, p));
        return aim.Placed is not { } placed ? problem
            : problem.Holding([.. input.Orders.Select((n, o) => placed.TryGetValue(n.Order.Id, out Placement? p) ? p.Start : problem.FixedStart?[o] ?? -1)]);
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
