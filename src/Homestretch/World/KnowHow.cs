using NodaTime;

namespace Homestretch.World;

/// <summary>How much of a product's know-how lies in one item.</summary>
/// <param name="Weight">Against the other items and relations; only the shares count.</param>
public sealed record KnowHow(Key<Item> Item, Key<Party> Party, decimal Weight, string Note) : IRecord<KnowHow>
{
    public static string TableName => "know_how";
    public static string TableDoc => "How much of the product's know-how lies in one item, against other items and relations. An item without a row counts nothing.";
    public string Id => Item.Value;

    public static KnowHow Shape(Fields f, KnowHow? x) => new(
        f.Ref("item", x?.Item, "Item."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Number("weight", x?.Weight, "Its weight against those of other items and relations, 0 or more; only shares count."),
        f.Text("note", x?.Note, "What the know-how is.", ""));
}

/// <summary>What is known only by knowing two items: how they meet, how they are tuned to each other, the recipe that takes both.</summary>
public enum RelationKind { Interface, Tuning, Recipe }

/// <summary>Know-how that lies between two items: who knows only one of them does not have it.</summary>
/// <param name="Weight">Against items and other relations; only the shares count.</param>
public sealed record ItemRelation(Key<Item> Item, Key<Item> Other, RelationKind Kind, Key<Party> Party, decimal Weight) : IRecord<ItemRelation>
{
    public static string TableName => "relations";
    public static string TableDoc => "Know-how that lies between two items: their interface, how they are tuned to each other, a recipe that takes both.";
    public string Id => $"{Item}|{Other}|{Words.Of(Kind)}";

    public static ItemRelation Shape(Fields f, ItemRelation? x) => new(
        f.Ref("item", x?.Item, "One of the two items."),
        f.Ref("other", x?.Other, "The other; one row for both directions."),
        f.Choice("kind", x?.Kind, "What lies between them."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Number("weight", x?.Weight, "Its weight against those of items and other relations, 0 or more; only shares count."));
}

/// <summary>What knowing one item says of another.</summary>
/// <param name="Chance">Chance that who knows all of <paramref name="From"/> infers <paramref name="Item"/>.</param>
public sealed record Inference(Key<Item> Item, Key<Item> From, Key<Party> Party, Share Chance, string Why) : IRecord<Inference>
{
    public static string TableName => "inferences";
    public static string TableDoc => "The chance that who knows all of one item infers another from it, such as a frame's geometry from its sister size.";
    public string Id => $"{Item}|{From}";

    public static Inference Shape(Fields f, Inference? x) => new(
        f.Ref("item", x?.Item, "Item that is inferred."),
        f.Ref("from", x?.From, "Item it is inferred from."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Share("chance", x?.Chance, "Chance of it, for who knows all of the other, 0 to 1."),
        f.Text("why", x?.Why, "How it would be done.", ""));
}

/// <summary>How much of an item a document or a delivery tells, from nothing to all.</summary>
public enum DisclosureLevel
{
    /// <summary>A part number of no meaning and a part that is sealed.</summary>
    Sealed,

    /// <summary>Outer shape, connectors, mass, handling: what is needed to fit it in.</summary>
    Envelope,

    /// <summary>Drawing with tolerances and material.</summary>
    Drawing,

    /// <summary>The whole data package: models, bill of materials, test limits.</summary>
    Package,

    /// <summary>All of it with process parameters and firmware.</summary>
    Process,
}

/// <summary>What a party was given, or is to be given, of an item. What was given stays known: neither time nor the end of an agreement takes it back.</summary>
/// <param name="Given">When it was given; later than the present: planned.</param>
/// <param name="Nda">Agreement of secrecy it was given under; empty: none.</param>
/// <param name="NdaUntil">First moment at which the agreement no longer binds; null: open.</param>
public sealed record Disclosure(Key<Item> Item, Key<Party> Receiver, DisclosureLevel Level, string Document, Instant Given, string Nda, Instant? NdaUntil, Key<Party> Party) : IRecord<Disclosure>
{
    public static string TableName => "disclosures";
    public static string TableDoc => "What a party was given, or is planned to be given, of an item: the level, the document, when, and the agreement of secrecy. What was given stays known, also when the agreement ends.";
    public string Id => $"{Item}|{Receiver}|{Words.Of(Level)}|{Document}";

    public static Disclosure Shape(Fields f, Disclosure? x) => new(
        f.Ref("item", x?.Item, "Item that it tells of."),
        f.Ref("receiver", x?.Receiver, "Party that received it."),
        f.Choice("level", x?.Level, "How much of the item it tells."),
        f.Part("document", x?.Document, "Number of the document, or what was shown; empty when unknown.", ""),
        f.Moment("given", x?.Given, "When it was given; later than now: planned."),
        f.Text("nda", x?.Nda, "Agreement of secrecy it was given under; empty: none.", ""),
        f.OptionalMoment("nda_until", x?.NdaUntil, "First moment at which the agreement no longer binds; empty: open."),
        f.Ref("party", x?.Party, "Party that owns the record."));
}
