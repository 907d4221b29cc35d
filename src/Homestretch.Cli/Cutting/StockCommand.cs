using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Homestretch.Cli.Planning;
using Homestretch.Cutting;
using Homestretch.Exchange.Cutting;

namespace Homestretch.Cli.Cutting;

/// <summary>cut stock: where the stock of a network waits.</summary>
internal static class StockCommand
{
    public static Command Build()
    {
        var stages = new Option<string>("--stages") { Description = "CSV of the stages (docs/cutting.md), or of a published chain.", Required = true };
        var links = new Option<string>("--links") { Description = "CSV of what goes into what.", Required = true };
        var rate = new Option<double>("--holding-rate") { Description = "Cost of holding a unit of value for a year.", DefaultValueFactory = static _ => 0.2 };
        var variance = new Option<string>("--variance") { Description = "paths: one demand over several ways is one; arcs: link by link, as published runs have it.", DefaultValueFactory = static _ => "paths" };
        var level = new Option<bool>("--one-level") { Description = "The highest service level stated holds everywhere, as in published runs." };
        var means = new Option<bool>("--mean-times") { Description = "Every stage takes its mean time, as in published runs; otherwise times spread by days_spread." };
        var limit = new Option<double>("--time-limit") { Description = "Seconds after which the best so far is told.", DefaultValueFactory = static _ => 30 };
        var json = new Option<bool>("--json") { Description = "Print JSON (see docs/command-line.md)." };
        var command = new Command("stock", "Places safety stock in a network at the least holding cost, with a proven bound.") { stages, links, rate, variance, level, means, limit, json };
        command.SetAction(r =>
        {
            if (r.GetValue(rate) is not (> 0 and <= 10)) return CutCommands.Bad("--holding-rate: give more than 0 and at most 10.");
            if (r.GetValue(limit) is not (> 0 and <= 86_400)) return CutCommands.Bad("--time-limit: give more than 0 and at most 86400 seconds.");
            if (r.GetValue(variance) is not ("paths" or "arcs")) return CutCommands.Bad("--variance: give paths or arcs.");
            string stagesFile = r.GetValue(stages)!, linksFile = r.GetValue(links)!;
            var (network, findings) = StageFiles.Read(CutCommands.Read(stagesFile), CutCommands.Read(linksFile));
            if (network is null) return CutCommands.Refuse(findings);
            var watch = Stopwatch.StartNew();
            using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(r.GetValue(limit)));
            var policy = new PlacementPolicy { HoldingRate = r.GetValue(rate), Variance = r.GetValue(variance) == "arcs" ? VarianceRule.Arcs : VarianceRule.Paths, OneLevel = r.GetValue(level), Spread = !r.GetValue(means) };
            var (placement, broken) = Placing.Of(network, policy, new PlacementBudget { Passes = int.MaxValue }, null, stop.Token);
            if (placement is null) return CutCommands.Refuse(broken.Select(f => f with { Place = f.Place with { Source = f.Place.Source == "stages" ? stagesFile : linksFile } }));
            double seconds = Math.Round(watch.Elapsed.TotalSeconds, 3);
            if (r.GetValue(json)) Console.Out.WriteLine(JsonSerializer.Serialize(new { placement.Cost, placement.Bound, placement.Gap, placement.Proven, placement.DaysCounted, placement.Rounded, placement.Passes, seconds, placement.Stages }, CutCommands.Json));
            else Print(placement, seconds);
            return Folder.Ok;
        });
        return command;
    }

    private static void Print(Placement p, double seconds)
    {
        Console.Out.WriteLine($"{"stage",-32} {"inbound",9} {"service",9} {"net days",9} {"safety",12} {"early",10} {"a year",16}");
        foreach (StagePlacement s in p.Stages.Where(static s => s.SafetyStock > 0).OrderByDescending(static s => s.HoldingCost))
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{s.Stage,-32} {s.InboundDays,9:0.##} {s.ServiceDays,9:0.##} {s.NetDays,9:0.##} {s.SafetyStock,12:0.##} {s.EarlyStock,10:0.##} {s.HoldingCost,16:N2}"));
        int none = p.Stages.Count(static s => s.SafetyStock <= 0);
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{none} of {p.Stages.Count} stages hold none.\ncost {p.Cost:N2} a year, no placement costs less than {p.Bound:N2}: {(p.Proven ? "proven optimal" : $"gap {100 * p.Gap:0.####} %")}, {seconds:0.##} s{(p.Rounded ? "; times were rounded" : "")}"));
    }

}
