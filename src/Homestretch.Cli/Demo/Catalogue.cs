using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Demo;

/// <summary>One bought item of the C1, with the bill-of-materials line that takes it.</summary>
/// <param name="When">Condition on market and options; empty: always.</param>
/// <param name="Origin">Where its lanes begin: a key of <see cref="Ways.Origins"/>.</param>
/// <param name="Cents">Purchase price, US cents.</param>
/// <param name="LeadDays">Order to ready at the supplier's dock.</param>
/// <param name="Machine">Machine that makes it.</param>
/// <param name="PerUnit">Pieces in one bike.</param>
internal sealed record Part(string Item, string Name, string Group, int Position, string When, string Supplier, string Origin, int Cents,
    int LeadDays, string Machine, int PerUnit = 1)
{
    private readonly Condition _taken = Condition.Parse(When).Value!;

    /// <summary>Whether a variant takes it.</summary>
    public bool Holds(string market, Choices choices) => _taken.Holds(Catalogue.Within(market), choices);
    public bool Holds(OrderLine line) => Holds(line.Market.Value, line.Options);
}

/// <summary>What Meridian sells and what it is made of: the C1 e-bike family, 17 positions, six features that change the parts and two that only the law and the firmware know.</summary>
internal static class Catalogue
{
    public const string Family = "C1";

    public static IReadOnlyList<Part> Parts { get; } =
    [
        new("FRM-S", "Frame, small", "frame", 10, "frame=S", "SONGBE", "VN", 18400, 21, "WELD-02"),
        new("FRM-M", "Frame, medium", "frame", 10, "frame=M", "SONGBE", "VN", 18400, 21, "WELD-01"),
        new("FRM-L", "Frame, large", "frame", 10, "frame=L", "SONGBE", "VN", 18600, 21, "WELD-02"),
        new("FRM-XL", "Frame, extra large", "frame", 10, "frame=XL", "SONGBE", "VN", 18900, 21, "WELD-01"),
        new("FRK-GR", "Fork, graphite", "fork", 20, "colour=graphite", "DADU", "TW", 9800, 18, "FORGE-01"),
        new("FRK-MO", "Fork, moss", "fork", 20, "colour=moss", "DADU", "TW", 9900, 18, "FORGE-01"),
        new("BRK-LF", "Brake set, left lever front", "brakes", 30, "!market=UK", "BAGUA", "TW", 8200, 16, "CNC-01"),
        new("BRK-RF", "Brake set, right lever front", "brakes", 30, "market=UK", "BAGUA", "TW", 8200, 16, "CNC-01"),
        new("WHL-D", "Wheel set, derailleur hub", "wheels", 40, "drive=derailleur", "HOULI", "TW", 11200, 16, "LACE-01"),
        new("WHL-B", "Wheel set, gear hub", "wheels", 40, "drive=belt", "HOULI", "TW", 15800, 20, "LACE-01"),
        new("CKP-F", "Cockpit, flat bar", "cockpit", 50, "bar=flat", "WURI", "TW", 4600, 14, "BEND-01"),
        new("CKP-S", "Cockpit, swept bar", "cockpit", 50, "bar=swept", "WURI", "TW", 4900, 14, "BEND-01"),
        new("SAD-1", "Saddle and post", "saddle", 60, "", "YUANLIN", "TW", 3300, 14, "FOAM-01"),
        new("MOT-1", "Mid motor", "motor", 70, "", "BUKK", "HU", 31500, 20, "WIND-01"),
        new("BAT-400", "Battery 400 Wh", "battery", 80, "battery=400Wh", "MIHO", "KR", 21800, 18, "PACK-02"),
        new("BAT-500", "Battery 500 Wh", "battery", 80, "battery=500Wh", "MIHO", "KR", 26200, 18, "PACK-01"),
        new("BAT-625", "Battery 625 Wh", "battery", 80, "battery=625Wh", "MIHO", "KR", 32900, 18, "PACK-02"),
        new("CHG-US", "Charger with US mains cord", "charger", 90, "market=US", "LINGDING", "CNS", 2900, 14, "SMT-01"),
        new("CHG-EU", "Charger with EU mains cord", "charger", 90, "market=EU", "LINGDING", "CNS", 2900, 14, "SMT-01"),
        new("CHG-UK", "Charger with UK mains cord", "charger", 90, "market=UK", "LINGDING", "CNS", 3000, 14, "SMT-01"),
        new("DSP-MI", "Display, firmware in miles", "display", 100, "!market=EU", "TAIHU", "CNE", 5400, 16, "SMT-02"),
        new("DSP-KM", "Display, firmware in kilometres", "display", 100, "market=EU", "TAIHU", "CNE", 5400, 16, "SMT-02"),
        new("LGT-US", "Lights and reflectors, US", "lights", 110, "market=US", "QIANHAI", "CNS", 2100, 14, "MOLD-01"),
        new("LGT-EU", "Lights, type-approved for EU and UK", "lights", 110, "!market=US", "QIANHAI", "CNS", 2600, 14, "MOLD-01"),
        new("DRV-D", "Drivetrain, derailleur", "drivetrain", 120, "drive=derailleur", "SENSHU", "JP", 10400, 16, "PRESS-01"),
        new("DRV-B", "Drivetrain, belt", "drivetrain", 120, "drive=belt", "SENSHU", "JP", 14700, 18, "PRESS-01"),
        new("TYR-1", "Tyre 28 x 2.0", "tyres", 130, "", "DONGNAI", "VN", 1450, 16, "CURE-01", 2),
        new("HAR-1", "Wiring harness", "harness", 140, "", "CERRO", "MX", 2400, 10, "CRIMP-01"),
        new("RCK-1", "Rear rack", "rack", 150, "rack=yes", "PACOLET", "US", 3800, 10, "TUBE-01"),
        new("KIT-US", "Market kit US: labels, manual, firmware card", "market kit", 160, "market=US", "CATAWBA", "US", 900, 8, "PRINT-01"),
        new("KIT-EU", "Market kit EU: labels, manual, firmware card", "market kit", 160, "market=EU", "CATAWBA", "US", 1100, 8, "PRINT-01"),
        new("KIT-UK", "Market kit UK: labels, manual, firmware card", "market kit", 160, "market=UK", "CATAWBA", "US", 1000, 8, "PRINT-01"),
        new("PKG-1", "Packaging", "packaging", 170, "", "TYGER", "US", 1200, 7, "DIECUT-01"),
    ];

