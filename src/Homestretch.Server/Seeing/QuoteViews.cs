using System.Globalization;
using Homestretch.Promising;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Seeing;

/// <summary>Quotes, and the promises that follow from them.</summary>
internal static class QuoteViews
{
    public static QuoteView Of(Sight sight, QuoteRequest request, string number)
    {
        Quote quote = Make(sight, request, number);
        return quote.Forecast.Match(
            d => new QuoteView(Sight.Dates(d), d.Build.Start, d.Build.Line.Value, d.Gate.Item.Value, d.Gate.Share.Value, "", []),
            u => new QuoteView(null, null, "", "", 0, u.Reasons.Count > 0 ? u.Reasons[0].What : "No date can be given.", u.Reasons));
    }

    public static QuoteView Refused(string why) => new(null, null, "", "", 0, why, []);

    public static Quote Make(Sight sight, QuoteRequest r, string number) => sight.Plan.Quote(new OrderLine(number, sight.ItemOf(r.Family)?.Party ?? "", r.Customer, r.Family, r.Quantity,
        r.Market, r.Options, r.Hub, sight.Now, r.Requested, r.Class, null, ShipComplete.Whole, OrderStatus.Approved));

    /// <summary>A placed quote is promised at the plan's confidence.</summary>
    public static IReadOnlyList<WorldEvent> WithPromise(Sight sight, Quote quote, string by)
    {
        var d = (Forecast.Dated)quote.Forecast;
        return [.. quote.Events, new WorldEvent.Put(new Promise(quote.Order.Key, 1, quote.Order.Party, d.Dates.P90, new(0.9), sight.Now, by, "as quoted"))];
    }

    /// <summary>The first free order number of the form SO-90001/1.</summary>
    public static string NextNumber(Snapshot world)
    {
        int n = 90_001;
        while (world.OrderLines.Contains(string.Create(CultureInfo.InvariantCulture, $"SO-{n}/1"))) n++;
        return string.Create(CultureInfo.InvariantCulture, $"SO-{n}/1");
    }

    /// <summary>The next version of an order line's promise, with the share of futures that keep its date; null when it is not open.</summary>
    public static Promise? NextPromise(Sight sight, string orderLine, Instant date, string reason, string by)
    {
        if (sight.World.OrderLines.Find(orderLine) is not { } order || sight.Plan.Of(order.Key) is null) return null;
        int[] samples = sight.Plan.DateSamples(order.Key);
        int by_ = Seconds.Of(date, sight.Plan.Epoch);
        double kept = samples.Length == 0 ? 0 : samples.Count(s => s <= by_) / (double)samples.Length;
        int version = sight.World.Promises.StartingWith($"{order.Key}|").Select(static p => p.Version).DefaultIfEmpty(0).Max() + 1;
        return new(order.Key, version, order.Party, date, new(kept), sight.Now, by, reason);
    }
}
