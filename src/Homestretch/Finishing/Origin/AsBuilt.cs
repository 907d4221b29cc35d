using Homestretch.Finishing.Tracing;
using Homestretch.Landing;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Finishing.Origin;

/// <summary>A unit's content from its as-built record: what went in, by lot, with what each lot was paid, shipped and taxed for, and what its supplier declared. What no record says is left unknown.</summary>
public static class AsBuilt
{
    /// <summary>The content of a unit that was begun; null when the world has no such unit.</summary>
    public static UnitContent? Content(Snapshot world, string serial) => UnitRecords.Of(world, serial) is { } unit ? Content(world, unit) : null;

    /// <summary>The content of a unit by its as-built record, which may be older than what the world still knows. Day of delivery, cost of assembly, kind of processing and freight of the unit are in no record, so that they are unknown.</summary>
    public static UnitContent Content(Snapshot world, UnitRecord unit)
    {
        var tables = LandingTables.Of(world);
        OrderLine? order = world.OrderLines.Find(unit.OrderLine);
        Site site = world.Sites[unit.Hub];
        LocalDate day = (unit.Completed ?? unit.Begun).InZone(DateTimeZoneProviders.Tzdb[site.TimeZone]).Date;
        string currency = tables.TerritoriesOf(site.Country, day) is [var own] ? own.Currency : order?.Price?.Currency ?? "XXX";      // XXX: no currency (ISO 4217)
        long? price = order is { Price: { } all } && all.Currency == currency ? (long)decimal.Round((decimal)all.Minor / order.Quantity) : null;
        return new(unit.Serial, unit.Family, Sources.Known(world, tables, unit.Family, world.Markets[unit.Market].Country, day)?.Hs ?? "", unit.Market, null, currency, site.Country, Processing.Unknown, null, "", null, null, null, price,
            [.. unit.Parts.Where(static p => p.TakenOut is null).Select(p => Component(world, tables, p, site.Country, currency))]);
    }

    private static UnitComponent Component(Snapshot world, LandingTables tables, PartRecord part, string madeIn, string currency)
    {
        var unknown = new UnitComponent(part.Item, part.Lot, part.Quantity, part.Unit, null, null, null, "", null, false);
        if (part.Lot.Length == 0 || world.Lots.Find(part.Lot) is not { } lot || lot.Item != part.Item || lot.Quantity.Unit != part.Unit || lot.Quantity.Value <= 0) return unknown;
        Consignment came = Came(world, tables, lot);
        if (came.Lines.FirstOrDefault(l => l.Key == lot.Id) is not { } line) return unknown;
        UnitComponent declared = unknown with { Origin = line.Origin ?? "", Originating = Declared(tables, came, line, madeIn) };
        Landed? landed = LandedCost.Of(tables, came, new LandingPolicy()).Landed;
        if (landed is null || landed.Currency != currency) return declared with { Value = line is { Terms: DeliveryTerm.Fca, Price: { } paid } && paid.Currency == currency ? Minor(paid.Amount * part.Quantity) : null };
        // a price with the carriage in it does not tell the value without
        bool apart = line.Terms == DeliveryTerm.Fca;
        return declared with { Value = apart ? Part(CostKind.Price) : null, Freight = apart ? Minor(Of(CostKind.Freight) + Of(CostKind.Insurance)) : null, Duty = Part(CostKind.Duty) };

        decimal Of(CostKind kind) => landed.Of(lot.Id, kind) * part.Quantity / lot.Quantity.Value;
        long Part(CostKind kind) => Minor(Of(kind));
    }

    /// <summary>What is known of where a lot comes from, as a unit's content will have it: its origin, the agreements it may be claimed under, and what was paid for one without its way.</summary>
    internal static LotOrigin Lot(Snapshot world, LandingTables tables, Lot lot, string madeIn)
    {
        Consignment came = Came(world, tables, lot);
        return came.Lines.FirstOrDefault(l => l.Key == lot.Id) is not { } line ? LotOrigin.Unknown : new(line.Origin ?? "", Declared(tables, came, line, madeIn), line.Terms == DeliveryTerm.Fca ? line.Price : null);
    }

    private static Consignment Came(Snapshot world, LandingTables tables, Lot lot) => lot.Shipment is { } shipment ? Sources.Arrived(world, tables, shipment) : Sources.Arrived(world, tables, lot);

    /// <summary>What the supplier's declaration lets one claim; null where nobody had to declare anything, since it came from the same territory.</summary>
    private static IReadOnlyList<string>? Declared(LandingTables tables, Consignment came, ConsignmentLine line, string madeIn)
    {
        if (string.IsNullOrEmpty(line.Origin) || came.Entered is not { } day) return null;
        bool domestic = line.Origin == madeIn || tables.TerritoriesOf(madeIn, day).Any(t => Listed.Of(t.Countries).Contains(line.Origin));
        return domestic && line.Claims.Count == 0 ? null : line.Claims;
    }

    private static long Minor(decimal major) => (long)decimal.Round(major * 100m);
}
