using Homestretch.Cutting;
using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Sourcing.Limits;
using Homestretch.Cutting.Studying;
using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Server.Seeing;

/// <summary>Studies of where to cut a product, and the ways that their designs use.</summary>
internal static class CutViews
{
    public static StudyRow Row(Snapshot world, Study study, IReadOnlyList<Finding> findings) => new(study.Id, study.Name, study.Family is { } family ? world.Items.Find(family)?.Name ?? family.Value : "", study.HomeCountries, world.StudyStages.StartingWith($"{study.Key}|").Count(),
        world.StudySources.StartingWith($"{study.Key}|").Count(), [.. world.StudyLimits.StartingWith($"{study.Key}|").Select(static l => l.Limit)], findings);

    /// <param name="solvable">Null: it cannot be solved, for the findings.</param>
    public static StudyView One(Snapshot world, string key, StudyCase? solvable, IReadOnlyList<Finding> findings)
    {
        Study study = world.Studies[key];
        StudySource[] sources = [.. world.StudySources.StartingWith($"{key}|")];
        var titles = world.StudyStages.StartingWith($"{key}|").Where(static s => s.Item is not null).GroupBy(static s => s.Item!.Value).Where(static g => g.Count() == 1).Select(static g => g.First()).ToDictionary(static s => s.Stage, s => world.Items.Find(s.Item!.Value)?.Name ?? s.Item!.Value.Value, StringComparer.Ordinal);
        var parties = sources.Select(static s => s.Supplier).OfType<Key<Party>>().Distinct().ToDictionary(static p => p.Value, p => world.Parties.Find(p)?.Name ?? p.Value, StringComparer.Ordinal);
        var places = new Dictionary<string, StudyPlace>(StringComparer.Ordinal);
        foreach (StudySource s in sources)
            if ((s.Place.Length > 0 ? s.Place : s.Site?.Value ?? "") is { Length: > 0 } place) places.TryAdd(place, Place(world, place, s));
        return new(Row(world, study, findings), study.Currency, study.Note, solvable?.Policy.DaysAYear ?? 365, (double)study.HoldingRate, (double?)study.Obsolescence, solvable?.Sourcing, solvable?.Limits ?? [],
            Whys(world, key), titles, parties, places);
    }

    private static Dictionary<string, string> Whys(Snapshot world, string key)
    {
        var whys = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (StudyLimit limit in world.StudyLimits.StartingWith($"{key}|").Where(static l => l.Why.Length > 0))
            if (LimitWords.Limit(limit.Limit, []) is { } read) whys[read.ToString()] = limit.Why;
        return whys;
    }

    private static StudyPlace Place(Snapshot world, string place, StudySource source)
    {
        Site? site = world.Sites.Find(place);
        return new(place, site?.Name ?? place, source.Country.Length > 0 ? source.Country : site?.Country ?? "", site is { Latitude: { } north, Longitude: { } east } ? new((double)north, (double)east) : null);
    }

    /// <summary>The ways between places by which a design's units go, those of most value first.</summary>
    public static IReadOnlyList<CutWay> Ways(Sight sight, StudyCase study, Configuration design)
    {
        Dictionary<string, ConfiguredStage> stages = design.Stages.ToDictionary(static s => s.Stage, StringComparer.Ordinal);
        var ways = new Dictionary<(string From, string To), (double Value, SortedSet<string> Stages)>();
        foreach (StageLink link in study.Sourcing.Network.Links)
        {
            ConfiguredStage part = stages[link.From], user = stages[link.To];
            foreach (SourceShare from in part.Sources)
                foreach (SourceShare to in user.Sources)
                {
                    if (from.Source.Place.Length == 0 || to.Source.Place.Length == 0 || from.Source.Place == to.Source.Place) continue;
                    if (!ways.TryGetValue((from.Source.Place, to.Source.Place), out var way)) way = (0, new(StringComparer.Ordinal));
                    way.Stages.Add(link.From);
                    ways[(from.Source.Place, to.Source.Place)] = (way.Value + study.Policy.DaysAYear * user.PerDay * link.Quantity * from.Share * to.Share * part.Stock.UnitCost, way.Stages);
                }
        }
        return [.. ways.OrderByDescending(static w => w.Value.Value).ThenBy(static w => w.Key).Select(w => Way(sight, w.Key.From, w.Key.To, w.Value.Value, [.. w.Value.Stages]))];
    }

    private static CutWay Way(Sight sight, string from, string to, double value, IReadOnlyList<string> stages)
    {
        if (sight.World.Lanes.Where(l => l.From.Value == from && l.To.Value == to).MinBy(static l => l.Id, StringComparer.Ordinal) is not { } lane) return new(from, to, value, stages, [], []);
        string[] passed = [lane.From.Value, .. sight.World.LaneSteps.StartingWith($"{lane.Key}|").Where(static s => s.Kind == StepKind.Leg).Select(static s => s.To.Value)];
        MapSite?[] sites = [.. passed.Select(p => sight.World.Sites.Find(p) is { Latitude: { } north, Longitude: { } east } s ? new MapSite(s.Id, s.Name, s.Kind, (double)north, (double)east) : null)];
        return sites.Any(static s => s is null) ? new(from, to, value, stages, [], []) : new(from, to, value, stages, [.. sites.OfType<MapSite>()], SeaViews.Ways(sight, lane));
    }
}
