using Homestretch.World;
using NodaTime;

namespace Homestretch.Simulating;

/// <summary>One bin of a calibration: what was said against what came.</summary>
/// <param name="From">Lower end of the stated probability, a tenth wide.</param>
/// <param name="Count">Statements in it over all seeds.</param>
/// <param name="Stated">Their mean.</param>
/// <param name="Came">Share that came true.</param>
/// <param name="Gap">Came less stated, with its interval by seed.</param>
public sealed record CalibrationBin(double From, int Count, double Stated, double Came, Estimate Gap)
{
    /// <summary>Within three points, or not told from zero.</summary>
    public bool Holds => Math.Abs(Gap.Value) <= 0.03 || Gap is { Low: <= 0, High: >= 0 };
}

/// <summary>How a stated quantile of the delivery date did: the share delivered by then.</summary>
public sealed record QuantileCoverage(double Stated, Estimate Came);

/// <summary>All that was said at one distance from the planned start.</summary>
public sealed record HorizonScore(int HorizonDays, int Count, IReadOnlyList<CalibrationBin> Kits, IReadOnlyList<QuantileCoverage> Dates);

/// <summary>Promises kept.</summary>
/// <param name="NoticeDays">Null: the first promise. Otherwise the one in force this many days before the date it names.</param>
/// <param name="Confidence">Mean confidence at which they were given.</param>
public sealed record PromiseScore(int? NoticeDays, int Count, double Confidence, Estimate Kept);

/// <summary>One seed on its own, so that nothing hides in a mean.</summary>
public sealed record SeedScore(ulong Seed, int Orders, int Delivered, double? FirstPromisesKept, double? OnTime, double? KitsWhole);

/// <summary>Stock of a hub: days on hand = pieces lying there on average over pieces used a day.</summary>
public sealed record StockScore(Key<Site> Hub, double Pieces, double UsedPerDay, double? DaysOnHand);

