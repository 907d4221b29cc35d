using NodaTime;

namespace Homestretch.World;

/// <summary>Who may see a field of a passport. Regulation (EU) 2023/1542, article 77(2) and Annex XIII, points 1 to 4.</summary>
public enum PassportTier
{
    /// <summary>Everybody (point 1).</summary>
    Public,

    /// <summary>Persons with a legitimate interest and the Commission (points 2 and 4).</summary>
    Interest,

    /// <summary>Notified bodies, market surveillance authorities and the Commission (point 3).</summary>
    Authority,
}

/// <summary>A field of a battery's passport that the law names.</summary>
/// <param name="Individual">True: of the one battery, by its serial number; false: of its model.</param>
/// <param name="Needed">Whether a passport lacks something without it; false: only where it applies.</param>
/// <param name="Source">Where the law names it.</param>
/// <param name="From">First day a battery of light means of transport needs it.</param>
public sealed record PassportField(string Key, PassportTier Tier, bool Individual, bool Needed, string Source, LocalDate From)
{
    /// <summary>First day of passports: Regulation (EU) 2023/1542, article 77(1).</summary>
    public static LocalDate Begin { get; } = new(2027, 2, 18);

    /// <summary>All fields of a battery of light means of transport, in the order of the law: Regulation (EU) 2023/1542, Annex XIII with Annex VI, part A. Point 1(k) is of electric vehicles only.
    /// Read in a summary of the consolidated text of 13 August 2026, not in the Official Journal.</summary>
    public static IReadOnlyList<PassportField> All { get; } =
    [
        Public("manufacturer", "1(a); Annex VI, part A, 1; article 38(7)"),
        Public("category", "1(a); Annex VI, part A, 2"),
        Public("model", "1(a); Annex VI, part A, 2; article 38(6)"),
        Public("serial", "1(a); Annex VI, part A, 2; articles 38(6) and 77(3)", individual: true),
        Public("place_of_manufacture", "1(a); Annex VI, part A, 3"),
        Public("date_of_manufacture", "1(a); Annex VI, part A, 4", individual: true),
        Public("weight", "1(a); Annex VI, part A, 5"),
        Public("chemistry", "1(a) and (b); Annex VI, part A, 7"),
        Public("hazardous_substances", "1(a) and (b); Annex VI, part A, 8"),
        Public("extinguishing_agent", "1(a); Annex VI, part A, 9"),
        Public("critical_raw_materials", "1(a) and (b); Annex VI, part A, 10"),
        Public("carbon_footprint", "1(c); article 7(1)") with { From = new(2028, 8, 18) },
        Public("carbon_footprint_class", "1(c); article 7(2)") with { From = new(2030, 2, 18) },
        Public("responsible_sourcing", "1(d); article 52(3)") with { From = new(2027, 8, 18) },
        Public("recycled_content", "1(e); article 8(1)") with { From = new(2033, 8, 18) },
        Public("renewable_content", "1(f)"),
        Public("rated_capacity", "1(a) and (g); Annex VI, part A, 6"),
        Public("voltage_minimum", "1(h)"), Public("voltage_nominal", "1(h)"), Public("voltage_maximum", "1(h)"),
        Public("power", "1(i)"),
        Public("expected_lifetime", "1(j)"),
        Public("idle_temperatures", "1(l)"),
        Public("warranty", "1(m)") with { Needed = false },
        Public("efficiency_new", "1(n)"), Public("efficiency_half", "1(n)"),
        Public("resistance", "1(o)"),
        Public("c_rate", "1(p)"),
        Public("markings", "1(q); article 13(4) and (5)"),
        Public("conformity", "1(r); article 18"),
        Public("waste", "1(s); article 74(1)(a) to (f)"),
        Interest("composition", "2(a)"),
        Interest("part_numbers", "2(b)"),
        Interest("spare_sources", "2(b)"),
        Interest("dismantling", "2(c)"),
        Interest("safety", "2(d)"),
        Interest("performance", "4(a); article 10(1)", individual: true),
        Interest("state_of_health", "4(b); article 14; Annex VII, part A", individual: true),
        Interest("status", "4(c)", individual: true),
        Interest("use", "4(d)", individual: true) with { Needed = false },
        Of(PassportTier.Authority, "test_reports", "3"),
    ];

    public static PassportField? Named(string key) => s_named.GetValueOrDefault(key);

    private static readonly Dictionary<string, PassportField> s_named = All.ToDictionary(static f => f.Key, StringComparer.Ordinal);

    private static PassportField Public(string key, string point, bool individual = false) => Of(PassportTier.Public, key, point, individual);
    private static PassportField Interest(string key, string point, bool individual = false) => Of(PassportTier.Interest, key, point, individual);
    private static PassportField Of(PassportTier tier, string key, string point, bool individual = false) => new(key, tier, individual, true, $"Regulation (EU) 2023/1542, Annex XIII, {point}", Begin);
}
