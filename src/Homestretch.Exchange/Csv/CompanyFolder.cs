using System.Text;
using Homestretch.World;

namespace Homestretch.Exchange.Csv;

/// <summary>A world as a folder of CSV files, one a table, so that a person can start from a spreadsheet.</summary>
public static class CompanyFolder
{
    /// <summary>Reads a whole company. Every error of every file is in one report; when there is any, nothing is loaded.</summary>
    /// <param name="files">File name (such as lots.csv) and its bytes. A missing table is empty; an unknown file is an error.</param>
    public static (Snapshot? World, IReadOnlyList<Finding> Findings) Read(IEnumerable<KeyValuePair<string, byte[]>> files) => ReadTables(files.Select(static f => SheetText.Of(f.Key, f.Value)));

    /// <summary>The same for tables that came in whatever form.</summary>
    public static (Snapshot? World, IReadOnlyList<Finding> Findings) ReadTables(IEnumerable<SheetText> tables)
    {
        Sheets sheets = Added(tables);
        // rows with errors still hold their keys, so that one bad party does not make a stranger of every record that names it
        Applied applied = Snapshot.Of(sheets.Drafts, 0).Apply(sheets.Events, happened: true);
        IReadOnlyList<Finding> findings = sheets.Report(applied.Findings);
        return findings.Count == 0 ? (applied.World, findings) : (null, findings);
    }

    /// <summary>Reads one table's rows as upserts by key. Rows that are absent stay as they are.</summary>
    /// <param name="fileName">Names the table: order_lines.csv, or order_lines-monday.csv.</param>
    public static (IReadOnlyList<WorldEvent> Events, IReadOnlyList<Finding> Findings) ReadDelta(string fileName, byte[] bytes)
    {
        Sheets sheets = Added([SheetText.Of(fileName, bytes)]);
        IReadOnlyList<Finding> findings = sheets.Report([]);
        return (findings.Count == 0 ? sheets.Events : [], findings);
    }

    /// <summary>A delta checked against a world: the events, or every error with its line and column. Changes nothing.</summary>
    public static (Applied Applied, IReadOnlyList<WorldEvent> Events) DryRun(Snapshot world, string fileName, byte[] bytes) => DryRun(world, [SheetText.Of(fileName, bytes)]);

    /// <summary>Deltas of several tables, checked together against a world: rows may name one another across files.</summary>
    public static (Applied Applied, IReadOnlyList<WorldEvent> Events) DryRun(Snapshot world, IReadOnlyList<KeyValuePair<string, byte[]>> files) => DryRun(world, [.. files.Select(static f => SheetText.Of(f.Key, f.Value))]);

    /// <summary>The same for tables that came in whatever form.</summary>
    public static (Applied Applied, IReadOnlyList<WorldEvent> Events) DryRun(Snapshot world, IReadOnlyList<SheetText> tables)
    {
        Sheets sheets = Added(tables);
        Applied applied = world.Apply(sheets.Events, tables is [var only] ? only.Source : "import");
        IReadOnlyList<Finding> findings = sheets.Report(applied.Findings);
        return (findings.Count == 0 ? applied : new(world, [], findings), sheets.Events);
    }

    private static Sheets Added(IEnumerable<SheetText> tables)
    {
        var sheets = new Sheets();
        foreach (SheetText table in tables.OrderBy(static t => t.Source, StringComparer.Ordinal)) sheets.Add(table);
        return sheets;
    }

    /// <summary>Every table with rows as a CSV file, columns and rows in their one order: the same world gives the same bytes.</summary>
    public static IEnumerable<KeyValuePair<string, byte[]>> Write(Snapshot world)
    {
        foreach (TableKind kind in TableKind.All)
        {
            if (world.Count(kind) > 0) yield return new($"{kind.Name}.csv", WriteTable(kind, world.Records(kind)));
        }
    }

    public static byte[] WriteTable(TableKind kind, IEnumerable<IRecord> records)
    {
        var text = new StringBuilder();
        CsvText.Write(text, kind.Columns.Select(static c => c.Name));
        foreach (IRecord record in records) CsvText.Write(text, kind.Cells(record));
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
