using NodaTime;

namespace Homestretch.World;

/// <summary>What a rule of a market is about: which options may be chosen together; a document it asks for; what stands on the product; how fast it assists; how strong its motor is; where its brakes are; which parts have a passport.</summary>
public enum MarketRuleKind { Choice, Document, Label, Speed, Power, Brake, Passport }

/// <summary>What a market asks of a product, with the law that says so and the days between which it holds.</summary>
/// <param name="Market">Market it holds in, and in all markets within it; null: everywhere, as a rule of the product itself.</param>
/// <param name="Family">Family it holds for; null: all.</param>
/// <param name="When">Variants it holds for.</param>
/// <param name="Must">What must hold of them; only of a choice.</param>
/// <param name="Value">The requirement that documents name, the group of items that have a passport, the words of a label, the speed, power or side; empty of a choice.</param>
/// <param name="From">First day it holds; null: always.</param>
/// <param name="To">First day it no longer holds; null: open.</param>
public sealed record MarketRule(Key<MarketRule> Key, Key<Party> Party, MarketRuleKind Kind, Key<Market>? Market, Key<Item>? Family, Condition When, Condition Must, string Value, string Text,
    LocalDate? From, LocalDate? To, string Source, bool Sample) : IRecord<MarketRule>
{
    public static string TableName => "market_rules";
    public static string TableDoc => "What a market asks of a product: options that may be chosen together, a document, a label, a speed, a power, a side of the brake, a passport; each with its law and its dates.";
    public string Id => Key.Value;

    public static MarketRule Shape(Fields f, MarketRule? x) => new(
        f.Own("market_rule", x?.Key, "Short code of the rule, unique."),
        f.Ref("party", x?.Party, "Party that owns the record; of a document also the one that has it issued."),
        f.Choice("kind", x?.Kind, "What it is about."),
        f.OptionalRef("market", x?.Market, "Market it holds in, and in all markets within it; empty: everywhere, as a rule of the product itself."),
        f.OptionalRef("family", x?.Family, "Product family it holds for; empty: all."),
        f.Parsed("when", x?.When, "Condition on market and options of the variants it holds for; empty: all.", "condition", Condition.Parse),
        f.Parsed("must", x?.Must, "Of a choice: what must hold of them, as a condition on market and options.", "condition", Condition.Parse),
        f.Text("value", x?.Value, "Of a document the requirement, as documents name it; of a passport the position of the parts that have one, such as battery; else the label's words, the speed, power or side. Empty of a choice.", ""),
        f.Text("text", x?.Text, "The rule in plain words, as whoever chooses is told it."),
        f.OptionalDate("from", x?.From, "First day it holds; empty: always."),
        f.OptionalDate("to", x?.To, "First day it no longer holds; empty: open."),
        f.Text("source", x?.Source, "The law that says so: act, article, place."),
        f.Choice<YesNo>("sample", x is null ? null : x.Sample ? YesNo.Yes : YesNo.No, "Whether it is a sample, not to be relied on.") == YesNo.Yes);

    /// <summary>Is it in force on a day?</summary>
    public bool InForce(LocalDate day) => !(day < From) && !(day >= To);
}
