namespace Homestretch.Cutting;

/// <summary>Where stock waits, in whole ticks: choose for each stage an inbound service time I and a service time S with I_k >= S_j for each link j to k and 0 &lt;= S_i &lt;= I_i + T_i, so that the sum of w_i sqrt(I_i + T_i - S_i) is least.</summary>
/// <remarks>All limits are differences, so some optimum is a vertex of them and lies on whole ticks where times do: T. Magnanti, Z. Shen, J. Shu, D. Simchi-Levi, C. Teo: Inventory placement in acyclic supply chain networks, Operations Research Letters 34 (2006) 228-238.</remarks>
internal sealed class PlacementProblem
{
    public PlacementProblem(int[] times, double[] weights, int[] mostService, int[][] before, int[][] after)
    {
        (Times, Weights, Before, After) = (times, weights, before, after);
        (MostIn, MostOut) = (new int[times.Length], new int[times.Length]);
        for (int i = 0; i < times.Length; i++)
        {
            foreach (int j in before[i]) MostIn[i] = Math.Max(MostIn[i], MostOut[j]);
            MostOut[i] = weights[i] == 0 ? 0 : Math.Min(mostService[i], MostIn[i] + times[i]);      // what costs nothing to hold is held
        }
        int most = Enumerable.Range(0, times.Length).Max(i => MostIn[i] + times[i]);
        Roots = [.. Enumerable.Range(0, most + 1).Select(static k => Math.Sqrt(k))];
    }

    public int Count => Times.Length;

    /// <summary>T of each stage, ticks.</summary>
    public int[] Times { get; }

    /// <summary>w of each stage, for each square root of a tick.</summary>
    public double[] Weights { get; }

    /// <summary>Greatest inbound and outbound service time that a stage can have in an optimum.</summary>
    public int[] MostIn { get; }
    public int[] MostOut { get; }
    public int[][] Before { get; }
    public int[][] After { get; }

    /// <summary>sqrt(k) of every net replenishment time k.</summary>
    public double[] Roots { get; }

    /// <summary>The best service times under inbound times: each as long as its stage and the next allow.</summary>
    public void Serve(ReadOnlySpan<int> inbound, Span<int> service)
    {
        for (int i = 0; i < Count; i++)
        {
            int most = Math.Min(MostOut[i], inbound[i] + Times[i]);
            foreach (int k in After[i]) most = Math.Min(most, inbound[k]);
            service[i] = most;
        }
    }

    /// <summary>What service times cost; inbound times follow from them.</summary>
    public double Cost(ReadOnlySpan<int> service)
    {
        double cost = 0;
        for (int i = 0; i < Count; i++)
        {
            int inbound = 0;
            foreach (int j in Before[i]) inbound = Math.Max(inbound, service[j]);
            int net = inbound + Times[i] - service[i];
            if (net < 0) return double.PositiveInfinity;
            cost += Weights[i] * Roots[net];
        }
        return cost;
    }
}
