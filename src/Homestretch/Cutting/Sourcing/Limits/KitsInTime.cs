namespace Homestretch.Cutting.Sourcing.Limits;

/// <summary>The chance that a kit is whole in time as a sum over stages: of those behind a customers' stage that hold safety stock, what their service levels take of it, as logarithms.</summary>
internal static class KitsInTime
{
    /// <summary>Places of the stages at which customers buy.</summary>
    public static IEnumerable<int> Demands(SourcingProblem p) => Enumerable.Range(0, p.Count).Where(i => p.Graph.Stages[i].Demand is > 0);

    /// <summary>One limit for each customers' stage, or for that which is named.</summary>
    public static IEnumerable<SumLimit> Of(SourcingProblem p, Limit limit)
    {
        SortedSet<int>[] behind = p.Graph.Behind();
        foreach (int d in Demands(p).Where(d => limit.Subject is null || p.Graph.Stages[d].Name == limit.Subject))
        {
            double[][] taken = [.. p.Options.Select((o, i) => o.Select(x => behind[d].Contains(i) && p.MayFail(i, x) ? -Math.Log(p.Levels[i]) : 0).ToArray())];
            double most = limit.Value > 0 ? -Math.Log(limit.Value) : double.MaxValue;
            yield return new(limit with { Subject = p.Graph.Stages[d].Name }, taken, null, -most, Math.Max(most, 1e-6), p.Graph);
        }
    }
}
