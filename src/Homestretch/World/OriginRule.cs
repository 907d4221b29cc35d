using NodaTime;

namespace Homestretch.World;

/// <summary>What a rule of origin asks or grants. Those with a share or years have a figure, the others are judged by facts.</summary>
public enum RuleOfOrigin
{
    /// <summary>Least regional value content by transaction value, percent.</summary>
    RvcTransaction,
    /// <summary>Least regional value content by net cost, percent.</summary>
    RvcNetCost,
    /// <summary>Domestic share of the cost of components that must be exceeded, percent.</summary>
    DomesticContent,
    /// <summary>Domestic share of the manufacturing cost from which 'made in' needs nobody's judgement, percent.</summary>
    MadeInAll,
    /// <summary>Domestic share below which 'made in' is refused; from it on somebody judges and signs, percent.</summary>
    MadeInReview,
    /// <summary>'Made in' follows non-preferential origin.</summary>
    MadeInByOrigin,
    /// <summary>'Assembled in' asks for substantial assembly there.</summary>
    AssembledSubstantially,
    /// <summary>'Assembled in' asks for assembly there.</summary>
    AssembledThere,
    /// <summary>A claim with a qualification, which somebody reviews and signs.</summary>
    QualifiedClaim,
    /// <summary>Origin follows the last substantial, economically justified processing.</summary>
    LastProcessing,
    /// <summary>Share of the parts' value from the country of a measure from which assembly may circumvent it, percent.</summary>
    CircumventionParts,
    /// <summary>Value added, percent of manufacturing cost, above which assembly does not circumvent.</summary>
    CircumventionValueAdded,
    /// <summary>Duty refunded when what it was paid for leaves, percent.</summary>
    Drawback,
    /// <summary>Years from import within which drawback is claimed.</summary>
    DrawbackYears,
    /// <summary>Countries to which no more is refunded than the duty paid there.</summary>
    DrawbackLesser,
    /// <summary>Inward processing: duty of what was brought in that is due, percent.</summary>
    InwardOnInputs,
    /// <summary>Inward processing: duty of the finished product that is due, percent.</summary>
    InwardOnProduct,
}

/// <summary>A rule about origin, with its figure, its dates and the law that says so.</summary>
/// <param name="Jurisdiction">Whose rule it is: US, EU, UK, or an agreement such as USMCA.</param>
/// <param name="Countries">ISO 3166-1 alpha-2 countries that count as its own, or that it is about, parted by ';'.</param>
/// <param name="Hs">Leading digits of the tariff codes of the finished products it holds for; *: all.</param>
/// <param name="Figure">Percent, or years; null: it is judged by facts.</param>
/// <param name="From">First day it holds.</param>
/// <param name="To">First day it no longer holds; null: open.</param>
/// <param name="SignedBy">Who reviews and signs what it leaves to judgement.</param>
public sealed record OriginRule(Key<OriginRule> Key, Key<Party> Party, RuleOfOrigin Rule, string Jurisdiction, string Countries, string Hs, decimal? Figure, LocalDate From, LocalDate? To, string SignedBy, string Source, bool Sample)
    : IRecord<OriginRule>
{
    public static string TableName => "origin_rules";
    public static string TableDoc => "A rule about origin: a threshold, a rate or a condition, with its dates and the law that says so. What no rule covers is unknown.";
    public string Id => Key.Value;

    public static OriginRule Shape(Fields f, OriginRule? x) => new(
        f.Own("origin_rule", x?.Key, "Short code of the rule, unique."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Choice("rule", x?.Rule, "What it asks or grants (docs/claims.md has each)."),
        f.Text("jurisdiction", x?.Jurisdiction, "Whose rule it is: US, EU, UK, or an agreement such as USMCA."),
        f.Text("countries", x?.Countries, "ISO 3166-1 alpha-2 countries that count as its own, or that it is about, parted by ';'.", ""),
        f.Text("hs", x?.Hs, "Leading digits of the tariff codes of the finished products it holds for, with or without dots; *: all.", "*"),
        f.OptionalNumber("figure", x?.Figure, "Percent, or years; empty: it is judged by facts."),
        f.Date("from", x?.From, "First day it holds."),
        f.OptionalDate("to", x?.To, "First day it no longer holds; empty: open."),
        f.Text("signed_by", x?.SignedBy, "Who reviews and signs what it leaves to judgement; empty: nobody is named.", ""),
        f.Text("source", x?.Source, "The law that says so, and when and where it was read."),
        f.Choice<YesNo>("sample", x is null ? null : x.Sample ? YesNo.Yes : YesNo.No, "Whether it is a sample, not to be relied on.") == YesNo.Yes);

    /// <summary>Whether a rule has a figure.</summary>
    internal static bool HasFigure(RuleOfOrigin rule) => rule is not (RuleOfOrigin.MadeInByOrigin or RuleOfOrigin.AssembledSubstantially or RuleOfOrigin.AssembledThere or RuleOfOrigin.QualifiedClaim or RuleOfOrigin.LastProcessing or RuleOfOrigin.DrawbackLesser);

    /// <summary>Whether a rule is about countries.</summary>
    internal static bool NeedsCountries(RuleOfOrigin rule) => rule is not (RuleOfOrigin.CircumventionParts or RuleOfOrigin.CircumventionValueAdded or RuleOfOrigin.DrawbackYears);
}
