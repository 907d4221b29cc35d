using Homestretch.Arrivals;

namespace Homestretch.Promising;

/// <summary>Draws that lots share, made once: common factors by month, and tabulated step times.</summary>
internal sealed class SharedDraws(Draws draws, FactorPosterior posterior, int samples)
{
    private readonly Dictionary<ulong, double[]> _factors = [];
    private readonly Dictionary<StageTime, ScoreTable> _tables = [];

    public FactorPosterior Posterior => posterior;

    /// <summary>S scores of a factor in a month, moved to what is known of it.</summary>
    public double[] Factor(ulong key)
    {
        if (_factors.TryGetValue(key, out double[]? scores)) return scores;
        scores = new double[samples];
        draws.Normals(key, scores);
        var (mean, deviation) = posterior.Of(key);
        for (int s = 0; s < samples; s++) scores[s] = mean + deviation * scores[s];
        return _factors[key] = scores;
    }

    public ScoreTable Table(StageTime time)
    {
        if (!_tables.TryGetValue(time, out ScoreTable? table)) _tables[time] = table = new ScoreTable(time);
        return table;
    }
}
