using System.Diagnostics;
using Homestretch.Exchange.Neutral;
using Homestretch.Promising.Kernel;

namespace Homestretch.Bench;

/// <summary>bench neutral INSTANCE [fast|best] [repeats]: solves a neutral instance warm and prints its score and the
/// median and best time of a solve (allocation and pegs; reading and writing files excluded).</summary>
internal static class NeutralBench
{
    public static int Run(string[] args)
    {
        var files = NeutralReader.Files.ToDictionary(f => f, f => File.ReadAllBytes(Path.Combine(args[0], f)), StringComparer.Ordinal);
        var findings = new List<Finding>();
        if (NeutralReader.Read(files, findings) is not { } instance)
        {
            foreach (Finding finding in findings) Console.Error.WriteLine(finding);
            return 2;
        }
        AllocationProblem problem = instance.ToProblem(out _);
        var options = new AllocationOptions { Effort = args.Length > 1 && args[1] == "best" ? AllocationEffort.Best : AllocationEffort.Fast };
        int repeats = args.Length > 2 ? int.Parse(args[2]) : 25;
        var times = new List<double>();
        AllocationResult result = Allocation.Plan(problem, options);
        for (int k = 0; k < repeats; k++)
        {
            long begin = Stopwatch.GetTimestamp();
            result = Allocation.Plan(problem, options);
            times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }
        Print(problem, result, times);
        return 0;
    }

    internal static void Print(AllocationProblem problem, AllocationResult result, List<double> times)
    {
        NeutralScore score = NeutralScore.Of(problem, result);
        times.Sort();
        Console.WriteLine($"{score.OnTimePercent:0.00} % on time ({string.Join(" / ", score.ByClass.Select(c => $"{c.OnTime} of {c.Orders}"))}), late {score.TardinessDays:0} days, most {score.MostDaysLate:0.0}, unplanned {score.Unplanned}, median slack {score.SlackDays:0.00} d, {score.Purchases} purchases");
        Console.WriteLine($"reasons: {string.Join(", ", score.Reasons.Select(r => $"{r.Key} {r.Value}"))}");
        if (times.Count > 0) Console.WriteLine($"solve: median {times[times.Count / 2]:0.0} ms, best {times[0]:0.0} ms of {times.Count}");
    }
}