    /// <summary>The features of the C1, each option with its weight in demand.</summary>
    public static IReadOnlyList<(string Feature, (string Option, int Weight)[] Options)> Features { get; } =
    [
        ("frame", [("S", 18), ("M", 38), ("L", 32), ("XL", 12)]),
        ("colour", [("graphite", 60), ("moss", 40)]),
        ("drive", [("derailleur", 68), ("belt", 32)]),
        ("bar", [("flat", 60), ("swept", 40)]),
        ("battery", [("400Wh", 30), ("500Wh", 50), ("625Wh", 20)]),
        ("rack", [("yes", 62), ("no", 38)]),
    ];

    /// <summary>Features that take no part of their own, and the option that demand takes in a market: how far the motor helps, and whether the lever that is on every cockpit drives without pedalling.</summary>
    public static (string Feature, string Option)[] Switched(string market) => [("assist", Within(market).Contains("US") ? "20mph" : "25kmh"), ("throttle", "none")];

    /// <summary>List price of each option, US cents: the frame brings the bike's own.</summary>
    private static int Price(string feature, string option) => (feature, option) switch
    {
        ("frame", _) => 249_900,
        ("battery", "500Wh") => 25_000,
        ("battery", "625Wh") => 55_000,
        ("drive", "belt") => 30_000,
        ("rack", "yes") or ("throttle", "20mph") => 6_000,
        ("assist", "28mph") => 15_000,
        ("throttle", "28mph") => 9_000,
        _ => 0,
    };

    private static bool IsUsual(string feature, string option) => (feature, option) is ("frame", "M") or ("colour", "graphite") or ("drive", "derailleur") or ("bar", "flat") or ("battery", "500Wh") or ("rack", "yes") or ("assist", "25kmh") or ("throttle", "none");

    /// <summary>A market and those it is within.</summary>
    public static IReadOnlyList<string> Within(string market) => market switch { "NY" => ["NY", "US"], "NYC" => ["NYC", "NY", "US"], _ => [market] };

