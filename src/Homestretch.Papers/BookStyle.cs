using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;
using Homestretch.Exchange.Papers;

namespace Homestretch.Papers;

/// <summary>How cells of our workbooks look.</summary>
internal enum BookStyle : uint { Plain, Heading, Note, Title, Whole, Number, Money, Unit, Share, Days, Words }

/// <summary>The styles of a workbook.</summary>
internal static class BookStyles
{
    private static readonly string[] s_formats = ["#,##0", "#,##0.0", "#,##0", "#,##0.00##", "0.0%", "0.0"];

    public static BookStyle For(Shown shown) => shown switch
    {
        Shown.Whole => BookStyle.Whole,
        Shown.Number => BookStyle.Number,
        Shown.Money => BookStyle.Money,
        Shown.Unit => BookStyle.Unit,
        Shown.Share => BookStyle.Share,
        Shown.Days => BookStyle.Days,
        _ => BookStyle.Plain,
    };

    public static Stylesheet Sheet() => new(
        new NumberingFormats(s_formats.Select(static (f, i) => new NumberingFormat { NumberFormatId = 164u + (uint)i, FormatCode = f })),
        new Fonts(Font(), Font(bold: true), Font(italic: true, colour: "FF4A5A66"), Font(bold: true, size: 14)),
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
            new Fill(new PatternFill(new ForegroundColor { Rgb = "FFE4EBF0" }) { PatternType = PatternValues.Solid })),
        new Borders(new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder())),
        new CellStyleFormats(new CellFormat()),
        new CellFormats(
        [
            Format(), Format(font: 1, fill: 2), Format(font: 2, wrapped: true), Format(font: 3),
            .. s_formats.Select(static (_, i) => Format(number: 164u + (uint)i)), Format(wrapped: true),
        ]));

    private static Font Font(bool bold = false, bool italic = false, string? colour = null, double size = 11)
    {
        var font = new Font();
        if (bold) font.Append(new Bold());
        if (italic) font.Append(new Italic());
        font.Append(new FontSize { Val = size });
        if (colour is not null) font.Append(new Color { Rgb = colour });
        font.Append(new FontName { Val = "Calibri" });
        return font;
    }

    private static CellFormat Format(uint font = 0, uint fill = 0, uint number = 0, bool wrapped = false)
    {
        var format = new CellFormat { FontId = font, FillId = fill, BorderId = 0, NumberFormatId = number, ApplyFont = font > 0, ApplyFill = fill > 0, ApplyNumberFormat = number > 0 };
        if (wrapped) format.Append(new Alignment { WrapText = true, Vertical = VerticalAlignmentValues.Top });
        format.ApplyAlignment = wrapped;
        return format;
    }
}
