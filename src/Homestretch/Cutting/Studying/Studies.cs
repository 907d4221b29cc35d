using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Sourcing.Limits;
using Homestretch.Exposure;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cutting.Studying;

/// <summary>A study of the company's records, ready to be solved.</summary>
/// <param name="Limits">What its own records ask for.</param>
/// <param name="Obsolescence">Share of the value of stock for one demand that is lost in a year; null: unknown.</param>
/// <param name="Items">The item that comes out of a stage, of those that name one.</param>
public sealed record StudyCase(Study Study, SourcingStudy Sourcing, SourcingPolicy Policy, IReadOnlyList<Limit> Limits, double? Obsolescence, IReadOnlyDictionary<string, Key<Item>> Items);

/// <summary>Makes studies from the company's records.</summary>
public static class Studies
{
    /// <summary>What adopting a design of the study would write, for review: lanes and ways to buy.</summary>
    public static Adoption Adopt(Snapshot world, StudyCase study, Configuration design) => Adopting.Of(world, study, design);

    /// <summary>The study of that key, or all that keeps it from being solved at once, each finding with the table and key of its record.</summary>
    /// <param name="now">What parties outside were given later, or make from a later day on, they do not know yet.</param>
    public static (StudyCase? Case, IReadOnlyList<Finding> Findings) Of(Snapshot world, string key, Instant now)
    {
        if (world.Studies.Find(key) is not { } study) return (null, [new(new("studies"), "unknown-key", $"There is no study '{key}'.", world.Studies.Count > 0 ? $"Name one of {string.Join(", ", world.Studies.Select(static s => s.Id))}." : "Derive one from the company: homestretch cut derive.")]);
        StudyStage[] stages = [.. world.StudyStages.StartingWith($"{key}|")];
        StudyLink[] links = [.. world.StudyLinks.StartingWith($"{key}|")];
        StudySource[] sources = [.. world.StudySources.StartingWith($"{key}|")];
        StudyLeg[] legs = [.. world.StudyLegs.StartingWith($"{key}|")];
        StudyLimit[] limits = [.. world.StudyLimits.StartingWith($"{key}|")];
        var findings = new List<Finding>();
        HashSet<string> sourced = [.. sources.Select(static s => s.Stage)];
        foreach (StudyStage s in stages.Where(s => !sourced.Contains(s.Stage))) Needed("study_stages", s.Id, ("cost", s.Cost), ("days", s.Days));
        foreach (StudySource s in sources) Needed("study_sources", s.Id, ("cost", s.Cost), ("days", s.Days));
        foreach (StudyLeg l in legs) Needed("study_legs", l.Id, ("per_unit", l.PerUnit), ("rate", l.Rate), ("days", l.Days));

        var network = new StageNetwork([.. stages.Select(static s => new Stage(s.Stage, D(s.Cost), D(s.Days), D(s.DaysSpread), N(s.Demand), N(s.DemandSpread), N(s.ServiceLevel), N(s.MostDays)))], [.. links.Select(static l => new StageLink(l.From, l.To, D(l.Quantity), l.Kept))]);
        var sourcing = new SourcingStudy(network, [.. sources.Select(s => Source(world, s))], [.. legs.Select(static l => new Leg(l.From, l.To, D(l.PerUnit), D(l.Rate), D(l.Days), Stage(l.FromStage), Stage(l.ToStage), N(l.Co2)))],
            [.. stages.Where(static s => s.MostSources > 1).Select(static s => new SourceRule(s.Stage, s.MostSources, D(s.LeastShare)))], study.HomeCountries, KnowHow(world, stages, study.Known ? now : null));
        var policy = new SourcingPolicy { Stock = new() { HoldingRate = D(study.HoldingRate) }, WriteOffYears = D(study.WriteOffYears) };
        var own = new List<Limit>();
        var known = new List<StudyLimit>();     // those that could be read, as they stand in own
        foreach (StudyLimit limit in limits)
        {
            var unread = new List<Finding>();
            if (LimitWords.Limit(limit.Limit, unread) is { } read)
            {
                own.Add(read);
                known.Add(limit);
            }
            findings.AddRange(unread.Select(f => f with { Place = new($"study_limits {limit.Id}", 0, "limit") }));
        }
        var (problem, broken) = SourcingRules.Of(sourcing, policy);
        findings.AddRange(broken.Select(Placed));
        if (problem is not null) findings.AddRange(LimitRules.Of(problem, own, sourcing).Findings.Select(Placed));
        return findings.Count > 0 ? (null, findings) : (new(study, sourcing, policy, own, N(study.Obsolescence), stages.Where(static s => s.Item is not null).ToDictionary(static s => s.Stage, static s => s.Item!.Value, StringComparer.Ordinal)), []);

        void Needed(string table, string id, params ReadOnlySpan<(string Column, decimal? Value)> cells)
        {
            foreach (var (column, value) in cells)
                if (value is null) findings.Add(new(new($"{table} {id}", 0, column), "unknown", $"{column} is unknown.", "Fill it in; 0 is a figure too."));
        }

        // rows of the study are its records in order: lines count from 2, limits from 1
        Finding Placed(Finding f)
        {
            IRecord[] rows = f.Place.Source switch { "stages" => stages, "links" => links, "sources" => sources, "legs" => legs, "limits" => [.. known], _ => [] };
            string table = rows.Length == 0 && f.Place.Source is not ("stages" or "links" or "sources" or "legs" or "limits") ? f.Place.Source : $"study_{f.Place.Source}";
            int at = f.Place.Line - (f.Place.Source == "limits" ? 1 : 2);
            return f with { Place = new(at >= 0 && at < rows.Length ? $"{table} {rows[at].Id}" : $"{table} {key}", 0, f.Place.Source == "limits" ? "limit" : f.Place.Column) };
        }
    }

