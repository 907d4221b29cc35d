using Homestretch.Landing;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Seeing;

/// <summary>What a unit costs once it lies at the hub, by every way to buy it, and what a lot that came has cost.</summary>
internal static class LandedViews
{
    private const int MostLots = 50;

    public static LandedView Of(Snapshot world, LocalDate today, LandedQuery query)
    {
        var policy = new LandingPolicy();
        LocalDate entered = query.On ?? today;
        return new(entered, policy.HoldingRate, [.. Sources.Landed(world, new(entered, query.Item, query.Supplier, query.To, query.Quantity), policy).Select(s => Row(world, s))]);
    }

    public static LandedChoices Choices(Snapshot world) => new(
        [.. world.ItemSuppliers.GroupBy(static s => s.Item).Select(g => new LandedItem(g.Key.Value, world.Items[g.Key].Name, [.. g.Select(static s => s.Supplier).Distinct().Select(s => new Named(s.Value, world.Parties[s].Name))]))],
        [.. world.ItemSuppliers.Select(s => world.Lanes[s.Lane].To).Distinct().Order().Select(s => new Named(s.Value, world.Sites[s].Name)), .. world.Markets.Select(static m => new Named(m.Id, m.Name))]);

    public static IReadOnlyList<LandedLotRow> Lots(Snapshot world, string item)
    {
        var tables = LandingTables.Of(world);
        return [.. world.Lots.Where(l => l.Item.Value == item && l.State == LotState.Received && l.PurchaseOrderLine is not null).Select(l => new LandedLotRow(l.Id, l.Quantity.Value, l.Quantity.Unit, Sources.Arrived(world, tables, l).Entered))
            .OrderByDescending(static l => l.Entered).ThenBy(static l => l.Lot, StringComparer.Ordinal).Take(MostLots)];
    }

    /// <summary>Planned: the way by which it was bought, in one consignment of its size, entered on the day it was due. Come: an entry of its own, by its milestones and what was paid.</summary>
    public static LandedLot? Lot(Snapshot world, DateTimeZone zone, string key)
    {
        if (world.Lots.Find(key) is not { } lot) return null;
        var tables = LandingTables.Of(world);
        var policy = new LandingPolicy();
        PurchaseOrderLine? bought = world.PurchaseOrderLines.Find(lot.PurchaseOrderLine);
        ItemSupplier? way = bought is null ? null : world.ItemSuppliers.Find($"{lot.Item}|{bought.Supplier}|{lot.Lane}");
        return new(key, lot.Item.Value, (bought?.Supplier ?? lot.Party).Value, lot.Lane.Value, lot.Quantity.Value, lot.Quantity.Unit,
            way is null ? null : Side(tables, Sources.Planned(world, tables, way, lot.Quantity.Value, bought!.Due.InZone(zone).Date), policy), Side(tables, Sources.Arrived(world, tables, lot), policy));
    }

    private static LandedSide Side(LandingTables tables, Consignment consignment, LandingPolicy policy)
    {
        var (landed, findings) = LandedCost.Of(tables, consignment, policy);
        return new(consignment.Entered, consignment.Days, landed?.Currency, landed?.Total, landed?.Components ?? [], findings);
    }

    private static LandedSource Row(Snapshot world, SourceLanded s) => new(s.Source.Item.Value, s.Source.Supplier.Value, s.Source.Lane.Value, world.Lanes[s.Source.Lane].Name, s.Quantity, s.Consignment.Lines[0].Origin, s.Consignment.Lines[0].Hs, s.Landed?.Territory, s.Landed?.Currency,
        s.Landed?.Total, s.Landed is { } l ? decimal.Round(l.Total / s.Quantity, 4) : null, s.Landed?.Components ?? [], s.Landed?.SetAside ?? [], s.Findings,
        [.. (s.Landed?.Components ?? []).Select(static c => c.Row).Concat((s.Landed?.SetAside ?? []).Select(static a => a.Row)).Distinct().Select(r => Dates(world, r)).OfType<LandedRow>()]);

    /// <summary>Since when and until when a row holds; null: it says neither.</summary>
    private static LandedRow? Dates(Snapshot world, string row) => row.Split(' ', 2) switch
    {
        ["duty_measures", var key] when world.DutyMeasures.Find(key) is { } m => new(row, m.From, m.To),
        ["customs_fees", var key] when world.CustomsFees.Find(key) is { } f => new(row, f.From, f.To),
        ["insurance_rates", var key] when world.InsuranceRates.Find(key) is { } i => new(row, i.From, i.To),
        _ => null,
    };
}
