using System.Globalization;
using System.Text;
using Homestretch.Edge.Forward;
using Homestretch.Exchange.Edges;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Edge.Contract;

/// <summary>Every transmission, value by value, in plain CSV files that the supplier can read: one a day under <c>sent/</c>, more on a day that says much. Written before the bytes leave;
/// what is sent again stands there again with a new transmission number. The oldest days go when the room ends, and that is said.</summary>
internal sealed class SentLog(string folder, long mostBytes, EdgeCounts counts)
{
    private const string Head = "sent_at,transmission,contract,stream,sequence,machine,metric,event_time,value,marks\n";
    private readonly string _folder = Path.Combine(folder, "sent");
    private readonly StringBuilder _text = new();
    private long _number;
    private string _day = "";
    private int _part;

    /// <summary>Writes what is about to leave.</summary>
    /// <exception cref="IOException">It cannot be written: then nothing leaves.</exception>
    public long Write(Transmission transmission)
    {
        Directory.CreateDirectory(_folder);
        string file = FileOf(LocalDatePattern.Iso.Format(transmission.Sent.InUtc().Date));
        if (_number == 0) _number = transmission.Sent.ToUnixTimeMilliseconds();
        _number++;
        bool fresh = !File.Exists(file);
        if (fresh) Sweep();
        _text.Clear();
        if (fresh) _text.Append(Head);
        string sent = InstantPattern.ExtendedIso.Format(transmission.Sent);
        foreach (EdgeRecord r in transmission.Records)
        {
            if (r.Values.Count == 0) Line(transmission, sent, r, new("", double.NaN));
            foreach (EdgeValue value in r.Values) Line(transmission, sent, r, value);
        }
        using FileStream to = new(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        to.Write(Encoding.UTF8.GetBytes(_text.ToString()));
        return _number;
    }

    /// <summary>The day's file; a further one when it has grown to a quarter of the room, so that the oldest can go within a day.</summary>
    private string FileOf(string day)
    {
        if (day != _day) (_day, _part) = (day, Directory.GetFiles(_folder, day + "*.csv").Select(PartOf).DefaultIfEmpty(1).Max());
        while (true)
        {
            string file = Path.Combine(_folder, _part == 1 ? $"{day}.csv" : string.Create(CultureInfo.InvariantCulture, $"{day}.{_part:D4}.csv"));
            if (!File.Exists(file) || new FileInfo(file).Length < mostBytes / 4) return file;
            _part++;
        }
    }

    private static int PartOf(string file) => Path.GetFileName(file).Split('.') is [_, var part, _] && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 1;

    private void Line(Transmission t, string sent, EdgeRecord r, EdgeValue value)
    {
        _text.Append(sent).Append(',').Append(CultureInfo.InvariantCulture, $"{_number},{t.Contract}").Append(',').Append(t.Stream).Append(',').Append(CultureInfo.InvariantCulture, $"{r.Sequence}").Append(',');
        Cell(r.Machine).Append(',');
        Cell(value.Metric).Append(',').Append(InstantPattern.ExtendedIso.Format(r.At)).Append(',');
        if (value.Text is { } text) Cell(text);
        else if (!double.IsNaN(value.Number)) _text.Append(value.Number.ToString("R", CultureInfo.InvariantCulture));
        _text.Append(',').Append(r.Marks == RecordMarks.None ? "" : r.Marks.ToString().ToLowerInvariant().Replace(", ", " ", StringComparison.Ordinal)).Append('\n');
    }

    private StringBuilder Cell(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? _text.Append(text) : _text.Append('"').Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');

    private void Sweep()
    {
        FileInfo[] files = [.. new DirectoryInfo(_folder).GetFiles("*.csv").OrderByDescending(static f => f.Name[..10], StringComparer.Ordinal).ThenByDescending(static f => f.Name.Length).ThenByDescending(static f => f.Name, StringComparer.Ordinal)];
        // the file about to begin has room to grow
        long bytes = mostBytes / 4;
        foreach (FileInfo file in files)
        {
            bytes += file.Length;
            if (bytes <= mostBytes) continue;
            file.Delete();
            counts.Found($"The log of transmissions of {Path.GetFileNameWithoutExtension(file.Name)} was removed: it may take {mostBytes >> 20} MB.");
        }
    }
}
