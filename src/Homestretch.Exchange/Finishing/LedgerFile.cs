using Homestretch.Exchange.Csv;
using Homestretch.Finishing.Origin.Ledgers;
using Homestretch.World;

namespace Homestretch.Exchange.Finishing;

/// <summary>What an entry of a ledger of duty does.</summary>
public enum LedgerEntryKind { Received, Used, Scrapped, Returned, Exported, Released, Claimed }

/// <summary>A ledger of duty from a CSV file: a row an entry, in the order in which it happened.</summary>
public static class LedgerFile
{
    private static readonly string[] s_columns = ["entry", "on", "kind", "lot", "item", "quantity", "duty", "inputs_only", "serial", "destination", "of"];

    /// <summary>The entries in the file's order; none, with findings, when anything is wrong.</summary>
    public static (IReadOnlyList<LedgerEntry> Entries, IReadOnlyList<Finding> Findings) Read(string fileName, ReadOnlySpan<byte> utf8)
    {
        var findings = new List<Finding>();
        IReadOnlyList<CsvRecord> rows = CsvText.Read(utf8, fileName, findings);
        if (rows.Count < 2 && findings.Count == 0) findings.Add(new(new(fileName), "empty", "The file has no entries.", $"Begin with {string.Join(',', s_columns)}, then a row an entry."));
        if (findings.Count > 0) return ([], findings);
        string[] header = [.. rows[0].Cells.Select(static c => c.ToLowerInvariant())];
        foreach (string name in header.Where(static n => !s_columns.Contains(n))) findings.Add(new(new(fileName, rows[0].Line, name), "unknown-column", $"There is no '{name}'.", $"Write some of: {string.Join(", ", s_columns)}."));
        foreach (string needed in ((string[])["entry", "on", "kind"]).Where(n => !header.Contains(n))) findings.Add(new(new(fileName, rows[0].Line, needed), "missing-column", $"There is no column '{needed}'.", "Add it."));
        foreach (var twice in header.GroupBy(static h => h, StringComparer.Ordinal).Where(static g => g.Count() > 1)) findings.Add(new(new(fileName, rows[0].Line, twice.Key), "duplicate-column", $"Column '{twice.Key}' stands twice.", "Keep one."));
        if (findings.Count > 0) return ([], findings);
        var entries = new List<LedgerEntry>();
        foreach (CsvRecord row in rows.Skip(1))
        {
            var c = new ContentCells(header.Select((h, k) => (h, Text: k < row.Cells.Count ? row.Cells[k] : "")).ToDictionary(static x => x.h, static x => x.Text, StringComparer.Ordinal), fileName, row.Line, "", findings);
            string key = c.Needed("entry");
            c.Needed("on");
            c.Needed("kind");
            if (c.Day("on") is not { } on || c.Choice<LedgerEntryKind>("kind") is not { } kind) continue;
            decimal Quantity() => c.Number("quantity", needed: true) ?? 1;
            entries.Add(kind switch
            {
                LedgerEntryKind.Received => new LedgerEntry.Received(key, on, c.Needed("lot"), c.Text("item"), Quantity(), Needed(c), c.Choice<YesNo>("inputs_only") is { } only ? only == YesNo.Yes : null),
                LedgerEntryKind.Used => new LedgerEntry.Used(key, on, c.Needed("lot"), Quantity(), c.Needed("serial")),
                LedgerEntryKind.Scrapped => new LedgerEntry.Scrapped(key, on, c.Needed("lot"), Quantity()),
                LedgerEntryKind.Returned => new LedgerEntry.Returned(key, on, c.Needed("lot"), Quantity(), c.Needed("destination")),
                LedgerEntryKind.Exported => new LedgerEntry.Exported(key, on, c.Needed("serial"), c.Needed("destination"), c.Money("duty")),
                LedgerEntryKind.Released => new LedgerEntry.Released(key, on, c.Needed("serial"), c.Money("duty")),
                LedgerEntryKind.Claimed => new LedgerEntry.Claimed(key, on, c.Needed("of")),
            });
        }
        return findings.Count > 0 ? ([], findings) : (entries, []);

        static long Needed(ContentCells c)
        {
            c.Needed("duty");
            return c.Money("duty") ?? 0;
        }
    }
}
