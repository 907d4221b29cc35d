using System.Diagnostics;
using Homestretch.Exchange.Neutral;
using Homestretch.Promising.Kernel;

namespace Homestretch.Bench;

/// <summary>bench nervous [draws] SUBJECT...: ten open purchases slip by seven days, drawn anew each time; how many promises move when the plan is mended,
/// made anew, or shifted right with pegs and sequence held, and how many the mended plan ends later than shifting. Subjects as in bench neutral.</summary>
internal static class NervousBench
{
    private const int Slips = 10, SlipSeconds = 7 * 86_400;

    internal static int Run(string[] args)
    {
        int draws = 5;
        Console.WriteLine("instance                     draw   mended: moved   latest d   made anew: moved   latest d   share   right shift: moved   later than it   feasible   mend ms   on time mended / anew");
        foreach (string arg in args)
            if (int.TryParse(arg, out int number)) draws = number;
            else foreach (var (name, instance) in NeutralBench.Instances(arg)) Rows(name, instance, draws);
        return 0;
    }

    private static void Rows(string name, NeutralInstance instance, int draws)
    {
        var options = new AllocationOptions { Effort = AllocationEffort.Best };
        AllocationProblem problem = instance.ToProblem(out int[] lotPurchase);
        AllocationResult plan = Allocation.Plan(problem, options);
        int mendedInAll = 0, anewInAll = 0;
        for (int draw = 1; draw <= draws; draw++)
        {
            ulong key = (ulong)draw;
            var slips = Enumerable.Range(0, instance.Purchases.Count).OrderBy(p => StableHash.Join(key, (ulong)p)).Take(Slips)
                .ToDictionary(p => instance.Purchases[p].Key, p => instance.Purchases[p].EtaSecond + SlipSeconds, StringComparer.Ordinal);
            int[] seconds = [.. problem.LotSecond];
            for (int lot = 0; lot < seconds.Length; lot++)
                if (lotPurchase[lot] >= 0 && slips.TryGetValue(instance.Purchases[lotPurchase[lot]].Key, out int eta)) seconds[lot] = eta;
            NeutralInstance slipped = instance.WithSlips(slips);
            Allocation.Repair(problem, plan, seconds, options, out _);
            long from = Stopwatch.GetTimestamp();
            AllocationResult mended = Allocation.Repair(problem, plan, seconds, options, out _);
            double millis = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
            AllocationResult shifted = Allocation.RightShift(problem, plan, seconds, options, out _), anew = Allocation.Plan(slipped.ToProblem(out _), options);
            NeutralMoves a = NeutralMoves.Of(plan.EndSecond, mended.EndSecond), b = NeutralMoves.Of(plan.EndSecond, anew.EndSecond), c = NeutralMoves.Of(plan.EndSecond, shifted.EndSecond);
            int worse = Enumerable.Range(0, problem.OrderCount).Count(order => mended.EndSecond[order] > shifted.EndSecond[order] || mended.EndSecond[order] < 0);
            bool feasible = new[] { mended, anew, shifted }.All(result => NeutralChecker.Check(slipped, NeutralPlan.Read(NeutralPlan.Write(slipped, result), "plan.csv", [])!).Feasible);
            (mendedInAll, anewInAll) = (mendedInAll + a.Moved, anewInAll + b.Moved);
            Console.WriteLine($"{name,-27}{draw,6} {a.Moved,15} {a.MostDaysLater,10:0.0} {b.Moved,18} {b.MostDaysLater,10:0.0} {100.0 * a.Moved / Math.Max(1, b.Moved),6:0.0}% {c.Moved,19} {worse,15} {(feasible ? "yes" : "NO"),10} {millis,9:0.0}"
                + $" {OnTime(mended),11} / {OnTime(anew)}");
        }
        Console.WriteLine($"{name,-27}   all {mendedInAll,15} {"",10} {anewInAll,18} {"",10} {100.0 * mendedInAll / Math.Max(1, anewInAll),6:0.0}%");
    }

    private static int OnTime(AllocationResult result) => result.Reason.Count(reason => reason == LateReason.None);
}
