namespace Homestretch.Buffering;

/// <summary>A choice of levels with the proof of how good it is.</summary>
/// <param name="Cost">What it costs.</param>
/// <param name="Bound">No choice that covers enough costs less; equal to the cost: it is the least.</param>
/// <param name="Cuts">Work done: minimum cuts.</param>
internal sealed record BufferSolution(int[] Levels, long Cost, long Bound, int Cuts)
{
    public bool Proven => Bound >= Cost;

    /// <summary>Part of the cost that could at most be saved.</summary>
    public double Gap => Cost == 0 ? 0 : (Cost - Bound) / (double)Cost;
}

/// <summary>Branch and bound over the levels of parts, best bound first, within a number of minimum cuts.</summary>
internal static class BufferSolving
{
    private sealed record Branch(int[] From, int[] To, BufferBound Bound);

    /// <param name="starts">Choices to begin with, such as rules of thumb: the answer is never dearer than one of them that covers enough.</param>
    /// <param name="budget">Minimum cuts after which the branching stops; the first bound is always made.</param>
    /// <returns>Null when not even the highest levels cover enough.</returns>
    public static BufferSolution? Of(BufferProblem problem, IEnumerable<int[]> starts, int budget, CancellationToken cancel = default)
    {
        int[]? best = null;
        long cost = long.MaxValue;
        void Offer(ReadOnlySpan<int> start)
        {
            if (BufferSearch.From(problem, start) is not { } found || problem.CostOf(found) is var c && c >= cost) return;
            (best, cost) = (found, problem.CostOf(found));
        }
        Offer(problem.Most);
        if (best is null) return null;
        foreach (int[] start in starts) Offer(start);

        int cuts = 0;
        var open = new PriorityQueue<Branch, (long, int)>();
        int made = 0;
        long? proven = Push(new int[problem.Parts], [.. problem.Most]);
        while (open.TryDequeue(out Branch? branch, out _))
        {
            cancel.ThrowIfCancellationRequested();
            proven = branch.Bound.Least;
            if (proven >= cost) return new(best, cost, cost, cuts);
            if (cuts >= budget) return new(best, cost, proven.Value, cuts);
            int part = Widest(problem, branch);
            int middle = (Math.Max(branch.From[part], branch.Bound.Low[part]) + Math.Min(branch.To[part], branch.Bound.High[part])) / 2;
            middle = Math.Clamp(middle, branch.From[part], branch.To[part] - 1);
            Push(branch.From, With(branch.To, part, middle));
            Push(With(branch.From, part, middle + 1), branch.To);
        }
        return new(best, cost, cost, cuts);

        long? Push(int[] from, int[] to)
        {
            if (BufferBranch.Narrow(problem, from, to, cost) is not var (low, high)) return null;
            if (BufferBound.Of(problem, low, high) is not { } bound) return null;
            cuts += Math.Max(1, bound.Cuts);
            if (bound.Least >= cost) return bound.Least;
            Offer(bound.High);
            Offer(bound.Low);
            if (problem.Covered(low) >= problem.Needed) return bound.Least;      // its cheapest choice is its floor, and that was offered
            open.Enqueue(new(low, high, bound), (bound.Least, made++));
            return bound.Least;
        }
    }

    private static int[] With(int[] levels, int part, int level)
    {
        var with = (int[])levels.Clone();
        with[part] = level;
        return with;
    }

    /// <summary>The part on whose days the two sides of the price differ most, in money; of those that may still move.</summary>
    private static int Widest(BufferProblem problem, Branch branch)
    {
        var (widest, most) = (-1, -1L);
        for (int i = 0; i < problem.Parts; i++)
        {
            if (branch.To[i] <= branch.From[i]) continue;
            long apart = problem.Cost[i] * (branch.Bound.High[i] - branch.Bound.Low[i]) * 1_000 + problem.Cost[i] * (branch.To[i] - branch.From[i]) / 1_000;
            if (apart > most) (widest, most) = (i, apart);
        }
        return widest;
    }
}
