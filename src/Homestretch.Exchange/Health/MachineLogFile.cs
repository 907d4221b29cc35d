using System.Globalization;
using System.Text;
using Homestretch.Exchange.Csv;
using Homestretch.Machines.Health;

namespace Homestretch.Exchange.Health;

/// <summary>Machines' logs as CSV: machine, hours, what (sensor, error, maintenance, failure, end), name, value; one line each. 'end' says until when failures would
/// have been written down; without one a log ends with its last line.</summary>
public static class MachineLogFile
{
    private const int Enough = 20;
    private static readonly string[] s_columns = ["machine", "hours", "what", "name", "value"], s_kinds = ["sensor", "error", "maintenance", "failure"];

    /// <summary>Reads logs. Null, with findings, when anything is wrong.</summary>
    /// <param name="source">File name, for findings.</param>
    public static (IReadOnlyList<MachineLog>? Logs, IReadOnlyList<Finding> Findings) Read(ReadOnlySpan<byte> utf8, string source)
    {
        var findings = new List<Finding>();
        IReadOnlyList<CsvRecord> rows = CsvText.Read(utf8, source, findings);
        if (findings.Count == 0 && (rows.Count == 0 || !rows[0].Cells.SequenceEqual(s_columns))) findings.Add(new(new(source, 1), "log-columns", "The columns are not machine, hours, what, name, value.", "Give that header and one line each."));
        var logs = new Dictionary<string, (List<LogLine> Lines, double Until)>(StringComparer.Ordinal);
        for (int i = 1; i < rows.Count && findings.Count < Enough; i++) Take(rows[i]);
        if (findings.Count == 0 && logs.Count == 0) findings.Add(new(new(source), "log-empty", "There are no lines.", "Give one line for each reading, error, service and failure."));
        return findings.Count > 0 ? (null, findings) : ([.. logs.Select(static l => new MachineLog(l.Key, [.. l.Value.Lines], l.Value.Until))], findings);

        void Take(CsvRecord row)
        {
            void Fault(string column, string rule, string what, string cure) => findings.Add(new(new(source, row.Line, column), rule, what, cure));

            if (row.Cells.Count != s_columns.Length)
            {
                Fault("", "cells", $"The row has {row.Cells.Count} cells, not {s_columns.Length}.", "Give machine, hours, what, name, value; leave value empty but for sensors.");
                return;
            }
            string machine = row.Cells[0];
            if (machine.Length == 0) Fault("machine", "required", "The machine is empty.", "Name it.");
            if (!double.TryParse(row.Cells[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double hours) || !double.IsFinite(hours)) Fault("hours", "number", $"'{row.Cells[1]}' is no number of hours.", "Write hours since a fixed moment, such as 12.5.");
            var (lines, until) = logs.TryGetValue(machine, out var log) ? log : ([], double.NegativeInfinity);
            if (hours < until) Fault("hours", "log-order", $"{machine} is at {hours} after {until}.", "Order each machine's lines by time; nothing follows its end.");
            logs[machine] = (lines, hours);
            if (row.Cells[2] == "end") return;
            int kind = Array.IndexOf(s_kinds, row.Cells[2]);
            float value = float.NaN;
            if (kind < 0) Fault("what", "log-what", $"'{row.Cells[2]}' is not known.", "Write sensor, error, maintenance, failure or end.");
            else if (kind == 0 && row.Cells[4].Length > 0 && (!float.TryParse(row.Cells[4], NumberStyles.Float, CultureInfo.InvariantCulture, out value) || float.IsInfinity(value))) Fault("value", "number", $"'{row.Cells[4]}' is no number.", "Write a number with a point, or leave it empty where it is unknown.");
            else lines.Add(new(hours, (LogKind)kind, row.Cells[3], value));
        }
    }

    /// <summary>Logs as CSV.</summary>
    public static byte[] Write(IEnumerable<MachineLog> logs)
    {
        var text = new StringBuilder();
        CsvText.Write(text, s_columns);
        foreach (MachineLog log in logs)
        {
            foreach (LogLine line in log.Lines) CsvText.Write(text, [log.Machine, Number(line.Hours), s_kinds[(int)line.Kind], line.Name, float.IsNaN(line.Value) ? "" : line.Value.ToString(CultureInfo.InvariantCulture)]);
            CsvText.Write(text, [log.Machine, Number(log.Until), "end", "", ""]);
        }
        return Encoding.UTF8.GetBytes(text.ToString());

        static string Number(double hours) => hours.ToString(CultureInfo.InvariantCulture);
    }
}
