using System.CommandLine;
using Homestretch.Cli.Planning;
using Homestretch.Cutting.Studying;

namespace Homestretch.Cli.Cutting;

/// <summary>cut study: a study of the company's records, solved.</summary>
internal static class StudyCommand
{
    private static readonly Argument<string> s_folder = new("FOLDER") { Description = "Company folder: one CSV a table." };
    private static readonly Argument<string?> s_key = new("STUDY") { Description = "Key of the study; none: the only one there is.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<bool> s_free = new("--without-limits") { Description = "Leaves the study's own limits out." };
    private static readonly ChoiceOptions s_choice = new(obsolescence: true);

    public static Command Build()
    {
        var command = new Command("study", "Solves a study of the company's records like cut configure, under its own limits and those that are given.") { s_folder, s_key, s_free };
        s_choice.AddTo(command);
        command.SetAction(static r => Run(r, Console.Out, Console.Error));
        return command;
    }

    internal static int Run(ParseResult r, TextWriter to, TextWriter error)
    {
        if (Folder.Read(r.GetValue(s_folder)!) is not { } world) return Folder.BadInput;
        if (r.GetValue(s_key) is null && world.Studies.Count != 1)
            return CutCommands.Bad(error, world.Studies.Count == 0 ? "The company has no study. Make one: homestretch cut derive." : $"STUDY: name one of {string.Join(", ", world.Studies.Select(static s => s.Id))}.");
        var (study, findings) = Studies.Of(world, r.GetValue(s_key) ?? world.Studies.First().Id);
        return study is null ? CutCommands.Refuse(error, findings) : s_choice.Run(r, to, error, study.Sourcing, study.Policy, r.GetValue(s_free) ? [] : study.Limits, study.Obsolescence, static f => f);
    }
}
