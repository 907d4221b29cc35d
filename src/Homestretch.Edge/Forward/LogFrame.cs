using Homestretch.Exchange.Edges;
using NodaTime;

namespace Homestretch.Edge.Forward;

/// <summary>A record in the log.</summary>
/// <param name="Appended">When it was written: from then on the contract's delay counts.</param>
internal sealed record LoggedRecord(string Stream, Instant Appended, EdgeRecord Record);

/// <summary>How far a source of observations was read, as its input counts.</summary>
internal readonly record struct SourceMark(string Source, long Position);

/// <summary>What a frame of the log holds: records with the marks of the sources they came from (all or nothing of both is on disk), or the head of a segment:
/// every stream's last record and every source's mark, so that older segments can go.</summary>
internal static class LogFrame
{
    private const byte RecordForm = 1, HeadForm = 2;

    public static byte[] Write(IReadOnlyList<LoggedRecord> records, IEnumerable<SourceMark> marks)
    {
        var to = new CompactWriter();
        to.Byte(RecordForm);
        Write(to, [.. marks]);
        to.Whole(records.Count);
        foreach (LoggedRecord r in records)
        {
            to.Text(r.Stream);
            to.Whole(r.Appended.ToUnixTimeMilliseconds());
            RecordBytes.Write(to, r.Record);
        }
        return to.ToArray();
    }

    public static byte[] Head(IEnumerable<LogStream> streams, IEnumerable<SourceMark> marks)
    {
        var to = new CompactWriter();
        to.Byte(HeadForm);
        Write(to, [.. marks]);
        LogStream[] all = [.. streams];
        to.Whole(all.Length);
        foreach (LogStream s in all)
        {
            to.Text(s.Name);
            to.Whole(s.Last);
            to.Whole(s.Acknowledged);
        }
        return to.ToArray();
    }

    /// <summary>Reads a frame; false when it is none of ours.</summary>
    /// <param name="streams">Of a head: name, last record and last acknowledged one.</param>
    public static bool Read(ReadOnlySpan<byte> payload, out List<LoggedRecord> records, out List<SourceMark> marks, out List<(string Stream, long Last, long Acknowledged)> streams)
    {
        (records, marks, streams) = ([], [], []);
        var from = new CompactReader(payload);
        byte form = from.Byte();
        if (form is not (RecordForm or HeadForm)) return false;
        int count = from.Count();
        for (int i = 0; i < count && !from.IsBad; i++) marks.Add(new(from.Text(), from.Whole()));
        count = from.Count();
        for (int i = 0; i < count && !from.IsBad; i++)
        {
            string stream = from.Text();
            long whole = from.Whole();
            if (form == HeadForm) streams.Add((stream, whole, from.Whole()));
            else if (RecordBytes.Read(ref from) is { } record) records.Add(new(stream, Instant.FromUnixTimeMilliseconds(whole), record));
            else return false;
        }
        return from.IsAtEnd;
    }

    private static void Write(CompactWriter to, SourceMark[] marks)
    {
        to.Whole(marks.Length);
        foreach (SourceMark mark in marks)
        {
            to.Text(mark.Source);
            to.Whole(mark.Position);
        }
    }
}

/// <summary>A stream of records: a class, and how long the contract holds its data back. Its name ends with the id of the log, so that a new log begins new streams.</summary>
internal sealed class LogStream(string name)
{
    public string Name => name;
    public RecordClass Class { get; } = ClassOf(name);

    /// <summary>How old a record must be before it may leave.</summary>
    public Duration Delay { get; } = DelayOf(name);

    /// <summary>Its last record; 0: none.</summary>
    public long Last { get; set; }

    /// <summary>Its last record on the hub's disk.</summary>
    public long Acknowledged { get; set; }

    public static string NameOf(RecordClass of, double delaySeconds, string log) =>
        FormattableString.Invariant($"{(of == RecordClass.Event ? "event" : of == RecordClass.Summary ? "summary" : "raw")}{(delaySeconds > 0 ? $"+{delaySeconds}" : "")}@{log}");

    private static RecordClass ClassOf(string name) => name[0] switch { 'e' => RecordClass.Event, 's' => RecordClass.Summary, _ => RecordClass.Raw };

    private static Duration DelayOf(string name) => name.IndexOf('+', StringComparison.Ordinal) is > 0 and var plus
        ? Duration.FromSeconds(double.Parse(name.AsSpan(plus + 1, name.IndexOf('@', StringComparison.Ordinal) - plus - 1), System.Globalization.CultureInfo.InvariantCulture)) : Duration.Zero;
}
