using NodaTime;

namespace Homestretch.Arrivals.History;

/// <summary>One line of a delivery, planned or made. Whole days, in the calendar of its destination. Text that is not known is empty;
/// a number or day that is not known is null, and never filled in.</summary>
/// <param name="Line">Its key.</param>
/// <param name="Shipment">What arrives together: one observation, whatever number of lines.</param>
/// <param name="Order">The purchase order it belongs to.</param>
/// <param name="Quote">The quotation that the order came from.</param>
/// <param name="Customer">For whom: a project, a programme, a buyer.</param>
/// <param name="Site">Where it was made or leaves from.</param>
/// <param name="Mode">Air, truck, ocean.</param>
/// <param name="Terms">INCO term.</param>
/// <param name="Channel">Direct, or from which warehouse.</param>
/// <param name="Family">What items of one kind share.</param>
/// <param name="Value">In any one currency throughout.</param>
/// <param name="Scheduled">The delivery day agreed.</param>
/// <param name="Delivered">Null: not yet, as far as is known.</param>
/// <param name="Known">Day on which the delivery was known; never before it. Null with <paramref name="Delivered"/>.</param>
/// <param name="AsOf">Day on which its delay is forecast: nothing later may be looked at.</param>
public sealed record Delivery(string Line, string Shipment, string Order, string Quote, string Customer, string Supplier, string Site, string Destination,
    string Mode, string Terms, string Channel, string Item, string Family, string Group, double? Quantity, double? Value,
    LocalDate? Quoted, LocalDate? Ordered, LocalDate Scheduled, LocalDate? Delivered, LocalDate? Known, LocalDate AsOf)
{
    /// <summary>Days before the schedule at which a forecast is made where no other day is given.</summary>
    public const int UsualNoticeDays = 30;

    /// <summary>What results are told by: from where, to where, how.</summary>
    public string Lane => $"{(Site.Length > 0 ? Site : Supplier)} > {Destination} > {(Mode.Length > 0 ? Mode : "unknown mode")}";

    /// <summary>Days against the schedule, early is negative; null while not delivered.</summary>
    public int? Delay => Delivered is { } d ? Period.DaysBetween(Scheduled, d) : null;
}
