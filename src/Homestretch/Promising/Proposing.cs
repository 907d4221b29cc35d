using Homestretch.Promising.Kernel;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>Makes several re-plans, evaluates each in every future, and proposes the one of most worth that is no worse than the plan in force (see <see cref="Merit"/>).</summary>
/// <remarks>From least to most upheaval: slots stay, and kits of order lines at risk take the parts that are there longest; so do all kits; order lines at risk even
/// then get other slots; all is laid out from nothing, kits taking their earliest or their latest parts. Ties go to the lesser upheaval. A re-plan that would be the best but lets
/// promises lose much is made once more, those order lines keeping their slots and parts, and both are weighed.</remarks>
internal sealed class Proposing
{
    /// <summary>How often re-plans are mended at most, each at the cost of one more.</summary>
    private const int Mendings = 6;

    /// <summary>A promise that loses this much of its share is worth a trial without; in a re-plan mended before, only one that falls.</summary>
    private const double Spare = 0.1;

    private readonly Plan _inForce;
    private readonly Netted _netted;
    private readonly Merit _before;
    private readonly int _threads;

    private Proposing(Plan inForce, int threads)
    {
        (_inForce, _threads) = (inForce, threads);
        (_netted, _before) = (inForce.Netted(), Merit.Of(inForce, inForce.World));
    }

    /// <summary>A re-plan with what it is worth; the events and the plan only when it may be proposed.</summary>
    /// <param name="Spared">How many order lines keep their slots and parts because they lost much without.</param>
    /// <param name="Losers">Those that lose much and may not if they keep theirs.</param>
    /// <param name="Moved">Those of them whose slot is another.</param>
    private sealed record Candidate(string What, Aim Aim, int Spared, Merit Merit, string[] Losers, IReadOnlySet<string> Moved, IReadOnlyList<WorldEvent>? Events, Plan? Plan);

    /// <param name="threads">Most to use, -1 for as many as there are. The proposal does not depend on it.</param>
    internal static Proposal Of(Snapshot world, Instant t, PlanPolicy policy, int threads = -1)
    {
        var proposing = new Proposing(Plan.Make(world, t, policy, threads), threads);
        return Strategies.Of(world) is { } strategies ? proposing.Checked(Obeying.Of(proposing._inForce, strategies, threads)) : proposing.Best();
    }

    private Proposal Best()
    {
        List<Candidate> tried = Tried(), open = [.. tried];
        var mended = new HashSet<Candidate>();
        while (true)
        {
            Candidate? first = open.Aggregate((Candidate?)null, static (best, c) => best is null || c.Merit.Beats(best.Merit) ? c : best);
            if (first is null || first.Merit.Worth <= _before.Worth) return new([], _inForce, _before, _inForce, _before, Weighed(tried));
            if (first.Losers.Length > 0 && mended.Count < Mendings && mended.Add(first))
            {
                Candidate spares = Mended(first);
                tried.Add(spares);
                open.Add(spares);
            }
            else if (first.Plan is { } plan) return Checked(new(first.Events!, _inForce, _before, plan, first.Merit, Weighed(tried)));
            else open.Remove(first);
        }
    }

    private List<Candidate> Tried()
    {
        var early = new AllocationOptions { Pegging = AllocationPegging.EarliestLot };
        var aim = new Aim(Scope.Everything) { KeepSlots = true, Options = early };
        Candidate?[] made = new Candidate?[5];
        Alike.Do(_threads,
            () =>
            {
                (made[1], Plan plan) = Weigh("slots stay; all kits take their surest parts", aim);
                if (OrderLines(plan, atRisk: true) is { Count: > 0 } left) (made[2], _) = Weigh("the same; what is still at risk gets another slot", aim with { GivenUp = left });
            },
            () => (made[0], _) = Weigh("slots stay; kits at risk take their surest parts", aim with { Settled = OrderLines(_inForce, atRisk: false) }),
            () => (made[3], _) = Weigh("all anew; kits take their surest parts", new Aim(Scope.Everything) { Options = early }),
            () => (made[4], _) = Weigh("all anew; kits take their latest parts", new Aim(Scope.Everything)));
        return [.. made.OfType<Candidate>()];
    }

