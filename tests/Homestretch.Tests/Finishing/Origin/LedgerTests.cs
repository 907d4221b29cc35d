using Homestretch.Finishing.Origin;
using Homestretch.Finishing.Origin.Ledgers;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Finishing.Origin;

/// <summary>Ledgers of duty, entry by entry.</summary>
public sealed class LedgerTests
{
    private static readonly LocalDate s_day = new(2026, 2, 2);

    private static readonly LedgerEntry[] s_made =
    [
        new LedgerEntry.Received("1", s_day, "MOT", "MOT-1", 20, 328_00), new LedgerEntry.Received("2", s_day, "DSP", "DSP-MI", 50, 925_00),
        new LedgerEntry.Used("3", s_day.PlusDays(9), "MOT", 1, "A"), new LedgerEntry.Used("4", s_day.PlusDays(9), "DSP", 1, "A"), new LedgerEntry.Used("5", s_day.PlusDays(9), "MOT", 1, "B"), new LedgerEntry.Used("6", s_day.PlusDays(9), "DSP", 1, "B"),
    ];

    private static DutyLedger Drawback(params LedgerEntry[] more) => DutyLedger.Of(Contents.Rules, LedgerRegime.Drawback, "US", "USD", [.. s_made, .. more]);
    private static DutyLedger Inward(string jurisdiction, params LedgerEntry[] more) => DutyLedger.Of(Contents.Rules, LedgerRegime.InwardProcessing, jurisdiction, "EUR", [.. s_made, .. more]);

    [Fact]
    public void Drawback_is_99_percent_of_the_duty_that_went_with_what_left()
    {
        DutyLedger ledger = Drawback(new LedgerEntry.Exported("7", s_day.PlusDays(20), "A", "AU"), new LedgerEntry.Claimed("8", s_day.PlusDays(30), "7"));
        DrawbackClaim claim = Assert.Single(ledger.Claims);
        Assert.Empty(ledger.Findings);
        Assert.Equal((34_90, 34_55), (claim.Duty, claim.Amount));       // 16.40 + 18.50; 34.551 rounded down
        Assert.Equal("99 % of 34.90 USD = 34.55 USD.", claim.Why);
    }

    [Fact]
    public void To_canada_and_mexico_no_more_than_was_paid_there()
    {
        DutyLedger ledger = Drawback(new LedgerEntry.Exported("7", s_day.PlusDays(20), "A", "CA", 12_00), new LedgerEntry.Exported("8", s_day.PlusDays(20), "B", "MX"), new LedgerEntry.Claimed("9", s_day.PlusDays(30), "7"), new LedgerEntry.Claimed("10", s_day.PlusDays(30), "8"));
        Assert.Equal(12_00, Assert.Single(ledger.Claims).Amount);
        Assert.Equal("What may be claimed for 8 is unknown: the duty paid at the destination of entry 8 is missing.", Assert.Single(ledger.Findings).What);
    }

    [Fact]
    public void What_came_in_too_long_ago_is_left_out_and_told()
    {
        LedgerEntry left = new LedgerEntry.Exported("7", new(2031, 2, 1), "A", "AU");
        Assert.Equal(34_55, Assert.Single(Drawback(left, new LedgerEntry.Claimed("8", new(2031, 2, 2), "7")).Claims).Amount);
        DrawbackClaim late = Assert.Single(Drawback(left, new LedgerEntry.Claimed("8", new(2031, 2, 3), "7")).Claims);
        Assert.Equal((0, "MOT, DSP"), (late.Amount, string.Join(", ", late.TooLate)));
    }

    [Fact]
    public void Nothing_is_claimed_twice_before_it_left_or_without_leaving()
    {
        LedgerEntry left = new LedgerEntry.Exported("7", s_day.PlusDays(20), "A", "AU");
        LedgerEntry Claim(string key, int days, string of) => new LedgerEntry.Claimed(key, s_day.PlusDays(days), of);
        Assert.Equal(["claimed-twice"], Rules(Drawback(left, Claim("8", 30, "7"), Claim("9", 31, "7"))));
        Assert.Equal(["dates"], Rules(Drawback(left, Claim("8", 19, "7"))));
        Assert.Equal(["nothing-left", "nothing-left"], Rules(Drawback(Claim("8", 30, "7"), Claim("9", 30, "3"))));
        Assert.Equal(["unit-gone"], Rules(Drawback(left, new LedgerEntry.Exported("8", s_day.PlusDays(21), "A", "AU"))));
        Assert.Equal(["unit-gone"], Rules(Drawback(left, new LedgerEntry.Used("8", s_day.PlusDays(8), "MOT", 1, "A"))));
        Assert.Equal(["entry-twice"], Rules(Drawback(left, left)));
        Assert.Equal(["unknown-unit"], Rules(Drawback(new LedgerEntry.Exported("7", s_day, "C", "AU"))));
        Assert.Equal(["dates"], Rules(Drawback(new LedgerEntry.Exported("7", s_day, "A", "AU"))));
        Assert.Equal(["unknown"], Rules(DutyLedger.Of(new([]), LedgerRegime.Drawback, "US", "USD", [.. s_made, left, Claim("8", 30, "7")])));
    }

