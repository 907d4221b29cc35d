using System.IO.Compression;
using NodaTime;

namespace Homestretch.Exchange.Papers;

/// <summary>Tables as CSV files in one zip.</summary>
public static class PaperZip
{
    /// <param name="at">Moment that the files bear: the same tables and moment give the same bytes.</param>
    public static byte[] Of(IEnumerable<PaperTable> tables, Instant at)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            foreach (PaperTable table in tables)
            {
                ZipArchiveEntry entry = zip.CreateEntry($"{table.Name}.csv");
                entry.LastWriteTime = at.ToDateTimeOffset();
                using Stream to = entry.Open();
                to.Write(table.Csv());
            }
        }
        return bytes.ToArray();
    }
}
