using CsCheck;
using Homestretch.Finishing.Origin.Ledgers;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Finishing.Origin;

/// <summary>A ledger balances to the lot whatever is entered in whatever order, wrong or right.</summary>
public sealed class LedgerPropertyTests
{
    private static readonly LocalDate s_day = new(2026, 1, 1);
    private static readonly Gen<string> s_lot = One("L1", "L2", "L3"), s_serial = One("A", "B", "C", "D"), s_key = Gen.Int[0, 60].Select(static n => $"E{n}");
    private static readonly Gen<decimal> s_quantity = Gen.OneOf(Gen.Int[-1, 12].Select(static n => (decimal)n), Gen.Int[1, 9_999].Select(static n => n / 1000m));
    private static readonly Gen<LocalDate> s_on = Gen.Int[0, 2500].Select(static n => s_day.PlusDays(n));

    private static readonly Gen<LedgerEntry> s_entry = Gen.Frequency(
        (3, Gen.Select(s_key, Gen.Int[0, 40], s_lot, s_quantity, Gen.Long[-1, 100_000], Gen.Bool, static (k, d, l, q, duty, only) => (LedgerEntry)new LedgerEntry.Received(k, s_day.PlusDays(d), l, "X", q * 7, duty, only))),
        (6, Gen.Select(s_key, s_on, s_lot, s_quantity, s_serial, static (k, d, l, q, s) => (LedgerEntry)new LedgerEntry.Used(k, d, l, q, s))),
        (2, Gen.Select(s_key, s_on, s_lot, s_quantity, static (k, d, l, q) => (LedgerEntry)new LedgerEntry.Scrapped(k, d, l, q))),
        (2, Gen.Select(s_key, s_on, s_lot, s_quantity, static (k, d, l, q) => (LedgerEntry)new LedgerEntry.Returned(k, d, l, q, "HU"))),
        (3, Gen.Select(s_key, s_on, s_serial, One("AU", "CA", "MX"), Gen.OneOf(Gen.Int[0, 0].Select(static _ => (long?)null), Gen.Long[0, 50_000].Select(static d => (long?)d)), static (k, d, s, to, paid) => (LedgerEntry)new LedgerEntry.Exported(k, d, s, to, paid))),
        (2, Gen.Select(s_key, s_on, s_serial, Gen.Long[0, 50_000], static (k, d, s, p) => (LedgerEntry)new LedgerEntry.Released(k, d, s, p))),
        (6, Gen.Select(s_key, s_on, s_key, static (k, d, of) => (LedgerEntry)new LedgerEntry.Claimed(k, d, of))));

    /// <summary>Mostly in the order of their days, with keys of their own, so that claims find what left; else as they fall.</summary>
    private static readonly Gen<LedgerEntry[]> s_entries = Gen.Select(s_entry.Array[0, 80], Gen.Int[0, 3], static (all, how) => how == 0 ? all : all.OrderBy(static e => e.On).Select(static (e, i) => e with { Key = $"E{(i == 40 ? 7 : i)}" }).ToArray());

