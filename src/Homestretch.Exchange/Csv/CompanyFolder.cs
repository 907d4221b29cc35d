using System.Text;
using Homestretch.World;

namespace Homestretch.Exchange.Csv;

/// <summary>A world as a folder of CSV files, one a table, so that a person can start from a spreadsheet.</summary>
public static class CompanyFolder
{
    /// <summary>Reads a whole company. Every error of every file is in one report; when there is any, nothing is loaded.</summary>
    /// <param name="files">File name (such as lots.csv) and its bytes. A missing table is empty; an unknown file is an error.</param>
    public static (Snapshot? World, IReadOnlyList<Finding> Findings) Read(IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        var findings = new List<Finding>();
        var events = new List<WorldEvent>();
        var places = new Dictionary<(string, string), Place>();
        foreach (var (name, bytes) in files.OrderBy(static f => f.Key, StringComparer.Ordinal))
        {
            foreach (var (record, place) in Records(name, bytes, findings))
            {
                var key = (TableKind.For(record).Name, record.Id);
                if (!places.TryAdd(key, place))
                    findings.Add(new(place, "duplicate-key", $"'{record.Id}' stands already at {places[key]}.", "Keep one of the two rows."));
                events.Add(new WorldEvent.Put(record));
            }
        }
        Applied applied = Snapshot.Empty.Apply(events);
        findings.AddRange(applied.Findings.Select(f => Located(f, events, places)));
        return findings.Count == 0 ? (applied.World, findings) : (null, findings);
    }

    /// <summary>Reads one table's rows as upserts by key. Rows that are absent stay as they are.</summary>
    /// <param name="fileName">Names the table: order_lines.csv, or order_lines-monday.csv.</param>
    public static (IReadOnlyList<WorldEvent> Events, IReadOnlyList<Finding> Findings) ReadDelta(string fileName, byte[] bytes)
    {
        var findings = new List<Finding>();
        WorldEvent[] events = [.. Records(fileName, bytes, findings).Select(static r => new WorldEvent.Put(r.Record))];
        return (findings.Count == 0 ? events : [], findings);
    }

    /// <summary>A delta checked against a world: the events, or every error with its line and column. Changes nothing.</summary>
    public static (Applied Applied, IReadOnlyList<WorldEvent> Events) DryRun(Snapshot world, string fileName, byte[] bytes)
    {
        var findings = new List<Finding>();
        var places = new Dictionary<(string, string), Place>();
        var events = new List<WorldEvent>();
        foreach (var (record, place) in Records(fileName, bytes, findings))
        {
            places[(TableKind.For(record).Name, record.Id)] = place;
            events.Add(new WorldEvent.Put(record));
        }
        Applied applied = world.Apply(events, fileName);
        findings.AddRange(applied.Findings.Select(f => Located(f, events, places)));
        return (findings.Count == 0 ? applied : new(world, [], findings), events);
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

    private static IEnumerable<(IRecord Record, Place Place)> Records(string fileName, byte[] bytes, List<Finding> findings)
    {
        string table = Path.GetFileNameWithoutExtension(fileName).Split('-')[0];
        if (TableKind.Named(table) is not { } kind)
        {
            findings.Add(new(new(fileName), "unknown-table", $"There is no table '{table}'.", $"Name the file after one of: {string.Join(", ", TableKind.All.Select(static k => k.Name))}."));
            yield break;
        }
        IReadOnlyList<CsvRecord> records = CsvText.Read(bytes, fileName, findings);
        if (records.Count == 0 || Header(kind, records[0], fileName, findings) is not { } columns) yield break;
        foreach (CsvRecord row in records.Skip(1))
        {
            if (row.Cells.Count > records[0].Cells.Count)
            {
                findings.Add(new(new(fileName, row.Line), "cells", $"The row has {row.Cells.Count} cells under {records[0].Cells.Count} columns.", "Quote cells that contain a comma."));
                continue;
            }
            var place = new Place(fileName, row.Line);
            if (kind.Read(new Row(place, columns, row.Cells), findings) is { } record) yield return (record, place);
        }
    }

    private static Dictionary<string, int>? Header(TableKind kind, CsvRecord header, string fileName, List<Finding> findings)
    {
        int before = findings.Count;
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < header.Cells.Count; i++)
        {
            string name = header.Cells[i].Trim().ToLowerInvariant();
            if (!columns.TryAdd(name, i))
                findings.Add(new(new(fileName, header.Line, name), "column-twice", $"The column '{name}' stands twice.", "Keep one."));
            if (!kind.Columns.Any(c => c.Name == name))
                findings.Add(new(new(fileName, header.Line, name), "unknown-column", $"{kind.Name} has no column '{name}'.", $"Its columns are: {string.Join(", ", kind.Columns.Select(static c => c.Name))}."));
        }
        foreach (Column c in kind.Columns.Where(c => c.Required && !columns.ContainsKey(c.Name)))
            findings.Add(new(new(fileName, header.Line, c.Name), "missing-column", $"The column '{c.Name}' is missing.", $"Add it. {c.Doc}"));
        return findings.Count == before ? columns : null;
    }

    /// <summary>A finding about event n, moved to the row the event came from.</summary>
    private static Finding Located(Finding finding, List<WorldEvent> events, Dictionary<(string, string), Place> places)
    {
        if (finding.Place.Line < 1 || finding.Place.Line > events.Count) return finding;
        WorldEvent e = events[finding.Place.Line - 1];
        return places.TryGetValue((e.Kind.Name, e.Key), out Place place) ? finding with { Place = place with { Column = finding.Place.Column } } : finding;
    }
}
