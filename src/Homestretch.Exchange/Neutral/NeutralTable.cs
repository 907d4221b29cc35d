using System.Globalization;
using Homestretch.Exchange.Csv;

namespace Homestretch.Exchange.Neutral;

/// <summary>One CSV file of a neutral instance with its columns found by name; every bad cell becomes a finding.</summary>
internal sealed class NeutralTable
{
    private readonly string _file;
    private readonly List<Finding> _findings;
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<CsvRecord> _records;

    public NeutralTable(IReadOnlyDictionary<string, byte[]> files, string file, string[] columns, List<Finding> findings)
    {
        (_file, _findings, _records) = (file, findings, []);
        if (!files.TryGetValue(file, out byte[]? bytes))
        {
            findings.Add(new(new(file), "missing-file", "The file is missing.", $"Add {file} with the columns {string.Join(',', columns)}."));
            return;
        }
        int before = findings.Count;
        IReadOnlyList<CsvRecord> all = CsvText.Read(bytes, file, findings);
        if (findings.Count > before) return;
        for (int c = 0; all.Count > 0 && c < all[0].Cells.Count; c++) _columns.TryAdd(all[0].Cells[c], c);
        foreach (string column in columns)
            if (!_columns.ContainsKey(column))
                findings.Add(new(new(file, 1, column), "missing-column", $"The column '{column}' is missing.", "Add it to the first line; the order of columns does not matter."));
        if (findings.Count == before) _records = [.. all.Skip(1)];
    }

    public IEnumerable<CsvRecord> Rows => _records;

    public string Text(CsvRecord row, string column)
    {
        int at = _columns[column];
        string cell = at < row.Cells.Count ? row.Cells[at] : "";
        if (cell.Length == 0) Report(row, column, "missing-value", "The cell is empty.", "Fill it in.");
        return cell;
    }

    /// <summary>A whole number in [least, most].</summary>
    public int Whole(CsvRecord row, string column, int least, int most)
    {
        string text = Text(row, column);
        if (text.Length == 0) return least;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most) return value;
        Report(row, column, "whole-number", $"'{text}' is not a whole number from {least} to {most}.", "Write digits only, in that range.");
        return least;
    }

    /// <summary>A number of units of <paramref name="unitSeconds"/> seconds, as whole seconds; fractions round up or down.</summary>
    public int Time(CsvRecord row, string column, int unitSeconds, bool up, bool mayBeNegative = false)
    {
        string text = Text(row, column);
        if (text.Length == 0) return 0;
        if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value)
            && value >= (mayBeNegative ? -1_000_000 : 0) && value * unitSeconds <= 500_000_000)
            return (int)(up ? decimal.Ceiling(value * unitSeconds) : decimal.Floor(value * unitSeconds));
        Report(row, column, "duration", $"'{text}' is not a time this file can hold.", "Write a number of minutes (or days, for lead times), at most about 15 years.");
        return 0;
    }

    /// <summary>The index of the key a cell names; -1, and a finding, when there is none.</summary>
    public int Reference(CsvRecord row, string column, IReadOnlyDictionary<string, int> keys, string where)
    {
        string text = Text(row, column);
        if (keys.TryGetValue(text, out int index)) return index;
        if (text.Length > 0) Report(row, column, "unknown-key", $"'{text}' is not in {where}.", $"Add it to {where} or mend the key.");
        return -1;
    }

    /// <summary>Reads a keyed table: rows in ordinal order of their key, and the index of each key.</summary>
    public List<T> Keyed<T>(string column, Func<CsvRecord, string, T> read, out Dictionary<string, int> index)
    {
        var rows = new List<(string Key, T Value)>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (CsvRecord row in _records)
        {
            string key = Text(row, column);
            if (!seen.TryAdd(key, row.Line))
                Report(row, column, "duplicate-key", $"'{key}' stands on line {seen[key]} already.", "Give each row its own key.");
            else
                rows.Add((key, read(row, key)));
        }
        rows.Sort((a, b) => string.CompareOrdinal(a.Key, b.Key));
        index = new Dictionary<string, int>(rows.Count, StringComparer.Ordinal);
        for (int i = 0; i < rows.Count; i++) index.Add(rows[i].Key, i);
        return [.. rows.Select(row => row.Value)];
    }

    public void Report(CsvRecord row, string column, string rule, string what, string cure) => _findings.Add(new(new(_file, row.Line, column), rule, what, cure));
}
