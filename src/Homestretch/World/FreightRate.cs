namespace Homestretch.World;

/// <summary>What it costs to move an item by a lane.</summary>
/// <param name="PerUnit">For each unit of the item, freight and handling together.</param>
/// <param name="PerShipment">For each shipment on top, in the same currency.</param>
public sealed record FreightRate(Key<Lane> Lane, Key<Item> Item, Key<Party> Party, Money? PerUnit, decimal PerShipment) : IRecord<FreightRate>
{
    public static string TableName => "freight_rates";
    public static string TableDoc => "What it costs to move an item by a lane; without it the price of a faster lane is unknown.";
    public string Id => $"{Lane}|{Item}";

    public static FreightRate Shape(Fields f, FreightRate? x) => new(
        f.Ref("lane", x?.Lane, "Lane."),
        f.Ref("item", x?.Item, "Item that is moved."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.OptionalMoney("per_unit", x?.PerUnit, "Freight and handling for one unit of the item; empty: unknown."),
        f.Number("per_shipment", x?.PerShipment, "On top for each shipment, in the same currency.", 0));
}
