using System.Globalization;
using Homestretch.Web.Window;

namespace Homestretch.Web.Today;

/// <summary>Places in degrees on a sheet of 360, y down, that is cut where the fewest ways cross. A way goes the short way round; one that crosses the cut
/// leaves the sheet on one side and comes back on the other.</summary>
/// <param name="West">Longitude of the sheet's left edge.</param>
/// <param name="Crossed">True when a way crosses the cut, so that the whole sheet must be seen.</param>
internal sealed record Chart(double West, bool Crossed, IReadOnlyList<(MapSite Site, double X, double Y)> Sites, IReadOnlyList<string> Ways, IReadOnlyList<(MapLot Lot, double X, double Y)> Dots)
{
    /// <summary>The part of the sheet that holds every site, with room for the bows of the ways.</summary>
    public Sheet Box
    {
        get
        {
            if (Sites.Count == 0) return new(-180, -72, 360, 122);
            double left = Crossed ? West : Sites.Min(static s => s.X) - 12, width = Crossed ? 360 : Sites.Max(static s => s.X) + 12 - left, top = Sites.Min(static s => s.Y) - 26;
            return new(left, top, width, Sites.Max(static s => s.Y) + 44 - top);
        }
    }

    /// <summary>Shifts of the copies of the land that cover the sheet. The land runs from 378 W to 180 E: rings that cross the date line are drawn on beyond it, Asia with Europe and Africa among them.</summary>
    public IEnumerable<int> Lands => West > 0 ? [0, 360, 720] : [0, 360];

    public static Chart Of(MapView map)
    {
        var places = map.Sites.ToDictionary(static s => s.Site, static s => s.Longitude);
        var seaways = Seaways(map.Lanes);
        var legs = map.Lanes.SelectMany(lane => lane.Sites.Where(places.ContainsKey).Pairs())
            .SelectMany(l => seaways.TryGetValue(l, out var way) ? way.Select(static p => p.Longitude).Pairs() : [(From: places[l.From], To: places[l.To])]).ToList();
        double west = Cut(legs);
        var at = map.Sites.ToDictionary(static s => s.Site, s => (X: Unrolled(s.Longitude, west), Y: -s.Latitude));
        bool crossed = legs.Any(l => Crosses(l.From, l.To, west));
        var ways = map.Lanes.SelectMany(lane => lane.Sites.Where(at.ContainsKey).Pairs()).SelectMany(p => seaways.TryGetValue(p, out var way) ? Lines(way, west) : Arcs(at[p.From], at[p.To])).Distinct();
        var dots = map.Lots.Where(l => places.ContainsKey(l.FromSite) && places.ContainsKey(l.ToSite)).Select(l =>
        {
            var (x, y) = l.At is { } place ? (place.Longitude, -place.Latitude) : seaways.TryGetValue((l.FromSite, l.ToSite), out var way) ? Along(way, l.Progress) : On(at[l.FromSite], at[l.ToSite], Math.Clamp(l.Progress, 0, 1));
            return (l, Unrolled(x, west), y);
        });
        return new(west, crossed, [.. map.Sites.Select(s => (s, at[s.Site].X, at[s.Site].Y))], [.. ways], [.. dots]);
    }

    /// <summary>A lane's way as points, degrees, y up, for a map that draws lines of points; such a map goes round and round.</summary>
    public IReadOnlyList<double[]> Bow(MapLane lane)
    {
        var at = Sites.ToDictionary(static s => s.Site.Site, static s => (s.X, s.Y));
        var points = new List<double[]>();
        double turn = 0;
        var seaways = Seaways([lane]);
        foreach (var leg in lane.Sites.Where(at.ContainsKey).Pairs())
        {
            var (from, to) = (at[leg.From], at[leg.To]);
            if (seaways.TryGetValue(leg, out var way))
            {
                double shift = 360 * Math.Round((from.X + turn - way[0].Longitude) / 360);
                points.AddRange(way.Select(p => new[] { p.Longitude + shift, p.Latitude }));
                turn = 360 * Math.Round((way[^1].Longitude + shift - to.X) / 360);
                continue;
            }
            points.AddRange(Enumerable.Range(0, 33).Select(i => On(from, to, i / 32.0)).Select(p => new[] { p.X + turn, -p.Y }));
            turn += Short(from.X, to.X) - to.X;
        }
        return points;
    }

    /// <summary>The ways of ships, by the places between which they lead.</summary>
    private static Dictionary<(string From, string To), IReadOnlyList<MapPoint>> Seaways(IEnumerable<MapLane> lanes)
    {
        var ways = new Dictionary<(string, string), IReadOnlyList<MapPoint>>();
        foreach (MapLane lane in lanes)
            foreach (var (leg, way) in lane.Sites.Pairs().Zip(lane.Ways ?? []))
                if (way is { Count: > 1 }) ways.TryAdd(leg, way);
        return ways;
    }