    /// <summary>A first study of a family out of what the company has: its BOM, suppliers, lanes, tariffs, lines and orders. Nothing is invented, and what is unknown is left empty and told.</summary>
    /// <param name="family">Key of the family.</param>
    /// <param name="on">Day of entry by which duties, prices and exchange rates are taken.</param>
    /// <param name="key">Key of the study to make; null: the first of CUT-1, CUT-2 and so on that is free.</param>
    public static DerivedStudy Derive(Snapshot world, string family, LocalDate on, string? key = null) => Deriving.Of(world, family, on, key);

    private static Source Source(Snapshot world, StudySource s)
    {
        Site? site = world.Sites.Find(s.Site);
        return new(s.Stage, s.Source, D(s.Cost), D(s.Days), s.Place.Length > 0 ? s.Place : site?.Id ?? "", s.Supplier?.Value ?? "", s.Country.Length > 0 ? s.Country : site?.Country ?? "",
            N(s.MostPerDay), D(s.LeastPerDay), D(s.OneOff), N(s.Hours), N(s.Co2), D(s.DaysSpread));
    }

    /// <summary>What there is to know of the items that stages name; null when none of them weighs anything.</summary>
    private static StageKnowHow? KnowHow(Snapshot world, StudyStage[] stages, Instant? known)
    {
        StudyStage[] named = [.. stages.Where(static s => s.Item is not null)];
        Key<Item>[] items = [.. named.Select(static s => s.Item!.Value).Distinct().Order()];
        Dictionary<Key<Item>, int> place = items.Select(static (x, k) => (x, k)).ToDictionary(static p => p.x, static p => p.k);
        var graph = ExposureGraph.Of([.. items.Select(x => D(world.KnowHow.Find(x.Value)?.Weight))],
            [.. world.Relations.Where(r => place.ContainsKey(r.Item) && place.ContainsKey(r.Other)).Select(r => new Tie(place[r.Item], place[r.Other], D(r.Weight)))],
            [.. world.Inferences.Where(x => place.ContainsKey(x.Item) && place.ContainsKey(x.From)).Select(x => new Clue(place[x.Item], place[x.From], x.Chance.Value))]);
        return graph.Total > 0 ? new(graph, [.. named.Select(static s => s.Stage)], [.. named.Select(s => place[s.Item!.Value])], known is { } now ? [.. Before(world, items, now)] : null) : null;
    }

    /// <summary>What each party outside knows of the items by now.</summary>
    private static IEnumerable<KnownBefore> Before(Snapshot world, Key<Item>[] items, Instant now)
    {
        ExposureCase given = Exposures.Of(world, now).Given.Done();
        Dictionary<string, int> at = given.Items.Select(static (x, k) => (x, k)).ToDictionary(static p => p.x, static p => p.k, StringComparer.Ordinal);
        double[][] disclosed = given.Disclosed();
        for (int h = 0; h < given.Holders.Count; h++)
        {
            double[] own = [.. items.Select(i => disclosed[h][at[i.Value]])];
            if (own.Any(static d => d > 0)) yield return new(given.Holders[h].Party, given.Holders[h].Countries, own);
        }
    }

    private static string? Stage(string name) => name.Length > 0 ? name : null;
    private static double D(decimal? number) => (double)(number ?? 0);
    private static double? N(decimal? number) => (double?)number;
}
