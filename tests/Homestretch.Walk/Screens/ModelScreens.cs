using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Homestretch.Exchange.Edges;
using Homestretch.Walk.Running;
using Microsoft.Playwright;

namespace Homestretch.Walk.Screens;

/// <summary>Models as a planner sees them: cards, training, which version is in force.</summary>
public sealed class ModelScreens(Browser browser)
{
    private const string Winder = "remaining-life/stator winder";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Waits until the player has put its models in force, and asks for a training of delays.</summary>
    internal static async Task Learn(RunningServer server)
    {
        for (int i = 0; i < 300 && (await server.Api.GetStringAsync("/api/v1/models")).Split("\"in_force\":{").Length < 3; i++) await Task.Delay(200);
        using HttpResponseMessage asked = await server.Api.PostAsync("/api/v1/models/arrival-delay/deliveries/train", null);
        // the server may be at it by itself already
        if (!(await asked.Content.ReadAsStringAsync()).Contains("being trained", StringComparison.Ordinal)) asked.EnsureSuccessStatusCode();
    }

    /// <summary>Puts the two models that the demonstration ships in, as versions of one, the first in force, and asks for a training of delays.</summary>
    private static async Task Fill(RunningServer server)
    {
        foreach (string file in (string[])["spindle-bearing", "coolant-pump"])
        {
            using HttpResponseMessage put = await server.Api.PostAsync($"/api/v1/models/{Winder}", new ByteArrayContent(await File.ReadAllBytesAsync(Shipped(file))));
            put.EnsureSuccessStatusCode();
        }
        foreach (string act in (string[])[$"{Winder}/1/in-force", "arrival-delay/deliveries/train"])
        {
            using HttpResponseMessage done = await server.Api.PostAsync($"/api/v1/models/{act}", null);
            done.EnsureSuccessStatusCode();
        }
    }

