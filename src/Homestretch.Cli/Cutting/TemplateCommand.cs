using System.CommandLine;
using Homestretch.Cli.Planning;
using Homestretch.Exchange.Csv;
using Homestretch.Exchange.Papers;
using Homestretch.Papers;

namespace Homestretch.Cli.Cutting;

/// <summary>cut template: what a newcomer fills in to have a study.</summary>
internal static class TemplateCommand
{
    private static readonly Option<string> s_out = new("--out") { Description = "File to write, such as study.xlsx; without .xlsx a folder of CSV files.", Required = true };

    public static Command Build()
    {
        var command = new Command("template", "Writes what to fill in for a study: its tables as sheets with a line about each column and a small worked example. cut study reads it back.") { s_out };
        command.SetAction(static r => Run(r, Console.Out, Console.Error));
        return command;
    }

    internal static int Run(ParseResult r, TextWriter to, TextWriter error)
    {
        string path = r.GetValue(s_out)!;
        if (Path.Exists(path)) return CutCommands.Bad(error, $"--out: {path} is there already; nothing was written over it.");
        if (Folder.IsWorkbook(path)) File.WriteAllBytes(path, Workbook.Template());
        else
        {
            Directory.CreateDirectory(path);
            foreach (var (kind, rows) in StudyTemplate.Tables()) File.WriteAllBytes(Path.Combine(path, $"{kind.Name}.csv"), CompanyFolder.WriteTable(kind, rows));
            File.WriteAllText(Path.Combine(path, "README.txt"), StudyTemplate.Readme());
        }
        to.WriteLine($"Written to {path}. Fill it in, then: homestretch cut study {path}");
        return Folder.Ok;
    }
}
