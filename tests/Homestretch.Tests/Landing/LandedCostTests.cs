using Homestretch.Landing;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Landing;

public sealed class LandedCostTests
{
    /// <summary>Worked out by hand. Frames 3.9 % (HTSUS 8714.91.30, ruling NY I88519), merchandise processing 0.3464 % between 33.58 and 651.50 (90 FR 34665), harbor maintenance 0.125 % (19 CFR 24.24), all on 18,400 without freight;
    /// insured 110 % at 0.3 %: i = 0.0033 (19,400 + i); 20 % a year over 44 days.</summary>
    [Fact]
    public void A_hundred_frames_by_sea_to_the_United_States()
    {
        var tables = new Tables
        {
            Measures = [Tables.Duty("US-FRAME", "US", "8714.91.30", 3.9m)], Fees = [Tables.Fee("MPF", "US", 0.3464m, 33.58m, 651.5m), Tables.Fee("HMF", "US", 0.125m, mode: Mode.Sea)],
            Insurance = [new(Mode.Sea, new(2020, 1, 1), "MC", null, 0.3m, 110, "insurer", true)],
        };
        Landed landed = tables.Landed(Tables.To("US", 44, Tables.Line("FRM", "8714.91.30", "VN", 100, 184, "USD", 1000)));
        Assert.Equal(["Price 18400.00", "Freight 1000.00", "Insurance 64.23", "Duty 717.60", "Fee 23.00", "Fee 63.74", "Holding 443.62"], landed.Components.Select(static c => FormattableString.Invariant($"{c.Kind} {c.Amount:0.00}")));
        Assert.Equal(20_712.19m, landed.Total);
        LandedComponent duty = landed.Components.Single(static c => c.Kind == CostKind.Duty);
        Assert.Equal((18_400m, "USD", 0.039m, "duty_measures US-FRAME", "source of US-FRAME", true), (decimal.Round(duty.Base, 10), duty.BaseUnit, duty.Rate, duty.Row, duty.Source, duty.Sample));
    }

    /// <summary>Worked out by hand, on 47,500 with freight: 6 % of the common tariff, 62.1 % against dumping (Regulation (EU) 2019/73, renewed by 2025/120, all other companies), 17.2 % against subsidies (2019/72, renewed by 2025/114).</summary>
    [Fact]
    public void Fifty_Chinese_e_bikes_to_the_European_Union()
    {
        var tables = new Tables
        {
            Measures = [Tables.Duty("EU-EBIKE", "EU", "8711 60 10", 6), Tables.Duty("EU-AD", "EU", "871160", 62.1m, DutyKind.AntiDumping, "CN"), Tables.Duty("EU-CVD", "EU", "871160", 17.2m, DutyKind.Countervailing, "CN")],
        };
        Consignment fifty = Tables.To("NL", 36.5m, Tables.Line("EBK", "8711.60.10", "CN", 50, 900, "EUR", 2500));
        Landed landed = tables.Landed(fifty);
        Assert.Equal([29_497.5m, 8_170m, 2_850m], landed.Components.Where(static c => c.Kind == CostKind.Duty).Select(static c => c.Amount));
        Assert.Equal(88_917.5m, landed.Total);
        Assert.Equal(51_250m, tables.Landed(fifty with { Dispatch = "VN", Lines = [fifty.Lines[0] with { Origin = "VN" }] }).Total);
    }

    /// <summary>Worked out by hand: 158 USD are 126.40 GBP; 4 % (UK tariff 8714 99 90 40, 2 March 2021) on 2,628 with freight; 20 % a year over 73 days.</summary>
    [Fact]
    public void Twenty_wheel_sets_to_the_United_Kingdom()
    {
        var tables = new Tables { Measures = [Tables.Duty("UK-8714", "UK", "8714", 4)] };
        ConsignmentLine line = Tables.Line("WHL", "8714 99 90", "TW", 20, 158, "USD", 0) with { Freight = new(100, "GBP", "freight_rates WHL") };
        Landed landed = tables.Landed(Tables.To("GB", 73, line));
        Assert.Equal((2_528m, 100m, 105.12m, 101.12m), (landed.Of("WHL", CostKind.Price), landed.Of("WHL", CostKind.Freight), landed.Of("WHL", CostKind.Duty), landed.Of("WHL", CostKind.Holding)));
        Assert.Equal((2_834.24m, "GBP"), (landed.Total, landed.Currency));
        Assert.Equal("USD|GBP|2026-03-02", landed.Components[0].Exchange);
    }

