using System.Globalization;
using System.Text.Json;
using Homestretch.Exchange.Csv;
using Homestretch.Finishing.Origin;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Exchange.Finishing;

/// <summary>What units were made of, from a file: JSON, an object a unit with its components, or CSV, a row a component with the columns of the unit beside it. Both have the same names. Empty, null or left out is unknown, never 0.</summary>
public static class UnitContentFile
{
    private static readonly string[] s_unit = ["serial", "product", "hs", "market", "delivered", "currency", "made_in", "processing", "justified", "evidence", "assembly", "inland_freight", "international_freight", "transaction_value"];
    private static readonly string[] s_component = ["item", "lot", "quantity", "unit", "value", "freight", "duty", "origin", "originating", "own"];

    /// <summary>The units of a file, in its order; none, with findings, when anything is wrong.</summary>
    /// <param name="fileName">Its end tells the form: .json or .csv.</param>
    public static (IReadOnlyList<UnitContent> Units, IReadOnlyList<Finding> Findings) Read(string fileName, ReadOnlyMemory<byte> utf8)
    {
        var findings = new List<Finding>();
        List<UnitContent> units = fileName.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? Csv(fileName, utf8, findings) : Json(fileName, utf8, findings);
        if (units.Count == 0 && findings.Count == 0) findings.Add(new(new(fileName), "empty", "The file has no unit.", "Add one."));
        foreach (var twice in units.GroupBy(static u => u.Serial).Where(static g => g.Count() > 1)) findings.Add(new(new(fileName, 0, "serial"), "unit-twice", $"Unit {twice.Key} stands there {twice.Count()} times.", "Give every unit a serial number of its own."));
        return findings.Count > 0 ? ([], findings) : (units, []);
    }

    private static List<UnitContent> Json(string source, ReadOnlyMemory<byte> utf8, List<Finding> findings)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            JsonElement root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("units", out JsonElement list) && list.ValueKind == JsonValueKind.Array) return [.. list.EnumerateArray().Select((e, i) => One(e, $"units[{i}]"))];
            return root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray().Select((e, i) => One(e, $"[{i}]"))] : [One(root, "")];
        }
        catch (JsonException e)
        {
            findings.Add(new(new(source, (int)(e.LineNumber ?? 0) + 1), "not-json", "This is not JSON: " + e.Message.Split(" LineNumber")[0].Split(" Path")[0], "Mend it there; a list or object may lack a comma or a bracket."));
            return [];
        }

        UnitContent One(JsonElement e, string path)
        {
            ContentCells cells = Members(e, path, [.. s_unit, "components"]);
            JsonElement[] components = e.ValueKind == JsonValueKind.Object && e.TryGetProperty("components", out JsonElement c) && c.ValueKind == JsonValueKind.Array ? [.. c.EnumerateArray()] : [];
            return cells.Unit([.. components.Select((x, i) => Members(x, $"{path}{(path.Length > 0 ? "." : "")}components[{i}]", s_component).Component())]);
        }

        ContentCells Members(JsonElement e, string path, string[] known)
        {
            var cells = new Dictionary<string, string>(StringComparer.Ordinal);
            var made = new ContentCells(cells, source, 0, path, findings);
            if (e.ValueKind != JsonValueKind.Object) made.Wrong("", "not-an-object", "This is no object.", "Write { ... } here.");
            else foreach (JsonProperty p in e.EnumerateObject())
            {
                if (!known.Contains(p.Name)) made.Wrong(p.Name, "unknown-field", $"There is no '{p.Name}'.", $"Write one of: {string.Join(", ", known)}.");
                else if (!cells.TryAdd(p.Name, Cell(p.Value))) made.Wrong(p.Name, "twice", $"'{p.Name}' stands here twice.", "Leave one of them.");
            }
            return made;
        }
    }

    private static string Cell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => value.GetArrayLength() == 0 ? "none" : string.Join(';', value.EnumerateArray().Select(Cell)),
        _ => value.GetRawText(),
    };

    private static List<UnitContent> Csv(string source, ReadOnlyMemory<byte> utf8, List<Finding> findings)
    {
        IReadOnlyList<CsvRecord> rows = CsvText.Read(utf8.Span, source, findings);
        if (rows.Count == 0) return [];
        string[] header = [.. rows[0].Cells.Select(static c => c.ToLowerInvariant())], known = [.. s_unit, .. s_component];
        foreach (string name in header.Where(n => !known.Contains(n))) findings.Add(new(new(source, rows[0].Line, name), "unknown-column", $"There is no '{name}'.", $"Write some of: {string.Join(", ", known)}."));
        foreach (var twice in header.GroupBy(static h => h, StringComparer.Ordinal).Where(static g => g.Count() > 1)) findings.Add(new(new(source, rows[0].Line, twice.Key), "duplicate-column", $"Column '{twice.Key}' stands twice.", "Keep one."));
        foreach (string needed in ((string[])["serial", "item", "quantity"]).Where(n => !header.Contains(n))) findings.Add(new(new(source, rows[0].Line, needed), "missing-column", $"There is no column '{needed}'.", "Add it."));
        if (findings.Count > 0) return [];
        var units = new List<UnitContent>();
        foreach (var own in rows.Skip(1).Select(r => (Row: r, Cells: header.Select((h, k) => (h, Text: k < r.Cells.Count ? r.Cells[k] : "")).ToDictionary(static c => c.h, static c => c.Text, StringComparer.Ordinal))).GroupBy(static r => r.Cells["serial"]))
        {
            var unit = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (row, cells) in own)
            {
                foreach (string name in s_unit.Where(n => cells.GetValueOrDefault(n, "").Length > 0))
                    if (!unit.TryAdd(name, cells[name]) && unit[name] != cells[name]) findings.Add(new(new(source, row.Line, name), "two-values", $"Unit {own.Key} has {name} '{unit[name]}' and '{cells[name]}'.", "Write it once, or the same in each row of the unit."));
            }
            units.Add(new ContentCells(unit, source, own.First().Row.Line, "", findings).Unit([.. own.Select(r => new ContentCells(r.Cells, source, r.Row.Line, "", findings).Component())]));
        }
        return units;
    }
}

