using Homestretch.World;

namespace Homestretch.Exposure;

/// <summary>What it costs at least to bring what a group could reconstruct under a bound.</summary>
/// <remarks>What is known of an item has diminishing returns in what is told: taking something away takes most where nothing else is left to know it from. So each option takes from K(i) at most what it takes where all others tell as little as they may, and from R at most sum w_i of that,
/// w_i = v_i + sum_j u_ij K(j) as it stands. The cheapest fractional choice of options that takes what is too much is a lower bound.</remarks>
internal sealed class MendingCost(ExposureGraph graph)
{
    private readonly double[] _now = new double[graph.Count], _per = new double[graph.Count], _plan = new double[graph.Count], _less = new double[graph.Count];

    /// <param name="group">Holders of the group.</param>
    /// <param name="disclosed">What is disclosed to all as it stands.</param>
    /// <param name="least">What is at least disclosed to the group whatever is yet changed, together.</param>
    /// <param name="options">What may be changed for the group, variable by variable.</param>
    public double Of(int[] group, double most, IReadOnlyList<double[]> disclosed, double[] least, IReadOnlyList<(int V, int O)> options, ChangeOption[][] variables)
    {
        double over = graph.Reconstructed(ExposureCase.Together(disclosed, group), _now) - most;
        graph.Know.CopyTo(_per, 0);
        for (int i = 0; i < _per.Length; i++)
        {
            for (int t = graph.TieStart[i]; t < graph.TieStart[i + 1]; t++)
            {
                _per[i] += graph.TieWeight[t] * _now[graph.TieTo[t]];
                _per[graph.TieTo[t]] += graph.TieWeight[t] * _now[i];
            }
        }
        var takes = new List<(double Rate, double Takes)>();
        for (int k = 0; k < options.Count;)
        {
            int v = options[k].V;
            double rate = 0, takesMost = 0;
            Tell(_plan, least, variables[v][0], group);
            for (; k < options.Count && options[k].V == v; k++)
            {
                ChangeOption option = variables[v][options[k].O];
                Tell(_less, least, option, group);
                for (int i = 0; i < _less.Length; i++) _less[i] = Math.Min(_less[i], _plan[i]);
                double takesNow = 0;
                for (int i = 0; i < _per.Length; i++)
                    if (_per[i] > 0) takesNow += _per[i] * (graph.Known(i, _plan) - graph.Known(i, _less));
                rate = Math.Max(rate, takesNow / option.Cost);
                takesMost = Math.Max(takesMost, takesNow);
            }
            takes.Add((rate, takesMost));
        }
        double cost = 0;
        over -= 1e-9;
        foreach (var (rate, all) in takes.OrderByDescending(static t => t.Rate))
        {
            if (over <= 0) return cost;
            if (all <= 0) break;
            cost += Math.Min(over, all) / rate;
            over -= all;
        }
        return over <= 0 ? cost : double.PositiveInfinity;
    }

    private static void Tell(double[] told, double[] least, ChangeOption option, int[] group)
    {
        least.CopyTo(told, 0);
        foreach (var (holder, item, level) in option.Tells)
            if (Array.IndexOf(group, holder) >= 0) told[item] = Math.Max(told[item], ExposureLevels.Of(level));
    }
}
