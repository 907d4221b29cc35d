using Homestretch.World;
using NodaTime;

namespace Homestretch.Finishing.Floor;

/// <summary>What customs lets be done with a lot. What is under relief may only go into kits whose order leaves the customs territory of the hub; what is held goes into none.</summary>
internal static class Customs
{
    /// <summary>The office says where a lot stands that is at the site, or is announced to it, by which document.</summary>
    public static Refusal? Set(Doing d)
    {
        if (d.Said.LotNumber.Length == 0) return new("no-lot", "No lot was named.", "Name the lot.");
        if (CustomsSaying.Read(d.Said.Values, out CustomsSaying said) is { } unread) return unread;
        if (said.Standing is not { } standing) return new("customs-word", "Nothing was said of customs.", $"Say {string.Join(", ", Words.Of<CustomsStanding>())}.");
        Stock[] rows = [.. d.World.Stock.Where(s => s.Site == d.Said.Site && StockRow.LotOf(s.LotNumber) == d.Said.LotNumber && (d.Said.Item.Length == 0 || s.Item.Value == d.Said.Item))];
        if (rows.Length == 0 && d.World.Lots.Find(d.Said.LotNumber) is { State: < LotState.Received } coming && d.World.Lanes[coming.Lane].To == d.Said.Site && (d.Said.Item.Length == 0 || coming.Item.Value == d.Said.Item))
        {
            d.Said = d.Said with { Item = coming.Item.Value };
            d.Note = "It has not come in yet: it will stand so when it does.";
            return null;
        }
        if (rows.Length == 0) return new("unknown-lot", $"{d.Said.Site} has no lot {d.Said.LotNumber}{(d.Said.Item.Length > 0 ? $" of {d.Said.Item}" : "")}.", "Name a lot that has come in or is announced.");
        if (rows.Select(static r => r.Item).Distinct().Count() > 1) return new("which-item", $"Lot {d.Said.LotNumber} is of {string.Join(", ", rows.Select(static r => r.Item).Distinct())}.", "Name the item too.");
        foreach (Stock row in rows) d.Put(row with { Customs = standing, CustomsDocument = said.Document });
        d.Said = d.Said with { Item = rows[0].Item.Value };
        decimal picked = d.World.BinStock.StartingWith($"{d.Said.Site}|{BinStock.Kit}").Where(b => rows.Any(r => r.Id == b.StockKey)).Sum(static b => b.Quantity.Value);
        if (picked > 0) d.Note = $"{picked} of it lie in kits already: look whether they may stay there.";
        return null;
    }

    /// <summary>Where a lot stands, by which document: as its rows have it, else as the office said before it came in.</summary>
    /// <param name="told">Of the same world.</param>
    public static CustomsSaying Of(Doing d, Key<Item> item, string lot, ILookup<string, CustomsSaying> told) =>
        Rows(d, item, lot).FirstOrDefault(static s => s.Customs != CustomsStanding.Unknown) is { } row ? new(row.Customs, row.CustomsDocument) : told[lot].Append(new(CustomsStanding.Unknown, "")).First();

    /// <summary>What the office has said of lots at a site, the latest first.</summary>
    public static ILookup<string, CustomsSaying> Told(Snapshot world, Key<Site> site) => world.FloorOperations.Where(o => o.Act == FloorAct.SetCustoms && o.Answer == FloorAnswer.Accepted && o.Site == site)
        .OrderByDescending(static o => o.Heard).ThenByDescending(static o => o.Id, StringComparer.Ordinal).ToLookup(static o => o.LotNumber, static o => CustomsSaying.Of(o.Values), StringComparer.Ordinal);

    /// <summary>Whether whoever receives a lot is asked where it stands with customs: nobody has said, and it is not known to come from within the customs territory.</summary>
    public static bool Asks(Snapshot world, Lot lot, CustomsStanding known, LocalDate day) => known == CustomsStanding.Unknown && Leaves(world, world.Sites[world.Lanes[lot.Lane].From].Country, world.Sites[world.Lanes[lot.Lane].To].Country, day) != false;

