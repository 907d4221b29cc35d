using System.Text;
using CsCheck;
using Homestretch.Exchange.Finishing;
using Homestretch.Finishing.Origin;
using Homestretch.Finishing.Origin.Ledgers;
using NodaTime;
using Xunit;

namespace Homestretch.Exchange.Tests.Finishing;

/// <summary>Units' content and ledgers from files: the same from JSON and CSV, unknown kept apart from 0, every mistake told with its place.</summary>
public sealed class UnitContentFileTests
{
    private const string Json = """
        { "serial": "A1", "product": "C1", "hs": "8711.60", "market": "US", "delivered": "2028-12-31", "currency": "USD", "made_in": "US", "processing": "simple", "justified": true, "evidence": null,
          "assembly": 213, "inland_freight": 0, "international_freight": 45.5, "transaction_value": "2735.00",
          "components": [ { "item": "MOT-1", "lot": "L1", "quantity": 1, "unit": "EA", "value": 410, "freight": 14, "duty": 16.40, "origin": "HU", "originating": [] },
                          { "item": "RCK-1", "quantity": 2, "value": 60, "freight": 4, "duty": 0, "origin": "US", "originating": ["USMCA", "TCA"], "own": true },
                          { "item": "X", "quantity": 0.5, "value": null } ] }
        """;

    private const string Csv = """
        serial,product,hs,market,delivered,currency,made_in,processing,justified,assembly,inland_freight,international_freight,transaction_value,item,lot,quantity,unit,value,freight,duty,origin,originating,own
        A1,C1,8711.60,US,2028-12-31,USD,US,simple,yes,213,0,45.5,2735,MOT-1,L1,1,EA,410,14,16.40,HU,none,
        A1,,,,,,,,,,,,,RCK-1,,2,,60,4,0,US,USMCA;TCA,yes
        A1,,,,,USD,,,,,,,,X,,0.5,,,,,,,
        """;

    private static (IReadOnlyList<UnitContent> Units, IReadOnlyList<Finding> Findings) Read(string name, string text) => UnitContentFile.Read(name, Encoding.UTF8.GetBytes(text));

    [Fact]
    public void Json_and_csv_say_the_same_and_unknown_is_not_0()
    {
        UnitContent json = Assert.Single(Read("a.json", Json).Units), csv = Assert.Single(Read("a.csv", Csv).Units);
        Assert.Equal(json with { Components = [] }, csv with { Components = json.Components is [] ? [] : [] });
        Assert.Equal(json.Components.Select(static c => c with { Originating = null }), csv.Components.Select(static c => c with { Originating = null }));
        Assert.Equal(json.Components.Select(static c => c.Originating is { } o ? string.Join(';', o) : "unknown"), csv.Components.Select(static c => c.Originating is { } o ? string.Join(';', o) : "unknown"));
        Assert.Equal(["", "USMCA;TCA", "unknown"], json.Components.Select(static c => c.Originating is { } o ? string.Join(';', o) : "unknown"));
        Assert.Equal((new LocalDate(2028, 12, 31), 213_00L, 45_50L, 2735_00L, true), (json.Delivered, json.Assembly, json.InternationalFreight, json.TransactionValue, json.Justified));
        Assert.Equal((null as long?, null as long?, null as long?, "", 0.5m), (json.Components[2].Value, json.Components[2].Freight, json.Components[2].Duty, json.Components[2].Origin, json.Components[2].Quantity));
        Assert.True(json.Components[1].Own);
    }

    [Fact]
    public void A_slip_in_a_name_is_a_finding_not_an_unknown()
    {
        var (units, findings) = Read("a.json", Json.Replace("\"origin\": \"HU\"", "\"orgin\": \"HU\"", StringComparison.Ordinal).Replace("\"quantity\": 2", "\"quantity\": \"two\"", StringComparison.Ordinal).Replace("16.40", "16.405", StringComparison.Ordinal).Replace("simple", "screwed", StringComparison.Ordinal));
        Assert.Empty(units);
        Assert.Equal(["a.json (components[0].orgin) unknown-field", "a.json (components[0].duty) minor-units", "a.json (components[1].quantity) number", "a.json (processing) choice"], findings.Select(static f => $"{f.Place} {f.Rule}"));
        Assert.Equal(["unknown-column"], Read("a.csv", Csv.Replace("originating", "originate", StringComparison.Ordinal)).Findings.Select(static f => f.Rule));
        Assert.Equal(["two-values"], Read("a.csv", Csv.Replace("A1,,,,,USD", "A1,,,,,EUR", StringComparison.Ordinal)).Findings.Select(static f => f.Rule));
        Assert.Equal(["not-json"], Read("a.json", "{").Findings.Select(static f => f.Rule));
        Assert.Equal(["unit-twice"], Read("a.json", $"[{Json},{Json}]").Findings.Select(static f => f.Rule));
        Assert.Equal(["empty"], Read("a.json", "{\"units\": []}").Findings.Select(static f => f.Rule));
    }

    [Fact]
    public void Foreign_bytes_never_throw() => Gen.OneOf(Gen.Byte.Array[0, 80], Gen.Int[0, Json.Length - 1].Select(static n => Encoding.UTF8.GetBytes(Json[..n])), Gen.Int[0, Csv.Length - 1].Select(static n => Encoding.UTF8.GetBytes(Csv[..n]))).Sample(static bytes =>
    {
        foreach (string name in (string[])["x.json", "x.csv"])
        {
            var (units, findings) = UnitContentFile.Read(name, bytes);
            Assert.True(units.Count == 0 == findings.Count > 0);
        }
        var (entries, wrong) = LedgerFile.Read("x.csv", bytes);
        Assert.True(entries.Count == 0 || wrong.Count == 0);
    }, iter: 2000);

    [Fact]
    public void A_ledger_is_read_row_by_row()
    {
        var (entries, findings) = LedgerFile.Read("l.csv", "entry,on,kind,lot,item,quantity,duty,inputs_only,serial,destination,of\n1,2026-02-02,received,L,X,20,328.00,yes,,,\n2,2026-02-03,used,L,,1,,,A,,\n3,2026-02-04,exported,,,,,,A,AU,\n4,2026-02-05,claimed,,,,,,,,3\n5,2026-02-05,released,,,,1.50,,B,,\n"u8);
        Assert.Empty(findings);
        LocalDate day = new(2026, 2, 2);
        Assert.Equal([new LedgerEntry.Received("1", day, "L", "X", 20, 328_00, true), new LedgerEntry.Used("2", day.PlusDays(1), "L", 1, "A"), new LedgerEntry.Exported("3", day.PlusDays(2), "A", "AU"), new LedgerEntry.Claimed("4", day.PlusDays(3), "3"), new LedgerEntry.Released("5", day.PlusDays(3), "B", 1_50)], entries);
        Assert.Equal(["l.csv:2 (duty) required", "l.csv:3 (kind) choice"], LedgerFile.Read("l.csv", "entry,on,kind,lot,quantity,duty\n1,2026-02-02,received,L,20,\n2,2026-02-02,eaten,L,1,\n"u8).Findings.Select(static f => $"{f.Place} {f.Rule}"));
    }
}
