using Homestretch.World;
using NodaTime;

namespace Homestretch.Landing;

/// <summary>A way to buy an item, with what a unit of it costs at the hub.</summary>
/// <param name="Quantity">Units in the consignment that was counted.</param>
/// <param name="Landed">Null with findings.</param>
public sealed record SourceLanded(ItemSupplier Source, Consignment Consignment, decimal Quantity, Landed? Landed, IReadOnlyList<Finding> Findings);

/// <summary>Which ways to buy are asked for.</summary>
/// <param name="To">Key of a site, a market or a customs territory; null: all.</param>
/// <param name="Quantity">Units in one consignment; null: the smallest purchase.</param>
public sealed record SourceQuery(LocalDate Entered, string? Item = null, string? Supplier = null, string? To = null, decimal? Quantity = null);

/// <summary>Makes consignments from the world's records: of ways to buy, before anything is bought, and of shipments that came.</summary>
public static class Sources
{
    /// <summary>Every way to buy that is asked for and may be ordered on the day, in order of its key.</summary>
    public static IReadOnlyList<SourceLanded> Landed(Snapshot world, SourceQuery query, LandingPolicy policy)
    {
        var tables = LandingTables.Of(world);
        var all = new List<SourceLanded>();
        foreach (ItemSupplier s in world.ItemSuppliers)
        {
            if (query.Item is { } item && s.Item.Value != item || query.Supplier is { } supplier && s.Supplier.Value != supplier || !LandingTables.InForce(s.From, s.To, query.Entered)) continue;
            if (query.To is { } to && !IsAt(world, tables, world.Sites[world.Lanes[s.Lane].To], to, query.Entered)) continue;
            decimal quantity = query.Quantity ?? Math.Max(s.Minimum, s.Multiple);
            Consignment consignment = Planned(world, tables, s, quantity, query.Entered);
            var (landed, findings) = LandedCost.Of(tables, consignment, policy);
            all.Add(new(s, consignment, quantity, landed, findings));
        }
        return all;
    }

    /// <summary>What a purchase would be at customs when it is entered on a day: its price is the item's cost, its days on the way are those of the lane's steps at their medians.</summary>
    public static Consignment Planned(Snapshot world, LandingTables tables, ItemSupplier source, decimal quantity, LocalDate entered)
    {
        Lane lane = world.Lanes[source.Lane];
        Route route = Route.Of(world, lane);
        Item item = world.Items[source.Item];
        Charge? price = item.Cost is { } cost ? new(cost.Major, cost.Currency, $"items {item.Key}") : null;
        return new(source.Id, Country(world, lane.From), Country(world, lane.To), route.Mode, entered.PlusDays(-(int)decimal.Round(route.DaysToEntry)), entered, route.Days, PerShipment(world, lane, [item.Key]),
            [Line(world, tables, source.Id, item, source.Supplier, lane, new(quantity, item.Unit), price, entered)]);
    }

    /// <summary>What came in one shipment, as one entry with a line for each lot: prices of the purchases, and the days that its milestones tell.</summary>
    public static Consignment Arrived(Snapshot world, LandingTables tables, Key<Shipment> shipment) => Arrived(world, tables, shipment.Value, shipment, [.. world.Lots.Where(l => l.Shipment == shipment)]);

    /// <summary>One lot as an entry of its own.</summary>
    public static Consignment Arrived(Snapshot world, LandingTables tables, Lot lot) => Arrived(world, tables, lot.Id, lot.Shipment, [lot]);

    private static Consignment Arrived(Snapshot world, LandingTables tables, string key, Key<Shipment>? shipment, Lot[] lots)
    {
        if (lots.Length == 0) return new(key, "", "", Mode.None, null, null, 0, null, []);
        Lane lane = world.Lanes[lots[0].Lane];
        Route route = Route.Of(world, lane);
        Instant? left = shipment is { } s ? Told(world, s, route.MainStep, Edge.Begin) : null, cleared = shipment is { } c ? Told(world, c, route.EntryStep, Edge.End) : null;
        LocalDate? exported = left is { } l ? Day(l, world.Sites[lane.From]) : null, entered = cleared is { } e ? Day(e, world.Sites[lane.To]) : null;
        decimal days = cleared is { } at ? Math.Max(0, (decimal)lots.Average(lot => (at - lot.Ready).TotalDays)) : 0;
        return new(key, Country(world, lane.From), Country(world, lane.To), route.Mode, exported, entered, decimal.Round(days, 2), PerShipment(world, lane, [.. lots.Select(static lot => lot.Item)]), [.. lots.Select(lot =>
        {
            PurchaseOrderLine? bought = world.PurchaseOrderLines.Find(lot.PurchaseOrderLine);
            Charge? price = bought?.Price is { } paid ? new(paid.Major, paid.Currency, $"purchase_order_lines {bought.Key}") : null;
            return Line(world, tables, lot.Id, world.Items[lot.Item], bought?.Supplier ?? lot.Party, lane, lot.Quantity, price, entered);
        })]);
    }

