using System.Globalization;
using Homestretch.Clearing;
using Homestretch.Cli.Planning;
using Homestretch.Simulating;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Clearing;

/// <summary>Release lists and comparisons as text and as JSON (docs/command-line.md has the shapes).</summary>
internal static class ClearText
{
    public static void Json(TextWriter o, Snapshot world, ClearList list) => PlanText.Write(o, new
    {
        epoch = PlanText.Text(list.Epoch),
        until = PlanText.Text(list.Until),
        released = Shape(list.Score),
        plain_priority = Shape(list.Priority),
        most_weighted_kits = list.MostKits,
        most_promises_saved = list.MostPromises is { } most ? most / 100.0 : (double?)null,
        gap = Math.Round(list.Gap, 6),
        exact = list.Exact,
        wins_over_priority = list.Wins.Select(static b => b.OrderLine.Value),
        loses_to_priority = list.Loses.Select(static b => b.OrderLine.Value),
        events = list.Events.Count,
        builds = list.Builds.Select(b => new
        {
            order_line = b.OrderLine.Value,
            customer = world.OrderLines[b.OrderLine].Customer.Value,
            @class = world.OrderLines[b.OrderLine].Class,
            kind = Words.Of(b.Kind),
            line = b.Line?.Value,
            start = b.Start is { } s ? PlanText.Text(s) : null,
            end = b.End is { } e ? PlanText.Text(e) : null,
            by_priority = b.ByPriority,
            in_force = b.InForce,
            saves_promise = b.SavesPromise is { } share ? Math.Round(share.Value, 4) : (double?)null,
            reason = ClearReasons.Of(b, world, DateTimeZone.Utc),
            parts = b.Parts.Select(static p => new { item = p.Item.Value, quantity = p.Quantity.Value, supply = p.Supply, at = p.At is { } at ? PlanText.Text(at) : null }),
            @short = b.Short.Select(static s => new { item = s.Item.Value, missing = s.Missing.Value, unit = s.Missing.Unit, next = s.Next, at = s.At is { } at ? PlanText.Text(at) : null }),
            gives_way_to = b.Takers.Select(static t => t.Value),
        }),
    });

    public static void Print(TextWriter o, ComparedWorld[] worlds, int futures)
    {
        o.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{worlds.Length} worlds, {worlds.Average(static w => w.OrderLines):0} order lines and {worlds.Average(static w => w.Promises):0} promises due within 28 days each; {futures} futures a world"));
        o.WriteLine("| a world | plan in force | plain priority | clear to build | clear less priority, 95 % interval | clear less in force, 95 % interval |\n| --- | ---: | ---: | ---: | --- | --- |");
        if (futures > 0)
        {
            Row(o, "kits completed in the horizon, played", worlds, static w => w.Kits);
            Row(o, "the same by class (4, 2, 1)", worlds, static w => w.WeightedKits);
            Row(o, "promises kept within 28 days, played", worlds, static w => w.Kept);
            for (int c = 0; c < 3; c++)
            {
                int at = c;
                Row(o, $"of class {(c < 2 ? $"{c + 1}" : "3 and lower")}", worlds, w => w.KeptByClass[at]);
            }
        }
        Row(o, "promises kept, expected by the plan", worlds, static w => w.Expected);
        o.WriteLine(string.Create(CultureInfo.InvariantCulture, $"kits on the list: priority {worlds.Average(static w => w.Priority.Listed):0.0}, clear {worlds.Average(static w => w.Clear.Listed):0.0}; proven gap: none in {worlds.Count(static w => w.Gap == 0)} of {worlds.Length} worlds, mean {worlds.Average(static w => w.Gap) * 100:0.00} %, most {worlds.Max(static w => w.Gap) * 100:0.00} %; {worlds.Average(static w => w.Milliseconds):0} ms a list"));
        o.WriteLine($"by world, kits played, in force / priority / clear: {string.Join("; ", worlds.Select(static w => string.Create(CultureInfo.InvariantCulture, $"{w.InForce.Kits:0.0} {w.Priority.Kits:0.0} {w.Clear.Kits:0.0}")))}");
        o.WriteLine($"by world, promises kept, in force / priority / clear: {string.Join("; ", worlds.Select(static w => string.Create(CultureInfo.InvariantCulture, $"{w.InForce.Kept:0.0} {w.Priority.Kept:0.0} {w.Clear.Kept:0.0}")))}");
    }

    public static void Json(TextWriter o, ComparedWorld[] worlds) => PlanText.Write(o, new
    {
        worlds = worlds.Select(static w => new { seed = w.Seed, order_lines = w.OrderLines, promises = w.Promises, gap = Math.Round(w.Gap, 6), in_force = Shape(w.InForce), priority = Shape(w.Priority), clear = Shape(w.Clear) }),
        clear_less_priority = Less(worlds, static w => w.Priority),
        clear_less_in_force = Less(worlds, static w => w.InForce),
    });

    private static object Less(ComparedWorld[] worlds, Func<ComparedWorld, ComparedWay> than) => new
    {
        kits = Shape(Mean(worlds, than, static w => w.Kits)), weighted_kits = Shape(Mean(worlds, than, static w => w.WeightedKits)), promises_kept = Shape(Mean(worlds, than, static w => w.Kept)),
        promises_expected = Shape(Mean(worlds, than, static w => w.Expected)),
    };

    private static void Row(TextWriter o, string what, ComparedWorld[] worlds, Func<ComparedWay, double> of) => o.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"| {what} | {worlds.Average(w => of(w.InForce)):0.00} | {worlds.Average(w => of(w.Priority)):0.00} | {worlds.Average(w => of(w.Clear)):0.00} | {Text(Mean(worlds, static w => w.Priority, of))} | {Text(Mean(worlds, static w => w.InForce, of))} |"));

    private static Estimate Mean(ComparedWorld[] worlds, Func<ComparedWorld, ComparedWay> than, Func<ComparedWay, double> of) => Estimates.Mean([.. worlds.Select(w => of(w.Clear) - of(than(w)))]);
    private static string Text(Estimate e) => string.Create(CultureInfo.InvariantCulture, $"{e.Value:+0.00;-0.00;0.00}{(e.Low is null ? "" : $" ({e.Low:+0.00;-0.00;0.00} to {e.High:+0.00;-0.00;0.00})")}");
    private static object Shape(Estimate e) => new { mean = Math.Round(e.Value, 4), low = e.Low, high = e.High };
    private static object Shape(ClearScore s) => new { kits = s.Builds, weighted_kits = s.Kits, promises_saved = s.Promises / 100.0, money = s.Money };
    private static object Shape(ComparedWay w) => new { listed = w.Listed, kits = w.Kits, weighted_kits = w.WeightedKits, promises_kept = w.Kept, kept_by_class = w.KeptByClass, promises_expected = Math.Round(w.Expected, 4) };
}
