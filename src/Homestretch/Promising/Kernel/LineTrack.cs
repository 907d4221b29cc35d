namespace Homestretch.Promising.Kernel;

/// <summary>One line's run over all samples, with a checkpoint of every sample's state at the begin of each stretch, so that a
/// ripple can start in the middle and stop where nothing differs any more.</summary>
internal sealed class LineTrack(EvaluationProblem problem, int line, int samples)
{
    private readonly List<Checkpoint> _checkpoints = [Checkpoint.Start(samples)];
    private readonly int[] _planned = Working(problem, line, 0);
    private readonly int[] _hold = Working(problem, line, problem.Window);

    /// <summary>Runs stretch k, builds [a, b), from its checkpoint; keeps the checkpoint behind it.</summary>
    /// <param name="ready">Ready times, working seconds, a row of S for each build of the stretch.</param>
    /// <param name="ends">The plan's end matrix.</param>
    /// <param name="changed">Marks builds whose end differs from what stood there; null on a first run.</param>
    /// <returns>Whether the state behind the stretch is the one kept before.</returns>
    public bool Advance(int k, int a, int b, bool last, ReadOnlySpan<int> ready, int[] ends, bool[]? changed)
    {
        Checkpoint from = _checkpoints[k];
        Checkpoint to = problem.Window == 0 ? Strict(from, a, b, ready, ends, changed) : Overtaking(from, a, b, last, ready, ends, changed);
        if (_checkpoints.Count == k + 1)
        {
            _checkpoints.Add(to);
            return false;
        }
        bool same = to.SameAs(_checkpoints[k + 1]);
        _checkpoints[k + 1] = to;
        return same;
    }

    private Checkpoint Strict(Checkpoint from, int a, int b, ReadOnlySpan<int> ready, int[] ends, bool[]? changed)
    {
        int[] free = [.. from.Free];
        for (int build = a; build < b; build++)
        {
            bool differs = Lanewise.Run(free, ready.Slice((build - a) * samples, samples), problem.WorkSeconds[build], ends.AsSpan(build * samples, samples));
            if (changed is not null && differs) changed[build] = true;
        }
        return new(free, new int[samples + 1], [], []);
    }

    private Checkpoint Overtaking(Checkpoint from, int a, int b, bool last, ReadOnlySpan<int> ready, int[] ends, bool[]? changed)
    {
        int begin = problem.LineFirst[line], end = problem.LineFirst[line + 1];
        ReadOnlySpan<int> work = problem.WorkSeconds.AsSpan(begin, end - begin);
        ReadOnlySpan<bool> confirmed = problem.Confirmed.AsSpan(begin, end - begin);
        var run = new LineRun();
        int[] free = new int[samples], first = new int[samples + 1];
        List<int> index = [], readies = [];
        for (int s = 0; s < samples; s++)
        {
            int w = from.WaitFirst[s], n = from.WaitFirst[s + 1] - w;
            run.Restore(from.Free[s], from.WaitIndex.AsSpan(w, n), from.WaitReady.AsSpan(w, n));
            var sink = new Row(ends, changed, begin, samples, s);
            run.Advance(a - begin, b - begin, last, ready[s..], samples, work, _planned, _hold, confirmed, ref sink);
            free[s] = run.Free;
            index.AddRange(run.WaitingIndex);
            readies.AddRange(run.WaitingReady);
            first[s + 1] = index.Count;
        }
        return new(free, first, [.. index], [.. readies]);
    }

    private static int[] Working(EvaluationProblem problem, int line, int later)
    {
        int begin = problem.LineFirst[line], end = problem.LineFirst[line + 1];
        int[] work = new int[end - begin];
        for (int b = begin; b < end; b++) work[b - begin] = problem.Lines[line].ToWork((int)Math.Max(0, Math.Min(int.MaxValue, (long)problem.PlannedStart[b] + later)));
        return work;
    }

    /// <summary>Writes ends into one sample's column of the matrix.</summary>
    private readonly ref struct Row(int[] ends, bool[]? changed, int begin, int samples, int sample) : IEndSink
    {
        public void End(int build, int endWork)
        {
            ref int kept = ref ends[(begin + build) * samples + sample];
            if (changed is not null && kept != endWork) changed[begin + build] = true;
            kept = endWork;
        }
    }

    /// <summary>Every sample's state before a stretch: when the line is free, and the waiting builds with their ready times.</summary>
    private sealed record Checkpoint(int[] Free, int[] WaitFirst, int[] WaitIndex, int[] WaitReady)
    {
        public static Checkpoint Start(int samples) => new(new int[samples], new int[samples + 1], [], []);

        public bool SameAs(Checkpoint other) => Free.AsSpan().SequenceEqual(other.Free) && WaitFirst.AsSpan().SequenceEqual(other.WaitFirst)
            && WaitIndex.AsSpan().SequenceEqual(other.WaitIndex) && WaitReady.AsSpan().SequenceEqual(other.WaitReady);
    }
}
