using System.Text;
using Homestretch.Exchange.Csv;
using Homestretch.Tests.World;
using Homestretch.World;
using Xunit;

namespace Homestretch.Exchange.Tests.Csv;

public sealed class CompanyFolderTests
{
    private static readonly Snapshot s_world = SmallWorld.Make();

    private static Dictionary<string, string> Files() =>
        CompanyFolder.Write(s_world).ToDictionary(static f => f.Key, static f => Encoding.UTF8.GetString(f.Value));

    [Fact]
    public void A_world_written_reads_back_and_writes_the_same_bytes()
    {
        KeyValuePair<string, byte[]>[] written = [.. CompanyFolder.Write(s_world)];
        var (read, findings) = CompanyFolder.Read(written.Reverse());
        Assert.Empty(findings);
        Assert.True(read!.SameAs(s_world));
        KeyValuePair<string, byte[]>[] again = [.. CompanyFolder.Write(read)];
        Assert.Equal(written.Select(static f => f.Key), again.Select(static f => f.Key));
        Assert.Equal(written.Select(static f => f.Value), again.Select(static f => f.Value));
        Assert.Equal(TableKind.All.Count, written.Length);
    }

    [Fact]
    public void A_spreadsheets_way_of_saving_changes_nothing()
    {
        var files = Files().ToDictionary(static f => f.Key, static f => Bytes("\uFEFF" + f.Value.Replace("\r\n", "\n", StringComparison.Ordinal) + ",,\n"));
        var (read, findings) = CompanyFolder.Read(files);
        Assert.Empty(findings);
        Assert.True(read!.SameAs(s_world));
    }

    [Fact]
    public void Columns_may_stand_in_any_order_and_optional_ones_may_be_left_out()
    {
        var files = Files();
        files["parties.csv"] = "NAME,Party,kind\nMeridian,MC,brand\nFrames,TW1,supplier\nShop,C1,customer\n";
        var (read, findings) = Read(files);
        Assert.Empty(findings);
        Assert.Equal(("Frames", ""), (read!.Parties.Find("TW1")!.Name, read.Parties.Find("TW1")!.Country));
    }

    [Fact]
    public void Every_error_of_every_file_stands_in_one_report_and_nothing_is_loaded()
    {
        var files = Files();
        files["lots.csv"] = files["lots.csv"].Replace("LOT-1,TW1", "LOT-1,TW9", StringComparison.Ordinal).Replace("making", "baking", StringComparison.Ordinal);
        files["items.csv"] += "FR-3,MC,Frame,sub-assembly,frame,EA,1,12.345,usd\r\nFR-1,MC,Frame,family,,EA,1,,\r\n";
        files["stock.csv"] = files["stock.csv"].Replace(",7,EA,", ",7,KG,", StringComparison.Ordinal);
        files["closures.csv"] = "calendar,dya,party\nday,2026-12-25,MC\n";
        files["machines.csv"] = files["machines.csv"].Replace(",12,", ",\"12,5\",", StringComparison.Ordinal);
        files["lanes.csv"] = "\"lane";
        files["notes.csv"] = "hello";
        var (read, findings) = Read(files);
        Assert.Null(read);
        Assert.Equal(
        [
            "closures.csv:1 (day) missing-column", "closures.csv:1 (dya) unknown-column", "items.csv:6 (currency) currency", "items.csv:7 duplicate-key", "lanes.csv:1 quote",
            "lots.csv:2 (state) choice", "machines.csv:2 (rate_per_hour) number", "notes.csv unknown-table", "stock.csv:2 (unit) unit-of-measure",
        ], findings.Select(static f => $"{f.Place} {f.Rule}").Order(StringComparer.Ordinal));
        Assert.All(findings, static f => Assert.True(f.What.Length > 0 && f.Cure.Length > 0));
    }

    [Fact]
    public void A_row_with_an_error_makes_no_stranger_of_those_that_name_it()
    {
        var files = Files();
        files["parties.csv"] = files["parties.csv"].Replace("supplier", "supplyer", StringComparison.Ordinal);
        Assert.Equal(["parties.csv:4 (kind): 'supplyer' is no choice. Write one of: brand, supplier, carrier, logistics, customer, authority, forecaster. [choice]"],
            Read(files).Findings.Select(static f => f.ToString()));
    }

    [Fact]
    public void A_file_that_cannot_be_read_makes_no_stranger_of_those_that_name_its_rows()
    {
        var files = Files();
        files["lanes.csv"] = "lane,party,name,from\nTW-GVL,MC,x,TXG\n";
        Assert.Equal(["lanes.csv:1 (to) missing-column"], Read(files).Findings.Select(static f => $"{f.Place} {f.Rule}"));
    }

    [Fact]
    public void An_unknown_key_is_found_on_its_row_and_column()
    {
        var files = Files();
        files["lots.csv"] = files["lots.csv"].Replace("LOT-1,TW1", "LOT-1,TW9", StringComparison.Ordinal);
        Assert.Equal(["lots.csv:2 (party): parties has no 'TW9'. Add it to parties or correct party. [unknown-key]"], Read(files).Findings.Select(static f => f.ToString()));
    }

    [Fact]
    public void An_unquoted_comma_is_found_as_a_row_too_long()
    {
        var files = Files();
        files["sites.csv"] = files["sites.csv"].Replace("Taichung", "Taichung, Taiwan", StringComparison.Ordinal);
        Finding finding = Assert.Single(Read(files).Findings);
        Assert.Equal(("cells", "The row has 10 cells under 9 columns."), (finding.Rule, finding.What));
    }

    [Fact]
    public void A_missing_table_is_empty() =>
        Assert.Empty(CompanyFolder.Read([]).World!.Parties);

    private static (Snapshot? World, IReadOnlyList<Finding> Findings) Read(Dictionary<string, string> files) =>
        CompanyFolder.Read(files.Select(static f => KeyValuePair.Create(f.Key, Bytes(f.Value))));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
