using Homestretch.Products;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cutting.Studying;

/// <summary>What orders say a market asks for.</summary>
/// <param name="Hub">The hub that finishes most of it.</param>
/// <param name="PerDay">Mean units a calendar day.</param>
/// <param name="Spread">Standard deviation of a calendar day's units; null: there is only one day.</param>
/// <param name="Quantities">Mean quantity of each item in one unit, over the variants that were ordered.</param>
internal sealed record MarketDemand(Market Market, Key<Site> Hub, double PerDay, double? Spread, IReadOnlyDictionary<Key<Item>, double> Quantities)
{
    /// <summary>Demand of each market of a family. The horizon runs, for all markets alike, from the first to the last day on which an order line is requested, as its hub dates it; a day without an order counts as 0.
    /// Orders for a market within others count as the outermost's. Lines that are proposed or cancelled do not count. The standard deviation is that of a sample.</summary>
    public static IReadOnlyList<MarketDemand> Of(Snapshot world, Key<Item> family, List<Finding> findings)
    {
        var variants = new Variants(world);
        (OrderLine Line, LocalDate Day)[] all = [.. world.OrderLines.Where(o => o.Family == family && o.Status is not (OrderStatus.Proposed or OrderStatus.Cancelled)).Select(o => (o, o.Requested.InZone(DateTimeZoneProviders.Tzdb[world.Sites[o.Hub].TimeZone]).Date))];
        if (all.Length == 0) return [];
        LocalDate first = all.Min(static a => a.Day), last = all.Max(static a => a.Day);
        int days = Period.DaysBetween(first, last) + 1;
        findings.Add(new(new("order_lines"), "demand-of-orders", $"Demand is that of {all.Length} order lines requested from {first:uuuu'-'MM'-'dd} to {last:uuuu'-'MM'-'dd}, {days} days; what was not ordered yet is not in it.", "Put a forecast in demand and demand_spread of the customers' stages where you have one."));
        if (days < 2) findings.Add(new(new("order_lines"), "demand-of-one-day", "All orders are requested on one day: their spread from day to day is unknown.", "Fill in demand_spread of the customers' stages."));
        var told = new List<MarketDemand>();
        foreach (var lines in all.GroupBy(a => Whole(world, a.Line.Market)).OrderBy(static g => g.Key))
        {
            double[] daily = new double[days];
            foreach (var (line, day) in lines) daily[Period.DaysBetween(first, day)] += line.Quantity;
            double mean = daily.Average();
            double? spread = days > 1 ? Math.Sqrt(daily.Sum(d => (d - mean) * (d - mean)) / (days - 1)) : null;
            var hubs = lines.GroupBy(static a => a.Line.Hub).Select(static g => (g.Key, Units: g.Sum(static a => a.Line.Quantity))).OrderByDescending(static h => h.Units).ThenBy(static h => h.Key).ToArray();
            if (hubs.Length > 1) findings.Add(new(new($"markets {lines.Key}"), "several-hubs", $"{string.Join(", ", hubs.Select(static h => $"{h.Key} ({h.Units})"))} finish for {lines.Key}; the study has {hubs[0].Key}.", "Add the others as sources where they should be weighed."));
            var used = new SortedDictionary<Key<Item>, double>();
            int counted = 0;
            foreach (OrderLine line in lines.Select(static a => a.Line))
            {
                Kit kit = variants.Of(line);
                if (!kit.Legal)
                {
                    findings.AddRange(kit.Refusals.Select(f => f with { Place = new($"order_lines {line.Id}") }));
                    continue;
                }
                counted += line.Quantity;
                foreach (KitPart part in kit.Parts) used[part.Item.Key] = used.GetValueOrDefault(part.Item.Key) + line.Quantity * (double)part.PerUnit.Value;
            }
            told.Add(new(world.Markets[lines.Key], hubs[0].Key, mean, spread, used.ToDictionary(static u => u.Key, u => u.Value / counted)));
        }
        return told;
    }

    /// <summary>The market that no other is around: New York is finished for with the United States.</summary>
    internal static Key<Market> Whole(Snapshot world, Key<Market> market) => world.Within(market.Value)[^1];
}
