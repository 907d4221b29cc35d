using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Homestretch.Exchange.Papers;
using Homestretch.World;
using PaperCell = Homestretch.Exchange.Papers.Cell;
using SheetCell = DocumentFormat.OpenXml.Spreadsheet.Cell;
using SheetColumn = DocumentFormat.OpenXml.Spreadsheet.Column;
using SheetRow = DocumentFormat.OpenXml.Spreadsheet.Row;

namespace Homestretch.Papers;

/// <summary>Workbooks (XLSX, ECMA-376) that people take away.</summary>
public static class Workbook
{
    /// <summary>Most signs that a cell may hold, by the format.</summary>
    private const int MostSigns = 32_767;

    /// <summary>A sheet a table: what a row is, what each column says, the columns' names, the rows.</summary>
    public static byte[] Of(IReadOnlyList<PaperTable> tables) => Of(tables.Select(static t => new Page(t.Name, 3,
        [.. t.Columns.Select((c, i) => Width(c.Name, t.Rows.Select(r => r[i].Plain)))],
        [[(t.Doc, BookStyle.Plain)], [.. t.Columns.Select(static c => ((PaperCell)c.Doc, BookStyle.Note))], [.. t.Columns.Select(static c => ((PaperCell)c.Name, BookStyle.Heading))],
            .. t.Rows.Select(r => (IReadOnlyList<(PaperCell, BookStyle)>)[.. r.Select((c, i) => (c, c.Figure is null ? BookStyle.Words : BookStyles.For(c.As ?? t.Columns[i].Shown)))])])));

    /// <summary>The template of a study: a sheet that tells how, and one a table with a line about each column and the worked example.</summary>
    /// <param name="owner">Brand owner of the company that it is for; null: the example's own.</param>
    public static byte[] Template(Key<Party>? owner = null) => Of(
    [
        new Page("about", 0, [110], [[("A study of where to cut a product", BookStyle.Title)], .. StudyTemplate.About.Select(static a => (IReadOnlyList<(PaperCell, BookStyle)>)[(a, BookStyle.Words)])]),
        .. StudyTemplate.Tables(owner).Select(static t => new Page(t.Kind.Name, 3, [.. t.Kind.Columns.Select((c, i) => Width(c.Name, t.Rows.Select(r => t.Kind.Cells(r)[i])))],
            [[(t.Kind.Doc, BookStyle.Plain)], [.. t.Kind.Columns.Select(static c => ((PaperCell)StudyTemplate.Says(c), BookStyle.Note))], [.. t.Kind.Columns.Select(static c => ((PaperCell)c.Name, BookStyle.Heading))],
                .. t.Rows.Select(r => (IReadOnlyList<(PaperCell, BookStyle)>)[.. t.Kind.Cells(r).Select((c, i) => (Typed(t.Kind.Columns[i], c), BookStyle.Plain))])])),
    ]);

    private static PaperCell Typed(Homestretch.World.Column column, string cell) =>
        column.Form is "number" or "whole number" && double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double figure) ? figure : cell;

    private static double Width(string name, IEnumerable<string> cells) => Math.Clamp(cells.Append(name).Max(static c => c.Length) + 2, 16, 44);

    private sealed record Page(string Name, int Frozen, IReadOnlyList<double> Widths, IReadOnlyList<IReadOnlyList<(PaperCell Cell, BookStyle Style)>> Rows);

    private static byte[] Of(IEnumerable<Page> pages)
    {
        using var bytes = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(bytes, SpreadsheetDocumentType.Workbook))
        {
            WorkbookPart book = document.AddWorkbookPart();
            book.AddNewPart<WorkbookStylesPart>().Stylesheet = BookStyles.Sheet();
            var sheets = new Sheets();
            foreach (Page page in pages)
            {
                WorksheetPart part = book.AddNewPart<WorksheetPart>();
                part.Worksheet = Sheet(page);
                sheets.Append(new Sheet { Name = page.Name, SheetId = (uint)sheets.ChildElements.Count + 1, Id = book.GetIdOfPart(part) });
            }
            book.Workbook = new(sheets);
        }
        return bytes.ToArray();
    }

    private static Worksheet Sheet(Page page)
    {
        var sheet = new Worksheet();
        if (page.Frozen > 0)
            sheet.Append(new SheetViews(new SheetView(new Pane { VerticalSplit = page.Frozen, TopLeftCell = $"A{page.Frozen + 1}", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen }) { WorkbookViewId = 0 }));
        sheet.Append(new Columns(page.Widths.Select(static (w, i) => new SheetColumn { Min = (uint)i + 1, Max = (uint)i + 1, Width = w, CustomWidth = true })));
        sheet.Append(new SheetData(page.Rows.Select(static (r, i) => new SheetRow(r.Select((c, k) => Written(c.Cell, c.Style, Reference(k, i)))) { RowIndex = (uint)i + 1 })));
        return sheet;
    }

    private static SheetCell Written(PaperCell cell, BookStyle style, string at)
    {
        var written = new SheetCell { CellReference = at, StyleIndex = (uint)style };
        if (cell.Figure is { } figure && double.IsFinite(figure)) written.CellValue = new CellValue(figure.ToString("R", CultureInfo.InvariantCulture));
        else if (cell.Text is { Length: > 0 } text)
        {
            written.DataType = CellValues.InlineString;
            written.InlineString = new(new Text(Signs(text)) { Space = SpaceProcessingModeValues.Preserve });
        }
        return written;
    }

    /// <summary>Text that XML and the format can hold.</summary>
    private static string Signs(string text) => string.Concat(text.Where(System.Xml.XmlConvert.IsXmlChar).Take(MostSigns));

    private static string Reference(int column, int row)
    {
        string letters = "";
        for (int c = column + 1; c > 0; c = (c - 1) / 26) letters = (char)('A' + (c - 1) % 26) + letters;
        return string.Create(CultureInfo.InvariantCulture, $"{letters}{row + 1}");
    }
}
