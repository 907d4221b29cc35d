namespace Homestretch.Arrivals;

/// <summary>What is left of a step that is known unfinished. Within its 90th percentile: u' = F(elapsed) + u (1 - F(elapsed)). Beyond it, silence is evidence that the step is
/// not one of its kind, and what is left is the longer and the wider the more it is overdue.</summary>
/// <remarks>Frailty (Vaupel, Manton and Stallard, Demography 16, 1979): the hazard beyond the 90th percentile is multiplied by a gamma variable of mean 1 and variance
/// theta, the same for the whole step. With H(y) = ln(0.1 / S(y)), who has outlasted e survives y with ((1 + theta H(y)) / (1 + theta H(e)))^(-1/theta); theta = 0 is the
/// rule within. Theta is <see cref="Frailty"/>: chosen, not fitted. Example and effect: docs/formulas/arrivals.md.</remarks>
internal static class Overdue
{
    /// <summary>Variance theta of the frailty; the score below takes its fourth root, so it is a quarter.</summary>
    public const double Frailty = 0.25;

    /// <summary>Share of the distribution below which a step is overdue.</summary>
    public const double From = 0.1;

    /// <summary>1 + theta H(elapsed): 1 while a step is not overdue.</summary>
    public static double Stretch(double survival) => survival >= From ? 1 : 1 + Frailty * Math.Log(From / survival);

    /// <summary>The normal score of the whole distribution at which a sample of what is left ends.</summary>
    /// <param name="x">The sample's own score.</param>
    /// <param name="survival">Share of the distribution that the elapsed time has left.</param>
    /// <param name="stretch">What <see cref="Stretch"/> says of it.</param>
    public static double Score(double x, double survival, double stretch)
    {
        double tail = NormalTable.UpperTail(x);
        if (survival >= From) return -NormalTable.Quantile(survival * tail);
        double stretched = stretch / Math.Sqrt(Math.Sqrt(tail));
        return -NormalTable.Quantile(Math.Max(StageTime.LeastSurvival * StageTime.LeastSurvival, From * Math.Exp((1 - stretched) / Frailty)));
    }
}
