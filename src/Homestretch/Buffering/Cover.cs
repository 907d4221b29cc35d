namespace Homestretch.Buffering;

/// <summary>A choice of levels with what it covers and costs, kept as single parts move.</summary>
internal sealed class Cover
{
    private readonly BufferProblem _problem;
    private readonly int[] _levels, _lacking, _below;      // by future: parts below what it asks; by part: how many of its futures its level reaches

    public Cover(BufferProblem problem, ReadOnlySpan<int> levels)
    {
        (_problem, _levels, _lacking, _below) = (problem, new int[problem.Parts], new int[problem.Futures], new int[problem.Parts]);
        for (int j = 0; j < problem.Futures; j++) _lacking[j] = problem.PartsOf(j).Length;
        Weight = problem.Free;
        for (int i = 0; i < problem.Parts; i++) Set(i, levels[i]);
    }

    public ReadOnlySpan<int> Levels => _levels;
    public long Weight { get; private set; }
    public long Cost { get; private set; }
    public bool Enough => Weight >= _problem.Needed;

    public int this[int part] => _levels[part];

    /// <summary>Moves one part to a level.</summary>
    public void Set(int part, int level)
    {
        (int Level, int Future)[] rising = _problem.ByLevel[part];
        int at = _below[part];
        for (; at < rising.Length && rising[at].Level <= level; at++)
            if (--_lacking[rising[at].Future] == 0) Weight += _problem.Weight[rising[at].Future];
        for (; at > 0 && rising[at - 1].Level > level; at--)
            if (_lacking[rising[at - 1].Future]++ == 0) Weight -= _problem.Weight[rising[at - 1].Future];
        _below[part] = at;
        Cost += _problem.Cost[part] * (level - _levels[part]);
        _levels[part] = level;
    }

    /// <summary>The lowest level of a part at which enough is covered, the others as they are; only called while enough is.</summary>
    public int Lowest(int part)
    {
        (int Level, int Future)[] rising = _problem.ByLevel[part];
        long spare = Weight - _problem.Needed;
        int at = _below[part];
        for (; at > 0; at--)
        {
            var (level, future) = rising[at - 1];
            if (_lacking[future] == 0 && (spare -= _problem.Weight[future]) < 0) return level;
        }
        return 0;
    }

    /// <summary>The lowest level of a part, above its own, at which enough is covered, the others as they are; -1 when none up to the limit is.</summary>
    public int Enoughs(int part, int limit)
    {
        (int Level, int Future)[] rising = _problem.ByLevel[part];
        long lacking = _problem.Needed - Weight;
        for (int at = _below[part]; at < rising.Length && rising[at].Level <= limit; at++)
        {
            var (level, future) = rising[at];
            if (_lacking[future] == 1 && (lacking -= _problem.Weight[future]) <= 0) return level;
        }
        return -1;
    }

    /// <summary>Levels of a part at which something changes: the next so many below its own, falling.</summary>
    public IEnumerable<int> Below(int part, int count)
    {
        (int Level, int Future)[] rising = _problem.ByLevel[part];
        int last = _levels[part];
        for (int at = _below[part] - 1; at >= 0 && count > 0; at--)
        {
            if (rising[at].Level >= last) continue;
            yield return last = rising[at].Level;
            count--;
        }
        if (count > 0 && last > 0) yield return 0;
    }

    /// <summary>The next so many above its own, rising.</summary>
    public IEnumerable<int> Above(int part, int count)
    {
        (int Level, int Future)[] rising = _problem.ByLevel[part];
        int last = _levels[part];
        for (int at = _below[part]; at < rising.Length && count > 0; at++)
        {
            if (rising[at].Level <= last) continue;
            yield return last = rising[at].Level;
            count--;
        }
    }
}
