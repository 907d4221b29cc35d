using Homestretch.World;
using NodaTime;

namespace Homestretch.Finishing.Origin.Ledgers;

/// <summary>How duty is spared on goods that leave again: refunded when they have left (drawback), or not paid as long as they are worked on (inward processing).</summary>
public enum LedgerRegime { Drawback, InwardProcessing }

/// <summary>Where all of a lot is, and its duty with it: what came in is used, scrapped, returned or still there. Amounts are minor units.</summary>
/// <param name="DutyUsed">Part of the duty that went with what was used; the parts of a lot add up to its duty exactly.</param>
public sealed record LotBalance(string Lot, string Item, LocalDate Since, decimal Received, decimal Used, decimal Scrapped, decimal Returned, long Duty, long DutyUsed, long DutyScrapped, long DutyReturned)
{
    public decimal Left => Received - Used - Scrapped - Returned;
    public long DutyLeft => Duty - DutyUsed - DutyScrapped - DutyReturned;
}

/// <summary>Some of a lot on one unit, with its part of the lot's duty.</summary>
public sealed record LotUse(string Entry, string Lot, decimal Quantity, string Serial, long Duty);

/// <summary>Drawback that was claimed.</summary>
/// <param name="Of">The entry by which it left.</param>
/// <param name="Duty">Duty that it is claimed of.</param>
/// <param name="TooLate">Lots whose years had passed; nothing is claimed of them.</param>
/// <param name="Why">In words and figures.</param>
public sealed record DrawbackClaim(string Entry, string Of, LocalDate On, long Duty, long Amount, IReadOnlyList<string> TooLate, IReadOnlyList<OriginRule> Rules, string Why);

/// <summary>What a unit under inward processing owes when it leaves the procedure.</summary>
/// <param name="OnInputs">Duty on what was brought in for it; null: not allowed.</param>
/// <param name="OnProduct">Duty on the finished product; null: not allowed, or unknown.</param>
/// <param name="Due">The lower of those allowed; null: unknown.</param>
/// <param name="Missing">What must be known before it can be told.</param>
public sealed record Settlement(string Entry, string Serial, LocalDate On, long? OnInputs, long? OnProduct, long? Due, IReadOnlyList<string> Missing, IReadOnlyList<OriginRule> Rules, string Why);

/// <summary>A ledger of duty that balances to the lot. An entry that would not balance, or would claim twice, is refused and leaves everything as it was.</summary>
/// <param name="Jurisdiction">Whose duty it is: US, EU or UK.</param>
/// <param name="Lots">In order of key.</param>
/// <param name="Findings">Entries that were refused, and why.</param>
public sealed record DutyLedger(LedgerRegime Regime, string Jurisdiction, string Currency, IReadOnlyList<LotBalance> Lots, IReadOnlyList<LotUse> Uses, IReadOnlyList<DrawbackClaim> Claims, IReadOnlyList<Settlement> Settlements, IReadOnlyList<Finding> Findings)
{
    /// <summary>The ledger of entries in the order given, by the rules of each entry's day.</summary>
    public static DutyLedger Of(OriginRules rules, LedgerRegime regime, string jurisdiction, string currency, IEnumerable<LedgerEntry> entries)
    {
        var books = new LedgerBooks(rules, regime, jurisdiction, currency);
        foreach (LedgerEntry entry in entries) books.Enter(entry);
        return books.Done();
    }
}
