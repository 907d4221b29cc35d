using System.Text.Json;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Exchange.Epcis;

/// <summary>An event of a document that says nothing of our world, and why.</summary>
/// <param name="Path">JSON path of the event.</param>
public sealed record PassedOver(string Path, string Why);

/// <summary>What a document of EPCIS events comes to.</summary>
/// <param name="Events">Changes of the world; empty when there is any finding.</param>
/// <param name="Read">Events of the document that we made something of, changed or known already.</param>
public sealed record Captured(IReadOnlyList<WorldEvent> Events, IReadOnlyList<Finding> Findings, IReadOnlyList<PassedOver> PassedOver, int Read);

/// <summary>Reads EPCIS 2.0 events in JSON-LD as milestones of shipments and as news of lots. Pure: no network, so a context is not fetched and
/// prefixes of extensions mean nothing. docs/standards/epcis.md says what is read and how it is mapped.</summary>
public static class EpcisCapture
{
    private const int MostEvents = 10_000;

    /// <summary>Reads a document, or a single event, against a world: everything or nothing.</summary>
    /// <param name="world">The world as the source may see it.</param>
    /// <param name="source">Party that says so; owns the milestones.</param>
    /// <param name="reported">When it says so; events may not lie after it.</param>
    public static Captured Read(ReadOnlySpan<byte> json, Snapshot world, Key<Party> source, Instant reported, string place = "body")
    {
        List<Finding> findings = [];
        using JsonDocument? document = Parse(json, place, findings);
        if (document is null) return new([], findings, [], 0);
        var happenings = new Happenings(world, source, reported, place, findings);
        int events = 0, read = 0;
        try
        {
            foreach (var (element, path) in EventsOf(document.RootElement, place, findings))
            {
                if (++events > MostEvents)
                {
                    findings.Add(new(new(place), "epcis-events", $"The document has more than {MostEvents} events.", "Split it."));
                    break;
                }
                if (EpcisEvent.Read(element, path, findings, place) is { } e && happenings.Take(e)) read++;
            }
        }
        catch (InvalidOperationException e) when (e.Source?.StartsWith("System.Text.Json", StringComparison.Ordinal) == true)
        {
            // the reader's way of saying that a text is no Unicode
            findings.Add(new(new(place, 0, $"event {events - 1}"), "epcis-json", "A text is not valid Unicode.", "Encode texts as UTF-8, without halves of surrogate pairs."));
        }
        return new(findings.Count == 0 ? happenings.Events : [], findings, happenings.PassedOver, read);
    }

    private static JsonDocument? Parse(ReadOnlySpan<byte> json, string place, List<Finding> findings)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            JsonDocument document = JsonDocument.ParseValue(ref reader);
            if (reader.BytesConsumed == json.Length || json[(int)reader.BytesConsumed..].IndexOfAnyExcept(" \t\r\n"u8) < 0) return document;
            document.Dispose();
            findings.Add(new(new(place), "epcis-json", "Something stands after the document.", "Send one JSON document."));
        }
        catch (JsonException e)
        {
            findings.Add(new(new(place, (int)(e.LineNumber ?? 0) + 1, $"byte {e.BytePositionInLine}"), "epcis-json", "This is not JSON.", "Send EPCIS 2.0 as JSON in UTF-8; XML is not read."));
        }
        return null;
    }

    private static IEnumerable<(JsonElement Event, string Path)> EventsOf(JsonElement root, string place, List<Finding> findings)
    {
        string type = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("type", out JsonElement t) && t.ValueKind == JsonValueKind.String ? t.GetString()! : "";
        if (type.EndsWith("Event", StringComparison.Ordinal)) return [(root, "$")];
        string version = type.Length > 0 && root.TryGetProperty("schemaVersion", out JsonElement v) && v.ValueKind == JsonValueKind.String ? v.GetString()! : "";
        if (type != "EPCISDocument") findings.Add(new(new(place, 0, "$.type"), "epcis-document", "This is no EPCISDocument and no event.", "Send an EPCISDocument of version 2.0, or one event."));
        else if (!version.StartsWith("2.", StringComparison.Ordinal)) findings.Add(new(new(place, 0, "$.schemaVersion"), "epcis-version", $"Version '{version}' is not 2.0.", "Send EPCIS 2.0."));
        else if (root.TryGetProperty("epcisBody", out JsonElement body) && body.ValueKind == JsonValueKind.Object && body.TryGetProperty("eventList", out JsonElement list) && list.ValueKind == JsonValueKind.Array)
            return list.EnumerateArray().Select(static (e, i) => (e, $"$.epcisBody.eventList[{i}]"));
        else findings.Add(new(new(place, 0, "$.epcisBody.eventList"), "epcis-document", "The document has no list of events.", "Put the events into epcisBody.eventList."));
        return [];
    }
}
