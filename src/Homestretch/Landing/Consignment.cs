using Homestretch.World;
using NodaTime;

namespace Homestretch.Landing;

/// <summary>Goods that enter a territory together: one entry at its customs. Plain values, so that a source that is only weighed, a claim and a lot that came land by the same rules.</summary>
/// <param name="Key">What findings call it.</param>
/// <param name="Dispatch">Country they are sent from; empty: unknown.</param>
/// <param name="Destination">Country they are sent to; empty: unknown.</param>
/// <param name="Mode">Mode of the main leg.</param>
/// <param name="Exported">Day they left the country of dispatch; null: unknown, and asked for only where a measure depends on it.</param>
/// <param name="Entered">Day of entry; null: unknown.</param>
/// <param name="Days">Days on the way, from the supplier's dock to the destination.</param>
/// <param name="Freight">What the shipment costs on top of its lines' own freight.</param>
public sealed record Consignment(string Key, string Dispatch, string Destination, Mode Mode, LocalDate? Exported, LocalDate? Entered, decimal Days, Charge? Freight, IReadOnlyList<ConsignmentLine> Lines);

/// <summary>An amount of money, exact, with the row that states it.</summary>
/// <param name="Amount">Major units; any number of decimals.</param>
/// <param name="Row">Table and key of the row.</param>
public sealed record Charge(decimal Amount, string Currency, string Row);

/// <summary>One item of a consignment, of one origin.</summary>
/// <param name="Key">What tells it from the other lines.</param>
/// <param name="Hs">Tariff code, with or without dots; null: unknown.</param>
/// <param name="Origin">Country of origin; null or empty: undetermined.</param>
/// <param name="Unit">Unit of measure of the quantity.</param>
/// <param name="Kilograms">Weight of one unit; null: unknown.</param>
/// <param name="Price">Price of one unit; null: unknown.</param>
/// <param name="Freight">Freight of the whole line; null: unknown.</param>
/// <param name="Terms">Whether the price includes the freight, and the insurance.</param>
/// <param name="Claims">Preferences and exclusions that are claimed.</param>
public sealed record ConsignmentLine(string Key, string? Hs, string? Origin, decimal Quantity, string Unit, decimal? Kilograms, Charge? Price, Charge? Freight, DeliveryTerm Terms, IReadOnlyList<string> Claims);

/// <summary>How landed cost is counted where no table says so.</summary>
public sealed record LandingPolicy
{
    /// <summary>Cost of holding a unit of value for a year.</summary>
    public decimal HoldingRate { get; init; } = 0.20m;

    /// <summary>Days after which an exchange rate is too old.</summary>
    public int MostRateDays { get; init; } = 31;
}
