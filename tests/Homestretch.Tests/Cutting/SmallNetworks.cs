using Homestretch.Cutting;
using Homestretch.Cutting.Kernel;

namespace Homestretch.Tests.Cutting;

/// <summary>Random networks of some stages, and the slow way to place their stock.</summary>
internal static class SmallNetworks
{
    /// <param name="whole">Times in whole days; else in quarters.</param>
    /// <param name="spread">Whether some times spread.</param>
    public static StageNetwork Of(int seed, int most = 6, bool whole = true, bool spread = false)
    {
        var random = new Random(seed);
        int count = 2 + random.Next(most - 1);
        var links = new List<StageLink>();
        for (int i = 0; i < count; i++)
            for (int k = i + 1; k < count; k++)
                if (random.Next(5) < 2) links.Add(new($"S{i}", $"S{k}", 1 + random.Next(2)));
        double Days(int below) => whole ? random.Next(below) : random.Next(4 * below) / 4.0;
        return new([.. Enumerable.Range(0, count).Select(i =>
        {
            bool sells = links.All(l => l.From != $"S{i}") || random.Next(6) == 0;
            return new Stage($"S{i}", random.Next(20), Days(7), spread && random.Next(2) == 0 ? random.Next(1, 8) / 4.0 : 0, sells ? 10 : null, sells ? 1 + random.Next(9) : null, null, sells ? Days(4) : random.Next(6) == 0 ? Days(5) : null);
        })], links);
    }

    /// <summary>The least cost over every service time in whole ticks.</summary>
    public static double Enumerated(PlacementProblem p)
    {
        int[] service = new int[p.Count];
        return From(0);

        double From(int i)
        {
            if (i == p.Count) return p.Cost(service);
            double least = double.PositiveInfinity;
            for (int s = 0; s <= p.MostOut[i]; s++)
            {
                service[i] = s;
                least = Math.Min(least, From(i + 1));
            }
            service[i] = 0;
            return least;
        }
    }

    public static PlacementProblem Problem(StageNetwork network, PlacementPolicy? policy = null)
    {
        StageGraph graph = StageGraph.Of(network).Graph!;
        return Placing.Problem(graph, Ticks.Of(graph), policy ?? new(), StageWeights.Costs(graph)).Problem;
    }
}
