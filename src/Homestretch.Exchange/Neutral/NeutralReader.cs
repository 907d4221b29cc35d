namespace Homestretch.Exchange.Neutral;

/// <summary>Reads a neutral instance: bytes of its CSV files in, records or findings out; nothing is read half.</summary>
/// <remarks>Files and columns: components.csv (component, supplier, lead_time_days, moq, multiple, on_hand), lines.csv
/// (line, minutes_per_day), products.csv (product, line, minutes_per_unit), bom.csv (product, component, qty_per),
/// orders.csv (order, product, qty, due_min, priority), open_pos.csv (po, component, qty, eta_min). Times are minutes
/// after 'current'. suppliers.csv and meta.json are not needed to plan.</remarks>
public static class NeutralReader
{
    private const int Many = 100_000_000;

    /// <summary>The files a plan needs.</summary>
    public static IReadOnlyList<string> Files { get; } = ["components.csv", "lines.csv", "products.csv", "bom.csv", "orders.csv", "open_pos.csv"];

    /// <summary>Reads the instance; null when there are findings.</summary>
    /// <param name="files">Bytes by file name.</param>
    public static NeutralInstance? Read(IReadOnlyDictionary<string, byte[]> files, List<Finding> findings)
    {
        int before = findings.Count;
        var table = new NeutralTable(files, "components.csv", ["component", "supplier", "lead_time_days", "moq", "multiple", "on_hand"], findings);
        List<NeutralComponent> components = table.Keyed("component", (row, key) => new NeutralComponent(key, table.Text(row, "supplier"),
            table.Time(row, "lead_time_days", 86_400, up: true), table.Whole(row, "moq", 0, Many), table.Whole(row, "multiple", 1, Many), table.Whole(row, "on_hand", 0, Many)), out var componentAt);
        var lineTable = new NeutralTable(files, "lines.csv", ["line", "minutes_per_day"], findings);
        List<NeutralLine> lines = lineTable.Keyed("line", (row, key) => new NeutralLine(key, lineTable.Whole(row, "minutes_per_day", 1, 1440)), out var lineAt);
        var productTable = new NeutralTable(files, "products.csv", ["product", "line", "minutes_per_unit"], findings);
        List<NeutralProduct> products = productTable.Keyed("product", (row, key) => new NeutralProduct(key, productTable.Reference(row, "line", lineAt, "lines.csv"),
            Math.Max(1, productTable.Time(row, "minutes_per_unit", 60, up: true)), []), out var productAt);
        products = WithParts(products, files, componentAt, productAt, findings);
        var orderTable = new NeutralTable(files, "orders.csv", ["order", "product", "qty", "due_min", "priority"], findings);
        List<NeutralOrder> orders = orderTable.Keyed("order", (row, key) => new NeutralOrder(key, orderTable.Reference(row, "product", productAt, "products.csv"),
            orderTable.Whole(row, "qty", 1, 100_000), orderTable.Time(row, "due_min", 60, up: false, mayBeNegative: true), (byte)orderTable.Whole(row, "priority", 1, 255)), out _);
        var purchaseTable = new NeutralTable(files, "open_pos.csv", ["po", "component", "qty", "eta_min"], findings);
        List<NeutralPurchase> purchases = purchaseTable.Keyed("po", (row, key) => new NeutralPurchase(key, purchaseTable.Reference(row, "component", componentAt, "components.csv"),
            purchaseTable.Whole(row, "qty", 0, Many), purchaseTable.Time(row, "eta_min", 60, up: true)), out _);
        return findings.Count > before ? null : new NeutralInstance(components, lines, products, orders, purchases);
    }

    private static List<NeutralProduct> WithParts(List<NeutralProduct> products, IReadOnlyDictionary<string, byte[]> files,
        Dictionary<string, int> componentAt, Dictionary<string, int> productAt, List<Finding> findings)
    {
        var parts = new SortedDictionary<int, int>[products.Count];
        for (int p = 0; p < parts.Length; p++) parts[p] = [];
        var table = new NeutralTable(files, "bom.csv", ["product", "component", "qty_per"], findings);
        foreach (var row in table.Rows)
        {
            int product = table.Reference(row, "product", productAt, "products.csv"), component = table.Reference(row, "component", componentAt, "components.csv");
            int quantity = table.Whole(row, "qty_per", 1, 10_000);
            if (product < 0 || component < 0) continue;
            if (!parts[product].TryAdd(component, quantity))
                table.Report(row, "component", "duplicate-key", $"'{row.Cells[0]}' has this component already.", "Put the whole quantity in one row.");
        }
        return [.. products.Select((product, p) => product with { Parts = [.. parts[p].Select(part => (part.Key, part.Value))] })];
    }
}
