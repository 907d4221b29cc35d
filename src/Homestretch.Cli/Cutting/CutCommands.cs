using System.CommandLine;
using System.Text.Json;
using Homestretch.Cli.Planning;
using Homestretch.Exchange.Cutting;

namespace Homestretch.Cli.Cutting;

/// <summary>cut: where to cut the product, who makes what, who could know what, and where its stock waits.</summary>
public static class CutCommands
{
    internal static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    public static Command Build()
    {
        var command = new Command("cut", "Where to cut the product, who makes what, who could know what, and where its stock waits.");
        command.Subcommands.Add(StockCommand.Build());
        command.Subcommands.Add(ConfigureCommand.Build());
        command.Subcommands.Add(StudyCommands.Solve());
        command.Subcommands.Add(StudyCommands.Derive());
        command.Subcommands.Add(LandedCommand.Build());
        command.Subcommands.Add(ExposureCommand.Build());
        return command;
    }

    internal static NamedBytes Read(string file) => new(file, File.ReadAllBytes(file));

    internal static int Refuse(IEnumerable<Finding> findings)
    {
        foreach (Finding f in findings) Console.Error.WriteLine(f);
        return Folder.BadInput;
    }

    internal static int Bad(string what)
    {
        Console.Error.WriteLine(what);
        return Folder.BadInput;
    }
}
