namespace Homestretch.Cutting;

/// <summary>What a stage's safety stock costs a year, for each square root of a day of net replenishment time: w_i = a C_i z_i sigma_i.</summary>
/// <remarks>S. Graves, S. Willems: Optimizing strategic safety stock placement in supply chains, M&amp;SOM 2 (2000) 68-83, eqs. 3 to 6.</remarks>
internal static class StageWeights
{
    /// <summary>One for each stage of the graph.</summary>
    public static double[] Of(StageGraph graph, PlacementPolicy policy)
    {
        double[] costs = Costs(graph), spreads = Spreads(graph, policy.Variance), levels = Levels(graph, policy);
        return [.. Enumerable.Range(0, graph.Count).Select(i => policy.HoldingRate * costs[i] * Normal.Quantile(levels[i]) * spreads[i])];
    }

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
        for (int d = 0; d < graph.Count; d++)
        {
            if (graph.Stages[d].DemandSpread is not { } spread) continue;
            Array.Clear(units);
            units[d] = 1;
            for (int i = d - 1; i >= 0; i--)
                for (int k = 0; k < graph.After[i].Length; k++)
                    if (graph.After[i][k] <= d) units[i] += graph.Quantities[i][k] * units[graph.After[i][k]];
            for (int i = 0; i <= d; i++) variance[i] += units[i] * units[i] * spread * spread;
        }
        return [.. variance.Select(Math.Sqrt)];
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
