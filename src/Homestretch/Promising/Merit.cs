using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>What a plan is worth to those who were promised something, and what it moves against the plan in force.</summary>
/// <remarks>Worth = promises kept, each times its class's weight, less 0.02 for a day late (weighted likewise), 0.05 for a build that moves and 0.005 for a kit that takes
/// other parts: a promise of class 3 weighs as much as 50 days of lateness, 20 moved builds or 200 changed kits. Classes weigh 4, 2 and, from the third on, 1. What a promise
/// loses that stands well and falls below the floor counts once more.</remarks>
public sealed record Merit
{
    private const double LateDay = 0.02, MovedBuild = 0.05, ChangedKit = 0.005;

    /// <summary>Worth that differs by less is the same: a fifth of a changed kit.</summary>
    private const double Same = 0.001;

    private readonly PlanPolicy _policy;
    private readonly (OrderLine Order, int Kept)[] _promised;      // by key: futures in which the promise is kept

    private Merit(PlanPolicy policy, (OrderLine, int)[] promised) => (_policy, _promised) = (policy, promised);

    /// <summary>Promises expected to be kept: the sum of their shares.</summary>
    public double Kept { get; private init; }

    /// <summary>Expected days after the promise, or the requested date where there is none, of all order lines; one without a date counts the whole horizon.</summary>
    public double DaysLate { get; private init; }

    /// <summary>Open order lines without a date.</summary>
    public int Undated { get; private init; }

    /// <summary>Builds that start at another time or on another line than in the plan in force, or are new or gone.</summary>
    public int BuildsMoved { get; private init; }

    /// <summary>Kits that take other parts than in the plan in force.</summary>
    public int KitsChanged { get; private init; }

    /// <summary>Pegs that the plan in force does not have.</summary>
    public int PegsMoved { get; private init; }

    /// <summary>Early supply that kits take and orders to come will not find: for each part of each unit, days from the second on which its supply is counted to the horizon.</summary>
    public double EarlySupplyTaken { get; private init; }

    /// <summary>The one number by which plans are compared; see the remarks.</summary>
    public double Worth { get; private init; }

    /// <summary>True when it dates as many order lines; keeps, class by class with those above it, at least as many promises in expectation; and lets a promise that is not at risk
    /// fall below <see cref="PlanPolicy.PromiseFloor"/> only for more important ones: classes above win together what the fallen lose.</summary>
    public bool NoWorseThan(Merit other) => NoWorseThan(other, static o => o.Class);

    /// <summary>The same by another precedence than class: the lower number goes first.</summary>
    internal bool NoWorseThan(Merit other, Func<OrderLine, int> precedence)
    {
        if (Undated > other.Undated) return false;
        long gained = 0, fallen = 0;      // futures, of the classes so far
        foreach (var ofClass in _promised.Zip(other._promised).GroupBy(p => precedence(p.First.Order)).OrderBy(static g => g.Key))
        {
            long fell = ofClass.Where(p => Falls(p.Second.Kept, p.First.Kept)).Sum(static p => p.Second.Kept - p.First.Kept);
            fallen += fell;
            if (fell > 0 && fallen > gained) return false;
            gained += ofClass.Sum(static p => p.First.Kept - p.Second.Kept);
            if (gained < 0) return false;
        }
        return true;
    }

    /// <summary>Whether it goes before another plan: by worth; of the same worth, the one that takes less early supply, then the one with fewer new pegs.</summary>
    public bool Beats(Merit other)
    {
        double mine = Math.Round(Worth / Same), its = Math.Round(other.Worth / Same);
        if (mine != its) return mine > its;
        return EarlySupplyTaken != other.EarlySupplyTaken ? EarlySupplyTaken < other.EarlySupplyTaken : PegsMoved < other.PegsMoved;
    }

    /// <summary>Promises that are kept in fewer futures than under another plan of the same order lines, the greatest loss first, then by key.</summary>
    internal IEnumerable<Loss> Losses(Merit other) => _promised.Zip(other._promised).Where(static p => p.First.Kept < p.Second.Kept)
        .OrderByDescending(static p => p.Second.Kept - p.First.Kept).Select(p => new Loss(p.First.Order.Key, p.First.Order.Class, Of(p.Second.Kept), Of(p.First.Kept)));

