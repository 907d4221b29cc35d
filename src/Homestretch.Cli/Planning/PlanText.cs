using System.Text.Json;
using Homestretch.Promising;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Cli.Planning;

/// <summary>Plans, explanations and quotes as text and as JSON (docs/command-line.md has the shapes).</summary>
internal static class PlanText
{
    private static readonly JsonSerializerOptions s_form = new() { WriteIndented = true };

    public static void Table(TextWriter o, Plan plan, double seconds)
    {
        o.WriteLine($"{"order line",-16} {"P50",-10} {"P90",-10} {"promise",-10} {"kept",5} {"kit",5}  gate");
        foreach (Forecast forecast in plan.Forecasts)
        {
            o.WriteLine(forecast.Match(
                d => $"{d.OrderLine,-16} {Day(d.Dates.P50)} {Day(d.Dates.P90)} {(d.Promise is { } p ? Day(p.Date) : "-         ")} {d.Kept?.Value,5:P0} {d.Whole.Value,5:P0}  {Gate(d)}",
                u => $"{u.OrderLine,-16} unknown: {u.Reasons[0].What}"));
        }
        var dated = plan.Forecasts.OfType<Forecast.Dated>().ToList();
        var promised = dated.Where(static d => d.Kept is not null).ToList();
        o.WriteLine($"{dated.Count} dated, {plan.Forecasts.Count() - dated.Count} unknown; {promised.Count(p => p.Kept!.Value.Value >= plan.Policy.RiskBelow)} of {promised.Count} promises on track; {seconds:0.000} s; {plan.Identity}");
    }

    public static void Json(TextWriter o, Plan plan, IReadOnlyList<World.WorldEvent> events, double seconds) => Write(o, new
    {
        plan = plan.Identity,
        epoch = Text(plan.Epoch),
        seconds,
        events = events.Count,
        order_lines = plan.Forecasts.Select(Shape),
    });

    public static void Json(TextWriter o, Explanation e) => Write(o, new
    {
        forecast = Shape(e.Forecast),
        reasons = e.Reasons,
        earlier = e.Earlier,
        line_p90_days = Math.Round(e.LineP90Days, 3),
        parts = e.Pegs.Select(static p => new
        {
            item = p.Item.Id,
            name = p.Item.Name,
            supply = p.Peg.Supply,
            quantity = p.Peg.Quantity.Value,
            last_share = p.Last.Value,
            on_time_share = p.OnTime.Value,
            a_day_earlier_wins_days = Math.Round(p.ADayEarlier, 3),
            arrival = p.Arrival is { } a ? new { p50 = Text(a.P50), p90 = Text(a.P90), overdue = a.Overdue, as_of = a.AsOf is { } at ? Text(at) : null } : null,
            steps = p.Steps.Select(static s => new { sequence = s.Sequence, kind = s.Step is { } x ? World.Words.Of(x.Kind) : "making", begin = Text(s.Begin), end = Text(s.End), seen_unfinished = Text(s.Seen) }),
            pinned = p.Pinned,
        }),
        pins = e.Pins.Select(static p => new { pin = p.Id, kind = World.Words.Of(p.Kind), reason = p.Reason, by = p.By }),
    });

    public static void Json(TextWriter o, Quote q) => Write(o, new { possible = q.Possible, forecast = Shape(q.Forecast), events = q.Events.Count });

    public static void Json(TextWriter o, WhatIf branch) => Write(o, new
    {
        promises_kept_before = Math.Round(branch.PromisesKeptBefore, 3),
        promises_kept_after = Math.Round(branch.PromisesKeptAfter, 3),
        moved = branch.Moved.Select(static m => new { order_line = m.OrderLine.Value, days_p90 = Math.Round(m.DaysP90, 3), before = m.Before is { } b ? Shape(b) : null, after = m.After is { } a ? Shape(a) : null }),
    });

