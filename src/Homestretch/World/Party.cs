namespace Homestretch.World;

/// <summary>What a party is to the brand owner. A forecaster says when things will arrive and handles none of them.</summary>
public enum PartyKind { Brand, Supplier, Carrier, Logistics, Customer, Authority, Forecaster }

/// <summary>A company that owns records or acts on them.</summary>
/// <param name="Owner">Who controls it: key of another party, or a name as people write it; empty: nobody else, as far as we know.</param>
public sealed record Party(Key<Party> Key, string Name, PartyKind Kind, string Country, string Owner = "") : IRecord<Party>
{
    public static string TableName => "parties";
    public static string TableDoc => "A company: the brand owner, a supplier, a carrier, a logistics provider, a customer, a forecaster.";
    public string Id => Key.Value;
    Key<Party> IRecord.Party => Key;

    public static Party Shape(Fields f, Party? x) => new(
        f.Own("party", x?.Key, "Short code of the party, unique."),
        f.Text("name", x?.Name, "Name as people write it."),
        f.Choice("kind", x?.Kind, "What the party is to the brand owner."),
        f.Text("country", x?.Country, "ISO 3166-1 alpha-2 country of registration; empty when unknown.", ""),
        f.Text("owner", x?.Owner, "Who controls it: the code of another party, or a name that all it controls share; empty: nobody else, as far as we know.", ""));
}
