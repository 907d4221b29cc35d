using NodaTime;

namespace Homestretch.World;

/// <summary>What a bin is for; it decides whether what lies there may be used.</summary>
public enum BinKind
{
    /// <summary>Where goods come in; they may be used, and should be put away.</summary>
    Dock,

    /// <summary>Where goods are stored.</summary>
    Shelf,

    /// <summary>Beside an assembly line.</summary>
    LineSide,

    /// <summary>Kept back by quality: nothing in it may be used.</summary>
    Hold,

    /// <summary>Not cleared by customs yet, bonded, or in a free zone: nothing in it may be used.</summary>
    Customs,
}

/// <summary>A place at a site where stock lies.</summary>
/// <param name="Walk">Place in the order in which people walk past the bins.</param>
/// <param name="Item">Only item that it takes; null: any.</param>
/// <param name="Most">Most that it takes, in the item's unit; null: no limit.</param>
/// <param name="Least">Least that should lie in it, in the item's unit: with less it calls for more; null: it never calls.</param>
/// <param name="CountDays">Days within which what lies in it is counted again (cycle counting); null: only when somebody does not find what should lie there.</param>
public sealed record Bin(Key<Site> Site, string Code, Key<Party> Party, BinKind Kind, int Walk, Key<Item>? Item, decimal? Most, decimal? Least = null, int? CountDays = null) : IRecord<Bin>
{
    public static string TableName => "bins";
    public static string TableDoc => "A place at a site where stock lies; its kind decides whether what lies there may be used.";
    public string Id => $"{Site}|{Code}";

    /// <summary>What stock in it is.</summary>
    public StockStatus Status => Kind switch { BinKind.Hold => StockStatus.Hold, BinKind.Customs => StockStatus.Customs, _ => StockStatus.Available };

    public static Bin Shape(Fields f, Bin? x) => new(
        f.Ref("site", x?.Site, "Site it is at."),
        f.Part("bin", x?.Code, "Code on its label, unique at the site."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Choice<BinKind>("kind", x?.Kind, "What it is for; nothing in hold and customs may be used.", BinKind.Shelf),
        f.Whole("walk", x?.Walk, "Place in the order in which people walk past the bins.", 0),
        f.OptionalRef("item", x?.Item, "Only item that it takes; empty: any."),
        f.OptionalNumber("most", x?.Most, "Most that it takes, in the item's unit; empty: no limit."),
        f.OptionalNumber("least", x?.Least, "Least that should lie in it, in the item's unit: with less it calls for more; empty: it never calls. Only of a bin with an item."),
        f.OptionalWhole("count_days", x?.CountDays, "Days within which what lies in it is counted again; empty: only when somebody does not find what should lie there."));
}

/// <summary>How much of a row of stock lies in a bin, or in the kit of a build.</summary>
/// <param name="Bin">Code of a bin of the site, or <c>kit:BUILD</c> for what was picked for a build.</param>
/// <param name="Counted">When it was counted last; what happened before that is in the count. Null: never.</param>
public sealed record BinStock(Key<Site> Site, string Bin, Key<Item> Item, string Revision, string LotNumber, Key<Party> Party, Quantity Quantity, Instant? Counted) : IRecord<BinStock>
{
    /// <summary>What stands before a build in place of a bin's code.</summary>
    public const string Kit = "kit:";

    public static string TableName => "bin_stock";
    public static string TableDoc => "How much of a row of stock lies in a bin, or was picked into the kit of a build. What stock has beyond its bins has no place yet.";
    public string Id => $"{Site}|{Bin}|{Item}|{Revision}|{LotNumber}";

    /// <summary>Key of the row of stock that it is part of.</summary>
    public string StockKey => $"{Site}|{Item}|{Revision}|{LotNumber}";

    public static BinStock Shape(Fields f, BinStock? x) => new(
        f.Ref("site", x?.Site, "Site where it lies."),
        f.Part("bin", x?.Bin, "Code of the bin, or kit: and the build it was picked for."),
        f.Ref("item", x?.Item, "Item."),
        f.Part("revision", x?.Revision, "Revision; empty when unknown.", ""),
        f.Part("lot_number", x?.LotNumber, "Lot it came in, as its row of stock has it.", ""),
        f.Ref("party", x?.Party, "Party that owns it."),
        f.Quantity("quantity", x?.Quantity, "Amount there."),
        f.OptionalMoment("counted", x?.Counted, "When it was counted last; empty: never."));
}
