using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Xunit;

namespace Homestretch.Exchange.Tests.Papers;

/// <summary>Reads and changes workbooks with the library alone, beside our own reader.</summary>
internal static class BookText
{
    /// <summary>The text of a sheet's cells, row by row.</summary>
    public static string[][] Sheet(byte[] book, string name)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(book), false);
        Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2019).Validate(document, TestContext.Current.CancellationToken).Select(static e => $"{e.Part?.Uri} {e.Path?.XPath}: {e.Description}"));
        return [.. Data(document, name).Elements<Row>().Select(static r => r.Elements<Cell>().Select(static c => c.InlineString?.InnerText ?? c.CellValue?.Text ?? "").ToArray())];
    }

    public static string[] Sheets(byte[] book)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(book), false);
        return [.. document.WorkbookPart!.Workbook!.Descendants<Sheet>().Select(static s => s.Name!.Value!)];
    }

    public static byte[] Change(byte[] book, params (string Sheet, string Cell, string Text)[] changes) => Changed(book, document =>
    {
        foreach (var (sheet, at, text) in changes)
        {
            Cell cell = Data(document, sheet).Descendants<Cell>().Single(c => c.CellReference == at);
            cell.CellValue = null;
            cell.DataType = CellValues.InlineString;
            cell.InlineString = new(new Text(text));
        }
    });

    public static byte[] Rename(byte[] book, string from, string to) => Changed(book, document => document.WorkbookPart!.Workbook!.Descendants<Sheet>().Single(s => s.Name == from).Name = to);

    /// <summary>A book as a spreadsheet writes it: shared strings, days by style, a binary fraction, a truth, a formula's text.</summary>
    public static byte[] Typed()
    {
        using var bytes = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(bytes, SpreadsheetDocumentType.Workbook))
        {
            WorkbookPart book = document.AddWorkbookPart();
            book.AddNewPart<SharedStringTablePart>().SharedStringTable = new(new SharedStringItem(new Text("x")));
            book.AddNewPart<WorkbookStylesPart>().Stylesheet = new(new NumberingFormats(new NumberingFormat { NumberFormatId = 170, FormatCode = "dd\\.mm\\.yyyy hh:mm" }), new Fonts(new Font()), new Fills(new Fill()), new Borders(new Border()),
                new CellStyleFormats(new CellFormat()), new CellFormats(new CellFormat(), new CellFormat { NumberFormatId = 14 }, new CellFormat { NumberFormatId = 170 }));
            WorksheetPart part = book.AddNewPart<WorksheetPart>();
            part.Worksheet = new(new SheetData(new Row(
                new Cell { CellReference = "A1", StyleIndex = 1, CellValue = new("46350") }, new Cell { CellReference = "B1", StyleIndex = 2, CellValue = new("46350.5625") }, new Cell { CellReference = "C1", CellValue = new("0.30000000000000004") },
                new Cell { CellReference = "D1", CellValue = new("1.23456725E6") }, new Cell { CellReference = "E1", DataType = CellValues.Boolean, CellValue = new("1") }, new Cell { CellReference = "F1", DataType = CellValues.SharedString, CellValue = new("0") }) { RowIndex = 1 }));
            book.Workbook = new(new Sheets(new Sheet { Name = "any", SheetId = 1, Id = book.GetIdOfPart(part) }));
        }
        return bytes.ToArray();
    }

    private static byte[] Changed(byte[] book, Action<SpreadsheetDocument> change)
    {
        using var bytes = new MemoryStream();
        bytes.Write(book);
        using (var document = SpreadsheetDocument.Open(bytes, true)) change(document);
        return bytes.ToArray();
    }

    private static SheetData Data(SpreadsheetDocument document, string name) =>
        ((WorksheetPart)document.WorkbookPart!.GetPartById(document.WorkbookPart.Workbook!.Descendants<Sheet>().Single(s => s.Name == name).Id!)).Worksheet!.GetFirstChild<SheetData>()!;
}
