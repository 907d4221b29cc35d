using System.Collections.Immutable;
using System.Globalization;
using Homestretch.Exchange.Csv;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Exchange.Health;

/// <summary>One machine's readings in time.</summary>
/// <param name="Times">Rising.</param>
/// <param name="PassedOver">Rows that were not after the one before them, as when a clock is set back and an hour is told twice.</param>
/// <param name="Values">Reading after reading, one value a sensor; NaN where unknown.</param>
public sealed record MachineSeries(ImmutableArray<string> Sensors, ImmutableArray<Instant> Times, ImmutableArray<float> Values, int PassedOver)
{
    public ReadOnlySpan<float> Reading(int index) => Values.AsSpan(index * Sensors.Length, Sensors.Length);
}

/// <summary>Series as CSV: a first column of times (2013-12-02 21:15:00 in UTC, or ISO 8601 with an offset), one column a sensor, a header.</summary>
public static class SeriesFile
{
    private const int Enough = 20;
    private static readonly LocalDateTimePattern s_plain = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss;FFFFFF"), s_minutes = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm");

    /// <summary>Reads a series. Null, with findings, when anything is wrong.</summary>
    /// <param name="source">File name, for findings.</param>
    public static (MachineSeries? Series, IReadOnlyList<Finding> Findings) Read(ReadOnlySpan<byte> utf8, string source)
    {
        var findings = new List<Finding>();
        IReadOnlyList<CsvRecord> rows = CsvText.Read(utf8, source, findings);
        if (findings.Count == 0 && (rows.Count < 2 || rows[0].Cells.Count < 2)) findings.Add(new(new(source), "series-columns", "There is no column of times and one of a sensor, with readings under them.", "Give a header and one row a reading: time, then sensors."));
        var (times, values) = (new List<Instant>(), new List<float>());
        int passedOver = 0, firstPassed = 0;
        for (int i = 1; i < rows.Count && findings.Count < Enough; i++)
        {
            CsvRecord row = rows[i];
            if (row.Cells.Count != rows[0].Cells.Count)
            {
                findings.Add(new(new(source, row.Line), "cells", $"The row has {row.Cells.Count} cells under {rows[0].Cells.Count} columns.", "Give one cell a column; leave a cell empty where a value is unknown."));
                continue;
            }
            if (Time(row.Cells[0]) is not { } time) findings.Add(new(new(source, row.Line), "time", $"'{row.Cells[0]}' is no time.", "Write 2026-11-27 07:05:00 (UTC) or 2026-11-27T07:05:00+01:00."));
            else if (times.Count > 0 && time <= times[^1])
            {
                if (passedOver++ == 0) firstPassed = row.Line;
                continue;
            }
            else times.Add(time);
            for (int c = 1; c < row.Cells.Count; c++)
            {
                float value = float.NaN;
                if (row.Cells[c].Length > 0 && (!float.TryParse(row.Cells[c], NumberStyles.Float, CultureInfo.InvariantCulture, out value) || float.IsInfinity(value)))
                    findings.Add(new(new(source, row.Line, rows[0].Cells[c]), "number", $"'{row.Cells[c]}' is no number.", "Write a number with a point, or leave the cell empty where it is unknown."));
                values.Add(value);
            }
        }
        // one in a hundred is what clocks do; more is another order
        if (passedOver > rows.Count / 100) findings.Add(new(new(source, firstPassed), "series-order", $"{passedOver} rows are not after the row above; this is the first.", "Order rows by time, each time once."));
        return findings.Count > 0 ? (null, findings) : (new([.. rows[0].Cells.Skip(1)], [.. times], [.. values], passedOver), findings);
    }

    /// <summary>Reads spans of time in which a machine was not well: columns from and to.</summary>
    public static (IReadOnlyList<Interval>? Spans, IReadOnlyList<Finding> Findings) ReadSpans(ReadOnlySpan<byte> utf8, string source)
    {
        var findings = new List<Finding>();
        IReadOnlyList<CsvRecord> rows = CsvText.Read(utf8, source, findings);
        var spans = new List<Interval>();
        foreach (CsvRecord row in rows.Skip(1).Take(findings.Count > 0 ? 0 : int.MaxValue))
        {
            if (findings.Count < Enough && row.Cells is [var from, var to] && Time(from) is { } begin && Time(to) is { } end && begin < end) spans.Add(new(begin, end));
            else if (findings.Count < Enough) findings.Add(new(new(source, row.Line), "series-span", "The row is no span of time.", "Write two times, from and to, the second later."));
        }
        return findings.Count > 0 ? (null, findings) : (spans, findings);
    }

    private static Instant? Time(string text)
    {
        if (OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } dated) return dated.Value.ToInstant();
        if (s_plain.Parse(text) is { Success: true } plain) return plain.Value.InUtc().ToInstant();
        return s_minutes.Parse(text) is { Success: true } minutes ? minutes.Value.InUtc().ToInstant() : null;
    }
}
