using System.Text.Json;
using Homestretch.Cli.Demo;
using Homestretch.Cli.Finishing;
using Homestretch.Cli.Planning;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Walk.Finishing;

/// <summary>claims as typed: what the page of claims says is what the commands print.</summary>
public sealed class ClaimsCommandTests : IDisposable
{
    private static readonly string s_samples = Path.Combine(Running.Program.Root(), "samples", "claims"), s_bike = Path.Combine(s_samples, "ebike.json"), s_flagged = Path.Combine(s_samples, "flagged.json");
    private readonly string _folder = Directory.CreateTempSubdirectory("homestretch-claims-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static (int Code, string Text, string Error) Run(params string[] args)
    {
        using var to = new StringWriter();
        using var error = new StringWriter();
        int code = ClaimsCommands.Build().Parse(args).Invoke(new() { Output = to, Error = error, EnableDefaultExceptionHandler = false });
        return (code, to.ToString(), error.ToString());
    }

    [Fact]
    public void The_page_of_claims_is_what_the_commands_print()
    {
        string page = File.ReadAllText(Path.Combine(Running.Program.Root(), "docs", "claims.md"));
        foreach (string[] asked in (string[][])[
            ["check", "--content", s_bike, "--claim", "rvc"], ["check", "--content", s_bike, "--claim", "buy-american"], ["check", "--content", s_bike, "--claim", "buy-american", "--delivered", "2029-01-01"], ["check", "--content", s_bike, "--claim", "buy-american", "--delivered", "2020-12-31"],
            ["check", "--content", s_bike, "--claim", "circumvention"], ["check", "--content", s_flagged, "--claim", "circumvention"], ["check", "--content", s_bike, "--claim", "origin"],
            ["check", "--content", s_bike, "--claim", "none", "--label", "Made in USA", "--label", "Assembled in USA", "--label", "Assembled in USA with imported parts", "--label", "Made in EU", "--label", "Made in UK", "--label", "Handmade in USA"],
            ["ledger", "--entries", Path.Combine(s_samples, "drawback.csv"), "--regime", "drawback", "--jurisdiction", "US"], ["ledger", "--entries", Path.Combine(s_samples, "inward.csv"), "--regime", "inward-processing", "--jurisdiction", "EU", "--currency", "EUR"]])
        {
            var (_, text, error) = Run(asked);
            Assert.Contains($"```text\n{text.TrimEnd()}\n{(error.Length > 0 ? error.TrimEnd() + "\n" : "")}```", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Evidence_is_written_and_the_end_tells_the_answer()
    {
        string json = Path.Combine(_folder, "e.json"), pdf = Path.Combine(_folder, "e.pdf");
        Assert.Equal(1, Run("check", "--content", s_bike, "--at", "2028-12-31T09:00:00Z", "--evidence", json, "--evidence", pdf, "--label", "Made in USA").Code);
        Assert.Equal("2028-12-31T09:00:00Z", JsonDocument.Parse(File.ReadAllBytes(json)).RootElement.GetProperty("at").GetString());
        Assert.Equal("%PDF"u8.ToArray(), File.ReadAllBytes(pdf)[..4]);
        Assert.Equal(0, Run("check", "--content", s_bike, "--claim", "circumvention").Code);
        Assert.Equal((2, 2, 2), (Run("check", "--content", s_bike, "--claim", "none").Code, Run("check", "--content", s_bike, "--serial", "X").Code, Run("check", "--content", Path.Combine(_folder, "none.json")).Code));
        Assert.Equal(2, Run("check", "--content", s_bike, "--made-in", "USA").Code);
    }

    /// <summary>From the floor's records to claims: written as content, completed by hand, checked.</summary>
    [Fact]
    public void An_as_built_record_becomes_content_to_complete_and_claims()
    {
        Instant now = Instant.FromUtc(2026, 11, 24, 9, 0);
        Snapshot demo = Snapshot.Of(DemoCompany.Make(now, DemoCompany.DefaultSeed));
        Build build = demo.Builds.First(b => demo.AssemblyLines[b.Line].Site.Value == "GVL");
        Lot[] lots = [.. demo.Lots.Where(l => l.State == LotState.Received && l.PurchaseOrderLine is not null && demo.Lanes[l.Lane].To.Value == "GVL" && l.Shipment is { } s && demo.Milestones.Any(m => m.Shipment == s)).DistinctBy(static l => l.Item).Take(5)];
        Folder.Write(Snapshot.Of([.. TableKind.All.SelectMany(demo.Records), new Unit("C1-GVL-1", Cast.Brand, build.Key, "C1", "US", UnitState.Complete, now, now, "op-1"),
            .. lots.Select((l, i) => new UnitPart("C1-GVL-1", i + 1, Cast.Brand, l.Item, l.Revision, l.Id, "", new(1, l.Quantity.Unit), now, null, ""))]), _folder);
        var (code, text, _) = Run("content", _folder, "C1-GVL-1");
        Assert.Equal(0, code);
        JsonElement content = JsonDocument.Parse(text).RootElement;
        Assert.Equal(("US", "USD", lots.Length), (content.GetProperty("made_in").GetString(), content.GetProperty("currency").GetString(), content.GetProperty("components").GetArrayLength()));
        Assert.All(content.GetProperty("components").EnumerateArray(), static c => Assert.True(c.GetProperty("value").GetDecimal() > 0 && c.GetProperty("freight").GetDecimal() > 0 && c.GetProperty("duty").GetDecimal() >= 0 && c.GetProperty("origin").GetString() is { Length: 2 }));
        string file = Path.Combine(_folder, "unit.json");
        File.WriteAllText(file, text.Replace("\"delivered\": null", "\"delivered\": \"2026-12-01\"", StringComparison.Ordinal));
        Assert.Contains(" domestic; more than 65 % is required for delivery on 2026-12-01.", Run("check", _folder, "--content", file, "--claim", "buy-american").Text, StringComparison.Ordinal);
        Assert.Equal(Run("check", _folder, "--content", file, "--claim", "buy-american").Text, Run("check", _folder, "--serial", "C1-GVL-1", "--delivered", "2026-12-01", "--claim", "buy-american").Text);
        Assert.Contains("the day of delivery is missing", Run("check", _folder, "--serial", "C1-GVL-1", "--claim", "buy-american").Text, StringComparison.Ordinal);
        Assert.Equal((2, 2), (Run("content", _folder, "C1-GVL-2").Code, Run("check", "--serial", "C1-GVL-1").Code));
    }

    [Fact]
    public void Json_has_each_claim_and_the_rules_are_told()
    {
        JsonElement unit = JsonDocument.Parse(Run("check", "--content", s_bike, "--json").Text).RootElement.GetProperty("units")[0];
        Assert.Equal(["rvc-transaction-USMCA", "rvc-net-cost-USMCA", "buy-american", "origin-EU", "origin-UK", "circumvention-CN"], unit.GetProperty("claims").EnumerateArray().Select(static c => c.GetProperty("key").GetString()));
        Assert.Contains("US-DC-2029", Run("rules", "--on", "2029-01-01").Text, StringComparison.Ordinal);
        Assert.DoesNotContain("US-DC-2024", Run("rules", "--on", "2029-01-01").Text, StringComparison.Ordinal);
        Assert.Equal(1, Run("rules", "--on", "1990-01-01").Code);
    }

    [Fact]
    public void Every_rule_of_the_demonstration_has_a_source_and_keeps_to_the_rules_of_records()
    {
        OriginRule[] rules = [.. OriginLaw.Records().Cast<OriginRule>()];
        Assert.All(rules, static r => Assert.True(r.Sample && r.Source.Length > 20));
        Assert.Equal(Enum.GetValues<RuleOfOrigin>(), rules.Select(static r => r.Rule).Distinct().Order());
        Assert.True(Snapshot.Empty.Apply([.. Cast.Parties.Select(static p => new WorldEvent.Put(p)), .. rules.Select(static r => new WorldEvent.Put(r))]).Accepted);
    }
}
