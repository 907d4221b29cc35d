using System.Globalization;
using Homestretch.Exchange.Csv;
using Homestretch.Simulating;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Cli.Simulating;

/// <summary>A CSV of actual times with the columns carrier (lot or shipment), sequence (0: made; else the lane's step) and at (its end).</summary>
internal static class TruthFile
{
    private static readonly string[] s_columns = ["carrier", "sequence", "at"];

    /// <summary>What the file says; null after every error in it was printed to standard error.</summary>
    public static GivenTruth? Read(string path, Snapshot world)
    {
        if (!File.Exists(path))
        {
            Console.Error.WriteLine($"There is no file '{path}'. Give a CSV with the columns {string.Join(", ", s_columns)}.");
            return null;
        }
        var (truth, findings) = Read(File.ReadAllBytes(path), Path.GetFileName(path), world);
        foreach (Finding finding in findings) Console.Error.WriteLine(finding);
        return truth;
    }

    /// <summary>The truth, or findings.</summary>
    internal static (GivenTruth? Truth, IReadOnlyList<Finding> Findings) Read(byte[] bytes, string name, Snapshot world)
    {
        var findings = new List<Finding>();
        IReadOnlyList<CsvRecord> rows = CsvText.Read(bytes, name, findings);
        if (findings.Count == 0 && (rows.Count == 0 || !rows[0].Cells.SequenceEqual(s_columns, StringComparer.Ordinal)))
            findings.Add(new(new(name, 1), "columns", "The first line does not name the columns.", $"Begin with the line {string.Join(",", s_columns)}."));
        if (findings.Count > 0) return (null, findings);
        var ends = new Dictionary<(string, int), Instant>();
        foreach (CsvRecord row in rows.Skip(1))
        {
            if (Row(row, name, world, findings) is { } end && !ends.TryAdd((end.Carrier, end.Sequence), end.At))
                findings.Add(new(new(name, row.Line), "said-twice", $"The end of step {end.Sequence} of '{end.Carrier}' is given twice.", "Keep one of the rows."));
        }
        return findings.Count > 0 ? (null, findings) : (new GivenTruth(ends), findings);
    }

    private static (string Carrier, int Sequence, Instant At)? Row(CsvRecord row, string name, Snapshot world, List<Finding> findings)
    {
        int before = findings.Count;
        if (row.Cells.Count != s_columns.Length)
        {
            findings.Add(new(new(name, row.Line), "columns", $"{row.Cells.Count} cells.", $"Give {s_columns.Length}: {string.Join(", ", s_columns)}."));
            return null;
        }
        string carrier = row.Cells[0];
        bool lot = world.Lots.Contains(carrier);
        if (!lot && !world.Shipments.Contains(carrier))
            findings.Add(new(new(name, row.Line, "carrier"), "unknown-key", $"There is no lot and no shipment '{carrier}'.", "Correct the key."));
        if (!int.TryParse(row.Cells[1], NumberStyles.None, CultureInfo.InvariantCulture, out int sequence) || sequence > 99 || sequence == 0 && !lot)
            findings.Add(new(new(name, row.Line, "sequence"), "sequence", $"'{row.Cells[1]}' is no step.", "Give the lane step's number, or 0 for a lot's making."));
        if (OffsetDateTimePattern.ExtendedIso.Parse(row.Cells[2]) is not { Success: true } at)
            findings.Add(new(new(name, row.Line, "at"), "moment", $"'{row.Cells[2]}' is no date and time with an offset.", "Write it like 2026-11-24T06:00:00Z."));
        else if (findings.Count == before) return (carrier, sequence, at.Value.ToInstant());
        return null;
    }
}
