using System.CommandLine;
using Homestretch.Arrivals.History;
using Homestretch.Cli.Health;
using Homestretch.Cli.Planning;
using Homestretch.Exchange.History;
using Homestretch.Exchange.Models;
using Homestretch.Solvers;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Cli.Arrivals;

/// <summary>arrivals: learns the delays of executed shipments, and tries what was learned on others.</summary>
public static class ArrivalsCommands
{
    private static readonly Option<string> s_train = new("--train") { Description = "CSV of executed shipments to learn from (docs/forecasting.md).", Required = true };
    private static readonly Option<string> s_test = new("--test") { Description = "CSV of executed shipments to be judged by.", Required = true };
    private static readonly Option<int> s_refit = new("--refit-days") { Description = "While going through the test lines, grow the trees anew after so many days from what is settled by then; 0: once.", DefaultValueFactory = static _ => 30 };
    private static readonly Option<string?> s_out = new("--out") { Description = "Where to write." };
    private static readonly Option<string?> s_asOf = new("--as-of") { Description = "Day whose knowledge is used, like 2026-03-02; default: the day after the last that the file knows of." };
    private static readonly Option<int> s_lanes = new("--lanes") { Description = "Lanes to print, those with most lines first.", DefaultValueFactory = static _ => 20 };
    private static readonly Option<bool> s_json = new("--json") { Description = "Print JSON (see docs/command-line.md)." };

    public static Command Build()
    {
        var fit = new Command("fit", "Learn from executed shipments; with --out, write the model.") { s_train, s_asOf, s_out, s_json };
        fit.SetAction(static r => Fit(r));
        var evaluate = new Command("evaluate", "Learn from one file, state the delays of another as time goes by, and judge them; with --out, write what was stated for each line.") { s_train, s_test, s_refit, s_lanes, s_out, s_json };
        evaluate.SetAction(static r => Evaluate(r));
        return new("arrivals", "Delays of deliveries against their schedule: learned from history, tried on what came later.") { fit, evaluate };
    }

    private static int Fit(ParseResult r)
    {
        if (Read(r.GetValue(s_train)!) is not { } train) return Folder.BadInput;
        LocalDate asOf = train.Max(static d => LocalDate.Max(d.Known ?? d.AsOf, d.AsOf)).PlusDays(1);
        if (r.GetValue(s_asOf) is { } text)
        {
            if (LocalDatePattern.Iso.Parse(text) is not { Success: true, Value: var day })
            {
                Console.Error.WriteLine($"--as-of '{text}' is no day. Write it like 2026-03-02.");
                return Folder.BadInput;
            }
            asOf = day;
        }
        var walk = new DelayWalk(new DeliveryBook(train));
        walk.Go(asOf.PlusDays(-DelayWalk.WarmUpDays), asOf, 30);
        DelayModel model = walk.Model(asOf);
        byte[] file = DelayModelFile.Write(model, DelayModelFile.CardOf(model, Path.GetFileName(r.GetValue(s_train)!)));
        if (r.GetValue(s_out) is { } path) File.WriteAllBytes(path, file);
        if (r.GetValue(s_json)) ArrivalsText.Json(Console.Out, model, ModelFile.HashOf(file));
        else ArrivalsText.Print(Console.Out, model, ModelFile.HashOf(file));
        return Folder.Ok;
    }

    private static int Evaluate(ParseResult r)
    {
        int refit = r.GetValue(s_refit);
        if (refit is < 0 or > 3650)
        {
            Console.Error.WriteLine($"--refit-days {refit}: give 0 to 3650.");
            return Folder.BadInput;
        }
        if (Read(r.GetValue(s_train)!) is not { } train || Read(r.GetValue(s_test)!) is not { } test) return Folder.BadInput;
        if (test.All(static d => d.Delay is null))
        {
            Console.Error.WriteLine("No line of the test file has been delivered; there is nothing to judge by.");
            return Folder.BadInput;
        }
        DelayTrial trial = DelayTrial.Run(train, test, refit);
        if (r.GetValue(s_out) is { } path) File.WriteAllText(path, ArrivalsText.Lines(trial));
        if (r.GetValue(s_json)) ArrivalsText.Json(Console.Out, trial, refit);
        else ArrivalsText.Print(Console.Out, trial, refit, r.GetValue(s_lanes));
        return Folder.Ok;
    }

    /// <summary>The deliveries of a file; null after its findings were printed.</summary>
    private static IReadOnlyList<Delivery>? Read(string path)
    {
        if (HealthFiles.Bytes(path) is not { } bytes) return null;
        var (deliveries, findings) = DeliveryFile.Read(bytes, Path.GetFileName(path));
        foreach (Finding finding in findings.Take(100)) Console.Error.WriteLine(finding);
        if (findings.Count == 0) return deliveries;
        Console.Error.WriteLine($"{findings.Count} {(findings.Count == 1 ? "error" : "errors")}; nothing was read.");
        return null;
    }
}
