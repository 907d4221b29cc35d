using Homestretch.Finishing.Origin;
using Homestretch.Landing;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Finishing.Origin;

/// <summary>Golden figures of docs/claims.md, to 0.01 point, and what each claim does at its edges.</summary>
public sealed class ClaimTests
{
    private static readonly UnitContent s_unit = Contents.Unit;

    [Fact]
    public void Regional_value_content_by_both_methods()
    {
        Claim tv = s_unit.Claim("rvc-transaction-USMCA"), nc = s_unit.Claim("rvc-net-cost-USMCA");
        Assert.Equal((ClaimState.Fails, 37.88m, 60m), (tv.State, tv.Share!.Value.Percent(), tv.Required));
        Assert.Equal((ClaimState.Fails, 20.66m, 50m), (nc.State, nc.Share!.Value.Percent(), nc.Required));
        Assert.Equal((101_900, 269_000, 43_500, 210_600), (tv.Share.Value.Above, tv.Share.Value.Below, nc.Share.Value.Above, nc.Share.Value.Below));
        Assert.Equal(["transaction value 2,735.00 USD", "international freight in it 45.00 USD", "inland freight not in it 0.00 USD", "TV 2,690.00 USD", "VNM 1,671.00 USD"], tv.Inputs.Select(static i => $"{i.Name} {i.Amount}"));
        Assert.Equal("(2,690.00 USD - 1,671.00 USD) / 2,690.00 USD = 37.88 %; 60 % is required.", tv.Why);
        Assert.Equal("Law of RVC-TV", Assert.Single(tv.Rules).Source);
    }

    [Fact]
    public void International_freight_in_the_price_and_duty_on_materials_leave_the_content_as_it_is()
    {
        UnitContent sea = s_unit with { TransactionValue = s_unit.TransactionValue + 500_00, InternationalFreight = s_unit.InternationalFreight + 500_00, Components = [.. s_unit.Components.Select(static c => c with { Duty = c.Duty + 900 })] };
        Assert.Equal(s_unit.Claim("rvc-transaction-USMCA").Share, sea.Claim("rvc-transaction-USMCA").Share);
        Assert.Equal(s_unit.Claim("rvc-net-cost-USMCA").Share, sea.Claim("rvc-net-cost-USMCA").Share);
    }

