namespace Homestretch.Buffering;

/// <summary>Draws the levels between which a choice can still be better together.</summary>
internal static class BufferBranch
{
    /// <summary>Raises the lowest levels to what any choice that covers enough must have, and lowers the highest to what a choice cheaper than the best known can have.</summary>
    /// <returns>Null when no choice between them is both.</returns>
    public static (int[] From, int[] To)? Narrow(BufferProblem problem, int[] from, int[] to, long best)
    {
        var (low, high) = ((int[])from.Clone(), (int[])to.Clone());
        while (true)
        {
            long coverable = problem.Free;
            var open = new bool[problem.Futures];
            for (int j = 0; j < problem.Futures; j++)
                if (open[j] = problem.Covers(high, j)) coverable += problem.Weight[j];
            long spare = coverable - problem.Needed;
            if (spare < 0) return null;
            bool moved = false;
            for (int i = 0; i < problem.Parts; i++)
            {
                int must = Must(problem.ByLevel[i], open, problem.Weight, spare);
                if (must > high[i]) return null;
                if (must <= low[i]) continue;
                (low[i], moved) = (must, true);
            }
            long left = best - 1 - problem.CostOf(low);
            if (left < 0) return null;
            for (int i = 0; i < problem.Parts; i++)
            {
                long most = low[i] + left / problem.Cost[i];
                if (most >= high[i]) continue;
                (high[i], moved) = ((int)most, true);
            }
            if (!moved) return (low, high);
        }
    }

    /// <summary>The lowest level of a part that, all others at their highest, covers enough.</summary>
    private static int Must((int Level, int Future)[] rising, bool[] open, int[] weight, long spare)
    {
        for (int at = rising.Length - 1; at >= 0; at--)
            if (open[rising[at].Future] && (spare -= weight[rising[at].Future]) < 0) return rising[at].Level;
        return 0;
    }
}
