using Homestretch.World;

namespace Homestretch.Exchange.Csv;

/// <summary>One table's rows as text, in whatever form they came: a CSV file, or a sheet of a workbook.</summary>
/// <param name="Table">Name of the table, as far as the form tells it.</param>
/// <param name="Source">Where a person finds it: the file, or the file and its sheet.</param>
/// <param name="Rows">Column names first; each with the line or row on which it stands.</param>
/// <param name="Findings">What kept some of it from being read.</param>
public sealed record SheetText(string Table, string Source, IReadOnlyList<CsvRecord> Rows, IReadOnlyList<Finding> Findings)
{
    /// <summary>A CSV file. Its name up to the first '-' or '.' names the table.</summary>
    public static SheetText Of(string fileName, byte[] bytes)
    {
        string table = Path.GetFileNameWithoutExtension(fileName).Split('-')[0];
        var findings = new List<Finding>();
        return TableKind.Named(table) is null ? new(table, fileName, [], []) : new(table, fileName, CsvText.Read(bytes, fileName, findings), findings);
    }
}
