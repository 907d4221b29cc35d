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

/// <summary>A finished step: what its duration says about the factors it shares with steps still running.</summary>
/// <param name="Event">Physical event; lots aboard the same one bring the same evidence, counted once.</param>
public sealed record FactorEvidence(ulong Event, StageTime Time, IReadOnlyList<FactorLoading> Loadings, Instant Began, Instant Ended);

/// <summary>What is known of the common factors after the steps that finished: a mean and a standard deviation for each,
/// N(0, 1) where nothing is known. Immutable.</summary>
/// <remarks>A finished step's normal score is x = sum l_f z_f + sqrt(1 - sum l_f^2) e: a linear observation of Gaussian
/// factors, taken in one after another (Kalman's update; for one factor a step exact: variance 1/(1 + n l^2/(1 - l^2))).
/// Two approximations: factors that share a step stay uncorrelated afterwards (the mean field), and a score within a
/// mass is taken at the middle of the mass. Running steps leave the factors as they are.</remarks>
public sealed class FactorPosterior
{
    private const double FarthestScore = 4;
    private readonly Dictionary<ulong, (double Mean, double Variance)> _known = [];

    /// <summary>Nothing finished yet.</summary>
    public static FactorPosterior Nothing { get; } = new();

    /// <summary>Takes in the finished steps, in the order of their event keys, each event once.</summary>
    public static FactorPosterior Of(IEnumerable<FactorEvidence> finished)
    {
        var posterior = new FactorPosterior();
        foreach (var step in finished.Where(e => e.Loadings.Count > 0).DistinctBy(e => e.Event).OrderBy(e => e.Event)) posterior.Take(step);
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

    private void Take(FactorEvidence step)
    {
        var keys = step.Loadings.Select(l => l.KeyIn(step.Began)).ToArray();
        double surprise = Score(step.Time, (step.Ended - step.Began).TotalDays), variance = 1;
        for (int f = 0; f < keys.Length; f++)
        {
            double l = step.Loadings[f].Weight;
            var known = _known.GetValueOrDefault(keys[f], (0, 1));
            surprise -= l * known.Item1;
            variance += l * l * (known.Item2 - 1);
        }
        for (int f = 0; f < keys.Length; f++)
        {
            var (mean, own) = _known.GetValueOrDefault(keys[f], (0, 1));
            double gain = variance > 1e-9 ? own * step.Loadings[f].Weight / variance : 0;
            _known[keys[f]] = (mean + gain * surprise, own * (1 - gain * step.Loadings[f].Weight));
        }
    }
}
