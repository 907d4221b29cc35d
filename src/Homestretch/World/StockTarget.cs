namespace Homestretch.World;

/// <summary>How much of an item should be free at a hub: there or coming, beyond what open orders take. What is less is bought again.</summary>
/// <param name="Level">In the item's unit; the base-stock level of a continuously reviewed stock.</param>
public sealed record StockTarget(Key<Site> Hub, Key<Item> Item, Key<Party> Party, decimal Level, string Note) : IRecord<StockTarget>
{
    public static string TableName => "stock_targets";
    public static string TableDoc => "How much of an item should be free at a hub: there or coming, beyond what open orders take. What is less is bought again.";
    public string Id => $"{Hub}|{Item}";

    public static StockTarget Shape(Fields f, StockTarget? x) => new(
        f.Ref("hub", x?.Hub, "Hub where it is kept."),
        f.Ref("item", x?.Item, "Item."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Number("level", x?.Level, "Units that should be free: there or coming, and not taken by any open order."),
        f.Text("note", x?.Note, "Where the level comes from.", ""));
}
