using System.Globalization;
using System.Text;
using Homestretch.Arrivals.History;
using Homestretch.Exchange.Csv;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Exchange.History;

/// <summary>A CSV of executed shipments, one line of a delivery a row, columns as in <see cref="DeliveryColumns"/>; documented in docs/forecasting.md.</summary>
public static class DeliveryFile
{
    /// <summary>Amounts above this are taken for slips.</summary>
    private const double MostAmount = 1e15;

    private static readonly LocalDate s_first = new(1970, 1, 1), s_last = new(2200, 1, 1);

    /// <summary>Reads a file. Rows are returned only when there are no findings.</summary>
    public static (IReadOnlyList<Delivery> Deliveries, IReadOnlyList<Finding> Findings) Read(ReadOnlySpan<byte> utf8, string source)
    {
        var findings = new List<Finding>();
        IReadOnlyList<CsvRecord> records = CsvText.Read(utf8, source, findings);
        if (findings.Count > 0) return ([], findings);
        if (records.Count < 2)
        {
            findings.Add(new(new(source), "no-rows", "The file has no rows.", "Give a header and one row a delivered line."));
            return ([], findings);
        }
        if (Header(records[0], source, findings) is not { } columns) return ([], findings);
        var deliveries = new List<Delivery>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (CsvRecord record in records.Skip(1))
        {
            if (record.Cells.All(string.IsNullOrWhiteSpace)) continue;
            if (record.Cells.Count > records[0].Cells.Count)
                findings.Add(new(new(source, record.Line), "cells", $"The row has {record.Cells.Count} cells under {records[0].Cells.Count} columns.", "Quote cells that contain a comma."));
            else if (new Reading(source, record, columns, findings).Delivery() is not { } delivery) continue;
            else if (!lines.TryAdd(delivery.Line, record.Line))
                findings.Add(new(new(source, record.Line, "line"), "duplicate-key", $"'{delivery.Line}' stands already in row {lines[delivery.Line]}.", "Keep one of the two rows."));
            else deliveries.Add(delivery);
        }
        return findings.Count > 0 ? ([], findings) : (deliveries, []);
    }

    /// <summary>The rows as a file that <see cref="Read"/> reads back.</summary>
    public static byte[] Write(IEnumerable<Delivery> deliveries)
    {
        var text = new StringBuilder();
        CsvText.Write(text, DeliveryColumns.All.Select(static c => c.Name));
        foreach (Delivery d in deliveries)
        {
            CsvText.Write(text, [d.Line, d.Shipment, d.Order, d.Quote, d.Customer, d.Supplier, d.Site, d.Destination, d.Mode, d.Terms, d.Channel, d.Item, d.Family, d.Group,
                Text(d.Quantity), Text(d.Value), Text(d.Quoted), Text(d.Ordered), Text(d.Scheduled), Text(d.Delivered), Text(d.Known), Text(d.AsOf)]);
        }
        return Encoding.UTF8.GetBytes(text.ToString());

        static string Text(object? value) => value switch { null => "", LocalDate day => LocalDatePattern.Iso.Format(day), _ => string.Create(CultureInfo.InvariantCulture, $"{value}") };
    }

    private static Dictionary<string, int>? Header(CsvRecord header, string source, List<Finding> findings)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        string all = string.Join(", ", DeliveryColumns.All.Select(static c => c.Name));
        for (int i = 0; i < header.Cells.Count; i++)
        {
            string name = header.Cells[i].Trim().ToLowerInvariant();
            var place = new Place(source, header.Line, name);
            if (!DeliveryColumns.All.Any(c => c.Name == name)) findings.Add(new(place, "unknown-column", $"There is no column '{name}'.", $"The columns are: {all}."));
            else if (!columns.TryAdd(name, i)) findings.Add(new(place, "column-twice", $"The column '{name}' stands twice.", "Keep one."));
        }
        foreach (DeliveryColumn missing in DeliveryColumns.All.Where(c => c.Required && !columns.ContainsKey(c.Name)))
            findings.Add(new(new(source, header.Line, missing.Name), "column-missing", $"The column '{missing.Name}' is missing.", missing.Doc));
        return findings.Count > 0 ? null : columns;
    }

    /// <summary>One row being read.</summary>
    private sealed class Reading(string source, CsvRecord record, Dictionary<string, int> columns, List<Finding> findings)
    {
        public Delivery? Delivery()
        {
            int before = findings.Count;
            string line = Needed("line"), destination = Needed("destination");
            double? quantity = Amount("quantity"), value = Amount("value");
            LocalDate? quoted = Day("quoted"), ordered = Day("ordered"), scheduled = Day("scheduled"), delivered = Day("delivered"), known = Day("known"), asOf = Day("as_of");
            if (scheduled is null && findings.Count == before) Fault("scheduled", "value-missing", "The scheduled day is missing.", "Give the delivery day agreed, like 2026-03-02.");
            if (known is not null && delivered is null) Fault("known", "known-without-delivery", "The row says when its delivery was known, but not its delivery.", "Give the day delivered, or leave both empty.");
            if (known < delivered) Fault("known", "known-before-delivery", $"The delivery of {Shown(delivered)} was known on {Shown(known)}.", "Give a day from the delivery on.");
            if (asOf >= scheduled) Fault("as_of", "as-of-before-schedule", $"The forecast is asked for on {Shown(asOf)}, its schedule is {Shown(scheduled)}.", "Give a day before the schedule.");
            if (findings.Count > before) return null;
            return new(line, Cell("shipment"), Cell("order"), Cell("quote"), Cell("customer"), Cell("supplier"), Cell("site"), destination, Cell("mode"), Cell("terms"), Cell("channel"),
                Cell("item"), Cell("family"), Cell("group"), quantity, value, quoted, ordered, scheduled!.Value, delivered, delivered is null ? null : known ?? delivered,
                asOf ?? scheduled.Value.PlusDays(-Arrivals.History.Delivery.UsualNoticeDays));
        }

        private string Cell(string name) => columns.TryGetValue(name, out int at) && at < record.Cells.Count ? record.Cells[at] : "";

        private string Needed(string name)
        {
            string cell = Cell(name);
            if (cell.Length == 0) Fault(name, "value-missing", $"The {name} is missing.", "Give it in every row.");
            return cell;
        }

        private double? Amount(string name)
        {
            string cell = Cell(name);
            if (cell.Length == 0) return null;
            if (double.TryParse(cell, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double amount) && amount is >= 0 and <= MostAmount) return amount;
            Fault(name, "number", $"'{cell}' is no amount.", "Write it like 1234.5, from 0 to 10^15; empty where it is not known.");
            return null;
        }

        private LocalDate? Day(string name)
        {
            string cell = Cell(name);
            if (cell.Length == 0) return null;
            if (LocalDatePattern.Iso.Parse(cell) is { Success: true, Value: var day } && day >= s_first && day <= s_last) return day;
            Fault(name, "day", $"'{cell}' is no day from 1970 to 2200.", "Write it like 2026-03-02; empty where it is not known.");
            return null;
        }

        private void Fault(string column, string rule, string what, string cure) => findings.Add(new(new(source, record.Line, column), rule, what, cure));
        private static string Shown(LocalDate? day) => day is { } known ? LocalDatePattern.Iso.Format(known) : "-";
    }
}
