namespace Homestretch.Products.Compiling;

/// <summary>A model of least cost: of branches the cheaper, of parts the sum.</summary>
/// <remarks>Darwiche and Marquis 2004 on weighted bases.</remarks>
internal static class Cheapest
{
    private const long None = long.MaxValue;

    /// <param name="costs">For each literal what it costs when it holds.</param>
    public static bool[]? Model(Circuit circuit, sbyte[] held, int[] costs)
    {
        long[] best = new long[circuit.Nodes];
        int[] by = new int[circuit.Nodes];
        best[0] = None;
        for (int node = 1; node < best.Length; node++)
        {
            best[node] = None;
            for (int branch = circuit.First(node); branch < circuit.Last(node); branch++)
                if (Cost(circuit, branch, held, costs, best) is var cost && cost < best[node]) (best[node], by[node]) = (cost, branch);
        }
        if (best[circuit.Root] == None) return null;
        bool[] model = new bool[held.Length / 2];
        var open = new Stack<int>([circuit.Root]);
        while (open.TryPop(out int node))
        {
            foreach (int literal in circuit.LiteralsOf(by[node])) model[literal >> 1] = (literal & 1) == 0;
            foreach (int variable in circuit.FreeOf(by[node])) model[variable] = Free(variable, held, costs);
            foreach (int child in circuit.ChildrenOf(by[node])) open.Push(child);
        }
        return model;
    }

    private static bool Free(int variable, sbyte[] held, int[] costs) => held[2 * variable] > 0 || held[2 * variable] == 0 && costs[2 * variable] < costs[2 * variable + 1];

    private static long Cost(Circuit circuit, int branch, sbyte[] held, int[] costs, long[] best)
    {
        long sum = 0;
        foreach (int literal in circuit.LiteralsOf(branch))
        {
            if (held[literal] < 0) return None;
            sum += costs[literal];
        }
        foreach (int child in circuit.ChildrenOf(branch))
        {
            if (best[child] == None) return None;
            sum += best[child];
        }
        foreach (int variable in circuit.FreeOf(branch)) sum += costs[Free(variable, held, costs) ? 2 * variable : 2 * variable + 1];
        return sum;
    }
}
