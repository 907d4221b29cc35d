using System.CommandLine;
using System.Text.Json;
using Homestretch.Cli.Planning;
using Homestretch.Exchange.Health;
using Homestretch.Exchange.Models;
using Homestretch.Machines.Health;
using Homestretch.Solvers.Lives;
using NodaTime;

namespace Homestretch.Cli.Health;

/// <summary>machines failures and fleet: the chance of a failure within a horizon from logs (docs/failure-within.md).</summary>
internal static class FailureCommand
{
    private static readonly JsonSerializerOptions s_form = new() { WriteIndented = true };

    public static Command Build(Option<bool> json)
    {
        var train = new Option<string>("--train") { Description = "Logs to learn from: machine,hours,what,name,value; also .gz.", Required = true };
        var test = new Option<string>("--test") { Description = "Logs of other machines, to score it on." };
        var model = new Option<string>("--model") { Description = "File to write." };
        var horizon = new Option<double>("--horizon") { Description = "Hours ahead.", DefaultValueFactory = static _ => 72 };
        var seed = new Option<int>("--seed") { DefaultValueFactory = static _ => 1 };
        var command = new Command("failures", "Learn from errors, maintenance, failures and sensors the chance of a failure within a horizon, and score it on machines held out.") { train, test, model, horizon, seed, json };
        command.SetAction((r, stop) =>
        {
            if (r.GetValue(horizon) is not (> 0 and <= 100_000)) return Bad("--horizon is a number of hours above 0.");
            if (Read(r.GetValue(train)!) is not { } logs || !HealthFiles.Said(FailureFit.Check(logs, new(r.GetValue(train)!)))) return Task.FromResult(Folder.BadInput);
            var options = new FailureFitOptions(r.GetValue(horizon), Seed: (ulong)r.GetValue(seed));
            IReadOnlyList<MachineLog>? others = null;
            if (r.GetValue(test) is { } path && (others = Read(path)) is null) return Task.FromResult(Folder.BadInput);
            FailureFitted fitted = FailureFit.Fit(logs, options, stop);
            if (r.GetValue(model) is { } to) File.WriteAllBytes(to, FailureModelFile.Write(fitted.Model, Card(fitted, logs, Path.GetFileName(r.GetValue(train)!), options.Seed)));
            FailureScore? score = others is null ? null : FailureScore.Of(FailureFit.Judged(fitted.Model, others, options));
            if (r.GetValue(json)) Console.Out.WriteLine(JsonSerializer.Serialize(new { horizon_hours = options.HorizonHours, held_out = Shown(fitted.HeldOut), test = score is null ? null : Shown(score) }, s_form));
            else
            {
                Say("held out", fitted.HeldOut);
                if (score is not null) Say("test", score);
            }
            return Task.FromResult(Folder.Ok);
        });
        return command;

        static Task<int> Bad(string what)
        {
            Console.Error.WriteLine(what);
            return Task.FromResult(Folder.BadInput);
        }
    }

    public static Command Fleet()
    {
        var to = new Option<string>("--to") { Description = "File to write.", Required = true };
        var machines = new Option<int>("--machines") { DefaultValueFactory = static _ => 60 };
        var days = new Option<int>("--days") { DefaultValueFactory = static _ => 365 };
        var seed = new Option<int>("--seed") { DefaultValueFactory = static _ => 1 };
        var command = new Command("fleet", "Make a synthetic fleet with logs of sensors, errors, maintenance and failures.") { to, machines, days, seed };
        command.SetAction(r =>
        {
            if (r.GetValue(machines) is < 1 or > 10_000 || r.GetValue(days) is < 1 or > 10_000)
            {
                Console.Error.WriteLine("Give 1 to 10,000 machines and days.");
                return Folder.BadInput;
            }
            File.WriteAllBytes(r.GetValue(to)!, MachineLogFile.Write(LoggedFleet.Make(r.GetValue(machines), r.GetValue(days), (ulong)r.GetValue(seed))));
            return Folder.Ok;
        });
        return command;
    }

    private static IReadOnlyList<MachineLog>? Read(string path)
    {
        if (HealthFiles.Bytes(path) is not { } bytes) return null;
        var (logs, findings) = MachineLogFile.Read(bytes, path);
        return HealthFiles.Said(findings) ? logs : null;
    }

    private static ModelCard Card(FailureFitted fitted, IReadOnlyList<MachineLog> logs, string file, ulong seed) =>
        new($"chance of a failure within {fitted.Model.HorizonHours:0.##} h", Instant.FromUnixTimeSeconds(SystemClock.Instance.GetCurrentInstant().ToUnixTimeSeconds()), $"{file}: {logs.Count} machines", logs[0].Machine, logs[^1].Machine, logs.Sum(static l => l.Lines.Length), seed,
            [new("horizon_hours", fitted.Model.HorizonHours), new("auc", Math.Round(fitted.HeldOut.Auc, 4)), new("brier", Math.Round(fitted.HeldOut.Brier, 5)), new("brier_of_mean_share", Math.Round(fitted.HeldOut.BaseBrier, 5))]);

    private static void Say(string what, FailureScore score)
    {
        Console.Out.WriteLine($"{what}: {score.Judgements} judgements of {score.Machines} machines, {100 * score.Share:0.00} % failed within the horizon; AUC {score.Auc:0.000}, Brier {score.Brier:0.0000} (the mean share said of all: {score.BaseBrier:0.0000})");
        foreach (Reliability step in score.Curve) Console.Out.WriteLine($"  said {100 * step.Stated,5:0.0} %: {100 * step.Failed,5:0.0} % failed [{100 * step.Low:0.0}, {100 * step.High:0.0}] of {step.Judgements}");
    }

    private static object Shown(FailureScore s) => new
    {
        judgements = s.Judgements, machines = s.Machines, share = Math.Round(s.Share, 5), auc = double.IsNaN(s.Auc) ? (double?)null : Math.Round(s.Auc, 4), brier = Math.Round(s.Brier, 5), brier_of_mean_share = Math.Round(s.BaseBrier, 5),
        reliability = s.Curve.Select(static c => new { judgements = c.Judgements, stated = Math.Round(c.Stated, 4), failed = Math.Round(c.Failed, 4), low = Math.Round(c.Low, 4), high = Math.Round(c.High, 4) }),
    };
}
