using Homestretch.Exposure;
using Homestretch.World;

namespace Homestretch.Tests.Exposure;

/// <summary>Small graphs and cases drawn from a seed, kept dense beside the sparse form, and the definition written out plainly.</summary>
internal sealed class RandomExposure
{
    public RandomExposure(int seed, int items, double density = 0.4)
    {
        Random = new Random(seed);
        Count = items;
        (Know, Ties, Chances) = (new double[items], new double[items, items], new double[items, items]);
        for (int i = 0; i < items; i++)
        {
            Know[i] = Random.Next(4);
            for (int j = 0; j < items; j++)
            {
                if (i < j && Random.NextDouble() < density) Ties[i, j] = Random.Next(1, 4);
                if (i != j && Random.NextDouble() < density) Chances[i, j] = Random.Next(5) == 0 ? 1 : Random.NextDouble();
            }
        }
        Know[0] += 1;
        Graph = ExposureGraph.Of(Know,
            [.. Pairs().Where(p => Ties[p.I, p.J] > 0).Select(p => Random.Next(2) == 0 ? new Tie(p.I, p.J, Ties[p.I, p.J]) : new Tie(p.J, p.I, Ties[p.I, p.J]))],
            [.. Pairs().Where(p => Chances[p.I, p.J] > 0).Select(p => new Clue(p.I, p.J, Chances[p.I, p.J]))]);
    }

    public Random Random { get; }
    public int Count { get; }
    public double[] Know { get; }
    public double[,] Ties { get; }
    public double[,] Chances { get; }
    public ExposureGraph Graph { get; }

    private IEnumerable<(int I, int J)> Pairs() => Enumerable.Range(0, Count).SelectMany(i => Enumerable.Range(0, Count).Where(j => j != i).Select(j => (i, j)));

    public double[] Disclosed() => [.. Enumerable.Range(0, Count).Select(_ => Level())];
    public double Level() => ExposureLevels.Disclosed[Random.Next(5)];

    /// <summary>R as it is defined.</summary>
    public double Defined(double[] d)
    {
        double total = Know.Sum(), r = 0;
        foreach (var (i, j) in Pairs().Where(static p => p.I < p.J)) total += Ties[i, j];
        for (int i = 0; i < Count; i++) r += Know[i] / total * K(d, i);
        foreach (var (i, j) in Pairs().Where(static p => p.I < p.J)) r += Ties[i, j] / total * K(d, i) * K(d, j);
        return r;
    }

    public double K(double[] d, int i)
    {
        double not = 1 - d[i];
        for (int j = 0; j < Count; j++)
            if (j != i) not *= 1 - Chances[i, j] * d[j];
        return 1 - not;
    }

    /// <summary>A case with makings and givings, done and planned, over so many holders.</summary>
    public ExposureCase Case(int holders, int makings, int givings)
    {
        Holder[] who = [.. Enumerable.Range(0, holders).Select(p => new Holder($"P{p}", p % 4 == 3 ? [] : [p % 2 == 0 ? "CN" : "TW"], p == 1 ? "P0" : $"P{p}"))];
        IReadOnlyList<int>[] parts = [.. Enumerable.Range(0, Count).Select(i => (IReadOnlyList<int>)(i == 0 && Count > 2 ? [1, 2] : []))];
        return new(Graph, [.. Enumerable.Range(0, Count).Select(static i => $"I{i}")], who,
            [.. Enumerable.Range(0, makings).Select(_ => new Making(Random.Next(Count), Random.Next(holders), Random.Next(4) == 0)).DistinctBy(static m => (m.Item, m.Holder))],
            [.. Enumerable.Range(0, givings).Select(_ => new Giving(Random.Next(Count), Random.Next(holders), (DisclosureLevel)Random.Next(5), Random.Next(4) == 0))], parts);
    }
}
