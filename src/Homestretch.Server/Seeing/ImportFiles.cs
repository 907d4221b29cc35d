using System.IO.Compression;
using Homestretch.Exchange.Csv;
using Homestretch.Papers;

namespace Homestretch.Server.Seeing;

/// <summary>What a person chose to import: one CSV file, a workbook, or a company folder as a zip.</summary>
internal static class ImportFiles
{
    private const int MostFiles = 100;
    private const long MostBytes = 256 * 1024 * 1024;

    /// <summary>The tables in it; with findings instead when it cannot be read.</summary>
    public static (IReadOnlyList<SheetText> Tables, IReadOnlyList<Finding> Findings) Of(string fileName, byte[] bytes)
    {
        if (!fileName.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)) return fileName.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase) ? WorkbookReading.Read(fileName, bytes) : ([SheetText.Of(fileName, bytes)], []);
        var files = new List<SheetText>();
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
            // what a Mac adds, and anything that is no table, is left aside; a folder inside the zip is looked into
            var entries = zip.Entries.Where(static e => e.Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) && !e.Name.StartsWith('.')
                && !e.FullName.StartsWith("__MACOSX", StringComparison.Ordinal)).ToList();
            if (entries.Count == 0) return Wrong(fileName, "zip-empty", "There is no CSV file in it.", "Zip the folder with one CSV file a table, such as order_lines.csv.");
            if (entries.Count > MostFiles) return Wrong(fileName, "zip-files", $"It holds {entries.Count} CSV files.", $"A company folder has one file a table; at most {MostFiles} are read.");
            long left = MostBytes;
            foreach (ZipArchiveEntry entry in entries)
            {
                byte[]? content = Content(entry, ref left);
                if (content is null) return Wrong(fileName, "zip-size", $"Unpacked it is larger than {MostBytes / 1024 / 1024} MB.", "Import it in parts, or use the command line.");
                files.Add(SheetText.Of(entry.Name, content));
            }
            return (files, []);
        }
        catch (InvalidDataException)
        {
            return Wrong(fileName, "zip-broken", "It is not a zip file, or a damaged one.", "Zip the folder again.");
        }
    }

    /// <summary>An entry unpacked; null when it goes beyond what is left, whatever size it claims to have.</summary>
    private static byte[]? Content(ZipArchiveEntry entry, ref long left)
    {
        using Stream stream = entry.Open();
        using var memory = new MemoryStream();
        byte[] buffer = new byte[81920];
        for (int n; (n = stream.Read(buffer)) > 0;)
        {
            if ((left -= n) < 0) return null;
            memory.Write(buffer, 0, n);
        }
        return memory.ToArray();
    }

    private static (IReadOnlyList<SheetText>, IReadOnlyList<Finding>) Wrong(string fileName, string rule, string what, string cure) =>
        ([], [new(new(fileName), rule, what, cure)]);
}
