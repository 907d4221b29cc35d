using Homestretch.Promising;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Seeing;

/// <summary>Assembly lines with their open time and build sequence.</summary>
internal static class LineViews
{
    public static IReadOnlyList<LineView> Of(Sight sight, Instant from, Instant to)
    {
        var builds = sight.Plan.Forecasts.OfType<Forecast.Dated>().Where(d => d.Build.Start < to && d.Build.End > from).ToLookup(static d => d.Build.Line);
        var ways = sight.World.Routings.ToLookup(static r => r.Line);
        return [.. sight.World.AssemblyLines.Select(line =>
        {
            OpenSpan[] open = [.. sight.Plan.OpenTime(line.Key, from, to).Select(static s => new OpenSpan(s.From, s.To))];
            BuildBar[] bars = [.. builds[line.Key].OrderBy(static d => d.Build.Start).Select(d => Bar(sight, d))];
            double available = open.Sum(static s => (s.To - s.From).TotalHours);
            return new LineView(line.Id, line.Name, sight.World.Sites.Find(line.Site)?.Name ?? line.Site.Value, open, bars, available > 0 ? Taken(open, bars) / available : 0, [.. ways[line.Key].Select(w => new PaceView(w.Family.Value, w.MinutesPerUnit, sight.World.WorkPaces.Find(w.Id)))]);
        })];
    }

    /// <summary>Hours of open time under the builds; a line does one at a time, so they do not overlap.</summary>
    private static double Taken(OpenSpan[] open, BuildBar[] bars) => bars.Sum(b => open.Sum(o => Math.Max(0, (Instant.Min(b.End, o.To) - Instant.Max(b.Start, o.From)).TotalHours)));

    private static BuildBar Bar(Sight sight, Forecast.Dated d)
    {
        OrderLine order = sight.World.OrderLines[d.OrderLine];
        return new(d.Build.Id, d.OrderLine.Value, sight.NameOf(order.Customer), order.Market.Value, order.Quantity, d.Build.Start, d.Build.End, sight.Plan.BuildEnd(d.OrderLine, 0.9),
            d.Whole.Value, d.Build.Status, sight.StateOf(order, d));
    }
}
