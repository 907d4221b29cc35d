using Homestretch.Finishing.Origin;
using Homestretch.Finishing.Origin.Labels;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Finishing.Origin;

/// <summary>Labels: read whole or not at all; allowed, refused with figures, or signed by somebody; never silently allowed.</summary>
public sealed class LabelTests
{
    private static readonly UnitContent s_unit = Contents.Unit, s_all = Contents.Unit with { Components = [Contents.Part("A", 100, 0, 0, "US"), Contents.Part("B", 50, 0, 0, "PR")], Assembly = 50_00 };

    [Theory]
    [InlineData("Made in USA", LabelVerb.Made, "US", LabelQualifier.None)]
    [InlineData("  MADE IN THE U.S.A.! ", LabelVerb.Made, "US", LabelQualifier.None)]
    [InlineData("Proudly built in the United States of America", LabelVerb.Made, "US", LabelQualifier.None)]
    [InlineData("American-made", LabelVerb.Made, "US", LabelQualifier.None)]
    [InlineData("Assembled in USA", LabelVerb.Assembled, "US", LabelQualifier.None)]
    [InlineData("Assembled in USA with imported parts", LabelVerb.Assembled, "US", LabelQualifier.ImportedParts)]
    [InlineData("Made in U.S. of US & imported components", LabelVerb.Made, "US", LabelQualifier.MixedParts)]
    [InlineData("Made in EU", LabelVerb.Made, "EU", LabelQualifier.None)]
    [InlineData("Made in UK", LabelVerb.Made, "UK", LabelQualifier.None)]
    [InlineData("Manufactured in Great Britain from foreign materials", LabelVerb.Made, "UK", LabelQualifier.ImportedParts)]
    public void Known_texts_are_read_whole(string text, LabelVerb verb, string place, LabelQualifier qualifier) => Assert.Equal(new LabelReading(verb, place, qualifier), LabelReading.Of(text));