    /// <summary>The same re-plan with their parts given back to those who lost much; who lost its slot, or lost even so, keeps all that it has.</summary>
    private Candidate Mended(Candidate c)
    {
        IReadOnlySet<string> back = c.Aim.GivenBack ?? new HashSet<string>(), settled = c.Aim.Settled ?? new HashSet<string>();
        ILookup<bool, string> losers = c.Losers.ToLookup(l => c.Moved.Contains(l) || back.Contains(l));
        return Weigh(c.What, c.Aim with { Settled = Both(settled, losers[true].Concat(HeldLate())), GivenBack = Both(back.Except(losers[true]), losers[false]) }, c.Spared + c.Losers.Count(l => !back.Contains(l))).Candidate;

        static SortedSet<string> Both(IEnumerable<string> some, IEnumerable<string> others) => new([.. some, .. others], StringComparer.Ordinal);
    }

    /// <summary>Order lines that stand well although a part of theirs is not there in time as allocations count it: laid out anew they, or others for them, would lose slots that serve them.</summary>
    private IEnumerable<string> HeldLate() => _inForce.Forecasts.OfType<Forecast.Dated>()
        .Where(d => d.Kept?.Value >= _inForce.Policy.RiskBelow && _netted.World.Pegs.StartingWith($"{d.Build.Key}|").Any(p => _netted.Seconds.GetValueOrDefault(p.Supply) > Seconds.Of(d.Build.Start, _inForce.Epoch)))
        .Select(static d => d.OrderLine.Value);

    private (Candidate Candidate, Plan Plan) Weigh(string what, Aim aim, int spared = 0)
    {
        IReadOnlyList<WorldEvent> events = Allocating.Events(_netted, aim);
        Plan plan = _inForce.Beside(_netted.World.With(events), _threads);
        Merit merit = Merit.Of(plan, _netted.World, _before);
        bool may = merit.NoWorseThan(_before);
        IEnumerable<string> lose = spared > 0 ? merit.Fallen(_before) : merit.Losses(_before).Where(static l => l.Before.Value - l.After.Value >= Spare).Select(static l => l.OrderLine.Value);
        string[] losers = [.. lose.Where(o => aim.Settled?.Contains(o) != true)];
        HashSet<string> moved = [.. losers.Where(o => Slot(plan, o) != Slot(_inForce, o))];
        return (new(what, aim, spared, merit, losers, moved, may ? events : null, may ? plan : null), plan);
    }

    private static (Instant?, Key<AssemblyLine>?) Slot(Plan plan, string order) => plan.Of(new Key<OrderLine>(order))?.AsDated is { } d ? (d.Build.Start, d.Build.Line) : (null, null);

    private SortedSet<string> OrderLines(Plan plan, bool atRisk) => new(plan.Forecasts.Where(f => (f is not Forecast.Dated d || d.Kept?.Value < plan.Policy.RiskBelow) == atRisk)
        .Select(static f => f.OrderLine.Value), StringComparer.Ordinal);

    /// <summary>Re-plans are weighed unchecked, for checking costs more than weighing; what is proposed is checked as any change is.</summary>
    private Proposal Checked(Proposal best) => _netted.World.Check(best.Events, best.Plan.World, "proposal") is [var finding, ..]
        ? throw new InvalidOperationException($"A proposal's own events do not apply: {finding}\nMaybe a rule of the world is missing in the allocation.") : best;

    private static (string, Merit)[] Weighed(List<Candidate> tried) => [.. tried.Select(static c => (c.Spared == 0 ? c.What : $"{c.What}; {c.Spared} spared", c.Merit))];
}
