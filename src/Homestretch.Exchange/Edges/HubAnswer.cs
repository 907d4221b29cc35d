using System.Buffers;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Exchange.Edges;

/// <summary>What a hub answers an edge.</summary>
/// <param name="Now">The hub's clock.</param>
/// <param name="Watermark">The last record of the stream that is on the hub's disk; 0 when no stream was asked about.</param>
/// <param name="Restate">The edge is to tell again what holds now: the hub may not know it.</param>
/// <param name="Speed">Seconds of the hub's clock to a real one; other than 1 only in a demonstration that runs fast.</param>
/// <param name="Wanted">Versions of the signed documents that the edge is to have; 0 or left out: none.</param>
public sealed record HubAnswer(Instant Now, long Watermark, bool Restate, double Speed, IReadOnlyDictionary<DocumentKind, int> Wanted)
{
    public byte[] ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("now", InstantPattern.ExtendedIso.Format(Now));
            json.WriteNumber("watermark", Watermark);
            json.WriteBoolean("restate", Restate);
            json.WriteNumber("speed", Speed);
            json.WriteStartObject("wanted");
            foreach (var (kind, version) in Wanted.OrderBy(static k => k.Key)) json.WriteNumber(SignedDocument.Word(kind), version);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads an answer; null when the bytes are none.</summary>
    public static HubAnswer? Read(ReadOnlyMemory<byte> utf8)
    {
        var findings = new List<Finding>();
        if (JsonPart.Open(utf8, "answer", findings) is not { } root) return null;
        Instant? now = root.Moment("now", true);
        long watermark = root.Whole("watermark", 0, long.MaxValue);
        bool restate = root.Flag("restate", false);
        double speed = root.Number("speed", 0, 100_000, 1);
        var wanted = new SortedDictionary<DocumentKind, int>();
        if (root.Part("wanted", true) is { } part)
        {
            foreach (DocumentKind kind in Enum.GetValues<DocumentKind>())
            {
                if (part.Whole(SignedDocument.Word(kind), 0, int.MaxValue, 0) is > 0 and var version) wanted[kind] = (int)version;
            }
        }
        return findings.Count == 0 ? new(now!.Value, watermark, restate, speed, wanted) : null;
    }
}
