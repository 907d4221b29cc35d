using Homestretch.Promising.Kernel;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>Makes several re-plans, evaluates each in every future, and proposes the one of most worth that is no worse than the plan in force (see <see cref="Merit"/>).</summary>
/// <remarks>From least to most upheaval: slots stay, and kits of order lines at risk take the parts that are there longest; so do all kits; order lines at risk even
/// then get other slots; all is laid out from nothing, kits taking their earliest or their latest parts. Ties go to the lesser upheaval. A re-plan that would be the best but lets
/// promises lose much is made once more, those order lines keeping their slots and parts, and both are weighed. Where a slot is pinned for an order line that stands elsewhere, the plan
/// in force breaks the pin and is no choice: all is measured against the re-plan that moves what is pinned there and as little else as it can.</remarks>
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

    /// <summary>The least re-plan that obeys the pins; null when the plan in force does.</summary>
    private readonly Proposal? _obeying;

    /// <summary>What re-plans are measured against: the plan in force, or the least that obeys the pins.</summary>
    private readonly Merit _measure;

    /// <summary>Order lines whose slots are in the way of pinned ones: no re-plan keeps them there.</summary>
    private readonly HashSet<string> _inTheWay = new(StringComparer.Ordinal);

    private Proposing(Plan inForce, int threads)
    {
        (_inForce, _threads) = (inForce, threads);
        (_netted, _before) = (inForce.Netted(), Merit.Of(inForce, inForce.World));
        _obeying = Pinned();
        _measure = _obeying?.After ?? _before;
    }

    /// <summary>A re-plan with what it is worth; the events and the plan only when it may be proposed.</summary>
    /// <param name="Spared">How many order lines keep their slots and parts because they lost much without.</param>
    /// <param name="Losers">Those that lose much and may not if they keep theirs.</param>
    /// <param name="Moved">Those of them whose slot is another.</param>
    private sealed record Candidate(string What, Aim Aim, int Spared, Merit Merit, string[] Losers, IReadOnlySet<string> Moved, IReadOnlyList<WorldEvent>? Events, Plan? Plan);

    /// <param name="threads">Most to use, -1 for as many as there are. The proposal does not depend on it.</param>
    internal static Proposal Of(Snapshot world, Instant t, PlanPolicy policy, int threads = -1)
    {
        Plan inForce = Plan.Make(world, t, policy, threads);
        return Checked(Strategies.Of(world) is { } strategies ? Obeying.Of(inForce, strategies, threads) : new Proposing(inForce, threads).Best());
    }

    private Proposal Best()
    {
        List<Candidate> tried = Tried(), open = [.. tried];
        var mended = new HashSet<Candidate>();
        while (true)
        {
            Candidate? first = open.Aggregate((Candidate?)null, static (best, c) => best is null || c.Merit.Beats(best.Merit) ? c : best);
            if (first is null || (_obeying is null ? first.Merit.Worth <= _before.Worth : first.Merit.Worth < _measure.Worth)) return (_obeying ?? new([], _inForce, _before, _inForce, _before, [])) with { Tried = Weighed(tried) };
            if (first.Losers.Length > 0 && mended.Count < Mendings && mended.Add(first))
            {
                Candidate spares = Mended(first);
                tried.Add(spares);
                open.Add(spares);
            }
            else if (first.Plan is { } plan) return new(first.Events!, _inForce, _before, plan, first.Merit, Weighed(tried));
            else open.Remove(first);
        }
    }

    /// <summary>Order lines that owe a pin, and those in the way of it, get other slots; all others stay as they are, unless a kit that is pinned is not whole without their parts.
    /// Null when nothing is owed, or when what is pinned stands as near to its pin as its line allows.</summary>
    private Proposal? Pinned()
    {
        Need[] owing = [.. _netted.Orders.Where(n => Holds.Owes(_netted.World, n, _netted.Links, _netted.Epoch))];
        if (owing.Length == 0) return null;
        var aim = new Aim(Scope.Everything) { KeepSlots = true, Options = new() { Pegging = AllocationPegging.EarliestLot } };
        var held = Holds.Of(_netted.World, _netted.Needs, owing, _netted.Links, _netted.Epoch, aim);
        Build[] asked = [.. owing.Select(n => held.Slot(n.Order)!)];
        _inTheWay.UnionWith(_netted.Orders.Except(owing).Where(n => n.Held is { Status: < OrderStatus.Confirmed } b && asked.Any(a => a.Line == b.Line && a.Start < b.End && b.Start < a.End)).Select(static n => n.Order.Id));
        IReadOnlyList<WorldEvent> events = Allocating.Events(_netted, Cleared(aim with { Settled = new SortedSet<string>(_netted.Orders.Except(owing).Select(static n => n.Order.Id), StringComparer.Ordinal) }));
        Plan plan = _inForce.Beside(_netted.World.With(events), _threads);
        if (!owing.All(n => plan.Of(n.Order.Key) is Forecast.Dated)) plan = _inForce.Beside(_netted.World.With(events = Allocating.Events(_netted, Cleared(aim))), _threads);
        if (owing.Any(n => Slot(plan, n.Order.Id) != Slot(_inForce, n.Order.Id))) return new(events, _inForce, _before, plan, Merit.Of(plan, _netted.World, _before), []);
        _inTheWay.Clear();
        return null;
    }

    /// <summary>The aim without what is in the way of pins.</summary>
    private Aim Cleared(Aim aim) => _inTheWay.Count == 0 ? aim
        : aim with { Settled = aim.Settled is { } settled ? new SortedSet<string>(settled.Except(_inTheWay), StringComparer.Ordinal) : null, GivenUp = new SortedSet<string>(aim.GivenUp.Union(_inTheWay), StringComparer.Ordinal) };

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
        IReadOnlyList<WorldEvent> events = Allocating.Events(_netted, Cleared(aim));
        Plan plan = _inForce.Beside(_netted.World.With(events), _threads);
        Merit merit = Merit.Of(plan, _netted.World, _before);
        bool may = merit.NoWorseThan(_measure);
        IEnumerable<string> lose = spared > 0 ? merit.Fallen(_before) : merit.Losses(_before).Where(static l => l.Before.Value - l.After.Value >= Spare).Select(static l => l.OrderLine.Value);
        string[] losers = [.. lose.Where(o => aim.Settled?.Contains(o) != true)];
        HashSet<string> moved = [.. losers.Where(o => Slot(plan, o) != Slot(_inForce, o))];
        return (new(what, aim, spared, merit, losers, moved, may ? events : null, may ? plan : null), plan);
    }

    private static (Instant?, Key<AssemblyLine>?) Slot(Plan plan, string order) => plan.Of(new Key<OrderLine>(order))?.AsDated is { } d ? (d.Build.Start, d.Build.Line) : (null, null);

    private SortedSet<string> OrderLines(Plan plan, bool atRisk) => new(plan.Forecasts.Where(f => (f is not Forecast.Dated d || d.Kept?.Value < plan.Policy.RiskBelow) == atRisk)
        .Select(static f => f.OrderLine.Value), StringComparer.Ordinal);

    /// <summary>Re-plans are weighed unchecked, for checking costs more than weighing; what is proposed is checked as any change is.</summary>
    private static Proposal Checked(Proposal best) => best.InForce.World.Check(best.Events, best.Plan.World, "proposal") is [var finding, ..]
        ? throw new InvalidOperationException($"A proposal's own events do not apply: {finding}\nMaybe a rule of the world is missing in the allocation.") : best;

    private static (string, Merit)[] Weighed(List<Candidate> tried) => [.. tried.Select(static c => (c.Spared == 0 ? c.What : $"{c.What}; {c.Spared} spared", c.Merit))];
}
