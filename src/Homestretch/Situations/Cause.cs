namespace Homestretch.Situations;

/// <summary>What kind of thing a situation is about.</summary>
public enum CauseKind
{
    /// <summary>A machine that is down or is likely to fail before what it makes is made. Key: the machine.</summary>
    Machine,

    /// <summary>A passage of the sea that is closed to ships. Key: the passage's word.</summary>
    Passage,

    /// <summary>A shipment under way, with all lots aboard. Key: the shipment.</summary>
    Shipment,

    /// <summary>A lot that is not under way yet. Key: the lot.</summary>
    Lot,

    /// <summary>A part that must still be bought, or that nothing can bring. Key: hub/item.</summary>
    Part,

    /// <summary>An assembly line that has more to do than its hours hold. Key: the line.</summary>
    Line,

    /// <summary>The way to the customers of a market took longer than their promises allow for. Key: the market.</summary>
    Delivery,

    /// <summary>An order line that no rule lets be built. Key: the order line.</summary>
    Order,

    /// <summary>A document that a market asks for, which lapses or is not yet in force. Key: the document.</summary>
    Document,
}

/// <summary>What a situation is about. At most one open situation has it.</summary>
public readonly record struct Cause(CauseKind Kind, string Key)
{
    /// <summary>Reads 'machine:KEY'; null when the text is no cause.</summary>
    public static Cause? Parse(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && World.Words.Find<CauseKind>(text[..colon]) is { } kind && colon + 1 < text.Length ? new(kind, text[(colon + 1)..]) : null;
    }

    public override string ToString() => $"{World.Words.Of(Kind)}:{Key}";
}
