using System.CommandLine;
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
        var know = new Option<string?>("--know-how") { Description = "CSV of what there is to know of stages, for exposure." };
        var home = new Option<string>("--home") { Description = "Countries in which the last stage is brought home, such as US,GB.", DefaultValueFactory = static _ => "" };
        var command = new Command("configure", "Chooses who does each stage, and where stock waits, so that a year costs least, with a proven bound.") { stages, links, sources, legs, know, home, rate, years };
        var choice = new ChoiceOptions();
        choice.AddTo(command);
        command.SetAction(r =>
        {
            if (r.GetValue(rate) is not (> 0 and <= 10)) return CutCommands.Bad("--holding-rate: give more than 0 and at most 10.");
            if (r.GetValue(years) is not (> 0 and <= 100)) return CutCommands.Bad("--write-off-years: give more than 0 and at most 100.");
            var files = new Dictionary<string, string?> { ["stages"] = r.GetValue(stages), ["links"] = r.GetValue(links), ["sources"] = r.GetValue(sources), ["legs"] = r.GetValue(legs) };
            var (study, findings) = StageFiles.Read(CutCommands.Read(files["stages"]!), CutCommands.Read(files["links"]!), CutCommands.Read(files["sources"]!), files["legs"] is { } l ? CutCommands.Read(l) : null);
            if (study is null) return CutCommands.Refuse(findings);
            study = study with { Home = [.. (r.GetValue(home) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)] };
            if (r.GetValue(know) is { } knowFile)
            {
                var (known, unread) = StageFiles.ReadKnowHow(CutCommands.Read(knowFile), study.Network);
                if (unread.Count > 0) return CutCommands.Refuse(unread);
                study = study with { KnowHow = known };
            }
            var policy = new SourcingPolicy { Stock = new() { HoldingRate = r.GetValue(rate) }, WriteOffYears = r.GetValue(years) };
            return choice.Run(r, Console.Out, Console.Error, study, policy, [], null, f => f with { Place = f.Place with { Source = files.GetValueOrDefault(f.Place.Source) ?? f.Place.Source } });
        });
        return command;
    }
}
