using NodaTime;

namespace Homestretch.Finishing.Origin;

/// <summary>What was done to the parts to make the unit: nobody has said, put together by simple operations ('screwdriver'), or processed so that something new came of it.</summary>
public enum Processing { Unknown, Simple, Substantial }

/// <summary>What one unit, by its serial number, was made of, where, and what it cost. Amounts are minor units of <paramref name="Currency"/>; null: unknown.</summary>
/// <param name="Product">Item of the finished product.</param>
/// <param name="Hs">Tariff code of the finished product; empty: unknown.</param>
/// <param name="Market">Where it is sold.</param>
/// <param name="Delivered">Day of delivery: rules are those of that day; null: unknown.</param>
/// <param name="MadeIn">ISO 3166-1 alpha-2 country of the final assembly; empty: unknown.</param>
/// <param name="Justified">Whether the processing there is economically justified; null: unknown.</param>
/// <param name="Evidence">What shows how it was processed, such as a ruling; empty: nothing.</param>
/// <param name="Assembly">Cost of the final assembly.</param>
/// <param name="InlandFreight">Cost of the way to the point from which it is shipped abroad, where the price leaves it out.</param>
/// <param name="InternationalFreight">Cost of the international shipment of the unit that the price includes; 0: none.</param>
/// <param name="TransactionValue">Price paid or payable for the unit.</param>
public sealed record UnitContent(string Serial, string Product, string Hs, string Market, LocalDate? Delivered, string Currency, string MadeIn, Processing Processing, bool? Justified, string Evidence,
    long? Assembly, long? InlandFreight, long? InternationalFreight, long? TransactionValue, IReadOnlyList<UnitComponent> Components);

/// <summary>One component of a unit, of one lot and one origin. Amounts are for the whole quantity.</summary>
/// <param name="Lot">Lot it was taken from; empty: unknown.</param>
/// <param name="Unit">Unit of measure.</param>
/// <param name="Value">What was paid for it, without international freight and duty.</param>
/// <param name="Freight">Transport to the place where it was built in.</param>
/// <param name="Duty">Duty on it, paid or not.</param>
/// <param name="Origin">ISO 3166-1 alpha-2 country of origin; empty: undetermined.</param>
/// <param name="Originating">Agreements under which it originates; null: nobody has determined it.</param>
/// <param name="Own">Made in the same operation as the unit: its value was added there, and what was brought in for it are components of their own.</param>
public sealed record UnitComponent(string Item, string Lot, decimal Quantity, string Unit, long? Value, long? Freight, long? Duty, string Origin, IReadOnlyList<string>? Originating, bool Own)
{
    /// <summary>As people call it.</summary>
    public string Name => Lot.Length > 0 ? $"{Item} (lot {Lot})" : Item;
}
