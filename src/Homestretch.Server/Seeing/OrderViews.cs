using Homestretch.Promising;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Seeing;

/// <summary>Order lines with their promises, forecasts and reasons.</summary>
internal static class OrderViews
{
    public static Page<OrderRow> Page(Sight sight, OrderQuery q)
    {
        var rows = sight.World.OrderLines.Where(o => o.Status != OrderStatus.Cancelled && (string.IsNullOrEmpty(q.Market) || o.Market.Value == q.Market)
            && (q.Class is null || o.Class == q.Class) && sight.Named(q.Customer, o.Customer)).Select(o => Row(sight, o))
            .Where(r => (q.State is null ? r.State != PromiseState.Done : r.State == q.State) && Sight.Matches(q.Text, r.OrderLine, r.Customer, r.Variant, r.GateItem, r.GateGroup)).ToList();
        IOrderedEnumerable<OrderRow> sorted = q.Sort switch
        {
            "order" => By(static r => r.OrderLine, StringComparer.OrdinalIgnoreCase),
            "customer" => By(static r => r.Customer, StringComparer.OrdinalIgnoreCase),
            "market" => By(static r => r.Market, StringComparer.OrdinalIgnoreCase),
            "class" => By(static r => r.Class),
            "requested" => By(static r => r.Requested),
            "p90" => By(static r => r.Forecast?.P90 ?? Instant.MaxValue),
            "state" => By(static r => Urgency(r.State)),
            "gate" => By(static r => r.GateGroup, StringComparer.OrdinalIgnoreCase),
            "kept" => By(static r => r.KeptShare ?? 2),
            "price" => By(static r => r.Price?.Minor ?? 0),
            _ => By(static r => r.Promised ?? Instant.MaxValue),
        };
        return Sight.PageOf([.. sorted.ThenBy(static r => r.OrderLine, StringComparer.Ordinal)], q.Skip, q.Take);

        IOrderedEnumerable<OrderRow> By<K>(Func<OrderRow, K> key, IComparer<K>? order = null) => q.Descending ? rows.OrderByDescending(key, order) : rows.OrderBy(key, order);
    }

    /// <summary>The state that needs a person most comes first.</summary>
    private static int Urgency(PromiseState state) => state switch
    {
        PromiseState.Broken => 0, PromiseState.AtRisk => 1, PromiseState.Unknown => 2, PromiseState.NoPromise => 3, PromiseState.OnTrack => 4, _ => 5,
    };

    public static OrderRow Row(Sight sight, OrderLine o)
    {
        Forecast? forecast = sight.Plan.Of(o.Key);
        var dated = forecast as Forecast.Dated;
        Promise? promise = dated?.Promise ?? sight.World.Promises.StartingWith($"{o.Key}|").LastOrDefault();
        return new(o.Id, sight.NameOf(o.Customer), sight.ItemOf(o.Family)?.Name ?? o.Family.Value, o.Quantity, o.Market.Value, o.Options.ToString(), o.Class, o.Requested,
            promise?.Date, promise?.Confidence.Value, Sight.Dates(forecast), dated?.Kept?.Value, sight.StateOf(o, forecast),
            dated is null ? "" : sight.ItemOf(dated.Gate.Item)?.Group ?? "", dated?.Gate.Item.Value ?? "", dated?.Gate.Share.Value ?? 0, sight.Shown(o.Price), o.Status);
    }

    public static OrderView? One(Sight sight, string orderLine)
    {
        if (sight.World.OrderLines.Find(orderLine) is not { } order) return null;
        OrderRow row = Row(sight, order);
        PromiseView[] promises = [.. sight.World.Promises.StartingWith($"{order.Key}|").Select(static p => new PromiseView(p.Version, p.Date, p.Confidence.Value, p.Given, p.By, p.Reason))];
        Explanation? explained = sight.Plan.Explain(order.Key, sight.Zone);
        if (explained?.Forecast is not Forecast.Dated d)
            return new(row, "", "", null, null, [], [], 0, "", explained?.Reasons ?? [], string.Join(" ", explained?.Reasons ?? ["The order is not open."]), [], promises, explained?.Pins ?? []);
        var (days, shares) = Histogram(sight, order);
        return new(row, d.Build.Id, d.Build.Line.Value, d.Build.Start, d.Build.End, days, shares, explained.Pegs.Count == 0 ? 0 : explained.Pegs.Max(static p => p.ADayEarlier),
            explained.Earlier, explained.Reasons, "", [.. explained.Pegs.Select(p => Part(sight, p, d))], promises, explained.Pins);
    }

    private static KitPartView Part(Sight sight, ExplainedPeg peg, Forecast.Dated d) => new(peg.Item.Id, peg.Item.Name, peg.Item.Group, peg.Peg.Quantity,
        KitViews.Cell(new(peg.Peg, peg.Item, peg.OnTime, peg.Lot, peg.Arrival, peg.Pinned), d), peg.Last.Value, peg.Lot is { } lot ? SupplyViews.Row(sight, lot) : null, peg.Lot is { } l ? SupplyViews.Steps(sight, l, peg.Steps) : []);

    /// <summary>Share of futures delivered on each day, in the hub's time zone; days in the far tail are put together in the last.</summary>
    private static (IReadOnlyList<LocalDate> Days, IReadOnlyList<double> Shares) Histogram(Sight sight, OrderLine order)
    {
        const int mostDays = 60;
        int[] samples = sight.Plan.DateSamples(order.Key);
        LocalDate[] dates = [.. samples.Select(s => Seconds.At(s, sight.Plan.Epoch).InZone(sight.Zone).Date)];
        LocalDate first = dates.Min(), last = LocalDate.Min(dates.Max(), first.PlusDays(mostDays - 1));
        LocalDate[] days = [.. Enumerable.Range(0, Period.DaysBetween(first, last) + 1).Select(first.PlusDays)];
        double[] shares = new double[days.Length];
        foreach (LocalDate day in dates) shares[Math.Min(days.Length - 1, Period.DaysBetween(first, day))] += 1.0 / samples.Length;
        return (days, shares);
    }
}
