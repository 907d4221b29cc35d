using NodaTime;

namespace Homestretch.Arrivals.History;

/// <summary>Where a stated delay comes from.</summary>
public enum DelaySource
{
    /// <summary>Boosted trees.</summary>
    Trees,

    /// <summary>The pooled history of the lane, its mode and everything: too little history for trees.</summary>
    Pooled,
}

/// <summary>What was said of a line on its as-of day. Days count against the schedule, early is negative, and are whole.</summary>
/// <param name="Score">Log-odds of being late, for ranking.</param>
/// <param name="Late">Chance of being delivered after the scheduled day.</param>
/// <param name="Days">At <see cref="Levels"/>, never falling.</param>
public sealed record StatedDelay(string Line, LocalDate AsOf, DelaySource Source, double Score, Share Late, IReadOnlyList<int> Days)
{
    /// <summary>The quantiles that are stated: P50, P80, P90 and P95.</summary>
    public static IReadOnlyList<double> Levels { get; } = [0.5, 0.8, 0.9, 0.95];

    /// <summary>Place of a level among <see cref="Levels"/>; -1 for another.</summary>
    internal static int PlaceOf(double level) => ((double[])[.. Levels]).AsSpan().IndexOf(level);

    /// <summary>Log-odds of a chance, held within 1e-6 of 0 and 1.</summary>
    public static double LogOdds(double chance) => Math.Log(Math.Clamp(chance, 1e-6, 1 - 1e-6) / (1 - Math.Clamp(chance, 1e-6, 1 - 1e-6)));
}
