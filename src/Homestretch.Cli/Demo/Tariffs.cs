using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Demo;

/// <summary>What customs asks of the C1's parts. All of it is a sample: what was read says where and when, and what was not read is round and says so.</summary>
internal static class Tariffs
{
    private const string Round = "Round sample, not read from a tariff";
    private static readonly LocalDate s_since = new(2021, 1, 1);

    /// <summary>Tariff codes by position in the product: United States, European Union, United Kingdom.</summary>
    private static readonly Dictionary<string, (string Us, string Eu, string Uk)> s_codes = new(StringComparer.Ordinal)
    {
        ["frame"] = ("8714.91.30", "8714 91 10", "8714 91 10"), ["fork"] = ("8714.91.90", "8714 91 30", "8714 91 30"), ["brakes"] = ("8714.94.90", "8714 94 20", "8714 94 20"), ["wheels"] = ("8714.99.80", "8714 99 90", "8714 99 90"),
        ["cockpit"] = ("8714.99.80", "8714 99 10", "8714 99 10"), ["saddle"] = ("8714.95.00", "8714 95 00", "8714 95 00"), ["motor"] = ("8501.31.40", "8501 31 00", "8501 31 00"), ["battery"] = ("8507.60.00", "8507 60 00", "8507 60 00"),
        ["charger"] = ("8504.40.95", "8504 40 95", "8504 40 95"), ["display"] = ("8531.20.00", "8531 20 95", "8531 20 95"), ["lights"] = ("8512.10.40", "8512 10 00", "8512 10 00"), ["drivetrain"] = ("8714.99.80", "8714 99 50", "8714 99 50"),
        ["tyres"] = ("4011.50.00", "4011 50 00", "4011 50 00"), ["harness"] = ("8544.30.00", "8544 30 00", "8544 30 00"), ["rack"] = ("8714.99.80", "8714 99 30", "8714 99 30"), ["market kit"] = ("4911.10.00", "4911 10 90", "4911 10 90"),
        ["packaging"] = ("4819.10.00", "4819 10 00", "4819 10 00"),
    };

    /// <summary>General rates: territory, code, percent, source; empty: a round sample.</summary>
    private static readonly (string Territory, string Hs, decimal Percent, string Source)[] s_general =
    [
        ("US", "8711.60", 0, "HTSUS 2025 revision 10, 8711.60.00, as htshub.com has it"), ("US", "8714.91.30", 3.9m, "HTSUS 8714.91.30, ruling NY I88519"), ("US", "8714.91.90", 0, "HTSUS 8714.91.90, ruling NY I88519"),
        ("US", "8714.99.80", 10, "HTSUS 8714.99.80, rulings NY M86567 and NY I84566"), ("US", "8714.94", 10, ""), ("US", "8714.95", 8, ""), ("US", "8501.31", 4, ""), ("US", "8507.60", 3.4m, "HTSUS 2025 revision 10, 8507.60.00, as htshub.com has it"),
        ("US", "8504.40", 0, ""), ("US", "8531.20", 0, ""), ("US", "8512.10", 3, ""), ("US", "4011.50", 0, ""), ("US", "8544.30", 5, ""), ("US", "4911.10", 0, ""), ("US", "4819.10", 0, ""),
        ("EU", "8711 60 10", 6, ""), ("EU", "8714", 4.7m, "TARIC 8714 96, as dutydesk.app has it, taken for all of 8714 9"), ("EU", "8501", 2.7m, "TARIC 8501 53, as dutydesk.app has it, taken for all of 8501"), ("EU", "8507 60", 3, ""), ("EU", "8504 40", 0, ""),
        ("EU", "8531 20", 0, ""), ("EU", "8512 10", 3, ""), ("EU", "4011 50", 4, ""), ("EU", "8544 30", 4, ""), ("EU", "4911 10", 0, ""), ("EU", "4819 10", 0, ""),
        ("UK", "8711 60 10", 6, ""), ("UK", "8714", 4, "UK tariff 8714 99 90 40 on 2 March 2021, trade-tariff.service.gov.uk, taken for all of 8714"), ("UK", "8501", 2, ""), ("UK", "8507 60", 2, ""), ("UK", "8504 40", 0, ""),
        ("UK", "8531 20", 0, ""), ("UK", "8512 10", 2, ""), ("UK", "4011 50", 4, ""), ("UK", "8544 30", 2, ""), ("UK", "4911 10", 0, ""), ("UK", "4819 10", 0, ""),
    ];