    /// <param name="inForce">The world of the plan in force.</param>
    /// <param name="before">What that plan is worth; null when this is it, or nobody asks who falls.</param>
    internal static Merit Of(Plan plan, Snapshot inForce, Merit? before = null)
    {
        var promised = new List<(OrderLine Order, int Kept)>();
        double days = 0, weighted = 0, kept = 0, worth = 0, samples = plan.Policy.Samples;
        int undated = 0;
        int[] dates = new int[plan.Policy.Samples];
        foreach (OrderLine order in plan.World.OrderLines.Where(Needs.Open))
        {
            Promise? promise = plan.World.Promises.StartingWith($"{order.Key}|").LastOrDefault();
            bool dated = plan.CopyDates(order.Id, dates);
            if (!dated) undated++;
            long due = Seconds.Of(promise?.Date ?? order.Requested, plan.Epoch), late = 0;
            int inTime = 0;
            foreach (int date in dated ? dates : [])
            {
                if (date <= due) inTime++;
                else late += date - due;
            }
            if (promise is not null)
            {
                promised.Add((order, inTime));
                kept += inTime / samples;
                worth += WeightOf(order.Class) * inTime / samples;
            }
            double daysLate = dated ? late / (double)Seconds.Day / samples : plan.Policy.Horizon.TotalDays;
            days += daysLate;
            weighted += WeightOf(order.Class) * daysLate;
        }
        var (moved, changed, pegs) = Moves(plan.World, inForce);
        var merit = new Merit(plan.Policy, [.. promised])
        {
            Kept = kept, DaysLate = days, Undated = undated, BuildsMoved = moved, KitsChanged = changed, PegsMoved = pegs, EarlySupplyTaken = plan.EarlySupplyTaken(),
            Worth = worth - LateDay * weighted - MovedBuild * moved - ChangedKit * changed,
        };
        return before is null ? merit : merit with { Worth = merit.Worth - merit.LostByFalls(before) };
    }

    private static double WeightOf(int customerClass) => customerClass <= 1 ? 4 : customerClass == 2 ? 2 : 1;

    private Share Of(int kept) => new(kept / (double)_policy.Samples);

    /// <summary>Order lines whose promises stand well under the other plan and fall below the floor, in order of key.</summary>
    internal IEnumerable<string> Fallen(Merit other) => _promised.Zip(other._promised).Where(p => Falls(p.Second.Kept, p.First.Kept)).Select(static p => p.First.Order.Id);

    private double LostByFalls(Merit before) => _promised.Zip(before._promised).Where(p => Falls(p.Second.Kept, p.First.Kept))
        .Sum(p => WeightOf(p.First.Order.Class) * (p.Second.Kept - p.First.Kept) / (double)_policy.Samples);

    private bool Falls(int before, int after) => Of(before).Value >= _policy.RiskBelow && Of(after).Value < _policy.PromiseFloor;

    private static (int Builds, int Kits, int Pegs) Moves(Snapshot now, Snapshot before)
    {
        int builds = before.Builds.Count(b => !now.Builds.Contains(b.Id)), kits = 0, pegs = 0;
        foreach (Build build in now.Builds)
        {
            Build? was = before.Builds.Find(build.Id);
            if (was is null || was.Start != build.Start || was.Line != build.Line) builds++;
            Peg[] has = [.. now.Pegs.StartingWith($"{build.Key}|")], had = [.. before.Pegs.StartingWith($"{build.Key}|")];
            if (has.AsSpan().SequenceEqual(had)) continue;
            kits++;
            pegs += has.Count(p => !had.Contains(p));
        }
        return (builds, kits, pegs);
    }
}

/// <summary>A promise that a plan keeps in fewer futures than the plan in force.</summary>
public sealed record Loss(Key<OrderLine> OrderLine, int Class, Share Before, Share After);
