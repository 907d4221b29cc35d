using Homestretch.Arrivals;
using Homestretch.Exchange.Neutral;
using Homestretch.Promising.Kernel;
using NodaTime;

namespace Homestretch.Bench;

/// <summary>bench stochastic SUBJECT...: the stated arrivals and lead times become medians of distributions (P90 a quarter longer, half of the spread's score
/// shared by a supplier). Plans made on the stated dates and on P90 dates play the same futures, which neither saw: how often is a build done by the date
/// its plan gives, by the customer's due, and by the P90 that the forecast kernel gives to the plan?</summary>
internal static class StochasticBench
{
    private const int Samples = 256, Day = 86_400;
    private const double Longer = 1.25, Shared = 0.7;
    private static readonly Instant s_t = Instant.FromUtc(2026, 1, 5, 0, 0);

    internal static int Run(string[] args)
    {
        Console.WriteLine("instance                   dates planned on   overtaking   kits whole at start   done by the plan's date   done by the due   promises (forecast P90) kept   mean promise after the due, days");
        foreach (string arg in args)
            foreach (var (name, instance) in NeutralBench.Instances(arg))
                foreach (double share in (double[])[0.5, 0.9]) Rows(name, instance, share);
        return 0;
    }

    private static void Rows(string name, NeutralInstance instance, double quantile)
    {
        AllocationProblem stated = instance.ToProblem(out int[] lotPurchase);
        int[] component = new int[stated.LotCount];
        for (int item = 0; item < stated.ItemCount; item++) Array.Fill(component, item, stated.LotFirst[item], stated.LotFirst[item + 1] - stated.LotFirst[item]);
        Futures told = Draw(instance, stated, component, seed: 1), lived = Draw(instance, stated, component, seed: 2);
        int[] dates = [.. Enumerable.Range(0, stated.LotCount).Select(lot => quantile == 0.5 ? stated.LotSecond[lot] : OrderStatistics.Quantile(told[lot], quantile))];
        int[] leads = [.. Enumerable.Range(0, stated.ItemCount).Select(item => quantile == 0.5 ? stated.BuyLead[item] : OrderStatistics.Quantile(told[stated.LotCount + item], quantile))];
        AllocationProblem problem = WithLeads(stated, leads).WithLotSeconds(dates, out int[] at);
        AllocationResult plan = Allocation.Plan(problem, new() { Effort = AllocationEffort.Best });
        foreach (int overtaking in (int[])[Day, 0])
        {
            Evaluation forecast = Play(problem, plan, told, at, overtaking, [.. problem.DueSecond]);
            int[] promised = [.. Enumerable.Range(0, problem.OrderCount).Select(order => forecast[order].Dates.P90)];
            Report(name, problem, plan, Play(problem, plan, lived, at, overtaking, promised), promised, quantile, overtaking);
        }
    }

    /// <summary>The plan's builds in futures of lots and lead times.</summary>
    private static Evaluation Play(AllocationProblem problem, AllocationResult plan, Futures futures, int[] newIndexByOld, int overtaking, int[] promised)
    {
        int[] rowOf = new int[problem.LotCount];
        for (int lot = 0; lot < rowOf.Length; lot++) rowOf[newIndexByOld[lot]] = lot;
        var builds = new PlannedBuilds(problem.OrderCount, plan.PegSupply.Length);
        int[] purchaseRow = [.. Enumerable.Range(0, plan.PurchaseItem.Length).Select(p =>
            futures.Append([.. futures[problem.LotCount + plan.PurchaseItem[p]].ToArray().Select(lead => lead + plan.PurchasePlaceSecond[p])]))];
        for (int order = 0; order < problem.OrderCount; order++)
        {
            int[] lots = [.. Enumerable.Range(plan.PegFirst[order], plan.PegCount[order]).Select(peg => plan.PegSupply[peg] is var supply && supply < rowOf.Length ? rowOf[supply] : purchaseRow[supply - rowOf.Length])];
            builds.Add(new(problem.OrderLine[order], plan.StartSecond[order], problem.WorkSeconds[order], Floor: Math.Max(0, plan.StartSecond[order] - Day), Promised: Math.Clamp(promised[order], 0, Futures.Never)), lots);
        }
        return Evaluation.Run(builds, futures, new(Samples), [.. problem.Lines.Select(calendar => new PlannedLine(calendar, overtaking))]);
    }

    private static void Report(string name, AllocationProblem problem, AllocationResult plan, Evaluation lived, int[] promised, double quantile, int overtaking)
    {
        double all = (double)problem.OrderCount * Samples, whole = 0, kept = 0, byPlan = 0, byDue = 0, wait = 0;
        for (int order = 0; order < problem.OrderCount; order++)
        {
            foreach (int end in lived.EndsOf(order))
            {
                if (end <= plan.EndSecond[order]) byPlan++;
                if (end <= problem.DueSecond[order]) byDue++;
            }
            whole += lived[order].KitByStart * Samples;
            kept += lived[order].OnTime * Samples;
            wait += Math.Max(0, promised[order] - problem.DueSecond[order]) / (double)Day;
        }
        Console.WriteLine($"{name,-26} {(quantile == 0.5 ? "stated (P50)" : $"P{100 * quantile:0}"),16} {overtaking / Day + " day",12} {whole / all,20:P1} {byPlan / all,25:P1} {byDue / all,17:P1} {kept / all,29:P1} {wait / problem.OrderCount,37:0.0}");
    }

    /// <summary>Rows of all lots, then one lead time of each component.</summary>
    private static Futures Draw(NeutralInstance instance, AllocationProblem problem, int[] component, ulong seed)
    {
        var sampler = new ArrivalSampler(s_t, new Draws(seed), Samples);
        var futures = new Futures(Samples, problem.LotCount + problem.ItemCount);
        int[] row = new int[Samples];
        for (int k = 0; k < problem.LotCount + problem.ItemCount; k++)
        {
            int item = k < problem.LotCount ? component[k] : k - problem.LotCount, median = k < problem.LotCount ? problem.LotSecond[k] : problem.BuyLead[item];
            Array.Clear(row);
            if (median > 0)
            {
                double days = median / (double)Day;
                var factor = new FactorLoading(StableHash.Of(instance.Components[item].Supplier), Shared);
                sampler.Sample(sampler.Prepare([new ArrivalStep((ulong)k, StageTime.Of(days, days * Longer), [factor], new Progress.Ahead())], s_t), row);
            }
            futures.Append(row);
        }
        return futures;
    }

    private static AllocationProblem WithLeads(AllocationProblem p, int[] leads) => new()
    {
        LotFirst = p.LotFirst, LotSecond = p.LotSecond, LotQuantity = p.LotQuantity, BuyLead = leads, BuyMinimum = p.BuyMinimum, BuyMultiple = p.BuyMultiple, BuyMaximum = p.BuyMaximum,
        SoftSafety = p.SoftSafety, OrderLine = p.OrderLine, WorkSeconds = p.WorkSeconds, DueSecond = p.DueSecond, ReleaseSecond = p.ReleaseSecond, OrderClass = p.OrderClass,
        PartFirst = p.PartFirst, PartItem = p.PartItem, PartQuantity = p.PartQuantity, Lines = p.Lines,
    };
}