    [Theory]
    [InlineData(LedgerRegime.Drawback, "US")]
    [InlineData(LedgerRegime.InwardProcessing, "EU")]
    [InlineData(LedgerRegime.InwardProcessing, "UK")]
    public void Quantities_and_duty_balance_to_the_lot(LedgerRegime regime, string jurisdiction) => s_entries.Sample(entries =>
    {
        DutyLedger ledger = DutyLedger.Of(Contents.Rules, regime, jurisdiction, "USD", entries);
        HashSet<string> refused = [.. ledger.Findings.Select(static f => f.Place.Source)];
        foreach (LotBalance lot in ledger.Lots)
        {
            Assert.Equal(lot.Received, lot.Used + lot.Scrapped + lot.Returned + lot.Left);
            Assert.Equal(lot.Duty, lot.DutyUsed + lot.DutyScrapped + lot.DutyReturned + lot.DutyLeft);
            Assert.True(lot is { Received: > 0, Used: >= 0, Scrapped: >= 0, Returned: >= 0, Left: >= 0, DutyUsed: >= 0, DutyScrapped: >= 0, DutyReturned: >= 0, DutyLeft: >= 0 });
            Assert.Equal(lot.Used, ledger.Uses.Where(u => u.Lot == lot.Lot).Sum(static u => u.Quantity));
            Assert.Equal(lot.DutyUsed, ledger.Uses.Where(u => u.Lot == lot.Lot).Sum(static u => u.Duty));
            if (lot.Left == 0) Assert.Equal(0, lot.DutyLeft);
        }
        Assert.True(ledger.Uses.Count + ledger.Claims.Count + refused.Count <= entries.Length);
        Assert.Equal(ledger.Settlements.Count, ledger.Settlements.Select(static s => s.Serial).Distinct().Count());
        Assert.All(ledger.Settlements, static s => Assert.True(s.Due is null == s.Missing.Count > 0));
        Assert.All(ledger.Settlements.Where(static s => s.Due is not null), static s => Assert.False(s.Due > s.OnInputs || s.Due > s.OnProduct));
    }, iter: 1500);

    [Fact]
    public void Nothing_is_claimed_twice_nor_more_than_99_percent() => s_entries.Sample(entries =>
    {
        DutyLedger ledger = DutyLedger.Of(Contents.Rules, LedgerRegime.Drawback, "US", "USD", entries);
        Assert.Equal(ledger.Claims.Count, ledger.Claims.Select(static c => c.Of).Distinct().Count());
        Assert.All(ledger.Claims, static c => Assert.True(c.Amount >= 0 && 100 * c.Amount <= 99 * c.Duty));
        Assert.True(100 * ledger.Claims.Sum(static c => c.Amount) <= 99 * ledger.Lots.Sum(static l => l.DutyUsed + l.DutyReturned));
        Assert.True(ledger.Claims.Sum(static c => c.Duty) <= ledger.Lots.Sum(static l => l.DutyUsed + l.DutyReturned));
    }, iter: 3000);

    [Fact]
    public void A_refused_entry_leaves_everything_as_it_was() => s_entries.Sample(entries =>
    {
        DutyLedger ledger = DutyLedger.Of(Contents.Rules, LedgerRegime.Drawback, "US", "USD", entries);
        if (ledger.Findings.Count == 0) return;
        var kept = new List<LedgerEntry>();
        foreach (LedgerEntry entry in entries)
            if (DutyLedger.Of(Contents.Rules, LedgerRegime.Drawback, "US", "USD", [.. kept, entry]).Findings.Count == 0) kept.Add(entry);
        DutyLedger clean = DutyLedger.Of(Contents.Rules, LedgerRegime.Drawback, "US", "USD", kept);
        Assert.Empty(clean.Findings);
        Assert.Equal(ledger.Lots, clean.Lots);
        Assert.Equal(ledger.Uses, clean.Uses);
        Assert.Equal(ledger.Claims.Select(static c => (c.Entry, c.Of, c.Duty, c.Amount)), clean.Claims.Select(static c => (c.Entry, c.Of, c.Duty, c.Amount)));
    }, iter: 300);

    /// <summary>Random entries do reach every outcome, so that the properties above say something.</summary>
    [Fact]
    public void Random_entries_reach_claims_and_settlements()
    {
        int claims = 0, settlements = 0;
        for (ulong seed = 0; seed < 300; seed++)
        {
            LedgerEntry[] entries = s_entries.Generate(new PCG(1, seed), null, out _);
            claims += DutyLedger.Of(Contents.Rules, LedgerRegime.Drawback, "US", "USD", entries).Claims.Count;
            settlements += DutyLedger.Of(Contents.Rules, LedgerRegime.InwardProcessing, "EU", "USD", entries).Settlements.Count;
        }
        Assert.True(claims > 50 && settlements > 100, $"{claims} {settlements}");
    }

    private static Gen<T> One<T>(params T[] of) => Gen.Int[0, of.Length - 1].Select(i => of[i]);
}
