namespace Homestretch.Finishing.Floor;

/// <summary>Why something may not be done on the floor, and what to do instead, in words that fit a small screen.</summary>
/// <param name="Rule">Stable kebab-case name, for programs.</param>
internal sealed record Refusal(string Rule, string What, string Cure)
{
    public string Text => $"{What} {Cure}";
}