    /// <summary>A ship's way as a line; one that leaves the sheet is drawn once more, whole, where it comes in from the other side.</summary>
    private static IEnumerable<string> Lines(IReadOnlyList<MapPoint> way, double west)
    {
        double shift = Unrolled(way[0].Longitude, west) - way[0].Longitude;
        yield return Line(shift);
        if (way.Min(static p => p.Longitude) + shift < west) yield return Line(shift + 360);
        if (way.Max(static p => p.Longitude) + shift > west + 360) yield return Line(shift - 360);

        string Line(double by) => "M" + string.Join('L', way.Select(p => $"{Num(p.Longitude + by)} {Num(-p.Latitude)}"));
    }

    /// <summary>The place at a share of a ship's way, by degrees.</summary>
    private static (double X, double Y) Along(IReadOnlyList<MapPoint> way, double progress)
    {
        double left = Math.Clamp(progress, 0, 1) * way.Pairs().Select(static p => Long(p.From, p.To)).Aggregate(0.0, static (sum, x) => sum + x);
        foreach (var (from, to) in way.Pairs())
        {
            double length = Long(from, to);
            if (left <= length && length > 0) return (from.Longitude + (to.Longitude - from.Longitude) * left / length, -(from.Latitude + (to.Latitude - from.Latitude) * left / length));
            left -= length;
        }
        return (way[^1].Longitude, -way[^1].Latitude);

        static double Long(MapPoint a, MapPoint b) => Math.Sqrt((b.Longitude - a.Longitude) * (b.Longitude - a.Longitude) + (b.Latitude - a.Latitude) * (b.Latitude - a.Latitude));
    }

    /// <summary>Of every tenth meridian the one that the fewest legs cross the short way; of several neighbours the middle one of the longest run.</summary>
    private static double Cut(List<(double From, double To)> legs)
    {
        const int step = 10, all = 36;
        int[] crossed = [.. Enumerable.Range(0, all).Select(i => legs.Count(l => Crosses(l.From, l.To, i * step - 180)))];
        int fewest = crossed.Min(), best = 0, longest = 0;
        if (crossed.All(c => c == fewest)) return -180;
        for (int i = 0; i < all; i++)
        {
            if (crossed[i] != fewest || crossed[(i + all - 1) % all] == fewest) continue;    // a run begins here
            int run = Enumerable.Range(0, all).TakeWhile(k => crossed[(i + k) % all] == fewest).Count();
            if (run > longest) (best, longest) = (i + run / 2, run);
        }
        return Unrolled(best * step - 180, -180);
    }

    /// <summary>True when the short way between two longitudes crosses a meridian.</summary>
    private static bool Crosses(double from, double to, double meridian)
    {
        double a = Unrolled(from, meridian), b = Unrolled(to, meridian);
        return Math.Abs(b - a) > 180;
    }

    private static double Unrolled(double longitude, double west) => longitude - 360 * Math.Floor((longitude - west) / 360);

    /// <summary>Where a way ends that begins at one x and goes the short way round to another.</summary>
    private static double Short(double from, double to) => to - from > 180 ? to - 360 : to - from < -180 ? to + 360 : to;

    public static string Num(double v) => v.ToString("0.##", CultureInfo.InvariantCulture);
    public static string Px(double v) => $"{Num(v)}px";
    public static string At(double x, double y) => $"translate({Num(x)} {Num(y)})";

    /// <summary>The bow of a way: a quadratic curve lifted towards the pole by an eighth of its length.</summary>
    private static (double X, double Y) Lift((double X, double Y) a, (double X, double Y) b) =>
        ((a.X + b.X) / 2, (a.Y + b.Y) / 2 - Math.Abs(b.X - a.X) / 4);

    /// <summary>The way between two places; one that leaves the sheet comes in again from the other side.</summary>
    private static IEnumerable<string> Arcs((double X, double Y) a, (double X, double Y) b)
    {
        double end = Short(a.X, b.X);
        yield return Arc(a, (end, b.Y));
        if (end != b.X) yield return Arc((a.X + b.X - end, a.Y), b);
    }

    private static string Arc((double X, double Y) a, (double X, double Y) b) => Lift(a, b) is var (x, y)
        ? $"M{Num(a.X)} {Num(a.Y)}Q{Num(x)} {Num(y)} {Num(b.X)} {Num(b.Y)}" : "";

    private static (double X, double Y) On((double X, double Y) a, (double X, double Y) place, double t)
    {
        var b = (X: Short(a.X, place.X), place.Y);
        var (x, y) = Lift(a, b);
        double u = 1 - t;
        return (u * u * a.X + 2 * u * t * x + t * t * b.X, u * u * a.Y + 2 * u * t * y + t * t * b.Y);
    }
}

/// <summary>A part of a chart.</summary>
internal readonly record struct Sheet(double Left, double Top, double Width, double Height)
{
    /// <summary>As an SVG view box.</summary>
    public string View => $"{Chart.Num(Left)} {Chart.Num(Top)} {Chart.Num(Width)} {Chart.Num(Height)}";
}

internal static class Pairing
{
    extension<T>(IEnumerable<T> items)
    {
        /// <summary>Neighbours two by two.</summary>
        public IEnumerable<(T From, T To)> Pairs() => items.Zip(items.Skip(1));
    }
}
