using Homestretch.World;

namespace Homestretch.Finishing.Floor;

/// <summary>A row of stock at a site. Goods of one lot that may not all be used are rows of their own: the lot's number with a mark for what keeps them back.</summary>
internal readonly record struct StockRow(Key<Site> Site, Key<Item> Item, string Revision, string LotNumber, StockStatus Status)
{
    private const string Held = "-QC", Bonded = "-CU";

    /// <summary>A lot's number without the mark of what keeps part of it back.</summary>
    public static string LotOf(string lotNumber) => lotNumber.EndsWith(Held, StringComparison.Ordinal) || lotNumber.EndsWith(Bonded, StringComparison.Ordinal) ? lotNumber[..^Held.Length] : lotNumber;

    public string Key => $"{Site}|{Item}|{Revision}|{LotNumber}";

    /// <summary>The row that goods of a lot are in when they lie in a bin of this status.</summary>
    public static StockRow Of(Key<Site> site, Key<Item> item, string revision, string lot, StockStatus status) =>
        new(site, item, revision, status switch { StockStatus.Hold => lot + Held, StockStatus.Customs => lot + Bonded, _ => lot }, status);
}
