using NodaTime;

namespace Homestretch.World;

/// <summary>How far a situation is. Potential and confirmed are open; the others have ended.</summary>
public enum SituationState
{
    /// <summary>It may yet come to nothing: what it takes from promises is below what makes it certain.</summary>
    Potential,

    /// <summary>Promises are at risk, or will be when nothing is done.</summary>
    Confirmed,

    /// <summary>A decision took it away.</summary>
    Mended,

    /// <summary>A person lets it be; it stays silent until it grows worse.</summary>
    Accepted,

    /// <summary>It went away by itself.</summary>
    Gone,
}

/// <summary>Something that took a forecast past a promise or soon will: one cause, from when it was first seen until it ended. What it means today is read from the plan; this is what is kept.</summary>
/// <param name="Cause">What it is about, such as 'machine:KEY', 'shipment:KEY', 'passage:suez', 'part:HUB/ITEM'. One open situation has it.</param>
/// <param name="Changed">When its state was last changed.</param>
/// <param name="Owner">Who mends it; empty: nobody yet.</param>
/// <param name="Peak">Most promises it was ever expected to take.</param>
/// <param name="By">Who changed it last; empty: the plan.</param>
/// <param name="Note">Why, in a sentence.</param>
/// <param name="Useless">A person said that it should not have been shown.</param>
public sealed record Situation(Key<Situation> Key, Key<Party> Party, string Cause, Instant Opened, SituationState State, Instant Changed, string Owner, decimal Peak, string By, string Note,
    bool Useless) : IRecord<Situation>
{
    public static string TableName => "situations";
    public static string TableDoc => "Something that took a forecast past a promise or soon will: its cause, who mends it, and how it ended.";
    public string Id => Key.Value;

    /// <summary>Whether it still asks for something.</summary>
    public bool Open => State <= SituationState.Confirmed;

    public static Situation Shape(Fields f, Situation? x) => new(
        f.Own("situation", x?.Key, "Number of the situation, unique."),
        f.Ref("party", x?.Party, "Party whose promises it moves."),
        f.Text("cause", x?.Cause, "What it is about, such as machine:KEY or shipment:KEY."),
        f.Moment("opened", x?.Opened, "When it was first seen."),
        f.Choice("state", x?.State, "How far it is."),
        f.Moment("changed", x?.Changed, "When its state was last changed."),
        f.Text("owner", x?.Owner, "Who mends it; empty: nobody yet.", ""),
        f.Number("peak", x?.Peak, "Most promises it was ever expected to take.", 0),
        f.Text("by", x?.By, "Who changed it last; empty: the plan.", ""),
        f.Text("note", x?.Note, "Why, in a sentence.", ""),
        f.Choice<YesNo>("useless", x is null ? null : x.Useless ? YesNo.Yes : YesNo.No, "Whether a person said that it should not have been shown.", YesNo.No) == YesNo.Yes);
}

/// <summary>Yes or no, as people write it in a table.</summary>
public enum YesNo { No, Yes }
