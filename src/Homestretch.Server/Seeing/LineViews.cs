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
        var builds = sight.Plan.Forecasts.OfType<Forecast.Dated>().Where(d => d.Build.Start < to && Later(d) >= from).ToLookup(static d => d.Build.Line);
        return [.. sight.World.AssemblyLines.Select(line =>
        {
            OpenSpan[] open = [.. sight.Plan.OpenTime(line.Key, from, to).Select(static s => new OpenSpan(s.From, s.To))];
            BuildBar[] bars = [.. builds[line.Key].OrderBy(static d => d.Build.Start).Select(d => Bar(sight, d))];
            double available = open.Sum(static s => (s.To - s.From).TotalHours), used = bars.Sum(static b => (b.End - b.Start).TotalHours);
            return new LineView(line.Id, line.Name, sight.World.Sites.Find(line.Site)?.Name ?? line.Site.Value, open, bars, available > 0 ? Work(sight, bars) / available : 0);
        })];
    }

    private static Instant Later(Forecast.Dated d) => Instant.Max(d.Build.End, d.Dates.P90);

    private static double Work(Sight sight, BuildBar[] bars) => bars.Sum(b => (double)(sight.World.Routings
        .FirstOrDefault(r => sight.World.Builds.Find(b.Build)?.Line == r.Line)?.MinutesPerUnit ?? 0) * b.Quantity / 60);

    private static BuildBar Bar(Sight sight, Forecast.Dated d)
    {
        OrderLine order = sight.World.OrderLines[d.OrderLine];
        return new(d.Build.Id, d.OrderLine.Value, sight.NameOf(order.Customer), order.Market.Value, order.Quantity, d.Build.Start, d.Build.End, sight.Plan.BuildEnd(d.OrderLine, 0.9),
            d.Whole.Value, d.Build.Status, sight.StateOf(order, d));
    }
}
