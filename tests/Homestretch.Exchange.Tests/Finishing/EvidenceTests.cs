using System.Text.Json;
using Homestretch.Exchange.Finishing;
using Homestretch.Finishing.Origin;
using Homestretch.Finishing.Origin.Labels;
using Homestretch.Landing;
using Homestretch.Papers;
using Homestretch.World;
using NodaTime;
using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;
using Xunit;

namespace Homestretch.Exchange.Tests.Finishing;

/// <summary>Evidence taken away: JSON and PDF say the same, with inputs, formula, reason and source of each claim.</summary>
public sealed class EvidenceTests
{
    private static readonly LocalDate s_since = new(2020, 7, 1);
    private static readonly EvidencePack s_pack = Pack();

    [Fact]
    public void The_json_has_inputs_formula_source_and_result()
    {
        byte[] bytes = s_pack.Json();
        JsonElement root = JsonDocument.Parse(bytes).RootElement, claim = root.GetProperty("claims").EnumerateArray().Single(static c => c.GetProperty("key").GetString() == "buy-american");
        Assert.Equal(("fails", 25m, 65m), (claim.GetProperty("state").GetString(), claim.GetProperty("percent").GetDecimal(), claim.GetProperty("required").GetDecimal()));
        Assert.Equal((100, 400), (claim.GetProperty("exact").GetProperty("above").GetInt64(), claim.GetProperty("exact").GetProperty("below").GetInt64()));
        Assert.Equal(["DC"], claim.GetProperty("rules").EnumerateArray().Select(static r => r.GetString()));
        Assert.Equal("FAR 25.101", root.GetProperty("rules").EnumerateArray().Single(static r => r.GetProperty("key").GetString() == "DC").GetProperty("source").GetString());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("unit").GetProperty("components")[1].GetProperty("origin").ValueKind);
        Assert.Equal(["needs-signature", "unknown"], root.GetProperty("labels").EnumerateArray().Select(static l => l.GetProperty("state").GetString()));
        Assert.Equal(bytes, Pack().Json());
    }

    [Fact]
    public void A_content_that_was_written_reads_back_as_it_was()
    {
        UnitContent unit = s_pack.Unit with { Delivered = null, Justified = null, Assembly = null, Evidence = "a ruling" };
        var (units, findings) = UnitContentFile.Read("u.json", System.Text.Encoding.UTF8.GetBytes(EvidencePack.Text(EvidencePack.Shape(unit))));
        Assert.Empty(findings);
        Assert.Equal(EvidencePack.Text(EvidencePack.Shape(unit)), EvidencePack.Text(EvidencePack.Shape(Assert.Single(units))));
        Assert.Equal(unit with { Components = [] }, units[0] with { Components = unit.Components is [] ? unit.Components : [] });
    }

    [Fact]
    public void The_pdf_says_the_same_and_has_a_place_for_each_signature()
    {
        using PdfDocument pdf = PdfDocument.Open(EvidenceDocument.Of(s_pack));
        string text = string.Join(' ', pdf.GetPages().Select(static p => ContentOrderTextExtractor.GetText(p)).Select(static t => string.Join(' ', t.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))));
        foreach (Claim claim in s_pack.Claims) Assert.Contains(claim.Title, text, StringComparison.Ordinal);
        foreach (string said in (string[])["Origin of unit A1", "Formula: RVC = (TV - VNM) / TV", "FAR 25.101", "1.00 USD of 4.00 USD = 25.00 % domestic", "Undetermined: the origin of B (3.00 USD) is undetermined: it counts as foreign.", "To be reviewed and signed by: Counsel.", "Counsel: name ____", "Samples are among the rules", "Label 'Made in Atlantis'"])
            Assert.Contains(said, text, StringComparison.Ordinal);
    }

    [Fact]
    public void No_word_of_the_pdf_lies_on_another_or_beyond_the_margins()
    {
        using PdfDocument pdf = PdfDocument.Open(EvidenceDocument.Of(s_pack with { Unit = s_pack.Unit with { Components = [.. s_pack.Unit.Components, .. Enumerable.Range(0, 60).Select(static n => new UnitComponent($"A-LONG-NAME-OF-A-COMPONENT-{n}", $"LOT-{n}-2028-12-31-A", 1_000_000 + n, "EA", 123_456_789_00, 12_345_678_00, 1_234_567_00, "CN", ["USMCA", "EU-KR", "EVFTA"], true))] } }));
        foreach (UglyToad.PdfPig.Content.Page page in pdf.GetPages())
        {
            var boxes = page.GetWords().Select(static w => (w.Text, Box: w.BoundingBox)).ToArray();
            Assert.All(boxes, b => Assert.True(b.Box.Left >= 49 && b.Box.Right <= 546 && b.Box.Bottom >= 30 && b.Box.Top <= 800, b.Text));
            for (int i = 0; i < boxes.Length; i++)
                for (int k = i + 1; k < boxes.Length; k++)
                    Assert.False(Math.Min(boxes[i].Box.Right, boxes[k].Box.Right) - Math.Max(boxes[i].Box.Left, boxes[k].Box.Left) > 1 && Math.Min(boxes[i].Box.Top, boxes[k].Box.Top) - Math.Max(boxes[i].Box.Bottom, boxes[k].Box.Bottom) > 1, $"{boxes[i].Text} and {boxes[k].Text} on page {page.Number}");
        }
    }

    private static EvidencePack Pack()
    {
        OriginRule Rule(string key, RuleOfOrigin rule, decimal? figure, string source) => new(key, "MC", rule, "US", "US", "*", figure, s_since, null, "Counsel", source, true);
        var rules = new OriginRules([Rule("DC", RuleOfOrigin.DomesticContent, 65, "FAR 25.101"), Rule("Q", RuleOfOrigin.QualifiedClaim, null, "62 FR 63756"), Rule("TV", RuleOfOrigin.RvcTransaction, 60, "USMCA 4.5") with { Jurisdiction = "USMCA" }]);
        var unit = new UnitContent("A1", "C1", "8711.60", "US", new LocalDate(2028, 12, 31), "USD", "US", Processing.Simple, true, "", 50, 0, 0, 6_00, [new("A", "L1", 1, "EA", 1_00, 0, 0, "US", ["USMCA"], false), new("B", "", 1, "EA", 3_00, 0, 0, "", null, false), new("C", "", 1, "EA", 0, 0, 0, "CN", [], false)]);
        string[] texts = ["Assembled in USA with imported parts", "Made in Atlantis"];
        return new(unit, Claims.Of(rules, new LandingTables([], [], [], [], []), unit).Claims, [.. texts.Select(t => LabelCheck.Of(rules, unit, t).Answer!)], Instant.FromUtc(2028, 12, 31, 9, 0));
    }
}
