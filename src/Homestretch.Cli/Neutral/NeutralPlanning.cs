using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Homestretch.Cli.Planning;
using Homestretch.Exchange.Neutral;
using Homestretch.Promising.Kernel;

namespace Homestretch.Cli.Neutral;

/// <summary>plan --neutral INSTANCE: plans a neutral instance, or mends an earlier plan of it after purchases slipped.</summary>
internal static class NeutralPlanning
{
    private const int BoundRounds = 300;

    private static readonly Option<string?> s_instance = new("--neutral") { Description = "Plan this neutral instance (a folder of CSV files) instead of a company folder." };
    private static readonly Option<string> s_effort = new("--mode") { Description = "Neutral: fast = one pass, best = priced and improved.", DefaultValueFactory = static _ => "best" };
    private static readonly Option<string[]> s_slips = new("--slip") { Description = "Neutral: an open purchase's new arrival, as PO=eta_min; may be given many times.", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string?> s_repair = new("--repair") { Description = "Neutral: keep what still fits of this plan file, made before the slips." };

    static NeutralPlanning() => s_effort.AcceptOnlyFromAmong("fast", "best");

    /// <summary>Adds the options to the plan command.</summary>
    public static void Extend(Command plan)
    {
        plan.Options.Add(s_instance);
        plan.Options.Add(s_effort);
        plan.Options.Add(s_slips);
        plan.Options.Add(s_repair);
    }

    /// <summary>True when a neutral instance is asked for.</summary>
    public static bool IsAsked(ParseResult r) => r.GetValue(s_instance) is not null;

    public static int Run(ParseResult r, string? planFile, bool json)
    {
        if (NeutralFiles.Read(r.GetValue(s_instance)!) is not { } original || Slips(r.GetValue(s_slips) ?? [], original) is not { } slips) return Folder.BadInput;
        NeutralInstance instance = original.WithSlips(slips);
        var options = new AllocationOptions { Effort = r.GetValue(s_effort) == "fast" ? AllocationEffort.Fast : AllocationEffort.Best };
        AllocationProblem problem = instance.ToProblem(out _);
        AllocationResult? before = null;
        if (r.GetValue(s_repair) is { } earlier && (before = Earlier(original, earlier)) is null) return Folder.BadInput;
        var watch = Stopwatch.StartNew();
        AllocationResult result = before is null ? Allocation.Plan(problem, options) : Mend(original, slips, before, options);
        watch.Stop();
        Console.Error.WriteLine($"{instance.Orders.Count} orders, {problem.LotCount} lots: {(before is null ? "planned" : "mended")} in {watch.Elapsed.TotalMilliseconds:0.0} ms; looking for an upper bound");
        double[] bounds = [.. problem.OrderClass.Distinct().Order().Select(c => Allocation.MostOnTime(problem, c, BoundRounds))];
        if (planFile is not null) File.WriteAllBytes(planFile, NeutralPlan.Write(instance, result));
        NeutralScore score = NeutralScore.Of(problem, result);
        NeutralMoves? moves = before is null ? null : NeutralMoves.Of(before.EndSecond, result.EndSecond);
        if (json) NeutralText.Json(Console.Out, score, bounds, moves, watch.Elapsed.TotalMilliseconds);
        else NeutralText.Table(Console.Out, score, bounds, moves);
        return score.Unplanned == 0 ? Folder.Ok : Folder.No;
    }

    private static Dictionary<string, int>? Slips(string[] texts, NeutralInstance instance)
    {
        var slips = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string text in texts)
        {
            int at = text.LastIndexOf('=');
            string key = at < 0 ? text : text[..at];
            if (at < 0 || !decimal.TryParse(text[(at + 1)..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal minutes) || minutes > 8_000_000)
                Console.Error.WriteLine($"--slip '{text}' is not PO=eta_min. Write it like PO000017=52000.");
            else if (!instance.Purchases.Any(p => p.Key == key))
                Console.Error.WriteLine($"--slip '{text}': there is no open purchase '{key}'. Its keys stand in open_pos.csv.");
            else
                slips[key] = (int)decimal.Ceiling(minutes * 60);
        }
        return slips.Count == texts.Length ? slips : null;
    }

    /// <summary>The allocation behind an earlier plan file: its starts, and the pegs that follow from them.</summary>
    private static AllocationResult? Earlier(NeutralInstance original, string file)
    {
        var findings = new List<Finding>();
        if (!File.Exists(file)) findings.Add(new(new(file), "missing-file", "There is no such plan file.", "Give the file that 'plan --neutral' wrote."));
        else if (NeutralPlan.Read(File.ReadAllBytes(file), file, findings) is { } rows && NeutralPlan.Starts(original, rows, file, findings) is { } starts)
        {
            try
            {
                return Allocation.Settle(original.ToProblem(out _), starts, new AllocationOptions());
            }
            catch (ArgumentException e)
            {
                findings.Add(new(new(file), "line-overlap", e.Message, "Mend a feasible plan; 'neutral check' says what is wrong with this one."));
            }
        }
        foreach (Finding finding in findings) Console.Error.WriteLine(finding);
        return null;
    }

    private static AllocationResult Mend(NeutralInstance original, Dictionary<string, int> slips, AllocationResult before, AllocationOptions options)
    {
        AllocationProblem problem = original.ToProblem(out int[] lotPurchase);
        int[] seconds = [.. problem.LotSecond];
        for (int lot = 0; lot < seconds.Length; lot++)
            if (lotPurchase[lot] >= 0 && slips.TryGetValue(original.Purchases[lotPurchase[lot]].Key, out int eta)) seconds[lot] = eta;
        return Allocation.Repair(problem, before, seconds, options, out _);
    }
}
