using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Demo;

/// <summary>Who wants which bikes when: order lines and the first promise of each.</summary>
internal static class Demand
{
    private const int HorizonDays = 58;

    /// <summary>New orders that come in a day, and the notice they give, days.</summary>
    public const double OrdersPerDay = 3.4;
    public const int LeastNotice = 24, MostNotice = 60;

    /// <summary>What sales expects a hub to be asked for, units a day: how often each of its customers orders, and how much on average.</summary>
    public static double UnitsPerDay(string hub)
    {
        double all = Cast.Customers.Sum(static c => c.Weight);
        return Cast.Customers.Where(c => c.Hub == hub).Sum(c => OrdersPerDay * c.Weight / all * (IsDealer(c) ? 2 : 1) * (c.Least + c.Most) / 2.0);
    }

    /// <summary>Share of bikes that take a part, at a hub that takes it at all.</summary>
    public static double Share(Part part)
    {
        foreach (var (feature, options) in Catalogue.Features)
        {
            if (options.Where(o => part.When == $"{feature}={o.Option}").Select(static o => (int?)o.Weight).FirstOrDefault() is { } weight) return weight / (double)options.Sum(static o => o.Weight);
        }
        return 1;
    }

    /// <summary>Every fifth buyer in the web shop for the United States lives in New York, whose law then holds too.</summary>
    private static string Market(Draw draw, Cast.Customer who, string line) => who.Key == "WEB-US" && draw.At($"home|{line}") < 0.2 ? "NY" : Catalogue.MarketOf(who.Hub);

    private static bool IsDealer(Cast.Customer who) => who.Key.StartsWith("DLR", StringComparison.Ordinal);

    /// <summary>The order book at <paramref name="start"/>: about <paramref name="lines"/> lines, wanted within eight weeks.</summary>
    public static IEnumerable<(OrderLine Line, Promise Promise)> Book(Draw draw, Instant start, int lines)
    {
        int made = 0;
        for (int n = 0; made < lines; n++)
        {
            string order = $"SO-{7001 + n}";
            int days = draw.Whole($"wanted|{order}", 6, HorizonDays);
            Instant ordered = start - Voyage.Days(draw.Between($"ordered|{order}", 0.2, Math.Max(6, 52 - 0.6 * days)));
            foreach (OrderLine line in Order(draw, order, ordered, start + Duration.FromDays(days)))
            {
                made++;
                yield return (line, FirstPromise(draw, line));
            }
        }
    }

    /// <summary>The lines of one new order: one customer, one to three variants.</summary>
    public static IEnumerable<OrderLine> Order(Draw draw, string order, Instant ordered, Instant wanted)
    {
        Cast.Customer who = draw.Of($"who|{order}", [.. Cast.Customers.Select(static c => (c, c.Weight))]);
        Instant requested = Evening(who.Hub, wanted);
        int variants = IsDealer(who) ? draw.Whole($"variants|{order}", 1, 3) : 1;
        for (int i = 1; i <= variants; i++)
        {
            string key = $"{order}/{i}", market = Market(draw, who, key);
            Choices options = new([.. Catalogue.Features.Select(f => (f.Feature, draw.Of($"{f.Feature}|{key}", f.Options))), .. Catalogue.Switched(market)]);
            int quantity = draw.Whole($"quantity|{key}", who.Least, who.Most);
            yield return new(key, Cast.Brand, who.Key, Catalogue.Family, quantity, market, options, who.Hub, Voyage.Whole(ordered), requested,
                who.Class, Price(who, options, quantity), who.Class == 1 ? ShipComplete.Partial : ShipComplete.Whole, OrderStatus.Approved);
        }
    }

    /// <summary>What a customer is told at once: the day it asked for, or later when it asked at short notice.</summary>
    public static Promise FirstPromise(Draw draw, OrderLine line)
    {
        double notice = (line.Requested - line.Ordered).TotalDays;
        Instant date = notice >= 12 ? line.Requested : line.Requested + Duration.FromDays(draw.Whole($"later|{line.Key}", 3, 8));
        return new(line.Key, 1, Cast.Brand, date, new Share(0.9), line.Ordered + Duration.FromHours(draw.Whole($"given|{line.Key}", 1, 4)), "sales",
            notice >= 12 ? "date requested" : "short notice: earliest date offered");
    }

    /// <summary>The promise given for an order in the book. Where the plan keeps the first answer nine times in ten, that was it; most
    /// others were promised the plan's own 90 % date; the rest were promised more than is now likely, since something has gone wrong.</summary>
    public static Promise Promised(Draw draw, OrderLine line, Promise first, Dates forecast)
    {
        if (forecast.P90 <= first.Date) return first;
        double fate = draw.At($"fate|{line.Key}");
        Instant date = fate < 0.74 ? forecast.P90 + Duration.FromDays(1)
            : fate < 0.88 ? Instant.Max(first.Date, forecast.P50 + (forecast.P90 - forecast.P50) * 0.5)
            : Instant.Max(first.Date, forecast.P50 - Duration.FromDays(draw.Whole($"slip|{line.Key}", 1, 4)));
        return first with { Date = Evening(line.Hub.Value, date), Reason = "earliest date at 90 %" };
    }

    /// <summary>The first promise of a new order: the day it asked for, or the day it can be had when that is later.</summary>
    public static Promise Promised(OrderLine line, Instant earliest, Instant now) =>
        new(line.Key, 1, Cast.Brand, earliest <= line.Requested ? line.Requested : Evening(line.Hub.Value, earliest), new Share(0.9), Voyage.Whole(now), "sales",
            earliest <= line.Requested ? "date requested" : "earliest date at 90 %");

    private static Money Price(Cast.Customer who, Choices options, int quantity)
    {
        int one = 249900 + (options["battery"] switch { "400Wh" => 0, "500Wh" => 25000, _ => 55000 }) + (options["drive"] == "belt" ? 30000 : 0)
            + (options["rack"] == "yes" ? 6000 : 0);
        decimal rate = who.Key[..3] switch { "FLT" => 0.72m, "DLR" => 0.68m, _ => 1m };
        return new Money(one, who.Hub switch { "GVL" => "USD", "ALM" => "EUR", _ => "GBP" }) * (rate * quantity);
    }

    /// <summary>Five in the afternoon at the hub, on that weekday.</summary>
    private static Instant Evening(string hub, Instant on)
    {
        DateTimeZone zone = DateTimeZoneProviders.Tzdb[Hubs.ZoneOf(hub)];
        return Weekday(on.InZone(zone).Date).At(new LocalTime(17, 0)).InZoneLeniently(zone).ToInstant();
    }

    private static LocalDate Weekday(LocalDate day) => day.DayOfWeek switch
    {
        IsoDayOfWeek.Saturday => day.PlusDays(-1),
        IsoDayOfWeek.Sunday => day.PlusDays(1),
        _ => day,
    };
}
