using System.CommandLine;
using System.Diagnostics;
using Homestretch.Cli.Planning;
using Homestretch.Exchange.Health;
using Homestretch.Exchange.Models;
using Homestretch.Machines.Health;
using Homestretch.Solvers.Lives;
using NodaTime;

namespace Homestretch.Cli.Health;

/// <summary>machines fit, evaluate and vary: remaining life from run-to-failure histories (docs/remaining-life.md).</summary>
internal static class MachineCommands
{
    private static readonly Option<bool> s_json = new("--json") { Description = "Print JSON (see docs/remaining-life.md)." };
    private static readonly Option<double?> s_cap = new("--cap") { Description = "Life beyond which nothing is told apart, in cycles or hours; 3/5 of the median life unless told." };
    private static readonly Option<int> s_seed = new("--seed") { DefaultValueFactory = _ => 1 };
    private static readonly Option<string> s_train = new("--train") { Description = "Histories of machines that failed, from new on: CSV or NASA text, also .gz." };

    public static Command Build() => new("machines", "Machines that speak early: remaining life, failures within a horizon, anomalies.") { Fit(), Evaluate(), Vary(), WatchCommand.Build(s_json), FailureCommand.Build(s_json), FailureCommand.Fleet() };

    private static Command Fit()
    {
        var model = new Option<string>("--model") { Description = "File to write.", Required = true };
        var command = new Command("fit", "Fit a model of remaining life and score it on units held out.") { s_train, model, s_cap, s_seed, s_json };
        command.SetAction((r, stop) => Task.FromResult(Fitted(r, stop) is not { } fitted ? Folder.BadInput : Written(r.GetValue(model)!, fitted.File, fitted.Card, r.GetValue(s_json))));
        return command;
    }

    private static Command Evaluate()
    {
        var model = new Option<string>("--model") { Description = "A model file; instead of --train." };
        var test = new Option<string>("--test") { Description = "Histories until now, CSV or NASA text, also .gz.", Required = true };
        var truth = new Option<string>("--truth") { Description = "What each unit really had left: unit,remaining or one number a line.", Required = true };
        var command = new Command("evaluate", "Judge units that a model has not seen at their last reading, and score it.") { s_train, model, test, truth, s_cap, s_seed, s_json };
        command.SetAction((r, stop) =>
        {
            var fitted = r.GetValue(model) is { } path ? Model(path) : Fitted(r, stop);
            if (fitted is not { } given || HealthFiles.Read(r.GetValue(test)!) is not { } fleet || HealthFiles.Truth(r.GetValue(truth)!, fleet) is not { } left) return Task.FromResult(Folder.BadInput);
            if (!given.Model.Names.Same(fleet.Names))
            {
                Console.Error.WriteLine($"{r.GetValue(test)}: its settings and sensors are not those that the model was fitted to, by name and order.");
                return Task.FromResult(Folder.BadInput);
            }
            var outcomes = new List<LifeOutcome>();
            foreach (UnitHistory unit in fleet.Units)
            {
                HealthTrack track = given.Model.Track();
                for (int i = 0; i < unit.Count; i++) track.Add(unit.Cycles[i], unit.Reading(i));
                if (given.Model.Judge(track) is { } said) outcomes.Add(new(unit.Unit, said, left[unit.Unit]));
            }
            if (outcomes.Count == 0)
            {
                Console.Error.WriteLine($"{r.GetValue(test)}: no unit has enough readings to be judged.");
                return Task.FromResult(Folder.BadInput);
            }
            HealthText.Evaluation(Console.Out, given.Card, outcomes, fleet.Units.Length - outcomes.Count, r.GetValue(s_json));
            return Task.FromResult(Folder.Ok);
        });
        return command;
    }

    private static Command Vary()
    {
        var from = new Argument<string[]>("FILE") { Description = "Histories made under one condition; units of several files are put together." };
        var to = new Option<string>("--to") { Description = "File to write.", Required = true };
        var conditions = new Option<int>("--conditions") { DefaultValueFactory = _ => 6 };
        var command = new Command("vary", "Make a synthetic fleet that runs under several operating conditions from a real one that runs under one.") { from, to, conditions, s_seed };
        command.SetAction(r =>
        {
            if (r.GetValue(conditions) is < 2 or > 8)
            {
                Console.Error.WriteLine("Give 2 to 8 conditions.");
                return Folder.BadInput;
            }
            var fleets = new List<(string Name, FailureHistory Fleet)>();
            foreach (string path in r.GetValue(from)!)
            {
                if (HealthFiles.Read(path) is not { } fleet) return Folder.BadInput;
                fleets.Add((Path.GetFileNameWithoutExtension(path), fleet));
            }
            if (fleets.Any(f => !f.Fleet.Names.Same(fleets[0].Fleet.Names)))
            {
                Console.Error.WriteLine("The files have not the same settings and sensors.");
                return Folder.BadInput;
            }
            File.WriteAllBytes(r.GetValue(to)!, FailureHistoryFile.Write(VariedFleet.Make(fleets, r.GetValue(conditions), (ulong)r.GetValue(s_seed))));
            return Folder.Ok;
        });
        return command;
    }

    private static (LifeModel Model, ModelCard Card, byte[] File)? Fitted(ParseResult r, CancellationToken stop)
    {
        if (r.GetValue(s_train) is not { } path)
        {
            Console.Error.WriteLine("Give --train, a file of histories until failure.");
            return null;
        }
        if (r.GetValue(s_cap) is { } cap && !(cap > 0 && cap < 1e12))
        {
            Console.Error.WriteLine("--cap is a life above 0.");
            return null;
        }
        if (HealthFiles.Read(path) is not { } fleet || !HealthFiles.Said(LifeFit.Check(fleet, new(path)))) return null;
        var watch = Stopwatch.StartNew();
        ulong seed = (ulong)r.GetValue(s_seed);
        LifeFitted fitted = LifeFit.Fit(fleet, new(r.GetValue(s_cap), Seed: seed), r.GetValue(s_json) ? null : s => Console.Error.WriteLine($"{watch.Elapsed.TotalSeconds,6:0.0} s  {s}"), stop);
        Instant now = Instant.FromUnixTimeSeconds(SystemClock.Instance.GetCurrentInstant().ToUnixTimeSeconds());
        ModelCard card = LifeModelFile.CardOf(fitted.Model, fleet, fitted.HeldOut, Path.GetFileName(path), now, seed, new ModelFigure("fit_seconds", Math.Round(watch.Elapsed.TotalSeconds, 1)));
        return (fitted.Model, card, LifeModelFile.Write(fitted.Model, card));
    }

    private static (LifeModel Model, ModelCard Card, byte[] File)? Model(string path)
    {
        if (HealthFiles.Bytes(path) is not { } bytes) return null;
        var (model, card, findings) = LifeModelFile.Read(bytes, path);
        return HealthFiles.Said(findings) ? (model!, card!, bytes) : null;
    }

    private static int Written(string path, byte[] file, ModelCard card, bool json)
    {
        File.WriteAllBytes(path, file);
        HealthText.Fitted(Console.Out, card, ModelFile.HashOf(file), path, json);
        return Folder.Ok;
    }
}
