using NodaTime;

namespace Homestretch.World;

/// <summary>A document that a market asks for: without one of its requirement in force, units do not leave the hub for that market.</summary>
/// <param name="Party">Party that holds it and has it renewed.</param>
/// <param name="Requirement">What it satisfies. Documents of one requirement follow each other.</param>
/// <param name="Family">Family that it covers; null: all.</param>
/// <param name="ValidFrom">First moment at which it is in force.</param>
/// <param name="ValidUntil">First moment at which it is no longer in force; null: open.</param>
/// <param name="RenewalDays">Days from asking for the next one until it is in force; null: unknown.</param>
/// <param name="RenewalExpected">When the next one, which was asked for, is expected to be in force; null: none was asked for.</param>
/// <param name="RenewalCost">What the next one costs; null: unknown.</param>
/// <param name="Source">The law or rule that asks for it, and who issued it.</param>
public sealed record Document(Key<Document> Key, Key<Party> Party, string Requirement, string Title, Key<Market> Market, Key<Item>? Family, Instant ValidFrom, Instant? ValidUntil, decimal? RenewalDays,
    Instant? RenewalExpected, Money? RenewalCost, string Source) : IRecord<Document>
{
    public static string TableName => "documents";
    public static string TableDoc => "A document that a market asks for, such as a type approval: while none of its requirement is in force, units do not leave the hub for that market.";
    public string Id => Key.Value;

    public static Document Shape(Fields f, Document? x) => new(
        f.Own("document", x?.Key, "Number of the document, unique."),
        f.Ref("party", x?.Party, "Party that holds it and has it renewed."),
        f.Part("requirement", x?.Requirement, "What it satisfies, such as EN-15194; documents of one requirement follow each other."),
        f.Text("title", x?.Title, "Name as people write it."),
        f.Ref("market", x?.Market, "Market that asks for it."),
        f.OptionalRef("family", x?.Family, "Product family it covers; empty: all."),
        f.Moment("valid_from", x?.ValidFrom, "First moment at which it is in force."),
        f.OptionalMoment("valid_until", x?.ValidUntil, "First moment at which it is no longer in force; empty: open."),
        f.OptionalNumber("renewal_days", x?.RenewalDays, "Days from asking for the next one until it is in force; empty: unknown."),
        f.OptionalMoment("renewal_expected", x?.RenewalExpected, "When the next one, which was asked for, is expected to be in force; empty: none was asked for."),
        f.OptionalMoney("renewal_cost", x?.RenewalCost, "What the next one costs; empty: unknown."),
        f.Text("source", x?.Source, "The law or rule that asks for it, and who issued it.", ""));
}
