using System.CommandLine;
using System.Diagnostics;
using Homestretch.Cli.Planning;
using Homestretch.Promising;
using Homestretch.Maintaining;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Maintaining;

/// <summary>upkeep: a company folder's machines by what waiting costs, each with slots for maintenance and their price.</summary>
public static class UpkeepCommands
{
    private static readonly Argument<string> s_folder = new("FOLDER") { Description = "Company folder: one CSV a table." };
    private static readonly Option<string?> s_at = new("--at") { Description = "Epoch, ISO 8601 with offset; default: now." };
    private static readonly Option<int> s_samples = new("--samples") { Description = "Possible futures, a multiple of 8.", DefaultValueFactory = static _ => 256 };
    private static readonly Option<long> s_seed = new("--seed") { Description = "Seed of the futures.", DefaultValueFactory = static _ => 1 };
    private static readonly Option<double> s_days = new("--days") { Description = "How far ahead slots are looked for.", DefaultValueFactory = static _ => 14 };
    private static readonly Option<double> s_notice = new("--notice") { Description = "Hours until a crew can begin.", DefaultValueFactory = static _ => 4 };
    private static readonly Option<double> s_work = new("--work") { Description = "Hours the work takes where no planned stop says so.", DefaultValueFactory = static _ => 6 };
    private static readonly Option<double?> s_crew = new("--crew") { Description = "Crew hours to spend: also say where they win most." };
    private static readonly Option<bool> s_json = new("--json") { Description = "Print JSON (see docs/command-line.md)." };

    public static Command Build()
    {
        var command = new Command("upkeep", "Rank machines by what waiting costs: promises that maintenance would win, and when.") { s_folder, s_at, s_samples, s_seed, s_days, s_notice, s_work, s_crew, s_json };
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
        var how = new UpkeepPolicy { Ahead = Duration.FromDays(r.GetValue(s_days)), Notice = Duration.FromHours(r.GetValue(s_notice)), Work = Duration.FromHours(r.GetValue(s_work)) };
        Applied planned = folder.Apply(Plan.Allocate(folder, t, policy, Scope.Unpegged), "plan");
        if (!planned.Accepted) throw new InvalidOperationException($"The plan's own events do not apply: {planned.Findings[0]}");
        var watch = Stopwatch.StartNew();
        WorkList list = WorkList.Of(planned.World, t, policy, how);
        Console.Error.WriteLine(FormattableString.Invariant($"{planned.World.OrderLines.Count} order lines, {list.Machines.Count} machines, {list.Machines.Sum(static m => m.Slots.Count)} slots, S = {policy.Samples}: priced in {watch.Elapsed.TotalSeconds:0.000} s"));
        IReadOnlyList<CrewJob> jobs = r.GetValue(s_crew) is { } hours ? Crew.Of(planned.World, t, policy, Duration.FromHours(hours), how) : [];
        if (r.GetValue(s_json)) UpkeepText.Json(Console.Out, planned.World, list, jobs);
        else UpkeepText.Print(Console.Out, planned.World, list, jobs);
        return Folder.Ok;
    }

    private static string? Wrong(ParseResult r) =>
        r.GetValue(s_samples) is var samples && (samples is < 8 or > 4096 || samples % 8 != 0) ? $"--samples {samples} is no multiple of 8 from 8 to 4096."
        : r.GetValue(s_days) is not (> 0 and <= 365) ? "--days: give more than 0 and at most 365."
        : r.GetValue(s_notice) is not (>= 0 and <= 8760) ? "--notice: give hours from 0 to 8760."
        : r.GetValue(s_work) is not (> 0 and <= 1000) ? "--work: give hours above 0 and at most 1000."
        : r.GetValue(s_crew) is not (null or > 0 and <= 100_000) ? "--crew: give hours above 0 and at most 100000." : null;
}