    [Fact]
    public async Task A_planner_reads_a_card_puts_another_version_in_force_and_rolls_back()
    {
        await using RunningServer server = await RunningServer.Start();
        await server.LoadDemo();
        await Fill(server);
        await using Walker walker = await browser.Open(server.Address, "/machines/models", "paula");
        IPage page = walker.Page;
        ILocator row = page.Locator($"tr[data-key='{Winder}']");
        await row.GetByText("version 1 of 2, 1 candidate").WaitForAsync();
        Assert.Contains("2 machines", await page.Locator("tr[data-key='remaining-life/frame weld cell']").InnerTextAsync(), StringComparison.Ordinal);
        await page.Locator("tr[data-key='arrival-delay/deliveries']").GetByText("of 300 shipments needed").WaitForAsync();
        await walker.Shoot("models", whole: true);
        await row.GetByRole(AriaRole.Link).ClickAsync();
        await page.GetByText("What its trees ask most").WaitForAsync();
        await walker.Shoot("model-drawer");
        await page.GetByRole(AriaRole.Button, new() { Name = "Put in force: version 2" }).ClickAsync();
        await page.GetByText("Version 2 is in force.").First.WaitForAsync();
        await page.Locator("tr[data-version='1']").GetByText("retired").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Roll back to version 1" }).ClickAsync();
        await page.Locator("tr[data-version='1']").GetByText("in force").First.WaitForAsync();

        await page.GetByText("Put a file in").ClickAsync();
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "broken.model", MimeType = "application/octet-stream", Buffer = [.. (await File.ReadAllBytesAsync(Shipped("coolant-pump"), Cancel))[..5000]] });
        await page.Locator("#m-refused").GetByText("The content does not have the hash that the file names.").Or(page.Locator("#m-refused").GetByText("This is no model file.")).WaitForAsync();
        Assert.Equal(2, await page.Locator("tr[data-version]").CountAsync());
        await walker.Shoot("model-refused");
        await page.SetViewportSizeAsync(Walker.Phone.Width, Walker.Phone.Height);
        await walker.Shoot("model-drawer-phone");
        await page.GotoAsync("/machines/models");
        await row.WaitForAsync();
        await walker.Shoot("models-phone", whole: true);
        await page.GotoAsync("/machines/models?show=model:arrival-delay/deliveries");
        await page.GetByRole(AriaRole.Button, new() { Name = "Train now" }).ClickAsync();
        await page.Locator("dialog .state", new() { HasText = "too little to learn from" }).WaitForAsync();
        await walker.Shoot("model-delays-phone");
        Assert.Empty(walker.Complaints);
    }

    [Fact]
    public async Task A_planner_gives_an_edge_its_first_model()
    {
        await using RunningServer server = await RunningServer.Start();
        await server.LoadDemo();
        await Fill(server);
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        foreach (string edge in (string[])["BUKK/edge-1", "BUKK/edge-2", "MIHO/hall-2"])
        {
            using HttpResponseMessage trusted = await server.Api.PutAsJsonAsync($"/api/v1/edges/{edge}/key", new { public_key = key.ExportSubjectPublicKeyInfoPem() }, Cancel);
            trusted.EnsureSuccessStatusCode();
        }
        await using Walker walker = await browser.Open(server.Address, $"/machines/models?show=model:{Winder}", "paula");
        IPage page = walker.Page;
        ILocator form = page.GetByRole(AriaRole.Form, new() { Name = "Give it to an edge" });
        await form.WaitForAsync();
        Assert.Equal(["BUKK/edge-1", "BUKK/edge-2"], (await form.Locator("option").AllInnerTextsAsync()).Select(static o => o.Split(',')[0])); // the other has no winder
        await form.GetByLabel("Edge").SelectOptionAsync("BUKK/edge-2");
        await form.ScrollIntoViewIfNeededAsync();
        await walker.Shoot("model-give");
        await walker.Sized(Walker.Phone.Width, Walker.Phone.Height);
        await form.ScrollIntoViewIfNeededAsync();
        await walker.Shoot("model-give-phone");
        await form.GetByRole(AriaRole.Button, new() { Name = "Give it version 1" }).ClickAsync();
        await page.GetByText("BUKK/edge-2: it is to have version 1 and has not fetched it yet.").WaitForAsync();
        await walker.Shoot("model-given-phone");
        Assert.Equal(1, await form.Locator("option").CountAsync());
        await walker.Sized(1440, 900);
        await page.GetByText("BUKK/edge-2: it is to have").ScrollIntoViewIfNeededAsync();
        await walker.Shoot("model-given");

        using var given = new HttpClient { BaseAddress = new($"{server.Address}/api/v1/edge/") };
        given.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("BUKK/edge-2:any")));
        SignedDocument document = SignedDocument.Read(await given.GetByteArrayAsync("documents/model/1", Cancel), "model", [])!;
        Assert.Equal(await File.ReadAllBytesAsync(Shipped("spindle-bearing"), Cancel), document.Payload);
        JsonElement audit = JsonDocument.Parse(await server.Api.GetStringAsync("/api/v1/audit?text=edge-document-made", Cancel)).RootElement;
        Assert.Equal(("BUKK/edge-2", "paula"), (audit.GetProperty("rows")[0].GetProperty("subject").GetString(), audit.GetProperty("rows")[0].GetProperty("actor").GetString()));
        using HttpResponseMessage again = await server.Api.PostAsync($"/api/v1/models/{Winder}/edges/BUKK/edge-2", null, Cancel), nobody = await server.Api.PostAsync($"/api/v1/models/{Winder}/edges/MIHO/hall-2", null, Cancel);
        Assert.Equal((422, 422), ((int)again.StatusCode, (int)nobody.StatusCode));
        Assert.Empty(walker.Complaints);
    }

    [Fact]
    public async Task Models_are_not_a_suppliers_to_see_nor_a_warehouses_to_change()
    {
        await using Walker supplier = await browser.Look("/machines/models", "mina");
        Assert.Equal(0, await supplier.Page.Locator("tr[data-key]").CountAsync());
        await using Walker warehouse = await browser.Look($"/machines/models?show=model:{Winder}", "wanda");
        await warehouse.Page.GetByText("Card of version 1").WaitForAsync();
        Assert.Equal(0, await warehouse.Page.Locator("dialog button").GetByText("force").CountAsync());
        Assert.Equal(0, await warehouse.Page.GetByRole(AriaRole.Button, new() { Name = "Train now" }).CountAsync());
    }

    private static string Shipped(string model)
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Homestretch.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return Path.Combine(folder, "src", "Homestretch.Cli", "Demo", "Models", $"{model}.model");
    }
}
