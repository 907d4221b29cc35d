using Homestretch.Arrivals;
using Homestretch.Cli.Demo;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Walk.Demo;

/// <summary>A plan so rough that it fits on a page: first promised, first served from each item's supply in order of arrival; no
/// assembly lines. It judges only whether the demonstration company is credible.</summary>
internal sealed class RoughPlan(Snapshot world, Instant start, int seed)
{
    /// <summary>Day, after start, on which each order line's kit is whole when every lot comes at its quantile <paramref name="z"/>;
    /// 9999 when supply never suffices.</summary>
    /// <param name="z">Normal score of the arrivals: 0 for medians, 1.28 for P90; null for what truly happens.</param>
    public Dictionary<string, double> KitDays(double? z)
    {
        var supply = new Dictionary<(string Hub, string Item), List<(double Day, decimal Quantity)>>();
        foreach (Stock s in world.Stock.Where(static s => s.Status == StockStatus.Available)) Of(s.Site.Value, s.Item.Value).Add((0, s.Quantity.Value));
        foreach (Lot l in world.Lots.Where(static l => l.State < LotState.Received)) Of(world.Lanes[l.Lane].To.Value, l.Item.Value).Add((Arrival(l, z), l.Quantity.Value));
        foreach (var list in supply.Values) list.Sort();
        var taken = new Dictionary<(string, string), decimal>();
        var days = new Dictionary<string, double>();
        foreach (OrderLine line in world.OrderLines.OrderBy(Promised).ThenBy(static o => o.Id, StringComparer.Ordinal))
        {
            double whole = 0;
            foreach (Part part in Catalogue.PartsOf(line.Market.Value, line.Options))
            {
                decimal need = taken[(line.Hub.Value, part.Item)] = taken.GetValueOrDefault((line.Hub.Value, part.Item)) + line.Quantity * part.PerUnit;
                whole = Math.Max(whole, Reached(Of(line.Hub.Value, part.Item), need));
            }
            days[line.Id] = whole;
        }
        return days;

        List<(double Day, decimal Quantity)> Of(string hub, string item) => supply.TryGetValue((hub, item), out var list) ? list : supply[(hub, item)] = [];
    }

    private static double Reached(List<(double Day, decimal Quantity)> supply, decimal need)
    {
        foreach (var (day, quantity) in supply)
        {
            if ((need -= quantity) <= 0) return day;
        }
        return 9999;
    }

    /// <summary>Days from start to the promised date.</summary>
    public double Promised(OrderLine line) => (world.Promises[new Key<Promise>($"{line.Id}|001")].Date - start).TotalDays;

    private double Arrival(Lot lot, double? z)
    {
        LaneStep[] steps = [.. world.LaneSteps.StartingWith($"{lot.Lane}|")];
        string shipment = lot.Shipment?.Value ?? $"to-come {lot.Id}";
        Instant departs = lot.Shipment is null ? lot.Ready : world.Milestones.StartingWith($"{shipment}|01|0|0").First().At;
        var way = Voyage.Of(new Draw(seed), shipment, departs, steps, world.Loadings.StartingWith($"{lot.Lane}|").ToLookup(static l => l.Sequence));
        if (z is not { } score) return Math.Max(0, (way[^1].End - start).TotalDays);
        double median = Math.Max(0, (departs - start).TotalDays), variance = 0;
        foreach (Passage p in way.Where(p => p.End > start))
        {
            StageTime time = StageTime.Of((double)p.Step.P50Days, (double)p.Step.P90Days);
            double gone = Math.Max(0, (start - p.Begin).TotalDays), middle = time.QuantileAfter(gone, 0.5);
            median += middle - gone;
            variance += Math.Pow((time.QuantileAfter(gone, 0.9) - middle) / Normal.Z90, 2);
        }
        return median + score * Math.Sqrt(variance);
    }
}
