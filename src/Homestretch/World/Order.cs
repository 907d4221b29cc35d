using NodaTime;

namespace Homestretch.World;

/// <summary>Whether an order line may be delivered in parts.</summary>
public enum ShipComplete { Whole, Partial }

/// <summary>A customer's variant: what, how many, for which market, wanted when.</summary>
/// <param name="Options">The variant's choices, one option for each feature.</param>
/// <param name="Requested">When the customer wants it delivered.</param>
/// <param name="Class">Customer class; 1 is served first.</param>
/// <param name="Price">Price of the whole line: the money at risk when it is late.</param>
public sealed record OrderLine(Key<OrderLine> Key, Key<Party> Party, Key<Party> Customer, Key<Item> Family, int Quantity, Key<Market> Market,
    Choices Options, Key<Site> Hub, Instant Ordered, Instant Requested, int Class, Money? Price, ShipComplete Ship, OrderStatus Status)
    : IRecord<OrderLine>
{
    public static string TableName => "order_lines";
    public static string TableDoc => "A customer's order line: variant, quantity, market, requested date, class.";
    public string Id => Key.Value;

    public static OrderLine Shape(Fields f, OrderLine? x) => new(
        f.Own("order_line", x?.Key, "Number of the order and its line, such as SO-7781/1, unique."),
        f.Ref("party", x?.Party, "Party that sells."),
        f.Ref("customer", x?.Customer, "Party that buys."),
        f.Ref("family", x?.Family, "Product family."),
        f.Whole("quantity", x?.Quantity, "Finished units.", 1),
        f.Ref("market", x?.Market, "Market it is finished for."),
        f.Parsed("options", x?.Options, "Choices as feature=option; feature=option.", "choices", Choices.Parse),
        f.Ref("hub", x?.Hub, "Hub that finishes it."),
        f.Moment("ordered", x?.Ordered, "When it was ordered."),
        f.Moment("requested", x?.Requested, "When the customer wants it delivered."),
        f.Whole("class", x?.Class, "Customer class; 1 is served first.", 3),
        f.OptionalMoney("price", x?.Price, "Price of the whole line."),
        f.Choice<ShipComplete>("ship", x?.Ship, "Whether it may be delivered in parts.", ShipComplete.Whole),
        f.Choice<OrderStatus>("status", x?.Status, "Where the order stands.", OrderStatus.Approved));
}

/// <summary>The date and confidence given to the customer. Changes only by a decision; every version is kept.</summary>
/// <param name="Confidence">Share of samples in which the date was kept when it was given.</param>
public sealed record Promise(Key<OrderLine> OrderLine, int Version, Key<Party> Party, Instant Date, Share Confidence, Instant Given,
    string By, string Reason) : IRecord<Promise>
{
    public static string TableName => "promises";
    public static string TableDoc => "A date and confidence given to a customer; the highest version is in force.";
    public string Id => $"{OrderLine}|{Version:000}";

    public static Promise Shape(Fields f, Promise? x) => new(
        f.Ref("order_line", x?.OrderLine, "Order line."),
        f.Whole("version", x?.Version, "1 is the first promise."),
        f.Ref("party", x?.Party, "Party that promised."),
        f.Moment("date", x?.Date, "Delivery date promised."),
        f.Share("confidence", x?.Confidence, "Share of samples, 0 to 1, that kept the date when it was given."),
        f.Moment("given", x?.Given, "When it was given."),
        f.Text("by", x?.By, "Who gave it.", ""),
        f.Text("reason", x?.Reason, "Why it was given or changed.", ""));
}
