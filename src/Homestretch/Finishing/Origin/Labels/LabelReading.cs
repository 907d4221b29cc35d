namespace Homestretch.Finishing.Origin.Labels;

/// <summary>What a label says was done: made, or assembled.</summary>
public enum LabelVerb { Made, Assembled }

/// <summary>What a label adds to its claim: nothing, imported parts, or domestic and imported parts.</summary>
public enum LabelQualifier { None, ImportedParts, MixedParts }

/// <summary>A label's text as it was understood. Only whole texts of known words are: one word more or less, and nobody may rely on it.</summary>
/// <param name="Jurisdiction">The place named: US, EU or UK.</param>
public sealed record LabelReading(LabelVerb Verb, string Jurisdiction, LabelQualifier Qualifier)
{
    private static readonly string[] s_made = ["made", "manufactured", "built", "produced", "created", "crafted", "constructed"];   // 'made' and what 16 CFR 323.1 (a) takes for it
    private static readonly Dictionary<string, string> s_places = new(StringComparer.Ordinal)
    {
        ["usa"] = "US", ["us"] = "US", ["america"] = "US", ["united states"] = "US", ["united states of america"] = "US", ["u s a"] = "US", ["u s"] = "US",
        ["eu"] = "EU", ["european union"] = "EU", ["uk"] = "UK", ["united kingdom"] = "UK", ["great britain"] = "UK", ["britain"] = "UK",
    };
    private static readonly Dictionary<string, string> s_adjectives = new(StringComparer.Ordinal) { ["american"] = "US", ["british"] = "UK" };
    private static readonly string[] s_with = ["with", "from", "of", "using"], s_parts = ["parts", "components", "materials"], s_foreign = ["imported", "foreign", "global"];

    /// <summary>The reading of a text; null: it is not one of those that are known.</summary>
    public static LabelReading? Of(string text)
    {
        if (!text.All(static c => char.IsAsciiLetter(c) || c is ' ' or '.' or ',' or '-' or '&' or '!')) return null;
        string plain = text.ToLowerInvariant().Replace("u.s.a.", "usa", StringComparison.Ordinal).Replace("u.s.", "us", StringComparison.Ordinal).Replace("&", " and ", StringComparison.Ordinal);
        string[] words = [.. plain.Split([' ', '.', ',', '-', '!'], StringSplitOptions.RemoveEmptyEntries)];
        if (words is ["proudly", ..]) words = words[1..];
        if (words is [var people, var done] && s_adjectives.TryGetValue(people, out string? of)) return VerbOf(done) is { } verb ? new(verb, of, LabelQualifier.None) : null;
        if (words is not [var first, "in", ..] || VerbOf(first) is not { } said) return null;
        string[] rest = words is [_, _, "the", ..] ? words[3..] : words[2..];
        for (int n = Math.Min(rest.Length, 4); n > 0; n--)
            if (s_places.TryGetValue(string.Join(' ', rest[..n]), out string? place)) return Qualified(rest[n..], place) is { } qualifier ? new(said, place, qualifier) : null;
        return null;
    }

    private static LabelVerb? VerbOf(string word) => word == "assembled" ? LabelVerb.Assembled : s_made.Contains(word) ? LabelVerb.Made : null;

    private static LabelQualifier? Qualified(string[] words, string place)
    {
        if (words.Length == 0) return LabelQualifier.None;
        if (words.Length < 3 || !s_with.Contains(words[0]) || !s_parts.Contains(words[^1])) return null;
        return words[1..^1] switch
        {
            [var one] when s_foreign.Contains(one) => LabelQualifier.ImportedParts,
            [var own, "and", var other] when s_foreign.Contains(other) && (own is "domestic" or "local" || s_places.GetValueOrDefault(own) == place) => LabelQualifier.MixedParts,
            [var other, "and", var own] when s_foreign.Contains(other) && (own is "domestic" or "local" || s_places.GetValueOrDefault(own) == place) => LabelQualifier.MixedParts,
            _ => null,
        };
    }
}