    /// <summary>Section 301, list 3, in 2019: 25 % from 10 May, but 10 % still for what was exported before and entered before 15 June.</summary>
    [Theory]
    [InlineData("2019-05-05", "2019-05-09", "US-301-10")]
    [InlineData("2019-05-05", "2019-05-10", "US-301-10")]
    [InlineData("2019-05-09", "2019-06-14", "US-301-10")]
    [InlineData("2019-05-09", "2019-06-15", "US-301-25")]
    [InlineData("2019-05-10", "2019-06-01", "US-301-25")]
    public void What_was_on_the_water_pays_the_old_rate(string exported, string entered, string expected)
    {
        var tables = new Tables { Measures = [Tables.Duty("US-8714", "US", "8714", 0), .. Section301()], Rates = [] };
        Consignment sent = Tables.To("US", 30, Tables.Line("PRT", "8714.99.80", "CN", 10, 10, "USD", 0)) with { Exported = Parsed(exported), Entered = Parsed(entered) };
        Assert.Equal([$"duty_measures {expected}", "duty_measures US-8714"], tables.Landed(sent).Components.Where(static c => c.Kind == CostKind.Duty).Select(static c => c.Row));
        Assert.Equal(entered is "2019-05-09" or "2019-06-15" ? [] : ["unknown-export-date"], Unknown(sent with { Exported = null }));

        IReadOnlyList<string> Unknown(Consignment c) => [.. LandedCost.Of(tables.Made, c, new LandingPolicy()).Findings.Select(static f => f.Rule)];
    }

    private static DutyMeasure[] Section301() =>
    [
        Tables.Duty("US-301-10", "US", "8714", 10, DutyKind.Additional, "CN") with { From = new(2018, 9, 24), To = new LocalDate(2019, 6, 15), YieldsTo = "US-301-25" },
        Tables.Duty("US-301-25", "US", "8714", 25, DutyKind.Additional, "CN") with { From = new(2019, 5, 10), ExportedBefore = new LocalDate(2019, 5, 10), EnteredBefore = new LocalDate(2019, 6, 15) },
    ];

    private static LocalDate Parsed(string day) => NodaTime.Text.LocalDatePattern.Iso.Parse(day).Value;

    [Fact]
    public void A_preference_replaces_the_general_rate_when_it_is_claimed_and_only_then()
    {
        var tables = new Tables { Measures = [Tables.Duty("US-G", "US", "8544", 5), Tables.Duty("US-P", "US", "*", 0, DutyKind.Preference, "MX;CA") with { Claim = "USMCA" }], Fees = [Tables.Fee("MPF", "US", 0.3464m, 33.58m, exempt: "USMCA")] };
        Consignment sent = Tables.To("US", 5, Tables.Line("HAR", "8544.30", "MX", 100, 24, "USD", 0)) with { Dispatch = "MX" };
        Landed without = tables.Landed(sent), with = tables.Landed(sent with { Lines = [sent.Lines[0] with { Claims = ["USMCA"] }] }), foreign = tables.Landed(sent with { Lines = [sent.Lines[0] with { Claims = ["USMCA"], Origin = "CN" }] });
        Assert.Equal((120m, 33.58m), (without.Of("HAR", CostKind.Duty), without.Of("HAR", CostKind.Fee)));
        Assert.Equal((0m, 0m), (with.Of("HAR", CostKind.Duty), with.Of("HAR", CostKind.Fee)));
        Assert.Equal(["duty_measures US-G: US-P is claimed instead", "customs_fees MPF: USMCA is claimed"], with.SetAside.Select(static s => $"{s.Row}: {s.Why}"));
        Assert.Equal(120m, foreign.Of("HAR", CostKind.Duty));
    }

