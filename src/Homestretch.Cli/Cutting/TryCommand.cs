using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Homestretch.Cli.Planning;
using Homestretch.Cutting.Trying;
using Homestretch.Simulating;
using Homestretch.World;

namespace Homestretch.Cli.Cutting;

/// <summary>cut try: a design played through the live planner, beside the company as it is.</summary>
internal static class TryCommand
{
    private static readonly Argument<string> s_folder = new("FOLDER") { Description = "Company folder: one CSV a table." };
    private static readonly Argument<string?> s_key = new("STUDY") { Description = "Key of the study; none: the only one there is.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> s_design = new("--design") { Description = "Key of a kept design; none: the best of the study within its own limits." };
    private static readonly Option<string?> s_at = new("--at") { Description = "Start, ISO 8601 with offset; default: now." };
    private static readonly Option<string[]> s_close = new("--close") { Description = "A passage of the sea that closes, such as suez: one more case. May be given several times." };
    private static readonly Option<string[]> s_lose = new("--lose") { Description = "A supplier that stands still from a day on: one more case. May be given several times." };
    private static readonly Option<int> s_days = new("--days") { Description = "Days to play.", DefaultValueFactory = static _ => 365 };
    private static readonly Option<int> s_from = new("--from") { Description = "Day on which a passage closes or a supplier is lost.", DefaultValueFactory = static _ => 90 };
    private static readonly Option<int> s_closed = new("--closed-days") { Description = "Days for which a passage is closed.", DefaultValueFactory = static _ => 120 };
    private static readonly Option<int> s_futures = new("--futures") { Description = "Futures of each case.", DefaultValueFactory = static _ => 3 };
    private static readonly Option<int> s_samples = new("--samples") { Description = "Possible futures in each plan, a multiple of 8.", DefaultValueFactory = static _ => 64 };
    private static readonly Option<double> s_time = new("--time-limit") { Description = "Seconds after which the best design so far is taken.", DefaultValueFactory = static _ => 30 };
    private static readonly Option<bool> s_json = new("--json") { Description = "Print JSON (see docs/command-line.md)." };

    public static Command Build()
    {
        var command = new Command("try", "Plays a design through the live planner on drawn futures, beside the company as it is, and says what becomes of its stock, service and kits.")
        {
            s_folder, s_key, s_design, s_at, s_close, s_lose, s_days, s_from, s_closed, s_futures, s_samples, s_time, s_json,
        };
        command.SetAction((r, cancel) => Task.FromResult(Run(r, Console.Out, Console.Error, cancel)));
        return command;
    }

    internal static int Run(ParseResult r, TextWriter to, TextWriter error, CancellationToken cancel)
    {
        if (Folder.Time(r.GetValue(s_at)) is not { } now || Folder.Read(r.GetValue(s_folder)!) is not { } world) return Folder.BadInput;
        var wrong = new List<string>();
        var cases = new List<TrialCase> { new() };
        foreach (string passage in r.GetValue(s_close) ?? [])
        {
            if (Words.Find<Passage>(passage) is { } known) cases.Add(new(Closed: known));
            else wrong.Add($"--close {passage}: write one of {string.Join(", ", Words.Of<Passage>())}.");
        }
        foreach (string party in r.GetValue(s_lose) ?? [])
        {
            if (world.Parties.Contains(party)) cases.Add(new(Lost: (Key<Party>)party));
            else wrong.Add($"--lose {party}: parties has no '{party}'.");
        }
        if (r.GetValue(s_days) is not (>= 30 and <= 1100)) wrong.Add("--days: give 30 to 1100.");
        if (r.GetValue(s_from) is not (>= 0 and <= 1100)) wrong.Add("--from: give 0 to 1100.");
        if (r.GetValue(s_closed) is not (>= 1 and <= 1100)) wrong.Add("--closed-days: give 1 to 1100.");
        if (r.GetValue(s_futures) is not (>= 1 and <= 1000)) wrong.Add("--futures: give 1 to 1000.");
        if (r.GetValue(s_samples) is var samples && (samples is < 8 or > 4096 || samples % 8 != 0)) wrong.Add("--samples: give a multiple of 8 from 8 to 4096.");
        if (r.GetValue(s_time) is not (> 0 and <= 86_400)) wrong.Add("--time-limit: give more than 0 and at most 86400 seconds.");
        if (wrong.Count > 0) return CutCommands.Bad(error, string.Join(Environment.NewLine, wrong));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        stop.CancelAfter(TimeSpan.FromSeconds(r.GetValue(s_time)));
        var (chosen, findings) = ChosenDesign.Of(world, r.GetValue(s_key), r.GetValue(s_design), now, stop.Token);
        if (chosen is null) return CutCommands.Refuse(error, findings);
        var policy = new TrialPolicy { Days = r.GetValue(s_days), From = r.GetValue(s_from), ClosedDays = r.GetValue(s_closed), Futures = r.GetValue(s_futures), Plan = new() { Samples = samples, Sea = Exchange.Sea.SeaAtlas.World } };
        Trial trial = DesignTrial.Of(world, chosen.Study, chosen.Design, cases, now, policy, (done, of) => error.WriteLine($"{done} of {of} plays"), cancel: cancel);
        if (r.GetValue(s_json)) to.WriteLine(JsonSerializer.Serialize(new { trial.StockValue, trial.Kits, trial.UnitsPerDay, Today = trial.Today.Select(Told), Designed = trial.Designed.Select(Told) }, CutCommands.Json));
        else Print(to, trial, chosen, findings, policy);
        return Folder.Ok;
    }

    private static void Print(TextWriter to, Trial trial, ChosenDesign chosen, IReadOnlyList<Finding> findings, TrialPolicy policy)
    {
        to.WriteLine("                                      kits whole  promises   asked for     days to    units   stock at hubs");
        to.WriteLine("case                                  two weeks   kept       date kept     deliver    a day   in value");
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"the design's model",-36} {100 * trial.Kits,9:0.0} %                                        {trial.UnitsPerDay,7:0.0} {trial.StockValue,12:N0}"));
        foreach (var (when, outcomes) in ((string, IReadOnlyList<TrialOutcome>)[])[("today", trial.Today), ("design", trial.Designed)])
            foreach (TrialOutcome o in outcomes)
                to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{$"{when}, {o.Case.Name}",-36} {Share(o.Scores.KitsWhole)} {Share(o.Scores.Promises.FirstOrDefault(static p => p.NoticeDays is null)?.Kept)} {Share(o.Scores.OnTime)}   {o.DaysToDeliver,9:0.0} {o.UnitsPerDay,8:0.0} {o.StockValue,12:N0}"));
        foreach (Finding f in findings.Concat(trial.Findings)) to.WriteLine(f);
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{chosen.Kept?.Design.Id ?? chosen.Study.Study.Id}: {policy.Futures} futures of {policy.Days} days each"));
    }

    private static string Share(Estimate? estimate) => estimate is { } e ? string.Create(CultureInfo.InvariantCulture, $"{100 * e.Value,9:0.0} %") : "        -  ";

    private static object Told(TrialOutcome o) => new
    {
        Case = o.Case.Name, KitsWhole = o.Scores.KitsWhole?.Value, PromisesKept = o.Scores.Promises.FirstOrDefault(static p => p.NoticeDays is null)?.Kept.Value, OnTime = o.Scores.OnTime?.Value, o.DaysToDeliver, o.UnitsPerDay, o.StockValue,
        Stock = o.Stock.Select(static s => new { Hub = s.Hub.Value, Item = s.Item.Value, s.Units, s.Value }),
    };
}
