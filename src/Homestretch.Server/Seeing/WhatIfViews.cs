using Homestretch.Promising;
using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Server.Seeing;

/// <summary>What would come of something that has not happened, set against the plan in force.</summary>
internal static class WhatIfViews
{
    public static WhatIfView Of(IReadOnlyList<Forecast> before, WhatIf branch)
    {
        if (branch.Plan is not { } plan) return new(0, 0, [], 0, 0, branch.Findings);
        WhatIfRow[] rows = [.. branch.Moved.Select(m => Row(plan.World, m)).OrderByDescending(static r => Math.Abs(r.DaysP90)).ThenBy(static r => r.OrderLine, StringComparer.Ordinal)];
        return new(rows.Count(static r => r.DaysP90 < 0), rows.Count(static r => r.DaysP90 > 0), rows, WhatIf.PromisesKept(before), WhatIf.PromisesKept(plan.Forecasts), []);
    }

    private static WhatIfRow Row(Snapshot world, Moved moved)
    {
        OrderLine order = world.OrderLines[moved.OrderLine];
        return new(order.Id, world.Parties.Find(order.Customer)?.Name ?? "", order.Class, Sight.Dates(moved.Before?.AsDated), Sight.Dates(moved.After?.AsDated), moved.DaysP90,
            moved.Before?.AsDated?.Kept?.Value, moved.After?.AsDated?.Kept?.Value);
    }
}
