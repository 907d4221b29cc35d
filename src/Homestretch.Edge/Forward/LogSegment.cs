using System.Globalization;

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
