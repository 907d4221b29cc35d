using Homestretch.World;
using NodaTime;

namespace Homestretch.Finishing.Passports;

/// <summary>The passport of a finished unit and of the batteries in it, as it was when it left the line.</summary>
/// <param name="Product">What the records say of the unit itself; no law asks for a passport of it.</param>
/// <param name="Batteries">Each battery that is in it; empty: none is known.</param>
public sealed record Passport(string Serial, string Market, IReadOnlyList<PassportEntry> Product, IReadOnlyList<BatteryPassport> Batteries)
{
    /// <summary>What those may see who see these tiers; nothing else is left in it.</summary>
    public Passport Seen(params IReadOnlyCollection<PassportTier> tiers) =>
        this with { Product = [.. Product.Where(e => tiers.Contains(e.Tier))], Batteries = [.. Batteries.Select(b => b with { Entries = [.. b.Entries.Where(e => tiers.Contains(e.Tier))] })] };
}

/// <summary>The passport of one battery.</summary>
/// <param name="Due">First day its market asks for a passport; null: none is asked for there.</param>
/// <param name="Asked">Whether one was asked for on the day the unit was made.</param>
/// <param name="Day">Day it is judged by: the day the unit was made, or the due day when that is later.</param>
/// <param name="Law">The market's rule that asks for it; empty: none.</param>
public sealed record BatteryPassport(string Name, LocalDate? Due, bool Asked, LocalDate Day, string Law, IReadOnlyList<PassportEntry> Entries)
{
    /// <summary>Fields that the law needs by its day and that nobody has said, of those that are seen.</summary>
    public IEnumerable<string> Missing => Entries.Where(static e => e is { Needed: true, Known: false }).Select(static e => e.Field);

    public bool Complete => !Missing.Any();
}

/// <summary>One field of a passport.</summary>
/// <param name="Needed">Whether the law needs it on the passport's day.</param>
/// <param name="From">First day the law needs it; null: no law does.</param>
/// <param name="Value">What is said; empty: unknown.</param>
/// <param name="Sample">Whether it is a sample, not to be relied on.</param>
/// <param name="Document">Title of the document that proves it; empty: none is named.</param>
/// <param name="Source">Where the law names the field; of a unit the records it comes from.</param>
public sealed record PassportEntry(string Field, PassportTier Tier, bool Needed, LocalDate? From, string Value, string Unit, bool Sample, string Document, string Source)
{
    public bool Known => Value.Length > 0;
}
