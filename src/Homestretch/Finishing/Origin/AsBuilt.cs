using Homestretch.Landing;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Finishing.Origin;

/// <summary>A unit's content from its as-built record: what went in, by lot, with what each lot was paid, shipped and taxed for, and what its supplier declared. What no record says is left unknown.</summary>
public static class AsBuilt
{
    /// <summary>The content of a unit that was begun; null when there is no such unit. Day of delivery, cost of assembly, kind of processing and freight of the unit are in no record, so that they are unknown.</summary>
    public static UnitContent? Content(Snapshot world, string serial)
    {
        if (world.Units.Find(serial) is not { } unit) return null;
        var tables = LandingTables.Of(world);
        Build build = world.Builds[unit.Build];
        OrderLine order = world.OrderLines[build.OrderLine];
        Site site = world.Sites[world.AssemblyLines[build.Line].Site];
        LocalDate day = (unit.Completed ?? unit.Begun).InZone(DateTimeZoneProviders.Tzdb[site.TimeZone]).Date;
        string currency = tables.TerritoriesOf(site.Country, day) is [var own] ? own.Currency : order.Price?.Currency ?? "XXX";      // XXX: no currency (ISO 4217)
        long? price = order.Price is { } all && all.Currency == currency ? (long)decimal.Round((decimal)all.Minor / order.Quantity) : null;
        return new(serial, unit.Family.Value, Sources.Known(world, tables, unit.Family, world.Markets[unit.Market].Country, day)?.Hs ?? "", unit.Market.Value, null, currency, site.Country, Processing.Unknown, null, "", null, null, null, price,
            [.. world.UnitParts.StartingWith($"{serial}|").Where(static p => p.TakenOut is null).Select(p => Component(world, tables, p, site.Country, currency))]);
    }

    private static UnitComponent Component(Snapshot world, LandingTables tables, UnitPart part, string madeIn, string currency)
    {
        var unknown = new UnitComponent(part.Item.Value, part.LotNumber, part.Quantity.Value, part.Quantity.Unit, null, null, null, "", null, false);
        if (part.LotNumber.Length == 0 || world.Lots.Find(part.LotNumber) is not { } lot || lot.Item != part.Item || lot.Quantity.Unit != part.Quantity.Unit || lot.Quantity.Value <= 0) return unknown;
        Consignment came = lot.Shipment is { } shipment ? Sources.Arrived(world, tables, shipment) : Sources.Arrived(world, tables, lot);
        if (came.Lines.FirstOrDefault(l => l.Key == lot.Id) is not { } line) return unknown;
        UnitComponent declared = unknown with { Origin = line.Origin ?? "", Originating = Declared(tables, came, line, madeIn) };
        Landed? landed = LandedCost.Of(tables, came, new LandingPolicy()).Landed;
        if (landed is null || landed.Currency != currency) return declared with { Value = line is { Terms: DeliveryTerm.Fca, Price: { } paid } && paid.Currency == currency ? Minor(paid.Amount * part.Quantity.Value) : null };
        // a price with the carriage in it does not tell the value without
        bool apart = line.Terms == DeliveryTerm.Fca;
        return declared with { Value = apart ? Part(CostKind.Price) : null, Freight = apart ? Minor(Of(CostKind.Freight) + Of(CostKind.Insurance)) : null, Duty = Part(CostKind.Duty) };

        decimal Of(CostKind kind) => landed.Of(lot.Id, kind) * part.Quantity.Value / lot.Quantity.Value;
        long Part(CostKind kind) => Minor(Of(kind));
    }

    /// <summary>What the supplier's declaration lets one claim; null where nobody had to declare anything, since it came from the same territory.</summary>
    private static IReadOnlyList<string>? Declared(LandingTables tables, Consignment came, ConsignmentLine line, string madeIn)
    {
        if (string.IsNullOrEmpty(line.Origin) || came.Entered is not { } day) return null;
        bool domestic = line.Origin == madeIn || tables.TerritoriesOf(madeIn, day).Any(t => Listed.Of(t.Countries).Contains(line.Origin));
        return domestic && line.Claims.Count == 0 ? null : line.Claims;
    }

    private static long Minor(decimal major) => (long)decimal.Round(major * 100m);
}
