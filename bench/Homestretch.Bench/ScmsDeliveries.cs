using System.Globalization;
using System.IO.Compression;
using Homestretch.Arrivals.History;
using Homestretch.Exchange.Csv;
using Homestretch.Exchange.History;
using NodaTime;

namespace Homestretch.Bench;

/// <summary>The SCMS Delivery History as files of executed shipments (docs/forecasting.md): for each of four years what was scheduled before its April, and in the two years from then on.</summary>
internal static class ScmsDeliveries
{
    private static readonly string[] s_dates = ["d-MMM-yy", "M/d/yy"];

    /// <param name="args">The data set as CSV, packed (.gz) or not; a folder to write to.</param>
    internal static int Run(string[] args)
    {
        if (args is not [var file, var folder])
        {
            Console.Error.WriteLine("scms FILE FOLDER");
            return 2;
        }
        List<Finding> findings = [];
        IReadOnlyList<CsvRecord> records = CsvText.Read(Bytes(file), Path.GetFileName(file), findings);
        foreach (Finding finding in findings) Console.Error.WriteLine(finding);
        if (findings.Count > 0) return 2;
        var at = records[0].Cells.Select(static (name, i) => (Name: name, i)).ToDictionary(static c => c.Name, static c => c.i, StringComparer.Ordinal);
        Delivery[] all = [.. records.Skip(1).Select(r => Line(name => r.Cells[at[name]]))];
        Directory.CreateDirectory(folder);
        for (int year = 2008; year <= 2011; year++)
        {
            LocalDate from = new(year, 4, 1), until = from.PlusYears(2);
            Delivery[] before = [.. all.Where(d => d.Scheduled < from)], test = [.. all.Where(d => d.Scheduled >= from && d.Scheduled < until)];
            File.WriteAllBytes(Path.Combine(folder, $"before-{year}.csv"), DeliveryFile.Write(before));
            File.WriteAllBytes(Path.Combine(folder, $"two-years-{year}.csv"), DeliveryFile.Write(test));
            Console.WriteLine($"{year}: {before.Length} lines before, {test.Length} in the two years, {test.Count(static d => d.Delay > 0) * 100.0 / test.Length:0.0} % late");
        }
        return 0;
    }

    private static byte[] Bytes(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        if (!file.EndsWith(".gz", StringComparison.Ordinal)) return bytes;
        using var unpacked = new MemoryStream();
        using var packed = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        packed.CopyTo(unpacked);
        return unpacked.ToArray();
    }

    private static Delivery Line(Func<string, string> cell)
    {
        LocalDate scheduled = Day(cell("Scheduled Delivery Date"))!.Value;
        return new(cell("ID"), cell("ASN/DN #"), cell("PO / SO #"), Told(cell("PQ #")), cell("Project Code"), cell("Vendor"), cell("Manufacturing Site"), cell("Country"), Told(cell("Shipment Mode")),
            Told(cell("Vendor INCO Term")), cell("Fulfill Via"), cell("Item Description"), cell("Molecule/Test Type"), cell("Sub Classification"), Amount(cell("Line Item Quantity")), Amount(cell("Line Item Value")),
            Day(cell("PQ First Sent to Client Date")), Day(cell("PO Sent to Vendor Date")), scheduled, Day(cell("Delivered to Client Date")), Day(cell("Delivery Recorded Date")),
            scheduled.PlusDays(-Delivery.UsualNoticeDays));
    }

    /// <summary>What the data set says in words for 'not known' is empty.</summary>
    private static string Told(string cell) => cell == "Pre-PQ Process" || cell.StartsWith("N/A", StringComparison.Ordinal) ? "" : cell;

    private static LocalDate? Day(string cell) =>
        DateOnly.TryParseExact(cell, s_dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? LocalDate.FromDateOnly(day) : null;

    private static double? Amount(string cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double amount) ? amount : null;
}
