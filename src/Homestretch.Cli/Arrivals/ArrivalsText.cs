using System.Globalization;
using System.Text;
using Homestretch.Arrivals.History;
using Homestretch.Cli.Planning;
using Homestretch.Exchange.Csv;
using Homestretch.Solvers;
using NodaTime.Text;

namespace Homestretch.Cli.Arrivals;

/// <summary>Models and trials of delays as text, as JSON and as CSV (docs/command-line.md has the shapes).</summary>
internal static class ArrivalsText
{
    public static void Print(TextWriter o, DelayModel model, string hash)
    {
        DelayCard c = model.Card;
        o.WriteLine($"model {hash[..12]} as of {Day(c.AsOf)}: {c.Lines} lines of {c.Shipments} shipments, {c.LateShipments} of them late, scheduled from {Day(c.From)} to {Day(c.To)}");
        o.WriteLine(model.Forests is null
            ? $"too little history for trees ({DelayModel.LeastShipments} shipments and {DelayModel.LeastLate} late ones are needed): the pooled history of lanes is stated"
            : $"{1 + model.Forests.Days.Count} forests over {model.Forests.Late.Features.Count} features");
        if (c.OutOfSample is not { } s) return;
        o.WriteLine("out of sample, on the year before, each line by a model that had not seen it:");
        Head(o);
        Row(o, "model", s);
    }

    public static void Print(TextWriter o, DelayTrial trial, int refit, int lanes)
    {
        DelayReport r = trial.Report;
        DelayScores all = r.Overall[0].Scores;
        o.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{all.Lines} lines of {all.Shipments} shipments, {all.LateShare * 100:0.0} % late; {r.StatedByTrees} stated by trees, trees grown {trial.Trainings} times ({(refit == 0 ? "once for the test" : $"every {refit} days")})"));
        if (trial.Dropped > 0) o.WriteLine($"{trial.Dropped} lines of the training file were left out: their shipments are in the test file");
        if (r.Open > 0) o.WriteLine($"{r.Open} lines have not been delivered and are not judged");
        Head(o);
        foreach (Judged j in r.Overall) Row(o, j.Name, j.Scores);
        foreach (LaneJudged lane in r.Lanes.Take(lanes))
        {
            o.WriteLine($"{lane.Lane} ({lane.Forecasts[0].Scores.Lines} lines)");
            foreach (Judged j in lane.Forecasts.Take(3)) Row(o, j.Name, j.Scores);
        }
        if (r.Lanes.Count > lanes) o.WriteLine($"and {r.Lanes.Count - lanes} lanes more (--lanes)");
    }

    public static void Json(TextWriter o, DelayModel model, string hash) => PlanText.Write(o, new
    {
        model = hash,
        as_of = Day(model.Card.AsOf),
        from = Day(model.Card.From),
        to = Day(model.Card.To),
        lines = model.Card.Lines,
        shipments = model.Card.Shipments,
        late_shipments = model.Card.LateShipments,
        trees = model.Forests is null ? 0 : model.Forests.Late.Parts.Trees.Count + model.Forests.Days.Sum(static f => f.Parts.Trees.Count),
        levels = model.Levels.Select(static l => new { wanted = l.Wanted, asked = Round(l.Asked) }),
        out_of_sample = model.Card.OutOfSample is { } s ? Shape("model", s) : null,
    });

    public static void Json(TextWriter o, DelayTrial trial, int refit) => PlanText.Write(o, new
    {
        refit_days = refit,
        trainings = trial.Trainings,
        dropped_lines = trial.Dropped,
        open_lines = trial.Report.Open,
        stated_by_trees = trial.Report.StatedByTrees,
        overall = trial.Report.Overall.Select(static j => Shape(j.Name, j.Scores)),
        lanes = trial.Report.Lanes.Select(static l => new { lane = l.Lane, forecasts = l.Forecasts.Select(static j => Shape(j.Name, j.Scores)) }),
    });

    /// <summary>What was stated for each line, and what came.</summary>
    public static string Lines(DelayTrial trial)
    {
        var text = new StringBuilder();
        CsvText.Write(text, ["line", "shipment", "lane", "as_of", "scheduled", "delivered", "source", "late_share", "p50_days", "p80_days", "p90_days", "p95_days", "delay_days"]);
        foreach (var (d, s) in trial.Lines)
        {
            CsvText.Write(text, [d.Line, d.Shipment, d.Lane, Day(d.AsOf)!, Day(d.Scheduled)!, Day(d.Delivered) ?? "", s.Source == DelaySource.Trees ? "trees" : "pooled", s.Late.Value.ToString("0.######", CultureInfo.InvariantCulture),
                .. s.Days.Select(static x => x.ToString(CultureInfo.InvariantCulture)), d.Delay?.ToString(CultureInfo.InvariantCulture) ?? ""]);
        }
        return text.ToString();
    }

    private static void Head(TextWriter o) => o.WriteLine("                         AUC  by shipment   Brier    MAE   " + string.Concat(StatedDelay.Levels.Select(static l => $"P{l * 100:0} held  pinball   ")).TrimEnd());

    private static void Row(TextWriter o, string name, DelayScores s) => o.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"  {name,-20} {Figure(s.Auc, "0.000"),5}        {Figure(s.AucByShipment, "0.000"),5}  {s.Brier:0.0000}  {s.MeanAbsolute,5:0.00}   ") + string.Concat(s.Levels.Select(static l => string.Create(CultureInfo.InvariantCulture, $"{l.Coverage * 100,6:0.0} %  {l.Pinball,7:0.00}   "))).TrimEnd());

    private static object Shape(string name, DelayScores s) => new
    {
        forecast = name,
        lines = s.Lines,
        shipments = s.Shipments,
        late_share = Round(s.LateShare),
        auc = Round(s.Auc),
        auc_by_shipment = Round(s.AucByShipment),
        brier = Round(s.Brier),
        mean_absolute_days = Round(s.MeanAbsolute),
        quantiles = s.Levels.Select(static l => new { level = l.Level, coverage_share = Round(l.Coverage), pinball_days = Round(l.Pinball) }),
    };

    private static string Figure(double x, string form) => double.IsNaN(x) ? "-" : x.ToString(form, CultureInfo.InvariantCulture);
    private static double? Round(double x) => double.IsFinite(x) ? Math.Round(x, 6) : null;
    private static string? Day(NodaTime.LocalDate? day) => day is { } known ? LocalDatePattern.Iso.Format(known) : null;
}
