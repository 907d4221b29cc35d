using System.Text;
using CsCheck;
using Homestretch.Exchange.Csv;
using Xunit;

namespace Homestretch.Exchange.Tests.Csv;

public sealed class CsvTextTests
{
    /// <summary>The cases of RFC 4180 section 2, by number, and what people's files add to them.</summary>
    public static TheoryData<string, string, string[][]> Cases => new()
    {
        { "1: each record on a line of its own", "aaa,bbb\r\nzzz,yyy\r\n", [["aaa", "bbb"], ["zzz", "yyy"]] },
        { "2: the last line may have no line break", "aaa,bbb\r\nzzz,yyy", [["aaa", "bbb"], ["zzz", "yyy"]] },
        { "5: cells may be quoted", "\"aaa\",\"b\"\r\nzzz,yyy", [["aaa", "b"], ["zzz", "yyy"]] },
        { "6: commas and line breaks in quotes", "\"a\r\na\",\"b,b\"\r\nz,y", [["a\r\na", "b,b"], ["z", "y"]] },
        { "7: a quote is doubled", "\"a\"\"b\",\"\"\"\"", [["a\"b", "\""]] },
        { "LF alone ends a line", "a,b\nc,d\n", [["a", "b"], ["c", "d"]] },
        { "CR alone ends a line", "a,b\rc,d", [["a", "b"], ["c", "d"]] },
        { "empty cells", ",\r\na,\r\n,b", [["", ""], ["a", ""], ["", "b"]] },
        { "empty lines are passed over", "a\r\n\r\n\nb\n", [["a"], ["b"]] },
        { "a quoted empty cell", "\"\",a", [["", "a"]] },
        { "blanks around a bare cell", " a ,\tb", [["a", "b"]] },
        { "blanks inside quotes stay", "\" a \",b", [[" a ", "b"]] },
        { "a quote inside a bare cell", "5\" disc,b", [["5\" disc", "b"]] },
        { "nothing", "", [] },
    };

    [Theory, MemberData(nameof(Cases))]
    public void Text_splits_as_RFC_4180_says(string rule, string text, string[][] expected)
    {
        Assert.NotEqual("", rule);
        var (records, findings) = Read(Encoding.UTF8.GetBytes(text));
        Assert.Empty(findings);
        Assert.Equal(expected, records.Select(static r => r.Cells.ToArray()));
        Assert.Equal(expected, Read([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)]).Records.Select(static r => r.Cells.ToArray()));
    }

    [Fact]
    public void Lines_count_the_breaks_inside_quotes()
    {
        var (records, _) = Read("a\n\"b\nb\r\nb\"\r\n\nc"u8.ToArray());
        Assert.Equal([1, 2, 6], records.Select(static r => r.Line));
    }

    [Theory]
    [InlineData("a,b\n\"c,d\ne,f", 2, "A quoted cell is never closed.")]
    [InlineData("a,b\n\"c\"x,d", 2, "'x' follows a closing quote.")]
    [InlineData("\"a\n\n\"\"", 1, "A quoted cell is never closed.")]
    public void A_broken_quote_is_found_on_its_line(string text, int line, string what)
    {
        Finding finding = Assert.Single(Read(Encoding.UTF8.GetBytes(text)).Findings);
        Assert.Equal((line, "quote", what), (finding.Place.Line, finding.Rule, finding.What));
    }

    [Theory]
    [InlineData(new byte[] { 0x61, 0x0A, 0x62, 0xFC, 0x63 }, 2, 4)]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, 0x61, 0xFF }, 1, 5)]
    [InlineData(new byte[] { 0xC3 }, 1, 1)]
    [InlineData(new byte[] { 0x0A, 0x0A, 0xED, 0xA0, 0x80 }, 3, 3)]
    [InlineData(new byte[] { 0x41, 0xC0, 0x80 }, 1, 2)]
    public void Bytes_that_are_not_UTF_8_are_found_where_they_stand(byte[] bytes, int line, int position)
    {
        var (records, findings) = Read(bytes);
        Assert.Empty(records);
        Finding finding = Assert.Single(findings);
        Assert.Equal((line, "utf-8", $"Byte {position} of the file is not UTF-8."), (finding.Place.Line, finding.Rule, finding.What));
    }

    [Fact]
    public void A_UTF_16_file_from_a_spreadsheet_is_told_to_be_saved_anew() =>
        Assert.Contains("CSV UTF-8", Assert.Single(Read([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("a,b")]).Findings).Cure, StringComparison.Ordinal);

    [Fact]
    public void Whatever_is_written_reads_back() =>
        Gen.OneOf(Gen.String[Gen.Char[" ,\"\r\n\tabä=;'"], 0, 8], Gen.String[Gen.Char.AlphaNumeric, 0, 4]).Array[2, 5].Array[0, 8].Sample(rows =>
        {
            var text = new StringBuilder();
            foreach (string[] row in rows) CsvText.Write(text, row);
            var (records, findings) = Read(Encoding.UTF8.GetBytes(text.ToString()));
            Assert.Empty(findings);
            Assert.Equal(rows, records.Select(static r => r.Cells.ToArray()));
        });

    [Fact]
    public void No_bytes_make_it_throw() =>
        Gen.OneOf(Gen.Byte.Array[0, 60], Gen.Int[0, 7].Select(static i => ",\"\r\na\u00EF\u00BB\u00BF"[i]).Select(static c => (byte)c).Array[0, 40])
            .Sample(static bytes => Read(bytes).Records.All(static r => r.Line >= 1));

    private static (IReadOnlyList<CsvRecord> Records, List<Finding> Findings) Read(byte[] bytes)
    {
        var findings = new List<Finding>();
        return (CsvText.Read(bytes, "test.csv", findings), findings);
    }
}
