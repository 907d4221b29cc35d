using System.Diagnostics;
using Homestretch.Exchange.Neutral;
using Homestretch.Promising.Kernel;

namespace Homestretch.Bench;

/// <summary>bench neutral [fast|best] [repeats] SUBJECT...: solves neutral instances warm and prints, a row each, whether the
/// plan passes the checker, its score beside the proven bounds, and the median and least time of a solve (allocation and
/// pegs; files and conversion excluded). A subject is a folder, or ORDERS[,PRODUCTS,COMPONENTS[,COVER,LOAD]]@SEED or
/// ...@FIRST-LAST for instances made on the spot.</summary>
internal static class NeutralBench
{
    private const int BoundRounds = 300;

    public static int Run(string[] args)
    {
        var options = new AllocationOptions { Effort = AllocationEffort.Best };
        int repeats = 15;
        Console.WriteLine("instance                        feasible   on time   bound    1 and 2 / bound   late d   most d   unplanned   slack d   ms median / least / CPU");
        foreach (string arg in args)
        {
            if (arg is "fast" or "best") options = options with { Effort = arg == "best" ? AllocationEffort.Best : AllocationEffort.Fast };
            else if (arg.StartsWith("pricing=", StringComparison.Ordinal)) options = options with { PricingRounds = int.Parse(arg[8..]) };
            else if (arg.StartsWith("moves=", StringComparison.Ordinal)) options = options with { MoveRounds = int.Parse(arg[6..]) };
            else if (arg.StartsWith("late=", StringComparison.Ordinal)) options = options with { LateOrderDays = float.Parse(arg[5..]) };
            else if (int.TryParse(arg, out int number)) repeats = number;
            else foreach (var (name, instance) in Instances(arg)) Row(name, instance, options, repeats);
        }
        return 0;
    }

    private static void Row(string name, NeutralInstance instance, AllocationOptions options, int repeats)
    {
        AllocationProblem problem = instance.ToProblem(out _);
        AllocationResult result = Allocation.Plan(problem, options);
        var times = new List<double>();
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        for (int k = 0; k < repeats; k++)
        {
            long begin = Stopwatch.GetTimestamp();
            result = Allocation.Plan(problem, options);
            times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }
        double cpu = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds / Math.Max(1, repeats);
        times.Sort();
        var findings = new List<Finding>();
        NeutralVerdict verdict = NeutralChecker.Check(instance, NeutralPlan.Read(NeutralPlan.Write(instance, result), "plan.csv", findings)!);
        NeutralScore score = NeutralScore.Of(problem, result);
        int important = score.ByClass.Where(c => c.Class <= 2).Sum(c => c.OnTime);
        Console.WriteLine($"{name,-32}{(verdict.Feasible ? "yes" : "NO"),8}   {score.OnTimePercent,6:0.00} %  {100.0 * Math.Floor(Bound(problem, 255)) / score.Orders,6:0.00} %"
            + $"   {important,6} / {Math.Floor(Bound(problem, 2)),-6} {score.TardinessDays,9:0}   {score.MostDaysLate,6:0.0}   {score.Unplanned,9}   {score.SlackDays,7:0.00}"
            + (times.Count == 0 ? "" : $"   {times[times.Count / 2],6:0.0} / {times[0]:0.0} / {cpu:0.0}"));
    }

    private static double Bound(AllocationProblem problem, int mostClass) => Allocation.MostOnTime(problem, mostClass, BoundRounds) + 1e-6;

    /// <summary>The instances a subject names.</summary>
    internal static IEnumerable<(string Name, NeutralInstance Instance)> Instances(string subject)
    {
        int at = subject.LastIndexOf('@');
        if (at < 0)
        {
            yield return (Path.GetFileName(subject.TrimEnd('/')), Read(subject));
            yield break;
        }
        string[] shape = subject[..at].Split(','), seeds = subject[(at + 1)..].Split('-');
        for (ulong seed = ulong.Parse(seeds[0]); seed <= ulong.Parse(seeds[^1]); seed++)
        {
            var made = new NeutralShape(int.Parse(shape[0]), Seed: seed);
            if (shape.Length > 2) made = made with { Products = int.Parse(shape[1]), Components = int.Parse(shape[2]) };
            if (shape.Length > 4) made = made with { Cover = double.Parse(shape[3]), Load = double.Parse(shape[4]) };
            yield return ($"{subject[..at]}@{seed}", NeutralGenerator.Make(made));
        }
    }

    private static NeutralInstance Read(string folder)
    {
        var files = NeutralReader.Files.ToDictionary(f => f, f => File.ReadAllBytes(Path.Combine(folder, f)), StringComparer.Ordinal);
        var findings = new List<Finding>();
        return NeutralReader.Read(files, findings) ?? throw new InvalidDataException(string.Join('\n', findings));
    }
}
