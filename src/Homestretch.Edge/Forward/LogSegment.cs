using System.Globalization;
using Homestretch.Exchange.Edges;
using Microsoft.Win32.SafeHandles;

namespace Homestretch.Edge.Forward;

/// <summary>One file of the log. Its name tells how far it was thinned: <c>000000000012.0.log</c>.</summary>
internal sealed class LogSegment(long number, ThinLevel level, string path)
{
    public long Number => number;
    public ThinLevel Level => level;
    public string Path => path;
    public long Bytes { get; set; }

    /// <summary>Of its first frame, while it is being written.</summary>
    public long HeadBytes { get; set; }

    /// <summary>Every stream's last record at the end of this segment, those of segments before it included.</summary>
    public Dictionary<string, long> Last { get; } = new(StringComparer.Ordinal);

    public static string NameOf(long number, ThinLevel level) => string.Create(CultureInfo.InvariantCulture, $"{number:D12}.{(int)level}.log");

    /// <summary>The segments in a folder, ascending. A number that a crash left twice is the more thinned file: it was whole before it got its name.</summary>
    public static IReadOnlyList<LogSegment> Find(string folder)
    {
        var found = new SortedDictionary<long, LogSegment>();
        foreach (string file in Directory.GetFiles(folder, "*.log").Order(StringComparer.Ordinal))
        {
            string[] parts = System.IO.Path.GetFileName(file).Split('.');
            if (parts.Length != 3 || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long number) || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int level) || level > (int)ThinLevel.NoSummaries) continue;
            if (found.TryGetValue(number, out LogSegment? less)) File.Delete(less.Path);
            found[number] = new(number, (ThinLevel)level, file);
        }
        return [.. found.Values];
    }

    /// <summary>The payloads of the whole frames from an offset on, each with the offset behind it. What follows damage is searched for.</summary>
    public static IEnumerable<(byte[] Payload, long End)> Frames(SafeFileHandle file, long from)
    {
        byte[] header = new byte[Framing.HeaderBytes];
        long length = RandomAccess.GetLength(file);
        for (long at = from; at + Framing.HeaderBytes <= length;)
        {
            int bytes = RandomAccess.Read(file, header, at) == header.Length ? Framing.Length(header) : -1;
            byte[] payload = bytes >= 0 && at + Framing.HeaderBytes + bytes <= length ? new byte[bytes] : [];
            bool whole = bytes >= 0 && payload.Length == bytes && (bytes == 0 || RandomAccess.Read(file, payload, at + Framing.HeaderBytes) == bytes) && Framing.IsWhole(header, payload);
            if (!whole)
            {
                at++;
                continue;
            }
            at += Framing.HeaderBytes + bytes;
            yield return (payload, at);
        }
    }
}

/// <summary>How far a segment was thinned to make room.</summary>
internal enum ThinLevel
{
    /// <summary>All is there.</summary>
    Whole,
    /// <summary>One raw record in so many.</summary>
    FewRaw,
    /// <summary>No raw records.</summary>
    NoRaw,
    /// <summary>Events only.</summary>
    NoSummaries,
}
