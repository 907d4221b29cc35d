using NodaTime;

namespace Homestretch.World;

/// <summary>Where a unit is sold. A first-class part of the variant, not an option among others.</summary>
/// <param name="Within">Market that this one is part of: what holds there holds here too; null: none.</param>
/// <param name="OutboundP50Days">Hub to customer, median days; with <paramref name="OutboundP90Days"/> a lognormal time.</param>
public sealed record Market(Key<Market> Key, Key<Party> Party, string Name, string Country, int Voltage, string Plug, string Language,
    decimal OutboundP50Days, decimal OutboundP90Days, Key<Market>? Within = null) : IRecord<Market>
{
    public static string TableName => "markets";
    public static string TableDoc => "A market a unit can be finished for: what it demands of the product and how long delivery takes.";
    public string Id => Key.Value;

    public static Market Shape(Fields f, Market? x) => new(
        f.Own("market", x?.Key, "Short code of the market, unique."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Text("name", x?.Name, "Name as people write it."),
        f.Text("country", x?.Country, "ISO 3166-1 alpha-2, or EU."),
        f.Whole("voltage", x?.Voltage, "Mains voltage, volts."),
        f.Text("plug", x?.Plug, "Mains plug type, IEC letter."),
        f.Text("language", x?.Language, "BCP 47 language of documents and display."),
        f.Number("outbound_p50_days", x?.OutboundP50Days, "Hub to customer, median, days.", 0),
        f.Number("outbound_p90_days", x?.OutboundP90Days, "Hub to customer, 90th percentile, days.", 0),
        f.OptionalRef("within", x?.Within, "Market that this one is part of, such as a state of a federation: its rules, documents and bill-of-materials conditions hold here too; empty: none."));
}

/// <summary>One legal choice of one feature of a product family.</summary>
/// <param name="AskInstead">Whether customers who chose another option of the feature may be asked to take this one.</param>
/// <param name="Price">What it adds to the list price of one unit; null: unknown.</param>
/// <param name="Usual">Whether it is proposed where nobody chose.</param>
public sealed record ProductOption(Key<Item> Family, string Feature, string Option, Key<Party> Party, string Name, bool AskInstead = false, Money? Price = null, bool Usual = false) : IRecord<ProductOption>
{
    public static string TableName => "product_options";
    public static string TableDoc => "A feature of a product family and one option it can take.";
    public string Id => $"{Family}|{Feature}|{Option}";

    public static ProductOption Shape(Fields f, ProductOption? x) => new(
        f.Ref("family", x?.Family, "Product family."),
        f.Part("feature", x?.Feature, "Feature, such as battery."),
        f.Part("option", x?.Option, "Option, such as 500Wh."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Text("name", x?.Name, "Name as people write it.", ""),
        f.Choice<YesNo>("ask_instead", x is null ? null : x.AskInstead ? YesNo.Yes : YesNo.No, "Whether customers who chose another option of the feature may be asked to take this one.", YesNo.No) == YesNo.Yes,
        f.OptionalMoney("price", x?.Price, "What it adds to the list price of one unit; 0: nothing; empty: unknown."),
        f.Choice<YesNo>("usual", x is null ? null : x.Usual ? YesNo.Yes : YesNo.No, "Whether it is proposed where nobody chose; of several of a feature the first by key.", YesNo.No) == YesNo.Yes);
}

/// <summary>One line of the 150 % bill of materials.</summary>
/// <param name="When">Condition on market and options under which a variant takes the line.</param>
public sealed record BomLine(Key<Item> Family, string Position, Key<Item> Item, Key<Party> Party, Quantity Quantity, Condition When,
    LocalDate? From, LocalDate? To) : IRecord<BomLine>
{
    public static string TableName => "bom_lines";
    public static string TableDoc => "A line of a family's 150 % bill of materials: an item, how much, and the condition under which a variant takes it.";
    public string Id => $"{Family}|{Position}";

    public static BomLine Shape(Fields f, BomLine? x) => new(
        f.Ref("family", x?.Family, "Product family."),
        f.Part("position", x?.Position, "Position number, unique in the family."),
        f.Ref("item", x?.Item, "Item that is used."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Quantity("quantity", x?.Quantity, "Amount per finished unit."),
        f.Parsed("when", x?.When, "Condition on market and options; empty: always.", "condition", Condition.Parse),
        f.OptionalDate("from", x?.From, "First day it is effective; empty: always."),
        f.OptionalDate("to", x?.To, "First day it is no longer effective; empty: open."));
}

/// <summary>Which assembly line finishes a family, and how long one unit takes there.</summary>
public sealed record Routing(Key<Item> Family, Key<AssemblyLine> Line, Key<Party> Party, decimal MinutesPerUnit, int Priority) : IRecord<Routing>
{
    public static string TableName => "routings";
    public static string TableDoc => "An assembly line that can finish a family, and the time one unit takes.";
    public string Id => $"{Family}|{Line}";

    public static Routing Shape(Fields f, Routing? x) => new(
        f.Ref("family", x?.Family, "Product family."),
        f.Ref("line", x?.Line, "Assembly line."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Number("minutes_per_unit", x?.MinutesPerUnit, "Open time of the line that one unit takes, minutes."),
        f.Whole("priority", x?.Priority, "1 is preferred.", 1));
}
