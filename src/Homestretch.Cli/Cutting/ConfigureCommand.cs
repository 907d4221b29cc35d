using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Homestretch.Cli.Planning;
using Homestretch.Cutting;
using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Sourcing.Limits;
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
        var know = new Option<string?>("--know-how") { Description = "CSV of what there is to know of stages, for exposure." };
        var home = new Option<string>("--home") { Description = "Countries in which the last stage is brought home, such as US,GB.", DefaultValueFactory = static _ => "" };
        var limits = new Option<string[]>("--limit") { Description = "A limit: country-share=0.6, country-share:CN=0.6, party-share=0.4, concentration=0.5, home-value=0.3, home-hours=20000, co2=120, party-exposure=0.3, country-exposure:CN=0.4 or keystone=0.5. May be given several times." };
        var front = new Option<string[]>("--front") { Description = "Designs along a measure, such as co2 or country-share:CN; given twice: along two." };
        var points = new Option<int>("--points") { Description = "Values of each measure along a front.", DefaultValueFactory = static _ => 6 };
        var prices = new Option<bool>("--prices") { Description = "What each limit costs, eased and tightened by a hundredth." };
        var losses = new Option<bool>("--losses") { Description = "What the loss of each country and party would cost." };
        var postpone = new Option<double?>("--postponement") { Description = "Compares every place of the cut line; the number is the share of stock for one customer's variant that is lost in a year, such as 0.2." };
        var json = new Option<bool>("--json") { Description = "Print JSON (see docs/command-line.md)." };
        var command = new Command("configure", "Chooses who does each stage, and where stock waits, so that a year costs least, with a proven bound.") { stages, links, sources, legs, know, home, limits, front, points, prices, losses, postpone, rate, years, limit, json };
        command.SetAction(r =>
        {
            if (r.GetValue(rate) is not (> 0 and <= 10)) return CutCommands.Bad("--holding-rate: give more than 0 and at most 10.");
            if (r.GetValue(years) is not (> 0 and <= 100)) return CutCommands.Bad("--write-off-years: give more than 0 and at most 100.");
            if (r.GetValue(limit) is not (> 0 and <= 86_400)) return CutCommands.Bad("--time-limit: give more than 0 and at most 86400 seconds.");
            var files = new Dictionary<string, string?> { ["stages"] = r.GetValue(stages), ["links"] = r.GetValue(links), ["sources"] = r.GetValue(sources), ["legs"] = r.GetValue(legs) };
            var (study, findings) = StageFiles.Read(CutCommands.Read(files["stages"]!), CutCommands.Read(files["links"]!), CutCommands.Read(files["sources"]!), files["legs"] is { } l ? CutCommands.Read(l) : null);
            if (study is null) return CutCommands.Refuse(findings);
            study = study with { Home = [.. (r.GetValue(home) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)] };
            var bad = new List<Finding>();
            if (r.GetValue(know) is { } knowFile)
            {
                var (known, unread) = StageFiles.ReadKnowHow(CutCommands.Read(knowFile), study.Network);
                study = study with { KnowHow = known };
                bad.AddRange(unread);
            }
            Limit[] own = [.. (r.GetValue(limits) ?? []).Select(text => LimitWords.Limit(text, bad)).OfType<Limit>()];
            Axis[] axes = [.. (r.GetValue(front) ?? []).Select(text => LimitWords.Axis(text, bad)).OfType<Axis>()];
            if (bad.Count > 0) return CutCommands.Refuse(bad);
            if (axes.Length > 2) return CutCommands.Bad("--front: give one measure or two.");
            if (r.GetValue(points) is not (>= 2 and <= 100)) return CutCommands.Bad("--points: give 2 to 100.");
            var watch = Stopwatch.StartNew();
            using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(r.GetValue(limit)));
            var policy = new SourcingPolicy { Stock = new() { HoldingRate = r.GetValue(rate) }, WriteOffYears = r.GetValue(years) };
            var (found, broken) = Configuring.Of(study, policy, own, new PlacementBudget { Passes = int.MaxValue }, null, stop.Token);
            if (found is null) return Refuse(broken);
            double seconds = Math.Round(watch.Elapsed.TotalSeconds, 3);
            var (along, unmeasured) = axes.Length > 0 ? Fronts.Of(study, axes, r.GetValue(points), policy, own) : ([], []);
            if (unmeasured.Count > 0) return Refuse(unmeasured);
            IReadOnlyList<LimitPrice> priced = r.GetValue(prices) ? Fronts.Prices(study, own, found, policy) : [];
            IReadOnlyList<Loss> lost = r.GetValue(losses) ? Fronts.Losses(study, own, found, policy) : [];
            var (levels, wrong) = r.GetValue(postpone) is { } share ? Postponement.Of(study, share, policy) : ([], []);
            if (wrong.Count > 0) return Refuse(wrong);
            if (r.GetValue(json)) Console.Out.WriteLine(JsonSerializer.Serialize(new { Design = Design(found), seconds, Front = along.Select(p => new { Limits = p.Limits.Select(static l => l.ToString()), Design = Design(p.Design) }), Prices = priced.Select(static p => new { Limit = p.Limit.ToString(), p.Step, p.Saved, p.More }), Losses = lost,
                Postponement = levels.Select(static l => new { l.StagesHome, l.Cost, l.Specific, l.Generic, l.Obsolete, l.Why, Design = l.Design is { } d ? Design(d) : null }) }, CutCommands.Json));
            else ConfigurePrint.All(found, seconds, along, axes, study, priced, lost, levels);
            return Folder.Ok;

            int Refuse(IEnumerable<Finding> what) => CutCommands.Refuse(what.Select(f => f with { Place = f.Place with { Source = files.GetValueOrDefault(f.Place.Source) ?? f.Place.Source } }));
        });
        return command;
    }

    private static object Design(Configuration c) => new { Cost = c.Cost.Total, c.Bound, c.Gap, c.Proven, Parts = c.Cost, c.Measured, c.DaysCounted, c.Rounded, c.Passes, c.Stages };
}
