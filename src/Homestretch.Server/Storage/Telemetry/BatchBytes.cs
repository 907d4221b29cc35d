using System.Text;
using NodaTime;

namespace Homestretch.Server.Storage.Telemetry;

/// <summary>The two things a frame holds: a batch, or the watermarks of all streams (the first frame of every segment). A batch
/// names its machines, metrics and texts once; times are differences from the sample before.</summary>
internal static class BatchBytes
{
    private const byte BatchForm = 1, WatermarkForm = 2;
    private const byte Historical = 1, IsText = 2;
    private const byte AfterLoss = 1, HasRecords = 2;

    /// <param name="kept">Samples written: texts and finite numbers.</param>
    public static byte[] Write(TelemetryBatch batch, out int kept)
    {
        var numberByName = new Dictionary<string, int>(StringComparer.Ordinal);
        kept = 0;
        foreach (TelemetrySample s in batch.Samples)
        {
            if (!s.IsKept) continue;
            kept++;
            numberByName.TryAdd(s.Machine, numberByName.Count);
            numberByName.TryAdd(s.Metric, numberByName.Count);
            if (s.Text is not null) numberByName.TryAdd(s.Text, numberByName.Count);
        }
        using var bytes = new MemoryStream(64 + (kept * 16));
        using var to = new BinaryWriter(bytes, Encoding.UTF8);
        to.Write(BatchForm);
        to.Write(batch.Party);
        to.Write(batch.Received.ToUnixTimeTicks());
        Write(to, batch.Position);
        to.Write7BitEncodedInt(numberByName.Count);
        foreach (string name in numberByName.OrderBy(static n => n.Value).Select(static n => n.Key)) to.Write(name);
        to.Write7BitEncodedInt(kept);
        long before = batch.Received.ToUnixTimeTicks();
        foreach (TelemetrySample s in batch.Samples)
        {
            if (!s.IsKept) continue;
            long at = s.At.ToUnixTimeTicks(), apart = at - before;
            to.Write7BitEncodedInt(numberByName[s.Machine]);
            to.Write7BitEncodedInt(numberByName[s.Metric]);
            to.Write7BitEncodedInt64((apart << 1) ^ (apart >> 63));
            to.Write((byte)((s.IsHistorical ? Historical : 0) | (s.Text is null ? 0 : IsText)));
            if (s.Text is null) to.Write(s.Value);
            else to.Write7BitEncodedInt(numberByName[s.Text]);
            before = at;
        }
        return bytes.ToArray();
    }

    public static byte[] Write(IReadOnlyDictionary<(string Edge, string Stream), long> watermarks)
    {
        using var bytes = new MemoryStream();
        using var to = new BinaryWriter(bytes, Encoding.UTF8);
        to.Write(WatermarkForm);
        to.Write(watermarks.Count);
        foreach (var ((edge, stream), sequence) in watermarks.OrderBy(static w => w.Key.Edge, StringComparer.Ordinal).ThenBy(static w => w.Key.Stream, StringComparer.Ordinal))
        {
            to.Write(edge);
            to.Write(stream);
            to.Write(sequence);
        }
        return bytes.ToArray();
    }

    /// <summary>The watermarks in a frame that holds them; null for a batch.</summary>
    public static Dictionary<(string Edge, string Stream), long>? Watermarks(byte[] payload)
    {
        using BinaryReader from = Open(payload);
        if (from.ReadByte() != WatermarkForm) return null;
        var watermarks = new Dictionary<(string, string), long>();
        for (int left = from.ReadInt32(); left > 0; left--) watermarks[(from.ReadString(), from.ReadString())] = from.ReadInt64();
        return watermarks;
    }

    /// <summary>When a batch was received; null for watermarks.</summary>
    public static Instant? Received(byte[] payload)
    {
        using BinaryReader from = Open(payload);
        if (from.ReadByte() != BatchForm) return null;
        from.ReadString();
        return Instant.FromUnixTimeTicks(from.ReadInt64());
    }

    /// <summary>The position of a batch; null for one without, and for watermarks.</summary>
    public static EdgePosition? Position(byte[] payload)
    {
        using BinaryReader from = Open(payload);
        if (from.ReadByte() != BatchForm) return null;
        from.ReadString();
        from.ReadInt64();
        return ReadPosition(from);
    }

    /// <summary>The batch in a frame; null for watermarks, and for a batch that has no sample of the party's machine (and metric) when they are given.</summary>
    public static TelemetryBatch? Batch(byte[] payload, (string Party, string Machine, string? Metric)? only = null)
    {
        using BinaryReader from = Open(payload);
        if (from.ReadByte() != BatchForm) return null;
        string party = from.ReadString();
        if (only is { } wanted && wanted.Party != party) return null;
        var received = Instant.FromUnixTimeTicks(from.ReadInt64());
        EdgePosition? position = ReadPosition(from);
        string[] names = new string[from.Read7BitEncodedInt()];
        for (int i = 0; i < names.Length; i++) names[i] = from.ReadString();
        if (only is { } o && (!names.Contains(o.Machine) || (o.Metric is not null && !names.Contains(o.Metric)))) return null;
        var samples = new TelemetrySample[from.Read7BitEncodedInt()];
        long at = received.ToUnixTimeTicks();
        for (int i = 0; i < samples.Length; i++)
        {
            string machine = names[from.Read7BitEncodedInt()], metric = names[from.Read7BitEncodedInt()];
            ulong folded = (ulong)from.Read7BitEncodedInt64();
            at += (long)(folded >> 1) ^ -(long)(folded & 1);
            byte flags = from.ReadByte();
            bool historical = (flags & Historical) != 0;
            samples[i] = (flags & IsText) == 0 ? new(machine, metric, Instant.FromUnixTimeTicks(at), from.ReadDouble(), historical)
                : new(machine, metric, Instant.FromUnixTimeTicks(at), double.NaN, historical, names[from.Read7BitEncodedInt()]);
        }
        return new(party, received, samples, position);
    }

    private static BinaryReader Open(byte[] payload) => new(new MemoryStream(payload, writable: false), Encoding.UTF8);

    private static void Write(BinaryWriter to, EdgePosition? position)
    {
        to.Write(position is not null);
        if (position is null) return;
        to.Write(position.Edge);
        to.Write(position.Stream);
        to.Write(position.Sequence);
        to.Write((byte)((position.AfterLoss ? AfterLoss : 0) | (position.Records != 1 ? HasRecords : 0)));
        if (position.Records != 1) to.Write7BitEncodedInt(position.Records);
    }

    private static EdgePosition? ReadPosition(BinaryReader from)
    {
        if (!from.ReadBoolean()) return null;
        var (edge, stream, sequence, marks) = (from.ReadString(), from.ReadString(), from.ReadInt64(), from.ReadByte());
        return new(edge, stream, sequence, (marks & AfterLoss) != 0, (marks & HasRecords) != 0 ? from.Read7BitEncodedInt() : 1);
    }
}
