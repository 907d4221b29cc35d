namespace Homestretch.Arrivals.History;

/// <summary>The quantile function of one line's delay, in days against the schedule: values at fixed levels, straight between them.</summary>
public sealed class DelayCurve
{
    /// <summary>Levels at which values are learned.</summary>
    public static IReadOnlyList<double> Knots { get; } = [0.25, 0.5, 0.8, 0.9, 0.95, 0.98];

    private readonly double[] _days;

    /// <param name="days">One value a knot; where one lies below the one before, it is raised to it (Chernozhukov, Fernandez-Val and Galichon 2010 sort; with
    /// values learned apart, both are no worse than what was given).</param>
    public DelayCurve(ReadOnlySpan<double> days)
    {
        if (days.Length != Knots.Count) throw new ArgumentException($"{Knots.Count} levels and {days.Length} values.", nameof(days));
        _days = days.ToArray();
        for (int i = 1; i < _days.Length; i++) _days[i] = Math.Max(_days[i], _days[i - 1]);
    }

    /// <summary>Days that a share <paramref name="level"/> does not exceed; the first or last value beyond the knots.</summary>
    public double Quantile(double level)
    {
        if (level <= Knots[0]) return _days[0];
        for (int i = 1; i < _days.Length; i++)
        {
            if (level <= Knots[i]) return _days[i - 1] + (level - Knots[i - 1]) / (Knots[i] - Knots[i - 1]) * (_days[i] - _days[i - 1]);
        }
        return _days[^1];
    }

    /// <summary>The quantile as it is stated: the next whole day, since deliveries are counted in days and a tenth of a day late is a day late.</summary>
    public int Whole(double level) => (int)Math.Ceiling(Math.Round(Quantile(level), 6));

    /// <summary>The chance of at most so many days; 0 below the first value, 1 from the last on.</summary>
    public double Cdf(double days)
    {
        if (days < _days[0]) return 0;
        if (days >= _days[^1]) return 1;
        int above = _days.Length - 1;
        while (_days[above - 1] > days) above--;
        return Knots[above - 1] + (days - _days[above - 1]) / (_days[above] - _days[above - 1]) * (Knots[above] - Knots[above - 1]);
    }
}
