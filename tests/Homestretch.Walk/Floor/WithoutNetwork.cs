using System.Text.Json;
using Microsoft.Playwright;

namespace Homestretch.Walk.Floor;

/// <summary>The floor app where the network is bad: what is recorded on the device arrives, once, whatever happens between.</summary>
public sealed class WithoutNetwork(FloorHub hub) : IClassFixture<FloorHub>
{
    [Fact]
    public async Task The_network_is_cut_in_the_middle_the_page_is_loaded_again_work_goes_on_and_everything_arrives_once()
    {
        JsonElement kit = await hub.Kit();
        string build = kit.GetProperty("build").GetString()!;
        await using FloorDevice device = await hub.Device("GVL-CUT");
        IPage page = device.Page;
        await device.Open($"pick?build={Uri.EscapeDataString(build)}");
        await page.Locator(".bin").WaitForAsync();
        int lines = await device.Left();
        await device.Pick();
        await device.Pick();
        await device.Says("All sent");

        await page.Context.SetOfflineAsync(true);
        await device.Says("Offline");
        await device.Pick();
        await page.ReloadAsync();
        await page.Locator(".bin").WaitForAsync();
        Assert.Equal(lines - 3, await device.Left());
        await page.Locator(".sync .state", new() { HasText = "waiting" }).WaitForAsync();
        while (await page.Locator(".bin").CountAsync() > 0) await device.Pick();
        await device.Button($"Begin {build}").ClickAsync();
        await device.Scan("C1-CUT-1");
        await device.Button("Confirm").ClickAsync();
        await page.Locator(".step-card h2").WaitForAsync();
        await page.ReloadAsync();
        await page.Locator(".step-card h2").WaitForAsync();
        Assert.Equal("C1-CUT-1", await page.Locator("header h1").InnerTextAsync());
        await page.Locator(".sync .state", new() { HasText = "waiting" }).WaitForAsync();
        await device.Walker.Shoot("floor-offline");
        await device.Open("settings");
        await device.Button("Deutsch").ClickAsync();
        await device.Open("unit?serial=C1-CUT-1");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Rahmen in den Montageständer" }).WaitForAsync();
        Assert.Equal(0, await page.Locator(".foreign").CountAsync());
        await device.Walker.Shoot("floor-step-german");
        await device.Open("settings");
        await device.Button("English").ClickAsync();

        // the first answer is lost on its way: the hub has heard it, the device has not
        int lost = 0;
        await page.Context.RouteAsync("**/api/v1/floor/operations", async route =>
        {
            if (lost++ > 0) { await route.ContinueAsync(); return; }
            await route.FetchAsync();
            await route.AbortAsync();
        });
        await page.Context.SetOfflineAsync(false);
        await device.Says("All sent");
        Assert.True(lost > 1, $"{lost} attempts");
        string[] ledger = await hub.Ledger("GVL-CUT");
        Assert.Equal(lines + 1, ledger.Length);
        Assert.All(ledger, static l => Assert.Contains(",accepted,", l, StringComparison.Ordinal));
        Assert.Equal(ledger.Length, ledger.Select(static l => l.Split(',')[0]).Distinct().Count());
        Assert.Contains((await hub.Board()).GetProperty("units").EnumerateArray(), static u => u.GetProperty("serial").GetString() == "C1-CUT-1");
    }

