using NodaTime;

namespace Homestretch.Arrivals.History;

/// <summary>Delays by lane with partial pooling, as of a day: what is stated where there is too little history for trees, and the base that history is drawn to.</summary>
/// <remarks>lane -> mode and destination -> everything, by <see cref="LanesFitted"/> with a half-life of <see cref="HalfLifeDays"/>: docs/formulas/arrivals.md.</remarks>
public sealed class PooledDelay
{
    /// <summary>Age at which a delivery weighs half.</summary>
    public const double HalfLifeDays = 360;

    private readonly LanesFitted? _fit;

    private PooledDelay(LanesFitted? fit) => _fit = fit;

    /// <summary>The pooled delays of all lines settled by a day.</summary>
    public static PooledDelay Of(DeliveryBook book, LocalDate asOf)
    {
        int day = DeliveryBook.Day(asOf);
        var rows = Enumerable.Range(0, book.Count).Where(i => book.Scheduled(i) < day)
            .Select(i => new Executed(book.Deliveries[i].Lane, Group(book.Deliveries[i]), $"{book.Shipment(i)}", book.Deliveries[i].Scheduled, book.Delay(i, day), book.Arrived(i, day)));
        return new(LanesFitted.Of(rows, asOf, new(HalfLifeDays: HalfLifeDays)));
    }

    /// <summary>What the lane's history says of a line; on time for certain where nobody ever delivered anything.</summary>
    public StatedDelay State(Delivery delivery)
    {
        if (_fit is null) return new(delivery.Line, delivery.AsOf, DelaySource.Pooled, StatedDelay.LogOdds(0.5), new(0.5), [.. StatedDelay.Levels.Select(static _ => 0)]);
        StageTime.Table time = _fit.For(delivery.Lane, Group(delivery)).Time;
        double late = Math.Clamp(1 - time.Cdf(0), 0, 1);
        return new(delivery.Line, delivery.AsOf, DelaySource.Pooled, StatedDelay.LogOdds(late), new(late), [.. StatedDelay.Levels.Select(l => (int)Math.Ceiling(Math.Round(time.Quantile(l), 6)))]);
    }

    /// <summary>The same as a quantile function; null where nobody ever delivered anything.</summary>
    public DelayCurve? Law(Delivery delivery)
    {
        if (_fit is null) return null;
        StageTime.Table time = _fit.For(delivery.Lane, Group(delivery)).Time;
        Span<double> days = stackalloc double[DelayCurve.Knots.Count];
        for (int k = 0; k < days.Length; k++) days[k] = time.Quantile(DelayCurve.Knots[k]);
        return new(days);
    }

    private static string Group(Delivery d) => $"{d.Mode} > {d.Destination}";
}