    [Theory]
    [InlineData("")]
    [InlineData("Made")]
    [InlineData("Made in")]
    [InlineData("Not made in USA")]
    [InlineData("Made in USA?")]
    [InlineData("Made in USA with pride")]
    [InlineData("Made in USA with no imported parts")]
    [InlineData("Made in USA and China")]
    [InlineData("Made in Europe")]
    [InlineData("Made in US of UK and imported parts")]
    [InlineData("Designed in USA")]
    [InlineData("Hecho en USA")]
    [InlineData("Mаde in USA")]       // a Cyrillic letter
    [InlineData("🇺🇸")]
    public void Any_other_text_is_unknown_and_needs_review(string text)
    {
        LabelAnswer answer = s_all.Label(text);
        Assert.Equal((null as LabelReading, LabelState.Unknown, "Counsel"), (answer.Reading, answer.State, answer.SignedBy));
        Assert.StartsWith("Unknown: needs review.", answer.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void The_demonstration_unit_is_neither_made_nor_assembled_in_usa()
    {
        LabelAnswer made = s_unit.Label("Made in USA"), assembled = s_unit.Label("Assembled in USA"), qualified = s_unit.Label("Assembled in USA with imported parts");
        Assert.Equal((LabelState.Refused, 15.27m), (made.State, made.Share!.Value.Percent()));
        Assert.Contains("307.00 USD of a manufacturing cost of 2,011.00 USD = 15.27 % is of US; below 95 % it is refused. Foreign: HU 410.00 USD, TW 365.00 USD, KR 340.00 USD", made.Why, StringComparison.Ordinal);
        Assert.Equal(LabelState.Refused, assembled.State);
        Assert.Contains("('screwdriver' assembly): 213.00 USD of 2,011.00 USD = 10.59 % of the manufacturing cost", assembled.Why, StringComparison.Ordinal);
        Assert.Equal((LabelState.NeedsSignature, "Counsel"), (qualified.State, qualified.SignedBy));
        Assert.Equal("It is made in US, not in EU.", s_unit.Label("Made in EU").Why);
        Assert.Equal((LabelState.Refused, LabelState.Refused), (s_unit.Label("Made in EU").State, s_unit.Label("Made in UK").State));
    }

    [Fact]
    public void All_of_it_is_allowed_nearly_all_is_signed_less_is_refused()
    {
        UnitContent Foreign(long value) => s_all with { Components = [Contents.Part("A", 150 - value, 0, 0, "US"), Contents.Part("B", value, 0, 0, "CN")] };
        Assert.Equal(LabelState.Allowed, s_all.Label("Made in USA").State);
        Assert.Equal((LabelState.NeedsSignature, "Counsel"), (Foreign(10).Label("Made in USA").State, Foreign(10).Label("Made in USA").SignedBy));      // 190 of 200 is 95 %
        Assert.Equal(LabelState.Refused, Foreign(11).Label("Made in USA").State);
        Assert.Equal(LabelState.NeedsSignature, Foreign(0).Label("Made in USA").State);       // worth nothing, and foreign all the same
        Assert.Equal(LabelState.Refused, (s_all with { MadeIn = "CA" }).Label("Made in USA").State);
        Assert.Equal(LabelState.Unknown, (s_all with { MadeIn = "" }).Label("Made in USA").State);
    }

    [Fact]
    public void Undetermined_origin_counts_as_foreign_on_a_label_and_is_told()
    {
        LabelAnswer answer = s_all.With("B", static c => c with { Origin = "" }).Label("Made in USA");
        Assert.Equal(LabelState.Refused, answer.State);
        Assert.Equal(["the origin of B (lot B-7) is undetermined: it counts as foreign"], answer.Undetermined);
        Assert.Contains("Foreign: unknown origin 50.00 USD.", answer.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Substantial_assembly_is_shown_and_signed()
    {
        UnitContent unit = s_unit with { Processing = Processing.Substantial, Evidence = "HQ H301619" };
        Assert.Equal((LabelState.NeedsSignature, "Counsel"), (unit.Label("Assembled in USA").State, unit.Label("Assembled in USA").SignedBy));
        Assert.Equal(["what shows that the assembly is substantial, such as a ruling"], (unit with { Evidence = "" }).Label("Assembled in USA").Missing);
        Assert.Equal(LabelState.Unknown, (unit with { Processing = Processing.Unknown }).Label("Assembled in USA").State);
    }

    [Fact]
    public void A_qualified_claim_is_true_in_each_of_its_words()
    {
        Assert.Equal("It names imported parts, and has none.", s_all.Label("Made in USA with imported parts").Why);
        UnitContent foreign = s_unit with { Components = [.. s_unit.Components.Where(static c => c.Origin != "US")] };
        Assert.Equal(LabelState.Refused, foreign.Label("Made in USA of domestic and imported parts").State);
        Assert.Equal(LabelState.NeedsSignature, foreign.Label("Assembled in USA from imported parts").State);
        Assert.Equal((LabelState.Refused, LabelState.Unknown, LabelState.NeedsSignature), (foreign.Label("Made in USA from imported parts").State, (foreign with { Processing = Processing.Unknown }).Label("Made in USA from imported parts").State, (foreign with { Processing = Processing.Substantial }).Label("Made in USA from imported parts").State));
        Assert.Equal(LabelState.NeedsSignature, s_unit.Label("Made in USA with imported parts").State);
        Assert.Equal(LabelState.Refused, (foreign with { MadeIn = "MX" }).Label("Assembled in USA from imported parts").State);
    }

    [Fact]
    public void Made_in_the_eu_follows_origin()
    {
        UnitContent unit = s_unit with { MadeIn = "NL", Processing = Processing.Substantial, Justified = true, Evidence = "BTI NL-1" };
        Assert.Equal(LabelState.Allowed, unit.Label("Made in EU").State);
        Assert.Equal((LabelState.NeedsSignature, "Counsel"), ((unit with { Processing = Processing.Simple }).Label("Made in EU").State, (unit with { Processing = Processing.Simple }).Label("Made in EU").SignedBy));
        UnitContent chinese = unit.With("BAT-500", static c => c with { Origin = "CN" }) with { Processing = Processing.Simple };      // 469 of CN against 410
        Assert.Equal(LabelState.Refused, chinese.Label("Made in EU").State);
        Assert.StartsWith("Its origin is CN, not EU.", chinese.Label("Made in EU").Why, StringComparison.Ordinal);
        Assert.Equal(LabelState.Unknown, (unit with { Processing = Processing.Unknown }).Label("Made in EU").State);
        Assert.Equal(LabelState.NeedsSignature, unit.Label("Assembled in EU").State);
    }

    [Fact]
    public void A_day_without_a_rule_allows_nothing()
    {
        UnitContent old = s_all with { Delivered = new LocalDate(2019, 1, 1) };
        foreach (string text in (string[])["Made in USA", "Assembled in USA", "Made in USA with imported parts", "Made in EU", "Made in UK"])
        {
            Assert.Equal(LabelState.Unknown, old.Label(text).State);
            Assert.Contains("origin_rules", old.Label(text).Why, StringComparison.Ordinal);
        }
        Assert.Equal(LabelState.Unknown, s_unit.Label("Assembled in UK").State);       // the UK has no such rule here
    }
}