    /// <summary>Preferences: what is claimed, territory, origins. All rates are a round 0.</summary>
    private static readonly (string Claim, string Territory, string Origins)[] s_preferences =
    [
        ("USMCA", "US", "MX;CA"), ("KORUS", "US", "KR"), ("EVFTA", "EU", "VN"), ("EU-KR", "EU", "KR"), ("EU-JP", "EU", "JP"), ("EU-MX", "EU", "MX"), ("UKVFTA", "UK", "VN"), ("UK-KR", "UK", "KR"), ("UK-JP", "UK", "JP"), ("UK-MX", "UK", "MX"), ("TCA", "UK", "HU"),
    ];

    public static IEnumerable<IRecord> Records(LocalDate today)
    {
        yield return new CustomsTerritory("US", Cast.Brand, "United States", "US;PR", "USD", ValuationBasis.Fob, null, null, "19 U.S.C. 1401a: without international freight and insurance", true);
        yield return new CustomsTerritory("EU", Cast.Brand, "European Union", "AT;BE;BG;CY;CZ;DE;DK;EE;ES;FI;FR;GR;HR;HU;IE;IT;LT;LU;LV;MT;NL;PL;PT;RO;SE;SI;SK", "EUR", ValuationBasis.Cif, s_since, null,
            "Regulation (EU) 952/2013, article 71: with freight and insurance to the border", true);
        yield return new CustomsTerritory("UK", Cast.Brand, "United Kingdom", "GB", "GBP", ValuationBasis.Cif, s_since, null, "Customs (Import Duty) (EU Exit) Regulations 2018: with freight and insurance to the border; Northern Ireland left out", true);
        LocalDate month = new(today.Year, today.Month, 1);
        for (int back = 13; back >= 0; back--)
        {
            yield return new ExchangeRate("USD", "EUR", month.PlusMonths(-back), Cast.Brand, 0.9m, Round, true);
            yield return new ExchangeRate("USD", "GBP", month.PlusMonths(-back), Cast.Brand, 0.8m, Round, true);
        }
        foreach (Part p in Catalogue.Parts)
        {
            (string us, string eu, string uk) = s_codes[p.Group];
            foreach (var (territory, hs) in new[] { ("US", us), ("EU", eu), ("UK", uk) }) yield return new CustomsItem(p.Item, territory, null, null, Cast.Brand, hs, Freights.Kilograms(p), "Sample classification", true);
            string country = Cast.Parties.First(c => c.Key.Value == p.Supplier).Country;
            yield return new ItemOrigin(p.Item, p.Supplier, null, null, Cast.Brand, country, string.Join(';', s_preferences.Where(f => f.Origins.Split(';').Contains(country)).Select(static f => f.Claim)), DeliveryTerm.Fca,
                $"Sample: declaration of {p.Supplier} that it is made in {country}");
        }
        foreach (IRecord measure in Measures()) yield return measure;
        yield return new CustomsFee("US-MPF-2026", Cast.Brand, "US", "merchandise processing", new(2025, 10, 1), new LocalDate(2026, 10, 1), 0.3464m, 33.58m, 651.5m, Mode.None, "USMCA;KORUS", "19 CFR 24.23; 90 FR 34665 (CBP Dec. 25-10), read 28 November 2026", true);
        yield return new CustomsFee("US-MPF-2027", Cast.Brand, "US", "merchandise processing", new(2026, 10, 1), null, 0.3464m, 34, 660, Mode.None, "USMCA;KORUS", "19 CFR 24.23; the least and most of fiscal year 2027 are round, not read", true);
        yield return new CustomsFee("US-HMF", Cast.Brand, "US", "harbor maintenance", s_since, null, 0.125m, null, null, Mode.Sea, "", "19 CFR 24.24 (a), read 28 November 2026", true);
        foreach (var (mode, percent) in new[] { (Mode.Sea, 0.3m), (Mode.Air, 0.2m), (Mode.Rail, 0.2m), (Mode.Road, 0.2m) }) yield return new InsuranceRate(mode, s_since, Cast.Brand, null, percent, 110, Round, true);
    }

