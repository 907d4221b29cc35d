using NodaTime;

namespace Homestretch.Finishing.Origin.Ledgers;

/// <summary>Something that happened to goods on which duty was paid or is suspended, in the order in which it happened.</summary>
public abstract record LedgerEntry
{
    private LedgerEntry(string key, LocalDate on) => (Key, On) = (key, on);

    /// <summary>Unique in its ledger.</summary>
    public string Key { get; init; }
    public LocalDate On { get; init; }

    /// <summary>A lot came in.</summary>
    /// <param name="Duty">Duty paid on all of it, or suspended, in minor units.</param>
    /// <param name="InputsOnly">Duty on what is made of it may only be counted on what was brought in, as where a measure against dumping would be avoided; null: unknown.</param>
    public sealed record Received(string Key, LocalDate On, string Lot, string Item, decimal Quantity, long Duty, bool? InputsOnly = false) : LedgerEntry(Key, On);

    /// <summary>Some of a lot was built into a unit.</summary>
    public sealed record Used(string Key, LocalDate On, string Lot, decimal Quantity, string Serial) : LedgerEntry(Key, On);

    /// <summary>Some of a lot was scrapped.</summary>
    public sealed record Scrapped(string Key, LocalDate On, string Lot, decimal Quantity) : LedgerEntry(Key, On);

    /// <summary>Some of a lot left the territory unused.</summary>
    public sealed record Returned(string Key, LocalDate On, string Lot, decimal Quantity, string Destination) : LedgerEntry(Key, On);

    /// <summary>A unit left the territory.</summary>
    /// <param name="DutyAbroad">Duty paid on it at its destination, in minor units of the ledger; null: unknown.</param>
    public sealed record Exported(string Key, LocalDate On, string Serial, string Destination, long? DutyAbroad = null) : LedgerEntry(Key, On);

    /// <summary>A unit was released into the territory's own market.</summary>
    /// <param name="ProductDuty">Duty that the finished product would pay, in minor units; null: unknown.</param>
    public sealed record Released(string Key, LocalDate On, string Serial, long? ProductDuty = null) : LedgerEntry(Key, On);

    /// <summary>Drawback was claimed.</summary>
    /// <param name="Of">Key of the entry by which a unit or an unused quantity left.</param>
    public sealed record Claimed(string Key, LocalDate On, string Of) : LedgerEntry(Key, On);
}
