namespace Homestretch.Products.Configuring;

/// <summary>Why a choice cannot be made.</summary>
/// <param name="Choices">The fewest of the earlier choices that rule it out together with the model.</param>
/// <param name="Rules">Rules of the model that suffice for it; none of them can be left out.</param>
/// <param name="Fewest">Is it proven that no smaller set of rules suffices beside these choices?</param>
/// <param name="Change">The fewest of the earlier choices to turn round so that the choice can be made; null when the model never allows it.</param>
public sealed record Conflict(Choice Wanted, IReadOnlyList<Choice> Choices, IReadOnlyList<ModelRule> Rules, bool Fewest, IReadOnlyList<Choice>? Change)
{
    /// <summary>In plain words, a line each.</summary>
    public IReadOnlyList<string> Words()
    {
        string what = Wanted.Taken ? $"{Wanted.Of} cannot be taken" : $"{Wanted.Of} cannot be left out";
        string first = Choices.Count > 0 ? $"{what} with {Joined(Choices)}, because:" : $"{what} in any configuration, because:";
        string last = Change is null ? "No change of choices allows it; the model must change."
            : Change.Count == 0 ? "It can be chosen."
            : $"To allow it, {string.Join(" and ", Change.Select(static c => c.Taken ? $"take {c.Of}" : $"leave out {c.Of}"))} instead.";
        return [first, .. Rules.Select(static r => $"- {r}"), last];
    }

    private static string Joined(IReadOnlyList<Choice> choices) => string.Join(" and ", choices.Select(static c => c.Taken ? $"{c.Of} taken" : $"{c.Of} left out"));
}
