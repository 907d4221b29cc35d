using Homestretch.Arrivals;

namespace Homestretch.Machines;

/// <summary>Good pieces among all that were counted, and what that says of those still to make.</summary>
/// <remarks>Each piece is good with the same chance y, so the rejects before n good ones follow the negative binomial: mean n (1 - y)/y, variance n (1 - y)/y^2 (Johnson, Kemp and Kotz,
/// Univariate Discrete Distributions, 3rd ed., ch. 5). Example: docs/formulas/arrivals.md.</remarks>
public static class Yield
{
    /// <summary>Pieces that must have been counted before their yield is one.</summary>
    public const int Least = 30;

    /// <summary>With so many good pieces to come more rejects than these are taken as normal, with the skewness (2 - y)/sqrt(n (1 - y)) (Cornish and Fisher 1938); with few good ones, more than those.</summary>
    private const double ManyGood = 100, ManyBad = 60, MostBad = 5000;

    /// <summary>The yield of what was counted; null: rejects were not told, or too few pieces were counted, or none of them was good.</summary>
    public static Share? Of(double good, double? rejected) =>
        rejected is >= 0 and { } bad && good > 0 && good + bad >= Least ? new Share(good / (good + bad)) : null;

    /// <summary>Rejects that come with so many good pieces in the future at level u.</summary>
    /// <param name="good">Good pieces still to make; begun ones count whole.</param>
    /// <param name="yield">Above 0.</param>
    internal static double Rejects(double good, Share yield, double u)
    {
        double n = Math.Ceiling(good), y = yield.Value, mean = n * (1 - y) / y;
        if (mean <= 0) return 0;
        double chance = mean > (n >= ManyGood ? ManyBad : MostBad) ? 0 : Math.Pow(y, n), below = chance;
        if (chance == 0)
        {
            double z = Normal.Quantile(u), skewed = z + (z * z - 1) * (2 - y) / (6 * Math.Sqrt(n * (1 - y)));
            return Math.Max(0, Math.Round(mean + skewed * Math.Sqrt(mean / y)));
        }
        int k = 0;
        for (; below < u && chance > double.Epsilon; k++) below += chance *= (n + k) / (k + 1) * (1 - y);
        return k;
    }
}
