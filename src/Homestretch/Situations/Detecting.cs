using Homestretch.Promising;
using Homestretch.World;

namespace Homestretch.Situations;

/// <summary>Reads from a plan which causes take what from which promises.</summary>
/// <remarks>A promise given at 90 % is not broken because one sample in ten misses it: counted is what it has lost since it was given, confidence less the share that keeps it now. That is parted among causes as the
/// missed samples are, so nothing is counted twice and nothing is left out.</remarks>
public static class Detecting
{
    /// <summary>Every cause that takes something from a promise, what takes most first, then by cause.</summary>
    public static IReadOnlyList<Assessment> Of(Plan plan, Watch? watch = null)
    {
        watch ??= new();
        var causes = new Causes(plan, watch);
        var lost = new SortedDictionary<string, (Cause Cause, List<LostPromise> Lost)>(StringComparer.Ordinal);
        foreach (Forecast forecast in plan.Forecasts)
        {
            if (Promised(plan, forecast) is not { } promise) continue;
            double kept = forecast.AsDated?.Kept?.Value ?? 0, gone = promise.Confidence.Value - kept;
            if (gone <= 0) continue;
            OrderLine order = plan.World.OrderLines[forecast.OrderLine];
            bool atRisk = kept < plan.Policy.RiskBelow;
            double? days = forecast.AsDated is { } d ? (d.Dates.P90 - promise.Date).TotalDays : null;
            foreach (var (cause, share, supply) in Parted(causes, plan, forecast, gone))
            {
                string key = cause.ToString();
                if (!lost.TryGetValue(key, out var of)) lost.Add(key, of = (cause, []));
                of.Lost.Add(new(order.Key, order.Customer, order.Class, promise, share, kept, atRisk, days, supply, OnlyThis(causes, plan, forecast, cause, watch.InTime)));
            }
        }
        return [.. lost.Values.Select(l => Assess(plan.World, l.Cause, l.Lost)).OrderByDescending(static a => a.Promises).ThenBy(static a => a.Cause.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>The promise in force of an order line that is still open; null without one.</summary>
    internal static Promise? Promised(Plan plan, Forecast forecast) => forecast is Forecast.Dated d ? d.Promise : plan.World.Promises.StartingWith($"{forecast.OrderLine}|").LastOrDefault();

    private static IEnumerable<(Cause Cause, double Share, string Supply)> Parted(Causes causes, Plan plan, Forecast forecast, double gone)
    {
        if (forecast is not Forecast.Dated dated) return [(causes.OfUndated(forecast.OrderLine), gone, "")];
        IReadOnlyList<MissedBy> missed = plan.MissedBy(forecast.OrderLine);
        double all = missed.Sum(static m => m.Share.Value);
        return missed.GroupBy(m => causes.Of(dated, m.Supply)).Select(g => (g.Key, gone * g.Sum(static m => m.Share.Value) / all, g.First().Supply));
    }

    /// <summary>Whether a kit lacks what comes by a cause and nothing else. Of an order line without a date: whether a part that nothing brings is all that it lacks.</summary>
    private static bool OnlyThis(Causes causes, Plan plan, Forecast forecast, Cause cause, double inTime)
    {
        if (cause.Kind is CauseKind.Line or CauseKind.Delivery or CauseKind.Order or CauseKind.Document) return false;
        if (forecast is Forecast.Dated dated) return plan.InTime(dated.OrderLine, s => s.Lot is not null && causes.Of(dated, s.Name) == cause) is { } shares && shares.These < inTime && shares.Others >= inTime;
        return ((Forecast.Unknown)forecast).Reasons is [{ Rule: "no-supply", Place.Column: var item }] && plan.InTime(forecast.OrderLine, s => s.Item == item) is { } rest && rest.Others >= inTime;
    }

    private static Assessment Assess(Snapshot world, Cause cause, List<LostPromise> lost)
    {
        var money = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (LostPromise l in lost)
            if (world.OrderLines[l.OrderLine].Price is { } price) money[price.Currency] = money.GetValueOrDefault(price.Currency) + l.Share * price.Minor;
        return new(cause, [.. lost.OrderByDescending(static l => l.Share).ThenBy(static l => l.OrderLine.Value, StringComparer.Ordinal)], lost.Sum(static l => l.Share),
            [.. money.Select(static m => new Money((long)Math.Round(m.Value), m.Key))]);
    }
}
