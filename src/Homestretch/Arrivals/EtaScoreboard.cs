using NodaTime;

namespace Homestretch.Arrivals;

/// <summary>One estimate whose truth is known by now, or long overdue.</summary>
public sealed record EtaOutcome(string Source, string Lane, Instant Reported, Instant Estimated, Instant Actual);

/// <summary>How good a source has been at one distance.</summary>
/// <param name="Lane">On this lane; empty: on all.</param>
/// <param name="HorizonDays">Upper end of the distance band, days from report to estimate.</param>
/// <param name="Count">Outcomes seen; 0: nobody has measured it, the errors are the prior's.</param>
/// <param name="BiasDays">Mean of estimate minus actual, drawn towards 0 while the count is small.</param>
/// <param name="ErrorDays">Standard deviation around the bias, drawn towards the prior while the count is small.</param>
/// <param name="Covered">Share of the outcomes that lie within the 80 % interval which all the others would have given them; null: there are none.</param>
public sealed record EtaScore(string Source, string Lane, int HorizonDays, int Count, double BiasDays, double MeanAbsoluteDays, double ErrorDays, Share? Covered = null)
{
    /// <summary>Half the width of an 80 % interval around an estimate less its bias, days.</summary>
    public double HalfWidthDays => Normal.Z90 * ErrorDays;
}

/// <summary>An estimate as the blend takes it, with the record it was judged by.</summary>
public sealed record EtaWeighed(Eta Eta, EtaScore Record);

/// <summary>Scores of all ETA sources by lane and distance, from estimates that have met their truth.</summary>
/// <remarks>A source's score at a distance is shrunk as if <see cref="PriorCount"/> outcomes without bias and with the prior error, 2 days and a tenth of
/// the distance, had been seen too; its score on one lane likewise towards its score on all. So a source that was right twice is not taken for an
/// oracle. Example: docs/formulas/arrivals.md.</remarks>
public sealed class EtaScoreboard
{
    /// <summary>Weight of what a score is shrunk towards, in outcomes.</summary>
    public const double PriorCount = 5;

    private static readonly int[] _bands = [3, 7, 14, 30, 60, 10_000];

    /// <summary>Upper ends of the distances that are told apart, days; the last holds all beyond.</summary>
    public static IReadOnlyList<int> Bands => _bands;

    private readonly Dictionary<(string Source, string Lane, int Band), EtaScore> _scores = [];

    public EtaScoreboard(IEnumerable<EtaOutcome> outcomes)
    {
        EtaOutcome[] all = [.. outcomes];
        foreach (var g in all.GroupBy(static o => (o.Source, Lane: "", Band: Band(o.Reported, o.Estimated))))
        {
            double distance = g.Select(static o => (o.Estimated - o.Reported).TotalDays).Order().Sum() / g.Count();
            _scores[g.Key] = Score(g.Key, g, 0, PriorError(distance));
        }
        foreach (var g in all.GroupBy(static o => (o.Source, o.Lane, Band: Band(o.Reported, o.Estimated))))
        {
            EtaScore everywhere = _scores[(g.Key.Source, "", g.Key.Band)];
            _scores[g.Key] = Score(g.Key, g, everywhere.BiasDays, everywhere.ErrorDays);
        }
        Scores = [.. _scores.OrderBy(static s => s.Key.Source, StringComparer.Ordinal).ThenBy(static s => s.Key.Lane, StringComparer.Ordinal)
            .ThenBy(static s => s.Key.Band).Select(static s => s.Value)];
    }

    /// <summary>By source, lane (all first), then distance.</summary>
    public IReadOnlyList<EtaScore> Scores { get; }

    /// <summary>Standard deviation assumed of a source that nobody has measured: 2 days and a tenth of the distance it speaks over.</summary>
    public static double PriorError(double distanceDays) => 2 + 0.1 * Math.Max(0, distanceDays);

    /// <summary>A fresh estimate with its measured error: on its lane, else of its source, else the prior's.</summary>
    public EtaWeighed Weigh(string source, string lane, Instant reported, Instant estimated)
    {
        int band = Band(reported, estimated);
        EtaScore record = _scores.GetValueOrDefault((source, lane, band)) ?? _scores.GetValueOrDefault((source, "", band))
            ?? new(source, "", band, 0, 0, 0, PriorError((estimated - reported).TotalDays));
        return new(new Eta(source, reported, estimated, record.ErrorDays, record.BiasDays), record);
    }

    private static EtaScore Score((string Source, string Lane, int Band) of, IEnumerable<EtaOutcome> outcomes, double towardsBias, double towardsError)
    {
        double[] errors = [.. outcomes.Select(static o => (o.Estimated - o.Actual).TotalDays).Order()];
        double n = errors.Length, sum = 0, absolute = 0, squares = 0;
        foreach (double e in errors) (sum, absolute) = (sum + e, absolute + Math.Abs(e));
        double bias = (sum + PriorCount * towardsBias) / (n + PriorCount);
        foreach (double e in errors) squares += (e - bias) * (e - bias);
        double error = Math.Sqrt((squares + PriorCount * towardsError * towardsError) / (n + PriorCount));
        return new EtaScore(of.Source, of.Lane, of.Band, errors.Length, bias, absolute / n, error, Covered(errors, towardsBias, towardsError));
    }

    /// <summary>Each outcome is tried against the interval that the others alone would have given: leaving one out, as the next one will be met.</summary>
    private static Share? Covered(double[] errors, double towardsBias, double towardsError)
    {
        if (errors.Length == 0) return null;
        double sum = 0, squares = 0;
        foreach (double e in errors) (sum, squares) = (sum + e, squares + e * e);
        int within = 0;
        double n = errors.Length - 1;
        foreach (double e in errors)
        {
            double others = sum - e, bias = (others + PriorCount * towardsBias) / (n + PriorCount);
            double around = Math.Max(0, squares - e * e - 2 * bias * others + n * bias * bias);
            if (Math.Abs(e - bias) <= Normal.Z90 * Math.Sqrt((around + PriorCount * towardsError * towardsError) / (n + PriorCount))) within++;
        }
        return new Share(within / (double)errors.Length);
    }

    private static int Band(Instant reported, Instant estimated) => _bands.FirstOrDefault(b => (estimated - reported).TotalDays <= b, _bands[^1]);
}
