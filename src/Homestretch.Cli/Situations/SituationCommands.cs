using System.CommandLine;
using System.Diagnostics;
using Homestretch.Cli.Planning;
using Homestretch.Promising;
using Homestretch.Situations;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Situations;

/// <summary>situations: what takes promises in a company folder, by cause, and what could be done about it.</summary>
public static class SituationCommands
{
    private static readonly Argument<string> s_folder = new("FOLDER") { Description = "Company folder: one CSV a table." };
    private static readonly Option<string?> s_at = new("--at") { Description = "Epoch, ISO 8601 with offset; default: now." };
    private static readonly Option<int> s_samples = new("--samples") { Description = "Possible futures, a multiple of 8.", DefaultValueFactory = static _ => 256 };
    private static readonly Option<long> s_seed = new("--seed") { Description = "Seed of the futures.", DefaultValueFactory = static _ => 1 };
    private static readonly Option<int> s_remedies = new("--remedies") { Description = "Look for remedies of so many situations, those that take most first.", DefaultValueFactory = static _ => 3 };
    private static readonly Option<int> s_pricings = new("--pricings") { Description = "Most remedies that are priced for each.", DefaultValueFactory = static _ => 160 };
    private static readonly Option<bool> s_json = new("--json") { Description = "Print JSON (see docs/command-line.md)." };

    public static Command Build()
    {
        var command = new Command("situations", "Say what takes promises, cause by cause, and what could be done about it until when.") { s_folder, s_at, s_samples, s_seed, s_remedies, s_pricings, s_json };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult r)
    {
        if (Wrong(r) is { } wrong)
        {
            Console.Error.WriteLine(wrong);
            return Folder.BadInput;
        }
        if (Folder.Time(r.GetValue(s_at)) is not { } t || Folder.Read(r.GetValue(s_folder)!) is not { } folder) return Folder.BadInput;
        var policy = new PlanPolicy { Samples = r.GetValue(s_samples), Seed = (ulong)r.GetValue(s_seed), Sea = Exchange.Sea.SeaAtlas.World };
        Applied planned = folder.Apply(Plan.Allocate(folder, t, policy, Scope.Unpegged), "plan");
        if (!planned.Accepted) throw new InvalidOperationException($"The plan's own events do not apply: {planned.Findings[0]}");
        var (watch, budget) = (new Watch(), new SearchBudget { Pricings = r.GetValue(s_pricings) });
        var clock = Stopwatch.StartNew();
        Plan plan = Plan.Make(planned.World, t, policy);
        IReadOnlyList<Assessment> all = [.. Detecting.Of(plan, watch).Where(a => a.Tells(watch))];
        Console.Error.WriteLine(FormattableString.Invariant($"{planned.World.OrderLines.Count} order lines, {all.Count} situations, S = {policy.Samples}: planned and read in {clock.Elapsed.TotalSeconds:0.000} s"));
        RemedyList[] remedies = [.. all.Take(r.GetValue(s_remedies)).Select(a =>
        {
            clock.Restart();
            RemedyList list = Search.Of(planned.World, t, policy, a, watch, budget);
            Console.Error.WriteLine(FormattableString.Invariant($"{a.Cause}: {list.Priced} remedies priced in {clock.Elapsed.TotalSeconds:0.000} s{(list.Complete ? "" : "; the budget ended the search")}"));
            return list;
        })];
        if (r.GetValue(s_json)) SituationText.Json(Console.Out, plan, all, remedies);
        else SituationText.Print(Console.Out, plan, all, remedies);
        return Folder.Ok;
    }

    private static string? Wrong(ParseResult r) =>
        r.GetValue(s_samples) is var samples && (samples is < 8 or > 4096 || samples % 8 != 0) ? $"--samples {samples} is no multiple of 8 from 8 to 4096."
        : r.GetValue(s_remedies) is not (>= 0 and <= 1000) ? "--remedies: give 0 to 1000."
        : r.GetValue(s_pricings) is not (>= 1 and <= 100_000) ? "--pricings: give 1 to 100000." : null;
}
