using System.CommandLine;
using System.Globalization;
using Homestretch.Cli.Planning;
using Homestretch.Cutting.Studying;
using Homestretch.Exchange.Cutting;
using Homestretch.Papers;
using Homestretch.World;

namespace Homestretch.Cli.Cutting;

/// <summary>cut designs: the designs that are kept, or one of them by the records of now.</summary>
internal static class DesignsCommand
{
    private static readonly Argument<string> s_folder = new("FOLDER") { Description = "Company folder: one CSV a table." };
    private static readonly Argument<string?> s_key = new("DESIGN") { Description = "Key of a design to open; none: all are listed.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> s_export = new("--export") { Description = "File to write an opened design to: .zip (tables as CSV), .xlsx, or .pdf, a business case to read." };
    private static readonly Option<string?> s_at = CutCommands.At();

    public static Command Build()
    {
        var command = new Command("designs", "The designs that are kept, or what one of them is by the records of now.") { s_folder, s_key, s_export, s_at };
        command.SetAction(static r => Run(r, Console.Out, Console.Error));
        return command;
    }

    internal static int Run(ParseResult r, TextWriter to, TextWriter error)
    {
        string? file = r.GetValue(s_export);
        if (file is not null && (r.GetValue(s_key) is null || DesignFile.Form(file) is null)) return CutCommands.Bad(error, "--export: name a design, and a file that ends in .zip, .xlsx or .pdf.");
        if (Folder.Time(r.GetValue(s_at)) is not { } now || Folder.Read(r.GetValue(s_folder)!) is not { } world) return Folder.BadInput;
        if (r.GetValue(s_key) is not { } key)
        {
            foreach (Design d in world.Designs)
                to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{d.Id,-12} {d.Study,-8} {d.Cost,14:N0} a year, kept {d.Made.InUtc().Date:uuuu'-'MM'-'dd} by {d.By}{(d.Adopted is { } at ? $", adopted {at.InUtc().Date:uuuu'-'MM'-'dd} by {d.AdoptedBy}" : "")}: {d.Name}"));
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{world.Designs.Count} designs"));
            return Folder.Ok;
        }
        var (opened, findings) = Designs.Open(world, key, now);
        if (opened is null) return CutCommands.Refuse(error, findings);
        new ConfigurePrint(to).All(opened.Now, 0, [], [], opened.Study.Sourcing, [], [], [], new Dictionary<string, IReadOnlyList<Homestretch.Cutting.Sourcing.Alternative>>(), []);
        foreach (Finding f in opened.Findings) to.WriteLine(f);
        Design design = opened.Design;
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{design.Id} \"{design.Name}\": {opened.Now.Cost.Total:N0} a year by the records of now, {design.Cost:N0} when it was kept{(design.Limits.Length > 0 ? $" within {design.Limits}" : "")}"));
        to.WriteLine(design.Note.Length > 0 ? $"Business case: {design.Note}" : "No business case: it cannot be adopted without one.");
        if (file is not null) StudyCommand.Export(file, new(opened.Study, opened.Now, opened.Limits, [], now, design) { Parties = SolvedDesign.Named(world) }, to);
        return Folder.Ok;
    }
}
