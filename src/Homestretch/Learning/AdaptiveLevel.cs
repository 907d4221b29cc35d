namespace Homestretch.Learning;

/// <summary>The level to ask a model for so that its statements hold as often as wanted, though the world drifts: raised after each miss, lowered after each hit.</summary>
/// <remarks>Source: Gibbs and Candes 2021, 'Adaptive conformal inference under distribution shift', equation 2, written for one-sided quantiles:
/// asked' = asked + rate (wanted - held), held 1 or 0. Whatever comes, the mean coverage of n statements lies within (1 + rate) / (rate n) of what is wanted,
/// so long as the level stays free. Example: wanted 0.9, rate 0.02, a miss at 0.9 asks for 0.918, a hit for 0.898.</remarks>
/// <param name="Wanted">Share that should hold, in (0, 1).</param>
/// <param name="Rate">Step for a full miss.</param>
/// <param name="Asked">Level asked for now; may leave [0, 1] for a while, in which case the extreme is asked for.</param>
public readonly record struct AdaptiveLevel(double Wanted, double Rate, double Asked)
{
    /// <summary>How far the level may leave [0, 1]: so much patience after long luck or ill luck.</summary>
    public const double Slack = 0.05;

    public AdaptiveLevel(double wanted, double rate) : this(wanted, rate, wanted) { }

    /// <summary>The level after one more statement met its truth.</summary>
    /// <param name="held">Whether the truth was not above it.</param>
    /// <param name="weight">Its weight: one over the lines of its shipment.</param>
    public AdaptiveLevel After(bool held, double weight = 1) => Moved(held ? 1 : 0, weight);

    /// <summary>The same where values have mass, such as 'on time to the day': a statement on a mass holds more often than was asked for whatever the level, so a plain
    /// count would drive it down without end. What counts is the share of the mass that the level asked for takes in, which is the expectation of
    /// the randomised rule (Vovk et al. 2005, smoothed predictors).</summary>
    /// <param name="below">F(y-): the stated chance of less than the truth y.</param>
    /// <param name="upTo">F(y): the stated chance of the truth or less.</param>
    public AdaptiveLevel After(double below, double upTo, double weight) =>
        Moved(upTo > below ? Math.Clamp((Asked - below) / (upTo - below), 0, 1) : Asked >= upTo ? 1 : 0, weight);

    private AdaptiveLevel Moved(double held, double weight) => this with { Asked = Math.Clamp(Asked + Rate * weight * (Wanted - held), -Slack, 1 + Slack) };
}
