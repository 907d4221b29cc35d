using NodaTime;

namespace Homestretch.Arrivals;

/// <summary>How strongly a step follows a common factor: a place, a carrier, a supplier.</summary>
/// <param name="Factor">Stable hash of the factor's name. The month is joined by the sampler: March's congestion is
/// not November's.</param>
/// <param name="Weight">Loading l; the squares over one step sum to at most 1. Negative: it moves against the others.</param>
public readonly record struct FactorLoading(ulong Factor, double Weight)
{
    /// <summary>The key of this factor's draws for a step that is expected to begin at <paramref name="begin"/>: the
    /// calendar month in UTC.</summary>
    internal ulong KeyIn(Instant begin)
    {
        var day = begin.InUtc().Date;
        return StableHash.Join(Factor, (ulong)(day.Year * 100 + day.Month));
    }
}

/// <summary>A step that has begun: what its duration says about the factors that it shares with others.</summary>
/// <param name="Event">Physical event; lots aboard the same one bring the same evidence, counted once.</param>
/// <param name="Ended">Of a step that is not finished: until when it is known to have run.</param>
/// <param name="Finished">False: it lasts longer than that. Leaving such steps out would judge by the fast ones, since of steps begun together those finish first.</param>
public sealed record FactorEvidence(ulong Event, StageTime Time, IReadOnlyList<FactorLoading> Loadings, Instant Began, Instant Ended, bool Finished = true);

/// <summary>What is known of the common factors after the steps that finished and those that still run: a mean and a standard deviation for each,
/// N(0, 1) where nothing is known. Immutable.</summary>
/// <remarks>A finished step's normal score is x = sum l_f z_f + sqrt(1 - sum l_f^2) e: a linear observation of Gaussian
/// factors, taken in one after another (Kalman's update; for one factor a step exact: variance 1/(1 + n l^2/(1 - l^2))). Of a
/// step that runs only x > c is known: the factors take the mean and variance that this leaves them (assumed density filtering; Opper 1998).
/// Three approximations: factors that share a step stay uncorrelated afterwards (the mean field), a score within a
/// mass is taken at the middle of the mass, and after a running step the factors are taken as normal again.</remarks>
public sealed class FactorPosterior
{
    private const double FarthestScore = 4;
    private readonly Dictionary<ulong, (double Mean, double Variance)> _known = [];

    /// <summary>Nothing finished yet.</summary>
    public static FactorPosterior Nothing { get; } = new();

    /// <summary>Takes in the finished steps, then the running ones, in the order of their event keys, each event once.</summary>
    public static FactorPosterior Of(IEnumerable<FactorEvidence> begun)
    {
        var posterior = new FactorPosterior();
        foreach (var step in begun.Where(e => e.Loadings.Count > 0).OrderByDescending(e => e.Finished).ThenBy(e => e.Event).DistinctBy(e => e.Event)) posterior.Take(step);
        return posterior;
    }

    /// <summary>Mean and standard deviation of the factor a step begun at <paramref name="begin"/> follows.</summary>
    public (double Mean, double Deviation) Of(ulong factor, Instant begin) => Of(new FactorLoading(factor, 0).KeyIn(begin));

    internal (double Mean, double Deviation) Of(ulong key) =>
        _known.TryGetValue(key, out var known) ? (known.Mean, Math.Sqrt(known.Variance)) : (0, 1);

    /// <summary>The normal score of a duration; within a mass, the score of the mass's middle. Held within +-4.</summary>
    internal static double Score(StageTime time, double days)
    {
        const double second = 1 / Horizon.SecondsPerDay;
        double tail = (time.Survival(days) + time.Survival(days - second)) / 2;
        return Math.Clamp(-Normal.Quantile(tail), -FarthestScore, FarthestScore);
    }

    /// <summary>The normal score that a step still running exceeds.</summary>
    /// <param name="survival">Share of its distribution that the elapsed time has left.</param>
    internal static double Outlasted(double survival) => -Normal.Quantile(Math.Max(survival, StageTime.LeastSurvival));

    private void Take(FactorEvidence step)
    {
        var keys = step.Loadings.Select(l => l.KeyIn(step.Began)).ToArray();
        double days = (step.Ended - step.Began).TotalDays, expected = 0, variance = 1;
        if (!step.Finished && step.Time.Survival(days) >= 1) return;
        for (int f = 0; f < keys.Length; f++)
        {
            double l = step.Loadings[f].Weight;
            var known = _known.GetValueOrDefault(keys[f], (0, 1));
            expected += l * known.Item1;
            variance += l * l * (known.Item2 - 1);
        }
        if (variance <= 1e-9) return;
        var (surprise, told) = step.Finished ? (Score(step.Time, days) - expected, 1) : Beyond(expected, Math.Sqrt(variance), Outlasted(step.Time.Survival(days)));
        for (int f = 0; f < keys.Length; f++)
        {
            var (mean, own) = _known.GetValueOrDefault(keys[f], (0, 1));
            double gain = own * step.Loadings[f].Weight / variance;
            _known[keys[f]] = (mean + gain * surprise, own * (1 - gain * step.Loadings[f].Weight * told));
        }
    }

    /// <summary>What x > c moves the mean of a normal x by, and the share of its variance that it takes away: with a = (c - m)/s and h = phi(a)/U(a),
    /// the mean of what is left is m + s h and its variance s^2 (1 - h (h - a)).</summary>
    private static (double Surprise, double Told) Beyond(double mean, double deviation, double outlasted)
    {
        double a = Math.Clamp((outlasted - mean) / deviation, -2 * FarthestScore, 2 * FarthestScore), hazard = Normal.Density(a) / Normal.UpperTail(a);
        return (deviation * hazard, Math.Clamp(hazard * (hazard - a), 0, 1));
    }
}
