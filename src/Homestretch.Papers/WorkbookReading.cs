using System.Globalization;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Homestretch.Exchange.Csv;
using Homestretch.World;

namespace Homestretch.Papers;

/// <summary>Reads workbooks (XLSX, ECMA-376) that people filled in: a sheet a table, named after it. Rows above the column names, a sheet 'about' and empty sheets are left aside.</summary>
public static class WorkbookReading
{
    private const long MostSigns = 64 * 1024 * 1024;
    private const int MostColumns = 256, MostRows = 200_000;

    /// <summary>The sheets as tables of text; each finding names the sheet. When the file itself cannot be read there is one finding and no sheet.</summary>
    public static (IReadOnlyList<SheetText> Tables, IReadOnlyList<Finding> Findings) Read(string fileName, byte[] bytes)
    {
        try
        {
            using var document = SpreadsheetDocument.Open(new MemoryStream(bytes, writable: false), false, new OpenSettings { MaxCharactersInPart = MostSigns });
            if (document.WorkbookPart is not { Workbook: { } workbook } book) return Broken("It holds no workbook.");
            string[] shared = [.. book.SharedStringTablePart?.SharedStringTable?.Elements<SharedStringItem>().Select(static s => s.InnerText) ?? []];
            DateStyles dates = DateStyles.Of(book.WorkbookStylesPart?.Stylesheet, workbook.WorkbookProperties?.Date1904?.Value == true);
            var tables = new List<SheetText>();
            foreach (Sheet sheet in workbook.Descendants<Sheet>())
            {
                string name = (sheet.Name?.Value ?? "").Trim();
                if (name == "about" || sheet.Id?.Value is not { } id || book.GetPartById(id) is not WorksheetPart part) continue;
                var findings = new List<Finding>();
                string source = $"{fileName}, sheet {name}";
                List<CsvRecord> rows = Rows(part, source, shared, dates, findings);
                if (rows.Count > 0 || findings.Count > 0) tables.Add(new(name, source, Below(rows, name), findings));
            }
            return tables.Count > 0 ? (tables, []) : ([], [new(new(fileName), "workbook-empty", "No sheet of it has any rows.", "Fill in a sheet named after a table, such as study_stages.")]);
        }
        catch (Exception e) when (e is OpenXmlPackageException or XmlException or InvalidDataException or FileFormatException or IOException or FormatException or ArgumentException or InvalidOperationException or NotSupportedException or OverflowException)
        {
            return Broken("It is not an XLSX workbook, a damaged one, or one with a password.");
        }

        (IReadOnlyList<SheetText>, IReadOnlyList<Finding>) Broken(string what) => ([], [new(new(fileName), "workbook-broken", what, "Save it again as .xlsx, or as CSV files.")]);
    }

    /// <summary>The rows from the first on that names columns of the table: what stands above it is for people.</summary>
    private static List<CsvRecord> Below(List<CsvRecord> rows, string table)
    {
        if (TableKind.Named(table) is not { } kind) return rows;
        int needed = Math.Min(2, kind.Columns.Count);
        int at = rows.FindIndex(r => r.Cells.Count(c => kind.Columns.Any(k => k.Name.Equals(c.Trim(), StringComparison.OrdinalIgnoreCase))) >= needed);
        if (at < 0) return rows;
        // empty cells behind the last column are no columns, and what stands under none is told as such
        int columns = rows[at].Cells.Count;
        return [.. rows.Skip(at).Select(r => r.Cells.Count == columns ? r : r with { Cells = r.Cells.Count < columns ? [.. r.Cells, .. Enumerable.Repeat("", columns - r.Cells.Count)] : r.Cells })];
    }

    private static List<CsvRecord> Rows(WorksheetPart part, string source, string[] shared, DateStyles dates, List<Finding> findings)
    {
        var rows = new List<CsvRecord>();
        int line = 0;
        using OpenXmlReader reader = OpenXmlReader.Create(part);
        while (reader.Read())
        {
            if (reader.ElementType != typeof(DocumentFormat.OpenXml.Spreadsheet.Row) || !reader.IsStartElement) continue;
            var row = (DocumentFormat.OpenXml.Spreadsheet.Row)reader.LoadCurrentElement()!;
            line = row.RowIndex?.Value is { } at ? (int)Math.Min(at, int.MaxValue) : line + 1;
            if (line > MostRows)
            {
                findings.Add(new(new(source, line), "too-many-rows", $"It has rows below row {MostRows}.", "Remove them, or import the table as CSV."));
                break;
            }
            var cells = new List<string>();
            foreach (Cell cell in row.Elements<Cell>())
            {
                int column = cell.CellReference?.Value is { } name ? Column(name) : cells.Count;
                string text = Text(cell, shared, dates);
                if (text.Length == 0) continue;
                if (column >= MostColumns)
                {
                    findings.Add(new(new(source, line), "too-many-columns", $"Cell {cell.CellReference?.Value} lies far to the right of the table.", "Empty it."));
                    continue;
                }
                while (cells.Count <= column) cells.Add("");
                cells[column] = text;
            }
            if (cells.Count > 0) rows.Add(new(line, cells));
        }
        return rows;
    }

    private static string Text(Cell cell, string[] shared, DateStyles dates)
    {
        string raw = cell.CellValue?.Text ?? "";
        CellValues type = cell.DataType?.Value ?? CellValues.Number;
        if (type == CellValues.InlineString) return cell.InlineString?.InnerText.Trim() ?? "";
        if (type == CellValues.SharedString) return int.TryParse(raw, NumberStyles.None, CultureInfo.InvariantCulture, out int at) && at < shared.Length ? shared[at].Trim() : "";
        if (type == CellValues.Boolean) return raw == "1" ? "yes" : "no";
        if (type != CellValues.Number || !double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)) return raw.Trim();
        return dates.Text((int)(cell.StyleIndex?.Value ?? 0), number) ?? Figure(number);
    }

    /// <summary>A number as a person typed it: binary fractions are rounded to the fifteen digits that a spreadsheet shows.</summary>
    private static string Figure(double number) => Math.Abs(number) is >= 1e-9 and < 1e15 or 0
        ? ((decimal)double.Parse(number.ToString("G15", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)).ToString("0.###############", CultureInfo.InvariantCulture)
        : number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Place of a column, from 0, of a cell's name such as AB12.</summary>
    private static int Column(string name)
    {
        int column = 0;
        foreach (char c in name.TakeWhile(char.IsAsciiLetter).Take(4)) column = column * 26 + char.ToUpperInvariant(c) - 'A' + 1;
        return Math.Max(0, column - 1);
    }
}
