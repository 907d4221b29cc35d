namespace Homestretch.Buffering;

/// <summary>Makes a choice of levels cheaper, part by part and in exchanges, until nothing more is won.</summary>
internal static class BufferSearch
{
    private const int Reach = 10;      // levels looked at on either side of a part's own

    /// <summary>A choice that covers enough and that no move improves; null when not even the highest levels do.</summary>
    /// <param name="start">Any choice: it is raised first if it does not cover enough.</param>
    public static int[]? From(BufferProblem problem, ReadOnlySpan<int> start)
    {
        var cover = new Cover(problem, start);
        if (!Raise(problem, cover)) return null;
        do Drop(problem, cover);
        while (Exchange(problem, cover) || Lift(problem, cover));
        return [.. cover.Levels];
    }

    /// <summary>Raises, one after another, the part that brings most weight for its cost, until enough is covered.</summary>
    private static bool Raise(BufferProblem problem, Cover cover)
    {
        while (!cover.Enough)
        {
            var (best, to) = (-1, 0);
            double most = 0;
            for (int i = 0; i < problem.Parts; i++)
            {
                int own = cover[i];
                foreach (int level in cover.Above(i, Reach).ToArray())
                {
                    long before = cover.Weight;
                    cover.Set(i, level);
                    double worth = (cover.Weight - before) / (double)(problem.Cost[i] * (level - own));
                    cover.Set(i, own);
                    if (worth > most) (best, to, most) = (i, level, worth);
                }
            }
            if (best < 0)
            {
                // no part alone brings anything: the future that the least lifts together
                if (Nearest(problem, cover) is not { } future) return false;
                Meet(problem, cover, future);
            }
            else cover.Set(best, to);
        }
        return true;
    }

    private static int? Nearest(BufferProblem problem, Cover cover)
    {
        int? nearest = null;
        double least = double.PositiveInfinity;
        for (int j = 0; j < problem.Futures; j++)
        {
            long cost = 0;
            ReadOnlySpan<int> parts = problem.PartsOf(j), levels = problem.LevelsOf(j);
            for (int k = 0; k < parts.Length; k++) cost += problem.Cost[parts[k]] * Math.Max(0, levels[k] - cover[parts[k]]);
            if (cost > 0 && cost / (double)problem.Weight[j] < least) (nearest, least) = (j, cost / (double)problem.Weight[j]);
        }
        return nearest;
    }

    private static void Meet(BufferProblem problem, Cover cover, int future)
    {
        ReadOnlySpan<int> parts = problem.PartsOf(future), levels = problem.LevelsOf(future);
        for (int k = 0; k < parts.Length; k++)
            if (cover[parts[k]] < levels[k]) cover.Set(parts[k], levels[k]);
    }

    /// <summary>The best exchange of one part's days for another's.</summary>
    private static bool Exchange(BufferProblem problem, Cover cover)
    {
        var (down, low, up, high) = (-1, 0, -1, 0);
        long most = 0;
        for (int i = 0; i < problem.Parts; i++)
        {
            int own = cover[i];
            foreach (int level in cover.Below(i, Reach).ToArray())
            {
                long saved = problem.Cost[i] * (own - level);
                cover.Set(i, level);
                for (int k = 0; k < problem.Parts; k++)
                {
                    if (k == i || saved - most <= problem.Cost[k]) continue;
                    int limit = (int)Math.Min(problem.Most[k], cover[k] + (saved - most - 1) / problem.Cost[k]);
                    if (cover.Enoughs(k, limit) is >= 0 and var to && saved - problem.Cost[k] * (to - cover[k]) is var won && won > most) (down, low, up, high, most) = (i, level, k, to, won);
                }
                cover.Set(i, own);
            }
        }
        if (down < 0) return false;
        cover.Set(down, low);
        cover.Set(up, high);
        return true;
    }

    /// <summary>The first part that, raised, lets the others drop by more than it costs.</summary>
    private static bool Lift(BufferProblem problem, Cover cover)
    {
        int[] own = [.. cover.Levels];
        long cost = cover.Cost;
        for (int i = 0; i < problem.Parts; i++)
        {
            foreach (int level in cover.Above(i, Reach).ToArray())
            {
                cover.Set(i, level);
                for (int k = 0; k < problem.Parts; k++)
                    if (k != i) cover.Set(k, own[k]);
                Drop(problem, cover, i);
                if (cover.Cost < cost) return true;
                for (int k = 0; k < problem.Parts; k++) cover.Set(k, own[k]);
            }
        }
        return false;
    }

    /// <summary>Lowers, one after another, the part that then saves most, as far as enough stays covered.</summary>
    /// <param name="kept">A part that stays; -1: none.</param>
    private static void Drop(BufferProblem problem, Cover cover, int kept = -1)
    {
        while (true)
        {
            var (best, to) = (-1, 0);
            long most = 0;
            for (int i = 0; i < problem.Parts; i++)
            {
                if (i == kept) continue;
                int lowest = cover.Lowest(i);
                long saved = problem.Cost[i] * (cover[i] - lowest);
                if (saved > most) (best, to, most) = (i, lowest, saved);
            }
            if (best < 0) return;
            cover.Set(best, to);
        }
    }
}
