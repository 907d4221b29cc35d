using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>What a plan is worth to those who were promised something, and what it moves against the plan in force.</summary>
/// <remarks>Worth = promises kept, each times its class's weight, less 0.02 for a day late (weighted likewise), 0.05 for a build that moves and 0.005 for a kit that takes
/// other parts: a promise of class 3 weighs as much as 50 days of lateness, 20 moved builds or 200 changed kits. Classes weigh 4, 2 and, from the third on, 1.</remarks>
public sealed record Merit
{
    private const double LateDay = 0.02, MovedBuild = 0.05, ChangedKit = 0.005;
    private readonly (int Class, long Kept)[] _upTo;     // futures in which promises up to a class are kept

    private Merit((int Class, long Kept)[] upTo) => _upTo = upTo;

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

    /// <summary>The one number by which plans are compared; see the remarks.</summary>
    public double Worth { get; private init; }

    /// <summary>True when it dates as many order lines and, class by class with those above it, keeps at least as many promises in expectation.</summary>
    public bool NoWorseThan(Merit other) => Undated <= other.Undated && _upTo.Zip(other._upTo).All(static c => c.First.Kept >= c.Second.Kept);

    internal static Merit Of(Plan plan, Snapshot inForce)
    {
        var kept = new SortedDictionary<int, long>();
        double days = 0, weighted = 0;
        int undated = 0;
        foreach (OrderLine order in plan.World.OrderLines.Where(Needs.Open))
        {
            Promise? promise = plan.World.Promises.StartingWith($"{order.Key}|").LastOrDefault();
            int[] dates = plan.DateSamples(order.Key);
            if (dates.Length == 0) undated++;
            long due = Seconds.Of(promise?.Date ?? order.Requested, plan.Epoch), late = 0;
            int inTime = 0;
            foreach (int date in dates)
            {
                if (date <= due) inTime++;
                else late += date - due;
            }
            if (promise is not null) kept[order.Class] = kept.GetValueOrDefault(order.Class) + inTime;
            double daysLate = dates.Length == 0 ? plan.Policy.Horizon.TotalDays : late / (double)Seconds.Day / dates.Length;
            days += daysLate;
            weighted += WeightOf(order.Class) * daysLate;
        }
        long sum = 0;
        (int, long)[] upTo = [.. kept.Select(k => (k.Key, sum += k.Value))];
        double samples = plan.Policy.Samples, worth = kept.Sum(k => WeightOf(k.Key) * k.Value / samples);
        var (moved, changed) = Moves(plan.World, inForce);
        return new(upTo) { Kept = sum / samples, DaysLate = days, Undated = undated, BuildsMoved = moved, KitsChanged = changed, Worth = worth - LateDay * weighted - MovedBuild * moved - ChangedKit * changed };
    }

    private static double WeightOf(int customerClass) => customerClass <= 1 ? 4 : customerClass == 2 ? 2 : 1;

    private static (int Builds, int Kits) Moves(Snapshot now, Snapshot before)
    {
        int builds = before.Builds.Count(b => !now.Builds.Contains(b.Id)), kits = 0;
        foreach (Build build in now.Builds)
        {
            Build? was = before.Builds.Find(build.Id);
            if (was is null || was.Start != build.Start || was.Line != build.Line) builds++;
            if (!now.Pegs.StartingWith($"{build.Key}|").SequenceEqual(before.Pegs.StartingWith($"{build.Key}|"))) kits++;
        }
        return (builds, kits);
    }
}