    public static void Print(TextWriter o, WhatIf branch)
    {
        foreach (Moved m in branch.Moved.OrderByDescending(static m => Math.Abs(m.DaysP90)))
            o.WriteLine($"{m.OrderLine,-16} {P90(m.Before)} -> {P90(m.After)} {m.DaysP90,6:+0.0;-0.0;0.0} days  kept {m.Before?.AsDated?.Kept?.Value,5:P0} -> {m.After?.AsDated?.Kept?.Value,5:P0}");
        o.WriteLine($"{branch.Moved.Count} order lines move; promises expected to be kept: {branch.PromisesKeptBefore:0.0} -> {branch.PromisesKeptAfter:0.0}");

        static string P90(Forecast? f) => f is Forecast.Dated d ? Day(d.Dates.P90) : f is null ? "not open  " : "unknown   ";
    }

    public static void Print(TextWriter o, Explanation e)
    {
        foreach (string reason in e.Reasons) o.WriteLine(reason);
        if (e.Earlier.Length > 0) o.WriteLine($"Earlier: {e.Earlier}");
        foreach (ExplainedPeg p in e.Pegs)
            o.WriteLine($"  {p.Item.Group,-12} {p.Peg.Supply,-34} last {p.Last.Value,5:P0}  in time {p.OnTime.Value,5:P0}  {(p.Arrival is { } a ? $"P50 {Day(a.P50)} P90 {Day(a.P90)}" : "in stock")}");
    }

    public static void Print(TextWriter o, Quote q) => o.WriteLine(q.Forecast.Match(
        d => $"P50 {Day(d.Dates.P50)}  P90 {Day(d.Dates.P90)}  P95 {Day(d.Dates.P95)}; gate {Gate(d)}",
        u => string.Join(Environment.NewLine, u.Reasons)));

    /// <summary>What was weighed against the plan in force, the one taken marked.</summary>
    public static void Weighed(TextWriter o, Proposal p)
    {
        o.WriteLine($"  {"",-52} {"kept",6} {"days late",10} {"builds",7} {"kits",5} {"worth",8}");
        Line("as it is", p.Before);
        foreach (var (what, merit) in p.Tried) Line(what, merit);
        if (p.Losses.Count > 0) o.WriteLine($"{p.Losses.Count} promises lose, the most:");
        foreach (Loss l in p.Losses.Take(5)) o.WriteLine($"  {l.OrderLine} (class {l.Class}): kept {l.Before.Value:P0} -> {l.After.Value:P0}");

        void Line(string what, Merit m) => o.WriteLine($"{(ReferenceEquals(m, p.After) ? "*" : " ")} {what,-52} {m.Kept,6:0.0} {m.DaysLate,10:0.0} {m.BuildsMoved,7} {m.KitsChanged,5} {m.Worth,8:0.0}");
    }

    private static string Gate(Forecast.Dated d) => d.Gate.Item.Value.Length == 0 ? "none: all of it is there" : $"{d.Gate.Item} {d.Gate.Share.Value:P0} ({d.Gate.Supply})";

    internal static object Shape(Forecast forecast) => forecast.Match<object>(
        static d => new
        {
            order_line = d.OrderLine.Value,
            state = "dated",
            build = new { key = d.Build.Id, line = d.Build.Line.Value, start = Text(d.Build.Start), end = Text(d.Build.End) },
            p50 = Text(d.Dates.P50),
            p80 = Text(d.Dates.P80),
            p90 = Text(d.Dates.P90),
            p95 = Text(d.Dates.P95),
            whole_share = d.Whole.Value,
            ready_p90 = Text(d.ReadyP90),
            gate = new { item = d.Gate.Item.Value, supply = d.Gate.Supply, share = d.Gate.Share.Value },
            promise = d.Promise is { } p ? new { version = p.Version, date = Text(p.Date), confidence = p.Confidence.Value } : null,
            kept_share = d.Kept?.Value,
        },
        static u => new { order_line = u.OrderLine.Value, state = "unknown", reasons = u.Reasons.Select(static r => new { where = r.Place.ToString(), rule = r.Rule, what = r.What, cure = r.Cure }) });

    internal static void Write(TextWriter o, object shape) => o.WriteLine(JsonSerializer.Serialize(shape, s_form));
    internal static string Text(Instant at) => InstantPattern.General.Format(at);
    internal static string? Text(Instant? at) => at is { } known ? Text(known) : null;
    private static string Day(Instant at) => LocalDatePattern.Iso.Format(at.InUtc().Date);
}
