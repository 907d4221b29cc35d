using System.Text.Json;
using Homestretch.Exchange.Neutral;

namespace Homestretch.Cli.Neutral;

/// <summary>Scores and verdicts as text and as JSON (docs/planning-benchmark.md has the shapes).</summary>
internal static class NeutralText
{
    private static readonly JsonSerializerOptions s_form = new() { WriteIndented = true };

    /// <param name="bounds">Upper bound of on-time orders up to and with each class.</param>
    public static void Table(TextWriter o, NeutralScore score, double[] bounds, NeutralMoves? moves)
    {
        o.WriteLine($"{score.OnTime} of {score.Orders} orders on time ({score.OnTimePercent:0.00} %); no plan can have more than {Whole(bounds[^1])} ({Percent(bounds[^1], score.Orders):0.00} %)");
        int orders = 0, onTime = 0;
        for (int k = 0; k < score.ByClass.Count; k++)
        {
            orders += score.ByClass[k].Orders;
            onTime += score.ByClass[k].OnTime;
            o.WriteLine($"  class {score.ByClass[k].Class}: {score.ByClass[k].OnTime} of {score.ByClass[k].Orders}; so far {onTime} of {orders}, at most {Whole(bounds[k])}");
        }
        o.WriteLine($"late: {score.Late} orders, {score.TardinessDays:0.0} days in all, {score.MostDaysLate:0.0} at most; {score.Unplanned} without a slot; median slack of the others {score.SlackDays:0.00} days");
        if (score.Reasons.Count > 0) o.WriteLine($"reasons: {string.Join(", ", score.Reasons.Select(r => $"{r.Key} {r.Value}"))}");
        if (moves is not null) o.WriteLine($"moved: {moves.Moved} of {moves.Orders} promises ({moves.Later} later, {moves.Earlier} earlier), {moves.MostDaysLater:0.0} days later at most");
    }

    public static void Json(TextWriter o, NeutralScore score, double[] bounds, NeutralMoves? moves, double milliseconds) => Write(o, new
    {
        orders = score.Orders,
        on_time = score.OnTime,
        on_time_percent = Math.Round(score.OnTimePercent, 2),
        upper_bound_on_time = Whole(bounds[^1]),
        upper_bound_percent = Math.Round(Percent(bounds[^1], score.Orders), 2),
        by_class = score.ByClass.Select((c, k) => new { @class = c.Class, orders = c.Orders, on_time = c.OnTime, upper_bound_up_to_class = Whole(bounds[k]) }),
        late = score.Late,
        unplanned = score.Unplanned,
        tardiness_days = Math.Round(score.TardinessDays, 1),
        most_days_late = Math.Round(score.MostDaysLate, 2),
        median_slack_days = Math.Round(score.SlackDays, 2),
        planned_purchases = score.Purchases,
        reasons = score.Reasons.ToDictionary(r => r.Key.ToString(), r => r.Value),
        moved = moves,
        solve_milliseconds = Math.Round(milliseconds, 1),
    });

    public static void Write(TextWriter o, object value) => o.WriteLine(JsonSerializer.Serialize(value, s_form));

    private static int Whole(double bound) => (int)Math.Floor(bound + 1e-6);

    private static double Percent(double bound, int orders) => orders == 0 ? 100 : 100.0 * Whole(bound) / orders;
}
