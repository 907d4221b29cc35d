using Homestretch.Arrivals.Sea;
using Homestretch.Promising;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Seeing;

/// <summary>The way of a ship from where it was when a passage before it closed to its port.</summary>
/// <param name="Since">When it learnt of that.</param>
/// <param name="Way">From its turn on; the turn alone where no way is left.</param>
internal sealed record RoundWay(Instant Since, IReadOnlyList<MapPoint> Way)
{
    /// <summary>The ship of a step; null when it met no closed passage, left later than it closed, or has not learnt of it yet.</summary>
    public static RoundWay? Of(Sight sight, Lot lot, ExplainedStep step)
    {
        if (step is not { Begin: { } begin, Voyage: { } voyage } || voyage.Since <= begin || voyage.Since > sight.Now) return null;
        if (sight.Plan.SeaLegsOf(lot.Lane).FirstOrDefault(l => l.Step.Sequence == step.Sequence).Leg is not { } leg) return null;
        var (turn, next) = Sailed(leg, (voyage.Since - begin).TotalDays * leg.MilesPerDay * 1000);
        PassageSet closed = voyage.WaitsUntil is null ? PassageSet.Of([.. voyage.Closed]) : default;
        SeaRoute? rest = new[] { next - 1, next }.Where(i => i > 0 && i < leg.Open.Points.Count - 1).Select(i => From(leg, turn, leg.Open.Points[i], closed)).OfType<SeaRoute>().MinBy(static r => r.Miles);
        return new(voyage.Since, SeaViews.Line(rest?.Points ?? [turn, turn]));
    }

    /// <summary>Where it is: as far along the way as its forecast says.</summary>
    /// <param name="end">Median of its arrival; null: unknown.</param>
    public MapPoint At(Instant now, Instant? end)
    {
        double share = end > Since ? Math.Clamp((now - Since) / (end.Value - Since), 0, 1) : 0;
        double[] lengths = [.. Way.Zip(Way.Skip(1), static (a, b) => Math.Sqrt((b.Longitude - a.Longitude) * (b.Longitude - a.Longitude) + (b.Latitude - a.Latitude) * (b.Latitude - a.Latitude)))];
        double left = share * lengths.Sum();
        for (int i = 0; i < lengths.Length; i++)
        {
            if (left <= lengths[i] && lengths[i] > 0) return new(Way[i].Latitude + (Way[i + 1].Latitude - Way[i].Latitude) * left / lengths[i], Way[i].Longitude + (Way[i + 1].Longitude - Way[i].Longitude) * left / lengths[i]);
            left -= lengths[i];
        }
        return Way[^1];
    }

    /// <summary>The place on the open way after so many thousandths of a mile, and the index of the next point of that way.</summary>
    private static (SeaPoint At, int Next) Sailed(SeaLeg leg, double left)
    {
        IReadOnlyList<SeaPoint> points = leg.Open.Points;
        for (int i = 1; i < points.Count; i++)
        {
            double length = points[i - 1].MilliMilesTo(points[i]);
            if (left <= length && length > 0)
            {
                double east = points[i].East - 360 * Math.Round((points[i].East - points[i - 1].East) / 360);
                return (SeaPoint.Of(points[i - 1].North + (points[i].North - points[i - 1].North) * left / length, points[i - 1].East + (east - points[i - 1].East) * left / length), i);
            }
            left -= length;
        }
        return (points[^1], points.Count - 1);
    }

    /// <summary>From a place at sea by a point of the network near it.</summary>
    private static SeaRoute? From(SeaLeg leg, SeaPoint place, SeaPoint by, PassageSet closed)
    {
        for (int n = 0; n < leg.Network.Points.Count; n++)
            if (leg.Network.Points[n] == by) return leg.Network.Route(new SeaPort("", place, n, place.MilliMilesTo(by)), leg.To, closed);
        return null;
    }
}
