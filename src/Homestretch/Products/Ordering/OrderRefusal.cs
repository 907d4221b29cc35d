using Homestretch.World;

namespace Homestretch.Products.Ordering;

/// <summary>A rule as whoever chooses is told it.</summary>
/// <param name="Key">Key of its record; empty: a rule of the family's feature model.</param>
/// <param name="Where">The market it is of, or the product.</param>
public sealed record ToldRule(string Key, string Where, string Text, string Source, bool Sample)
{
    public override string ToString() => $"{Where}: {Text.TrimEnd('.')}{(Source.Length > 0 ? $" ({Source}{(Sample ? "; sample, not read at its source" : "")})" : "")}";
}

/// <summary>One reason why an option cannot be chosen: rules that rule it out together with choices, none of which can be left out.</summary>
/// <param name="Choices">The fewest choices made that it takes; empty: it cannot be chosen here whatever else is.</param>
public sealed record RefusalReason(IReadOnlyList<ProductOption> Choices, IReadOnlyList<ToldRule> Rules);

/// <summary>An option to give up, and the one that is proposed in its place.</summary>
public sealed record OptionChange(ProductOption From, ProductOption To);

/// <summary>Why an option cannot be chosen, and the smallest change that would allow it.</summary>
/// <param name="Reasons">Reasons that share no rule: were the rules of one lifted, the next would still forbid it.</param>
/// <param name="Change">The fewest choices to change; null: no choice of options allows it in this market.</param>
public sealed record OrderRefusal(ProductOption Wanted, string Market, IReadOnlyList<RefusalReason> Reasons, IReadOnlyList<OptionChange>? Change)
{
    /// <summary>In plain words: what, a line for each reason, what would allow it.</summary>
    public IReadOnlyList<string> Words() => [$"{Sentence(NameOf(Wanted))} cannot be chosen for {Market}, because:", .. Reasons.Select(static r => $"- {Said(r)}"), Cure()];

    /// <summary>What would allow it.</summary>
    public string Cure() => Change is null ? $"No other choice of options allows it for {Market}."
        : Change.Count == 0 ? "It can be chosen." : $"To allow it, choose {string.Join(" and ", Change.Select(static c => $"{NameOf(c.To)} instead of {NameOf(c.From)}"))}.";

    /// <summary>An option as people say it: its name, with its feature before it where the name does not hold it.</summary>
    public static string NameOf(ProductOption o) => o.Name.Length == 0 ? $"{o.Feature} {o.Option}" : o.Name.Contains(o.Feature, StringComparison.OrdinalIgnoreCase) ? o.Name : $"{o.Feature} {o.Name}";

    public static string Said(RefusalReason reason) =>
        $"{(reason.Choices.Count > 0 ? $"with {string.Join(" and ", reason.Choices.Select(NameOf))}: " : "")}{string.Join("; and ", reason.Rules)}";

    private static string Sentence(string text) => text.Length > 0 ? char.ToUpperInvariant(text[0]) + text[1..] : text;
}
