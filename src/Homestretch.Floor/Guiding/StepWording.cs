using Homestretch.Finishing.Floor;
using Homestretch.Floor.Speaking;
using Homestretch.World;

namespace Homestretch.Floor.Guiding;

/// <summary>A step's work instruction in a person's language; what is not translated in the step's own, and said so.</summary>
/// <param name="Foreign">What is told of what is not in the person's language; empty: all of it is.</param>
/// <param name="TitleTag">Language of the title as browsers name it; null: not known.</param>
/// <param name="TextTag">Language of the text.</param>
public sealed record StepWording(string Title, string Text, string Foreign, string? TitleTag, string? TextTag)
{
    private IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>();

    /// <summary>What is measured, in the person's words.</summary>
    public string Measured(string name) => Names.GetValueOrDefault(name, name);

    public static StepWording Of(FloorBoard board, string family, FloorStep step, Tongue speak)
    {
        FloorStepText? text = board.Texts?.FirstOrDefault(t => t.Family == family && t.Step == step.Step && speak.Reads(t.Language));
        string[] limits = [.. (Tolerances.Parse(step.Tolerances).Value ?? Tolerances.None).All.Select(static l => l.Name)];
        string version = step.Version.Length > 0 ? speak[Say.FirmwareVersion, step.Version] : "";
        Dictionary<string, string> names = limits.Select(l => (Name: l, Called: StepText.Named(text?.Measured ?? "", l))).Where(static n => n.Called is not null).ToDictionary(static n => n.Name, static n => n.Called!, StringComparer.Ordinal);
        if (speak.Reads(step.Language)) return new(step.Title, Joined(step.Text, version), "", speak.Tag, speak.Tag) { Names = names };
        bool title = text?.Title.Length > 0, words = step.Text.Length == 0 || text?.Text.Length > 0;
        string? own = step.Language.Length > 0 ? step.Language : null;
        string foreign = title && words && names.Count == limits.Length ? "" : Tongue.Find(step.Language) is { } known ? speak[Say.NotTranslated, Tongue.NameOf(known)] : own is not null ? speak[Say.NotTranslated, own] : speak[Say.NotTranslatedUnknown];
        return new(title ? text!.Title : step.Title, Joined(step.Text.Length > 0 && words ? text!.Text : step.Text, version), foreign, title ? speak.Tag : own, words ? speak.Tag : own) { Names = names };
    }

    private static string Joined(string text, string more) => text.Length > 0 && more.Length > 0 ? $"{text} {more}" : text + more;
}
