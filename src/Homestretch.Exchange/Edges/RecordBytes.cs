using NodaTime;

namespace Homestretch.Exchange.Edges;

/// <summary>Records as bytes, in an edge's log and on the wire alike.</summary>
public static class RecordBytes
{
    private const byte IsText = 1, IsUnknown = 2;
    private const int MostValues = 10_000;
    private static readonly long s_earliest = Instant.MinValue.ToUnixTimeTicks(), s_latest = Instant.MaxValue.ToUnixTimeTicks();

    public static void Write(CompactWriter to, EdgeRecord record)
    {
        to.Whole(record.Sequence);
        to.Text(record.Machine);
        to.Whole(record.At.ToUnixTimeTicks());
        to.Byte((byte)record.Marks);
        to.Whole(record.Values.Count);
        foreach (EdgeValue value in record.Values)
        {
            to.Text(value.Metric);
            to.Byte(value.Text is not null ? IsText : double.IsNaN(value.Number) ? IsUnknown : (byte)0);
            if (value.Text is not null) to.Text(value.Text);
            else if (!double.IsNaN(value.Number)) to.Number(value.Number);
        }
    }

    /// <summary>The next record; null when the bytes are none.</summary>
    public static EdgeRecord? Read(ref CompactReader from)
    {
        long sequence = from.Whole();
        string machine = from.Text();
        long ticks = from.Whole();
        byte marks = from.Byte();
        int count = from.Count();
        if (from.IsBad || count > MostValues || sequence < 1 || marks > 15 || ticks < s_earliest || ticks > s_latest) return null;
        var values = new EdgeValue[count];
        for (int i = 0; i < count; i++)
        {
            string metric = from.Text();
            values[i] = from.Byte() switch
            {
                0 => new(metric, from.Number()),
                IsText => new(metric, double.NaN, from.Text()),
                _ => new(metric, double.NaN),
            };
            if (from.IsBad) return null;
        }
        return new(sequence, machine, Instant.FromUnixTimeTicks(ticks), values, (RecordMarks)marks);
    }
}