    [Fact]
    public void An_exclusion_switches_named_measures_off_for_its_codes_and_dates()
    {
        DutyMeasure exclusion = Tables.Duty("EX", "US", "871499", null, DutyKind.Exclusion, "CN") with { Excludes = "A", To = Tables.Day.PlusDays(1) };
        var tables = new Tables { Measures = [Tables.Duty("G", "US", "87", 0), Tables.Duty("A", "US", "87", 25, DutyKind.Additional, "CN"), Tables.Duty("B", "US", "87", 7, DutyKind.Additional, "CN"), exclusion] };
        Consignment sent = Tables.To("US", 0, Tables.Line("X", "8714.99.80", "CN", 10, 100, "USD", 0));
        Assert.Equal(70m, tables.Landed(sent).Of("X", CostKind.Duty));
        Assert.Equal(320m, tables.Landed(sent with { Entered = Tables.Day.PlusDays(1) }).Of("X", CostKind.Duty));
        Assert.Equal(320m, tables.Landed(sent with { Lines = [sent.Lines[0] with { Hs = "8714.91.30" }] }).Of("X", CostKind.Duty));
    }

    [Fact]
    public void A_measure_that_yields_stands_again_when_what_it_yields_to_yields_itself()
    {
        DutyMeasure Yields(string key, decimal percent, string to) => Tables.Duty(key, "US", "87", percent, DutyKind.Additional) with { YieldsTo = to };
        Consignment sent = Tables.To("US", 0, Tables.Line("X", "8714.99.80", "CN", 1, 100, "USD", 0));
        var tables = new Tables { Measures = [Tables.Duty("G", "US", "87", 0), Yields("A", 10, "B"), Yields("B", 20, "C"), Yields("C", 40, "")] };
        Assert.Equal(50m, tables.Landed(sent).Of("X", CostKind.Duty));
        Assert.Equal(["stacking-cycle"], (tables with { Measures = [Tables.Duty("G", "US", "87", 0), Yields("A", 10, "B"), Yields("B", 20, "A")] }).Refused(sent));
    }

    [Fact]
    public void The_longest_code_gives_the_general_rate_and_two_of_one_length_are_a_finding()
    {
        Consignment sent = Tables.To("US", 0, Tables.Line("X", "8714.91.30", "CN", 1, 100, "USD", 0));
        var tables = new Tables { Measures = [Tables.Duty("G2", "US", "87", 50), Tables.Duty("G6", "US", "8714.91", 5), Tables.Duty("G4", "US", "8714", 30), Tables.Duty("G6-CN", "US", "871491", 7, origins: "CN")] };
        Assert.Equal(7m, tables.Landed(sent).Of("X", CostKind.Duty));
        Assert.Equal(5m, tables.Landed(sent with { Lines = [sent.Lines[0] with { Origin = "TW" }] }).Of("X", CostKind.Duty));
        Assert.Equal(["two-general"], (tables with { Measures = [.. tables.Measures, Tables.Duty("G6-B", "US", "871491", 9, origins: "CN;TW")] }).Refused(sent));
    }

    [Fact]
    public void Specific_duties_count_kilograms_and_units_in_their_own_currency()
    {
        DutyMeasure both = Tables.Duty("S", "EU", "40", 2) with { Specific = 0.135m, Per = DutyPer.Kilogram, Currency = "USD" };
        Landed landed = new Tables { Measures = [both] }.Landed(Tables.To("DE", 0, Tables.Line("TYR", "4011.50", "VN", 200, 10, "EUR", 0, 2.2m)));
        Assert.Equal([(2_000m, "EUR", 40m), (440m, "kg", 53.46m)], landed.Components.Where(static c => c.Kind == CostKind.Duty).OrderBy(static c => c.Amount).Select(static c => (c.Base, c.BaseUnit, c.Amount)));
    }

