namespace Homestretch.Buffering;

/// <summary>The sample problem of least-cost buffers: choose for each part a whole number of levels so that the futures that are covered weigh enough, at the least cost.</summary>
/// <remarks>min sum_i c_i x_i so that sum of w_j over {j : x_i >= b_ij for every part i} >= needed, 0 &lt;= x_i &lt;= most_i, whole: the sample average of a joint chance constraint with a random
/// right-hand side (Luedtke, Ahmed and Nemhauser, Mathematical Programming 122, 2010). Costs and weights are whole numbers, so that equal costs are equal.</remarks>
internal sealed class BufferProblem
{
    private readonly int[] _first, _part, _level;

    /// <param name="cost">Cost of one level of each part, at least 1.</param>
    /// <param name="most">Highest level of each part.</param>
    /// <param name="futures">What each future asks for: (part, level) of the parts that need more than none.</param>
    /// <param name="weight">Weight of each future, at least 1.</param>
    public BufferProblem(long[] cost, int[] most, IReadOnlyList<(int Part, int Level)[]> futures, int[] weight, long needed)
    {
        (Cost, Most, Needed) = (cost, most, needed);
        var kept = new List<int>();
        for (int j = 0; j < futures.Count; j++)
        {
            Total += weight[j];
            if (futures[j].All(static b => b.Level <= 0)) Free += weight[j];
            else if (futures[j].All(b => b.Level <= most[b.Part])) kept.Add(j);
        }
        Weight = [.. kept.Select(j => weight[j])];
        _first = new int[kept.Count + 1];
        var part = new List<int>();
        var level = new List<int>();
        for (int k = 0; k < kept.Count; k++)
        {
            foreach (var (p, l) in futures[kept[k]].Where(static b => b.Level > 0).OrderBy(static b => b.Part))
            {
                part.Add(p);
                level.Add(l);
            }
            _first[k + 1] = part.Count;
        }
        (_part, _level) = ([.. part], [.. level]);
        ByLevel = [.. Enumerable.Range(0, cost.Length).Select(Rising)];
    }

    /// <summary>Cost of one level of each part.</summary>
    public long[] Cost { get; }

    /// <summary>Highest level of each part.</summary>
    public int[] Most { get; }

    /// <summary>Weight of each future that asks for something and can be covered.</summary>
    public int[] Weight { get; }

    /// <summary>Weight that must be covered.</summary>
    public long Needed { get; }

    /// <summary>Weight of all futures, also of those that nothing covers.</summary>
    public long Total { get; }

    /// <summary>Weight of the futures that ask for nothing.</summary>
    public long Free { get; }

    public int Parts => Cost.Length;
    public int Futures => Weight.Length;

    /// <summary>By part: the futures that ask for it with the level, rising.</summary>
    public (int Level, int Future)[][] ByLevel { get; }

    /// <summary>Parts that a future asks for.</summary>
    public ReadOnlySpan<int> PartsOf(int future) => _part.AsSpan(_first[future], _first[future + 1] - _first[future]);

    /// <summary>The level of each, beside <see cref="PartsOf"/>.</summary>
    public ReadOnlySpan<int> LevelsOf(int future) => _level.AsSpan(_first[future], _first[future + 1] - _first[future]);

    public long CostOf(ReadOnlySpan<int> levels)
    {
        long cost = 0;
        for (int i = 0; i < levels.Length; i++) cost += Cost[i] * levels[i];
        return cost;
    }

    /// <summary>Weight that a choice covers.</summary>
    public long Covered(ReadOnlySpan<int> levels)
    {
        long covered = Free;
        for (int j = 0; j < Futures; j++) covered += Covers(levels, j) ? Weight[j] : 0;
        return covered;
    }

    /// <summary>Whether every part that a future asks for has the level it asks for.</summary>
    public bool Covers(ReadOnlySpan<int> levels, int future)
    {
        ReadOnlySpan<int> parts = PartsOf(future), asked = LevelsOf(future);
        for (int k = 0; k < parts.Length; k++)
            if (levels[parts[k]] < asked[k]) return false;
        return true;
    }

    private (int, int)[] Rising(int part)
    {
        var rising = new List<(int Level, int Future)>();
        for (int j = 0; j < Futures; j++)
            if (PartsOf(j).IndexOf(part) is >= 0 and var k) rising.Add((LevelsOf(j)[k], j));
        return [.. rising.Order()];
    }
}
