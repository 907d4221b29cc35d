using System.Diagnostics;
using System.Globalization;
using Homestretch.Exposure;

namespace Homestretch.Bench;

/// <summary>One disclosure changed on 100 items with about 5 inferences and 5 relations each, and the fewest of 30 parties who reach the threshold.</summary>
internal static class ExposureBench
{
    public static int Run(string[] args)
    {
        int items = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100, parties = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 30;
        var random = new Random(1);
        ExposureGraph graph = Graph(random, items);
        var state = new ExposureState(graph);
        const int Updates = 2_000_000;
        (int Item, double Level)[] played = [.. Enumerable.Range(0, 4096).Select(_ => (random.Next(items), ExposureLevels.Disclosed[random.Next(5)]))];
        for (int n = 0; n < Updates / 4; n++) state.Set(played[n & 4095].Item, played[n & 4095].Level);
        double best = double.MaxValue;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 5; round++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int n = 0; n < Updates; n++) state.Set(played[n & 4095].Item, played[n & 4095].Level);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / Updates);
        }
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"update of one disclosure, {items} items: {best:0} ns, {allocated / (5.0 * Updates):0.###} bytes; R {state.Reconstructed:0.0000}"));
        foreach (string kind in (string[])["each item at 1 to 3 parties", "each party a third of the items"])
        {
            var times = new List<double>();
            var sizes = new SortedDictionary<string, int>(StringComparer.Ordinal);
            for (int seed = 0; seed < 40; seed++)
            {
                var draw = new Random(seed);
                ExposureGraph g = Graph(draw, items);
                double[][] disclosed = [.. Enumerable.Range(0, parties).Select(_ => new double[items])];
                for (int i = 0; i < items; i++)
                {
                    if (kind[5] == 'i') for (int k = draw.Next(1, 4); k > 0; k--) disclosed[draw.Next(parties)][i] = ExposureLevels.Disclosed[draw.Next(2, 5)];
                    else foreach (double[] d in disclosed) if (draw.Next(3) == 0) d[i] = ExposureLevels.Disclosed[draw.Next(1, 5)];
                }
                long start = Stopwatch.GetTimestamp();
                IReadOnlyList<int>? fewest = FewestParties.Reaching(g, disclosed, ExposureReport.Reached);
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                string size = fewest is null ? "none" : $"{fewest.Count,2}";
                sizes[size] = sizes.GetValueOrDefault(size) + 1;
            }
            times.Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"fewest of {parties} parties, {kind}: median {times[20]:0.0} ms, most {times[^1]:0.0} ms of 40; k* {string.Join(", ", sizes.Select(static s => $"{s.Key.Trim()}: {s.Value}"))}"));
        }
        return 0;
    }

    private static ExposureGraph Graph(Random random, int items) => ExposureGraph.Of([.. Enumerable.Range(0, items).Select(_ => (double)random.Next(1, 10))],
        [.. Enumerable.Range(0, items * 5 / 2).Select(_ => Two(random, items)).Select(p => new Tie(p.A, p.B, random.Next(1, 5)))], [.. Enumerable.Range(0, items * 5).Select(_ => Two(random, items)).Select(p => new Clue(p.A, p.B, 0.4 * random.NextDouble()))]);

    private static (int A, int B) Two(Random random, int items)
    {
        int a = random.Next(items), b = random.Next(items - 1);
        return (a, b >= a ? b + 1 : b);
    }
}
