using System.CommandLine;
using Homestretch.Cli.Planning;
using Homestretch.Cutting.Studying;
using Homestretch.Exchange.Cutting;
using Homestretch.Papers;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Cutting;

/// <summary>cut study: a study of the company's records, solved.</summary>
internal static class StudyCommand
{
    private static readonly Argument<string> s_folder = new("FOLDER") { Description = "Company folder, one CSV a table, or a workbook (.xlsx), a sheet a table." };
    private static readonly Argument<string?> s_key = new("STUDY") { Description = "Key of the study; none: the only one there is.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<bool> s_free = new("--without-limits") { Description = "Leaves the study's own limits out." };
    private static readonly Option<string?> s_at = CutCommands.At();
    private static readonly Option<string?> s_export = new("--export") { Description = "File to write the design to, with what its limits cost: .zip (tables as CSV), .xlsx, or .pdf, a business case to read." };
    private static readonly ChoiceOptions s_choice = new(obsolescence: true);

    public static Command Build()
    {
        var command = new Command("study", "Solves a study of the company's records like cut configure, under its own limits and those that are given.") { s_folder, s_key, s_free, s_at, s_export };
        s_choice.AddTo(command);
        command.SetAction(static r => Run(r, Console.Out, Console.Error));
        return command;
    }

    internal static int Run(ParseResult r, TextWriter to, TextWriter error)
    {
        string? file = r.GetValue(s_export);
        if (file is not null && DesignFile.Form(file) is null) return CutCommands.Bad(error, $"--export: '{file}' ends in none of .zip, .xlsx and .pdf.");
        if (Folder.Time(r.GetValue(s_at)) is not { } now || Folder.Read(r.GetValue(s_folder)!) is not { } world) return Folder.BadInput;
        var (study, findings) = Chosen(world, r.GetValue(s_key), now);
        return study is null ? CutCommands.Refuse(error, findings) : s_choice.Run(r, to, error, study.Sourcing, study.Policy, r.GetValue(s_free) ? [] : study.Limits, study.Obsolescence, static f => f,
            file is null ? null : (design, limits, prices) => Export(file, new(study, design, limits, prices, now) { Parties = SolvedDesign.Named(world) }, to));
    }

    /// <summary>Writes a design to a file, in the form that its name ends in.</summary>
    internal static void Export(string file, SolvedDesign design, TextWriter to)
    {
        File.WriteAllBytes(file, DesignFile.Of(design, DesignFile.Form(file)!.Value));
        to.WriteLine($"written to {file}");
    }

    /// <summary>The study of that key, or the only one there is; else what keeps it from being solved.</summary>
    internal static (StudyCase? Case, IReadOnlyList<Finding> Findings) Chosen(Snapshot world, string? key, Instant now) => key is not null || world.Studies.Count == 1 ? Studies.Of(world, key ?? world.Studies.First().Id, now)
        : (null, [world.Studies.Count == 0 ? new(new("studies"), "no-study", "The company has no study.", "Make one: homestretch cut derive.") : new(new("studies"), "which-study", "The company has several studies.", $"STUDY: name one of {string.Join(", ", world.Studies.Select(static s => s.Id))}.")]);
}
