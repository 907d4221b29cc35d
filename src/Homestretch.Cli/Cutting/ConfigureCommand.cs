using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Homestretch.Cli.Planning;
using Homestretch.Cutting;
using Homestretch.Cutting.Sourcing;
using Homestretch.Exchange.Cutting;

namespace Homestretch.Cli.Cutting;

/// <summary>cut configure: who does each stage, and where stock waits.</summary>
internal static class ConfigureCommand
{
    public static Command Build()
    {
        var stages = new Option<string>("--stages") { Description = "CSV of the stages (docs/cutting.md).", Required = true };
        var links = new Option<string>("--links") { Description = "CSV of what goes into what.", Required = true };
        var sources = new Option<string>("--sources") { Description = "CSV of who can do a stage, where, at what cost and in what time.", Required = true };
        var legs = new Option<string?>("--legs") { Description = "CSV of the ways between places: freight, duty, days." };
        var rate = new Option<double>("--holding-rate") { Description = "Cost of holding a unit of value for a year.", DefaultValueFactory = static _ => 0.2 };
        var years = new Option<double>("--write-off-years") { Description = "Years over which what is spent once is written off.", DefaultValueFactory = static _ => 5 };
        var limit = new Option<double>("--time-limit") { Description = "Seconds after which the best so far is told.", DefaultValueFactory = static _ => 30 };
        var json = new Option<bool>("--json") { Description = "Print JSON (see docs/command-line.md)." };
        var command = new Command("configure", "Chooses who does each stage, and where stock waits, so that a year costs least, with a proven bound.") { stages, links, sources, legs, rate, years, limit, json };
        command.SetAction(r =>
        {
            if (r.GetValue(rate) is not (> 0 and <= 10)) return CutCommands.Bad("--holding-rate: give more than 0 and at most 10.");
            if (r.GetValue(years) is not (> 0 and <= 100)) return CutCommands.Bad("--write-off-years: give more than 0 and at most 100.");
            if (r.GetValue(limit) is not (> 0 and <= 86_400)) return CutCommands.Bad("--time-limit: give more than 0 and at most 86400 seconds.");
            var files = new Dictionary<string, string?> { ["stages"] = r.GetValue(stages), ["links"] = r.GetValue(links), ["sources"] = r.GetValue(sources), ["legs"] = r.GetValue(legs) };
            var (study, findings) = StageFiles.Read(CutCommands.Read(files["stages"]!), CutCommands.Read(files["links"]!), CutCommands.Read(files["sources"]!), files["legs"] is { } l ? CutCommands.Read(l) : null);
            if (study is null) return CutCommands.Refuse(findings);
            var watch = Stopwatch.StartNew();
            using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(r.GetValue(limit)));
            var policy = new SourcingPolicy { Stock = new() { HoldingRate = r.GetValue(rate) }, WriteOffYears = r.GetValue(years) };
            var (found, broken) = Configuring.Of(study, policy, new PlacementBudget { Passes = int.MaxValue }, null, stop.Token);
            if (found is null) return CutCommands.Refuse(broken.Select(f => f with { Place = f.Place with { Source = files.GetValueOrDefault(f.Place.Source) ?? f.Place.Source } }));
            double seconds = Math.Round(watch.Elapsed.TotalSeconds, 3);
            if (r.GetValue(json)) Console.Out.WriteLine(JsonSerializer.Serialize(new { Cost = found.Cost.Total, found.Bound, found.Gap, found.Proven, Parts = found.Cost, found.DaysCounted, found.Rounded, found.Passes, seconds, found.Stages }, CutCommands.Json));
            else Print(found, seconds);
            return Folder.Ok;
        });
        return command;
    }

    private static void Print(Configuration c, double seconds)
    {
        Console.Out.WriteLine($"{"stage",-28} {"source",-40} {"a day",9} {"days",6} {"service",8} {"stock",10} {"unit cost",12}");
        foreach (ConfiguredStage s in c.Stages)
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{s.Stage,-28} {Names(s.Sources),-40} {s.PerDay,9:0.##} {s.Days,6:0.#} {s.Stock.ServiceDays,8:0.#} {s.Stock.SafetyStock,10:0.#} {s.Stock.UnitCost,12:N2}"));
        YearCost y = c.Cost;
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"a year: added {y.Added:N0}, freight {y.Freight:N0}, duty {y.Duty:N0}, pipeline {y.Pipeline:N0}, safety stock {y.Safety:N0}, spent once {y.OneOff:N0}"));
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"cost {y.Total:N2} a year, no choice costs less than {c.Bound:N2}: {(c.Proven ? "proven optimal" : $"gap {100 * c.Gap:0.####} %")}, {seconds:0.##} s{(c.Rounded ? "; times were rounded" : "")}"));
    }

    private static string Names(IReadOnlyList<SourceShare> sources) => string.Join(" + ", sources.Select(s => sources.Count == 1 ? s.Source.Name : string.Create(CultureInfo.InvariantCulture, $"{100 * s.Share:0.#} % {s.Source.Name}")));
}