    [Fact]
    public void A_price_with_the_freight_in_it_pays_duty_in_the_United_States_on_what_is_left()
    {
        var tables = new Tables { Measures = [Tables.Duty("G", "US", "87", 10), Tables.Duty("E", "EU", "87", 10)] };
        ConsignmentLine line = Tables.Line("X", "871499", "CN", 10, 100, "USD", 200);
        Consignment sent = Tables.To("US", 0, line), included = Tables.To("US", 0, line with { Terms = DeliveryTerm.Cpt });
        Assert.Equal((200m, 100m), (tables.Landed(sent).Of("X", CostKind.Freight), tables.Landed(sent).Of("X", CostKind.Duty)));
        Assert.Equal((0m, 80m, 1_080m), (tables.Landed(included).Of("X", CostKind.Freight), tables.Landed(included).Of("X", CostKind.Duty), tables.Landed(included).Total));
        Assert.Equal((90m, 990m), (tables.Landed(included with { Destination = "DE" }).Of("X", CostKind.Duty), tables.Landed(included with { Destination = "DE" }).Total));
        Assert.Equal(["negative"], tables.Refused(included with { Lines = [included.Lines[0] with { Price = new(10, "USD", "") }] }));
    }

    [Fact]
    public void Nothing_is_asked_within_a_territory()
    {
        var tables = new Tables { Measures = [], Fees = [Tables.Fee("F", "EU", 1, 50)] };
        Landed landed = tables.Landed(Tables.To("NL", 0, Tables.Line("X", "8501.31", "DE", 10, 100, "EUR", 10)) with { Dispatch = "DE" });
        Assert.Equal((1_010m, 0m), (landed.Total, landed.Of("X", CostKind.Duty)));
        Assert.Equal("DE and NL are one customs territory", landed.Components.Single(static c => c.Kind == CostKind.Duty).Why);
    }

    [Theory]
    [InlineData(580, 0.72)] // 0.725
    [InlineData(1420, 1.78)] // 1.775
    public void Half_a_cent_goes_to_the_even_one(int price, double fee)
    {
        var tables = new Tables { Measures = [Tables.Duty("G", "US", "87", 0)], Fees = [Tables.Fee("HMF", "US", 0.125m)] };
        Assert.Equal((decimal)fee, tables.Landed(Tables.To("US", 0, Tables.Line("X", "871499", "CN", 1, price, "USD", 0))).Of("X", CostKind.Fee));
    }

    [Fact]
    public void Yen_have_no_cents() =>
        Assert.Equal([1_505m, 98m], new Tables { Measures = [Tables.Duty("G", "JP", "87", 6.5m)] }.Landed(Tables.To("JP", 0, Tables.Line("X", "871499", "CN", 1, 10, "USD", 0))).Components.Where(static c => c.Amount > 0).Select(static c => c.Amount));

    [Fact]
    public void The_least_of_an_entry_is_asked_once_and_parted_by_value()
    {
        var tables = new Tables { Measures = [Tables.Duty("G", "US", "87", 0)], Fees = [Tables.Fee("MPF", "US", 0.3464m, 33.58m, 651.5m)] };
        ConsignmentLine a = Tables.Line("A", "871499", "CN", 1, 100, "USD", 0), b = Tables.Line("B", "871499", "CN", 1, 200, "USD", 0);
        Landed together = tables.Landed(Tables.To("US", 0, a, b));
        Assert.Equal((11.19m, 22.39m), (together.Of("A", CostKind.Fee), together.Of("B", CostKind.Fee)));
        Assert.Equal(67.16m, tables.Landed(Tables.To("US", 0, a)).Of("A", CostKind.Fee) + tables.Landed(Tables.To("US", 0, b)).Of("B", CostKind.Fee));
        Assert.Equal(651.5m, tables.Landed(Tables.To("US", 0, a with { Quantity = 10_000 })).Of("A", CostKind.Fee));
    }

    [Fact]
    public void A_cent_that_is_left_goes_to_the_first_of_equal_lines_in_whatever_order_they_stand()
    {
        var tables = new Tables { Measures = [Tables.Duty("G", "US", "87", 0)], Fees = [Tables.Fee("F", "US", 0, 33.59m)] };
        ConsignmentLine a = Tables.Line("A", "871499", "CN", 1, 100, "USD", 0), b = a with { Key = "B" };
        foreach (Consignment sent in new[] { Tables.To("US", 0, a, b), Tables.To("US", 0, b, a) })
            Assert.Equal((16.8m, 16.79m), (tables.Landed(sent).Of("A", CostKind.Fee), tables.Landed(sent).Of("B", CostKind.Fee)));
    }

