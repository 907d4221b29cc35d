using System.Globalization;
using System.Text;
using Homestretch.Exchange.Csv;

namespace Homestretch.Exchange.Neutral;

/// <summary>Writes a neutral instance as the files that <see cref="NeutralReader"/> reads.</summary>
public static class NeutralWriter
{
    /// <summary>Bytes by file name; meta.json says what was counted.</summary>
    public static IReadOnlyDictionary<string, byte[]> Write(NeutralInstance instance)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        void Add(string name, string[] header, IEnumerable<string[]> rows)
        {
            var text = new StringBuilder();
            CsvText.Write(text, header);
            foreach (string[] row in rows) CsvText.Write(text, row);
            files.Add(name, Encoding.UTF8.GetBytes(text.ToString()));
        }
        Add("suppliers.csv", ["supplier"], instance.Components.Select(c => c.Supplier).Distinct().Order(StringComparer.Ordinal).Select(s => new[] { s }));
        Add("components.csv", ["component", "supplier", "lead_time_days", "moq", "multiple", "on_hand"],
            instance.Components.Select(c => new[] { c.Key, c.Supplier, Number(c.LeadSeconds / 86_400m), Number(c.Minimum), Number(c.Multiple), Number(c.OnHand) }));
        Add("lines.csv", ["line", "minutes_per_day"], instance.Lines.Select(l => new[] { l.Key, Number(l.MinutesPerDay) }));
        Add("products.csv", ["product", "line", "minutes_per_unit"], instance.Products.Select(p => new[] { p.Key, instance.Lines[p.Line].Key, Number(p.UnitSeconds / 60m) }));
        Add("bom.csv", ["product", "component", "qty_per"], instance.Products.SelectMany(p => p.Parts.Select(part => new[] { p.Key, instance.Components[part.Component].Key, Number(part.Quantity) })));
        Add("orders.csv", ["order", "product", "qty", "due_min", "priority"],
            instance.Orders.Select(o => new[] { o.Key, instance.Products[o.Product].Key, Number(o.Quantity), Number(o.DueSecond / 60m), Number(o.Class) }));
        Add("open_pos.csv", ["po", "component", "qty", "eta_min"],
            instance.Purchases.Select(p => new[] { p.Key, instance.Components[p.Component].Key, Number(p.Quantity), Number(p.EtaSecond / 60m) }));
        files.Add("meta.json", Encoding.UTF8.GetBytes($$"""{"current": "2026-01-05T00:00:00", "orders": {{instance.Orders.Count}}, "products": {{instance.Products.Count}}, "components": {{instance.Components.Count}}, "lines": {{instance.Lines.Count}}, "open_pos": {{instance.Purchases.Count}}}""" + "\n"));
        return files;
    }

    private static string Number(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);
}
