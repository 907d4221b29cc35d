using System.Collections.Immutable;

namespace Homestretch.Machines.Health;

/// <summary>How far the truth lay from what was expected, on machines held out of training: quantiles of (truth - expected) / stated spread,
/// for several levels of what was expected. So stated intervals hold by measurement (split-conformal prediction by level: Lei et al. 2018).</summary>
/// <param name="Expected">Middle of each level, as shares of the cap, rising; at least one.</param>
/// <param name="Quantiles">Level after level, one value for each of <see cref="LifeLeft.Levels"/>, then the interval's lower end.</param>
public sealed record LifeErrors(ImmutableArray<double> Expected, ImmutableArray<double> Quantiles)
{
    /// <summary>Values a level.</summary>
    public static int Width => LifeLeft.Levels.Length + 1;

    /// <summary>The standardised error at one of the values, linear between the middles of two levels.</summary>
    internal double At(double expected, int value)
    {
        int above = 0;
        while (above < Expected.Length && Expected[above] < expected) above++;
        if (above == 0) return Quantiles[value];
        if (above == Expected.Length) return Quantiles[(above - 1) * Width + value];
        double share = (expected - Expected[above - 1]) / (Expected[above] - Expected[above - 1]);
        return (1 - share) * Quantiles[(above - 1) * Width + value] + share * Quantiles[above * Width + value];
    }
}
