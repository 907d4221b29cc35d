using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Homestretch.Exchange.Edges;
using Homestretch.Walk.Running;
using Microsoft.Playwright;
using NodaTime;

namespace Homestretch.Walk.Screens;

/// <summary>Edges and their contracts as the hub's people see them and as the supplier does.</summary>
public sealed class EdgeScreens(Browser browser)
{
    private const string Edge = "MIHO/hall-2";
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_supplier_sees_its_own_edge_and_contract_and_ends_it_at_once()
    {
        RunningServer server = await browser.Demo();
        using var edge = new HttpClient { BaseAddress = new($"{server.Address}/api/v1/edge/") };
        edge.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Edge}:any")));
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string machine = (await browser.Ask("machines?take=100")).GetProperty("rows").EnumerateArray().First(static m => m.GetProperty("supplier").GetString() == "Miho Battery Packs").GetProperty("machine").GetString()!;
        await Sign(server, edge, key, machine);
        var record = new EdgeRecord(1, machine, Instant.FromUnixTimeSeconds(1_800_000_000), [new("Pressure", 3.2)], RecordMarks.Historical);
        Assert.True((await edge.PostAsync("records", new ByteArrayContent(new Transmission(1, "raw@0badcafe", record.At, [record]).ToBytes()), Cancel)).IsSuccessStatusCode);
        Assert.True((await edge.PostAsync("status", new ByteArrayContent(Status().ToBytes()), Cancel)).IsSuccessStatusCode);

        await using Walker planner = await browser.Look("/machines/edges", "paula");
        ILocator row = planner.Page.Locator($"tr[data-key='{Edge}']");
        await row.GetByText("in force").WaitForAsync();
        Assert.Contains("1,204", await row.InnerTextAsync());
        await planner.Shoot("edges");
        await planner.Sized(Walker.Phone.Width, Walker.Phone.Height);
        await planner.Shoot("edges-phone");
        await row.GetByRole(AriaRole.Link).ClickAsync();
        await planner.Page.GetByText("one in 10 s, in steps of 0.1, 1 h late").WaitForAsync();
        await planner.Shoot("edge-drawer-phone");
        Assert.Equal(0, await planner.Page.GetByRole(AriaRole.Button, new() { Name = "Revoke the contract" }).CountAsync());

        await using Walker supplier = await browser.Look($"/machines/edges?show=edge:{Uri.EscapeDataString(Edge)}", "mina");
        IPage page = supplier.Page;
        await page.GetByText("Every value that left stands in the edge's own log").WaitForAsync();
        await supplier.Shoot("edge-drawer-supplier");
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke the contract" }).ClickAsync();
        await page.GetByText("It takes a new contract, signed by both, to go on.").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke it now" }).ClickAsync();
        await page.GetByText($"The contract of {Edge} is revoked.").First.WaitForAsync();
        await page.Locator("dialog .state", new() { HasTextString = "revoked" }).First.WaitForAsync();
        await supplier.Shoot("edge-drawer-revoked");
        using HttpResponseMessage refused = await edge.PostAsync("records", new ByteArrayContent(new Transmission(1, "raw@0badcafe", record.At, [record with { Sequence = 2 }]).ToBytes()), Cancel);
        Assert.Equal(422, (int)refused.StatusCode);
        JsonElement told = await browser.Ask("audit?text=edge-contract-revoked");
        Assert.Equal(Edge, told.GetProperty("rows")[0].GetProperty("subject").GetString());
        Assert.Empty(supplier.Complaints.Concat(planner.Complaints));
    }

    private static async Task Sign(RunningServer server, HttpClient edge, ECDsa key, string machine)
    {
        using HttpResponseMessage trusted = await server.Api.PutAsJsonAsync($"/api/v1/edges/{Edge}/key", new { public_key = key.ExportSubjectPublicKeyInfoPem() }, Cancel);
        Assert.True(trusted.IsSuccessStatusCode, await trusted.Content.ReadAsStringAsync(Cancel));
        var contract = new DataContract("MIHO", "MERIDIAN", "ready dates of lots", Instant.FromUtc(2020, 1, 1, 0, 0), null, [new("*", "State"), new(machine, "Pressure", 10, 0.1, 3600)]);
        using HttpResponseMessage proposed = await server.Api.PostAsync($"/api/v1/edges/{Edge}/documents/contract", new ByteArrayContent(contract.ToBytes()), Cancel);
        Assert.True(proposed.IsSuccessStatusCode, await proposed.Content.ReadAsStringAsync(Cancel));
        SignedDocument document = SignedDocument.Read(await edge.GetByteArrayAsync("documents/contract/1", Cancel), "contract", [])!;
        using HttpResponseMessage signed = await edge.PostAsync("documents", new ByteArrayContent(document.Signed(Signer.Supplier, key).ToBytes()), Cancel);
        Assert.True(signed.IsSuccessStatusCode, await signed.Content.ReadAsStringAsync(Cancel));
    }

    private static EdgeStatus Status() => new("0.1.0", Instant.FromUtc(2026, 3, 2, 6, 0), -0.3, null, 4_300_000, new Dictionary<DocumentKind, int> { [DocumentKind.Contract] = 1 },
        [new("event@0badcafe", 5_000, 5_000), new("raw@0badcafe", 1_205, 1)], new SortedDictionary<string, long> { ["rebirth start"] = 1, ["rebirth hub"] = 2 }, ["cell: a message was passed over: it is not JSON."]);
}
