using System.Diagnostics;
using Homestretch.Promising.Kernel;

namespace Homestretch.Bench;

/// <summary>Times the forecast kernel on a whole plan: given arrivals drawn, to ends, quantiles, gates and shares.</summary>
internal static class Replan
{
    internal static int Run(string[] args)
    {
        int runs = args.Length > 0 ? int.Parse(args[0]) : 5;
        int[] sizes = args.Length > 1 ? [int.Parse(args[1])] : [10_000, 100_000, 1_000_000];
        int[] samples = args.Length > 2 ? [int.Parse(args[2])] : [128, 256];
        double gaps = args.Length > 3 ? double.Parse(args[3]) : 0;
        int overtaking = args.Length > 4 ? int.Parse(args[4]) : 16 * 3_600;
        double bandwidth = Bandwidth();
        Console.WriteLine($"memory read {bandwidth:F1} GB/s on two threads; {Environment.ProcessorCount} cores");
        Console.WriteLine("    builds     S   wall s (min/median)   CPU s   read GB   ratio to memory limit   whole at turn   peak GB");
        foreach (int size in sizes)
            foreach (int s in samples) Measure(size, s, runs, bandwidth, gaps, overtaking);
        return 0;
    }

    private static void Measure(int size, int samples, int runs, double bandwidth, double gaps, int overtaking)
    {
        KernelPlan plan = new(size, Math.Max(400, size / 10), 50, samples, gaps: gaps, overtaking: overtaking);
        List<double> wall = [], cpu = [];
        Evaluation evaluation = null!;
        for (int run = 0; run < runs; run++)
        {
            evaluation = null!;
            GC.Collect();
            GC.WaitForPendingFinalizers();
            TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
            long start = Stopwatch.GetTimestamp();
            evaluation = Evaluation.Run(plan.Builds, plan.Arrivals, new(samples), plan.Lines);
            wall.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            cpu.Add((Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
        }
        wall.Sort();
        Console.WriteLine(string.Join(' ', cpu.Select(c => c.ToString("F2"))));
        cpu.Sort();
        double kit = Enumerable.Range(0, size).Average(b => evaluation[b].KitByStart);
        double gigabytes = size * (double)KernelPlan.Pegs * samples * 4 / 1e9;
        double peak = Process.GetCurrentProcess().PeakWorkingSet64 / 1e9;
        Console.WriteLine($"{size,10:N0} {samples,5}   {wall[0],8:F3} {wall[wall.Count / 2],8:F3} {cpu[cpu.Count / 2],12:F3} {gigabytes,9:F2} {wall[wall.Count / 2] / (gigabytes / bandwidth),14:F1} {kit,21:P1} {peak,14:F2}");
    }

    /// <summary>Sums 1 GB on two threads, best of five: the memory this machine gives now.</summary>
    private static double Bandwidth()
    {
        int[][] halves = [new int[1 << 25], new int[1 << 25]];
        double best = 0;
        for (int run = 0; run < 5; run++)
        {
            long start = Stopwatch.GetTimestamp();
            Parallel.For(0, 2, h => Sum(halves[h]));
            best = Math.Max(best, 2 * (1 << 25) * 4.0 / 1e9 / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return best;
    }

    private static int Sum(int[] values)
    {
        System.Numerics.Vector<int> sum = default;
        foreach (System.Numerics.Vector<int> v in System.Runtime.InteropServices.MemoryMarshal.Cast<int, System.Numerics.Vector<int>>(values)) sum += v;
        return System.Numerics.Vector.Sum(sum);
    }
}