    /// <summary>The one way from records to a line, for what is planned and for what came.</summary>
    private static ConsignmentLine Line(Snapshot world, LandingTables tables, string key, Item item, Key<Party> supplier, Lane lane, Quantity quantity, Charge? price, LocalDate? entered)
    {
        CustomsItem? known = entered is { } day ? Known(world, tables, item.Key, Country(world, lane.To), day) : null;
        ItemOrigin? origin = entered is { } on ? world.ItemOrigins.StartingWith($"{item.Key}|{supplier}|").LastOrDefault(o => LandingTables.InForce(o.From, o.To, on)) : null;
        FreightRate? rate = world.FreightRates.Find($"{lane.Key}|{item.Key}");
        Charge? freight = rate?.PerUnit is { } each ? new(each.Major * quantity.Value, each.Currency, $"freight_rates {rate.Id}") : null;
        return new(key, known?.Hs, origin?.Country, quantity.Value, quantity.Unit, known?.Kilograms, price, freight, origin?.Terms ?? DeliveryTerm.Fca, Listed.Of(origin?.Claims ?? ""));
    }

    /// <summary>What customs of a country knows an item by on a day; null: nothing.</summary>
    internal static CustomsItem? Known(Snapshot world, LandingTables tables, Key<Item> item, string country, LocalDate day)
    {
        CustomsItem[] all = [.. world.CustomsItems.StartingWith($"{item}|").Where(c => LandingTables.InForce(c.From, c.To, day))];
        string? territory = tables.TerritoriesOf(country, day) is [var one] ? one.Key.Value : null;
        return all.LastOrDefault(c => c.Territory.Length > 0 && c.Territory == territory) ?? all.LastOrDefault(static c => c.Territory.Length == 0);
    }

    /// <summary>What a shipment costs on top: the most that a rate of its items says.</summary>
    private static Charge? PerShipment(Snapshot world, Lane lane, IReadOnlyList<Key<Item>> items)
    {
        FreightRate? most = items.Select(i => world.FreightRates.Find($"{lane.Key}|{i}")).Where(static r => r?.PerUnit is not null).MaxBy(static r => r!.PerShipment);
        return most is { PerShipment: > 0, PerUnit: { } each } ? new(most.PerShipment, each.Currency, $"freight_rates {most.Id}") : null;
    }

    private static bool IsAt(Snapshot world, LandingTables tables, Site site, string to, LocalDate day)
    {
        if (site.Key.Value == to) return true;
        string country = world.Markets.Find(to)?.Country ?? to;
        return site.Country == country || tables.TerritoriesOf(site.Country, day).Any(t => t.Key.Value == to || t.Key.Value == country);
    }

    private static string Country(Snapshot world, Key<Site> site) => world.Sites[site].Country;
    private static LocalDate Day(Instant at, Site site) => at.InZone(DateTimeZoneProviders.Tzdb[site.TimeZone]).Date;

    /// <summary>The best that is known of a step's begin or end: actual before estimated before planned, the latest told of each.</summary>
    private static Instant? Told(Snapshot world, Key<Shipment> shipment, int step, Edge edge) => world.Milestones.StartingWith($"{shipment}|{step:00}|{(int)edge}|").Where(static m => m.Observed)
        .OrderByDescending(static m => m.Classifier).ThenByDescending(static m => m.Reported).FirstOrDefault()?.At;

    /// <param name="Mode">Mode of the longest leg.</param>
    /// <param name="MainStep">Its step.</param>
    /// <param name="EntryStep">Step whose end is the entry: customs, or the last.</param>
    /// <param name="Days">Of all steps at their medians.</param>
    /// <param name="DaysToEntry">From the begin of the main leg to the entry.</param>
    private sealed record Route(Mode Mode, int MainStep, int EntryStep, decimal Days, decimal DaysToEntry)
    {
        public static Route Of(Snapshot world, Lane lane)
        {
            LaneStep[] steps = [.. world.LaneSteps.StartingWith($"{lane.Key}|")];
            LaneStep? main = steps.Where(static s => s.Kind == StepKind.Leg).MaxBy(static s => s.P50Days), customs = steps.FirstOrDefault(static s => s.Kind == StepKind.Customs) ?? steps.LastOrDefault();
            return new(main?.Mode ?? Mode.None, main?.Sequence ?? 0, customs?.Sequence ?? 0, steps.Sum(static s => s.P50Days), steps.Where(s => s.Sequence >= main?.Sequence && s.Sequence <= customs?.Sequence).Sum(static s => s.P50Days));
        }
    }
}
