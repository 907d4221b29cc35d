using Homestretch.Cutting;
using Homestretch.Cutting.Kernel;
using Homestretch.Cutting.Sourcing;

namespace Homestretch.Tests.Cutting.Sourcing;

/// <summary>Random studies of some stages, and the slow way to choose their sources and place their stock.</summary>
internal static class SmallStudies
{
    private static readonly string[] s_places = ["CN", "MX", "HOME"];

    public static SourcingStudy Of(int seed, int most = 4)
    {
        StageNetwork network = SmallNetworks.Of(seed, most);
        var random = new Random(seed ^ 77);
        var sources = new List<Source>();
        var rules = new List<SourceRule>();
        foreach (Stage s in network.Stages)
        {
            if (random.Next(5) == 0) continue;
            for (int k = 1 + random.Next(3); k > 0; k--)
                sources.Add(new(s.Name, $"{s.Name}-{k}", random.Next(30), random.Next(6), s_places[random.Next(3)], MostPerDay: k > 1 && random.Next(4) == 0 ? 5 + random.Next(30) : null, LeastPerDay: random.Next(8) == 0 ? 1 : 0, OneOff: random.Next(3) == 0 ? random.Next(20_000) : 0));
            if (random.Next(4) == 0) rules.Add(new(s.Name, 2, 0.3));
        }
        HashSet<string> used = [.. sources.Select(static s => s.Place)];
        var legs = new List<Leg>();
        foreach (string a in used)
            foreach (string b in used)
                if (a != b && random.Next(8) > 0) legs.Add(new(a, b, random.Next(5), random.Next(4) / 10.0, random.Next(5)));
        if (used.Contains("CN") && used.Contains("HOME")) legs.Add(new("CN", "HOME", 1, 0.25, 3, FromStage: network.Stages[0].Name));
        return new(network, sources, legs, rules);
    }

    /// <summary>The least cost over every choice of options and every service time.</summary>
    public static double Enumerated(SourcingProblem p)
    {
        int[] options = new int[p.Count];
        PlacementProblem placement = p.Placement();
        return From(0);

        double From(int i)
        {
            if (i == p.Count)
            {
                double certain = p.Write(options, placement);
                return double.IsInfinity(certain) ? certain : certain + SmallNetworks.Enumerated(placement);
            }
            double least = double.PositiveInfinity;
            for (int x = 0; x < p.Options[i].Length; x++)
            {
                options[i] = x;
                least = Math.Min(least, From(i + 1));
            }
            options[i] = 0;
            return least;
        }
    }
}
