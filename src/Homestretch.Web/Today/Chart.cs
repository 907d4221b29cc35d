using System.Globalization;
using Homestretch.Web.Window;

namespace Homestretch.Web.Today;

/// <summary>Places in degrees on a sheet that runs from 24° E around to 24° E, y down.</summary>
internal sealed record Chart(IReadOnlyList<(MapSite Site, double X, double Y)> Sites, IReadOnlyList<string> Ways, IReadOnlyList<(MapLot Lot, double X, double Y)> Dots)
{
    private const double West = 24;

    /// <summary>The part of the sheet that holds every site, with room for the bows of the ways.</summary>
    public string Box
    {
        get
        {
            if (Sites.Count == 0) return "24 -72 360 122";
            double left = Sites.Min(static s => s.X) - 12, top = Sites.Min(static s => s.Y) - 26;
            return $"{Num(left)} {Num(top)} {Num(Sites.Max(static s => s.X) + 12 - left)} {Num(Sites.Max(static s => s.Y) + 44 - top)}";
        }
    }

    public static Chart Of(MapView map)
    {
        var at = map.Sites.ToDictionary(static s => s.Site, static s => (X: Unrolled(s.Longitude), Y: -s.Latitude));
        var ways = map.Lanes.Select(lane => string.Concat(lane.Sites.Where(at.ContainsKey).Select(s => at[s]).Pairs().Select(static p => Arc(p.From, p.To))))
            .Where(static w => w.Length > 0).Distinct();
        var dots = map.Lots.Where(l => at.ContainsKey(l.FromSite) && at.ContainsKey(l.ToSite)).Select(l =>
        {
            var (x, y) = On(at[l.FromSite], at[l.ToSite], Math.Clamp(l.Progress, 0, 1));
            return (l, x, y);
        });
        return new([.. map.Sites.Select(s => (s, at[s.Site].X, at[s.Site].Y))], [.. ways], [.. dots]);
    }

    /// <summary>A lane's way as points, degrees, y up, for a map that draws lines of points.</summary>
    public IReadOnlyList<double[]> Bow(MapLane lane)
    {
        var at = Sites.ToDictionary(static s => s.Site.Site, static s => (s.X, s.Y));
        return [.. lane.Sites.Where(at.ContainsKey).Select(s => at[s]).Pairs().SelectMany(static p => Enumerable.Range(0, 33).Select(i => On(p.From, p.To, i / 32.0)))
            .Select(static p => new[] { p.X, -p.Y })];
    }

    public static string Num(double v) => v.ToString("0.##", CultureInfo.InvariantCulture);
    public static string Px(double v) => $"{Num(v)}px";
    public static string At(double x, double y) => $"translate({Num(x)} {Num(y)})";

    private static double Unrolled(double longitude) => longitude < West ? longitude + 360 : longitude;

    /// <summary>The bow of a way: a quadratic curve lifted towards the pole by an eighth of its length.</summary>
    private static (double X, double Y) Lift((double X, double Y) a, (double X, double Y) b) =>
        ((a.X + b.X) / 2, (a.Y + b.Y) / 2 - Math.Abs(b.X - a.X) / 4);

    private static string Arc((double X, double Y) a, (double X, double Y) b) => Lift(a, b) is var (x, y)
        ? $"M{Num(a.X)} {Num(a.Y)}Q{Num(x)} {Num(y)} {Num(b.X)} {Num(b.Y)}" : "";

    private static (double X, double Y) On((double X, double Y) a, (double X, double Y) b, double t)
    {
        var (x, y) = Lift(a, b);
        double u = 1 - t;
        return (u * u * a.X + 2 * u * t * x + t * t * b.X, u * u * a.Y + 2 * u * t * y + t * t * b.Y);
    }
}

internal static class Pairing
{
    extension<T>(IEnumerable<T> items)
    {
        /// <summary>Neighbours two by two.</summary>
        public IEnumerable<(T From, T To)> Pairs() => items.Zip(items.Skip(1));
    }
}
