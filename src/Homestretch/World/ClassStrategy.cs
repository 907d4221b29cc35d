namespace Homestretch.World;

/// <summary>What a re-plan may do with the order lines of a customer class. The words are those of backorder processing.</summary>
public enum Strategy
{
    /// <summary>Gets its date whatever others lose, but for what is held and what Gain keeps.</summary>
    Win,

    /// <summary>Keeps at least what it has, and may get better.</summary>
    Gain,

    /// <summary>May get better, stay, or get worse.</summary>
    Redistribute,

    /// <summary>Keeps what it has or loses it, and never gains.</summary>
    Fill,

    /// <summary>Gives up what it has before anybody else gives up anything.</summary>
    Lose,
}

/// <summary>How a customer class is served when supply is laid out anew. A class without a record is served as Redistribute; a world without any record has no strategies, and
/// classes and worth alone decide.</summary>
public sealed record ClassStrategy(int Class, Strategy Strategy, Key<Party> Party) : IRecord<ClassStrategy>
{
    public static string TableName => "class_strategies";
    public static string TableDoc => "What a re-plan may do with the order lines of a customer class; a world without any has no such rule.";
    public string Id => Class.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static ClassStrategy Shape(Fields f, ClassStrategy? x) => new(
        f.Whole("class", x?.Class, "Customer class, as order lines have it."),
        f.Choice("strategy", x?.Strategy, "Win: its date, whatever others lose. Gain: keeps at least what it has. Redistribute: better, equal or worse. Fill: keeps or loses. Lose: gives up first."),
        f.Ref("party", x?.Party, "Party that owns the record."));
}
