using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Homestretch.Exchange.Gs1;
using Homestretch.Exchange.Printing;
using Homestretch.Finishing.Floor;
using Homestretch.Papers;
using Homestretch.World;
using NodaTime;
using UglyToad.PdfPig;
using Xunit;

namespace Homestretch.Exchange.Tests.Printing;

/// <summary>What is printed is read back as the same lot, on every printer, whatever stands in its records.</summary>
public sealed partial class StickerTests
{
    private const string Set82 = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
    private static readonly Gen<string> s_lot = Gen.Char[Set82].Array[1, 20].Select(static c => new string(c)), s_item = Gen.Char[Set82].Array[1, 30].Select(static c => new string(c));
    private static readonly Gen<string> s_any = Gen.OneOf(Gen.String, Gen.Char["^~\\_\n\u001dA|{}[]<>%ü深"].Array[0, 40].Select(static c => new string(c)));

    private static LotOnFloor Lot(string item, string lot, string revision = "B", string gtin = "", string name = "Battery 625 Wh") =>
        new(new(item, "MC", name, ItemKind.SubAssembly, "battery", "EA", 1, null, gtin), revision, lot, new(24, "EA"), new LocalDate(2026, 11, 24), ["may be used"]);

    [Fact]
    public void A_printed_lot_is_read_back_as_the_same_lot() => Gen.Select(s_item, s_lot, Gen.Char[Set82].Array[0, 20], Gen.Int[1, 99_999_999], Gen.Bool).Sample((item, lot, rev, amount, gtin) =>
    {
        Sticker sticker = FloorLabels.Of(Lot(item, lot, new(rev), gtin ? "9506000134352" : ""), amount);
        Assert.Equal(SymbolKind.Gs1DataMatrix, sticker.Symbol);
        foreach (string scanned in new[] { sticker.Content, Printed(Zpl.Of(sticker, 1)) })
        {
            Gs1Label label = Gs1Reading.Read($"]d2{scanned}").Label!;
            Assert.Equal((item, lot, rev.Length > 0 ? new string(rev) : null, amount), (label["240"], label["10"], label[gtin ? "22" : "91"], (int)label.Elements.Single(static e => e.Code == "30").Number!));
            Assert.Equal(gtin ? "09506000134352" : null, label["01"]);
        }
    });

    [Fact]
    public void What_GS1_has_no_signs_for_is_printed_as_plain_text() => Assert.All([("FRM L", "L 1", SymbolKind.DataMatrix), ("Räder", "深圳-7", SymbolKind.Qr)], static c =>
    {
        Sticker sticker = FloorLabels.Of(Lot(c.Item1, c.Item2), null);
        Assert.Equal((c.Item3, $"{c.Item1}|B|{c.Item2}"), (sticker.Symbol, sticker.Content));
    });

    [Fact]
    public void No_text_of_a_record_is_a_command_to_the_printer() => Gen.Select(s_any, s_any, s_any).Sample((item, lot, name) =>
    {
        string zpl = Zpl.Of(FloorLabels.Of(Lot(item, lot, name: name), 2.5m), 3);
        Assert.All(zpl, static c => Assert.True(c is '\n' or (>= ' ' and <= '~')));
        Assert.Empty(Commands().Matches(zpl).Select(static m => m.Value).Except(["^XA", "^CI", "^PW", "^LL", "^LH", "^FO", "^BX", "^BQ", "^A0", "^FH", "^FD", "^FS", "^PQ", "^XZ"]));
        Assert.Equal((1, 1, 1), (zpl.Split("^XA").Length - 1, zpl.Split("^XZ").Length - 1, zpl.Split("^PQ3\n").Length - 1));
        Assert.DoesNotContain('~', zpl);
        Assert.Equal(zpl.Split("^FO").Length - 1, zpl.Split("^FS").Length - 1);
    });

    [Fact]
    public void Lines_stay_on_the_label_and_what_is_cut_off_is_said() => Gen.Select(Gen.Int[0, 12], s_any).Sample((count, text) =>
    {
        var sticker = new Sticker(100, 50, SymbolKind.Qr, "x", [.. Enumerable.Range(0, count).Select(_ => new StickerLine(text, 4))]);
        StickerLayout layout = StickerLayout.Of(sticker);
        Assert.All(layout.Lines, l => Assert.True(l.Y + l.Size <= 46.02 && l.X + StickerLayout.Width(l.Text.TrimEnd('…'), l.Size) <= 96.01, l.ToString()));
        if (!layout.Whole) Assert.EndsWith("…", layout.Lines[^1].Text, StringComparison.Ordinal);
    });

    [Fact]
    public void A_lot_label_in_ZPL() => Assert.Equal(
        """
        ^XA
        ^CI28
        ^PW800
        ^LL400
        ^LH0,0
        ^FO32,32^BXN,12,200,,,,_^FH\^FD_1240BAT__625_110L-7_191B_13024^FS
        """.ReplaceLineEndings("\n"), Zpl.Of(FloorLabels.Of(Lot("BAT_625", "L-7"), null), 1).Split("\n^FO304", 2)[0]);

    [Fact]
    public void A_page_has_the_size_of_the_label_and_its_words()
    {
        byte[] pdf = StickerDocument.Of(FloorLabels.Of(Lot("BAT-625", "L-7"), null), 3, "L-7", Instant.FromUtc(2026, 11, 24, 14, 0));
        using PdfDocument document = PdfDocument.Open(pdf);
        Assert.Equal(3, document.NumberOfPages);
        Assert.Equal((283.46, 141.73), (Math.Round(document.GetPage(1).Width, 2), Math.Round(document.GetPage(1).Height, 2)));
        Assert.All(["BAT-625", "24 EA", "Received 2026-11-24", "may be used", "(240)BAT-625(10)L-7(91)B(30)24"], w => Assert.Contains(w, document.GetPage(1).Text, StringComparison.Ordinal));
    }

    /// <summary>What a printer draws of the field behind ^BX: hexadecimal escapes undone, then those of the symbol.</summary>
    private static string Printed(string zpl)
    {
        string field = Regex.Match(zpl, @"\^BXN,\d+,200,,,,_\^FH\\\^FD(.*)\^FS").Groups[1].Value;
        string data = Encoding.UTF8.GetString([.. Escapes().Matches(field).Select(static m => m.Value is ['\\', .. var hex] ? byte.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture) : (byte)m.Value[0])]);
        return Sequences().Replace(data, static m => m.Value == "__" ? "_" : "\u001d");
    }

    [GeneratedRegex(@"\\[0-9A-F]{2}|.")] private static partial Regex Escapes();
    [GeneratedRegex("__|_1")] private static partial Regex Sequences();
    [GeneratedRegex(@"\^..")] private static partial Regex Commands();
}
