using Homestretch.World;

namespace Homestretch.Exchange.Csv;

/// <summary>What a set of tables as text says: records, where each stood, and everything that is wrong with them.</summary>
internal sealed class Sheets
{
    private readonly List<Finding> _findings = [];
    private readonly Dictionary<(string Table, string Key), Place> _places = [];
    private readonly HashSet<string> _unread = new(StringComparer.Ordinal);

    /// <summary>Every row without errors, as an upsert.</summary>
    public List<WorldEvent> Events { get; } = [];

    /// <summary>Rows with errors; only their keys may be used.</summary>
    public List<IRecord> Drafts { get; } = [];

    /// <summary>Reads one table.</summary>
    public void Add(SheetText sheet)
    {
        if (TableKind.Named(sheet.Table) is not { } kind)
        {
            Fault(new(sheet.Source), "unknown-table", $"There is no table '{sheet.Table}'.", $"Name it after one of: {string.Join(", ", TableKind.All.Select(static k => k.Name))}.");
            return;
        }
        _findings.AddRange(sheet.Findings);
        if (sheet.Findings.Count > 0) _unread.Add(sheet.Table);
        if (sheet.Rows.Count == 0) return;
        if (Header(kind, sheet.Rows[0], sheet.Source) is not { } columns)
        {
            _unread.Add(sheet.Table);
            return;
        }
        foreach (CsvRecord row in sheet.Rows.Skip(1))
        {
            if (row.Cells.All(string.IsNullOrWhiteSpace)) continue;
            var place = new Place(sheet.Source, row.Line);
            bool shifted = row.Cells.Count > sheet.Rows[0].Cells.Count;
            if (shifted)
                Fault(place, "cells", $"The row has {row.Cells.Count} cells under {sheet.Rows[0].Cells.Count} columns.", "Quote cells that contain a comma.");
            Take(kind, new Row(place, columns, row.Cells), shifted);
        }
    }

    /// <summary>All findings in order of file and line, those about event n moved to the row the event came from. What
    /// names a record of a table that could not be read is not blamed for it.</summary>
    public IReadOnlyList<Finding> Report(IReadOnlyList<Finding> aboutEvents) =>
        [.. _findings.Concat(aboutEvents.Where(f => !NamesUnread(f)).Select(Located)).OrderBy(static f => f.Place.Source, StringComparer.Ordinal).ThenBy(static f => f.Place.Line)];

    private void Take(TableKind kind, Row row, bool shifted)
    {
        int before = _findings.Count;
        IRecord draft = kind.Draft(row, shifted ? [] : _findings);
        bool whole = !shifted && _findings.Count == before;
        if (draft.Id.Trim('|').Length == 0) return;
        if (!_places.TryAdd((kind.Name, draft.Id), row.Place))
        {
            Fault(row.Place, "duplicate-key", $"'{draft.Id}' stands already at {_places[(kind.Name, draft.Id)]}.", "Keep one of the two rows.");
            return;
        }
        if (whole) Events.Add(new WorldEvent.Put(draft));
        else Drafts.Add(draft);
    }

    /// <summary>Columns by name; null when one that is needed is missing, so that its rows cannot be read.</summary>
    private Dictionary<string, int>? Header(TableKind kind, CsvRecord header, string fileName)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < header.Cells.Count; i++)
        {
            string name = header.Cells[i].Trim().ToLowerInvariant();
            var place = new Place(fileName, header.Line, name);
            if (!columns.TryAdd(name, i))
                Fault(place, "column-twice", $"The column '{name}' stands twice.", "Keep one.");
            if (!kind.Columns.Any(c => c.Name == name))
                Fault(place, "unknown-column", $"{kind.Name} has no column '{name}'.", $"Its columns are: {string.Join(", ", kind.Columns.Select(static c => c.Name))}.");
        }
        bool readable = true;
        foreach (Column c in kind.Columns.Where(c => c.Required && !columns.ContainsKey(c.Name)))
        {
            Fault(new(fileName, header.Line, c.Name), "missing-column", $"The column '{c.Name}' is missing.", $"Add it. {c.Doc}");
            readable = false;
        }
        return readable ? columns : null;
    }

    private WorldEvent? EventOf(Finding finding) =>
        finding.Place.Line >= 1 && finding.Place.Line <= Events.Count ? Events[finding.Place.Line - 1] : null;

    private bool NamesUnread(Finding finding) =>
        finding.Rule == "unknown-key" && EventOf(finding)?.Kind.Columns.FirstOrDefault(c => c.Name == finding.Place.Column) is { } column
        && column.Form.StartsWith("key of ", StringComparison.Ordinal) && _unread.Contains(column.Form["key of ".Length..]);

    private Finding Located(Finding finding)
    {
        if (EventOf(finding) is not { } e) return finding;
        return finding with { Place = _places[(e.Kind.Name, e.Key)] with { Column = finding.Place.Column } };
    }

    private void Fault(Place place, string rule, string what, string cure) => _findings.Add(new(place, rule, what, cure));
}
