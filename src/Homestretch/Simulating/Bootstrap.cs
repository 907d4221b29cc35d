namespace Homestretch.Simulating;

/// <summary>A share or mean and the 95 % interval of it that the choice of seeds leaves; no interval with fewer than two seeds.</summary>
public readonly record struct Estimate(double Value, double? Low, double? High);

/// <summary>Means with their intervals.</summary>
public static class Estimates
{
    /// <summary>Mean of one value a seed, and the 95 % interval that the choice of seeds leaves.</summary>
    public static Estimate Mean(IReadOnlyList<double> bySeed) => Bootstrap.Ratio([.. bySeed.Select(static v => (v, 1.0))]) ?? new(0, null, null);

    /// <summary>Sum of the tops over sum of the bottoms, one of each a seed, and its 95 % interval; null when the bottoms sum to nothing.</summary>
    public static Estimate? Ratio(IReadOnlyList<(double Top, double Bottom)> bySeed) => Bootstrap.Ratio(bySeed);
}

/// <summary>Intervals by drawing whole seeds again with replacement: what happens within one future hangs together, so a future, not a
/// build, is the unit. Efron's percentile interval (1979), 2,000 draws under a fixed seed.</summary>
internal static class Bootstrap
{
    private const int Times = 2000;
    private static readonly Draws s_draws = new(1979);

    /// <summary>Ratio of two sums over seeds.</summary>
    /// <param name="parts">Numerator and denominator of each seed.</param>
    /// <returns>Null when there is nothing to divide by.</returns>
    public static Estimate? Ratio(IReadOnlyList<(double Top, double Bottom)> parts)
    {
        double top = 0, bottom = 0;
        foreach (var (t, b) in parts) (top, bottom) = (top + t, bottom + b);
        if (bottom <= 0) return null;
        if (parts.Count < 2) return new(top / bottom, null, null);
        var values = new List<double>(Times);
        for (int i = 0; i < Times; i++)
        {
            double again = 0, over = 0;
            for (int k = 0; k < parts.Count; k++)
            {
                var (t, b) = parts[(int)(s_draws.Uniform((ulong)i, k) * parts.Count)];
                (again, over) = (again + t, over + b);
            }
            if (over > 0) values.Add(again / over);
        }
        values.Sort();
        return new(top / bottom, values[(int)(0.025 * values.Count)], values[Math.Min(values.Count - 1, (int)(0.975 * values.Count))]);
    }
}
