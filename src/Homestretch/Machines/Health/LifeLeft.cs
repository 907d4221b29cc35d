using System.Collections.Immutable;

namespace Homestretch.Machines.Health;

/// <summary>What a machine has left, as a model tells it; cycles or running hours, as its history counts. Nothing beyond
/// <paramref name="Cap"/> is told apart: a value at the cap means 'that or more'.</summary>
/// <param name="Expected">The mean of min(left, cap).</param>
/// <param name="Quantiles">At <see cref="Levels"/>: the share of machines that look so and have at most this left.</param>
/// <param name="Low">With <paramref name="High"/> the interval that holds the truth nine times in ten, as measured on machines the model had not seen.</param>
public sealed record LifeLeft(double Expected, ImmutableArray<double> Quantiles, double Low, double High, double Cap)
{
    /// <summary>Levels of <see cref="Quantiles"/>.</summary>
    public static ImmutableArray<double> Levels { get; } = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];

    /// <summary>What nine machines in ten survive.</summary>
    public double P10 => Quantiles[1];

    public double P50 => Quantiles[3];

    public double P90 => Quantiles[5];

    /// <summary>The interval's upper end is 'or more'.</summary>
    public bool Open => High >= Cap;
}
