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
        command.Subcommands.Add(StudyCommand.Build());
        command.Subcommands.Add(DeriveCommand.Build());
        command.Subcommands.Add(TemplateCommand.Build());
        command.Subcommands.Add(SampleCommand.Build());
        command.Subcommands.Add(KeepCommand.Build());
        command.Subcommands.Add(DesignsCommand.Build());
        command.Subcommands.Add(AdoptCommand.Build());
        command.Subcommands.Add(TryCommand.Build());
        command.Subcommands.Add(LandedCommand.Build());
        command.Subcommands.Add(ExposureCommand.Build());
        return command;
    }

    internal static Option<string?> At() => new("--at") { Description = "Present, ISO 8601 with offset; what is given later is not known yet. Default: now." };

    internal static NamedBytes Read(string file) => new(file, File.ReadAllBytes(file));

    internal static int Refuse(IEnumerable<Finding> findings) => Refuse(Console.Error, findings);

    internal static int Refuse(TextWriter error, IEnumerable<Finding> findings)
    {
        foreach (Finding f in findings) error.WriteLine(f);
        return Folder.BadInput;
    }

    internal static int Bad(string what) => Bad(Console.Error, what);

    internal static int Bad(TextWriter error, string what)
    {
        error.WriteLine(what);
        return Folder.BadInput;
    }
}
