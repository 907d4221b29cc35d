using System.CommandLine;
using Homestretch.Cli.Planning;
using Homestretch.Exchange.Cutting;

namespace Homestretch.Cli.Cutting;

/// <summary>cut sample: studies that ship with the product.</summary>
internal static class SampleCommand
{
    private static readonly Argument<string?> s_name = new("NAME") { Description = "Sample to write; none: all are listed.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> s_out = new("--out") { Description = "Folder to write it to." };

    public static Command Build()
    {
        var command = new Command("sample", "Studies that ship with the product, to open and look at or to begin from.") { s_name, s_out };
        command.SetAction(static r => Run(r, Console.Out, Console.Error));
        return command;
    }

    internal static int Run(ParseResult r, TextWriter to, TextWriter error)
    {
        if (r.GetValue(s_name) is not { } name)
        {
            foreach (StudySample s in StudySamples.All) to.WriteLine($"{s.Name,-10} {s.Study.Name}: {s.World.StudyStages.Count} stages. {s.Study.Note}");
            return Folder.Ok;
        }
        if (StudySamples.Named(name) is not { } sample) return CutCommands.Bad(error, $"There is no sample '{name}'. Name one of {string.Join(", ", StudySamples.All.Select(static s => s.Name))}.");
        if (r.GetValue(s_out) is not { } path) return CutCommands.Bad(error, "--out: name the folder to write it to.");
        if (Path.Exists(path)) return CutCommands.Bad(error, $"--out: {path} is there already; nothing was written over it.");
        Folder.Write(sample.World, path);
        to.WriteLine($"Written to {path}. Solve it: homestretch cut study {path}");
        return Folder.Ok;
    }
}
