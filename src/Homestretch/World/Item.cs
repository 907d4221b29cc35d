using NodaTime;

namespace Homestretch.World;

public enum ItemKind { SubAssembly, Family, RawMaterial }

/// <summary>Anything with a part number.</summary>
/// <param name="Group">What people call the position in the product ('frame', 'battery'): the column in the kit grid.</param>
/// <param name="Unit">Unit of measure of every quantity of the item.</param>
/// <param name="Step">Smallest amount that can be handled, in the unit: 1 for pieces, 0.001 for kilograms by the gram.</param>
/// <param name="Cost">Purchase price per unit; null when unknown.</param>
/// <param name="Gtin">Global trade item number of one unit; empty: it has none, and none is made up.</param>
public sealed record Item(Key<Item> Key, Key<Party> Party, string Name, ItemKind Kind, string Group, string Unit, decimal Step,
    Money? Cost, string Gtin = "") : IRecord<Item>
{
    public static string TableName => "items";
    public static string TableDoc => "Anything with a part number: a sub-assembly that is bought, or a product family that is finished at home.";
    public string Id => Key.Value;

    public static Item Shape(Fields f, Item? x) => new(
        f.Own("item", x?.Key, "Part number, unique."),
        f.Ref("party", x?.Party, "Party that owns the part number."),
        f.Text("name", x?.Name, "Name as people write it."),
        f.Choice("kind", x?.Kind, "What it is."),
        f.Text("group", x?.Group, "Position in the product, such as frame or battery; empty for a family.", ""),
        f.Text("unit", x?.Unit, "Unit of measure of every quantity of the item.", "EA"),
        f.Number("step", x?.Step, "Smallest amount that can be handled, in the unit.", 1),
        f.OptionalMoney("cost", x?.Cost, "Purchase price per unit."),
        f.Text("gtin", x?.Gtin, "Global trade item number (GTIN) of one unit, 8 to 14 digits with its check digit; empty: none.", ""));
}

/// <summary>A revision of an item, effective by date.</summary>
public sealed record ItemRevision(Key<Item> Item, Key<Party> Party, string Revision, LocalDate? From, LocalDate? To) : IRecord<ItemRevision>
{
    public static string TableName => "item_revisions";
    public static string TableDoc => "A revision of an item and the dates between which it may be used.";
    public string Id => $"{Item}|{Revision}";

    public static ItemRevision Shape(Fields f, ItemRevision? x) => new(
        f.Ref("item", x?.Item, "Item."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Part("revision", x?.Revision, "Revision letter or number."),
        f.OptionalDate("from", x?.From, "First day of use; empty: always."),
        f.OptionalDate("to", x?.To, "First day it may no longer be used; empty: open."));
}

/// <summary>An item that may stand in for another.</summary>
/// <param name="Priority">1 is tried first.</param>
public sealed record ItemAlternate(Key<Item> Item, Key<Item> Alternate, Key<Party> Party, int Priority, LocalDate? From, LocalDate? To)
    : IRecord<ItemAlternate>
{
    public static string TableName => "item_alternates";
    public static string TableDoc => "An item that may stand in for another in any kit, with its priority and dates.";
    public string Id => $"{Item}|{Alternate}";

    public static ItemAlternate Shape(Fields f, ItemAlternate? x) => new(
        f.Ref("item", x?.Item, "Item that is asked for."),
        f.Ref("alternate", x?.Alternate, "Item that may be used instead."),
        f.Ref("party", x?.Party, "Party that allows it."),
        f.Whole("priority", x?.Priority, "1 is tried first.", 1),
        f.OptionalDate("from", x?.From, "First day it is allowed; empty: always."),
        f.OptionalDate("to", x?.To, "First day it is no longer allowed; empty: open."));
}
