using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Exchange.Edges;

/// <summary>A part of a JSON document that is read member by member. What is missing, of the wrong kind, out of range or unknown becomes a finding with
/// its path, and reading goes on, so that one look finds everything.</summary>
public sealed class JsonPart
{
    private readonly Dictionary<string, JsonElement> members = new(StringComparer.Ordinal);
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);
    private readonly List<Finding> findings;
    private readonly string source, path;

    private JsonPart(JsonElement element, string source, string path, List<Finding> findings)
    {
        (this.source, this.path, this.findings) = (source, path, findings);
        if (element.ValueKind != JsonValueKind.Object) Wrong("", "not-an-object", $"This is a {Kind(element)}, not an object.", "Write { ... } here.");
        else
            foreach (JsonProperty member in element.EnumerateObject())
            {
                if (!members.TryAdd(member.Name, member.Value)) Wrong(member.Name, "twice", $"'{member.Name}' stands here twice.", "Leave one of them.");
            }
    }

    public bool HasFindings => findings.Count > 0;

    /// <summary>The whole of a document; null with a finding when it is not JSON.</summary>
    /// <param name="source">What findings call the document.</param>
    public static JsonPart? Open(ReadOnlyMemory<byte> utf8, string source, List<Finding> findings)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return new(document.RootElement.Clone(), source, "", findings);
        }
        catch (JsonException e)
        {
            findings.Add(new(new(source, (int)(e.LineNumber ?? 0) + 1), "not-json", "This is not JSON: " + e.Message.Split(" LineNumber")[0].Split(" Path")[0], "Mend it there; a list or object may lack a comma or a bracket."));
            return null;
        }
    }

    /// <summary>Adds a finding about a member, or (name empty) about this part.</summary>
    public void Wrong(string name, string rule, string what, string cure) => findings.Add(new(new(source, 0, At(name)), rule, what, cure));

    public bool Has(string name) => members.ContainsKey(name);

    /// <summary>A text; without a fallback it must be there and not empty.</summary>
    public string Text(string name, string? fallback = null, int most = 1000)
    {
        if (!Take(name, fallback is null, out JsonElement value)) return fallback ?? "";
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { } text && text.Length <= most && (fallback is not null || text.Length > 0)) return text;
        Wrong(name, "not-a-text", value.ValueKind == JsonValueKind.String ? $"The text is empty or longer than {most}." : $"This is a {Kind(value)}, not a text.", "Write a text in quotes.");
        return fallback ?? "";
    }

    public double Number(string name, double least, double most, double? fallback = null)
    {
        if (!Take(name, fallback is null, out JsonElement value)) return fallback ?? least;
        if (value.ValueKind == JsonValueKind.Number && value.GetDouble() is var number && number >= least && number <= most) return number;
        Wrong(name, "out-of-range", FormattableString.Invariant($"{value.GetRawText()} is no number from {least} to {most}."), "Write a number in that range.");
        return fallback ?? least;
    }

    public long Whole(string name, long least, long most, long? fallback = null)
    {
        if (!Take(name, fallback is null, out JsonElement value)) return fallback ?? least;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && number >= least && number <= most) return number;
        Wrong(name, "out-of-range", $"{value.GetRawText()} is no whole number from {least} to {most}.", "Write a whole number in that range.");
        return fallback ?? least;
    }

    public bool Flag(string name, bool fallback)
    {
        if (!Take(name, false, out JsonElement value)) return fallback;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        Wrong(name, "not-a-flag", $"This is a {Kind(value)}, not true or false.", "Write true or false.");
        return fallback;
    }

    /// <summary>One of a few words; the first stands when it is left out and may be.</summary>
    public string Choice(string name, bool required, params ReadOnlySpan<string> words)
    {
        if (!Take(name, required, out JsonElement value)) return words[0];
        foreach (string word in words)
        {
            if (value.ValueKind == JsonValueKind.String && value.ValueEquals(word)) return word;
        }
        Wrong(name, "not-a-choice", $"{value.GetRawText()} is no choice here.", $"Write one of: {string.Join(", ", words!)}.");
        return words[0];
    }

    /// <summary>A moment, ISO 8601 in UTC; null when it is left out and may be.</summary>
    public Instant? Moment(string name, bool required)
    {
        if (!Take(name, required, out JsonElement value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind == JsonValueKind.String && InstantPattern.ExtendedIso.Parse(value.GetString()!) is { Success: true } parsed) return parsed.Value;
        Wrong(name, "not-a-moment", $"{value.GetRawText()} is no moment in UTC.", "Write it such as \"2026-03-02T06:00:00Z\".");
        return null;
    }

    /// <summary>An object inside; null when it is left out and may be.</summary>
    public JsonPart? Part(string name, bool required) => Take(name, required, out JsonElement value) ? new(value, source, At(name), findings) : null;

    /// <summary>The objects of a list; none when it is left out and may be.</summary>
    public IReadOnlyList<JsonPart> Parts(string name, bool required)
    {
        if (!Take(name, required, out JsonElement value)) return [];
        if (value.ValueKind == JsonValueKind.Array) return [.. value.EnumerateArray().Select((e, i) => new JsonPart(e, source, $"{At(name)}[{i}]", findings))];
        Wrong(name, "not-a-list", $"This is a {Kind(value)}, not a list.", "Write [ ... ] here.");
        return [];
    }

    /// <summary>The texts of an object's members by name, in the order written.</summary>
    public IReadOnlyList<(string Name, string Text)> Map(string name, bool required)
    {
        if (!Take(name, required, out JsonElement value)) return [];
        if (value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(static m => m.Value.ValueKind == JsonValueKind.String))
            return [.. value.EnumerateObject().Select(static m => (m.Name, m.Value.GetString()!))];
        Wrong(name, "not-a-map", "This is no object whose members are texts.", "Write { \"name\": \"text\" } here.");
        return [];
    }

    /// <summary>Every member that nobody asked for is a finding: it was meant to have an effect.</summary>
    public void End()
    {
        foreach (string name in members.Keys.Where(n => !asked.Contains(n))) Wrong(name, "unknown-member", $"'{name}' means nothing here.", $"Leave it out, or write one of: {string.Join(", ", asked.Order(StringComparer.Ordinal))}.");
    }

    private bool Take(string name, bool required, out JsonElement value)
    {
        asked.Add(name);
        if (members.TryGetValue(name, out value)) return true;
        if (required && members.Count + asked.Count > 0) Wrong(name, "missing", $"'{name}' is missing.", "Add it.");
        return false;
    }

    private string At(string name) => name.Length == 0 ? path : path.Length == 0 ? name : $"{path}.{name}";

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "list",
        JsonValueKind.String => "text",
        JsonValueKind.Number => "number",
        JsonValueKind.Null => "null",
        _ => "flag",
    };
}
