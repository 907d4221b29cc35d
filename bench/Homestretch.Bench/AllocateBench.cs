using System.Diagnostics;
using Homestretch.Promising.Kernel;

namespace Homestretch.Bench;

/// <summary>bench allocate [fast|best] [repeats] [SIZE...]: allocation and pegs of a whole plan, warm, with what it allocates and an audit of the result.</summary>
internal static class AllocateBench
{
    internal static int Run(string[] args)
    {
        var options = new AllocationOptions();
        int repeats = 7;
        var sizes = new List<int>();
        foreach (string arg in args)
        {
            if (arg is "fast" or "best") options = options with { Effort = arg == "best" ? AllocationEffort.Best : AllocationEffort.Fast };
            else if (int.Parse(arg) is < 1_000 and var count) repeats = count;
            else sizes.Add(int.Parse(arg));
        }
        if (sizes.Count == 0) sizes = [10_000, 100_000, 1_000_000];
        Console.WriteLine($"{options.Effort} effort, {Environment.ProcessorCount} cores");
        Console.WriteLine("order lines     lots   wall s (least/median)   CPU s   ns a part   allocated MB   peak MB   on time   late   purchases   audit");
        foreach (int size in sizes) Measure(size, options, repeats);
        return 0;
    }

    private static void Measure(int size, AllocationOptions options, int repeats)
    {
        AllocationProblem problem = new AllocationLoad(size).Problem;
        AllocationResult result = Allocation.Plan(problem, options);
        List<double> wall = [], cpu = [];
        long allocated = 0;
        for (int run = 0; run < repeats; run++)
        {
            result = null!;
            GC.Collect();
            TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
            long bytes = GC.GetTotalAllocatedBytes(true), start = Stopwatch.GetTimestamp();
            result = Allocation.Plan(problem, options);
            wall.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            cpu.Add((Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
            allocated = GC.GetTotalAllocatedBytes(true) - bytes;
        }
        wall.Sort();
        cpu.Sort();
        int onTime = result.Reason.Count(reason => reason == LateReason.None), late = result.StartSecond.Count(start => start >= 0) - onTime;
        Console.WriteLine($"{size,11:N0} {problem.LotCount,8:N0}   {wall[0],10:F4} {wall[wall.Count / 2],10:F4} {cpu[cpu.Count / 2],7:F3} {wall[wall.Count / 2] * 1e9 / problem.PartItem.Length,11:F1}"
            + $" {allocated / 1e6,14:F0} {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6,9:F0} {onTime / (double)size,9:P1} {late / (double)size,6:P1} {result.PurchaseItem.Length,11:N0}   {AllocationAudit.Fault(problem, result) ?? "can be carried out"}");
    }
}
