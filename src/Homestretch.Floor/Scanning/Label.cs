using Homestretch.Exchange.Gs1;
using Homestretch.Finishing.Floor;
using Homestretch.Floor.Speaking;
using Homestretch.World;

namespace Homestretch.Floor.Scanning;

/// <summary>Why something will not do, found on the device.</summary>
/// <param name="Rule">As the hub names it.</param>
public sealed record Wrong(string Rule, Text Text, params object[] With);

/// <summary>What a scanned label names, as far as the board knows it. Empty: nothing.</summary>
/// <param name="Scanned">As it was scanned.</param>
/// <param name="Wrong">Why it cannot be read; null when it can.</param>
public sealed record Label(string Scanned, string Bin = "", string Item = "", string Revision = "", string Lot = "", string Serial = "", string Build = "", string Unit = "", decimal? Quantity = null, Wrong? Wrong = null)
{
    /// <summary>Whether it names anything that the board knows.</summary>
    public bool Known => Bin.Length + Item.Length + Lot.Length + Build.Length + Unit.Length > 0;
}

/// <summary>Reads labels: our own plain codes, <c>ITEM|REVISION|LOT|SERIAL</c>, and GS1 in all its forms.</summary>
/// <remarks>GS1: the part number stands in 240 or 241 (or follows from the GTIN of an item that has one, or from a lot that is known), the revision in 22 or 91, the lot in 10, the serial number in 21, the count in 30 or 37, a bin in 254, a kit's build or order in 400.</remarks>
public static class Labels
{
    public static Label Read(string scanned, FloorBoard board)
    {
        string text = scanned.Trim(' ', '\r', '\n', '\t');
        if (Plain(text, board) is { } plain) return plain;
        var (label, wrong) = Gs1Reading.Read(text);
        if (label is not null && (Gs1Reading.IsSo(text) || label.Elements.Count > 1 || label["01"] is not null || label["00"] is not null)) return Of(text, label, board);
        if (wrong is not null && Gs1Reading.IsSo(text)) return new(text, Wrong: new("label", Say.Unreadable, Fault(wrong)));
        return new(text, Serial: text);
    }

    private static Label? Plain(string text, FloorBoard board)
    {
        if (board.Bins.FirstOrDefault(b => Same(b.Bin, text)) is { } bin) return new(text, Bin: bin.Bin);
        string build = text.StartsWith("kit:", StringComparison.OrdinalIgnoreCase) ? text[4..] : text;
        if (board.Kits.FirstOrDefault(k => Same(k.Build, build)) is { } kit) return new(text, Build: kit.Build);
        if (board.Units.FirstOrDefault(u => Same(u.Serial, text)) is { } unit) return new(text, Unit: unit.Serial, Build: unit.Build, Serial: unit.Serial);
        if (board.Items.FirstOrDefault(i => Same(i.Item, text)) is { } item) return new(text, Item: item.Item);
        if (ByLot(text, board) is { } lot) return lot with { Scanned = text };
        string[] parts = text.Split('|');
        return parts.Length is >= 2 and <= 4 && board.Items.FirstOrDefault(i => Same(i.Item, parts[0].Trim())) is { } of
            ? new(text, Item: of.Item, Revision: parts[1].Trim(), Lot: parts.ElementAtOrDefault(2)?.Trim() ?? "", Serial: parts.ElementAtOrDefault(3)?.Trim() ?? "") : null;
    }

    private static Label Of(string text, Gs1Label label, FloorBoard board)
    {
        string lot = label["10"] ?? "", revision = label["22"] ?? label["91"] ?? "", serial = label["21"] ?? "", order = label["400"] ?? "";
        string item = new[] { label["240"], label["241"], label["01"] }.OfType<string>().Select(w => board.Items.FirstOrDefault(i => Same(i.Item, w))?.Item).OfType<string>().FirstOrDefault() ?? "";
        if (item.Length == 0 && label["01"] is { } gtin) item = board.Items.FirstOrDefault(i => i.Gtin.Length > 0 && Gtin.Filled(i.Gtin) == gtin)?.Item ?? "";
        if (item.Length == 0 && lot.Length > 0 && ByLot(lot, board) is { } known) item = known.Item;
        if (label["00"] is { } sscc && board.Expected.Where(l => l.Shipment == sscc).ToArray() is [var only]) (item, lot) = (only.Item, only.Lot);
        string bin = label["254"] is { } place ? board.Bins.FirstOrDefault(b => Same(b.Bin, place))?.Bin ?? "" : "";
        string unit = serial.Length > 0 ? board.Units.FirstOrDefault(u => Same(u.Serial, serial))?.Serial ?? "" : "";
        string build = board.Kits.FirstOrDefault(k => order.Length > 0 && (Same(k.Build, order) || Same(k.OrderLine, order)))?.Build ?? "";
        return new(text, bin, item, revision, lot, serial, build, unit, label.Elements.FirstOrDefault(static e => e.Identifier.Code is "30" or "37")?.Number, item.Length == 0 && label["01"] is not null && serial.Length == 0 ? new("unknown-item", Say.NoPartNumber) : null);
    }

    private static Label? ByLot(string lot, FloorBoard board) =>
        board.Expected.FirstOrDefault(l => Same(l.Lot, lot)) is { } expected ? new(lot, Item: expected.Item, Lot: expected.Lot)
        : board.Kits.SelectMany(static k => k.Picks).FirstOrDefault(p => Same(p.Lot, lot)) is { } pick ? new(lot, Item: pick.Item, Lot: pick.Lot) : null;

    private static Text Fault(Gs1Wrong wrong) => Put(wrong.Fault switch
    {
        Gs1Fault.Empty => Say.LabelEmpty,
        Gs1Fault.UnknownIdentifier => Say.LabelUnknown,
        Gs1Fault.TooShort or Gs1Fault.TooLong => Say.LabelLength,
        Gs1Fault.Character => Say.LabelCharacter,
        Gs1Fault.CheckDigit => Say.LabelCheck,
        Gs1Fault.Date => Say.LabelDate,
        Gs1Fault.Twice => Say.LabelTwice,
        Gs1Fault.Address => Say.LabelAddress,
    }, wrong.Identifier);

    private static Text Put(Text t, string what) => new(In(t.En, what), In(t.Es, what), In(t.De, what), In(t.Fr, what), In(t.Vi, what), In(t.Zh, what));
    private static string In(string text, string what) => text.Replace("{0}", what, StringComparison.Ordinal);
    internal static bool Same(string a, string b) => b.Length > 0 && string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
