namespace Homestretch.Arrivals.History;

/// <summary>Forecasts that cost nothing, from what was known on the as-of day: what a model has to beat.</summary>
public sealed class DelayBaselines(DeliveryBook book)
{
    private readonly int[][] _lanes = book.Alike(static d => d.Lane);
    private readonly int[] _everything = [.. Enumerable.Range(0, book.Count)];

    /// <summary>Trust the schedule: never late, and the same chance for all, the share that was late so far.</summary>
    public StatedDelay Schedule(int line)
    {
        Delivery d = book.Deliveries[line];
        int[] all = Known(_everything, line);
        return Alike(d, all.Length == 0 ? 0.5 : Late(all), [.. StatedDelay.Levels.Select(static _ => 0)]);
    }

    /// <summary>The same for all: the quantiles of everything delivered so far.</summary>
    public StatedDelay Constant(int line) => FromHistory(line, Known(_everything, line)) with { Score = 0 };

    /// <summary>The lane's own deliveries so far; everything where it has none.</summary>
    public StatedDelay OwnHistory(int line) => FromHistory(line, Known(_lanes[line], line) is { Length: > 0 } own ? own : Known(_everything, line));

    private StatedDelay FromHistory(int line, int[] delays)
    {
        Delivery d = book.Deliveries[line];
        if (delays.Length == 0) return Stated(d, 0.5, [.. StatedDelay.Levels.Select(static _ => 0)]);
        Array.Sort(delays);
        return Stated(d, Late(delays), [.. StatedDelay.Levels.Select(l => delays[Math.Clamp((int)Math.Ceiling(l * delays.Length - 1e-9) - 1, 0, delays.Length - 1)])]);
    }

    private int[] Known(int[] members, int line)
    {
        int day = book.AsOf(line);
        return [.. members.Where(m => book.Arrived(m, day) && book.Shipment(m) != book.Shipment(line)).Select(m => book.Delay(m, day))];
    }

    private static double Late(int[] delays) => delays.Count(static d => d > 0) / (double)delays.Length;

    /// <summary>The same for all lines ranks none before another, though the share so far moves as time goes by.</summary>
    private static StatedDelay Alike(Delivery d, double late, int[] days) => Stated(d, late, days) with { Score = 0 };

    private static StatedDelay Stated(Delivery d, double late, int[] days) => new(d.Line, d.AsOf, DelaySource.Pooled, StatedDelay.LogOdds(late), new(late), days);
}
