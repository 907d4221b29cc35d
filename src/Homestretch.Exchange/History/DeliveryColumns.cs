namespace Homestretch.Exchange.History;

/// <summary>One column of the file of executed shipments.</summary>
/// <param name="Doc">What it holds; printed in docs/forecasting.md.</param>
public sealed record DeliveryColumn(string Name, bool Required, string Holds, string Doc);

/// <summary>The columns of a file of executed shipments, in the order in which they are documented; a file may give them in any order.</summary>
public static class DeliveryColumns
{
    public static IReadOnlyList<DeliveryColumn> All { get; } =
    [
        new("line", true, "text", "Key of the line, once in a file."),
        new("shipment", false, "text", "What travelled together; lines of one shipment count as one observation and are never both learned from and judged. Empty: the line alone."),
        new("order", false, "text", "Purchase or sales order of the line."),
        new("quote", false, "text", "Quotation that the order came from."),
        new("customer", false, "text", "For whom: a project, a programme, a buyer."),
        new("supplier", false, "text", "Who sold it."),
        new("site", false, "text", "Where it was made or left from."),
        new("destination", true, "text", "Where it was delivered: a place or a country."),
        new("mode", false, "text", "How it travelled: air, truck, ocean."),
        new("terms", false, "text", "INCO term."),
        new("channel", false, "text", "Direct from the supplier, or by which warehouse."),
        new("item", false, "text", "What was delivered."),
        new("family", false, "text", "What items of one kind share."),
        new("group", false, "text", "A wider class of items."),
        new("quantity", false, "number", "Pieces, in the item's own unit."),
        new("value", false, "number", "Value of the line, in one currency throughout."),
        new("quoted", false, "day", "When the quotation was sent."),
        new("ordered", false, "day", "When the order was sent to the supplier."),
        new("scheduled", true, "day", "Delivery day agreed."),
        new("delivered", false, "day", "Day delivered. Empty: not yet."),
        new("known", false, "day", "Day on which the delivery was known, not before it. Empty: the day itself."),
        new("as_of", false, "day", "Day on which the delay is forecast, before the scheduled day; nothing later is looked at. Empty: 30 days before the schedule."),
    ];
}
