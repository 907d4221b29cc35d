using System.CommandLine;
using Homestretch.Exchange.Csv;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Cli.Demo;

/// <summary>The <c>demo</c> commands: make the demonstration company, or play it against a server.</summary>
public static class DemoCommands
{
    /// <summary><c>demo company</c> writes the company folder; <c>demo</c> alone runs the simulator.</summary>
    public static Command Build()
    {
        var demo = new Command("demo", "The demonstration company Meridian Cycles (fictional).");
        demo.Subcommands.Add(Company());
        return demo;
    }

    private static Command Company()
    {
        var at = new Option<string>("--at") { Description = "The company's present, ISO 8601 with offset. Default: now." };
        var seed = new Option<int>("--seed") { Description = "The same seed and time give the same bytes.", DefaultValueFactory = static _ => DemoCompany.DefaultSeed };
        var folder = new Option<DirectoryInfo>("--out") { Description = "Folder to write the CSV files to; made when missing.", Required = true };
        var company = new Command("company", "Writes Meridian Cycles as a company folder, relative to a moment.") { at, seed, folder };
        company.SetAction(parsed =>
        {
            if (Moment(parsed.GetValue(at)) is not { } start) return Bad($"'{parsed.GetValue(at)}' is no date and time with offset, such as 2026-11-24T09:00:00Z.");
            DirectoryInfo to = parsed.GetValue(folder)!;
            to.Create();
            Snapshot world = Snapshot.Of(DemoCompany.Make(start, parsed.GetValue(seed)));
            foreach (var (name, bytes) in CompanyFolder.Write(world)) File.WriteAllBytes(Path.Combine(to.FullName, name), bytes);
            Console.Error.WriteLine($"Meridian Cycles (fictional) as of {start}: {world.OrderLines.Count} order lines, {world.Lots.Count} lots, {world.Machines.Count} machines in {to.FullName}");
            return 0;
        });
        return company;
    }

    internal static Instant? Moment(string? text) => text is null ? SystemClock.Instance.GetCurrentInstant()
        : OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } dated ? dated.Value.ToInstant() : null;

    internal static int Bad(string what)
    {
        Console.Error.WriteLine(what);
        return 2;
    }
}
