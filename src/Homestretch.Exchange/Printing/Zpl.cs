using System.Globalization;
using System.Text;
using Homestretch.Exchange.Gs1;

namespace Homestretch.Exchange.Printing;

/// <summary>Labels as ZPL II for printers of 203 dpi, 8 dots a millimetre.</summary>
/// <remarks>Zebra, ZPL II Programming Guide: ^BX (Data Matrix, quality 200, escape sequences _1 for FNC1 and __ for _), ^BQ (QR code, model 2), ^CI28 (UTF-8), ^FH (hexadecimal escapes in field data). Whatever is no plain letter, digit
/// or blank goes out as such an escape, so that no text of a record can be a command.</remarks>
public static class Zpl
{
    private const int DotsPerMm = 8;
    private const string Plain = " .-/:()|,=+";

    /// <summary>Most modules along a side of a QR code with so many bytes at correction level M: versions 1 to 12.</summary>
    /// <remarks>ISO/IEC 18004:2015, Table 7: byte mode.</remarks>
    private static readonly int[] s_qrBytes = [14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287];

    /// <param name="copies">How often it is printed, 1 to 999.</param>
    public static string Of(Sticker sticker, int copies)
    {
        StickerLayout layout = StickerLayout.Of(sticker);
        var zpl = new StringBuilder();
        zpl.Append(CultureInfo.InvariantCulture, $"^XA\n^CI28\n^PW{Dots(sticker.Width)}\n^LL{Dots(sticker.Height)}\n^LH0,0\n");
        Symbol(zpl, sticker, layout);
        foreach (PlacedLine line in layout.Lines)
        {
            zpl.Append(CultureInfo.InvariantCulture, $"^FO{Dots(line.X)},{Dots(line.Y)}^A0N,{Dots(line.Size)},{Dots(line.Size)}^FH\\^FD{Field(line.Text)}^FS\n");
            if (line.Bold) zpl.Append(CultureInfo.InvariantCulture, $"^FO{Dots(line.X) + 1},{Dots(line.Y)}^A0N,{Dots(line.Size)},{Dots(line.Size)}^FH\\^FD{Field(line.Text)}^FS\n");
        }
        return zpl.Append(CultureInfo.InvariantCulture, $"^PQ{Math.Clamp(copies, 1, 999)}\n^XZ\n").ToString();
    }

    private static void Symbol(StringBuilder zpl, Sticker sticker, StickerLayout layout)
    {
        int side = Dots(layout.SymbolSide);
        zpl.Append(CultureInfo.InvariantCulture, $"^FO{Dots(layout.SymbolX)},{Dots(layout.SymbolY)}");
        if (sticker.Symbol == SymbolKind.Qr)
        {
            int version = Array.FindIndex(s_qrBytes, b => b >= Encoding.UTF8.GetByteCount(sticker.Content)), modules = 17 + 4 * (version < 0 ? 20 : version + 1);
            zpl.Append(CultureInfo.InvariantCulture, $"^BQN,2,{Math.Clamp(side / modules, 2, 10)}^FH\\^FDMA,{Field(sticker.Content)}^FS\n");
            return;
        }
        int across = DataMatrix.Of(sticker.Content, sticker.Symbol == SymbolKind.Gs1DataMatrix)!.GetLength(0);
        zpl.Append(CultureInfo.InvariantCulture, $"^BXN,{Math.Clamp(side / across, 3, 12)},200,,,,_^FH\\^FD{(sticker.Symbol == SymbolKind.Gs1DataMatrix ? "_1" : "")}{string.Join("_1", sticker.Content.Split(Gs1Reading.Separator).Select(static part => Field(part, "__")))}^FS\n");
    }

    /// <summary>Field data with all but plain signs escaped.</summary>
    /// <param name="underscore">What stands for _: two of them where it begins an escape sequence of the symbol.</param>
    internal static string Field(string text, string underscore = "_")
    {
        var field = new StringBuilder(text.Length);
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            char sign = (char)b;
            if (char.IsAsciiLetterOrDigit(sign) || Plain.Contains(sign, StringComparison.Ordinal)) field.Append(sign);
            else if (sign == '_') field.Append(underscore);
            else field.Append(CultureInfo.InvariantCulture, $"\\{b:X2}");
        }
        return field.ToString();
    }

    private static int Dots(double mm) => (int)Math.Round(mm * DotsPerMm);
}
