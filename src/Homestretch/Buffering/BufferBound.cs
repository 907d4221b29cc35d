namespace Homestretch.Buffering;

/// <summary>What is proven of a part of the problem: no choice in it that covers enough costs less than <paramref name="Least"/>.</summary>
/// <param name="Low">The choice on one side of the best price, which covers too little or just enough.</param>
/// <param name="High">The choice on the other side, which covers enough.</param>
/// <param name="Cuts">Minimum cuts that it took.</param>
internal sealed record BufferBound(long Least, int[] Low, int[] High, int Cuts)
{
    private const long Scale = 64;

    /// <summary>The Lagrangian bound: each unit of weight that lacks is paid a price, and the price is the one at which that proves most.</summary>
    /// <remarks>For every price p >= 0: cost >= p needed + min over choices of (cost - p weight). The choices of all prices are the corners of the convex hull of (weight, cost), found
    /// corner by corner (Eisner and Severance, Journal of the ACM 23, 1976).</remarks>
    /// <param name="from">Lowest levels.</param>
    /// <param name="to">Highest levels.</param>
    /// <returns>Null when no choice between them covers enough.</returns>
    public static BufferBound? Of(BufferProblem problem, int[] from, int[] to)
    {
        long floor = problem.CostOf(from), covered = problem.Covered(from), lacking = problem.Needed - covered;
        if (lacking <= 0) return new(floor, from, from, 0);
        var open = new List<int>();
        var high = (int[])from.Clone();
        long weight = 0;
        for (int j = 0; j < problem.Futures; j++)
        {
            if (problem.Covers(from, j) || !problem.Covers(to, j)) continue;
            open.Add(j);
            weight += problem.Weight[j];
            ReadOnlySpan<int> parts = problem.PartsOf(j), levels = problem.LevelsOf(j);
            for (int k = 0; k < parts.Length; k++) high[parts[k]] = Math.Max(high[parts[k]], levels[k]);
        }
        if (weight < lacking) return null;
        var closure = new Closure(problem, [.. open], from);
        var (low, lowWeight, lowCost) = (from, 0L, 0L);
        var (highWeight, highCost, least, cuts) = (weight, problem.CostOf(high) - floor, 0L, 0);
        long most = long.MaxValue / 4 / Math.Max(1, weight);
        while (highWeight > lowWeight)
        {
            long price = Math.Min(most, (long)((Int128)(highCost - lowCost) * Scale / (highWeight - lowWeight)));
            var (levels, got, cost) = closure.Best(price, Scale);
            cuts++;
            Int128 proven = (Int128)price * lacking + (Int128)Scale * cost - (Int128)price * got;
            least = Math.Max(least, (long)((proven + Scale - 1) / Scale));
            if (got <= lowWeight || got >= highWeight) break;
            if (got >= lacking) (high, highWeight, highCost) = (levels, got, cost);
            else (low, lowWeight, lowCost) = (levels, got, cost);
        }
        return new(floor + Math.Max(0, least), low, high, cuts);
    }
}