    private static IEnumerable<IRecord> Measures()
    {
        foreach (var (territory, hs, percent, source) in s_general)
            yield return Measure($"{territory}-{Short(hs)}", DutyKind.General, territory, hs, "*", s_since, percent, source.Length > 0 ? $"{source}; read 28 November 2026" : Round);
        foreach (var (claim, territory, origins) in s_preferences) yield return Measure($"{territory}-{claim}", DutyKind.Preference, territory, "*", origins, s_since, 0, Round) with { Claim = claim };
        // Section 301, list 3: 10 % from September 2018, 25 % from May 2019, and 10 % still for what was on the water
        yield return Measure("US-301-8714-10", DutyKind.Additional, "US", "8714", "CN", new(2018, 9, 24), 10, "Section 301 list 3, 9903.88.09: USTR notices of 2018 and of 10 June 2019; read 28 November 2026") with { To = new LocalDate(2019, 6, 15), YieldsTo = "US-301-8714" };
        yield return Measure("US-301-8714", DutyKind.Additional, "US", "8714", "CN", new(2019, 5, 10), 25, "Section 301 list 3, 9903.88.03: exported before 10 May and entered before 15 June 2019 is exempt (USTR notice of 10 June 2019); read 28 November 2026")
            with { ExportedBefore = new LocalDate(2019, 5, 10), EnteredBefore = new LocalDate(2019, 6, 15) };
        yield return Measure("US-301-8711", DutyKind.Additional, "US", "8711.60", "CN", s_since, 25, "Section 301, 8711.60.00, as htshub.com has it (2025 HTS revision 10); read 28 November 2026");
        yield return Measure("US-301-8507", DutyKind.Additional, "US", "8507.60", "CN", new(2026, 1, 1), 25, "Section 301, four-year review: batteries not for cars 25 % from 1 January 2026; read 28 November 2026");
        foreach (string hs in new[] { "8504.40", "8531.20", "8512.10" }) yield return Measure($"US-301-{Short(hs)}", DutyKind.Additional, "US", hs, "CN", s_since, 25, Round);
        LocalDate renewed = new(2025, 1, 25);
        yield return Measure("EU-AD-EBIKE", DutyKind.AntiDumping, "EU", "8711 60", "CN", renewed, 62.1m, "Regulation (EU) 2019/73, renewed by 2025/120: rate of all other companies; read 28 November 2026");
        yield return Measure("EU-CVD-EBIKE", DutyKind.Countervailing, "EU", "8711 60", "CN", renewed, 17.2m, "Regulation (EU) 2019/72, renewed by 2025/114: rate of all other companies; read 28 November 2026");
        yield return Measure("EU-AD-PARTS", DutyKind.AntiDumping, "EU", "8714", "CN", s_since, 48.5m, "Regulation (EC) 71/97, extended to essential bicycle parts; taken for all of 8714; read 28 November 2026");
        yield return new DutyMeasure("EU-EX-PARTS", Cast.Brand, DutyKind.Exclusion, "EU", "8714", "CN", "", s_since, null, null, null, null, null, DutyPer.Unit, "", "EBIKE-END-USE", "EU-AD-PARTS", "",
            "Regulation (EC) 88/97: parts for electric bicycles are not met, under end-use control; read 28 November 2026", true);
    }

    private static DutyMeasure Measure(string key, DutyKind kind, string territory, string hs, string origins, LocalDate from, decimal percent, string source) =>
        new(key, Cast.Brand, kind, territory, hs, origins, "", from, null, null, null, percent, null, DutyPer.Unit, "", "", "", "", source, true);

    private static string Short(string hs) => hs.Replace(".", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
}
