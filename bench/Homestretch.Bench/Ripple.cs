using System.Diagnostics;
using Homestretch.Promising.Kernel;

namespace Homestretch.Bench;

/// <summary>Times one lot's slip and one quote inside a large plan.</summary>
internal static class Ripple
{
    private const int Lots = 10;

    /// <summary>Arguments: builds, samples, gaps (share of open time that is not planned).</summary>
    internal static int Run(string[] args)
    {
        int size = args.Length > 0 ? int.Parse(args[0]) : 1_000_000, samples = args.Length > 1 ? int.Parse(args[1]) : 128;
        double[] gaps = args.Length > 2 ? [double.Parse(args[2])] : [0.1, 0];
        foreach (double gap in gaps)
        {
            GC.Collect();   // the plan before
            KernelPlan plan = new(size, Math.Max(400, size / 10), 50, samples, gaps: gap);
            int[] days = [.. Enumerable.Range(0, Lots).Select(i => 5 + i * Math.Max(1, plan.Days - 25) / Lots)];
            int[] lots = [.. days.Select((day, i) => Special(plan, samples, day, i))];
            Evaluation evaluation = Evaluation.Run(plan.Builds, plan.Arrivals, new(samples), plan.Lines);
            evaluation.Ripple(new Disturbance());   // makes the index of lots
            Console.WriteLine($"{size:N0} builds, S = {samples}, load {1 - gap:P0}; one lot of 1,000 kits of ten days on five lines slips two days, or comes back");
            Slip(evaluation, lots, days, samples);
            Quotes(plan, evaluation);
            evaluation.ProveEqualsFull();
            Console.WriteLine($"  equals a full evaluation; peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1e9:F2} GB");
        }
        return 0;
    }

    /// <summary>A lot that 1,000 kits of five lines and ten days take for one of their parts, another for each lot.</summary>
    private static int Special(KernelPlan plan, int samples, int day, int peg)
    {
        int from = day * KernelPlan.Day, to = from + 10 * KernelPlan.Day;
        int lot = plan.Arrivals.Append(Arrivals(day, 0, peg, samples));
        int[] kits = [.. Enumerable.Range(0, plan.Builds.Count).Where(b => plan.Builds[b].Line % 10 == 0
            && plan.Builds[b].PlannedStart >= from && plan.Builds[b].PlannedStart < to)];
        foreach (int build in kits.Where((_, i) => i % Math.Max(1, kits.Length / 1_000) == 0).Take(1_000))
        {
            int[] pegs = plan.Builds.Pegs(build).ToArray();
            pegs[peg] = lot;
            plan.Builds.Repeg(build, pegs);
        }
        return lot;
    }

    private static int[] Arrivals(int day, int slip, int salt, int samples)
    {
        int[] row = new int[samples];
        for (int s = 0; s < samples; s++) row[s] = (int)((day + slip - 3 + 4 * ((s * 37 + salt) % samples) / (double)samples) * KernelPlan.Day);
        return row;
    }

    private static void Slip(Evaluation evaluation, int[] lots, int[] days, int samples)
    {
        List<double> times = [], changed = [], perBuild = [];
        for (int round = 0; round < 22; round++)
            for (int i = 0; i < lots.Length; i++)
            {
                int[] row = Arrivals(days[i], round % 2 == 0 ? 2 : 0, i, samples);
                long start = Stopwatch.GetTimestamp();
                RippleResult result = evaluation.Ripple(new Disturbance().Redraw(lots[i], row));
                double millis = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                if (round < 2) continue;   // warm
                times.Add(millis);
                changed.Add(result.Changed.Count);
                perBuild.Add(1_000 * millis / Math.Max(1, result.Changed.Count));
            }
        Print("  ripple ms", times);
        Print("  changed builds", changed);
        Print("  us a changed build", perBuild);
    }

    private static void Quotes(KernelPlan plan, Evaluation evaluation)
    {
        List<double> times = [];
        for (int i = 0; i < 12_000; i++)
        {
            int like = plan.Below(plan.Builds.Count);
            long start = Stopwatch.GetTimestamp();
            evaluation.Quote(plan.Builds[like] with { Confirmed = false }, plan.Builds.Pegs(like));
            if (i >= 2_000) times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        Print("  quote ms", times);
    }

    private static void Print(string name, List<double> values)
    {
        values.Sort();
        Console.WriteLine($"{name}: p50 {values[values.Count / 2]:F2}, p90 {values[values.Count * 9 / 10]:F2}, p99 {values[values.Count * 99 / 100]:F2}, worst {values[^1]:F2}");
    }
}
