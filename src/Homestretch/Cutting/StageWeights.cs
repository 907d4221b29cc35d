namespace Homestretch.Cutting;

/// <summary>What makes the weight of a stage: its safety stock costs w_i = a C_i z_i sigma_i a year for each square root of a day of net replenishment time.</summary>
/// <remarks>S. Graves, S. Willems: Optimizing strategic safety stock placement in supply chains, M&amp;SOM 2 (2000) 68-83, eqs. 3 to 6.</remarks>
internal static class StageWeights
{
    /// <summary>Cost of one unit behind each stage: C_i = c_i + sum over stages before it of phi C.</summary>
    public static double[] Costs(StageGraph graph)
    {
        double[] costs = [.. graph.Stages.Select(static s => s.Cost)];
        for (int i = 0; i < graph.Count; i++)
            for (int k = 0; k < graph.After[i].Length; k++) costs[graph.After[i][k]] += graph.Quantities[i][k] * costs[i];
        return costs;
    }

    /// <summary>Standard deviation of a day's demand at each stage.</summary>
    public static double[] Spreads(StageGraph graph, VarianceRule rule)
    {
        double[] variance = new double[graph.Count];
        if (rule == VarianceRule.Arcs)
        {
            for (int i = graph.Count - 1; i >= 0; i--)
            {
                variance[i] = graph.Stages[i].DemandSpread is { } own ? own * own : 0;
                for (int k = 0; k < graph.After[i].Length; k++) variance[i] += graph.Quantities[i][k] * graph.Quantities[i][k] * variance[graph.After[i][k]];
            }
            return [.. variance.Select(Math.Sqrt)];
        }
        double[] units = new double[graph.Count];       // of each stage in one unit that one stage sells
        var reached = new PriorityQueue<int, int>();
        for (int d = 0; d < graph.Count; d++)
        {
            if (graph.Stages[d].DemandSpread is not { } spread) continue;
            units[d] = 1;
            reached.Enqueue(d, -d);
            while (reached.TryDequeue(out int k, out _))        // from the last back: all ways from a stage are summed before it is left
            {
                variance[k] += units[k] * units[k] * spread * spread;
                for (int b = 0; b < graph.Before[k].Length; b++)
                {
                    int i = graph.Before[k][b];
                    if (units[i] == 0) reached.Enqueue(i, -i);
                    units[i] += graph.Into[k][b] * units[k];
                }
                units[k] = 0;
            }
        }
        return [.. variance.Select(Math.Sqrt)];
    }

    /// <summary>Units of each stage a day.</summary>
    public static double[] Flow(StageGraph graph)
    {
        double[] flow = [.. graph.Stages.Select(static s => s.Demand ?? 0)];
        for (int i = graph.Count - 1; i >= 0; i--)
            for (int a = 0; a < graph.After[i].Length; a++) flow[i] += graph.Quantities[i][a] * flow[graph.After[i][a]];
        return flow;
    }

    /// <summary>Service level of each stage.</summary>
    public static double[] Levels(StageGraph graph, PlacementPolicy policy)
    {
        double most = graph.Stages.Max(static s => s.ServiceLevel) ?? policy.ServiceLevel;
        double[] levels = new double[graph.Count];
        for (int i = graph.Count - 1; i >= 0; i--)
        {
            double own = graph.Stages[i].ServiceLevel ?? (graph.Stages[i].DemandSpread is null ? 0 : policy.ServiceLevel);
            levels[i] = policy.OneLevel ? most : Math.Max(own, graph.After[i].Select(k => levels[k]).DefaultIfEmpty(0).Max());
            if (levels[i] == 0) levels[i] = policy.ServiceLevel;
        }
        return levels;
    }
}
