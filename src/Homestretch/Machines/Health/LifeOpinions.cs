using System.Collections.Immutable;
using Homestretch.Learning;

namespace Homestretch.Machines.Health;

/// <summary>What trees and networks each say of one machine, as shares of the cap, and what there is to doubt about it.</summary>
/// <param name="Networks">Mean of the networks.</param>
/// <param name="Apart">Standard deviation among them.</param>
internal readonly record struct LifeOpinions(double Trees, double Networks, double Apart)
{
    /// <summary>How many features the spread is told from.</summary>
    public static int Doubts => DoubtNames.Length;

    /// <summary>Their names: none depends on which sensors are used, so errors of machines held out under other sensors can teach it.</summary>
    public static ImmutableArray<string> DoubtNames { get; } =
        ["expected", "age", "disagreement", "networks_apart", "level_like", "level_alike", "level_spread", "level_nearest", "drift_like", "drift_alike", "drift_spread", "drift_nearest"];

    public static LifeOpinions Of(Forest trees, ReadOnlySpan<Network> networks, ReadOnlySpan<float> row)
    {
        double sum = 0, squares = 0;
        foreach (Network network in networks)
        {
            double says = network.Predict(row);
            (sum, squares) = (sum + says, squares + says * says);
        }
        double mean = sum / networks.Length;
        return new(trees.Predict(row), mean, Math.Sqrt(Math.Max(0, squares / networks.Length - mean * mean)));
    }

    /// <summary>Expected life left as a share of the cap, in [0, 1].</summary>
    public double Blend(double networkShare) => Math.Clamp((1 - networkShare) * Trees + networkShare * Networks, 0, 1);

    /// <summary>Writes what the spread is told from.</summary>
    public void Doubt(double expected, ReadOnlySpan<float> row, Span<float> doubts)
    {
        (doubts[0], doubts[1], doubts[2], doubts[3]) = ((float)expected, row[0], (float)(Networks - Trees), (float)Apart);
        row[^(2 * WearCurves.Told)..].CopyTo(doubts[4..]);
    }
}
