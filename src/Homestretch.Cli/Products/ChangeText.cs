using System.Globalization;
using Homestretch.Changing;
using Homestretch.Cli.Planning;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Cli.Products;

/// <summary>What an engineering change does, as text and as JSON (docs/command-line.md has the shape).</summary>
internal static class ChangeText
{
    private const int Most = 20;

    public static void Print(TextWriter o, ChangeImpact impact)
    {
        EngineeringChange c = impact.Change;
        o.WriteLine($"{c.Key}: {c.Item} {c.FromRevision} to {c.ToRevision}, {c.Title} ({Words.Of(c.State)}, {From(c)}; old stock: {Words.Of(c.OldStock)})");
        foreach (var group in impact.Stock.GroupBy(static s => (s.Place, s.Revision, s.Use, s.From)).OrderBy(static g => g.Key.Place).ThenBy(static g => g.Key.Revision, StringComparer.Ordinal))
            o.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {Words.Of(group.Key.Place),-13} {(group.Key.Revision.Length > 0 ? group.Key.Revision : "?"),-3} {group.Sum(static s => s.Quantity.Value),8:0.###} {group.First().Quantity.Unit}, {Money(group.Select(static s => s.Value))}, {Words.Of(group.Key.Use)}{(group.Key.From is { } from ? $" from {Day(from)}" : "")}, {group.Count()} {(group.Count() == 1 ? "row" : "rows")}{(group.Max(static s => s.P90) is { } last ? $", the last by {Day(last)}" : "")}"));
        o.WriteLine($"last day for revision {c.FromRevision}: {(impact.LastDay is { } lastDay ? Day(lastDay) : "none")}; used up by the builds there are: {(impact.UsedUp is { } used ? Day(used) : "not all")}");
        o.WriteLine($"kits that lose a part: {impact.Lacking.Count}");
        foreach (LackingBuild lack in impact.Lacking.Take(Most)) o.WriteLine($"  {lack.Build} on {Day(lack.Day)}: {lack.Quantity} of {lack.Supply}, {Words.Of(lack.Use)}");
        o.WriteLine(string.Create(CultureInfo.InvariantCulture, $"promises expected to be kept: {impact.PromisesKeptBefore:0.0} without, {impact.PromisesKeptAfter:0.0} with it; {impact.Moved.Count} move"));
        foreach (MovedPromise m in impact.Moved.Take(Most))
            o.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {m.OrderLine} promised {Day(m.Promised)}: P90 {Day(m.P90Before)} to {Day(m.P90After)}{(m.Days is { } days ? $" ({days:+0.0;-0.0;0} days)" : "")}, kept {m.KeptBefore:P0} to {m.KeptAfter:P0}"));
        foreach (EffectiveDay d in impact.Dates)
            o.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(d == impact.Best ? "*" : " ")} {Day(d.Day)}: {d.LeftOver:0.###} left over, {Money([d.OldStock])}; {d.PromisesLost:0.0} promises lost, {Money([d.Late])}; in all {Money([d.Cost])}"));
        if (impact.Dates.Count > 0) o.WriteLine(impact.Best is { } best ? $"cheapest: {Day(best.Day)} at {Money([best.Cost])}" : "cheapest: unknown");
    }

    public static void Json(TextWriter o, ChangeImpact impact) => PlanText.Write(o, new
    {
        change = impact.Change.Id,
        item = impact.Change.Item.Value,
        from_revision = impact.Change.FromRevision,
        to_revision = impact.Change.ToRevision,
        state = Words.Of(impact.Change.State),
        stock = impact.Stock.Select(static s => new { place = Words.Of(s.Place), where = s.Where, lot = s.Lot, revision = s.Revision, status = s.Status is { } status ? Words.Of(status) : null, quantity = s.Quantity.Value, unit = s.Quantity.Unit, value = s.Value?.Major, currency = s.Value?.Currency, use = Words.Of(s.Use), from = Text(s.From), p50 = Text(s.P50), p90 = Text(s.P90), supplier = s.Supplier?.Value, rework_minutes = s.ReworkMinutes, rework_cost = s.ReworkCost?.Major }),
        lacking = impact.Lacking.Select(static l => new { build = l.Build.Value, order_line = l.OrderLine.Value, day = Text(l.Day), supply = l.Supply, quantity = l.Quantity.Value, use = Words.Of(l.Use) }),
        moved = impact.Moved.Select(static m => new { order_line = m.OrderLine.Value, customer = m.Customer.Value, promised = Text(m.Promised), p90_before = Text(m.P90Before), p90_after = Text(m.P90After), days = m.Days, kept_before = m.KeptBefore, kept_after = m.KeptAfter }),
        promises_kept_before = impact.PromisesKeptBefore,
        promises_kept_after = impact.PromisesKeptAfter,
        last_day = Text(impact.LastDay),
        used_up = Text(impact.UsedUp),
        dates = impact.Dates.Select(Shape),
        best = impact.Best is { } best ? Shape(best) : null,
        findings = impact.Findings.Select(static f => f.ToString()),
    });

    private static object Shape(EffectiveDay d) => new { day = Text(d.Day), left_over = d.LeftOver, old_stock = d.OldStock?.Major, promises_lost = d.PromisesLost, promises_moved = d.PromisesMoved, late = d.Late?.Major, cost = d.Cost?.Major, currency = d.Cost?.Currency };

    private static string From(EngineeringChange c) => c.FromDay is { } day ? $"from {Day(day)}" : c.FromLot.Length > 0 ? $"from lot {c.FromLot}" : c.Lots.Length > 0 ? $"lots {c.Lots}" : $"from serial {c.FromSerial}";
    private static string Money(IEnumerable<Money?> amounts) => amounts.ToArray() is var all && all.Any(static m => m is null) ? "value unknown" : all.Aggregate(static (a, b) => a!.Value.Currency == b!.Value.Currency ? a.Value + b.Value : a)!.Value.ToString();
    private static string Day(LocalDate day) => LocalDatePattern.Iso.Format(day);
    private static string Day(Instant? at) => at is { } i ? Day(i.InUtc().Date) : "no date";
    private static string? Text(LocalDate? day) => day is { } d ? LocalDatePattern.Iso.Format(d) : null;
    private static string? Text(Instant? at) => at is { } i ? InstantPattern.ExtendedIso.Format(i) : null;
}
