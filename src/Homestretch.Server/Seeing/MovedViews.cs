using Homestretch.Promising;
using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Server.Seeing;

/// <summary>Order lines that another plan would move, set against the plan in force.</summary>
internal static class MovedViews
{
    private const double LeastDays = 0.02;

    /// <summary>Those of which a reader sees a difference, the largest move first.</summary>
    /// <param name="now">The world of the plan in force.</param>
    /// <param name="then">The other plan's.</param>
    public static MovedRow[] Rows(Snapshot now, Snapshot then, IEnumerable<Moved> moved) =>
        [.. moved.Where(Seen).Select(m => Row(then.OrderLines.Find(m.OrderLine) ?? now.OrderLines[m.OrderLine], then, m)).OrderByDescending(static r => Math.Abs(r.DaysP90)).ThenBy(static r => r.OrderLine, StringComparer.Ordinal)];

    /// <summary>Whose promise loses, the most before all others; then as they were.</summary>
    public static MovedRow[] LosersFirst(IEnumerable<MovedRow> rows) => [.. rows.OrderByDescending(static r => r.KeptLost)];

    public static WhatIfView Of(Snapshot now, WhatIf branch) => new(Rows(now, branch.World, branch.Moved), branch.PromisesKeptBefore, branch.PromisesKeptAfter, branch.Findings);

    private static bool Seen(Moved m) => m.Before?.AsDated is null != m.After?.AsDated is null || Math.Abs(m.DaysP90) > LeastDays || Hundredths(m.Before) != Hundredths(m.After);

    private static int? Hundredths(Forecast? forecast) => forecast?.AsDated?.Kept is { } kept ? (int)Math.Round(100 * kept.Value) : null;

    private static MovedRow Row(OrderLine order, Snapshot world, Moved m) => new(order.Id, world.Parties.Find(order.Customer)?.Name ?? "", order.Class, Sight.Dates(m.Before), Sight.Dates(m.After), m.DaysP90,
        m.Before?.AsDated?.Kept?.Value, m.After?.AsDated?.Kept?.Value);
}
