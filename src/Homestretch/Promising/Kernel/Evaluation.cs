namespace Homestretch.Promising.Kernel;

/// <summary>Steps 3 and 4 of the plan, with pegs and sequence held: sampled arrivals to sampled build ends, the whole at once or
/// only what a changed arrival disturbs. A ripple leaves the same bits as a full run.</summary>
public sealed class Evaluation
{
    /// <summary>Builds between two checkpoints of a line; a tile of this many rows stays in the cache.</summary>
    private const int Stretch = 128;

    private readonly EvaluationProblem _problem;
    private readonly Futures _futures;
    private readonly WorkTimes _times;
    private readonly int[] _ends;                       // builds x S, working seconds of the build's line
    private readonly LineTrack[] _tracks;
    private readonly PegIndex _pegsOf;

    private Evaluation(EvaluationProblem problem, Futures futures)
    {
        (_problem, _futures) = (problem, futures);
        _times = new WorkTimes(problem, futures);
        _ends = new int[checked(problem.BuildCount * Samples)];
        _tracks = [.. Enumerable.Range(0, problem.LineCount).Select(l => new LineTrack(problem, l, Samples))];
        _pegsOf = new PegIndex(problem, futures.Supplies);
    }

    public int Samples => _futures.Samples;
    public EvaluationProblem Problem => _problem;

    /// <summary>Evaluates everything.</summary>
    /// <param name="parallel">False: on one thread. The bits are the same.</param>
    public static Evaluation Run(EvaluationProblem problem, Futures futures, bool parallel = true)
    {
        var evaluation = new Evaluation(problem, futures);
        evaluation.ForLines([.. Enumerable.Range(0, problem.LineCount)], parallel, l => evaluation.RunLine(l, 0, int.MaxValue, null));
        return evaluation;
    }

    /// <summary>Re-evaluates what hangs on supplies whose arrivals were redrawn in place.</summary>
    /// <returns>Every build whose end changed in some sample, ascending.</returns>
    public int[] Ripple(ReadOnlySpan<int> supplies, bool parallel = true)
    {
        _times.Redraw(supplies);
        int[] disturbed = _pegsOf.Builds(supplies);
        var spans = new List<(int Line, int First, int Last)>();
        foreach (int build in disturbed)
        {
            int line = _times.LineOf(build);
            if (spans.Count > 0 && spans[^1].Line == line) spans[^1] = (line, spans[^1].First, build);
            else spans.Add((line, build, build));
        }
        var changed = new bool[_problem.BuildCount];
        var byLine = spans.ToDictionary(static s => s.Line);
        ForLines([.. spans.Select(static s => s.Line)], parallel, l => RunLine(l, byLine[l].First, byLine[l].Last, changed));
        return [.. Enumerable.Range(0, changed.Length).Where(b => changed[b])];
    }

    /// <summary>The S moments, calendar seconds after t, at which a build's order is delivered: end of work plus outbound.</summary>
    public void Dates(int build, Span<int> dates)
    {
        LineCalendar calendar = _problem.Lines[_times.LineOf(build)];
        ReadOnlySpan<int> ends = Ends(build);
        int outbound = _problem.Outbound[build];
        for (int s = 0; s < dates.Length; s++)
        {
            int end = calendar.IsAlwaysOpen ? ends[s] : calendar.EndToCalendar(ends[s]);
            dates[s] = outbound < 0 ? end : end + _problem.OutboundSeconds[outbound][s];
        }
    }

    /// <summary>The S moments, calendar seconds after t, at which a build's kit is whole.</summary>
    public void Ready(int build, Span<int> ready)
    {
        ready.Fill(_problem.Release[build]);
        for (int p = _problem.PegFirst[build]; p < _problem.PegFirst[build + 1]; p++) Lanewise.Max(ready, _futures[_problem.PegSupply[p]]);
    }

    /// <summary>A build's S ends in working seconds of its line.</summary>
    public ReadOnlySpan<int> Ends(int build) => _ends.AsSpan(build * Samples, Samples);

    /// <summary>The p-quantile of the delivery date, calendar seconds after t.</summary>
    /// <param name="scratch">At least S long.</param>
    public int DateQuantile(int build, double p, Span<int> scratch)
    {
        if (_problem.Outbound[build] < 0)
        {
            LineCalendar calendar = _problem.Lines[_times.LineOf(build)];
            int end = OrderStatistics.Quantile(Ends(build), p);
            return calendar.IsAlwaysOpen ? end : calendar.EndToCalendar(end);
        }
        Dates(build, scratch[..Samples]);
        return OrderStatistics.Quantile(scratch[..Samples], p);
    }

    /// <summary>In how many samples each peg of a build comes last; of several at the same second the first peg counts.</summary>
    /// <param name="counts">One for each peg of the build.</param>
    public void Gates(int build, Span<int> counts)
    {
        counts.Clear();
        int first = _problem.PegFirst[build], pegs = _problem.PegFirst[build + 1] - first;
        for (int s = 0; s < Samples && pegs > 0; s++)
        {
            int last = 0;
            for (int p = 1; p < pegs; p++)
            {
                if (_futures[_problem.PegSupply[first + p]][s] > _futures[_problem.PegSupply[first + last]][s]) last = p;
            }
            counts[last]++;
        }
    }

    /// <summary>Builds that draw on a supply, ascending.</summary>
    public ReadOnlySpan<int> BuildsOf(int supply) => _pegsOf.Of(supply);

    /// <summary>The ends, calendar seconds after t, of one build more that takes its turn behind another in strict sequence: what a
    /// quote needs. Nothing else moves.</summary>
    /// <param name="line">Line it is quoted on.</param>
    /// <param name="after">Build of the line that it follows; -1: first.</param>
    public void Hypothetical(int line, int after, int work, int release, ReadOnlySpan<int> supplies, Span<int> ends)
    {
        ends.Fill(release);
        foreach (int supply in supplies) Lanewise.Max(ends, _futures[supply]);
        LineCalendar calendar = _problem.Lines[line];
        for (int s = 0; s < ends.Length; s++)
        {
            int ready = calendar.ToWork(Math.Max(0, ends[s]));
            int free = after < 0 ? 0 : Ends(after)[s];
            ends[s] = calendar.EndToCalendar(Math.Max(ready, free) + work);
        }
    }

    private void ForLines(int[] lines, bool parallel, Action<int> run)
    {
        if (parallel && lines.Length > 1) Parallel.For(0, lines.Length, i => run(lines[i]));
        else foreach (int l in lines) run(l);
    }

    /// <summary>Runs a line from the checkpoint at or before <paramref name="first"/> until its state, behind
    /// <paramref name="last"/>, is what it was.</summary>
    private void RunLine(int line, int first, int last, bool[]? changed)
    {
        int begin = _problem.LineFirst[line], end = _problem.LineFirst[line + 1], count = end - begin;
        if (count == 0) return;
        LineTrack track = _tracks[line];
        int stretches = (count + Stretch - 1) / Stretch;
        int from = changed is null ? 0 : (first - begin) / Stretch;
        int[] tile = new int[Stretch * Samples];
        for (int k = from; k < stretches; k++)
        {
            int a = begin + k * Stretch, b = Math.Min(end, a + Stretch);
            for (int build = a; build < b; build++) _times.Ready(build, tile.AsSpan((build - a) * Samples, Samples));
            bool steady = track.Advance(k, a, b, b == end, tile, _ends, changed);
            if (changed is not null && b > last && steady) return;
        }
    }
}
