using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Homestretch.Cli.Planning;
using Homestretch.Cutting.Studying;
using Homestretch.World;

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
        var (chosen, findings) = ChosenDesign.Of(world, r.GetValue(s_key), r.GetValue(s_design), now, stop.Token);
        if (chosen is not var (study, design, kept)) return CutCommands.Refuse(error, findings);
        Adoption adoption = kept is null ? Studies.Adopt(world, study, design) : Designs.Adopt(world, kept, now, r.GetValue(s_by)!);
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
}
