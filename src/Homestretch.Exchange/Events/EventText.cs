using System.Buffers;
using System.Text.Json;
using Homestretch.World;

namespace Homestretch.Exchange.Events;

/// <summary>World events as JSON, for the journal and the API: <c>{"put":"lots","row":{"lot":"L1",...}}</c> and
/// <c>{"remove":"lots","key":"L1","reason":"..."}</c>. Cells are the same text as in the company folder; empty cells are left out.</summary>
public static class EventText
{
    /// <summary>Version of the form written here; readers take it and older ones.</summary>
    public const int Version = 1;

    private const int MostEvents = 100_000;

    public static byte[] Write(IReadOnlyList<WorldEvent> events)
    {
        var buffer = new ArrayBufferWriter<byte>(256 * Math.Max(1, events.Count));
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartArray();
        foreach (WorldEvent e in events)
        {
            json.WriteStartObject();
            switch (e)
            {
                case WorldEvent.Put put:
                    json.WriteString("put", e.Kind.Name);
                    WriteRow(json, "row", put.Record);
                    break;
                case WorldEvent.Removed removed:
                    json.WriteString("remove", e.Kind.Name);
                    json.WriteString("key", removed.Id);
                    json.WriteString("reason", removed.Reason);
                    break;
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes a record as an object of text cells.</summary>
    public static void WriteRow(Utf8JsonWriter json, string? name, IRecord record)
    {
        if (name is null) json.WriteStartObject();
        else json.WriteStartObject(name);
        TableKind kind = TableKind.For(record);
        IReadOnlyList<string> cells = kind.Cells(record);
        for (int i = 0; i < cells.Count; i++)
        {
            if (cells[i].Length > 0) json.WriteString(kind.Columns[i].Name, cells[i]);
        }
        json.WriteEndObject();
    }

    /// <summary>Reads an array of events, or an object with an array named events. Returns every finding; events only when there is none.</summary>
    public static (IReadOnlyList<WorldEvent> Events, IReadOnlyList<Finding> Findings) Read(ReadOnlyMemory<byte> utf8, string source = "events")
    {
        var findings = new List<Finding>();
        var events = new List<WorldEvent>();
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = 8 });
            JsonElement list = document.RootElement;
            if (list.ValueKind == JsonValueKind.Object && list.TryGetProperty("events", out JsonElement inner)) list = inner;
            if (list.ValueKind != JsonValueKind.Array)
                return ([], [new(new(source), "events", "There is no array of events.", "Send [ {\"put\": table, \"row\": {...}}, ... ].")]);
            if (list.GetArrayLength() > MostEvents)
                return ([], [new(new(source), "too-many", $"{list.GetArrayLength()} events in one batch.", $"Send at most {MostEvents} at a time.")]);
            int n = 0;
            foreach (JsonElement element in list.EnumerateArray())
            {
                if (ReadOne(element, new Place(source, ++n), findings) is { } e) events.Add(e);
            }
        }
        catch (JsonException e)
        {
            return ([], [new(new(source, (int)(e.LineNumber ?? 0) + 1), "json", "The text is not JSON.", e.Message.Split('.')[0] + ".")]);
        }
        return findings.Count == 0 ? (events, findings) : ([], findings);
    }

    private static WorldEvent? ReadOne(JsonElement element, Place place, List<Finding> findings)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return Fail(findings, place, "event", "An event is an object.", "Write {\"put\": table, \"row\": {...}}.");
        bool put = Text(element, "put") is not null;
        string? table = Text(element, put ? "put" : "remove");
        if (table is null) return Fail(findings, place, "event", "The event has neither 'put' nor 'remove'.", "Name the table in one of them.");
        if (TableKind.Named(table) is not { } kind)
            return Fail(findings, place, "unknown-table", $"There is no table '{table}'.", $"Use one of: {string.Join(", ", TableKind.All.Select(static k => k.Name))}.");
        if (!put)
        {
            return Text(element, "key") is { Length: > 0 } key ? new WorldEvent.Removed(kind, key, Text(element, "reason") ?? "")
                : Fail(findings, place, "key", "The removal names no key.", "Give the record's key.");
        }
        if (!element.TryGetProperty("row", out JsonElement row) || row.ValueKind != JsonValueKind.Object)
            return Fail(findings, place, "row", "The event has no row.", "Give the record's columns as an object of texts.");
        return ReadRow(kind, row, place, findings) is { } record ? new WorldEvent.Put(record) : null;
    }

    private static IRecord? ReadRow(TableKind kind, JsonElement row, Place place, List<Finding> findings)
    {
        int before = findings.Count;
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        var cells = new List<string>();
        foreach (JsonProperty p in row.EnumerateObject())
        {
            if (!kind.Columns.Any(c => c.Name == p.Name))
                findings.Add(new(place with { Column = p.Name }, "unknown-column", $"{kind.Name} has no column '{p.Name}'.", $"Its columns are: {string.Join(", ", kind.Columns.Select(static c => c.Name))}."));
            else if (p.Value.ValueKind is JsonValueKind.Array or JsonValueKind.Object || !columns.TryAdd(p.Name, cells.Count))
                findings.Add(new(place with { Column = p.Name }, "cell", "The cell is no single text or number.", "Give each column once, as text or number."));
            else cells.Add(p.Value.ValueKind switch { JsonValueKind.String => p.Value.GetString()!, JsonValueKind.Null => "", _ => p.Value.GetRawText() });
        }
        IRecord? record = kind.Read(new Row(place, columns, cells), findings);
        return findings.Count == before ? record : null;
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement p) && p.ValueKind == JsonValueKind.String ? p.GetString() : null;

    private static WorldEvent? Fail(List<Finding> findings, Place place, string rule, string what, string cure)
    {
        findings.Add(new(place, rule, what, cure));
        return null;
    }
}