    [Fact]
    public void A_lot_never_goes_below_nothing()
    {
        DutyLedger ledger = Drawback(new LedgerEntry.Scrapped("7", s_day.PlusDays(1), "MOT", 18.5m), new LedgerEntry.Scrapped("8", s_day.PlusDays(1), "MOT", 18), new LedgerEntry.Returned("9", s_day.PlusDays(1), "MOT", 1, "HU"),
            new LedgerEntry.Used("10", s_day, "NONE", 1, "A"), new LedgerEntry.Used("11", s_day.PlusDays(-1), "DSP", 1, "A"), new LedgerEntry.Used("12", s_day, "DSP", -1, "A"), new LedgerEntry.Used("13", s_day, "DSP", 0.0000001m, "A"), new LedgerEntry.Received("14", s_day, "MOT", "MOT-1", 1, 1));
        Assert.Equal(["more-than-there", "more-than-there", "unknown-lot", "dates", "quantity", "quantity", "lot-twice"], Rules(ledger));
        LotBalance lot = ledger.Lots.Single(static l => l.Lot == "MOT");
        Assert.Equal((2m, 18m, 0m, 0m, 0L), (lot.Used, lot.Scrapped, lot.Returned, lot.Left, lot.DutyLeft));
    }

    [Fact]
    public void Under_inward_processing_the_lower_duty_is_due_where_both_are_allowed()
    {
        LedgerEntry Out(string serial, long? product) => new LedgerEntry.Released($"out {serial}", s_day.PlusDays(20), serial, product);
        DutyLedger ledger = Inward("EU", Out("A", 144_00), Out("B", 3_00));
        Assert.Equal([34_90, 3_00], ledger.Settlements.Select(static s => s.Due));
        Assert.Equal("34.90 EUR is due: on what was brought in 34.90 EUR, on the product 144.00 EUR.", ledger.Settlements[0].Why);
        Assert.Equal(0, Assert.Single(Inward("EU", new LedgerEntry.Exported("7", s_day.PlusDays(20), "A", "CH")).Settlements).Due);
    }

    [Fact]
    public void Where_a_basis_is_unknown_or_barred_the_duty_says_so()
    {
        LedgerEntry gone = new LedgerEntry.Released("7", s_day.PlusDays(20), "A");
        Settlement open = Assert.Single(Inward("EU", gone).Settlements), uk = Assert.Single(Inward("UK", gone).Settlements);
        Assert.Equal((null as long?, "the duty of the finished product A"), (open.Due, Assert.Single(open.Missing)));
        Assert.Equal((null as long?, "a row of origin_rules: inward-on-product of UK on 2026-02-22"), (uk.Due, Assert.Single(uk.Missing)));
        DutyLedger bound = DutyLedger.Of(Contents.Rules, LedgerRegime.InwardProcessing, "EU", "EUR", [new LedgerEntry.Received("1", s_day, "L", "X", 4, 10_00, true), new LedgerEntry.Used("2", s_day, "L", 1, "A"), new LedgerEntry.Released("3", s_day, "A", 1_00)]);
        Assert.Equal((2_50, null as long?), (Assert.Single(bound.Settlements).Due, bound.Settlements[0].OnProduct));
        Assert.Equal(["no-claims"], Rules(Inward("EU", new LedgerEntry.Claimed("7", s_day.PlusDays(30), "3"))));
    }

    [Fact]
    public void Nothing_leaves_by_going_to_the_territory_itself()
    {
        Assert.Equal(["not-abroad", "not-abroad"], Rules(Drawback(new LedgerEntry.Exported("7", s_day.PlusDays(20), "A", "PR"), new LedgerEntry.Returned("8", s_day.PlusDays(20), "MOT", 1, "US"))));
        Assert.Equal(["country", "not-abroad"], Rules(Inward("EU", new LedgerEntry.Exported("7", s_day.PlusDays(20), "A", "Swiss"), new LedgerEntry.Exported("8", s_day.PlusDays(20), "A", "DE"))));
        Assert.Null(Assert.Single(DutyLedger.Of(new([]), LedgerRegime.InwardProcessing, "EU", "EUR", [.. s_made, new LedgerEntry.Exported("7", s_day.PlusDays(20), "A", "CH")]).Settlements).Due);
    }

    [Fact]
    public void Whether_the_products_duty_may_be_taken_is_asked_only_where_it_is_lower()
    {
        Settlement Of(long product) => Assert.Single(DutyLedger.Of(Contents.Rules, LedgerRegime.InwardProcessing, "EU", "EUR", [new LedgerEntry.Received("1", s_day, "L", "X", 4, 10_00, null), new LedgerEntry.Used("2", s_day, "L", 1, "A"), new LedgerEntry.Released("3", s_day, "A", product)]).Settlements);
        Assert.Equal((2_50, null as long?), (Of(3_00).Due, Of(1_00).Due));
        Assert.Equal(["whether duty on what is made of lot L may be counted on the product"], Of(1_00).Missing);
    }

    private static IEnumerable<string> Rules(DutyLedger ledger) => ledger.Findings.Select(static f => f.Rule);
}
