using Homestretch.Arrivals.Sea;
using Homestretch.Promising;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Seeing;

/// <summary>Passages of the sea, what has them before it, and the ways that ships take.</summary>
internal static class SeaViews
{
    /// <summary>Points of a way nearer to the straight line than this are not drawn, degrees.</summary>
    private const double Drawn = 0.6;

    public static PassagesView Passages(Sight sight, bool orders)
    {
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        var lanes = World.Passages.All.ToDictionary(static p => p, static _ => new List<string>());
        foreach (Lane lane in sight.World.Lanes)
        {
            foreach (var (_, leg) in sight.Plan.SeaLegsOf(lane.Key))
            {
                if (leg is null) unknown.Add(lane.Id);
                foreach (Passed p in leg?.Open.Passed ?? []) lanes[p.Passage].Add(lane.Id);
            }
        }
        var ahead = new List<(Lot Lot, PassageAhead Passage)>();
        int lotsUnknown = 0;
        foreach (Lot lot in sight.World.Lots.Where(static l => l.State < LotState.Received))
        {
            if (unknown.Contains(lot.Lane.Value)) lotsUnknown++;
            ahead.AddRange(sight.Plan.PassagesOf(lot.Key).Select(p => (lot, p)));
        }
        var of = ahead.ToLookup(static a => a.Passage.Passage);
        return new([.. World.Passages.All.Select(p => Row(sight, p, [.. of[p]], lanes[p], orders))], [.. unknown.Order(StringComparer.Ordinal)], lotsUnknown);
    }

    private static PassageRow Row(Sight sight, Passage passage, (Lot Lot, PassageAhead Passage)[] ahead, List<string> lanes, bool orders)
    {
        PassageClosure? closed = Closed(sight, passage);
        Lot[] pass = [.. ahead.Where(static a => !a.Passage.Closed).Select(static a => a.Lot)], round = [.. ahead.Where(static a => a.Passage.Closed).Select(static a => a.Lot)];
        SeaVoyage[] voyages = [.. ahead.Where(static a => a.Passage.Closed).Select(static a => a.Passage.Voyage).OfType<SeaVoyage>()];
        double? most = voyages.Length == 0 || voyages.Any(static v => v.Stranded) ? null : voyages.Max(static v => v.ExtraDays);
        return new(passage, World.Passages.NameOf(passage), closed is null ? null : new(closed.From, closed.Until, closed.Source, closed.Note), pass.Length, orders ? Promises(sight, pass) : null,
            round.Length, orders ? Promises(sight, round) : null, most,
            [.. voyages.Where(static v => !v.Stranded).Select(static v => v.WaitsUntil is not null ? "waiting" : World.Passages.NameOf(v.By)).Distinct().Order(StringComparer.Ordinal)], [.. lanes.Distinct().Order(StringComparer.Ordinal)]);
    }

    private static int Promises(Sight sight, Lot[] lots) => lots.SelectMany(l => sight.Plan.HeldBy(l.Key)).Select(static h => h.OrderLine).Distinct()
        .Count(o => sight.World.Promises.StartingWith($"{o}|").Any());

    /// <summary>The closure in force at the hub's present.</summary>
    private static PassageClosure? Closed(Sight sight, Passage passage) => SeaClosures.Of(sight.World)?.At(passage, sight.Now);

    /// <summary>What is told to close a passage from now on, or to open it.</summary>
    public static IReadOnlyList<WorldEvent> Events(Sight sight, PassageOrder order, Key<Party> party)
    {
        Instant now = Instant.FromUnixTimeSeconds(sight.Now.ToUnixTimeSeconds());
        if (order.Close) return [new WorldEvent.Put(new PassageClosure(order.Passage, now, party, order.Until, order.Source.Trim(), order.Note.Trim()))];
        return [.. sight.World.PassageClosures.Where(c => c.Passage == order.Passage && !(c.Until <= now)).Select(c => new WorldEvent.Put(c with { Until = Instant.Max(c.From, now) }))];
    }

    /// <summary>What is wrong with an order before the world sees it.</summary>
    public static Finding? Wrong(Sight sight, PassageOrder order)
    {
        Finding Of(string column, string rule, string what, string cure) => new(new("request", 0, column), rule, what, cure);
        string name = World.Passages.NameOf(order.Passage);
        bool closed = Closed(sight, order.Passage) is not null;
        return order.Close && closed ? Of("passage", "closed-already", $"{name} is closed already.", "Open it first, or change the closure in passage_closures.")
            : !order.Close && !closed && Events(sight, order, "").Count == 0 ? Of("passage", "open-already", $"{name} is open already.", "Close it first.")
            : order is { Close: true, Until: { } until } && until <= sight.Now ? Of("until", "interval", "It would open before it closes.", "Give a later day, or none.") : null;
    }

    /// <summary>For each pair of neighbouring places of a lane the way ships take now.</summary>
    public static IReadOnlyList<IReadOnlyList<MapPoint>?> Ways(Sight sight, Lane lane)
    {
        var legs = sight.Plan.SeaLegsOf(lane.Key).ToDictionary(static l => l.Step.Sequence, static l => l.Leg);
        PassageSet closed = default;
        foreach (PassageClosure c in sight.World.PassageClosures) if (c.Holds(sight.Now)) closed = closed.With(c.Passage);
        return [.. sight.World.LaneSteps.StartingWith($"{lane.Key}|").Where(static s => s.Kind == StepKind.Leg).Select(s => legs.GetValueOrDefault(s.Sequence) is { } leg ? Way(leg, closed) : null)];
    }

    private static List<MapPoint> Way(SeaLeg leg, PassageSet closed) => Line((leg.Network.Route(leg.From, leg.To, closed) ?? leg.Open).Points);

    /// <summary>A way as it is drawn: degrees that go on where it crosses the date line, and no more points than are seen.</summary>
    public static List<MapPoint> Line(IReadOnlyList<SeaPoint> way)
    {
        MapPoint[] points = [.. way.Select(static p => new MapPoint(p.North, p.East))];
        for (int i = 1; i < points.Length; i++)      // unrolled: a step is never longer than half way round
        {
            double east = points[i].Longitude;
            points[i] = points[i] with { Longitude = east - 360 * Math.Round((east - points[i - 1].Longitude) / 360) };
        }
        var kept = new List<MapPoint> { points[0] };
        Keep(points, 0, points.Length - 1, kept);
        return kept;
    }

    /// <summary>Douglas and Peucker's rule (Cartographica 10, 1973): the point furthest from the line is kept when it is far enough.</summary>
    private static void Keep(MapPoint[] points, int from, int to, List<MapPoint> kept)
    {
        int furthest = -1;
        double most = Drawn;
        for (int i = from + 1; i < to; i++)
        {
            double off = Off(points[i], points[from], points[to]);
            if (off > most) (furthest, most) = (i, off);
        }
        if (furthest > 0) Keep(points, from, furthest, kept);
        if (furthest > 0) Keep(points, furthest, to, kept);
        else kept.Add(points[to]);
    }

    private static double Off(MapPoint p, MapPoint a, MapPoint b)
    {
        double x = b.Longitude - a.Longitude, y = b.Latitude - a.Latitude, length = x * x + y * y;
        double along = length == 0 ? 0 : Math.Clamp(((p.Longitude - a.Longitude) * x + (p.Latitude - a.Latitude) * y) / length, 0, 1);
        double dx = p.Longitude - a.Longitude - along * x, dy = p.Latitude - a.Latitude - along * y;
        return Math.Sqrt(dx * dx + dy * dy);
    }
}
