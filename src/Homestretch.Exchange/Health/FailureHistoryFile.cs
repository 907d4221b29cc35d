using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Homestretch.Exchange.Csv;
using Homestretch.Machines.Health;

namespace Homestretch.Exchange.Health;

/// <summary>Histories of machines as text: a CSV file with the columns unit, cycle, settings (names that begin with 'setting') and sensors (all
/// others), one row a reading; or the text format of NASA's C-MAPSS sets: unit, cycle, three settings and 21 sensors, separated by blanks, without header.</summary>
public static class FailureHistoryFile
{
    private const int Enough = 20;

    /// <summary>Reads histories. Null, with findings, when anything is wrong.</summary>
    /// <param name="source">File name, for findings.</param>
    public static (FailureHistory? Fleet, IReadOnlyList<Finding> Findings) Read(ReadOnlySpan<byte> utf8, string source)
    {
        var findings = new List<Finding>();
        var (header, rows) = Rows(utf8, source, findings);
        if (findings.Count > 0) return (null, findings);
        int unit = header.IndexOf("unit"), cycle = header.IndexOf("cycle");
        if (unit < 0 || cycle < 0) findings.Add(new(new(source, 1), "health-columns", $"There is no column '{(unit < 0 ? "unit" : "cycle")}'.", "The header names unit, cycle, settings and sensors."));
        foreach (var twice in header.GroupBy(static h => h, StringComparer.Ordinal).Where(static g => g.Count() > 1)) findings.Add(new(new(source, 1), "health-columns", $"The column '{twice.Key}' is there {twice.Count()} times.", "Give each column its own name."));
        int[] others = [.. Enumerable.Range(0, header.Length).Where(c => c != unit && c != cycle)], settings = [.. others.Where(c => header[c].StartsWith("setting", StringComparison.Ordinal))], sensors = [.. others.Except(settings)];
        if (sensors.Length == 0) findings.Add(new(new(source, 1), "health-columns", "There is no sensor.", "Add a column for each sensor; names that begin with 'setting' are settings."));
        if (findings.Count > 0) return (null, findings);
        var units = new Dictionary<string, (List<double> Cycles, List<float> Values)>(StringComparer.Ordinal);
        foreach (CsvRecord row in rows)
        {
            if (findings.Count >= Enough) break;
            if (row.Cells.Count != header.Length) findings.Add(new(new(source, row.Line), "cells", $"The row has {row.Cells.Count} cells under {header.Length} columns.", "Give one cell a column; leave a cell empty where a value is unknown."));
            else Take(row);
        }
        if (units.Count == 0 && findings.Count == 0) findings.Add(new(new(source), "health-empty", "There are no readings.", "Give one row a reading."));
        if (findings.Count > 0) return (null, findings);
        return (new(new([.. settings.Select(c => header[c])], [.. sensors.Select(c => header[c])]), [.. units.Select(static u => new UnitHistory(u.Key, [.. u.Value.Cycles], [.. u.Value.Values]))]), findings);

        void Take(CsvRecord row)
        {
            string name = row.Cells[unit];
            if (name.Length == 0) findings.Add(new(new(source, row.Line, "unit"), "required", "The unit is empty.", "Name the machine or part."));
            if (!double.TryParse(row.Cells[cycle], NumberStyles.Float, CultureInfo.InvariantCulture, out double age) || !double.IsFinite(age) || age < 0)
            {
                findings.Add(new(new(source, row.Line, "cycle"), "number", $"'{row.Cells[cycle]}' is no age.", "Write cycles or running hours since new, such as 12 or 12.5."));
                return;
            }
            if (!units.TryGetValue(name, out var of)) units[name] = of = ([], []);
            if (of.Cycles.Count > 0 && !(age > of.Cycles[^1])) findings.Add(new(new(source, row.Line, "cycle"), "health-order", $"Unit {name} is at {age} after {of.Cycles[^1]}.", "Order each unit's rows by age, each age once; a renewed part is a new unit."));
            of.Cycles.Add(age);
            foreach (int c in settings.Concat(sensors))
            {
                float value = float.NaN;
                if (row.Cells[c].Length > 0 && (!float.TryParse(row.Cells[c], NumberStyles.Float, CultureInfo.InvariantCulture, out value) || float.IsInfinity(value)))
                    findings.Add(new(new(source, row.Line, header[c]), "number", $"'{row.Cells[c]}' is no number.", "Write a number with a point, or leave the cell empty where it is unknown."));
                of.Values.Add(value);
            }
        }
    }

