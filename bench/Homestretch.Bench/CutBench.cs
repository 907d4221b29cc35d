using System.Diagnostics;
using System.Globalization;
using Homestretch.Cutting;

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
            string[][] rows = [.. File.ReadLines(file).Skip(1).Select(static l => l.Split(','))], pairs = [.. File.ReadLines(file.Replace("stages", "links", StringComparison.Ordinal)).Skip(1).Select(static l => l.Split(','))];
            var network = new StageNetwork([.. rows.Select(static r => new Stage(r[0], N(r[1]) ?? 0, N(r[8]) ?? 0, N(r[9]) ?? 0, N(r[4]), N(r[5]), N(r[7]), N(r[6])))], [.. pairs.Select(static p => new StageLink(p[0], p[1]))]);
            var watch = Stopwatch.StartNew();
            using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(limit));
            double cost = 0, found = 0;
            var (placement, findings) = Placing.Of(network, new PlacementPolicy { Variance = VarianceRule.Arcs, OneLevel = true }, new PlacementBudget { Passes = int.MaxValue, Shakes = args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 8 }, (c, b) => { if (c != cost) (cost, found) = (c, watch.Elapsed.TotalSeconds); }, stop.Token);
            if (placement is null) { Console.WriteLine(string.Join("\n", findings)); continue; }
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{chain,3} n {network.Stages.Count,5} tick {placement.DaysCounted,6} {placement.Passes,6} passes {watch.Elapsed.TotalSeconds,6:F2} s (last better {found,5:F1})  cost {placement.Cost,16:F2} known {best[chain],16:F2} {100 * (placement.Cost / best[chain] - 1),8:F4} %  bound {placement.Bound,16:F2} gap {100 * placement.Gap,7:F4} % {(placement.Proven ? "proven" : "")}"));
        }
        return 0;
    }

    private static double? N(string text) => text.Length == 0 ? null : double.Parse(text, CultureInfo.InvariantCulture);
}