    [Fact]
    public async Task What_was_decided_otherwise_meanwhile_is_shown_with_its_reason_until_somebody_has_seen_it()
    {
        string build = (await hub.Kit()).GetProperty("build").GetString()!;
        await using FloorDevice slow = await hub.Device("GVL-SLOW"), quick = await hub.Device("GVL-QUICK");
        foreach (FloorDevice d in new[] { slow, quick })
        {
            await d.Open($"pick?build={Uri.EscapeDataString(build)}");
            await d.Page.Locator(".bin").WaitForAsync();
        }
        await slow.Page.Context.SetOfflineAsync(true);
        await slow.Pick();
        await quick.Pick();
        await quick.Says("All sent");
        await slow.Page.Context.SetOfflineAsync(false);
        await slow.Says("1 refused");
        Assert.Contains("kit has all", await slow.Wrong(), StringComparison.Ordinal);
        await slow.Page.ReloadAsync();
        await slow.Says("1 refused");
        await slow.Open("queue");
        await slow.Page.Locator(".entries .refused").WaitForAsync();
        await slow.Walker.Shoot("floor-refused");
        await slow.Button("Seen 1").ClickAsync();
        await slow.Says("All sent");
        Assert.Contains(",kit-has-it,", Assert.Single(await hub.Ledger("GVL-SLOW")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_that_is_shut_out_keeps_its_queue_and_sends_it_when_it_is_enrolled_again()
    {
        await using FloorDevice device = await hub.Device("GVL-OUT");
        JsonElement devices = JsonElement.Parse(await hub.Server.Api.GetStringAsync("/api/v1/floor-devices", TestContext.Current.CancellationToken));
        string id = devices.GetProperty("devices").EnumerateArray().First(static d => d.GetProperty("name").GetString() == "GVL-OUT").GetProperty("id").GetString()!;
        (await hub.Server.Api.DeleteAsync($"/api/v1/floor-devices/{id}", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        await device.Open("do/andon");
        await device.Button("Question").ClickAsync();
        await device.Button("Confirm").ClickAsync();
        await device.Says("Not enrolled · 1 waiting");
        await device.Page.ReloadAsync();
        await device.Says("Not enrolled · 1 waiting");
        await device.Walker.Shoot("floor-shut-out");
        await device.Button("Enrol this device").ClickAsync();
        await device.Page.Locator(".lead").WaitForAsync();
        await device.Scan(hub.Server.Address + await hub.Invitation("GVL-BACK"));
        await device.Says("All sent");
        Assert.Contains(",accepted,", Assert.Single(await hub.Ledger("GVL-BACK")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_kept_cannot_be_read_on_the_disk_and_the_key_cannot_be_taken_out()
    {
        await using FloorDevice device = await hub.Device();
        await device.Page.Context.SetOfflineAsync(true);
        await device.Open("do/andon");
        await device.Button("Question").ClickAsync();
        await device.Button("Confirm").ClickAsync();
        await device.Says("1 waiting");
        string found = await device.Page.EvaluateAsync<string>("""
            async () => {
              const done = r => new Promise((y, n) => { r.onsuccess = () => y(r.result); r.onerror = () => n(r.error); });
              const db = await done(indexedDB.open('homestretch-floor')), get = name => done(db.transaction(name).objectStore(name).getAll());
              const [keys, kept, queue] = [await get('keys'), await get('kept'), await get('queue')], text = new TextDecoder('latin1');
              const out = await crypto.subtle.exportKey('raw', keys[0]).then(() => 'exported', () => 'kept');
              return JSON.stringify({ out, extractable: keys[0].extractable, algorithm: keys[0].algorithm.name, bare: [...kept, ...queue].filter(s => Object.keys(s).join() !== 'iv,data' || /token|andon|Question|A-01/.test(text.decode(s.data))).length, queue: queue.length, kept: kept.length, local: localStorage.length + sessionStorage.length });
            }
            """);
        JsonElement is_ = JsonElement.Parse(found);
        Assert.Equal(("kept", false, "AES-GCM", 0, 1, 0), (is_.GetProperty("out").GetString(), is_.GetProperty("extractable").GetBoolean(), is_.GetProperty("algorithm").GetString(), is_.GetProperty("bare").GetInt32(), is_.GetProperty("queue").GetInt32(), is_.GetProperty("local").GetInt32()));
        Assert.True(is_.GetProperty("kept").GetInt32() >= 3, found);
    }
}
