namespace Homestretch.Cutting.Kernel;

/// <summary>Where stock waits, in whole ticks: choose for each stage an inbound service time I and a service time S with I_k >= S_j + lag_jk for each link j to k and 0 &lt;= S_i &lt;= I_i + T_i, so that the sum of w_i h_i(I_i + T_i - S_i) is least; h is the square root unless stage times spread.</summary>
/// <remarks>All limits are differences, so some optimum is a vertex of them and lies on whole ticks where times do: T. Magnanti, Z. Shen, J. Shu, D. Simchi-Levi, C. Teo: Inventory placement in acyclic supply chain networks, Operations Research Letters 34 (2006) 228-238.</remarks>
internal sealed class PlacementProblem
{
    /// <param name="lags">[stage][slot of its After], ticks on the way; null: none.</param>
    public PlacementProblem(int[] times, double[] weights, int[] mostService, int[][] before, int[][] after, int[][]? lags = null)
    {
        (Times, Weights, Before, After) = (times, weights, before, after);
        Lags = lags ?? [.. after.Select(static a => new int[a.Length])];
        (MostIn, MostOut, LeastIn) = (new int[times.Length], new int[times.Length], new int[times.Length]);
        for (int i = 0; i < times.Length; i++)
        {
            MostOut[i] = weights[i] == 0 ? 0 : Math.Min(mostService[i], MostIn[i] + times[i]);      // what costs nothing to hold is held
            for (int a = 0; a < after[i].Length; a++) MostIn[after[i][a]] = Math.Max(MostIn[after[i][a]], MostOut[i] + Lags[i][a]);
        }
        int most = Enumerable.Range(0, times.Length).Max(i => MostIn[i] + times[i]);
        Roots = [.. Enumerable.Range(0, most + 1).Select(static k => Math.Sqrt(k))];
        Curves = [.. times.Select(_ => Roots)];
        Settle();
    }

    /// <summary>One choice out of many, whose times, weights and lags are written into it by who chooses; its limits are those of all.</summary>
    public PlacementProblem(StageChoices choices)
    {
        (Before, After, MostIn, MostOut, Roots) = (choices.Before, choices.After, choices.MostIn, choices.MostOut, choices.Roots);
        Curves = [.. choices.Times.Select(_ => Roots)];
        (Times, Weights, LeastIn, Lags) = (new int[choices.Count], new double[choices.Count], new int[choices.Count], [.. After.Select(static a => new int[a.Length])]);
    }

    public int Count => Times.Length;

    /// <summary>T of each stage, ticks.</summary>
    public int[] Times { get; }

    /// <summary>w of each stage: cost for each unit of its curve.</summary>
    public double[] Weights { get; }

    /// <summary>Least inbound time that a stage can have: its longest way in.</summary>
    public int[] LeastIn { get; }

    /// <summary>Greatest inbound and outbound service time that a stage can have in an optimum.</summary>
    public int[] MostIn { get; }
    public int[] MostOut { get; }
    public int[][] Before { get; }
    public int[][] After { get; }

    /// <summary>Ticks on the way to each of <see cref="After"/>.</summary>
    public int[][] Lags { get; }

    /// <summary>sqrt(k) of every net replenishment time k.</summary>
    public double[] Roots { get; }

    /// <summary>Of each stage: what its stock goes by at every net replenishment time; the roots unless another was written. Never falls.</summary>
    public double[][] Curves { get; }

    /// <summary>Ticks on the way from one stage to one that it serves.</summary>
    public int Lag(int from, int to) => Lags[from][Array.IndexOf(After[from], to)];

    /// <summary>Reckons the least inbound times anew after lags were written.</summary>
    public void Settle()
    {
        Array.Clear(LeastIn);
        for (int j = 0; j < Count; j++)
            for (int a = 0; a < After[j].Length; a++) LeastIn[After[j][a]] = Math.Max(LeastIn[After[j][a]], Lags[j][a]);
    }

    /// <summary>The best service times under inbound times: each as long as its stage and the next allow.</summary>
    public void Serve(ReadOnlySpan<int> inbound, Span<int> service)
    {
        for (int i = 0; i < Count; i++)
        {
            int most = Math.Min(MostOut[i], inbound[i] + Times[i]);
            for (int a = 0; a < After[i].Length; a++) most = Math.Min(most, inbound[After[i][a]] - Lags[i][a]);
            service[i] = most;
        }
    }

    /// <summary>Inbound times that follow from service times.</summary>
    public void Receive(ReadOnlySpan<int> service, Span<int> inbound)
    {
        inbound.Clear();
        for (int j = 0; j < Count; j++)
            for (int a = 0; a < After[j].Length; a++) inbound[After[j][a]] = Math.Max(inbound[After[j][a]], service[j] + Lags[j][a]);
    }

    /// <summary>What service times cost; inbound times follow from them.</summary>
    public double Cost(ReadOnlySpan<int> service)
    {
        int[] inbound = new int[Count];
        Receive(service, inbound);
        double cost = 0;
        for (int i = 0; i < Count; i++)
        {
            int net = inbound[i] + Times[i] - service[i];
            if (net < 0) return double.PositiveInfinity;
            cost += Weights[i] * Curves[i][net];
        }
        return cost;
    }
}
