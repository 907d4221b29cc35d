using System.Globalization;
using System.IO.Compression;
using System.Text;
using CsCheck;
using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Sourcing.Limits;
using Homestretch.Cutting.Studying;
using Homestretch.Exchange.Csv;
using Homestretch.Exchange.Cutting;
using Homestretch.Exchange.Papers;
using Homestretch.Papers;
using Homestretch.World;
using NodaTime;
using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;
using Xunit;

namespace Homestretch.Exchange.Tests.Papers;

/// <summary>A design taken away: its figures are those of the design, in each of the three forms.</summary>
public sealed class DesignFileTests
{
    private static readonly SolvedDesign s_lamp = Lamp();

    [Fact]
    public void The_zip_holds_each_table_with_the_figures_in_full()
    {
        Dictionary<string, string[][]> files = Unpacked(DesignFile.Of(s_lamp, DesignForm.Zip));
        Assert.Equal(["summary", "sources", "stock", "cost", "countries", "parties", "limits"], files.Keys);
        Configuration c = s_lamp.Design;
        Assert.Equal(c.Cost.Total, Number(files["summary"].Single(static r => r[0] == "cost a year")[1]));
        Assert.Equal([c.Cost.Added, c.Cost.Freight, c.Cost.Duty, c.Cost.Pipeline, c.Cost.Safety, c.Cost.OneOff, c.Cost.Total], files["cost"][1..].Select(static r => Number(r[1])));
        ConfiguredStage[] own = [.. c.Stages.Where(static s => s.Keeps is null)];
        Assert.Equal(own.SelectMany(static s => s.Sources.Select(x => (s.Stage, x.Source.Name, x.Share, s.PerDay * x.Share))), files["sources"][1..].Select(static r => (r[0], r[1], Number(r[6]), Number(r[7]))));
        Assert.Equal(c.Stages.Sum(static s => s.Stock.HoldingCost), files["stock"][1..].Sum(static r => Number(r[11])), 1e-9);
        Assert.Equal(c.Cost.Safety, files["stock"][1..].Sum(static r => Number(r[11])), 1e-6);
        Assert.Contains(files["stock"], static r => r is ["Leeds", "led module", "lamp", ..]);
        Assert.Equal(c.Measured.Countries.Select(static x => (x.Of, x.Value)), files["countries"][1..].Select(static r => (r[0], Number(r[2]))));
        string[] limit = files["limits"][1];
        Assert.Equal(("country-share:CN=0.5", "at most", "yes"), (limit[0], limit[1], limit[4]));
        Assert.Equal(s_lamp.Prices[0].Saved, Number(limit[6]));
    }

    [Fact]
    public void The_workbook_is_valid_and_says_what_the_zip_says()
    {
        byte[] book = DesignFile.Of(s_lamp, DesignForm.Xlsx);
        Dictionary<string, string[][]> files = Unpacked(DesignFile.Of(s_lamp, DesignForm.Zip));
        Assert.Equal(files.Keys, BookText.Sheets(book));
        foreach (var (name, rows) in files)
        {
            string[][] sheet = BookText.Sheet(book, name);
            Assert.Equal(rows[0], sheet[2]);
            Assert.Equal(rows[1..].Select(Same), sheet[3..].Select(Same));
        }

        static string Same(string[] row) => string.Join('|', row);
    }

