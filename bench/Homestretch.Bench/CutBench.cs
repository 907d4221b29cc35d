using System.Diagnostics;
using System.Globalization;
using Homestretch.Cutting;
using Homestretch.Exchange.Cutting;

namespace Homestretch.Bench;

/// <summary>Placements of chains in the public form: cost, bound, gap and time, with the best known cost beside them.</summary>
internal static class CutBench
{
    public static int Run(string[] args)
    {
        string folder = args[0];
        double limit = args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 10;
        var best = File.ReadLines($"{folder}/best_known.csv").Skip(1).Select(static l => l.Split(',')).ToDictionary(static c => int.Parse(c[0], CultureInfo.InvariantCulture), static c => double.Parse(c[2], CultureInfo.InvariantCulture));
        foreach (string file in Directory.EnumerateFiles(folder, "chain*_stages.csv").Order(StringComparer.Ordinal))
        {
            int chain = int.Parse(Path.GetFileName(file)[5..7], CultureInfo.InvariantCulture);
            if (args.Length > 2 && !args[2].Split(',').Contains(chain.ToString(CultureInfo.InvariantCulture))) continue;
            string links = file.Replace("stages", "links", StringComparison.Ordinal);
            var (network, unread) = StageFiles.Read(new(file, File.ReadAllBytes(file)), new(links, File.ReadAllBytes(links)));
            if (network is null) { Console.WriteLine(string.Join("\n", unread)); continue; }
            var watch = Stopwatch.StartNew();
            using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(limit));
            double cost = 0, found = 0;
            var (placement, findings) = Placing.Of(network, new PlacementPolicy { Variance = VarianceRule.Arcs, OneLevel = true, Spread = false }, new PlacementBudget { Passes = int.MaxValue, Shakes = args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 8 }, (c, b) => { if (c != cost) (cost, found) = (c, watch.Elapsed.TotalSeconds); }, stop.Token);
            if (placement is null) { Console.WriteLine(string.Join("\n", findings)); continue; }
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{chain,3} n {network.Stages.Count,5} tick {placement.DaysCounted,6} {placement.Passes,6} passes {watch.Elapsed.TotalSeconds,6:F2} s (last better {found,5:F1})  cost {placement.Cost,16:F2} known {best[chain],16:F2} {100 * (placement.Cost / best[chain] - 1),8:F4} %  bound {placement.Bound,16:F2} gap {100 * placement.Gap,7:F4} % {(placement.Proven ? "proven" : "")}"));
        }
        return 0;
    }

    /// <summary>Drawn trees: time of one placement with its proof, the median of many.</summary>
    public static int Trees(string[] args)
    {
        int count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000, trees = 20;
        var times = new List<double>();
        int proven = 0, widest = 0;
        var passes = new List<int>();
        for (int seed = 0; seed < trees; seed++)
        {
            var draws = new Draws((ulong)seed);
            int draw = 0;
            int Below(int n) => Math.Min(n - 1, (int)(n * draws.Uniform(1, draw++)));
            var links = new List<StageLink>();
            for (int i = 1; i < count; i++)
            {
                int other = Below(i);
                links.Add(Below(2) == 0 ? new($"S{i}", $"S{other}") : new($"S{other}", $"S{i}"));
            }
            HashSet<string> sells = [.. Enumerable.Range(0, count).Select(static i => $"S{i}").Except(links.Select(static l => l.From))];
            var network = new StageNetwork([.. Enumerable.Range(0, count).Select(i => new Stage($"S{i}", 1 + Below(100), Below(20), 0, sells.Contains($"S{i}") ? 10 : null, sells.Contains($"S{i}") ? 1 + Below(9) : null, null, sells.Contains($"S{i}") ? Below(5) : null))], links);
            for (int run = 0; run < 12; run++)
            {
                var watch = Stopwatch.StartNew();
                Placement placed = Placing.Of(network).Placement!;
                if (run >= 2) times.Add(watch.Elapsed.TotalMilliseconds);
                if (run == 0) passes.Add(placed.Passes);
                if (run == 0 && placed.Proven) proven++;
                widest = Math.Max(widest, (int)placed.Stages.Max(static s => s.InboundDays));
            }
        }
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{trees} trees of {count} stages, inbound up to {widest} days: {proven} proven in {passes.Min()} to {passes.Max()} passes, median {times[times.Count / 2]:F2} ms, P90 {times[times.Count * 9 / 10]:F2} ms"));
        return 0;
    }
}
