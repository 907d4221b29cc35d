using Homestretch.Exchange.Printing;
using NodaTime;
using QRCoder;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Writer;

namespace Homestretch.Papers;

/// <summary>Labels as a PDF whose pages have the size of the label; symbols are drawn of filled squares, so that they are as sharp as the printer.</summary>
public static class StickerDocument
{
    private const double PointsPerMm = 72 / 25.4;

    /// <param name="copies">Pages.</param>
    /// <param name="at">When it was made.</param>
    public static byte[] Of(Sticker sticker, int copies, string title, Instant at)
    {
        StickerLayout layout = StickerLayout.Of(sticker);
        using var document = new PdfDocumentBuilder();
        var (regular, bold) = Paper.Fonts(document);
        document.DocumentInformation = new() { Title = Paper.Written(title), Producer = "Homestretch", Creator = "Homestretch", CreationDate = $"D:{at.ToDateTimeUtc():yyyyMMddHHmmss}Z" };
        bool[,] dark = Modules(sticker);
        for (int copy = 0; copy < copies; copy++)
        {
            PdfPageBuilder page = document.AddPage(sticker.Width * PointsPerMm, sticker.Height * PointsPerMm);
            Draw(page, dark, layout, sticker.Height);
            foreach (PlacedLine line in layout.Lines)
            {
                string text = Paper.Written(line.Text);
                double size = line.Size * PointsPerMm, width = page.MeasureText(text, size, new(0, 0), line.Bold ? bold : regular)[^1].EndBaseLine.X, room = (sticker.Width - 2 - line.X) * PointsPerMm;
                page.AddText(text, width > room ? size * room / width : size, new PdfPoint(line.X * PointsPerMm, (sticker.Height - line.Y - line.Size) * PointsPerMm), line.Bold ? bold : regular);
            }
        }
        return document.Build();
    }

    private static bool[,] Modules(Sticker sticker)
    {
        if (sticker.Symbol != SymbolKind.Qr) return DataMatrix.Of(sticker.Content, sticker.Symbol == SymbolKind.Gs1DataMatrix)!;
        using QRCodeData code = QRCodeGenerator.GenerateQrCode(sticker.Content, QRCodeGenerator.ECCLevel.M, forceUtf8: true, eciMode: System.Text.Ascii.IsValid(sticker.Content) ? QRCodeGenerator.EciMode.Default : QRCodeGenerator.EciMode.Utf8);
        int quiet = 4, side = code.ModuleMatrix.Count - 2 * quiet;
        bool[,] dark = new bool[side, side];
        for (int row = 0; row < side; row++)
            for (int column = 0; column < side; column++) dark[row, column] = code.ModuleMatrix[row + quiet][column + quiet];
        return dark;
    }

    /// <summary>One rectangle a run of dark modules, each overlapping the next row by nothing.</summary>
    private static void Draw(PdfPageBuilder page, bool[,] dark, StickerLayout layout, double height)
    {
        int side = dark.GetLength(0);
        double module = Math.Min(layout.SymbolSide / side, 1.5) * PointsPerMm, left = layout.SymbolX * PointsPerMm, top = (height - layout.SymbolY) * PointsPerMm;
        for (int row = 0; row < side; row++)
            for (int from = 0; from < side; from++)
            {
                if (!dark[row, from]) continue;
                int to = from;
                while (to < side && dark[row, to]) to++;
                page.DrawRectangle(new(left + from * module, top - (row + 1) * module), (to - from) * module, module, 0, true);
                from = to;
            }
    }
}
