using System.Globalization;
using System.Text.Json;
using Homestretch.Exchange.Models;
using Homestretch.Machines.Health;

namespace Homestretch.Cli.Health;

/// <summary>What the machines commands print, as text and as JSON (docs/remaining-life.md has the shapes).</summary>
internal static class HealthText
{
    private static readonly JsonSerializerOptions s_form = new() { WriteIndented = true };

    public static void Fitted(TextWriter o, ModelCard card, string hash, string path, bool json)
    {
        if (json)
        {
            o.WriteLine(JsonSerializer.Serialize(new { model = path, sha256 = hash, card = Shown(card) }, s_form));
            return;
        }
        o.WriteLine($"{path}: {card.Data}");
        o.WriteLine($"held out: RMSE {Figure(card, "rmse"):0.00}, mean error {Figure(card, "mean_absolute"):0.00} (truth held to {Figure(card, "cap"):0.##}); the 90 % interval held {100 * Figure(card, "coverage"):0.0} % [{100 * Figure(card, "coverage_low"):0.0}, {100 * Figure(card, "coverage_high"):0.0}] of {Figure(card, "held_out_judgements")} cuts");
        o.WriteLine($"conditions {Figure(card, "conditions")}, sensors used {Figure(card, "sensors_used")}, share of networks {Figure(card, "network_share"):0.00}, {Figure(card, "fit_seconds"):0} s");
        o.WriteLine($"sha256 {hash}");
    }

    /// <param name="unjudged">Units with too few readings.</param>
    public static void Evaluation(TextWriter o, ModelCard card, IReadOnlyList<LifeOutcome> outcomes, int unjudged, bool json)
    {
        LifeScore score = LifeScore.Of(outcomes);
        if (json)
        {
            o.WriteLine(JsonSerializer.Serialize(new
            {
                card = Shown(card),
                units = score.Units,
                unjudged,
                rmse_capped = Round(score.Rmse, 3),
                rmse_raw = Round(score.RawRmse, 3),
                mean_absolute_capped = Round(score.MeanAbsolute, 3),
                score = Round(score.Score, 1),
                interval_coverage = Round(score.Coverage, 4),
                interval_coverage_90_percent = new[] { Round(score.CoverageLow, 4), Round(score.CoverageHigh, 4) },
                interval_width = Round(score.Width, 2),
                quantiles = LifeLeft.Levels.Select((level, i) => new { level, below = double.IsNaN(score.Below[i]) ? (double?)null : Round(score.Below[i], 4) }),
                judged = outcomes.Select(static u => new { unit = u.Unit, truth = u.Truth, expected = Round(u.Said.Expected, 2), p10 = Round(u.Said.P10, 2), p50 = Round(u.Said.P50, 2), p90 = Round(u.Said.P90, 2), low = Round(u.Said.Low, 2), high = Round(u.Said.High, 2), or_more = u.Said.Open }),
            }, s_form));
            return;
        }
        o.WriteLine($"{score.Units} units judged at their last reading{(unjudged > 0 ? $", {unjudged} with too few readings" : "")}; truth held to {outcomes[0].Said.Cap:0.##} except where 'raw' is said");
        o.WriteLine(string.Create(CultureInfo.InvariantCulture, $"RMSE {score.Rmse:0.00} (raw {score.RawRmse:0.00}), mean error {score.MeanAbsolute:0.00}, score {score.Score:0}"));
        o.WriteLine($"90 % interval held {100 * score.Coverage:0.0} % [{100 * score.CoverageLow:0.0}, {100 * score.CoverageHigh:0.0}], {score.Width:0.0} wide on average");
        o.WriteLine($"at or below the quantile, where it is below the cap: {string.Join(", ", LifeLeft.Levels.Select((level, i) => $"P{100 * level:0} {100 * score.Below[i]:0} %"))}");
    }

    private static object Shown(ModelCard card) => new
    {
        about = card.About, made = card.Made.ToString(), data = card.Data, from = card.From, to = card.To, records = card.Records, seed = card.Seed,
        figures = card.Figures.ToDictionary(static f => f.Name, static f => f.Value, StringComparer.Ordinal),
    };

    private static double Figure(ModelCard card, string name) => card.Figures.First(f => f.Name == name).Value;

    private static double Round(double value, int digits) => Math.Round(value, digits);
}
