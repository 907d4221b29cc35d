using Homestretch.Finishing.Origin;
using Homestretch.Finishing.Origin.Labels;
using Homestretch.Landing;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Finishing.Origin;

/// <summary>The demonstration unit (docs/claims.md has its table), rules to hold it against, and shorter ways to ask.</summary>
internal static class Contents
{
    public static readonly LocalDate Day = new(2028, 12, 31);
    private static readonly LocalDate s_since = new(2020, 7, 1);

    public static OriginRules Rules { get; } = new(
    [
        Rule("RVC-TV", RuleOfOrigin.RvcTransaction, "USMCA", "US;MX;CA", 60) with { Hs = "8711" }, Rule("RVC-NC", RuleOfOrigin.RvcNetCost, "USMCA", "US;MX;CA", 50) with { Hs = "8711" },
        Rule("DC-2021", RuleOfOrigin.DomesticContent, "US", "US;PR", 55) with { From = new(2021, 1, 21), To = new LocalDate(2022, 10, 25) },
        Rule("DC-2022", RuleOfOrigin.DomesticContent, "US", "US;PR", 60) with { From = new(2022, 10, 25), To = new LocalDate(2024, 1, 1) },
        Rule("DC-2024", RuleOfOrigin.DomesticContent, "US", "US;PR", 65) with { From = new(2024, 1, 1), To = new LocalDate(2029, 1, 1) },
        Rule("DC-2029", RuleOfOrigin.DomesticContent, "US", "US;PR", 75) with { From = new(2029, 1, 1) },
        Rule("MADE-ALL", RuleOfOrigin.MadeInAll, "US", "US;PR", 100), Rule("MADE-REVIEW", RuleOfOrigin.MadeInReview, "US", "US;PR", 95), Rule("US-ASM", RuleOfOrigin.AssembledSubstantially, "US", "US;PR", null), Rule("US-Q", RuleOfOrigin.QualifiedClaim, "US", "US;PR", null),
        Rule("EU-ORIGIN", RuleOfOrigin.LastProcessing, "EU", "DE;HU;NL", null), Rule("UK-ORIGIN", RuleOfOrigin.LastProcessing, "UK", "GB", null), Rule("EU-MADE", RuleOfOrigin.MadeInByOrigin, "EU", "DE;HU;NL", null), Rule("UK-MADE", RuleOfOrigin.MadeInByOrigin, "UK", "GB", null),
        Rule("EU-ASM", RuleOfOrigin.AssembledThere, "EU", "DE;HU;NL", null), Rule("EU-Q", RuleOfOrigin.QualifiedClaim, "EU", "DE;HU;NL", null),
        Rule("CIRC-P", RuleOfOrigin.CircumventionParts, "EU", "", 60), Rule("CIRC-V", RuleOfOrigin.CircumventionValueAdded, "EU", "", 25),
        Rule("DRAW", RuleOfOrigin.Drawback, "US", "US;PR", 99), Rule("YEARS", RuleOfOrigin.DrawbackYears, "US", "", 5), Rule("LESSER", RuleOfOrigin.DrawbackLesser, "US", "CA;MX", null),
        Rule("EU-IN", RuleOfOrigin.InwardOnInputs, "EU", "DE;HU;NL", 100), Rule("EU-OUT", RuleOfOrigin.InwardOnProduct, "EU", "DE;HU;NL", 100), Rule("UK-IN", RuleOfOrigin.InwardOnInputs, "UK", "GB", 100),
    ]);

    public static LandingTables Tables { get; } = new([], [],
    [
        new DutyMeasure("EU-AD", "MC", DutyKind.AntiDumping, "EU", "8711 60", "CN", "", new(2025, 1, 25), null, null, null, 62.1m, null, DutyPer.Unit, "", "", "", "", "2025/120", true),
        new DutyMeasure("EU-CVD", "MC", DutyKind.Countervailing, "EU", "8711 60", "CN", "", new(2025, 1, 25), null, null, null, 17.2m, null, DutyPer.Unit, "", "", "", "", "2025/114", true),
        new DutyMeasure("EU-GEN", "MC", DutyKind.General, "EU", "8711", "*", "", new(2025, 1, 25), null, null, null, 6, null, DutyPer.Unit, "", "", "", "", "TARIC", true),
    ], [], []);

    public static UnitContent Unit { get; } = new("C1-GVL-000417", "C1", "8711.60.00", "US", Day, "USD", "US", Processing.Simple, true, "", 213_00, 0, 45_00, 2735_00,
    [
        Part("MOT-1", 410, 14, 16.40m, "HU"), Part("FRK-GR", 98, 6, 0, "TW"), Part("BRK-LF", 82, 3, 8.20m, "TW"), Part("WHL-D", 106, 12, 10.60m, "TW"), Part("CKP-F", 46, 4, 4.60m, "TW"), Part("SAD-1", 33, 2, 2.64m, "TW"),
        Part("BAT-500", 340, 15, 0, "KR"), Part("FRM-M", 270, 16, 10.53m, "VN"), Part("TYR-1", 29, 3, 0, "VN"), Part("CHG-US", 29, 2, 7.25m, "CN"), Part("DSP-MI", 74, 2, 18.50m, "CN"), Part("LGT-US", 26, 1, 7.28m, "CN"),
        Part("DRV-D", 128, 5, 12.80m, "JP"), Part("HAR-1", 33, 2, 0, "MX", "USMCA"), Part("RCK-1", 60, 4, 0, "US", "USMCA"), Part("KIT-US", 14, 1, 0, "US", "USMCA"), Part("PKG-1", 20, 3, 0, "US", "USMCA"),
    ]);

    public static OriginRule Rule(string key, RuleOfOrigin rule, string jurisdiction, string countries, decimal? figure) => new(key, "MC", rule, jurisdiction, countries, "*", figure, s_since, null, "Counsel", $"Law of {key}", false);

    public static UnitComponent Part(string item, decimal value, decimal freight, decimal duty, string origin, params string[] originating) =>
        new(item, $"{item}-7", 1, "EA", (long)(100 * value), (long)(100 * freight), (long)(100 * duty), origin, originating, false);

    public static Claim Claim(this UnitContent unit, string key, OriginRules? rules = null)
    {
        var (claims, findings) = Claims.Of(rules ?? Rules, Tables, unit);
        Assert.Empty(findings);
        return claims.Single(c => c.Key == key);
    }

    public static LabelAnswer Label(this UnitContent unit, string text, OriginRules? rules = null)
    {
        var (answer, findings) = LabelCheck.Of(rules ?? Rules, unit, text);
        Assert.Empty(findings);
        return answer!;
    }

    public static UnitContent With(this UnitContent unit, string item, Func<UnitComponent, UnitComponent> changed) => unit with { Components = [.. unit.Components.Select(c => c.Item == item ? changed(c) : c)] };
}