    /// <summary>Reads what each unit really had left: a CSV file with the columns unit and remaining, or one number a line in the order of the units.</summary>
    public static (IReadOnlyDictionary<string, double>? Left, IReadOnlyList<Finding> Findings) ReadTruth(ReadOnlySpan<byte> utf8, string source, FailureHistory fleet)
    {
        var findings = new List<Finding>();
        IReadOnlyList<CsvRecord> rows = CsvText.Read(utf8, source, findings);
        bool named = rows is [{ Cells: ["unit", "remaining"] }, ..];
        if (named) rows = [.. rows.Skip(1)];
        var left = new Dictionary<string, double>(StringComparer.Ordinal);
        for (int i = 0; i < rows.Count && findings.Count < Enough; i++)
        {
            string name = named ? rows[i].Cells[0] : i < fleet.Units.Length ? fleet.Units[i].Unit : "";
            if (!double.TryParse(rows[i].Cells[^1], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value) || value < 0)
                findings.Add(new(new(source, rows[i].Line), "number", $"'{rows[i].Cells[^1]}' is no remaining life.", "Write a number of cycles or hours, 0 or more."));
            else if (!fleet.Units.Any(u => u.Unit == name) || !left.TryAdd(name, value))
                findings.Add(new(new(source, rows[i].Line), "health-truth", $"There is no unit for this line, or a second line for unit '{name}'.", "Give one line for each unit of the test file."));
        }
        foreach (UnitHistory unit in fleet.Units.Where(u => !left.ContainsKey(u.Unit)).Take(findings.Count > 0 ? 0 : Enough))
            findings.Add(new(new(source), "health-truth", $"Nothing is said of unit {unit.Unit}.", "Give one line for each unit of the test file."));
        return (findings.Count == 0 ? left : null, findings);
    }

    /// <summary>Histories as CSV.</summary>
    public static byte[] Write(FailureHistory fleet)
    {
        var text = new StringBuilder();
        CsvText.Write(text, ["unit", "cycle", .. fleet.Names.Settings, .. fleet.Names.Sensors]);
        foreach (UnitHistory unit in fleet.Units)
        {
            for (int r = 0; r < unit.Count; r++)
                CsvText.Write(text, [unit.Unit, unit.Cycles[r].ToString(CultureInfo.InvariantCulture), .. unit.Reading(r).ToArray().Select(static v => float.IsNaN(v) ? "" : v.ToString(CultureInfo.InvariantCulture))]);
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static (ImmutableArray<string> Header, IReadOnlyList<CsvRecord> Rows) Rows(ReadOnlySpan<byte> utf8, string source, List<Finding> findings)
    {
        IReadOnlyList<CsvRecord> records = CsvText.Read(utf8, source, findings);
        if (records.Count == 0 || findings.Count > 0) return ([], []);
        if (records[0].Cells is not [var line] || !line.Contains(' ', StringComparison.Ordinal)) return ([.. records[0].Cells.Select(static c => c.Trim())], [.. records.Skip(1)]);
        return (["unit", "cycle", .. Enumerable.Range(1, 3).Select(static i => $"setting{i}"), .. Enumerable.Range(1, 21).Select(static i => $"s{i}")],
            [.. records.Select(static r => r with { Cells = r.Cells[0].Split(' ', StringSplitOptions.RemoveEmptyEntries) })]);
    }
}
