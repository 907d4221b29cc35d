using System.Diagnostics;
using System.Globalization;
using Homestretch.Cutting;
using Homestretch.Cutting.Sourcing;

namespace Homestretch.Bench;

/// <summary>Sources of drawn networks of four tiers: cost, bound, gap and time.</summary>
internal static class SourcesBench
{
    private static readonly (string Place, double Level)[] s_places = [("CN", 0.75), ("VN", 0.7), ("MX", 0.9), ("PL", 0.95), ("US", 1.2), ("DE", 1.25)];

    public static int Run(string[] args)
    {
        int stages = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 200, sources = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;
        double limit = args.Length > 2 ? double.Parse(args[2], CultureInfo.InvariantCulture) : 60;
        int seeds = args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 3;
        for (int seed = 1; seed <= seeds; seed++)
        {
            SourcingStudy study = Drawn(seed, stages, sources);
            var watch = Stopwatch.StartNew();
            double cost = 0, found = 0;
            using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(limit));
            double told = 0;
            var (configuration, findings) = Configuring.Of(study, null, null, new PlacementBudget { Passes = int.MaxValue }, (c, b) =>
            {
                if (c != cost) (cost, found) = (c, watch.Elapsed.TotalSeconds);
                if (watch.Elapsed.TotalSeconds < told) return;
                told = watch.Elapsed.TotalSeconds * 2 + 0.5;
                if (args.Length > 4) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"   {watch.Elapsed.TotalSeconds,6:F1} s  cost {c:F0} bound {b:F0} gap {100 * (1 - b / c):F4} %"));
            }, stop.Token);
            if (configuration is null) { Console.WriteLine(string.Join("\n", findings)); continue; }
            YearCost y = configuration.Cost;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed} {stages} stages, {study.Network.Links.Count} links, {sources} sources, tick {configuration.DaysCounted}: {watch.Elapsed.TotalSeconds,6:F1} s, {configuration.Passes} passes (last better {found:F1})  cost {y.Total:F0} (added {y.Added:F0} freight {y.Freight:F0} duty {y.Duty:F0} pipeline {y.Pipeline:F0} safety {y.Safety:F0} once {y.OneOff:F0})  bound {configuration.Bound:F0} gap {100 * configuration.Gap:F4} % {(configuration.Proven ? "proven" : "")}"));
        }
        return 0;
    }

    /// <summary>Parts, sub-assemblies, modules and products: each goes into one to three of the next tier; each can be done at some of six places.</summary>
    private static SourcingStudy Drawn(int seed, int count, int sources)
    {
        var draws = new Draws((ulong)seed);
        int draw = 0;
        double Next() => draws.Uniform(1, draw++);
        int Below(int n) => Math.Min(n - 1, (int)(n * Next()));
        int[] tiers = [count / 2, count * 3 / 10, count * 3 / 20, count - count / 2 - count * 3 / 10 - count * 3 / 20];
        var names = new List<string[]>();
        var stages = new List<Stage>();
        var links = new List<StageLink>();
        var all = new List<Source>();
        for (int t = 0; t < tiers.Length; t++)
        {
            names.Add([.. Enumerable.Range(0, tiers[t]).Select(k => $"{"PSMF"[t]}{k}")]);
            foreach (string name in names[t])
            {
                double cost = 5 * Math.Exp(1.5 * Next()) * (t + 1);
                stages.Add(t == tiers.Length - 1 ? new(name, cost, 2, 0, 5 + Below(50), 3 + Below(20), 0.95, Below(10)) : new(name, cost, 5));
                int first = Below(s_places.Length);
                for (int s = 0; s < sources; s++)
                {
                    var (place, level) = s_places[(first + s) % s_places.Length];
                    all.Add(new(name, $"{name} {place}", Math.Round(cost * level * (0.85 + 0.3 * Next()), 2), 3 + Below(30), place, OneOff: Math.Round(cost * 500 * Next())));
                }
            }
        }
        for (int t = 0; t + 1 < tiers.Length; t++)
        {
            foreach (string from in names[t])
                foreach (int to in Enumerable.Range(0, 1 + Below(3)).Select(_ => Below(tiers[t + 1])).Distinct()) links.Add(new(from, names[t + 1][to], 1 + Below(2)));
        }
        var legs = new List<Leg>();
        foreach (var (a, _) in s_places)
            foreach (var (b, _) in s_places)
                if (a != b) legs.Add(new(a, b, Math.Round(0.2 + Next(), 2), Math.Round(0.02 + 0.2 * Next(), 3), 4 + Below(35)));
        return new(new(stages, links), all, legs);
    }
}
