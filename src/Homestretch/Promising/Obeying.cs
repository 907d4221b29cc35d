using Homestretch.Promising.Kernel;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>Proposes a re-plan in a world that has strategies. Every re-plan weighed is laid out in layers (see <see cref="AllocationLayers"/>), so that all of them obey; the one
/// of most worth is proposed.</summary>
/// <remarks>What is guaranteed of what is proposed, where 'late' is by slot and due date as allocations count them:
/// Win: late only if it would be late were there nobody but the held, Gain and Win. Gain: no slot that ends later, and no future fewer in which its date is kept.
/// Fill: no slot that ends sooner, and none where it had none. Lose: no other order line's slot depends on it. A Win line that could have its date, but only at the cost of a Gain
/// line's futures, is named in <see cref="Proposal.Unserved"/>. Where all Win lines have their dates already, a re-plan must also be no worse than the plan in force, by strategy
/// and class in place of class, and worth more.</remarks>
internal sealed class Obeying
{
    private readonly Plan _inForce;
    private readonly Netted _netted;
    private readonly Strategies _strategies;
    private readonly Merit _before;
    private readonly int _threads;
    private readonly Need[] _gain, _win;

    private Obeying(Plan inForce, Netted netted, Strategies strategies, int threads)
    {
        (_inForce, _netted, _strategies, _threads) = (inForce, netted, strategies, threads);
        _before = Merit.Of(inForce, inForce.World);
        _gain = [.. netted.Orders.Where(n => strategies.Of(n.Order) == Strategy.Gain && n.Held is not null)];
        _win = [.. netted.Orders.Where(n => strategies.Of(n.Order) == Strategy.Win)];
    }

    private sealed record Candidate(string What, IReadOnlyList<WorldEvent> Events, Plan Plan, Merit Merit, string[] Harmed, HashSet<string> InTime);

    public static Proposal Of(Plan inForce, Strategies strategies, int threads) => new Obeying(inForce, inForce.Netted(), strategies, threads).Best();

    private Proposal Best()
    {
        List<Candidate> tried = [.. Tried()];
        (string, Merit)[] weighed = [.. tried.Select(static c => (c.What, c.Merit))];
        HashSet<string> served = InTime(_netted.World), could = [.. tried.SelectMany(static c => c.InTime)];
        List<Candidate> fair = tried.FindAll(static c => c.Harmed.Length == 0);
        bool mustServe = fair.Exists(c => !c.InTime.IsSubsetOf(served));
        Candidate? best = fair.Where(c => mustServe ? !c.InTime.IsSubsetOf(served) : served.IsSubsetOf(c.InTime) && c.Merit.NoWorseThan(_before, _strategies.Precedence) && c.Merit.Worth > _before.Worth)
            .Aggregate((Candidate?)null, static (first, c) => first is null || c.Merit.Beats(first.Merit) ? c : first);
        could.ExceptWith(best?.InTime ?? served);
        Key<OrderLine>[] unserved = [.. could.Order(StringComparer.Ordinal).Select(static o => new Key<OrderLine>(o))];
        return best is null ? new([], _inForce, _before, _inForce, _before, weighed) { Unserved = unserved } : new(best.Events, _inForce, _before, best.Plan, best.Merit, weighed) { Unserved = unserved };
    }

    /// <summary>Kits take their surest or their latest parts, with and without giving back what stands well; Gain keeps all, or those of it that are badly off try for better.</summary>
    private IEnumerable<Candidate> Tried()
    {
        SortedSet<string> keep = Keys(_gain), better = Keys(_gain.Where(BadlyOff));
        SortedSet<string> well = Keys(_netted.Orders.Where(n => !BadlyOff(n)));
        Aim sure = new(Scope.Everything) { Strategies = _strategies, Options = new() { Pegging = AllocationPegging.EarliestLot } }, late = sure with { Options = new() };
        yield return Weigh("by strategy; kits take their surest parts", sure with { Settled = keep });
        yield return Weigh("by strategy; who stands well gets its parts back", sure with { Settled = keep, GivenBack = well });
        yield return Weigh("by strategy; kits take their latest parts", late with { Settled = keep });
        while (better.Count > 0)
        {
            Candidate c = Weigh($"by strategy; {better.Count} of Gain try for better", sure with { Settled = new SortedSet<string>(keep.Except(better), StringComparer.Ordinal) });
            yield return c;
            if (c.Harmed.Length == 0) yield break;
            if (better.RemoveWhere(c.Harmed.Contains) == 0) yield break;
        }
    }

    private Candidate Weigh(string what, Aim aim)
    {
        IReadOnlyList<WorldEvent> events = Allocating.Events(_netted, aim);
        Snapshot world = _netted.World.With(events);
        Plan plan = _inForce.Beside(world, _threads);
        return new(what, events, plan, Merit.Of(plan, _netted.World), [.. _gain.Where(n => Harmed(n, world, plan)).Select(static n => n.Order.Id)], InTime(world));
    }

    private bool Harmed(Need gain, Snapshot world, Plan plan) => world.Builds.Find(gain.Held!.Key) is not { } build || build.End > gain.Held.End || Futures(plan, gain.Order) < Futures(_inForce, gain.Order);

    /// <summary>Futures in which an order line has its promised date, or else its requested one.</summary>
    private static int Futures(Plan plan, OrderLine order)
    {
        int due = Seconds.Of(plan.World.Promises.StartingWith($"{order.Key}|").LastOrDefault()?.Date ?? order.Requested, plan.Epoch);
        return plan.DateSamples(order.Key).Count(d => d <= due);
    }

    private bool BadlyOff(Need need) => need.Held is not { } build || build.End > need.Due || Futures(_inForce, need.Order) < _inForce.Policy.RiskBelow * _inForce.Policy.Samples;

    /// <summary>Win lines whose slot ends by their due date with every part counted there when it starts.</summary>
    private HashSet<string> InTime(Snapshot world) => [.. _win.Where(n => Counted(world, n)).Select(static n => n.Order.Id)];

    private bool Counted(Snapshot world, Need need)
    {
        if (world.Builds.Find(need.Held?.Key ?? new Key<Build>(need.Order.Id)) is not { } build || build.End > need.Due) return false;
        Peg[] pegs = [.. world.Pegs.StartingWith($"{build.Key}|")];
        int start = Math.Max(0, Seconds.Of(build.Start, _inForce.Epoch));
        return new KitPegs(_netted.Needs, need, pegs, k => !_netted.Seconds.TryGetValue(pegs[k].Supply, out int second) ? world.Lots.Contains(LotOf(pegs[k])) && !_netted.World.Lots.Contains(LotOf(pegs[k])) : second <= start).Whole;
    }

    private static string LotOf(Peg peg) => peg.Supply.StartsWith("lot:", StringComparison.Ordinal) ? peg.Supply[4..] : "";

    private static SortedSet<string> Keys(IEnumerable<Need> needs) => new(needs.Select(static n => n.Order.Id), StringComparer.Ordinal);
}