    /// <summary>Day on which customs let a lot's shipment go, at the site, as somebody told that saw it; null: nobody has.</summary>
    public static LocalDate? Cleared(Snapshot world, Lot lot)
    {
        if (lot.Shipment is not { } shipment || world.LaneSteps.StartingWith($"{lot.Lane}|").FirstOrDefault(static s => s.Kind == StepKind.Customs) is not { } step) return null;
        return world.Milestones.StartingWith($"{shipment}|{step.Sequence:00}|{(int)Edge.End}|{(int)Classifier.Actual}|").Where(static m => m.Observed).MaxBy(static m => m.Reported)?.At.InZone(DateTimeZoneProviders.Tzdb[world.Sites[world.Lanes[lot.Lane].To].TimeZone]).Date;
    }

    /// <summary>The row that goods come into takes what is said of them, and with it all rows of the lot.</summary>
    public static void Set(Doing d, Item item, string lot, StockRow into, CustomsStanding standing, string document)
    {
        d.Stock.Stands(into, standing, document);
        foreach (Stock row in Rows(d, item.Key, lot).Where(r => r.Id != into.Key)) d.Put(row with { Customs = standing, CustomsDocument = document });
    }

    private static IEnumerable<Stock> Rows(Doing d, Key<Item> item, string lot) => d.World.Stock.StartingWith($"{d.Said.Site}|{item}|").Where(s => StockRow.LotOf(s.LotNumber) == lot);

    /// <summary>Why a row may not go into the kit of an order; null when it may.</summary>
    public static Refusal? Bars(Doing d, Stock row, Build build, OrderLine order)
    {
        string lot = StockRow.LotOf(row.LotNumber), by = row.CustomsDocument.Length > 0 ? $", by {row.CustomsDocument}" : "";
        if (row.Customs == CustomsStanding.CustomsHold) return new("customs-hold", $"Lot {lot} is held by customs{by}.", $"Leave it there; ask who clears goods for {d.World.Parties[row.Party].Name} about it.");
        if (row.Customs is not (CustomsStanding.Bonded or CustomsStanding.InwardProcessing)) return null;
        return Leaves(d.World, d.World.Sites[row.Site].Country, d.World.Markets[order.Market].Country, Kits.Day(d, build)) switch
        {
            true => null,
            false => new("relief-lost", $"Lot {lot} is under {Words.Of(row.Customs)}{by}, and the order for {order.Market} stays in the customs territory: duty would fall due.", "Take a lot that is duty paid, or have this one cleared first."),
            null => new("relief-unknown", $"Lot {lot} is under {Words.Of(row.Customs)}{by}, and whether an order for {order.Market} leaves the customs territory is not known.", "Take a lot that is duty paid; tell the planner that a country is missing."),
        };
    }

    /// <summary>Whether goods that are finished in one country for a market in another leave the customs territory; null: a country is not known.</summary>
    public static bool? Leaves(Snapshot world, string from, string to, LocalDate day)
    {
        if (from.Length == 0 || to.Length == 0) return null;
        if (Same(from, to)) return false;
        return !world.CustomsTerritories.Any(t => Kits.Within(t.From, t.To, day) && In(t, from) && In(t, to));

        // a market may be of the territory as a whole, such as EU
        static bool In(CustomsTerritory t, string country) => Same(t.Id, country) || t.Countries.Split(';', StringSplitOptions.TrimEntries).Any(c => Same(c, country));
        static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>How well a lot fits an order, the lowest first: what is under relief belongs where the relief is kept, duty paid where it would be lost; what nobody knows comes last.</summary>
    public static int Rank(Stock row, bool? leaves) => row.Customs switch
    {
        CustomsStanding.Bonded or CustomsStanding.InwardProcessing => leaves == true ? 0 : 3,
        CustomsStanding.DutyPaid => leaves == true ? 1 : 0,
        CustomsStanding.Unknown => 2,
        _ => 4,
    };
}
