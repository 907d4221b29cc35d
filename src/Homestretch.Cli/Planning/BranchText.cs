using System.Globalization;
using Homestretch.Branching;
using Homestretch.Situations;
using Homestretch.World;

namespace Homestretch.Cli.Planning;

/// <summary>Branches side by side, as text and as JSON.</summary>
internal static class BranchText
{
    private const int Named = 34, Wide = 20, Shown = 5;

    public static void Print(TextWriter o, BranchFigures asItIs, IReadOnlyList<Branched> branches)
    {
        BranchFigures[] all = [asItIs, .. branches.Select(static b => b.Figures)];
        Row(o, "", ["as it is", .. branches.Select(static b => b.Branch.Name)]);
        Row(o, "facts assumed to differ", ["", .. branches.Select(static b => Text(b.Facts))]);
        Row(o, "order lines open", all, static f => Text(f.OrderLines));
        Row(o, "  without a date", all, static f => Text(f.Undated));
        Row(o, "promises", all, static f => Text(f.Promises));
        Row(o, "  kept, expected", all, static f => Text(f.Kept));
        Row(o, "  kept at their confidence", all, static f => Text(f.AtConfidence));
        Row(o, "  at risk", all, static f => Text(f.PromisesAtRisk));
        foreach (int c in all.SelectMany(static f => f.Classes).Select(static c => c.Class).Distinct().Order())
            Row(o, $"  class {c}: kept at confidence", all, f => f.Classes.FirstOrDefault(x => x.Class == c) is { } x ? $"{x.AtConfidence} of {x.Promises}" : "-");
        Row(o, "  futures that keep more", ["", .. branches.Select(b => SampleBySample.Of(asItIs, b.Figures).Better.ToString("P0", CultureInfo.InvariantCulture))]);
        Row(o, "  futures that keep fewer", ["", .. branches.Select(b => SampleBySample.Of(asItIs, b.Figures).Worse.ToString("P0", CultureInfo.InvariantCulture))]);
        Row(o, "not promised: by the date asked", all, static f => $"{Text(f.Asked)} of {f.Unpromised}");
        Row(o, "kits whole on their day", all, static f => Text(f.KitsWhole));
        Row(o, "price of open order lines", all, static f => Text(f.Revenue));
        Row(o, "  at risk", all, static f => Text(f.AtRisk));
        Row(o, "planned purchases", all, static f => Text(f.Purchases));
        Row(o, "cost of what is assumed", ["", .. branches.Select(static b => Text(b.Costs))]);
        Row(o, "stock, mean value", all, static f => Text([.. f.Stock.Select(static s => s.Value)]));
        Row(o, "  lasts, days", all, static f => string.Join(", ", f.Stock.Select(static s => s.Days is { } days ? Text(days) : "-")));
        foreach (LineFigures line in asItIs.Lines)
            Row(o, $"{line.Line}: booked, next 4 weeks", all, f => f.Lines.FirstOrDefault(l => l.Line == line.Line) is { } l ? string.Join(" ", l.Weeks.Take(4).Select(static w => w.Utilisation is { } u ? $"{100 * u:0}%" : "-")) : "-");
        foreach (Branched branched in branches)
        {
            foreach (Finding finding in branched.Findings) o.WriteLine(finding);
            if (branched.Findings.Count > 0) continue;
            o.WriteLine($"{branched.Branch.Name}: {branched.Effects.Count} order lines move, {Text(branched.Won)} promises won, {Text(branched.Lost)} lost");
            foreach (LineEffect e in branched.Effects.TakeWhile(static e => e.Gain > 0).Take(Shown)) Print(o, "wins", e);
            foreach (LineEffect e in branched.Effects.Reverse().TakeWhile(static e => e.Gain < 0).Take(Shown)) Print(o, "loses", e);
        }
    }

