using System.Globalization;
using Homestretch.Exchange.Gs1;
using Homestretch.Finishing.Floor;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Exchange.Printing;

/// <summary>Labels of the floor out of records: of a lot, a bin, a kit, a unit. The floor app reads each of them.</summary>
public static class FloorLabels
{
    /// <summary>A lot: item, lot, revision and amount as GS1 element strings, by GTIN where the item has one and by part number where not; as plain text where GS1 has not the signs for it.</summary>
    /// <param name="amount">What lies in this package; null: all that lies at the site.</param>
    public static Sticker Of(LotOnFloor lot, decimal? amount)
    {
        decimal quantity = amount ?? lot.OnHand.Value;
        bool counted = quantity == decimal.Truncate(quantity) && quantity is > 0 and < 100_000_000;
        string item = lot.Item.Id, gtin = lot.Item.Gtin;
        (string, string)[] elements = gtin.Length > 0
            ? [("01", World.Gtin.Filled(gtin)), .. Said("10", lot.Lot), .. Said("22", lot.Revision), .. Said("240", item), .. Count("30")]
            : [("240", item), .. Said("10", lot.Lot), .. Said("91", lot.Revision), .. Count("30")];
        return Sticker.Of(Gs1Writing.Write(elements), $"{item}|{lot.Revision}|{lot.Lot}",
        [
            new(item, 5.5, true), new(lot.Item.Name, 3.2), new($"Lot {(lot.Lot.Length > 0 ? lot.Lot : "unknown")}", 4.5, true), new($"{quantity.ToString("0.######", CultureInfo.InvariantCulture)} {lot.Item.Unit}   Revision {(lot.Revision.Length > 0 ? lot.Revision : "unknown")}", 4),
            new($"Received {(lot.Received is { } day ? LocalDatePattern.Iso.Format(day) : "unknown")}", 3.2), .. lot.Statuses.Select(static s => new StickerLine(s, 3.6, true)), new(Readable(elements), 2),
        ]);

        (string, string)[] Count(string code) => counted ? [(code, quantity.ToString("0", CultureInfo.InvariantCulture))] : [];
    }

    public static Sticker Of(Bin bin) => Sticker.Of(null, bin.Code,
        [new(bin.Code, 12, true), new(bin.Kind switch { BinKind.Hold => "HELD GOODS: use nothing from here", BinKind.Customs => "NOT CLEARED BY CUSTOMS: use nothing from here", BinKind.Dock => "Goods come in here", BinKind.LineSide => "Beside the line", _ => "" }, 3.6, true), new(bin.Item is { } only ? $"Only {only}" : "", 4), new(bin.Most is { } most ? $"At most {most.ToString("0.######", CultureInfo.InvariantCulture)}" : "", 3.6), new($"Site {bin.Site}", 3)]);

    public static Sticker Of(Snapshot world, Build build)
    {
        OrderLine order = world.OrderLines[build.OrderLine];
        AssemblyLine line = world.AssemblyLines[build.Line];
        string begins = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm").Format(build.Start.InZone(DateTimeZoneProviders.Tzdb[world.Sites[line.Site].TimeZone]).LocalDateTime);
        return Sticker.Of(null, $"kit:{build.Key}", [new($"Kit {build.Key}", 5.5, true), new($"Order {order.Key}, {build.Quantity} × {order.Family} for {order.Market}", 3.6), new(order.Options.ToString(), 3), new($"Line {line.Key}, begins {begins}", 3.6, true)]);
    }

    /// <summary>A unit's nameplate: what the records say stands on it in its market. The QR code leads to the unit's page, its record and what may be claimed of it, or to its passport.</summary>
    /// <param name="hub">Address of the hub without a slash at its end, such as https://hub.example.com.</param>
    /// <param name="passport">Address of the unit's passport where its market asks for one: the code leads there; null: to the unit's page.</param>
    public static Sticker Of(Snapshot world, Unit unit, string hub, string? passport = null)
    {
        OrderLine order = world.OrderLines[world.Builds[unit.Build].OrderLine];
        Item family = world.Items[unit.Family];
        LocalDate day = world.DayOf(order, unit.Begun);
        IReadOnlyList<string> within = world.Within(unit.Market.Value);
        MarketRule[] rules = [.. world.Rules(unit.Market, unit.Family, day).Where(r => r.Kind == MarketRuleKind.Label && r.When.Holds(within, order.Options))];
        string words = rules.Length > 0 ? "" : "Nothing is recorded of what must stand on it here.";
        return new(100, 50, SymbolKind.Qr, passport ?? $"{hub}/units/{Uri.EscapeDataString(unit.Id)}",
            [new(unit.Id, 5.5, true), new($"{family.Name} ({family.Key})", 3.6), new($"{world.Parties[family.Party].Name}   {world.Markets[unit.Market].Name}   {LocalDatePattern.CreateWithInvariantCulture("uuuu-MM").Format(day)}", 3.2), .. rules.Select(static r => new StickerLine(r.Value, 3.2)), new(words, 3, true), new(rules.Any(static r => r.Sample) ? "SAMPLE RULES: not to be relied on" : "", 2.6, true)]);
    }

    private static IEnumerable<(string, string)> Said(string code, string value) => value.Length > 0 ? [(code, value)] : [];
    private static string Readable((string Code, string Value)[] elements) => string.Concat(elements.Select(static e => $"({e.Code}){e.Value}"));
}