    [Fact]
    public void The_document_tells_what_is_chosen_what_it_costs_and_what_its_limits_cost()
    {
        byte[] bytes = DesignFile.Of(s_lamp with { Kept = Kept("Nearer to who buys it; Győr, Łódź, Đồng Nai and Plzeň → can follow. 🙂") }, DesignForm.Pdf);
        string text = Read(bytes, out int pages);
        Assert.InRange(pages, 1, 3);
        Configuration c = s_lamp.Design;
        foreach (string said in (string[])
        [
            "Desk lamp (worked example): Within", "Nearer to who buys it; Győr, Łódź, Đồng Nai and Plzeň -> can follow. [U+1F642]", "their Unicode numbers in brackets", "GBP", Amount(c.Cost.Total), Amount(c.Cost.Freight), Amount(c.Cost.Duty), Amount(c.Cost.Pipeline), Amount(c.Cost.Safety), "own bench", "Leeds, GB",
            "Value made in a country, CN", "at most 50 %", Amount(s_lamp.Prices[0].Saved), "led module", "Pilsen", $"{Amount((double)s_lamp.Design.Stages.Sum(static s => s.OnTheWay))} on the way", "All figures are made up.",
        ]) Assert.Contains(said, text, StringComparison.Ordinal);
        Assert.Contains("is not weighed", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Łódź, Győr, Plzeň, İzmir, Ağrı, Đồng Nai", "Łódź, Győr, Plzeň, İzmir, Ağrı, Đồng Nai")]
    [InlineData("\u0110o\u0302\u0300ng Nai", "Đồng Nai")]                                 // accents apart, as some systems keep them
    [InlineData("Tie\u0323\u0302n Giang, \u0041\u030Alborg", "Tiện Giang, Ålborg")]
    [InlineData("q\u0304", "q[U+0304]")]
    [InlineData("Αθήνα, Харків", "Αθήνα, Харків")]
    [InlineData("深圳 (Shenzhen)", "[U+6DF1 U+5733] (Shenzhen)")]
    [InlineData("ＳＨ－１ a → b", "SH-1 a -> b")]
    [InlineData("大連🙂x", "[U+5927 U+9023 U+1F642]x")]
    [InlineData("one\ntwo\u00A0three", "one two\u00A0three")]
    public void What_a_font_lacks_stands_as_its_number_and_nothing_is_lost(string text, string written) => Assert.Equal(written, Paper.Written(text));

    [Fact]
    public void No_two_words_in_scripts_that_a_font_lacks_are_written_alike()
    {
        Gen<string> words = Gen.Char['\u4e00', '\u9fff'].Array[1, 6].Select(static c => new string(c));
        words.Select(words).Sample(static (a, b) => (a == b) == (Paper.Written(a) == Paper.Written(b)) && Paper.Written(a).Split(' ').Length == a.Length);
    }

    [Fact]
    public void A_party_in_a_script_that_the_font_lacks_is_named_by_its_code_as_well()
    {
        string party = s_lamp.Design.Measured.Parties.First(static p => p.Value > 0).Of;
        string text = Read(DesignFile.Of(s_lamp with { Parties = s_lamp.Parties.ToDictionary(static p => p.Key, p => p.Key == party ? "深圳" : p.Value) }, DesignForm.Pdf), out _);
        Assert.Contains($"{party}, [U+6DF1 U+5733]", text, StringComparison.Ordinal);
        Assert.DoesNotContain('?', text);
    }

    [Fact]
    public void A_design_without_limits_or_a_kept_record_says_so()
    {
        string text = Read(DesignFile.Of(s_lamp with { Limits = [], Prices = [] }, DesignForm.Pdf), out _);
        Assert.Contains("It was chosen without limits.", text, StringComparison.Ordinal);
        Assert.Contains("No business case is written down yet.", text, StringComparison.Ordinal);
        Assert.Contains("that is proven", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hundred_stages_go_on_over_pages_and_long_names_are_broken()
    {
        Configuration c = s_lamp.Design;
        ConfiguredStage[] many = [.. Enumerable.Range(0, 100).Select(n => c.Stages[0] with { Stage = $"stage {n} {new string('x', 60)}" })];
        string text = Read(DesignFile.Of(s_lamp with { Design = c with { Stages = many } }, DesignForm.Pdf), out int pages);
        Assert.True(pages > 3);
        Assert.Contains("stage 99", text, StringComparison.Ordinal);
        Assert.Contains($"{pages} of {pages}", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_design_gives_the_same_zip_and_workbook_rows_and_a_text_like_a_formula_stays_text()
    {
        Assert.Equal(DesignFile.Of(s_lamp, DesignForm.Zip), DesignFile.Of(Lamp(), DesignForm.Zip));
        var table = new PaperTable("t", "d", [new("a", Shown.Text, "d")], [["=1+1"], [-1.0], ["-"]]);
        Assert.Equal("a\r\n'=1+1\r\n-1\r\n'-\r\n", Encoding.UTF8.GetString(table.Csv()));
    }

    [Theory]
    [InlineData("a.zip", DesignForm.Zip)]
    [InlineData("a.csv.zip", DesignForm.Zip)]
    [InlineData("a.XLSX", DesignForm.Xlsx)]
    [InlineData("a.pdf", DesignForm.Pdf)]
    [InlineData("a.docx", null)]
    public void The_form_follows_from_the_name(string file, DesignForm? form) => Assert.Equal(form, DesignFile.Form(file));

    private static SolvedDesign Lamp()
    {
        StudyCase study = TemplateTests.Solvable("lamp");
        Configuration design = TemplateTests.Solved(study, study.Limits);
        return new(study, design, study.Limits, Fronts.Prices(study.Sourcing, study.Limits, design, study.Policy, null, null, TestContext.Current.CancellationToken), Instant.FromUtc(2026, 11, 24, 9, 0)) { Parties = SolvedDesign.Named(StudySamples.Named("lamp")!.World) };
    }

    private static Design Kept(string note) => new("LAMP-1", "BRAND", "LAMP", "Within", LimitWords.Of(s_lamp.Limits[0]), 1, 1, note, s_lamp.At, "olga", null, "");
    private static string Amount(double value) => value.ToString("N0", CultureInfo.InvariantCulture);
    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    private static Dictionary<string, string[][]> Unpacked(byte[] bytes)
    {
        using var zip = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
        return zip.Entries.ToDictionary(static e => Path.GetFileNameWithoutExtension(e.Name), static e =>
        {
            using var memory = new MemoryStream();
            using (Stream stream = e.Open()) stream.CopyTo(memory);
            var findings = new List<Finding>();
            string[][] rows = [.. CsvText.Read(memory.ToArray(), e.Name, findings).Select(static r => r.Cells.ToArray())];
            Assert.Empty(findings);
            return rows;
        });
    }

    /// <summary>All text, blanks and line ends as one blank: lines are broken where the page ends.</summary>
    private static string Read(byte[] pdf, out int pages)
    {
        using PdfDocument document = PdfDocument.Open(pdf);
        pages = document.NumberOfPages;
        return string.Join(' ', document.GetPages().SelectMany(static p => ContentOrderTextExtractor.GetText(p).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }
}
