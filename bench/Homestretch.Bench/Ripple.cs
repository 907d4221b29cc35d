using System.Diagnostics;
using Homestretch.Promising.Kernel;

namespace Homestretch.Bench;

/// <summary>Times one lot's slip and one quote inside a large plan.</summary>
internal static class Ripple
{
    internal static int Run(string[] args)
    {
        int size = args.Length > 0 ? int.Parse(args[0]) : 1_000_000, samples = args.Length > 1 ? int.Parse(args[1]) : 128;
        double gaps = args.Length > 2 ? double.Parse(args[2]) : 0;
        foreach ((int lines, int days, string name) in new[] { (5, 10, "1,000 kits in ten days on five lines"), (50, 100, "1,000 kits in 100 days on all lines") })
        {
            KernelPlan plan = new(size, Math.Max(400, size / 10), 50, samples, gaps: gaps);
            int[] lots = [.. Enumerable.Range(0, 40).Select(i => Special(plan, samples, lines, days, i))];
            Evaluation evaluation = Evaluation.Run(plan.Builds, plan.Arrivals, new(samples), plan.Lines);
            long start = Stopwatch.GetTimestamp();
            evaluation.Ripple(new Disturbance());
            Console.WriteLine($"{name}: index of lots {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F0} ms");
            Slip(plan, evaluation, lots, samples);
            if (lines == 5) Quotes(plan, evaluation);
            start = Stopwatch.GetTimestamp();
            if (size <= 1_000_000) evaluation.ProveEqualsFull();
            Console.WriteLine($"  equals a full evaluation ({Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s); peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1e9:F2} GB");
        }
        return 0;
    }

    /// <summary>A lot that 1,000 kits of some lines and days take in place of their first.</summary>
    private static int Special(KernelPlan plan, int samples, int lines, int days, int index)
    {
        int first = 5 + index * 37 % Math.Max(1, plan.Days - days - 10), from = first * KernelPlan.Day, to = (first + days) * KernelPlan.Day;
        int lot = plan.Arrivals.Append(Arrivals(first, 0, index, samples));
        List<int> kits = [.. Enumerable.Range(0, plan.Builds.Count).Where(b => plan.Builds[b].Line % (50 / lines) == 0
            && plan.Builds[b].PlannedStart >= from && plan.Builds[b].PlannedStart < to)];
        foreach (int build in kits.Where((_, i) => i % Math.Max(1, kits.Count / 1_000) == 0).Take(1_000).ToArray())
            plan.Builds.Repeg(build, [lot, .. plan.Builds.Pegs(build)[1..]]);
        return lot;
    }

    private static int[] Arrivals(int day, int slip, int salt, int samples)
    {
        int[] row = new int[samples];
        for (int s = 0; s < samples; s++) row[s] = (int)((day + slip - 3 + 4 * ((s * 37 + salt) % samples) / (double)samples) * KernelPlan.Day);
        return row;
    }

    private static void Slip(KernelPlan plan, Evaluation evaluation, int[] lots, int samples)
    {
        List<double> times = [];
        List<(double Millis, long Considered, int Changed)> rounds = [];
        for (int round = 0; round < 5; round++)
            for (int i = 0; i < lots.Length; i++)
            {
                int first = 5 + i * 37 % Math.Max(1, plan.Days - 10 - 10);
                int[] row = Arrivals(first, round % 2 == 0 ? 2 : 0, i, samples);
                long start = Stopwatch.GetTimestamp();
                RippleResult result = evaluation.Ripple(new Disturbance().Redraw(lots[i], row));
                double millis = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                if (round == 0) continue;   // warm
                times.Add(millis);
                rounds.Add((millis, result.Considered, result.Changed.Count));
            }
        Print("  ripple ms", times);
        Console.WriteLine($"  changed builds: mean {rounds.Average(r => r.Changed):F0}, most {rounds.Max(r => r.Changed)}; per changed build {1_000 * times.Sum() / rounds.Sum(r => r.Changed):F2} us; run again {rounds.Average(r => r.Considered):F0} eights of builds");
    }

    private static void Quotes(KernelPlan plan, Evaluation evaluation)
    {
        List<double> times = [];
        for (int i = 0; i < 2_000; i++)
        {
            int like = plan.Below(plan.Builds.Count);
            long start = Stopwatch.GetTimestamp();
            evaluation.Quote(plan.Builds[like] with { Confirmed = false }, plan.Builds.Pegs(like));
            if (i >= 200) times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        Print("  quote ms", times);
    }

    private static void Print(string name, List<double> millis)
    {
        millis.Sort();
        Console.WriteLine($"{name}: p50 {millis[millis.Count / 2]:F2}, p90 {millis[millis.Count * 9 / 10]:F2}, p99 {millis[millis.Count * 99 / 100]:F2}, worst {millis[^1]:F2}");
    }
}
