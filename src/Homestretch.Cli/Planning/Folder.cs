using Homestretch.Exchange.Csv;
using Homestretch.Papers;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Cli.Planning;

/// <summary>Reads a company folder from disk, or prints every error in it.</summary>
internal static class Folder
{
    public const int Ok = 0, No = 1, BadInput = 2;

    /// <summary>The folder's world; null after its findings were printed to standard error.</summary>
    public static Snapshot? Read(string path)
    {
        if (Tables(path) is not { } tables) return null;
        var (world, findings) = CompanyFolder.ReadTables(tables);
        foreach (Finding finding in findings) Console.Error.WriteLine(finding);
        if (findings.Count > 0) Console.Error.WriteLine($"{findings.Count} errors; nothing was loaded.");
        return world;
    }

    /// <summary>The tables of the folder's CSV files or of a workbook; null after saying what keeps them from being read.</summary>
    public static IReadOnlyList<SheetText>? Tables(string path)
    {
        if (Directory.Exists(path)) return [.. Directory.EnumerateFiles(path, "*.csv").Select(static f => SheetText.Of(Path.GetFileName(f), File.ReadAllBytes(f)))];
        if (IsWorkbook(path) && File.Exists(path))
        {
            var (tables, broken) = WorkbookReading.Read(Path.GetFileName(path), File.ReadAllBytes(path));
            foreach (Finding finding in broken) Console.Error.WriteLine(finding);
            return broken.Count > 0 ? null : tables;
        }
        Console.Error.WriteLine($"There is no folder '{path}'. Give a folder of CSV files, one a table, or a workbook (.xlsx), a sheet a table.");
        return null;
    }

    /// <summary>Whether a path names a workbook.</summary>
    public static bool IsWorkbook(string path) => path.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase);

    /// <param name="tables">Tables to write; null: all.</param>
    public static void Write(Snapshot world, string path, IReadOnlyCollection<string>? tables = null)
    {
        Directory.CreateDirectory(path);
        foreach (var (name, bytes) in CompanyFolder.Write(world).Where(f => tables?.Contains(Path.GetFileNameWithoutExtension(f.Key)) != false)) File.WriteAllBytes(Path.Combine(path, name), bytes);
    }

    /// <summary>An instant from text with an offset; null after saying what is wrong.</summary>
    public static Instant? Time(string? text)
    {
        if (text is null) return SystemClock.Instance.GetCurrentInstant();
        if (OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } dated) return dated.Value.ToInstant();
        Console.Error.WriteLine($"'{text}' is no date and time with an offset. Write it like 2026-11-24T06:00:00Z.");
        return null;
    }
}
