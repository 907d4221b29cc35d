using System.CommandLine;
using System.Globalization;
using Homestretch.Cli.Planning;
using Homestretch.Cutting;
using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Sourcing.Limits;
using Homestretch.Cutting.Studying;
using Homestretch.World;

namespace Homestretch.Cli.Cutting;

/// <summary>cut keep: the best design of a study within limits, kept as a record with its business case.</summary>
internal static class KeepCommand
{
    private static readonly Argument<string> s_folder = new("FOLDER") { Description = "Company folder: one CSV a table." };
    private static readonly Argument<string?> s_study = new("STUDY") { Description = "Key of the study; none: the only one there is.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string> s_name = new("--name") { Description = "Name of the design, as people write it.", Required = true };
    private static readonly Option<string> s_note = new("--note") { Description = "Business case: the economic reason. It can be added later, but must be there before the design is adopted.", DefaultValueFactory = static _ => "" };
    private static readonly Option<string?> s_key = new("--design") { Description = "Key of the design; none: the study's with the first free number." };
    private static readonly Option<bool> s_free = new("--without-limits") { Description = "Leaves the study's own limits out." };
    private static readonly Option<string[]> s_limits = new("--limit") { Description = "A limit beside the study's own, as in cut study." };
    private static readonly Option<string> s_by = new("--by") { Description = "Who keeps it.", DefaultValueFactory = static _ => Environment.UserName };
    private static readonly Option<string?> s_at = CutCommands.At();
    private static readonly Option<double> s_time = new("--time-limit") { Description = "Seconds after which the best design so far is kept.", DefaultValueFactory = static _ => 30 };
    private static readonly Option<string?> s_out = new("--out") { Description = "Folder to write the company to with the design in it; none: the two tables are written to the folder it was read from." };

    public static Command Build()
    {
        var command = new Command("keep", "Keeps the best design of a study as a record, with its business case.") { s_folder, s_study, s_name, s_note, s_key, s_free, s_limits, s_by, s_at, s_time, s_out };
        command.SetAction(static r => Run(r, Console.Out, Console.Error));
        return command;
    }

    internal static int Run(ParseResult r, TextWriter to, TextWriter error)
    {
        string folder = r.GetValue(s_folder)!;
        if (Folder.IsWorkbook(folder) && r.GetValue(s_out) is null) return CutCommands.Bad(error, "--out: name a folder to write the company to; a workbook is only read.");
        if (Folder.Time(r.GetValue(s_at)) is not { } now || Folder.Read(folder) is not { } world) return Folder.BadInput;
        if (r.GetValue(s_time) is not (> 0 and <= 86_400)) return CutCommands.Bad(error, "--time-limit: give more than 0 and at most 86400 seconds.");
        var (study, findings) = StudyCommand.Chosen(world, r.GetValue(s_study), now);
        if (study is null) return CutCommands.Refuse(error, findings);
        var bad = new List<Finding>();
        Limit[] limits = [.. r.GetValue(s_free) ? [] : study.Limits, .. (r.GetValue(s_limits) ?? []).Select(text => LimitWords.Limit(text, bad)).OfType<Limit>()];
        if (bad.Count > 0) return CutCommands.Refuse(error, bad);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(r.GetValue(s_time)));
        var (design, unmet) = Configuring.Of(study.Sourcing, study.Policy, limits, new PlacementBudget { Passes = int.MaxValue }, null, stop.Token);
        if (design is null) return CutCommands.Refuse(error, unmet);
        var (key, events) = Designs.Keep(world, study, limits, design, r.GetValue(s_name)!, r.GetValue(s_note)!, now, r.GetValue(s_by)!, r.GetValue(s_key));
        if (world.Designs.Contains(key.Value)) return CutCommands.Bad(error, $"--design: there is a design {key} already.");
        Applied applied = world.Apply(events);
        if (!applied.Accepted) return CutCommands.Refuse(error, applied.Findings);
        if (r.GetValue(s_out) is { } target) Folder.Write(applied.World, target);
        else Folder.Write(applied.World, folder, [Design.TableName, DesignSource.TableName]);
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{key}: {design.Cost.Total:N0} a year, bound {design.Bound:N0}{(design.Proven ? ", proven" : "")}, {events.Count - 1} sources, within {(limits.Length == 0 ? "no limits" : string.Join("; ", limits.Select(LimitWords.Of)))}"));
        return Folder.Ok;
    }
}
