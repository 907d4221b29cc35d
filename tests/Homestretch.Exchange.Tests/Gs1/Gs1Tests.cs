using CsCheck;
using Homestretch.Exchange.Gs1;
using NodaTime;
using Xunit;

namespace Homestretch.Exchange.Tests.Labels;

/// <summary>Labels as scanners send them. Check digits: worked examples of the GS1 General Specifications, Release 24, section 7.9.1 and of GS1; forms: the same, sections 3 and 5, and GS1 Digital Link Standard: URI Syntax, Release 1.4.</summary>
public sealed class Gs1Tests
{
    [Theory]
    [InlineData("37610425002123456", '9')]  // SSCC, section 7.9.1
    [InlineData("629104150021", '3')]       // GTIN-13, GS1's page 'How to calculate a check digit manually'
    [InlineData("0950600013435", '2')]      // the GTIN of GS1's own examples, of the prefix that is kept for demonstrations
    public void Check_digits_are_those_of_the_standard(string digits, char check) => Assert.Equal(check, Gs1Reading.CheckDigit(digits));

    [Theory]
    [InlineData("]C1010950110153000317140704" + "10AB-123", "(01)09501101530003(17)140704(10)AB-123")] // form of section 5.4, concatenation of element strings
    [InlineData("]d20109506000134352" + "10ABC123\u001d2112345", "(01)09506000134352(10)ABC123(21)12345")]
    [InlineData("]Q3\u001d0109506000134352240BAT-625\u001d1725122910L-7", "(01)09506000134352(240)BAT-625(17)251229(10)L-7")]
    [InlineData("(01)09506000134352(10)AB(C)1(21)12345", "(01)09506000134352(10)AB(C)1(21)12345")]
    [InlineData("00376104250021234569", "(00)376104250021234569")]
    [InlineData("10L-7\u001d3724\u001d241FRM-L", "(10)L-7(37)24(241)FRM-L")]
    [InlineData("https://id.gs1.org/01/09506000134352/10/ABC1/21/12345?17=180426", "(01)09506000134352(10)ABC1(21)12345(17)180426")] // form of URI Syntax, section 5
    [InlineData("https://example.com/some/path/01/9506000134352/22/2A?linkType=all&3103=000189", "(01)09506000134352(22)2A(3103)000189")]
    [InlineData("https://id.gs1.org/414/9506000134376/254/A-01%2F2", "(414)9506000134376(254)A-01/2")]
    [InlineData("https://id.gs1.org/00/376104250021234569", "(00)376104250021234569")]
    public void Labels_are_read_in_every_form(string scanned, string says)
    {
        var (label, wrong) = Gs1Reading.Read(scanned);
        Assert.Null(wrong);
        Assert.Equal(says, label!.ToString());
    }

    [Theory]
    [InlineData("", Gs1Fault.Empty, "")]
    [InlineData("hello", Gs1Fault.UnknownIdentifier, "hell")]
    [InlineData("(01)09506000134353", Gs1Fault.CheckDigit, "01")]
    [InlineData("(01)9506000134352", Gs1Fault.TooShort, "01")]
    [InlineData("(10)123456789012345678901", Gs1Fault.TooLong, "10")]
    [InlineData("(10)A B", Gs1Fault.Character, "10")]
    [InlineData("(8010)abc", Gs1Fault.Character, "8010")]
    [InlineData("(17)251301", Gs1Fault.Date, "17")]
    [InlineData("(11)250230", Gs1Fault.Date, "11")]
    [InlineData("(10)A(10)B", Gs1Fault.Twice, "10")]
    [InlineData("https://example.com/bikes/7", Gs1Fault.Address, "")]
    [InlineData("https://id.gs1.org/01/09506000134353", Gs1Fault.CheckDigit, "01")]
    public void What_cannot_be_read_says_where_and_how_to_mend_it(string scanned, Gs1Fault fault, string at)
    {
        var (label, wrong) = Gs1Reading.Read(scanned);
        Assert.Null(label);
        Assert.Equal((fault, at), (wrong!.Fault, wrong.Identifier));
        Assert.True(wrong.Text.Length > 10 && wrong.Cure.Length > 10, wrong.ToString());
    }

    [Fact]
    public void A_missing_separator_is_told_as_such() => Assert.Contains("FNC1", Gs1Reading.Read("10ABCDEFGHIJKLMNOP240BAT-625").Wrong!.Cure, StringComparison.Ordinal);

    [Theory]
    [InlineData("251229", 2026, 2025, 12, 29)]
    [InlineData("260200", 2026, 2026, 2, 28)]   // day 00: the last of the month
    [InlineData("990101", 2026, 1999, 1, 1)]    // 73 years ahead: the century before
    [InlineData("760101", 2026, 2076, 1, 1)]    // 50 ahead
    [InlineData("770101", 2026, 1977, 1, 1)]    // 51 ahead
    [InlineData("050101", 2090, 2105, 1, 1)]    // 85 behind: the century after
    public void Dates_have_their_century_and_their_last_day(string value, int year, int y, int m, int d) => Assert.Equal(new LocalDate(y, m, d), Gs1Reading.Read($"(17){value}").Label!.Elements[0].Day(year));

    [Fact]
    public void Counts_and_measures_are_numbers()
    {
        Gs1Label label = Gs1Reading.Read("(37)24(3103)000189(10)7").Label!;
        Assert.Equal([24m, 0.189m, null], label.Elements.Select(static e => e.Number));
        Assert.Equal("7", label["10"]);
        Assert.Null(label["21"]);
    }

    [Theory]
    [InlineData("]C110L-7", true)]
    [InlineData("(10)L-7", true)]
    [InlineData("10L-7\u001d21X", true)]
    [InlineData("https://id.gs1.org/01/09506000134352", true)]
    [InlineData("BAT-625", false)]
    [InlineData("(A) left", false)]
    public void A_label_of_GS1_shows_by_its_form(string scanned, bool so) => Assert.Equal(so, Gs1Reading.IsSo(scanned));

    [Fact]
    public void What_is_written_is_read_back_and_nothing_throws()
    {
        Gen<string> text = Gen.Char["0123456789ABCXYZ-/."].Array[1, 18].Select(static c => new string(c));
        Gen.Select(text, text, text, Gen.Bool).Sample(static (lot, serial, item, order) =>
        {
            string scanned = order ? $"10{lot}\u001d21{serial}\u001d240{item}" : $"0109506000134352240{item}\u001d10{lot}\u001d21{serial}";
            Gs1Label label = Gs1Reading.Read(scanned).Label!;
            Assert.Equal((lot, serial, item), (label["10"], label["21"], label["240"]));
            Assert.Equal(label.ToString(), Gs1Reading.Read(label.ToString()).Label!.ToString());
        });
        Gen.Char[" ]C1d2()\u001d0123456789https:/?=&%\u00e9"].Array[0, 40].Select(static c => new string(c)).Sample(static s =>
        {
            var (label, wrong) = Gs1Reading.Read(s);
            Assert.True(label is null != wrong is null, s);
        });
    }
}
