using System.CommandLine;
using Homestretch.Cli.Planning;
using Homestretch.Cutting.Studying;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Cli.Cutting;

/// <summary>cut study and cut derive: a study of the company's records, solved or made.</summary>
internal static class StudyCommands
{
    /// <summary>Tables of a study.</summary>
    private static readonly string[] s_tables = [Study.TableName, StudyStage.TableName, StudyLink.TableName, StudySource.TableName, StudyLeg.TableName, StudyLimit.TableName];

    public static Command Solve()
    {
        var folder = new Argument<string>("FOLDER") { Description = "Company folder: one CSV a table." };
        var key = new Argument<string?>("STUDY") { Description = "Key of the study; none: the only one there is.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("study", "Solves a study of the company's records like cut configure, under its own limits and those that are given.") { folder, key };
        var choice = new ChoiceOptions(obsolescence: true);
        choice.AddTo(command);
        command.SetAction(r =>
        {
            if (Folder.Read(r.GetValue(folder)!) is not { } world) return Folder.BadInput;
            if (r.GetValue(key) is null && world.Studies.Count > 1) return CutCommands.Bad($"STUDY: name one of {string.Join(", ", world.Studies.Select(static s => s.Id))}.");
            var (study, findings) = Studies.Of(world, r.GetValue(key) ?? world.Studies.FirstOrDefault()?.Id ?? "");
            if (study is null) return CutCommands.Refuse(findings);
            return choice.Run(r, study.Sourcing, study.Policy, study.Limits, study.Obsolescence, static f => f);
        });
        return command;
    }

    public static Command Derive()
    {
        var folder = new Argument<string>("FOLDER") { Description = "Company folder: one CSV a table." };
        var family = new Option<string>("--family") { Description = "Product family to study.", Required = true };
        var key = new Option<string?>("--study") { Description = "Key of the study to make; default: the first of CUT-1, CUT-2 and so on that is free." };
        var on = new Option<string?>("--on") { Description = "Day by which duties, prices and exchange rates are taken, such as 2026-11-24; default: today." };
        var target = new Option<string?>("--out") { Description = "Folder to write the tables of studies to, those of the company's other studies among them; none: only what was found is told." };
        var command = new Command("derive", "Makes a first study out of what the company has: BOM, suppliers, lanes, tariffs, lines and orders. What is unknown stays empty and is told.") { folder, family, key, on, target };
        command.SetAction(r =>
        {
            ParseResult<LocalDate>? day = r.GetValue(on) is { } text ? LocalDatePattern.Iso.Parse(text) : null;
            if (day is { Success: false }) return CutCommands.Bad($"--on: '{r.GetValue(on)}' is no day. Write it like 2026-11-24.");
            if (Folder.Read(r.GetValue(folder)!) is not { } world) return Folder.BadInput;
            if (r.GetValue(key) is { } taken && world.Studies.Contains(taken)) return CutCommands.Bad($"--study: there is a study '{taken}' already.");
            DerivedStudy derived = Studies.Derive(world, r.GetValue(family)!, day?.Value ?? SystemClock.Instance.GetCurrentInstant().InUtc().Date, r.GetValue(key));
            foreach (Finding f in derived.Findings) Console.Error.WriteLine(f);
            if (derived.Records.Count == 0) return Folder.BadInput;
            Applied applied = world.Apply([.. derived.Records.Select(static x => new WorldEvent.Put(x))]);
            if (!applied.Accepted) return CutCommands.Refuse(applied.Findings);
            int Made<T>() => derived.Records.OfType<T>().Count();
            Console.Out.WriteLine($"{derived.Records.OfType<Study>().Single().Key}: {Made<StudyStage>()} stages, {Made<StudyLink>()} links, {Made<StudySource>()} sources, {Made<StudyLeg>()} legs; {derived.Findings.Count} findings{(r.GetValue(target) is { } path ? $"; written to {path}" : "; not written, --out FOLDER writes it")}");
            if (r.GetValue(target) is { } to) Folder.Write(applied.World, to, s_tables);
            return Folder.Ok;
        });
        return command;
    }
}
