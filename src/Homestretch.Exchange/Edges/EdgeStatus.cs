using System.Buffers;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Exchange.Edges;

/// <summary>One stream as its edge has it.</summary>
/// <param name="Last">Its last record; 0: none yet.</param>
/// <param name="Acknowledged">Its last record that is on the hub's disk.</param>
public sealed record StreamStatus(string Stream, long Last, long Acknowledged);

/// <summary>What an edge tells of itself every few seconds.</summary>
/// <param name="Version">Of its program.</param>
/// <param name="Started">When it began, by its corrected clock.</param>
/// <param name="ClockOffsetSeconds">Hub's clock less the edge's own; null: never compared.</param>
/// <param name="OldestWaiting">Time of the oldest record not acknowledged; null: none waits.</param>
/// <param name="LogBytes">What its log takes on disk.</param>
/// <param name="InForce">Versions of the signed documents in force; 0: none.</param>
/// <param name="Counts">What it has counted since its log began: messages, reported, withheld, thinned, failed, and rebirths by cause as 'rebirth CAUSE'.</param>
/// <param name="Findings">What it refused or could not do, newest last.</param>
public sealed record EdgeStatus(string Version, Instant Started, double? ClockOffsetSeconds, Instant? OldestWaiting, long LogBytes, IReadOnlyDictionary<DocumentKind, int> InForce,
    IReadOnlyList<StreamStatus> Streams, IReadOnlyDictionary<string, long> Counts, IReadOnlyList<string> Findings)
{
    private const int MostFindings = 50, MostCounts = 500;

    /// <summary>Records that wait for the hub.</summary>
    public long Backlog => Streams.Sum(static s => Math.Max(0, s.Last - s.Acknowledged));

    public byte[] ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("version", Version);
            json.WriteString("started", InstantPattern.ExtendedIso.Format(Started));
            if (ClockOffsetSeconds is { } offset) json.WriteNumber("clock_offset_seconds", offset);
            if (OldestWaiting is { } oldest) json.WriteString("oldest_waiting", InstantPattern.ExtendedIso.Format(oldest));
            json.WriteNumber("log_bytes", LogBytes);
            json.WriteStartObject("in_force");
            foreach (var (kind, version) in InForce.OrderBy(static k => k.Key)) json.WriteNumber(SignedDocument.Word(kind), version);
            json.WriteEndObject();
            json.WriteStartArray("streams");
            foreach (StreamStatus s in Streams)
            {
                json.WriteStartObject();
                json.WriteString("stream", s.Stream);
                json.WriteNumber("last", s.Last);
                json.WriteNumber("acknowledged", s.Acknowledged);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartArray("counts");
            foreach (var (name, count) in Counts.OrderBy(static c => c.Key, StringComparer.Ordinal))
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WriteNumber("count", count);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartArray("findings");
            foreach (string finding in Findings.TakeLast(MostFindings))
            {
                json.WriteStartObject();
                json.WriteString("text", finding.Length > 500 ? finding[..500] : finding);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a status; null with findings when the bytes are none.</summary>
    public static EdgeStatus? Read(ReadOnlyMemory<byte> utf8, List<Finding> findings)
    {
        int before = findings.Count;
        if (JsonPart.Open(utf8, "status", findings) is not { } root) return null;
        string version = root.Text("version", most: 100);
        Instant started = root.Moment("started", true) ?? Instant.MinValue;
        double? offset = root.Has("clock_offset_seconds") ? root.Number("clock_offset_seconds", -1e12, 1e12, 0) : null;
        Instant? oldest = root.Moment("oldest_waiting", false);
        long bytes = root.Whole("log_bytes", 0, long.MaxValue);
        var inForce = new SortedDictionary<DocumentKind, int>();
        if (root.Part("in_force", true) is { } force)
        {
            foreach (DocumentKind kind in Enum.GetValues<DocumentKind>())
            {
                if (force.Whole(SignedDocument.Word(kind), 0, int.MaxValue, 0) is > 0 and var v) inForce[kind] = (int)v;
            }
        }
        List<StreamStatus> streams = [.. root.Parts("streams", true).Select(static s => new StreamStatus(s.Text("stream", most: 100), s.Whole("last", 0, long.MaxValue), s.Whole("acknowledged", 0, long.MaxValue)))];
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (JsonPart c in root.Parts("counts", true).Take(MostCounts)) counts[c.Text("name", most: 100)] = c.Whole("count", 0, long.MaxValue);
        List<string> told = [.. root.Parts("findings", true).Take(MostFindings).Select(static f => f.Text("text", most: 500))];
        return findings.Count == before ? new(version, started, offset, oldest, bytes, inForce, streams, counts, told) : null;
    }
}
