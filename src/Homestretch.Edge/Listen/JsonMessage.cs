using System.Globalization;
using System.Text.Json;
using Homestretch.Exchange.Edges;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Edge.Listen;

/// <summary>Reads observations out of foreign JSON by pointers.</summary>
internal static class JsonMessage
{
    /// <summary>The observations in a message, an object or a list of objects; what cannot be read becomes a sentence in <paramref name="wrong"/>.</summary>
    public static List<Observation> Read(ReadOnlyMemory<byte> utf8, JsonMapping mapping, string input, string? fromTopic, List<string> wrong)
    {
        var observations = new List<Observation>();
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8);
            IEnumerable<JsonElement> messages = document.RootElement.ValueKind == JsonValueKind.Array ? document.RootElement.EnumerateArray() : [document.RootElement];
            foreach (JsonElement message in messages)
            {
                if (One(message, mapping, input, fromTopic, out string why) is { } observation) observations.Add(observation);
                else wrong.Add(why);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text that is no Unicode
            observations.Clear();
            wrong.Add("it is not JSON: " + e.Message);
        }
        return observations;
    }

    /// <summary>The element a pointer (RFC 6901) leads to; null: none.</summary>
    public static JsonElement? At(JsonElement root, string pointer)
    {
        JsonElement here = root;
        foreach (string raw in pointer.Split('/').Skip(1))
        {
            string step = raw.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (here.ValueKind == JsonValueKind.Object && here.TryGetProperty(step, out JsonElement member)) here = member;
            else if (here.ValueKind == JsonValueKind.Array && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out int i) && i < here.GetArrayLength()) here = here[i];
            else return null;
        }
        return here;
    }

    /// <summary>A number, text or flag as a value; null: it is none of these.</summary>
    public static EdgeValue? Value(string metric, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => element.GetDouble() is var number && double.IsFinite(number) ? new(metric, number) : null,
        JsonValueKind.String => new(metric, double.NaN, element.GetString()),
        JsonValueKind.True => new(metric, 1),
        JsonValueKind.False => new(metric, 0),
        JsonValueKind.Null => new(metric, double.NaN),
        _ => null,
    };

    /// <summary>ISO 8601 with any offset, or milliseconds since 1970; null: neither.</summary>
    public static Instant? Moment(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long ms)) return ms is > -62_135_596_800_000 and < 253_402_300_800_000 ? Instant.FromUnixTimeMilliseconds(ms) : null;
        return InstantPattern.ExtendedIso.Parse(text) is { Success: true } utc ? utc.Value : OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } offset ? offset.Value.ToInstant() : null;
    }

    public static Instant? Moment(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => Moment(element.GetString()!),
        JsonValueKind.Number => element.TryGetInt64(out long ms) ? Moment(ms.ToString(CultureInfo.InvariantCulture)) : null,
        _ => null,
    };

    private static Observation? One(JsonElement message, JsonMapping mapping, string input, string? fromTopic, out string wrong)
    {
        string name = mapping.Machine.Length == 0 ? fromTopic ?? "" : At(message, mapping.Machine) is { } m ? m.ToString() : "";
        Instant? at = mapping.Time.Length > 0 && At(message, mapping.Time) is { } time ? Moment(time) : null;
        long sequence = mapping.Sequence.Length > 0 && At(message, mapping.Sequence) is { ValueKind: JsonValueKind.Number } s && s.TryGetInt64(out long number) ? number : 0;
        wrong = name.Length == 0 ? "no machine is named in it" : mapping.Time.Length > 0 && at is null ? $"there is no time at {mapping.Time} that can be read" : mapping.Sequence.Length > 0 && sequence < 1 ? $"there is no whole number from 1 on at {mapping.Sequence}" : "";
        if (wrong.Length > 0) return null;
        List<EdgeValue> values = [];
        foreach (var (metric, pointer) in mapping.Values)
        {
            if (At(message, pointer) is { } element && Value(metric, element) is { } value) values.Add(value);
        }
        if (values.Count == 0) wrong = "none of the mapped values is in it";
        return values.Count == 0 ? null : new(mapping.CodeOf(name), at, values, sequence > 0 ? $"{input}:{name}" : "", sequence);
    }
}
