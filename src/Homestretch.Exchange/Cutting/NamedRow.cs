using System.Globalization;
using Homestretch.Exchange.Csv;

namespace Homestretch.Exchange.Cutting;

/// <summary>A column of a file: our name, the name in the published form, and whether it must be there.</summary>
internal sealed record Named(string Ours, bool Needed, string? Published = null);

/// <summary>A row of a file with known columns, in whatever order; what is wrong in it is added to the findings.</summary>
internal readonly record struct NamedRow(CsvRecord Record, string Source, Dictionary<string, int> Places, List<Finding> Findings)
{
    /// <summary>The rows of a file; none when it is empty or lacks a column.</summary>
    public static IEnumerable<NamedRow> All(IReadOnlyList<CsvRecord> records, string source, Named[] columns, List<Finding> findings)
    {
        if (records.Count == 0)
        {
            if (findings.All(f => f.Place.Source != source)) findings.Add(new(new(source), "empty", "The file has no header.", $"Begin with {string.Join(',', columns.Where(static c => c.Needed).Select(static c => c.Ours))}."));
            yield break;
        }
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int k = 0; k < records[0].Cells.Count; k++)
            if (columns.FirstOrDefault(c => c.Ours == records[0].Cells[k] || c.Published == records[0].Cells[k]) is { } known && !places.TryAdd(known.Ours, k))
                findings.Add(new(new(source, records[0].Line, known.Ours), "duplicate-column", $"Column '{records[0].Cells[k]}' stands twice.", "Keep one."));
        Named[] missing = [.. columns.Where(c => c.Needed && !places.ContainsKey(c.Ours))];
        foreach (Named column in missing) findings.Add(new(new(source, records[0].Line, column.Ours), "missing-column", $"There is no column '{column.Ours}'{(column.Published is { } other ? $" ('{other}' in the published form)" : "")}.", "Add it."));
        if (missing.Length > 0) yield break;
        foreach (CsvRecord record in records.Skip(1)) yield return new(record, source, places, findings);
    }

    public string Text(string column) => Places.TryGetValue(column, out int at) && at < Record.Cells.Count ? Record.Cells[at] : "";

    public double? Number(string column)
    {
        if (Text(column) is not { Length: > 0 } text) return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)) return value;
        Wrong(column, "number", $"'{text}' is no number.", "Write it with a point, such as 12.5.");
        return null;
    }

    public double Needed(string column)
    {
        int before = Findings.Count;
        double? value = Number(column);
        if (value is null && Findings.Count == before) Wrong(column, "missing", $"The {column} of '{Record.Cells[0]}' is not given.", "Give a number; nothing is taken for it.");
        return value ?? 0;
    }

    public void Wrong(string column, string rule, string what, string cure) => Findings.Add(new(new(Source, Record.Line, column), rule, what, cure));
}
