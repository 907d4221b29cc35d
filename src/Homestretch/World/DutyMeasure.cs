using NodaTime;

namespace Homestretch.World;

/// <summary>What a measure does. A preference replaces the general rate when it is claimed; an exclusion switches others off; the rest is added up.</summary>
public enum DutyKind { General, Additional, AntiDumping, Countervailing, Safeguard, Preference, Exclusion }

/// <summary>What a specific amount of duty is for.</summary>
public enum DutyPer { Unit, Kilogram }

/// <summary>A duty, or what takes one away, with its dates and its source.</summary>
/// <param name="Hs">Leading digits of the tariff codes it holds for; *: all.</param>
/// <param name="Origins">Countries of origin it holds for, parted by ';'; *: all.</param>
/// <param name="ExceptOrigins">Countries it does not hold for.</param>
/// <param name="From">First day of entry it holds.</param>
/// <param name="To">First day it no longer holds; null: open.</param>
/// <param name="ExportedBefore">Goods exported before this day are exempt ('on the water'); null: no such clause.</param>
/// <param name="EnteredBefore">They are exempt only if they are entered before this day; null: whenever.</param>
/// <param name="Percent">Of the customs value; null: none.</param>
/// <param name="Specific">Amount for each <paramref name="Per"/>, in <paramref name="Currency"/>; null: none.</param>
/// <param name="Claim">It holds only when this is claimed; empty: without a claim.</param>
/// <param name="Excludes">Measures that it switches off, parted by ';'.</param>
/// <param name="YieldsTo">Measures beside which it does not hold, parted by ';'.</param>
public sealed record DutyMeasure(Key<DutyMeasure> Key, Key<Party> Party, DutyKind Kind, Key<CustomsTerritory> Territory, string Hs, string Origins, string ExceptOrigins, LocalDate From, LocalDate? To,
    LocalDate? ExportedBefore, LocalDate? EnteredBefore, decimal? Percent, decimal? Specific, DutyPer Per, string Currency, string Claim, string Excludes, string YieldsTo, string Source, bool Sample)
    : IRecord<DutyMeasure>
{
    public static string TableName => "duty_measures";
    public static string TableDoc => "A duty on goods that enter a territory, or what takes one away, with its dates and its source. Free of duty is a general rate of 0, stated.";
    public string Id => Key.Value;

    public static DutyMeasure Shape(Fields f, DutyMeasure? x) => new(
        f.Own("duty_measure", x?.Key, "Short code of the measure, unique."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Choice("kind", x?.Kind, "What it does: a preference replaces the general rate when it is claimed, an exclusion switches others off, the rest is added up."),
        f.Ref("territory", x?.Territory, "Customs territory it belongs to."),
        f.Text("hs", x?.Hs, "Leading digits of the tariff codes it holds for, with or without dots; *: all."),
        f.Text("origins", x?.Origins, "ISO 3166-1 alpha-2 countries of origin it holds for, parted by ';'; *: all."),
        f.Text("except_origins", x?.ExceptOrigins, "Countries of origin it does not hold for, parted by ';'.", ""),
        f.Date("from", x?.From, "First day of entry it holds."),
        f.OptionalDate("to", x?.To, "First day it no longer holds; empty: open."),
        f.OptionalDate("exported_before", x?.ExportedBefore, "Goods exported before this day are exempt; empty: no such clause."),
        f.OptionalDate("entered_before", x?.EnteredBefore, "They are exempt only if they are entered before this day; empty: whenever."),
        f.OptionalNumber("percent", x?.Percent, "Percent of the customs value; empty: none."),
        f.OptionalNumber("specific", x?.Specific, "Amount for each unit or kilogram; empty: none."),
        f.Choice<DutyPer>("per", x?.Per, "What the specific amount is for.", DutyPer.Unit),
        f.Text("currency", x?.Currency, "ISO 4217 currency of the specific amount.", ""),
        f.Text("claim", x?.Claim, "It holds only when this is claimed; empty: without a claim.", ""),
        f.Text("excludes", x?.Excludes, "Keys of measures that it switches off where it holds, parted by ';'.", ""),
        f.Text("yields_to", x?.YieldsTo, "Keys of measures beside which it does not hold, parted by ';'.", ""),
        f.Text("source", x?.Source, "The law that says so, and when it was read."),
        f.Choice<YesNo>("sample", x is null ? null : x.Sample ? YesNo.Yes : YesNo.No, "Whether it is a sample, not to be relied on.") == YesNo.Yes);
}