    [Fact]
    public void A_price_with_freight_and_insurance_in_it_pays_duty_in_the_United_States_without_either()
    {
        var tables = new Tables { Measures = [Tables.Duty("G", "US", "87", 10)], Insurance = [new(Mode.Sea, new(2020, 1, 1), "MC", null, 0.3m, 110, "insurer", true)] };
        Landed landed = tables.Landed(Tables.To("US", 0, Tables.Line("X", "871499", "CN", 10, 100, "USD", 200) with { Terms = DeliveryTerm.Cip }));
        Assert.Equal((0m, 79.67m, 1_079.67m), (landed.Of("X", CostKind.Insurance), landed.Of("X", CostKind.Duty), landed.Total)); // 1,000 less 200 less 3.30
    }

    [Fact]
    public void Of_a_pair_told_both_ways_the_later_holds_and_of_one_day_the_one_that_is_told_this_way()
    {
        Consignment sent = Tables.To("DE", 0, Tables.Line("X", "871499", "CN", 1, 100, "USD", 0));
        Assert.Equal(80m, Told(0).Landed(sent).Total);
        Assert.Equal(50m, Told(-1).Landed(sent).Total);

        static Tables Told(int days) => new() { Measures = [Tables.Duty("G", "EU", "87", 0)], Rates = [new("USD", "EUR", Tables.Day.PlusDays(days), "MC", 0.8m, "bank", true), new("EUR", "USD", Tables.Day, "MC", 2, "bank", true)] };
    }

    [Fact]
    public void All_that_is_missing_is_told_at_once_and_nothing_stands_in_for_it()
    {
        ConsignmentLine good = Tables.Line("X", "871499", "CN", 1, 100, "USD", 0);
        var tables = new Tables { Measures = [Tables.Duty("G", "US", "87", 0)] };
        Assert.Equal(["unknown-origin", "unknown-hs", "unknown-weight", "unknown-price", "unknown-freight", "negative", "negative", "no-insurance-rate", "no-exchange-rate"],
            tables.Refused(Tables.To("US", -1, good with { Origin = "", Hs = null, Kilograms = null, Price = null, Freight = null, Quantity = 0 }, Tables.Line("Y", "871499", "CN", 1, 1, "CHF", 0)) with { Mode = Mode.Rail }));
        Assert.Equal(["negative", "negative"], tables.Refused(Tables.To("US", 0, good with { Price = good.Price! with { Amount = -1 }, Freight = good.Freight! with { Amount = -1 } })));
        Assert.Equal(["no-general-duty", "no-general-duty"], tables.Refused(Tables.To("US", 0, good with { Hs = "9401.10" }, good with { Key = "Y", Hs = "9401.11" })));
        Assert.Equal(["unknown-territory"], tables.Refused(Tables.To("CH", 0, good)));
        Assert.Equal(["unknown-entry-date"], tables.Refused(Tables.To("US", 0, good) with { Entered = null }));
        Assert.Equal(["line-twice"], tables.Refused(Tables.To("US", 0, good, good)));
        Assert.Equal(["unknown-dispatch"], tables.Refused(Tables.To("US", 0, good) with { Dispatch = "" }));
    }

    [Fact]
    public void The_latest_exchange_rate_holds_for_a_month_and_none_from_after_the_day_is_taken()
    {
        var tables = new Tables { Measures = [Tables.Duty("G", "EU", "87", 0)], Rates = [Rate(-40, 0.5m), Rate(-31, 0.6m), Rate(1, 0.7m)] };
        Consignment sent = Tables.To("DE", 0, Tables.Line("X", "871499", "CN", 1, 100, "USD", 0));
        Assert.Equal(60m, tables.Landed(sent).Total);
        Assert.Equal(70m, tables.Landed(sent with { Entered = Tables.Day.PlusDays(1) }).Total);
        Assert.Equal(["old-exchange-rate"], (tables with { Rates = [Rate(-32, 0.6m), Rate(1, 0.7m)] }).Refused(sent));
        Assert.Equal(["no-exchange-rate"], (tables with { Rates = [Rate(1, 0.7m)] }).Refused(sent));

        static ExchangeRate Rate(int days, decimal rate) => new("USD", "EUR", Tables.Day.PlusDays(days), "MC", rate, "bank", true);
    }
}