    public static object Shape(BranchFigures asItIs, IReadOnlyList<Branched> branches) => new
    {
        as_it_is = Shape(asItIs),
        branches = branches.Select(b => new
        {
            name = b.Branch.Name,
            assumed = b.Branch.Assumed.Select(static a => a.ToString()),
            findings = b.Findings.Select(static f => new { place = f.Place.ToString(), rule = f.Rule, what = f.What, cure = f.Cure }),
            facts = b.Facts,
            slots = b.Slots,
            figures = Shape(b.Figures),
            futures_that_keep_more = SampleBySample.Of(asItIs, b.Figures).Better,
            futures_that_keep_fewer = SampleBySample.Of(asItIs, b.Figures).Worse,
            costs = b.Costs.Select(static c => new { what = c.What, amount = c.Amount?.Major, currency = c.Amount?.Currency }),
            promises_won = Round(b.Won),
            promises_lost = Round(b.Lost),
            moved = b.Effects.Select(static e => new { order_line = e.OrderLine.Id, @class = e.OrderLine.Class, kept_before = e.Promise is null ? (double?)null : e.Before, kept_after = e.Promise is null ? (double?)null : e.After, days_p90 = e.Days is { } d ? Round(d) : (double?)null, is_new = e.New, gone = e.Gone }),
        }),
    };

    private static object Shape(BranchFigures f) => new
    {
        order_lines = f.OrderLines,
        undated = f.Undated,
        promises = f.Promises,
        kept = Round(f.Kept),
        kept_at_confidence = f.AtConfidence,
        at_risk = f.PromisesAtRisk,
        classes = f.Classes.Select(static c => new { @class = c.Class, promises = c.Promises, kept = Round(c.Kept), kept_at_confidence = c.AtConfidence, at_risk = c.AtRisk }),
        unpromised = f.Unpromised,
        asked_kept = Round(f.Asked),
        kits_whole = Round(f.KitsWhole),
        revenue = f.Revenue.Select(Shape),
        revenue_at_risk = f.AtRisk.Select(Shape),
        planned_purchases = f.Purchases.Select(Shape),
        stock = f.Stock.Select(static s => new { value = Shape(s.Value), days = s.Days is { } d ? Round(d) : (double?)null }),
        lines = f.Lines.Select(static l => new { line = l.Line.Value, weeks = l.Weeks.Select(static w => new { from = w.From.ToString(), open_hours = Round(w.Open.TotalHours), booked_hours = Round(w.Booked.TotalHours) }) }),
    };

    private static object Shape(Money m) => new { amount = m.Major, currency = m.Currency };

    private static double Round(double value) => Math.Round(value, 3);

    private static void Print(TextWriter o, string what, LineEffect e) =>
        o.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-5} {e.OrderLine.Id,-16} class {e.OrderLine.Class}  kept {e.Before,4:P0} -> {e.After,4:P0}{(e.Days is { } d ? $"  {d:+0.0;-0.0;0.0} days" : "")}"));

    private static void Row(TextWriter o, string name, BranchFigures[] all, Func<BranchFigures, string> of) => Row(o, name, all.Select(of));

    private static void Row(TextWriter o, string name, IEnumerable<string> cells) => o.WriteLine($"{name,-Named}{string.Concat(cells.Select(static c => $" {c,Wide}"))}".TrimEnd());

    private static string Text(int n) => n.ToString(CultureInfo.InvariantCulture);
    private static string Text(double n) => n.ToString("0.0", CultureInfo.InvariantCulture);
    private static string Text(IReadOnlyList<Money> sums) => sums.Count == 0 ? "-" : string.Join(", ", sums.Select(static m => $"{m.Major.ToString("#,0", CultureInfo.InvariantCulture)} {m.Currency}"));
    private static string Text(IReadOnlyList<Cost> costs) => costs.Count == 0 ? "-" : costs.Any(static c => c.Amount is null) ? "unknown"
        : Text([.. costs.GroupBy(static c => c.Amount!.Value.Currency, StringComparer.Ordinal).Select(static g => g.Aggregate(new Money(0, g.Key), static (sum, c) => sum + c.Amount!.Value))]);
}