    /// <summary>Market that a hub finishes for.</summary>
    public static string MarketOf(string hub) => hub switch { "GVL" => "US", "ALM" => "EU", _ => "UK" };

    /// <summary>The parts of one variant in one market, in BOM order.</summary>
    public static IEnumerable<Part> PartsOf(string market, Choices choices) =>
        Parts.Where(p => p.Holds(market, choices));

    public static IEnumerable<IRecord> Records(LocalDate today)
    {
        yield return new Item(Family, Cast.Brand, "Meridian C1 e-bike", ItemKind.Family, "", "EA", 1, null);
        foreach (Part p in Parts)
        {
            yield return new Item(p.Item, Cast.Brand, p.Name, ItemKind.SubAssembly, p.Group, "EA", 1, new Money(p.Cents, "USD"));
            yield return new ItemRevision(p.Item, Cast.Brand, "A", null, null);
            yield return new BomLine(Family, $"{p.Position:000}{Suffix(p)}", p.Item, Cast.Brand, new Quantity(p.PerUnit, "EA"), Condition.Parse(p.When).Value!, null, null);
        }
        yield return new ItemRevision("MOT-1", Cast.Brand, "B", today.PlusDays(-30), null);
        yield return new ItemRevision("DSP-MI", Cast.Brand, "B", today.PlusDays(14), null);
        yield return new ItemRevision("DSP-KM", Cast.Brand, "B", today.PlusDays(14), null);
        // A bigger battery may stand in for a smaller one; the bike's label follows the one that is fitted.
        yield return new ItemAlternate("BAT-400", "BAT-500", Cast.Brand, 1, null, null);
        yield return new ItemAlternate("BAT-500", "BAT-625", Cast.Brand, 1, null, today.PlusMonths(6));
        foreach (var (feature, options) in Features)
        {
            foreach (var (option, _) in options) yield return Option(feature, option, $"{feature} {option}");
        }
        foreach (var (option, name) in ((string, string)[])[("25kmh", "to 25 km/h"), ("20mph", "to 20 mph"), ("28mph", "to 28 mph")]) yield return Option("assist", option, name);
        foreach (var (option, name) in ((string, string)[])[("none", "no throttle"), ("20mph", "throttle to 20 mph"), ("28mph", "throttle to 28 mph")]) yield return Option("throttle", option, name);
        yield return new Market("US", Cast.Brand, "United States", "US", 120, "B", "en-US", 3, 5);
        yield return new Market("EU", Cast.Brand, "European Union", "EU", 230, "F", "de", 2, 4);
        yield return new Market("UK", Cast.Brand, "United Kingdom", "GB", 230, "G", "en-GB", 2, 3);
        // Validity and cost are ours, to show how they work: sample documents, no legal advice.
        yield return Paper("COC-US", "US", "16 CFR 1512", "General certificate of conformity", 14, new Money(120_000, "USD"), "U.S. CPSC, 16 CFR part 1512 and 1110");
        yield return Paper("DOC-EU", "EU", "EN 15194", "EU declaration of conformity", 45, new Money(380_000, "EUR"), "Machinery Directive 2006/42/EC; EN 15194:2017");
        yield return Paper("DOC-UK", "UK", "SI 2008/1597", "UKCA declaration of conformity", 45, new Money(310_000, "GBP"), "Supply of Machinery (Safety) Regulations 2008");

        foreach (IRecord law in Laws.Records(today)) yield return law;
        foreach (IRecord said in Batteries.Records(today)) yield return said;

        static ProductOption Option(string feature, string option, string name) =>
            new(Family, feature, option, Cast.Brand, name, feature is "colour" or "bar" or "battery", new Money(Price(feature, option), "USD"), IsUsual(feature, option));

        Document Paper(string key, string market, string requirement, string title, int renewal, Money cost, string source) =>
            new(key, Cast.Brand, requirement, title, market, (Key<Item>)Family, today.PlusYears(-1).AtMidnight().InUtc().ToInstant(), today.PlusYears(2).AtMidnight().InUtc().ToInstant(), renewal, null, cost, $"Sample; {source}");
    }

    private static string Suffix(Part p) => p.When.Length == 0 ? "" : $".{p.Item[(p.Item.IndexOf('-', StringComparison.Ordinal) + 1)..]}";
}
