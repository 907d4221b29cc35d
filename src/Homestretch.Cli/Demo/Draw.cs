using System.Text;

namespace Homestretch.Cli.Demo;

/// <summary>Draws for the demonstration company, each named by a key: the same seed and key give the same number, in any
/// order, so a record added to the company redraws no other. SplitMix64 (Steele, Lea and Flood 2014) over an FNV-1a hash.</summary>
internal readonly record struct Draw(int Seed)
{
    /// <summary>Uniform in (0, 1).</summary>
    public double At(string key) => ((Bits(key) >> 11) + 0.5) * (1.0 / (1UL << 53));

    public bool Chance(string key, double share) => At(key) < share;

    /// <summary>Whole number from <paramref name="from"/> to <paramref name="to"/>, both included.</summary>
    public int Whole(string key, int from, int to) => from + (int)(At(key) * (to - from + 1));

    public double Between(string key, double from, double to) => from + At(key) * (to - from);

    public T Of<T>(string key, IReadOnlyList<T> choices) => choices[Whole(key, 0, choices.Count - 1)];

    /// <summary>One of several, by weight.</summary>
    public T Of<T>(string key, IReadOnlyList<(T Choice, int Weight)> choices)
    {
        int left = Whole(key, 0, choices.Sum(static c => c.Weight) - 1);
        foreach (var (choice, weight) in choices)
        {
            if ((left -= weight) < 0) return choice;
        }
        return choices[^1].Choice;
    }

    /// <summary>Standard normal score.</summary>
    public double Normal(string key) => Demo.Normal.Score(At(key));

    private ulong Bits(string key)
    {
        ulong hash = 14695981039346656037;
        foreach (byte b in Encoding.UTF8.GetBytes(key)) hash = unchecked((hash ^ b) * 1099511628211);
        return Mix(hash ^ Mix((ulong)Seed));
    }

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}

/// <summary>The normal distribution and the lognormal times that are stated by their P50 and P90.</summary>
internal static class Normal
{
    /// <summary>Score of the 90th percentile.</summary>
    public const double P90 = 1.2815515655446004;

    /// <summary>Time whose median and 90th percentile are given, at the normal score <paramref name="z"/>.</summary>
    /// <remarks>Example: P50 10, P90 20, z = 1.2815... gives 20.</remarks>
    public static double Time(double p50, double p90, double z) => p50 <= 0 ? 0 : p50 * Math.Exp(z * Math.Log(p90 / p50) / P90);

    /// <summary>Score z with Phi(z) = p, for p in (0, 1); relative error below 1.2e-9 (P. J. Acklam's rational approximation).</summary>
    public static double Score(double p)
    {
        const double low = 0.02425;
        if (p < low) return Tail(Math.Sqrt(-2 * Math.Log(p)));
        if (p > 1 - low) return -Tail(Math.Sqrt(-2 * Math.Log(1 - p)));
        double q = p - 0.5, r = q * q;
        return (((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.3577518672690) * r - 30.66479806614716) * r + 2.506628277459239) * q
            / (((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r - 13.28068155288572) * r + 1);
    }

    /// <summary>Phi(z), for z in (-8, 8); absolute error below 7.5e-8 (Abramowitz and Stegun 26.2.17).</summary>
    public static double Share(double z)
    {
        double t = 1 / (1 + 0.2316419 * Math.Abs(z));
        double tail = 0.3989422804014327 * Math.Exp(-z * z / 2)
            * t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return z >= 0 ? 1 - tail : tail;
    }

    private static double Tail(double q) =>
        (((((-0.007784894002430293 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) * q + 4.374664141464968) * q + 2.938163982698783)
            / ((((0.007784695709041462 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1);
}
