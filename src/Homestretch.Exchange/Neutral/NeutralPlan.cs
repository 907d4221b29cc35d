using System.Globalization;
using System.Text;
using Homestretch.Exchange.Csv;
using Homestretch.Promising.Kernel;

namespace Homestretch.Exchange.Neutral;

/// <summary>One row of a plan file: PO (purchase), MO (build) or DLVR (shipment). Times are minutes after 'current'.</summary>
/// <param name="Status">confirmed or proposed, of purchases; proposed otherwise.</param>
public sealed record NeutralPlanRow(int Line, string Kind, string Id, string Item, string Resource, string Order, decimal Quantity, decimal Start, decimal End, string Status);

/// <summary>Plan files: CSV with the columns kind, id, item, resource, order, qty, start_min, end_min, status.</summary>
public static class NeutralPlan
{
    private static readonly string[] s_columns = ["kind", "id", "item", "resource", "order", "qty", "start_min", "end_min", "status"];

    /// <summary>The plan file of an allocation.</summary>
    /// <param name="instance">The instance as it was planned, slips applied.</param>
    public static byte[] Write(NeutralInstance instance, AllocationResult result)
    {
        var text = new StringBuilder(instance.Orders.Count * 120);
        text.Append(string.Join(',', s_columns)).Append('\n');
        foreach (NeutralPurchase po in instance.Purchases)
            Row(text, "PO", po.Key, instance.Components[po.Component].Key, "", "", po.Quantity, po.EtaSecond, po.EtaSecond, "confirmed");
        for (int p = 0; p < result.PurchaseItem.Length; p++)
            Row(text, "PO", $"BUY{p:D6}", instance.Components[result.PurchaseItem[p]].Key, "", "", result.PurchaseQuantity[p], result.PurchasePlaceSecond[p], result.PurchaseSecond[p], "proposed");
        for (int o = 0; o < instance.Orders.Count; o++)
        {
            if (result.StartSecond[o] < 0) continue;
            NeutralOrder order = instance.Orders[o];
            NeutralProduct product = instance.Products[order.Product];
            Row(text, "MO", $"MO-{order.Key}", product.Key, instance.Lines[product.Line].Key, order.Key, order.Quantity, result.StartSecond[o], result.EndSecond[o], "proposed");
            Row(text, "DLVR", $"D-{order.Key}", product.Key, "", order.Key, order.Quantity, result.EndSecond[o], result.EndSecond[o], "proposed");
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Row(StringBuilder text, string kind, string id, string item, string resource, string order, int quantity, int start, int end, string status)
    {
        text.Append(kind).Append(',');
        Cell(text, id);
        Cell(text, item);
        Cell(text, resource);
        Cell(text, order);
        text.Append(quantity).Append(',');
        Minutes(text, start);
        Minutes(text, end);
        text.Append(status).Append('\n');
    }

    private static void Cell(StringBuilder text, string cell)
    {
        if (cell.AsSpan().IndexOfAny(",\"\r\n") < 0) text.Append(cell);
        else text.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        text.Append(',');
    }

    private static void Minutes(StringBuilder text, int seconds)
    {
        if (seconds % 60 == 0) text.Append(seconds / 60);
        else text.Append(CultureInfo.InvariantCulture, $"{seconds / 60m:0.######}");
        text.Append(',');
    }

    /// <summary>Reads a plan file of any planner; null when there are findings.</summary>
    public static IReadOnlyList<NeutralPlanRow>? Read(ReadOnlySpan<byte> utf8, string file, List<Finding> findings)
    {
        int before = findings.Count;
        IReadOnlyList<CsvRecord> records = CsvText.Read(utf8, file, findings);
        if (findings.Count > before) return null;
        int[] at = [.. s_columns.Select(column => records.Count == 0 ? -1 : records[0].Cells.ToList().IndexOf(column))];
        for (int c = 0; c < at.Length; c++)
            if (at[c] < 0) findings.Add(new(new(file, 1, s_columns[c]), "missing-column", $"The column '{s_columns[c]}' is missing.", "Add it to the first line."));
        if (findings.Count > before) return null;
        var rows = new List<NeutralPlanRow>(records.Count);
        foreach (CsvRecord record in records.Skip(1))
        {
            if (record.Cells.Count < s_columns.Length)
            {
                findings.Add(new(new(file, record.Line), "short-row", $"The row has {record.Cells.Count} cells.", $"Give it {s_columns.Length}."));
                continue;
            }
            string Text(int c) => record.Cells[at[c]];
            decimal Number(int c)
            {
                if (decimal.TryParse(Text(c), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value)) return value;
                findings.Add(new(new(file, record.Line, s_columns[c]), "number", $"'{Text(c)}' is not a number.", "Write digits with an optional decimal point."));
                return 0;
            }
            rows.Add(new(record.Line, Text(0), Text(1), Text(2), Text(3), Text(4), Number(5), Number(6), Number(7), Text(8)));
        }
        return findings.Count > before ? null : rows;
    }

    /// <summary>Start second of each order of the instance by a plan's builds, -1 without one; null when there are findings.</summary>
    public static int[]? Starts(NeutralInstance instance, IReadOnlyList<NeutralPlanRow> rows, string file, List<Finding> findings)
    {
        int before = findings.Count;
        var orders = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int o = 0; o < instance.Orders.Count; o++) orders.Add(instance.Orders[o].Key, o);
        int[] starts = new int[orders.Count];
        Array.Fill(starts, -1);
        foreach (NeutralPlanRow row in rows)
        {
            if (row.Kind != "MO") continue;
            if (!orders.TryGetValue(row.Order, out int order))
                findings.Add(new(new(file, row.Line, "order"), "unknown-key", $"'{row.Order}' is not in orders.csv.", "Mend a plan of this instance, one build an order."));
            else if (starts[order] >= 0 || row.Quantity != instance.Orders[order].Quantity || row.Start < 0)
                findings.Add(new(new(file, row.Line), "split-build", $"'{row.Id}' is not the one whole build of {row.Order}.", "Mend a plan with one build an order."));
            else
                starts[order] = (int)decimal.Round(row.Start * 60);
        }
        return findings.Count > before ? null : starts;
    }
}
