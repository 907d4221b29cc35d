namespace Homestretch.Cutting.Kernel;

/// <summary>What may be chosen at each stage, in whole ticks: an option x, an inbound time I and a service time S, with I_k >= S_j + lag(x_j, x_k) for each link and 0 &lt;= S &lt;= I + T(x), so that the sum of what options, links and stock cost is least.</summary>
/// <remarks>Stock of a stage costs w(x) h(I + T(x) - S), h the square root unless stage times spread. With one option everywhere it is a <see cref="PlacementProblem"/>.</remarks>
internal sealed class StageChoices
{
    /// <param name="times">[stage][option], ticks.</param>
    /// <param name="weights">[stage][option]: cost for each unit of its curve.</param>
    /// <param name="costs">[stage][option], whatever the times are.</param>
    /// <param name="mostService">Of each stage, ticks.</param>
    /// <param name="links">[stage][slot of its After]; null: no lag and no cost, whatever is chosen.</param>
    public StageChoices(int[][] times, double[][] weights, double[][] costs, int[] mostService, int[][] before, int[][] after, LinkChoices?[][] links)
    {
        (Times, Weights, Costs, Before, After, Links) = (times, weights, costs, before, after, links);
        (MostIn, MostOut) = (new int[times.Length], new int[times.Length]);
        for (int i = 0; i < times.Length; i++)
        {
            foreach (int j in before[i]) MostIn[i] = Math.Max(MostIn[i], MostOut[j] + (links[j][Array.IndexOf(after[j], i)]?.MostLag ?? 0));
            MostOut[i] = weights[i].All(static w => w == 0) ? 0 : Math.Min(mostService[i], MostIn[i] + times[i].Max());        // what costs nothing to hold is held
        }
        int most = Enumerable.Range(0, times.Length).Max(i => MostIn[i] + times[i].Max());
        Roots = [.. Enumerable.Range(0, most + 1).Select(static k => Math.Sqrt(k))];
        Curves = [.. times.Select(t => t.Select(_ => Roots).ToArray())];
    }

    private StageChoices(StageChoices other, double[][] weights, double[][] costs, LinkChoices?[][] links)
    {
        (Times, Before, After, MostIn, MostOut, Roots, Curves) = (other.Times, other.Before, other.After, other.MostIn, other.MostOut, other.Roots, other.Curves);
        (Weights, Costs, Links) = (weights, costs, links);
    }

    /// <summary>The same under other costs: its times and limits stay, so that messages fit.</summary>
    public StageChoices With(double[][] weights, double[][] costs, LinkChoices?[][] links) => new(this, weights, costs, links);

    /// <summary>A placement, which has nothing else to choose.</summary>
    public static StageChoices Of(PlacementProblem p)
    {
        var choices = new StageChoices([.. p.Times.Select(static t => (int[])[t])], [.. p.Weights.Select(static w => (double[])[w])], [.. p.Times.Select(static _ => (double[])[0])], p.MostOut, p.Before, p.After,
        [.. p.Lags.Select(static lags => lags.Select(static lag => lag == 0 ? null : new LinkChoices(new[,] { { lag } }, new double[,] { { 0 } })).ToArray())]);
        for (int i = 0; i < p.Count; i++) choices.Curves[i][0] = p.Curves[i] == p.Roots ? choices.Roots : p.Curves[i];
        return choices;
    }

    public int Count => Times.Length;
    public int[][] Before { get; }
    public int[][] After { get; }
    public int[][] Times { get; }
    public double[][] Weights { get; }
    public double[][] Costs { get; }
    public LinkChoices?[][] Links { get; }

    /// <summary>Greatest inbound and outbound time that a stage can have in an optimum, whatever is chosen.</summary>
    public int[] MostIn { get; }
    public int[] MostOut { get; }

    /// <summary>sqrt(k) of every net replenishment time k.</summary>
    public double[] Roots { get; }

    /// <summary>[stage][option]: what stock goes by at every net replenishment time; the roots unless another was written. Never falls.</summary>
    public double[][][] Curves { get; }
}

/// <summary>What a link asks of the options at its two ends.</summary>
/// <param name="Lag">[option before, option behind], ticks from the one to the other.</param>
/// <param name="Cost">The same; infinite where the two do not go together.</param>
internal sealed record LinkChoices(int[,] Lag, double[,] Cost)
{
    /// <summary>The longest lag of options that go together.</summary>
    public int MostLag { get; } = Longest(Lag, Cost);

    private static int Longest(int[,] lag, double[,] cost)
    {
        int most = 0;
        for (int a = 0; a < lag.GetLength(0); a++)
            for (int b = 0; b < lag.GetLength(1); b++)
                if (double.IsFinite(cost[a, b])) most = Math.Max(most, lag[a, b]);
        return most;
    }
}
