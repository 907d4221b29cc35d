using System.Diagnostics;
using Homestretch.Promising.Kernel;

namespace Homestretch.Bench;

/// <summary>What one build costs in each part of the forecast kernel, on one thread.</summary>
internal static unsafe class KernelParts
{
    internal static int Run(string[] args)
    {
        int size = args.Length > 0 ? int.Parse(args[0]) : 100_000, samples = args.Length > 1 ? int.Parse(args[1]) : 128;
        KernelPlan plan = new(size, Math.Max(400, size / 10), 50, samples);
        Evaluation evaluation = Evaluation.Run(plan.Builds, plan.Arrivals, new(samples), plan.Lines);
        int* ready = stackalloc int[samples];
        int* scratch = stackalloc int[OrderStatistics.ScratchLength(samples)];
        int[] order = [.. Enumerable.Range(0, size).OrderBy(b => plan.Builds[b].Line).ThenBy(b => plan.Builds[b].PlannedStart)];
        Time("ready", order, b => Readiness.Row(plan.Builds, plan.Arrivals, b, ready));
        Time("ready + gate", order, b =>
        {
            Readiness.Row(plan.Builds, plan.Arrivals, b, ready);
            Readiness.Gate(plan.Builds, plan.Arrivals, b, ready);
        });
        Time("judge (gate, P(kit))", order, b => evaluation.Judge(b, ready));
        Time("dates", order, b => evaluation.DatesOf(evaluation.EndsAt(b), plan.Builds.Rows[b], scratch));
        Time("dates + quantiles", order, b => evaluation.Date(b));
        return 0;
    }

    private static void Time(string name, int[] order, Action<int> act)
    {
        double best = double.MaxValue;
        for (int run = 0; run < 12; run++)
        {
            long start = Stopwatch.GetTimestamp();
            foreach (int build in order) act(build);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / order.Length);
        }
        Console.WriteLine($"{name,-22} {best,8:F0} ns a build");
    }
}
