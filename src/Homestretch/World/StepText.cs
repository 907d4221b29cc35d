namespace Homestretch.World;

/// <summary>The work instruction of a step in another language than the step's own. What is empty is not translated.</summary>
/// <param name="Language">As in BCP 47: de, or zh-Hans.</param>
/// <param name="Measured">What is measured, by its names in the step's tolerances: torque=Drehmoment; gap=Spalt.</param>
public sealed record StepText(Key<Item> Family, string Step, string Language, Key<Party> Party, string Title, string Text, string Measured) : IRecord<StepText>
{
    public static string TableName => "step_texts";
    public static string TableDoc => "A step's work instruction in another language; people on the floor read it in theirs, and are told when there is none.";
    public string Id => $"{Family}|{Step}|{Language}";

    public static StepText Shape(Fields f, StepText? x) => new(
        f.Ref("family", x?.Family, "Product family."),
        f.Part("step", x?.Step, "Number of the step."),
        f.Part("language", x?.Language, "Language as in BCP 47, such as de or zh-Hans."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Text("title", x?.Title, "What is done, in a few words; empty: not translated.", ""),
        f.Text("text", x?.Text, "How it is done; empty: not translated.", ""),
        f.Text("measured", x?.Measured, "Names of what is measured, by the names in tolerances, as torque=Drehmoment; gap=Spalt.", ""));

    /// <summary>What the limit of a name is called; null: not translated.</summary>
    public static string? Named(string measured, string name) => Listed.Of(measured).Select(static m => m.Split('=', 2, StringSplitOptions.TrimEntries)).FirstOrDefault(m => m.Length == 2 && m[0] == name) is [_, { Length: > 0 } called] ? called : null;

    internal static bool AreNames(string measured) => Listed.Of(measured).All(static m => m.Split('=', StringSplitOptions.TrimEntries) is [{ Length: > 0 }, { Length: > 0 }]);
}
