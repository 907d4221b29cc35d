using Homestretch.World;
using NodaTime;

namespace Homestretch.Changing;

/// <summary>Where parts are that a change concerns.</summary>
public enum ConcernedPlace
{
    /// <summary>In stock at a hub, in a bin or without a place.</summary>
    OnHand,

    /// <summary>Picked into the kit of a build.</summary>
    InKit,

    /// <summary>Fitted into a unit that is not finished.</summary>
    InUnit,

    /// <summary>Aboard a shipment.</summary>
    OnTheWater,

    /// <summary>A lot that is planned, being made, or made and not loaded.</summary>
    BeingMade,

    /// <summary>Ordered, and no lot yet.</summary>
    OnOrder,

    /// <summary>Proposed by the plan: nobody ordered it yet.</summary>
    Proposed,
}

/// <summary>Parts of one revision at one place.</summary>
/// <param name="Where">Bin, kit, unit, shipment or purchase.</param>
/// <param name="Lot">Lot they came in or are; empty: unknown, or none yet.</param>
/// <param name="Revision">Empty: unknown, or any was ordered.</param>
/// <param name="Status">Whether what is in stock may be used at all; null for what is not.</param>
/// <param name="Value">At the price of the purchase or else the item's cost; null: unknown.</param>
/// <param name="Use">What may be done with them once the change has taken effect.</param>
/// <param name="From">First day from which that holds where it is other before; null: it holds now already.</param>
/// <param name="P50">When half of futures have them ready to kit; null: they are here, or nobody knows.</param>
/// <param name="Supplier">Who makes them; null: unknown.</param>
/// <param name="ReworkMinutes">For all of them; null: unknown, or no rework.</param>
/// <param name="ReworkCost">For all of them; null: unknown, or no rework.</param>
public sealed record ConcernedStock(ConcernedPlace Place, string Where, string Lot, string Revision, StockStatus? Status, Quantity Quantity, Money? Value, RevisionUse Use, LocalDate? From, Instant? P50, Instant? P90,
    Key<Party>? Supplier, decimal? ReworkMinutes, Money? ReworkCost)
{
    /// <summary>Names of supplies as pegs have them; empty for what no kit can be pegged to.</summary>
    internal string Supply { get; init; } = "";
}
