using NodaTime;

namespace Homestretch.Exchange.Edges;

/// <summary>What an edge sends at once: the next records of one stream.</summary>
/// <param name="Contract">Version of the data contract under which it sends.</param>
/// <param name="Stream">Its name; a new log begins new streams.</param>
/// <param name="Sent">The edge's corrected clock.</param>
/// <param name="Records">Ascending by sequence, at least one.</param>
public sealed record Transmission(int Contract, string Stream, Instant Sent, IReadOnlyList<EdgeRecord> Records)
{
    /// <summary>Most bytes of one transmission.</summary>
    public const int MostBytes = 4 << 20;

    private const byte Form = 1;

    public byte[] ToBytes()
    {
        var to = new CompactWriter();
        to.Byte(Form);
        to.Whole(Contract);
        to.Text(Stream);
        to.Whole(Sent.ToUnixTimeTicks());
        to.Whole(Records.Count);
        foreach (EdgeRecord record in Records) RecordBytes.Write(to, record);
        return to.ToArray();
    }

    /// <summary>Reads a transmission; null with a finding when the bytes are none.</summary>
    public static Transmission? Read(ReadOnlySpan<byte> bytes, out Finding? finding)
    {
        finding = new(new("records"), "not-a-transmission", "The bytes are not a transmission of an edge.", "Send what Homestretch.Edge of this release sends.");
        if (bytes.Length > MostBytes) return null;
        var from = new CompactReader(bytes);
        if (from.Byte() != Form) return null;
        long contract = from.Whole();
        string stream = from.Text();
        long sent = from.Whole();
        int count = from.Count();
        if (from.IsBad || count == 0 || contract is < 0 or > int.MaxValue || stream.Length is 0 or > 100 || sent < Instant.MinValue.ToUnixTimeTicks() || sent > Instant.MaxValue.ToUnixTimeTicks()) return null;
        var records = new List<EdgeRecord>();
        long last = 0;
        for (int i = 0; i < count; i++)
        {
            if (RecordBytes.Read(ref from) is not { } record || record.Sequence <= last) return null;
            records.Add(record);
            last = record.Sequence;
        }
        if (!from.IsAtEnd) return null;
        finding = null;
        return new((int)contract, stream, Instant.FromUnixTimeTicks(sent), records);
    }
}