/// <summary>What many futures together say.</summary>
/// <param name="OnTime">Share delivered by the requested date, of orders requested within the days played.</param>
/// <param name="KitsWhole">Share of kits that were whole by the start planned for them two weeks before.</param>
public sealed record Scores(IReadOnlyList<PromiseScore> Promises, Estimate? OnTime, Estimate? KitsWhole, IReadOnlyList<HorizonScore> Horizons,
    IReadOnlyList<StockScore> Stock, IReadOnlyList<SeedScore> Seeds, int Undated)
{
    private const int KitHorizon = 14;

    /// <summary>Scores of the futures, in the order given.</summary>
    public static Scores Of(IReadOnlyList<Played> futures) => new(
        [.. ((int?[])[null, .. Simulation.HorizonDays.Select(static d => (int?)d)]).Select(n => Promised(futures, n)).OfType<PromiseScore>()],
        Bootstrap.Ratio([.. futures.Select(OnTimeOf)]), Bootstrap.Ratio([.. futures.Select(WholeOf)]),
        [.. Simulation.HorizonDays.Select(h => Horizon(futures, h))],
        [.. futures.SelectMany(static f => f.Stock).GroupBy(static s => s.Hub).OrderBy(static g => g.Key).Select(g => StockOf(g, futures.Sum(static f => f.Days)))],
        [.. futures.Select(static f => new SeedScore(f.Seed, f.Orders.Count, f.Orders.Count(static o => o.Delivered is not null), Share(KeptOf(f, null)), Share(OnTimeOf(f)), Share(WholeOf(f))))],
        futures.Sum(static f => f.Undated));

    private static PromiseScore? Promised(IReadOnlyList<Played> futures, int? notice)
    {
        double confidence = 0;
        int count = 0;
        foreach (var (promise, _) in futures.SelectMany(f => Scored(f, notice)))
        {
            confidence += promise.Confidence.Value;
            count++;
        }
        return Bootstrap.Ratio([.. futures.Select(f => KeptOf(f, notice))]) is { } kept ? new(notice, count, confidence / count, kept) : null;
    }

    /// <summary>Promises that name a date within the days played, each with when it was delivered.</summary>
    private static IEnumerable<(Promise Promise, Instant? Delivered)> Scored(Played future, int? notice)
    {
        Instant end = future.Start + Duration.FromDays(future.Days);
        foreach (PlayedOrder order in future.Orders)
        {
            Promise? promise = notice is { } days ? InForce(order.Promises, Duration.FromDays(days)) : order.Promises[0];
            if (promise is not null && promise.Date > future.Start && promise.Date <= end) yield return (promise, order.Delivered);
        }
    }

    /// <summary>The last version that was in force so long before the date it names.</summary>
    private static Promise? InForce(IReadOnlyList<Promise> versions, Duration notice)
    {
        for (int v = versions.Count - 1; v >= 0; v--)
            if (versions[v].Given <= versions[v].Date - notice && (v == versions.Count - 1 || versions[v + 1].Given > versions[v].Date - notice)) return versions[v];
        return null;
    }

    private static (double, double) KeptOf(Played future, int? notice)
    {
        double kept = 0, all = 0;
        foreach (var (promise, delivered) in Scored(future, notice)) (kept, all) = (kept + (delivered <= promise.Date ? 1 : 0), all + 1);
        return (kept, all);
    }

    private static (double, double) OnTimeOf(Played future)
    {
        Instant end = future.Start + Duration.FromDays(future.Days);
        double good = 0, all = 0;
        foreach (PlayedOrder o in future.Orders)
            if (o.Order.Requested > future.Start && o.Order.Requested <= end) (good, all) = (good + (o.Delivered <= o.Order.Requested ? 1 : 0), all + 1);
        return (good, all);
    }

    private static (double, double) WholeOf(Played future) =>
        (future.Statements.Count(static s => s is { HorizonDays: KitHorizon, WasWhole: true }), future.Statements.Count(static s => s.HorizonDays == KitHorizon));

    private static double? Share((double Top, double Bottom) part) => part.Bottom > 0 ? part.Top / part.Bottom : null;

    private static HorizonScore Horizon(IReadOnlyList<Played> futures, int days)
    {
        Statement[][] said = [.. futures.Select(f => f.Statements.Where(s => s.HorizonDays == days).ToArray())];
        var bins = new List<CalibrationBin>();
        for (int b = 0; b < 10; b++)
        {
            Statement[][] inside = [.. said.Select(f => f.Where(s => Math.Min(9, (int)(s.Whole * 10 + 1e-9)) == b).ToArray())];
            int count = inside.Sum(static f => f.Length);
            if (Bootstrap.Ratio([.. inside.Select(static f => (f.Sum(static s => (s.WasWhole ? 1 : 0) - s.Whole), (double)f.Length))]) is { } gap)
                bins.Add(new(b / 10.0, count, inside.Sum(static f => f.Sum(static s => s.Whole)) / count, inside.Sum(static f => f.Count(static s => s.WasWhole)) / (double)count, gap));
        }
        (double, Func<Statement, Instant>)[] quantiles = [(0.5, static s => s.Dates.P50), (0.8, static s => s.Dates.P80), (0.9, static s => s.Dates.P90), (0.95, static s => s.Dates.P95)];
        var dates = new List<QuantileCoverage>();
        foreach (var (p, at) in quantiles)
            if (Bootstrap.Ratio([.. said.Select(f => ((double)f.Count(s => s.Delivered <= at(s)), (double)f.Length))]) is { } came) dates.Add(new(p, came));
        return new(days, said.Sum(static f => f.Length), bins, dates);
    }

    private static StockScore StockOf(IGrouping<Key<Site>, PlayedStock> hub, double days)
    {
        double pieces = hub.Sum(static s => s.PieceDays) / days, used = hub.Sum(static s => s.Used) / days;
        return new(hub.Key, pieces, used, used > 0 ? pieces / used : null);
    }
}
