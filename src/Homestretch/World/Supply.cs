using NodaTime;

namespace Homestretch.World;

/// <summary>Status of an order to buy, to sell or to build. Confirmed never moves; approved may be rescheduled.</summary>
public enum OrderStatus { Proposed, Approved, Confirmed, Completed, Closed, Cancelled }

/// <summary>A way to buy an item: whom from, over which lane, in which sizes.</summary>
/// <param name="LeadDays">Days from order to ready at the supplier's dock; the lane's steps come on top.</param>
/// <param name="HardSafetyDays">Days a planned purchase must be in before its kit; binds every plan.</param>
/// <param name="SoftSafetyDays">Days it should be in before its kit; given up before a promise is.</param>
public sealed record ItemSupplier(Key<Item> Item, Key<Party> Supplier, Key<Party> Party, Key<Lane> Lane, decimal LeadDays, decimal Minimum,
    decimal Multiple, decimal? Maximum, decimal HardSafetyDays, decimal SoftSafetyDays, int Priority, LocalDate? From, LocalDate? To)
    : IRecord<ItemSupplier>
{
    public static string TableName => "item_suppliers";
    public static string TableDoc => "A way to buy an item: supplier, lane, lead time, sizes, safety lead time, priority and dates.";
    public string Id => $"{Item}|{Supplier}|{Lane}";

    public static ItemSupplier Shape(Fields f, ItemSupplier? x) => new(
        f.Ref("item", x?.Item, "Item."),
        f.Ref("supplier", x?.Supplier, "Party that sells it."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Ref("lane", x?.Lane, "Lane it comes by."),
        f.Number("lead_days", x?.LeadDays, "Days from order to ready at the supplier's dock."),
        f.Number("minimum", x?.Minimum, "Smallest purchase, in the item's unit.", 1),
        f.Number("multiple", x?.Multiple, "Purchases are multiples of this, in the item's unit.", 1),
        f.OptionalNumber("maximum", x?.Maximum, "Largest single purchase, in the item's unit; empty: none."),
        f.Number("hard_safety_days", x?.HardSafetyDays, "Days a planned purchase must be in before its kit.", 0),
        f.Number("soft_safety_days", x?.SoftSafetyDays, "Days it should be in before its kit; given up before a promise is.", 0),
        f.Whole("priority", x?.Priority, "1 is tried first.", 1),
        f.OptionalDate("from", x?.From, "First day an order may be placed; empty: always."),
        f.OptionalDate("to", x?.To, "First day it may no longer; empty: open."));
}

/// <summary>What we bought.</summary>
/// <param name="Due">Instant at which the goods should be ready to kit at the hub, as confirmed by the supplier or else as ordered.</param>
public sealed record PurchaseOrderLine(Key<PurchaseOrderLine> Key, Key<Party> Party, Key<Party> Supplier, Key<Item> Item, string Revision,
    Quantity Quantity, Money? Price, Key<Lane> Lane, Instant Ordered, Instant Due, OrderStatus Status) : IRecord<PurchaseOrderLine>
{
    public static string TableName => "purchase_order_lines";
    public static string TableDoc => "A line of a purchase order: what was bought from whom, by which lane, due when.";
    public string Id => Key.Value;

    public static PurchaseOrderLine Shape(Fields f, PurchaseOrderLine? x) => new(
        f.Own("purchase_order_line", x?.Key, "Number of the order and its line, such as PO-1042/10, unique."),
        f.Ref("party", x?.Party, "Party that buys."),
        f.Ref("supplier", x?.Supplier, "Party that sells."),
        f.Ref("item", x?.Item, "Item."),
        f.Text("revision", x?.Revision, "Revision ordered; empty: any.", ""),
        f.Quantity("quantity", x?.Quantity, "Amount ordered."),
        f.OptionalMoney("price", x?.Price, "Price per unit."),
        f.Ref("lane", x?.Lane, "Lane it comes by."),
        f.Moment("ordered", x?.Ordered, "When it was ordered."),
        f.Moment("due", x?.Due, "When it should be ready to kit at the hub."),
        f.Choice("status", x?.Status, "Where the purchase stands; confirmed never moves.", OrderStatus.Confirmed));
}

public enum LotState { Planned, Making, Made, Shipped, Received, Closed }

/// <summary>A batch that is made and moves together.</summary>
/// <param name="Ready">When it is, or is planned to be, ready at the supplier's dock; the production run's telemetry overrides it while it is made.</param>
/// <param name="ReadyP90Days">Days after <paramref name="Ready"/> by which it is ready nine times in ten, absent telemetry; 0: certain.</param>
/// <param name="Shipment">Shipment that carries it; null before it is loaded.</param>
/// <param name="Received">How much of it has come in already, in the item's unit; the rest is on its way until its state says that it has been received.</param>
public sealed record Lot(Key<Lot> Key, Key<Party> Party, Key<PurchaseOrderLine>? PurchaseOrderLine, Key<Item> Item, string Revision,
    Quantity Quantity, Key<Lane> Lane, LotState State, Instant Ready, decimal ReadyP90Days, Key<Shipment>? Shipment, decimal Received = 0) : IRecord<Lot>
{
    public static string TableName => "lots";
    public static string TableDoc => "A batch that is made and moves together, from the supplier's machine to the hub.";
    public string Id => Key.Value;

    public static Lot Shape(Fields f, Lot? x) => new(
        f.Own("lot", x?.Key, "Lot number, unique."),
        f.Ref("party", x?.Party, "Supplier that makes it."),
        f.OptionalRef("purchase_order_line", x?.PurchaseOrderLine, "Purchase it fulfils; empty when unknown."),
        f.Ref("item", x?.Item, "Item."),
        f.Text("revision", x?.Revision, "Revision made; empty when unknown.", ""),
        f.Quantity("quantity", x?.Quantity, "Amount in the lot."),
        f.Ref("lane", x?.Lane, "Lane it comes by."),
        f.Choice("state", x?.State, "How far it is."),
        f.Moment("ready", x?.Ready, "When it is or should be ready at the supplier's dock."),
        f.Number("ready_p90_days", x?.ReadyP90Days, "Days after ready by which it is made nine times in ten; 0: certain.", 0),
        f.OptionalRef("shipment", x?.Shipment, "Shipment that carries it; empty before it is loaded."),
        f.Number("received", x?.Received, "How much of it has come in already, in the item's unit.", 0));
}

public enum StockStatus { Available, Hold, Customs }

/// <summary>Stock on hand at a hub, by lot.</summary>
/// <param name="Customs">Where the lot stands with customs; the same in all rows of a lot at a site.</param>
/// <param name="CustomsDocument">Entry, bond or notice that says so; empty only while nobody has said.</param>
public sealed record Stock(Key<Site> Site, Key<Item> Item, string Revision, string LotNumber, Key<Party> Party, Quantity Quantity, StockStatus Status, CustomsStanding Customs = CustomsStanding.Unknown, string CustomsDocument = "")
    : IRecord<Stock>
{
    public static string TableName => "stock";
    public static string TableDoc => "Stock on hand at a site, by item, revision and lot.";
    public string Id => $"{Site}|{Item}|{Revision}|{LotNumber}";

    public static Stock Shape(Fields f, Stock? x) => new(
        f.Ref("site", x?.Site, "Site where it lies."),
        f.Ref("item", x?.Item, "Item."),
        f.Part("revision", x?.Revision, "Revision; empty when unknown.", ""),
        f.Part("lot_number", x?.LotNumber, "Lot it came in; empty when unknown.", ""),
        f.Ref("party", x?.Party, "Party that owns it."),
        f.Quantity("quantity", x?.Quantity, "Amount on hand."),
        f.Choice<StockStatus>("status", x?.Status, "Whether it may be used.", StockStatus.Available),
        f.Choice<CustomsStanding>("customs", x?.Customs, "Where the lot stands with customs: in free circulation, bonded or in a free zone, under inward processing, held, or unknown.", CustomsStanding.Unknown),
        f.Text("customs_document", x?.CustomsDocument, "Entry, bond or notice that says so; empty only when unknown.", ""));
}