/// <summary>The cells of a unit or a component, as text, with where they stand.</summary>
/// <param name="path">Place inside a JSON document; empty in CSV.</param>
internal sealed class ContentCells(Dictionary<string, string> cells, string source, int line, string path, List<Finding> findings)
{
    public UnitContent Unit(IReadOnlyList<UnitComponent> components) => new(Needed("serial"), Text("product"), Text("hs"), Text("market"), Day("delivered"), Needed("currency"), Text("made_in"),
        Choice<Processing>("processing") ?? Processing.Unknown, Choice<YesNo>("justified") is { } j ? j == YesNo.Yes : null, Text("evidence"), Money("assembly"), Money("inland_freight"), Money("international_freight"), Money("transaction_value"), components);

    public UnitComponent Component() => new(Needed("item"), Text("lot"), Number("quantity", needed: true) ?? 1, Text("unit") is { Length: > 0 } unit ? unit : "EA", Money("value"), Money("freight"), Money("duty"), Text("origin"),
        Text("originating") switch { "" => null, "none" => [], var all => all.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) }, Choice<YesNo>("own") == YesNo.Yes);

    public string Text(string name) => cells.GetValueOrDefault(name, "").Trim();

    public string Needed(string name)
    {
        if (Text(name).Length == 0) Wrong(name, "required", "The value is missing.", $"Fill in {name}.");
        return Text(name);
    }

    public LocalDate? Day(string name)
    {
        if (Text(name) is not { Length: > 0 } text) return null;
        if (LocalDatePattern.Iso.Parse(text) is { Success: true } day) return day.Value;
        Wrong(name, "date", $"'{text}' is no date.", "Write ISO 8601, such as 2026-11-24.");
        return null;
    }

    public decimal? Number(string name, bool needed = false)
    {
        if ((needed ? Needed(name) : Text(name)) is not { Length: > 0 } text) return null;
        if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) && Math.Abs(number) <= 1_000_000_000_000m) return number;
        Wrong(name, "number", $"'{text}' is no number that can be.", "Write digits with a decimal point, such as 12.5.");
        return null;
    }

    /// <summary>An amount in major units as minor ones.</summary>
    public long? Money(string name)
    {
        if (Number(name) is not { } amount) return null;
        if (decimal.Round(amount, 2) == amount) return (long)(amount * 100);
        Wrong(name, "minor-units", $"{amount} has more than two decimals.", "Round it to cents.");
        return null;
    }

    public E? Choice<E>(string name) where E : struct, Enum
    {
        if (Text(name) is not { Length: > 0 } text) return null;
        if (Words.Find<E>(text) is { } found) return found;
        Wrong(name, "choice", $"'{text}' is no choice.", $"Write one of: {string.Join(", ", Words.Of<E>())}.");
        return null;
    }

    public void Wrong(string name, string rule, string what, string cure) => findings.Add(new(new(source, line, path.Length > 0 && name.Length > 0 ? $"{path}.{name}" : path + name), rule, what, cure));
}
