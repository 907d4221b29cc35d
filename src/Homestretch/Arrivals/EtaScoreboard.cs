using NodaTime;

namespace Homestretch.Arrivals;

/// <summary>One estimate whose truth is known by now.</summary>
public sealed record EtaOutcome(string Source, Instant Reported, Instant Estimated, Instant Actual);

/// <summary>How good a source has been at one distance.</summary>
/// <param name="HorizonDays">Upper end of the distance band, days from report to estimate.</param>
/// <param name="BiasDays">Mean of estimate minus actual.</param>
/// <param name="ErrorDays">Standard deviation around the bias, drawn towards the prior while the count is small.</param>
public sealed record EtaScore(string Source, int HorizonDays, int Count, double BiasDays, double MeanAbsoluteDays, double ErrorDays);

/// <summary>Scores of all ETA sources by distance, from estimates that have met their truth.</summary>
/// <remarks>Spread and bias are shrunk as if <see cref="PriorCount"/> outcomes of the prior error had been seen too, so a source
/// that was right twice is not taken for an oracle.</remarks>
public sealed class EtaScoreboard
{
    /// <summary>Weight of the prior, in outcomes.</summary>
    public const double PriorCount = 5;

    private static readonly int[] _bands = [3, 7, 14, 30, 60, 10_000];
    private readonly double _priorErrorDays;

    /// <param name="priorErrorDays">Error assumed of a source that nobody has measured, days.</param>
    public EtaScoreboard(IEnumerable<EtaOutcome> outcomes, double priorErrorDays = 7)
    {
        _priorErrorDays = priorErrorDays;
        Scores = [.. outcomes.GroupBy(o => (o.Source, Band: Band(o.Reported, o.Estimated)))
            .OrderBy(g => g.Key.Source, StringComparer.Ordinal).ThenBy(g => g.Key.Band)
            .Select(g => Score(g.Key.Source, g.Key.Band, [.. g.Select(o => (o.Estimated - o.Actual).TotalDays).Order()]))];
    }

    /// <summary>By source (ordinal), then distance.</summary>
    public IReadOnlyList<EtaScore> Scores { get; }

    /// <summary>A fresh estimate with its measured error; with the prior's where this source is new at this distance.</summary>
    public Eta Weigh(string source, Instant reported, Instant estimated)
    {
        int band = Band(reported, estimated);
        foreach (var score in Scores)
            if (score.HorizonDays == band && string.Equals(score.Source, source, StringComparison.Ordinal))
                return new Eta(source, reported, estimated, score.ErrorDays, score.BiasDays);
        return new Eta(source, reported, estimated, _priorErrorDays);
    }

    private EtaScore Score(string source, int band, double[] errors)
    {
        double n = errors.Length, sum = 0, absolute = 0, squares = 0;
        foreach (double e in errors) (sum, absolute) = (sum + e, absolute + Math.Abs(e));
        double bias = sum / (n + PriorCount);
        foreach (double e in errors) squares += (e - bias) * (e - bias);
        double error = Math.Sqrt((squares + PriorCount * _priorErrorDays * _priorErrorDays) / (n + PriorCount));
        return new EtaScore(source, band, errors.Length, bias, absolute / n, error);
    }

    private static int Band(Instant reported, Instant estimated) => _bands.FirstOrDefault(b => (estimated - reported).TotalDays <= b, _bands[^1]);
}
