namespace Homestretch.Promising.Kernel;

/// <summary>Arrivals in working seconds of each calendar, mapped once for each supply: the map is monotone, so the kit's readiness is
/// the maximum of mapped arrivals.</summary>
internal sealed class WorkTimes
{
    private readonly EvaluationProblem _problem;
    private readonly Futures _futures;
    private readonly int[] _lineOf;
    private readonly int[] _release;
    private readonly int[]?[] _mappedOfLine;            // null: the line is always open, arrivals serve as they are

    public WorkTimes(EvaluationProblem problem, Futures futures)
    {
        (_problem, _futures) = (problem, futures);
        _lineOf = new int[problem.BuildCount];
        _release = new int[problem.BuildCount];
        _mappedOfLine = new int[]?[problem.LineCount];
        var mapped = new Dictionary<LineCalendar, int[]>(ReferenceEqualityComparer.Instance);
        for (int l = 0; l < problem.LineCount; l++)
        {
            LineCalendar calendar = problem.Lines[l];
            for (int b = problem.LineFirst[l]; b < problem.LineFirst[l + 1]; b++)
            {
                _lineOf[b] = l;
                _release[b] = calendar.ToWork(Math.Max(0, problem.Release[b]));
            }
            if (calendar.IsAlwaysOpen) continue;
            if (!mapped.TryGetValue(calendar, out int[]? values))
                mapped[calendar] = values = Map(calendar, futures.All);
            _mappedOfLine[l] = values;
        }
    }

    public int LineOf(int build) => _lineOf[build];

    /// <summary>The S moments at which a build's kit is whole, working seconds of its line.</summary>
    public void Ready(int build, Span<int> ready)
    {
        ReadOnlySpan<int> arrivals = _mappedOfLine[_lineOf[build]] ?? _futures.All;
        int samples = _futures.Samples, first = _problem.PegFirst[build], end = _problem.PegFirst[build + 1];
        ready.Fill(_release[build]);
        for (int p = first; p < end; p++) Lanewise.Max(ready, arrivals.Slice(_problem.PegSupply[p] * samples, samples));
    }

    /// <summary>Maps redrawn arrivals anew.</summary>
    public void Redraw(ReadOnlySpan<int> supplies)
    {
        var done = new HashSet<int[]>(ReferenceEqualityComparer.Instance);
        for (int l = 0; l < _mappedOfLine.Length; l++)
        {
            if (_mappedOfLine[l] is not { } mapped || !done.Add(mapped)) continue;
            foreach (int supply in supplies)
            {
                Span<int> row = mapped.AsSpan(supply * _futures.Samples, _futures.Samples);
                _futures[supply].CopyTo(row);
                foreach (ref int at in row) at = _problem.Lines[l].ToWork(at);
            }
        }
    }

    private static int[] Map(LineCalendar calendar, ReadOnlySpan<int> arrivals)
    {
        int[] mapped = arrivals.ToArray();
        foreach (ref int at in mapped.AsSpan()) at = calendar.ToWork(at);
        return mapped;
    }
}
