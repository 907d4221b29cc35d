namespace Homestretch.Cutting.Kernel;

/// <summary>What a stage holds whose time spreads: safety stock over a random net time, and units that come before they are promised.</summary>
/// <remarks>With net time N = (SI + L - S)+ demand over it has the mean mu E[N] and the variance sigma^2 E[N] + mu^2 Var[N], and mu E[(S - SI - L)+] units wait for their promise: S. Humair, J. Ruark, B. Tomlin, S. Willems: Incorporating stochastic lead times into the guaranteed
/// service model of safety stock optimization, Interfaces 43 (2013) 421-434. Here L is normal, so that both follow from its density and distribution at SI + E[L] - S.</remarks>
internal sealed class SpreadCurve
{
    private readonly double[] _held;
    private readonly int[] _at;
    private readonly double _spread, _tick, _demand, _sigma, _z;

    /// <param name="spread">Standard deviation of the stage's time, days; above 0.</param>
    /// <param name="tick">Days of a tick.</param>
    /// <param name="demand">Units a day, and <paramref name="sigma"/> their standard deviation.</param>
    /// <param name="z">Quantile of the service level.</param>
    /// <param name="most">Ticks of the longest net time.</param>
    public SpreadCurve(double spread, double tick, double demand, double sigma, double z, int most)
    {
        (_spread, _tick, _demand, _sigma, _z) = (spread, tick, demand, sigma, z);
        Beyond = BeyondMean(spread, tick, demand, sigma, z);
        (_held, _at) = (new double[most + 1], new int[most + 1]);
        double least = double.PositiveInfinity;
        for (int k = most; k >= 0; k--)
        {
            double held = Safety(k) + Early(k);
            if (held < least) (least, _at[k]) = (held, k);
            else _at[k] = _at[k + 1];
            _held[k] = least;
        }
    }

    /// <summary>Ticks beyond its mean time that a stage may quote: later, what comes early would cost more than what comes late.</summary>
    public int Beyond { get; }

    /// <summary>The same before a curve is drawn.</summary>
    public static int BeyondMean(double spread, double tick, double demand, double sigma, double z)
    {
        var (best, least) = (0, double.PositiveInfinity);
        for (int beyond = 0; beyond * tick <= 4 * spread; beyond++)
        {
            double mean = -beyond * tick, held = SafetyOver(mean, spread, demand, sigma, z) + demand * (Expected(mean, spread) - mean);
            if (held < least) (least, best) = (held, beyond);
        }
        return best;
    }

    /// <summary>Units held, safety stock and early ones, where the net time up to its latest quote is k ticks or, when that is cheaper, more: never falls with k.</summary>
    public double[] Held => _held;

    /// <summary>The net time that is really chosen where k ticks are open.</summary>
    public int At(int k) => _at[k];

    /// <summary>Safety stock, units.</summary>
    public double Safety(int k) => SafetyOver((k - Beyond) * _tick, _spread, _demand, _sigma, _z);

    /// <summary>Units that came before they were promised.</summary>
    public double Early(int k) => _demand * (Expected((k - Beyond) * _tick, _spread) - (k - Beyond) * _tick);

    private static double SafetyOver(double mean, double spread, double demand, double sigma, double z)
    {
        double first = Expected(mean, spread), second = (mean * mean + spread * spread) * Normal.Cdf(mean / spread) + mean * spread * Normal.Density(mean / spread);
        return z * Math.Sqrt(Math.Max(0, sigma * sigma * first + demand * demand * (second - first * first)));
    }

    /// <summary>E[X+] of a normal X.</summary>
    private static double Expected(double mean, double spread) => Math.Max(0, mean * Normal.Cdf(mean / spread) + spread * Normal.Density(mean / spread));
}
