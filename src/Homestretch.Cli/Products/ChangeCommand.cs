using System.CommandLine;
using System.Diagnostics;
using Homestretch.Changing;
using Homestretch.Cli.Planning;
using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Products;

/// <summary>products change: what an engineering change does to parts, kits and promises.</summary>
internal static class ChangeCommand
{
    private static readonly Option<string> s_company = new("--company") { Required = true, Description = "Company folder: one CSV a table." };
    private static readonly Option<string> s_change = new("--change") { Required = true, Description = "Number of the change in engineering_changes; a draft is taken as if it were released." };
    private static readonly Option<string?> s_at = new("--at") { Description = "Epoch, ISO 8601 with offset; default: now." };
    private static readonly Option<int> s_samples = new("--samples") { Description = "Futures that are drawn.", DefaultValueFactory = static _ => new PlanPolicy().Samples };
    private static readonly Option<int> s_dates = new("--dates") { Description = "Most days that are looked at to find the best one to take effect, 0 to 50.", DefaultValueFactory = static _ => ChangeImpact.UsualDates };
    private static readonly Option<bool> s_json = new("--json") { Description = "Print JSON (see docs/command-line.md)." };

    public static Command Build()
    {
        var command = new Command("change", "What an engineering change makes unusable or to be reworked, which kits lack parts for it, which promises it moves, and the day on which it costs least.") { s_company, s_change, s_at, s_samples, s_dates, s_json };
        command.SetAction(static r => Run(r, r.InvocationConfiguration.Output, r.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(ParseResult r, TextWriter to, TextWriter error)
    {
        if (r.GetValue(s_samples) is not (>= 1 and <= 100_000) || r.GetValue(s_dates) is not (>= 0 and <= 50))
        {
            error.WriteLine("--samples takes 1 to 100000, --dates 0 to 50.");
            return Folder.BadInput;
        }
        if (Folder.Time(r.GetValue(s_at)) is not { } t || Folder.Read(r.GetValue(s_company)!) is not { } world) return Folder.BadInput;
        if (world.EngineeringChanges.Find(r.GetValue(s_change)!) is not { } change)
        {
            error.WriteLine($"There is no change '{r.GetValue(s_change)}'. {(world.EngineeringChanges.Count == 0 ? "engineering_changes is empty." : $"Name one of: {string.Join(", ", world.EngineeringChanges.Select(static c => c.Id))}.")}");
            return Folder.BadInput;
        }
        var policy = new PlanPolicy { Samples = r.GetValue(s_samples), Sea = Exchange.Sea.SeaAtlas.World };
        long start = Stopwatch.GetTimestamp();
        ChangeImpact impact = ChangeImpact.Of(world, t, policy, change, r.GetValue(s_dates));
        error.WriteLine(FormattableString.Invariant($"{impact.Dates.Count} days and {world.OrderLines.Count} order lines in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s"));
        foreach (Finding finding in impact.Findings) error.WriteLine(finding);
        if (r.GetValue(s_json)) ChangeText.Json(to, impact);
        else ChangeText.Print(to, impact);
        return impact.Lacking.Count + impact.Moved.Count > 0 ? Folder.No : Folder.Ok;
    }
}
