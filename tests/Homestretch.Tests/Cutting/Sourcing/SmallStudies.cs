using Homestretch.Cutting;
using Homestretch.Cutting.Kernel;
using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Sourcing.Limits;
using Homestretch.Exposure;

namespace Homestretch.Tests.Cutting.Sourcing;

/// <summary>Random studies of some stages, and the slow way to choose their sources and place their stock.</summary>
internal static class SmallStudies
{
    private static readonly string[] s_places = ["CN", "MX", "HOME"], s_parties = ["A", "B", ""], s_countries = ["CN", "MX", "US"];

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
                sources.Add(new(s.Name, $"{s.Name}-{k}", random.Next(30), random.Next(6), s_places[random.Next(3)], s_parties[random.Next(3)], s_countries[random.Next(3)], MostPerDay: k > 1 && random.Next(4) == 0 ? 5 + random.Next(30) : null, LeastPerDay: random.Next(8) == 0 ? 1 : 0, OneOff: random.Next(3) == 0 ? random.Next(20_000) : 0, Hours: random.Next(5), Co2: random.Next(10), DaysSpread: random.Next(4) == 0 ? random.Next(1, 8) / 4.0 : 0));
            if (random.Next(4) == 0) rules.Add(new(s.Name, 2, 0.3));
        }
        StageLink[] links = [.. network.Links.Select(l => l with { Kept = random.Next(3) == 0 && network.Stages.Count < 4 && sources.Any(s => s.Stage == l.To) && rules.All(r => r.Stage != l.To) })];
        network = network with { Links = links };
        HashSet<string> used = [.. sources.Select(static s => s.Place)];
        var legs = new List<Leg>();
        foreach (string a in used)
            foreach (string b in used)
                if (a != b && random.Next(8) > 0) legs.Add(new(a, b, random.Next(5), random.Next(4) / 10.0, random.Next(5), Co2: random.Next(4)));
        if (used.Contains("CN") && used.Contains("HOME")) legs.Add(new("CN", "HOME", 1, 0.25, 3, FromStage: network.Stages[0].Name));
        string[] names = [.. network.Stages.Select(static s => s.Name)];
        var know = ExposureGraph.Of([.. names.Select(_ => (double)random.Next(5))], names.Length > 1 ? [new(0, 1, random.Next(4))] : [], names.Length > 1 ? [new(1, 0, random.Next(11) / 10.0)] : []);
        return new(network, sources, legs, rules, ["US"], new(know, names));
    }

    /// <summary>Some limits, of which some can be met.</summary>
    public static IReadOnlyList<Limit> Limits(SourcingStudy study, int seed)
    {
        var random = new Random(seed ^ 991);
        var limits = new List<Limit>();
        for (int k = random.Next(1, 4); k > 0; k--)
            limits.Add(random.Next(12) switch
            {
                0 => new(Measure.CountryShare, random.Next(2, 10) / 10.0),
                1 => new(Measure.PartyShare, random.Next(2, 10) / 10.0),
                2 => new(Measure.Concentration, random.Next(4, 10) / 10.0),
                3 => new(Measure.HomeValue, random.Next(1, 9) / 10.0),
                4 => new(Measure.HomeHours, random.Next(30) * 1000),
                5 => new(Measure.PartyExposure, random.Next(1, 8) / 10.0),
                6 => new(Measure.CountryExposure, random.Next(1, 8) / 10.0),
                7 => new(Measure.Keystone, random.Next(2, 9) / 10.0),
                8 => new(Measure.FewestParties, random.Next(1, 2 + study.Sources.Select(static s => s.Party).Where(static s => s.Length > 0).Distinct().Count())),
                9 => new(Measure.PartConcentration, random.Next(4, 10) / 10.0),
                10 => new(Measure.KitInTime, 1 - random.Next(1, 4) * random.Next(1, 4) / 40.0),
                _ => new(Measure.Co2, random.Next(3, 30)),
            });
        return [.. limits.DistinctBy(static l => (l.Measure, l.Subject))];
    }

    /// <summary>The least cost over every choice of options that meets the limits, and every service time.</summary>
    public static double Enumerated(SourcingProblem p, IReadOnlyList<Bounded>? limits = null)
    {
        int[] options = new int[p.Count];
        PlacementProblem placement = p.Placement();
        return From(0);

        double From(int i)
        {
            if (i == p.Count)
            {
                if (limits?.Any(l => l.Missed(options) > OptionExchange.Tolerance) == true) return double.PositiveInfinity;
                double certain = p.Write(options, placement);
                if (double.IsInfinity(certain)) return certain;
                double cost = certain + SmallNetworks.Enumerated(placement);
                return cost < p.Stuck ? cost : double.PositiveInfinity;
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
