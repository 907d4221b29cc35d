using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Demo;

/// <summary>What the hubs finished in the weeks before the company as it stands: order lines with their promises, builds, and of each build the first unit with the lots that had come by then. Made of the company's own orders, ways and steps.</summary>
internal sealed class PastBuilds(Draw draw, Instant start, Snapshot world)
{
    /// <summary>Weeks that are remembered, orders a week, and how many of them were late.</summary>
    private const int Weeks = 8, OrdersAWeek = 6;
    private const double Late = 0.06;

    /// <summary>Between what comes in and a unit that has it in it.</summary>
    private static readonly Duration s_inStock = Duration.FromDays(1);

    private readonly Dictionary<string, Instant> _free = new(StringComparer.Ordinal);
    private readonly ILookup<string, (Lot Lot, Instant Came)> _came = Came(world);

    public IEnumerable<IRecord> Records()
    {
        var built = new FirstUnit(world, draw);
        for (int n = 0; n < Weeks * OrdersAWeek; n++)
        {
            string order = $"SO-{6001 + n}";
            Instant wanted = start - Duration.FromDays(Weeks * 7.0 * (1 - (n + 0.5) / (Weeks * OrdersAWeek)) - 1);
            foreach (OrderLine line in Demand.Order(draw, order, wanted - Duration.FromDays(draw.Whole($"notice|{order}", Demand.LeastNotice, Demand.MostNotice)), wanted))
            {
                Build build = Slot(line);
                if (build.End >= start || Issued(line, build.Start) is not { } issued) continue;
                yield return line with { Status = OrderStatus.Completed };
                yield return Demand.FirstPromise(draw, line);
                yield return build;
                foreach (IRecord record in built.Of(build, line, issued, build.End)) yield return record;
            }
        }
    }

    /// <summary>One after the other on a line of the hub, in the morning some days before the order was wanted, or after; a long one goes on next day.</summary>
    private Build Slot(OrderLine order)
    {
        var lines = Hubs.Lines.Where(l => l.Hub == order.Hub.Value).ToArray();
        var (line, hub, _, _, minutes) = lines[draw.Whole($"line|{order.Key}", 0, lines.Length - 1)];
        DateTimeZone zone = DateTimeZoneProviders.Tzdb[Hubs.ZoneOf(hub)];
        int before = draw.Chance($"late|{order.Key}", Late) ? -draw.Whole($"by|{order.Key}", 1, 3) : draw.Whole($"before|{order.Key}", 2, 5);
        Instant begins = Morning(order.Requested.InZone(zone).Date.PlusDays(-before), zone);
        if (_free.TryGetValue(line, out Instant free) && free > begins) begins = Hour(free.InZone(zone)) >= 13 ? Morning(free.InZone(zone).Date.PlusDays(1), zone) : free;
        double left = order.Quantity * minutes, today = (15 - Hour(begins.InZone(zone))) * 60;
        Instant ends = begins;
        for (; left > today; today = 7 * 60)
        {
            left -= today;
            ends = Morning(ends.InZone(zone).Date.PlusDays(1), zone);
        }
        _free[line] = ends = Voyage.Whole(ends + Duration.FromMinutes(left));
        return new(order.Key.Value, Cast.Brand, order.Key, line, order.Quantity, begins, ends, OrderStatus.Completed);
    }

    /// <summary>Of each part one unit's worth, from the lot that had come last; null: something had not come yet.</summary>
    private Issued[]? Issued(OrderLine order, Instant begins)
    {
        var issued = new List<Issued>();
        foreach (Part part in Catalogue.PartsOf(order.Market.Value, order.Options))
        {
            if (_came[$"{part.Item}|{order.Hub}"].LastOrDefault(c => c.Came < begins - s_inStock).Lot is not { } lot) return null;
            issued.Add(new(part, new Stock(order.Hub, part.Item, lot.Revision, lot.Id, Cast.Brand, new(part.PerUnit, "EA"), StockStatus.Available), part.PerUnit));
        }
        return [.. issued];
    }

    /// <summary>Lots by item and hub, with the last that was reported of their way, oldest first.</summary>
    private static ILookup<string, (Lot Lot, Instant Came)> Came(Snapshot world) => world.Lots.Where(static l => l is { State: LotState.Received, Shipment: not null })
        .Select(l => (Lot: l, Came: world.Milestones.StartingWith($"{l.Shipment}|").Where(static m => m.Classifier == Classifier.Actual).Select(static m => (Instant?)m.At).Max()))
        .Where(static x => x.Came is not null).Select(static x => (x.Lot, Came: x.Came!.Value)).OrderBy(static x => x.Came).ThenBy(static x => x.Lot.Id, StringComparer.Ordinal)
        .ToLookup(x => $"{x.Lot.Item}|{world.Lanes[x.Lot.Lane].To}", StringComparer.Ordinal);

    private static double Hour(ZonedDateTime at) => at.Hour + at.Minute / 60.0;

    private static Instant Morning(LocalDate day, DateTimeZone zone)
    {
        while (day.DayOfWeek >= IsoDayOfWeek.Saturday) day = day.PlusDays(1);
        return day.At(new LocalTime(8, 0)).InZoneLeniently(zone).ToInstant();
    }
}
