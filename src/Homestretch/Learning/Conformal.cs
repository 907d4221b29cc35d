namespace Homestretch.Learning;

/// <summary>Split conformal correction: how far stated values must be moved so that, on rows like those looked at, they hold as often as they say.</summary>
/// <remarks>Source: Vovk, Gammerman and Shafer 2005; for quantiles Romano, Patterson and Candes 2019, equation 8. With n exchangeable rows the corrected
/// value is not exceeded by a new one with a chance in [level, level + 1 / (n + 1)], whatever the model is. Example: misses {-2, 0, 1, 5} at level 0.5: rank
/// ceil(5 * 0.5) = 3, so 1.</remarks>
public static class Conformal
{
    /// <summary>The correction to add.</summary>
    /// <param name="misses">Truth minus stated value, on rows that the model did not learn from.</param>
    /// <param name="level">Wanted coverage, in (0, 1).</param>
    /// <returns>The ceil((n + 1) level)-th smallest miss; positive infinity where n is too small to promise the level.</returns>
    public static double Correction(ReadOnlySpan<double> misses, double level)
    {
        if (level is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(level), level, "A level lies in (0, 1).");
        int rank = Rank(misses.Length, level);
        if (rank > misses.Length) return double.PositiveInfinity;
        double[] sorted = misses.ToArray();
        Array.Sort(sorted);
        return sorted[rank - 1];
    }

    /// <summary>1-based rank of the correction among n misses. The sum is taken down by a little, so that 0.9 of 9 + 1 is 9 and not, by rounding, 10.</summary>
    internal static int Rank(int n, double level) => Math.Max(1, (int)Math.Ceiling((n + 1) * level - 1e-9));
}
