using System.CommandLine;
using Homestretch.Cli.Planning;
using Homestretch.Cutting.Studying;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Cli.Cutting;

/// <summary>cut derive: a first study out of what the company has.</summary>
internal static class DeriveCommand
{
    private static readonly string[] s_tables = [Study.TableName, StudyStage.TableName, StudyLink.TableName, StudySource.TableName, StudyLeg.TableName, StudyLimit.TableName];

    private static readonly Argument<string> s_folder = new("FOLDER") { Description = "Company folder: one CSV a table." };
    private static readonly Option<string> s_family = new("--family") { Description = "Product family to study.", Required = true };
    private static readonly Option<string?> s_key = new("--study") { Description = "Key of the study to make; default: the first of CUT-1, CUT-2 and so on that is free." };
    private static readonly Option<string?> s_on = new("--on") { Description = "Day by which duties, prices and exchange rates are taken, such as 2026-11-24; default: today." };
    private static readonly Option<string?> s_out = new("--out") { Description = "Folder to write the tables of studies to, those of the company's other studies among them; none: only what was found is told." };

    public static Command Build()
    {
        var command = new Command("derive", "Makes a first study out of what the company has: BOM, suppliers, lanes, tariffs, lines and orders. What is unknown stays empty and is told.") { s_folder, s_family, s_key, s_on, s_out };
        command.SetAction(static r => Run(r, Console.Out, Console.Error, SystemClock.Instance.GetCurrentInstant().InUtc().Date));
        return command;
    }

    internal static int Run(ParseResult r, TextWriter to, TextWriter error, LocalDate today)
    {
        ParseResult<LocalDate>? day = r.GetValue(s_on) is { } text ? LocalDatePattern.Iso.Parse(text) : null;
        if (day is { Success: false }) return CutCommands.Bad(error, $"--on: '{r.GetValue(s_on)}' is no day. Write it like 2026-11-24.");
        if (Folder.Read(r.GetValue(s_folder)!) is not { } world) return Folder.BadInput;
        if (r.GetValue(s_key) is { } taken && world.Studies.Contains(taken)) return CutCommands.Bad(error, $"--study: there is a study '{taken}' already.");
        DerivedStudy derived = Studies.Derive(world, r.GetValue(s_family)!, day?.Value ?? today, r.GetValue(s_key));
        foreach (Finding f in derived.Findings) error.WriteLine(f);
        if (derived.Records.Count == 0) return Folder.BadInput;
        Applied applied = world.Apply([.. derived.Records.Select(static x => new WorldEvent.Put(x))]);
        if (!applied.Accepted) return CutCommands.Refuse(error, applied.Findings);
        if (r.GetValue(s_out) is { } path) Folder.Write(applied.World, path, s_tables);
        to.WriteLine($"{derived.Records.OfType<Study>().Single().Key}: {Made<StudyStage>()} stages, {Made<StudyLink>()} links, {Made<StudySource>()} sources, {Made<StudyLeg>()} legs; {derived.Findings.Count} findings; {(r.GetValue(s_out) is { } where ? $"written to {where}" : "not written: --out FOLDER writes it")}");
        return Folder.Ok;

        int Made<T>() => derived.Records.OfType<T>().Count();
    }
}
