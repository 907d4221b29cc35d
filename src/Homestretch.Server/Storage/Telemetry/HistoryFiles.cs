using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Server.Storage.Telemetry;

/// <summary>One Parquet file of history. Its name says what a reader needs to pass it by:
/// <c>history/{party}/{received day}/{segment}_{first hour}_{last hour}_{samples}.parquet</c>, hours of event time since 1970.</summary>
internal sealed record HistoryFile(string Path, string Party, LocalDate Day, long Segment, long FirstHour, long LastHour, long Samples)
{
    public long Bytes => new FileInfo(Path).Length;
}

/// <summary>Names and finds the files of history.</summary>
internal static class HistoryFiles
{
    public const string Unfinished = ".part";
    private static readonly long s_hour = NodaConstants.TicksPerHour;

    public static string Folder(TelemetryOptions options, string party, LocalDate day) =>
        Path.Combine(options.Folder, "history", Encode(party), LocalDatePattern.Iso.Format(day));

    public static string Name(long segment, long firstTicks, long lastTicks, long samples) =>
        string.Create(CultureInfo.InvariantCulture, $"{segment:D12}_{Math.DivRem(firstTicks, s_hour).Quotient - 1}_{Math.DivRem(lastTicks, s_hour).Quotient + 1}_{samples}.parquet");

    /// <summary>Files of a party (null: of all), by day, then segment.</summary>
    public static IReadOnlyList<HistoryFile> Find(TelemetryOptions options, string? party)
    {
        string root = Path.Combine(options.Folder, "history");
        if (!Directory.Exists(root)) return [];
        IEnumerable<string> parties = party is null ? Directory.GetDirectories(root) : [Path.Combine(root, Encode(party))];
        return [.. parties.Where(Directory.Exists).SelectMany(static p => Directory.GetFiles(p, "*.parquet", SearchOption.AllDirectories)).Select(Read)
            .OrderBy(static f => f.Day).ThenBy(static f => f.Segment).ThenBy(static f => f.Party, StringComparer.Ordinal)];
    }

    /// <summary>True when the file may hold event times in [from, to).</summary>
    public static bool Covers(this HistoryFile file, Instant from, Instant to) =>
        file.FirstHour * s_hour < to.ToUnixTimeTicks() && (file.LastHour + 1) * s_hour > from.ToUnixTimeTicks();

    /// <summary>Removes what a crash left unfinished.</summary>
    public static void RemoveUnfinished(TelemetryOptions options)
    {
        string root = Path.Combine(options.Folder, "history");
        if (!Directory.Exists(root)) return;
        foreach (string part in Directory.GetFiles(root, "*" + Unfinished, SearchOption.AllDirectories)) File.Delete(part);
    }

    /// <summary>A party's code as a folder name: letters, digits, - and _ stand for themselves, all other bytes as ~ and two hexadecimal digits.</summary>
    private static string Encode(string party)
    {
        var name = new StringBuilder();
        foreach (byte b in Encoding.UTF8.GetBytes(party))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'_') name.Append((char)b);
            else name.Append('~').Append(b.ToString("x2", CultureInfo.InvariantCulture));
        }
        return name.Length == 0 ? "~" : name.ToString();
    }

    private static HistoryFile Read(string path)
    {
        string[] parts = Path.GetFileNameWithoutExtension(path).Split('_');
        string day = Path.GetDirectoryName(path)!;
        return new(path, Path.GetFileName(Path.GetDirectoryName(day)!), LocalDatePattern.Iso.Parse(Path.GetFileName(day)).Value,
            Number(parts[0]), Number(parts[1]), Number(parts[2]), Number(parts[3]));
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