    [Fact]
    public void What_is_made_outside_the_agreement_fails_whatever_its_content()
    {
        UnitContent abroad = s_unit with { MadeIn = "NL", Components = [.. s_unit.Components.Select(static c => c with { Originating = ["USMCA"] })] };
        Assert.Equal(ClaimState.Holds, (abroad with { MadeIn = "MX" }).Claim("rvc-transaction-USMCA").State);
        Assert.Equal(ClaimState.Fails, abroad.Claim("rvc-transaction-USMCA").State);
        Assert.StartsWith("It is made in NL, outside USMCA.", abroad.Claim("rvc-net-cost-USMCA").Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2022-10-24", "55")]
    [InlineData("2022-10-25", "60")]
    [InlineData("2023-12-31", "60")]
    [InlineData("2024-01-01", "65")]
    [InlineData("2028-12-31", "65")]
    [InlineData("2029-01-01", "75")]
    public void Domestic_content_is_held_against_the_threshold_of_the_day_of_delivery(string day, string percent)
    {
        Claim c = (s_unit with { Delivered = NodaTime.Text.LocalDatePattern.Iso.Parse(day).Value }).Claim("buy-american");
        Assert.Equal((ClaimState.Fails, 5.12m, decimal.Parse(percent, System.Globalization.CultureInfo.InvariantCulture)), (c.State, c.Share!.Value.Percent(), c.Required));
        Assert.Equal((102_00, 1_991_80), (c.Share.Value.Above, c.Share.Value.Below));
    }

    [Fact]
    public void The_threshold_must_be_exceeded_not_met()
    {
        UnitContent Of(long domestic) => s_unit with { Components = [Contents.Part("A", domestic, 0, 0, "US"), Contents.Part("B", 100 - domestic, 0, 0, "CN")] };
        Assert.Equal((ClaimState.Fails, ClaimState.Holds), (Of(65).Claim("buy-american").State, Of(66).Claim("buy-american").State));
        UnitContent hair = s_unit with { Components = [Contents.Part("A", 0, 0, 0, "US") with { Value = 650_000_001 }, Contents.Part("B", 0, 0, 0, "CN") with { Value = 349_999_999 }] };
        Claim c = hair.Claim("buy-american");
        Assert.Equal((ClaimState.Holds, "65.0000001 %"), (c.State, c.Share!.Value.Beside(65)));
    }

    [Fact]
    public void A_day_without_a_rule_is_unknown_and_says_what_is_missing()
    {
        Claim c = (s_unit with { Delivered = new LocalDate(2020, 12, 31) }).Claim("buy-american");
        Assert.Equal((ClaimState.Unknown, null as Ratio?), (c.State, c.Share));
        Assert.Equal(["a row of origin_rules: domestic-content of US for 8711.60.00 on 2020-12-31"], c.Missing);
        Assert.Equal("Unknown: a row of origin_rules: domestic-content of US for 8711.60.00 on 2020-12-31 is missing.", c.Why);
        Assert.Equal(["the day of delivery"], (s_unit with { Delivered = null }).Claim("buy-american").Missing);
        Assert.Equal(["the tariff code of the product, on which rvc-transaction of USMCA hangs"], (s_unit with { Hs = "" }).Claim("rvc-transaction-USMCA").Missing);
    }

    [Fact]
    public void Two_rules_at_once_are_unknown_and_the_longer_code_is_closer()
    {
        OriginRule a = Contents.Rule("A", RuleOfOrigin.DomesticContent, "US", "US", 1), b = Contents.Rule("B", RuleOfOrigin.DomesticContent, "US", "US", 99);
        Assert.Equal(["which of A and B in origin_rules holds on 2028-12-31; end one of them"], s_unit.Claim("buy-american", new([a, b])).Missing);
        Assert.Equal(1m, s_unit.Claim("buy-american", new([a with { Hs = "8711.60" }, b])).Required);
    }

    [Fact]
    public void Undetermined_origin_counts_as_foreign_and_is_told()
    {
        UnitContent open = s_unit.With("RCK-1", static c => c with { Origin = "", Originating = null });
        Claim c = open.Claim("buy-american");
        Assert.Equal(38_00, c.Share!.Value.Above);
        Assert.Equal(["the origin of RCK-1 (lot RCK-1-7) (60.00 USD) is undetermined: it counts as foreign"], c.Undetermined);
        Claim tv = open.Claim("rvc-transaction-USMCA");
        Assert.Equal(2690_00 - 1731_00, tv.Share!.Value.Above);
        Assert.Equal(["whether it originates under USMCA of RCK-1 (lot RCK-1-7) (60.00 USD) is undetermined: it counts as non-originating"], tv.Undetermined);
    }

    [Fact]
    public void An_unknown_amount_is_unknown_and_never_0()
    {
        UnitContent open = s_unit.With("MOT-1", static c => c with { Value = null, Freight = null, Duty = null }) with { Assembly = null, InternationalFreight = null };
        Assert.Equal(["the international freight that the transaction value includes", "the value of MOT-1 (lot MOT-1-7)"], open.Claim("rvc-transaction-USMCA").Missing);
        Assert.Equal(["the value of MOT-1 (lot MOT-1-7)", "the cost of assembly", "the freight of MOT-1 (lot MOT-1-7)"], open.Claim("rvc-net-cost-USMCA").Missing);
        Assert.Equal(["the value of MOT-1 (lot MOT-1-7)", "the freight of MOT-1 (lot MOT-1-7)", "the duty of MOT-1 (lot MOT-1-7)"], open.Claim("buy-american").Missing);
        Assert.All(Claims.Of(Contents.Rules, Contents.Tables, open).Claims, static c => Assert.Equal(ClaimState.Unknown, c.State));
    }

    [Fact]
    public void Wrong_content_is_findings_all_at_once()
    {
        UnitContent wrong = s_unit with { Currency = "usd", MadeIn = "USA", Assembly = -1, InternationalFreight = 9999_00, Components = [Contents.Part("A", 1, 1, 1, "United States") with { Quantity = 0 }] };
        var (claims, findings) = Claims.Of(Contents.Rules, Contents.Tables, wrong);
        Assert.Empty(claims);
        Assert.Equal(["currency", "country", "negative", "freight", "negative", "country"], findings.Select(static f => f.Rule));
        Assert.Equal("unit C1-GVL-000417, A (lot A-7) (origin): 'United States' is no country. Write the ISO 3166-1 alpha-2 code, such as US, or nothing when it is unknown. [country]", findings[^1].ToString());
    }

    [Fact]
    public void Few_parts_of_the_measures_country_are_not_flagged()
    {
        Claim c = s_unit.Claim("circumvention-CN");
        Assert.Equal((ClaimState.Holds, 7.17m, 129_00L, 1798_00L), (c.State, c.Share!.Value.Percent(), c.Share.Value.Above, c.Share.Value.Below));
    }

    [Fact]
    public void Many_parts_and_little_added_are_flagged()
    {
        UnitContent unit = s_unit with { MadeIn = "NL", Assembly = 0, Components = [Contents.Part("A", 1280, 0, 0, "CN"), Contents.Part("B", 518, 0, 0, "TW"), Contents.Part("C", 213, 0, 0, "NL") with { Own = true }] };
        Claim c = unit.Claim("circumvention-CN");
        Assert.Equal((ClaimState.Fails, 63.65m, 1280_00L, 2011_00L), (c.State, c.Share!.Value.Percent(), c.Share.Value.Above, c.Share.Value.Below));
        Assert.Contains("value added 213.00 USD of 2,011.00 USD = 10.59 %, not more than 25 %", c.Why, StringComparison.Ordinal);
        UnitContent bought = unit with { Assembly = 213_00, Components = [.. unit.Components.Take(2)] };      // the same work as assembly: 71.19 % of the parts
        Assert.Equal((ClaimState.Fails, 71.19m), (bought.Claim("circumvention-CN").State, bought.Claim("circumvention-CN").Share!.Value.Percent()));
        Assert.Contains("213.00 USD of 2,011.00 USD = 10.59 %", bought.Claim("circumvention-CN").Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(59, 0, ClaimState.Holds)]
    [InlineData(60, 0, ClaimState.Fails)]
    [InlineData(60, 33, ClaimState.Fails)]       // 33 of 133 is 24.8 %
    [InlineData(75, 25, ClaimState.Fails)]
    [InlineData(60, 34, ClaimState.Holds)]       // 34 of 134 is 25.4 %
    public void Sixty_percent_is_enough_to_be_flagged_and_value_added_must_be_more_than_twenty_five(int chinese, int assembly, ClaimState state)
    {
        UnitContent unit = s_unit with { Assembly = assembly * 100, Components = [Contents.Part("A", chinese, 0, 0, "CN"), Contents.Part("B", 100 - chinese, 0, 0, "TW")] };
        Assert.Equal(state, unit.Claim("circumvention-CN").State);
    }

    [Fact]
    public void Exactly_a_quarter_added_is_not_more_than_a_quarter() =>
        Assert.Equal(ClaimState.Fails, (s_unit with { Assembly = 25_00, Components = [Contents.Part("A", 75, 0, 0, "CN")] }).Claim("circumvention-CN").State);

    [Fact]
    public void Without_a_measure_there_is_nothing_to_circumvent_and_parts_of_unknown_origin_are_its_own()
    {
        Assert.Equal(ClaimState.DoesNotApply, (s_unit with { Delivered = new LocalDate(2024, 6, 1) }).Claim("circumvention").State);
        Assert.Equal(["the tariff code of the product"], (s_unit with { Hs = "" }).Claim("circumvention").Missing);
        UnitContent unit = s_unit with { Assembly = 0, Components = [Contents.Part("A", 30, 0, 0, "CN"), Contents.Part("B", 30, 0, 0, ""), Contents.Part("C", 40, 0, 0, "TW")] };
        Assert.Equal((ClaimState.Fails, 60m), (unit.Claim("circumvention-CN").State, unit.Claim("circumvention-CN").Share!.Value.Percent()));
        Assert.Equal("the origin of B (lot B-7) (30.00 USD) is undetermined: it counts as from CN", Assert.Single(unit.Claim("circumvention-CN").Undetermined));
    }

    [Fact]
    public void A_measure_against_anybody_hides_none_that_names_its_country()
    {
        var tables = new LandingTables([], [], [Measure("A", "CN"), Measure("B", "*")], [], []);
        Claim[] claims = [.. Claims.Of(Contents.Rules, tables, s_unit).Claims.Where(static c => c.Key.StartsWith("circumvention", StringComparison.Ordinal))];
        Assert.Equal(["circumvention-CN Holds", "circumvention Unknown"], claims.Select(static c => $"{c.Key} {c.State}"));
        Assert.Equal(["the countries that B in duty_measures is against"], claims[1].Missing);

        static DutyMeasure Measure(string key, string origins) => new(key, "MC", DutyKind.AntiDumping, "EU", "8711 60", origins, "", new(2025, 1, 25), null, null, null, 1, null, DutyPer.Unit, "", "", "", "", "A law", true);
    }

    [Theory]
    [InlineData("China", "Write the ISO 3166-1 alpha-2 code, such as US, or nothing when it is unknown.")]
    [InlineData("UK", "Write GB.")]
    [InlineData("EU", "Write the member state, such as NL.")]
    public void What_is_no_country_is_refused_wherever_it_stands(string country, string cure)
    {
        Assert.Equal(cure, Assert.Single(Claims.Of(Contents.Rules, Contents.Tables, s_unit, measureCountries: [country]).Findings).Cure);
        Assert.Equal(cure, Assert.Single(Claims.Of(Contents.Rules, Contents.Tables, s_unit with { MadeIn = country }).Findings).Cure);
        Assert.Equal(cure, Assert.Single(Claims.Of(Contents.Rules, Contents.Tables, s_unit.With("MOT-1", c => c with { Origin = country })).Findings).Cure);
    }

    [Fact]
    public void Origin_follows_the_last_substantial_processing_that_is_justified_and_shown()
    {
        UnitContent unit = s_unit with { MadeIn = "NL", Processing = Processing.Substantial, Justified = true, Evidence = "BTI NL-2028-1" };
        Assert.Equal((ClaimState.Holds, "EU"), (unit.Claim("origin-EU").State, unit.Claim("origin-EU").Answer));
        Assert.Equal((ClaimState.Holds, "NL"), (unit.Claim("origin-UK").State, unit.Claim("origin-UK").Answer));
        Assert.Equal(ClaimState.Unknown, (unit with { Evidence = "" }).Claim("origin-EU").State);
        Assert.Equal(ClaimState.Unknown, (unit with { Justified = null }).Claim("origin-EU").State);
        Assert.Equal(["whether the processing in NL is simple or substantial"], (unit with { Processing = Processing.Unknown }).Claim("origin-EU").Missing);
        Assert.Equal("The processing is not economically justified in NL; the largest part of the materials is of EU: 410.00 USD of 1,798.00 USD = 22.80 %.", (unit with { Justified = false }).Claim("origin-EU").Why);
    }

    [Fact]
    public void Simple_assembly_confers_no_origin_and_the_largest_part_is_reviewed()
    {
        Claim c = (s_unit with { MadeIn = "NL" }).Claim("origin-EU");
        Assert.Equal((ClaimState.NeedsReview, "EU", "Counsel"), (c.State, c.Answer, c.SignedBy));
        UnitContent open = s_unit.With("BAT-500", static x => x with { Origin = "" });      // 410 against 365 and 340 that may be anybody's
        Assert.Equal(["the origin of BAT-500 (lot BAT-500-7), on which the largest part hangs"], open.Claim("origin-EU").Missing);
        Assert.Equal((ClaimState.Holds, "US"), ((s_unit with { Components = [Contents.Part("A", 1, 0, 0, "US")] }).Claim("origin-EU").State, (s_unit with { Components = [Contents.Part("A", 1, 0, 0, "US")] }).Claim("origin-EU").Answer));
    }
}
