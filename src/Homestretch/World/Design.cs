using NodaTime;

namespace Homestretch.World;

/// <summary>A choice of sources for a study, kept: who does each stage, what it was reckoned to cost, and why it is worth it. It plans nothing until it is adopted.</summary>
/// <param name="Limits">What it was chosen within: limits as studies write them, parted by ';'.</param>
/// <param name="Cost">What a year was reckoned to cost when it was kept, in the study's currency.</param>
/// <param name="Bound">What no choice within its limits could cost less than, by the proof of that day.</param>
/// <param name="Note">The business case: the economic reason, which some customs law asks for. It must be there before a design is adopted.</param>
/// <param name="Adopted">When its lanes and ways to buy were written; null: not yet.</param>
public sealed record Design(Key<Design> Key, Key<Party> Party, Key<Study> Study, string Name, string Limits, decimal Cost, decimal Bound, string Note, Instant Made, string By, Instant? Adopted, string AdoptedBy) : IRecord<Design>
{
    public static string TableName => "designs";
    public static string TableDoc => "A choice of sources for a study that somebody kept, with its business case. It plans nothing until it is adopted.";
    public string Id => Key.Value;

    public static Design Shape(Fields f, Design? x) => new(
        f.Own("design", x?.Key, "Short code of the design, unique."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Ref("study", x?.Study, "Study that it is a choice of."),
        f.Text("name", x?.Name, "Name as people write it."),
        f.Text("limits", x?.Limits, "Limits that it was chosen within, as study_limits writes them, parted by ';'.", ""),
        f.Number("cost", x?.Cost, "What a year was reckoned to cost when it was kept, in the study's currency."),
        f.Number("bound", x?.Bound, "What no choice within its limits could cost less than, as proven then."),
        f.Text("note", x?.Note, "Business case: the economic reason. It must be there before the design is adopted.", ""),
        f.Moment("made", x?.Made, "When it was kept."),
        f.Text("by", x?.By, "Who kept it."),
        f.OptionalMoment("adopted", x?.Adopted, "When its lanes and ways to buy were written; empty: not yet."),
        f.Text("adopted_by", x?.AdoptedBy, "Who adopted it.", ""));
}

/// <summary>A source that a design uses for a stage.</summary>
/// <param name="Share">Of the stage's units, above 0 and at most 1.</param>
public sealed record DesignSource(Key<Design> Design, string Stage, string Source, Key<Party> Party, decimal Share) : IRecord<DesignSource>
{
    public static string TableName => "design_sources";
    public static string TableDoc => "Who does each stage in a design, and how much of it.";
    public string Id => $"{Design}|{Stage}|{Source}";

    public static DesignSource Shape(Fields f, DesignSource? x) => new(
        f.Ref("design", x?.Design, "Design."),
        f.Part("stage", x?.Stage, "Stage of its study."),
        f.Part("source", x?.Source, "Source of that stage."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Number("share", x?.Share, "Share of the stage's units, above 0 and at most 1.", 1));
}
