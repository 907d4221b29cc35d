using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Homestretch.Cli.Planning;
using Homestretch.Cutting;
using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Studying;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Cutting;

/// <summary>cut adopt: what the best design of a study would change in the company, for review or written.</summary>
internal static class AdoptCommand
{
    private static readonly Argument<string> s_folder = new("FOLDER") { Description = "Company folder: one CSV a table." };
    private static readonly Argument<string?> s_key = new("STUDY") { Description = "Key of the study; none: the only one there is.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> s_design = new("--design") { Description = "Key of a kept design; none: the best of the study within its own limits." };
    private static readonly Option<string> s_by = new("--by") { Description = "Who adopts the kept design.", DefaultValueFactory = static _ => Environment.UserName };
    private static readonly Option<string?> s_at = CutCommands.At();
    private static readonly Option<double> s_time = new("--time-limit") { Description = "Seconds after which the best design so far is taken.", DefaultValueFactory = static _ => 30 };
    private static readonly Option<string?> s_out = new("--out") { Description = "Folder to write the company to with the design adopted; none: it is only told." };
    private static readonly Option<bool> s_json = new("--json") { Description = "Print JSON (see docs/command-line.md)." };

    public static Command Build()
    {
        var command = new Command("adopt", "Turns a kept design, or the best of a study, into lanes and ways to buy, which are told for review, or written.") { s_folder, s_key, s_design, s_by, s_at, s_time, s_out, s_json };
        command.SetAction(static r => Run(r, Console.Out, Console.Error));
        return command;
    }

    internal static int Run(ParseResult r, TextWriter to, TextWriter error)
    {
        if (Folder.Time(r.GetValue(s_at)) is not { } now || Folder.Read(r.GetValue(s_folder)!) is not { } world) return Folder.BadInput;
        if (r.GetValue(s_time) is not (> 0 and <= 86_400)) return CutCommands.Bad(error, "--time-limit: give more than 0 and at most 86400 seconds.");
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(r.GetValue(s_time)));
        var (study, design, adoption, findings) = r.GetValue(s_design) is { } key ? Kept(world, r.GetValue(s_key), key, now, r.GetValue(s_by)!, stop.Token) : Best(world, r.GetValue(s_key), now, stop.Token);
        if (study is null || design is null || adoption is null) return CutCommands.Refuse(error, findings);
        Applied applied = world.Apply(adoption.Events);
        if (!applied.Accepted) return CutCommands.Refuse(error, applied.Findings);
        if (r.GetValue(s_json)) to.WriteLine(JsonSerializer.Serialize(new { design = new { Cost = design.Cost.Total, design.Bound, design.Proven }, Ways = adoption.Ways.Select(static w => new { Item = w.Item.Value, Hub = w.Hub.Value, Supplier = w.Supplier.Value, w.Share, Lane = w.Lane.Value, w.NewLane, w.NewWay, w.Kept, w.KeptDays }),
            Changes = adoption.Events.Count, Findings = findings.Concat(adoption.Findings).Select(static f => new { Place = f.Place.ToString(), f.Rule, f.What, f.Cure }) }, CutCommands.Json));
        else
        {
            foreach (AdoptedWay w in adoption.Ways)
                to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{w.Item,-12} for {w.Hub,-6} from {w.Supplier,-10} {100 * w.Share,5:0.#} % by {w.Lane}{(w.NewLane ? " (new lane)" : w.NewWay ? " (new way)" : "")}, kept there: {w.Kept:0.#}, {w.KeptDays:0.#} days of need"));
            foreach (Finding f in findings.Concat(adoption.Findings)) to.WriteLine(f);
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{study.Study.Key}: a design of {design.Cost.Total:N0} a year, {adoption.Ways.Count} ways to buy, {adoption.Events.Count} records to change, {adoption.Findings.Count} findings{(r.GetValue(s_out) is { } path ? $"; written to {path}" : "; not written, --out FOLDER writes it")}"));
        }
        if (r.GetValue(s_out) is { } target) Folder.Write(applied.World, target);
        return Folder.Ok;
    }

    private static (StudyCase?, Configuration?, Adoption?, IReadOnlyList<Finding>) Kept(Snapshot world, string? study, string key, Instant now, string by, CancellationToken stop)
    {
        var (opened, findings) = Designs.Open(world, key, now, stop);
        if (opened is null) return (null, null, null, findings);
        if (study is not null && study != opened.Design.Study.Value) return (null, null, null, [new(new("designs"), "study", $"{key} is a design of {opened.Design.Study}, not of {study}.", "Leave the study out.")]);
        return (opened.Study, opened.Now, Designs.Adopt(world, opened, now, by), opened.Findings);
    }

    private static (StudyCase?, Configuration?, Adoption?, IReadOnlyList<Finding>) Best(Snapshot world, string? key, Instant now, CancellationToken stop)
    {
        var (study, findings) = StudyCommand.Chosen(world, key, now);
        if (study is null) return (null, null, null, findings);
        var (design, unmet) = Configuring.Of(study.Sourcing, study.Policy, study.Limits, new PlacementBudget { Passes = int.MaxValue }, null, stop);
        return (study, design, design is null ? null : Studies.Adopt(world, study, design), unmet);
    }
}
