using System.Text.Json;
using Homestretch.Walk.Screens;
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
    public async Task A_photo_of_damage_waits_sealed_without_a_network_and_follows_its_receipt()
    {
        JsonElement lot = (await hub.Board()).GetProperty("expected").EnumerateArray().Last(static l => l.GetProperty("state").GetString() == "shipped");
        string number = lot.GetProperty("lot").GetString()!;
        await using FloorDevice device = await hub.Device("GVL-PHOTO");
        IPage page = device.Page;
        await page.Context.SetOfflineAsync(true);
        await device.Open($"do/receive?lot={Uri.EscapeDataString(number)}");
        await page.Locator(".ask h2").WaitForAsync();
        if (lot.GetProperty("revision").GetString() is { Length: > 0 } revision) await device.Button(revision).ClickAsync();
        await page.GetByLabel("Quantity", new() { Exact = true }).FillAsync("1");
        await device.Button("OK").ClickAsync();
        if (lot.GetProperty("asks_customs").GetBoolean()) await device.Button("Not known").ClickAsync();
        await page.GetByText("Scan the bin it goes to").WaitForAsync();
        await device.Scan("QC-1");
        await device.Button("Damaged").ClickAsync();
        await device.Button("Photo").WaitForAsync();
        string drawn = await page.EvaluateAsync<string>("""
            () => {
              const canvas = document.createElement('canvas'), ink = canvas.getContext('2d');
              [canvas.width, canvas.height] = [2400, 1200];
              ink.fillStyle = '#b98'; ink.fillRect(0, 0, 2400, 1200); ink.fillStyle = '#311'; ink.fillRect(900, 300, 500, 400);
              return canvas.toDataURL('image/png').split(',')[1];
            }
            """);
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "damage.png", MimeType = "image/png", Buffer = Convert.FromBase64String(drawn) });
        await page.Locator(".photos img").WaitForAsync();
        Assert.Equal("1600 x 800", await page.EvaluateAsync<string>("async () => { const i = document.querySelector('.photos img'); await i.decode(); return `${i.naturalWidth} x ${i.naturalHeight}`; }"));
        await FloorScreens.Accessible(page, "receive with a photo");
        await device.Walker.Shoot("floor-photo");
        await page.SetViewportSizeAsync(854, 480);
        await device.Walker.Shoot("floor-photo-headset");
        Assert.True(await page.EvaluateAsync<bool>("() => document.querySelector('.go .big').getBoundingClientRect().bottom <= innerHeight"));
        await page.SetViewportSizeAsync(390, 844);
        await page.ReloadAsync();
        await page.Locator(".photos img").WaitForAsync();
        string kept = await page.EvaluateAsync<string>("""
            async () => {
              const done = r => new Promise((y, n) => { r.onsuccess = () => y(r.result); r.onerror = () => n(r.error); });
              const db = await done(indexedDB.open('homestretch-floor')), photos = await done(db.transaction('photos').objectStore('photos').getAll());
              return photos.map(p => Object.keys(p).join() + ' ' + (new Uint8Array(p.data)[0] === 0xFF && new Uint8Array(p.data)[1] === 0xD8)).join();
            }
            """);
        Assert.Equal("iv,data false", kept);
        await device.Button("Confirm").ClickAsync();
        await device.Says("2 waiting");

        // the photo is cut off on its way, the receipt is not
        bool cut = true;
        await page.Context.RouteAsync("**/api/v1/floor/photos/**", async route => await (cut ? route.AbortAsync() : route.ContinueAsync()));
        await page.Context.SetOfflineAsync(false);
        await device.Says("1 waiting");
        Assert.Contains(",accepted,", Assert.Single(await hub.Ledger("GVL-PHOTO")), StringComparison.Ordinal);
        await device.Open("queue");
        await page.GetByText("Photos waiting: 1").WaitForAsync();
        await device.Walker.Shoot("floor-photo-waits");
        cut = false;
        await device.Button("Send now").ClickAsync();
        await device.Says("All sent");
        await page.GetByText("Photos sent: 1").WaitForAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("async () => { const done = r => new Promise(y => { r.onsuccess = () => y(r.result); }); return done((await done(indexedDB.open('homestretch-floor'))).transaction('photos').objectStore('photos').count()); }"));
        JsonElement photo = Assert.Single(JsonElement.Parse(await hub.Server.Api.GetStringAsync($"/api/v1/floor-photos?lot={Uri.EscapeDataString(number)}", TestContext.Current.CancellationToken)).EnumerateArray());
        byte[] picture = await hub.Server.Api.GetByteArrayAsync($"/api/v1/floor-photos/{photo.GetProperty("hash").GetString()}", TestContext.Current.CancellationToken);
        Assert.True(picture is [0xFF, 0xD8, ..]);
        await using Walker office = await hub.Office($"/supply?show=lot:{Uri.EscapeDataString(number)}");
        await office.Settled();
        await office.Page.Locator(".photos img").WaitForAsync();
        await office.Page.WaitForFunctionAsync("() => { const i = document.querySelector('.photos img'); i.loading = 'eager'; return i.complete && i.naturalWidth === 1600; }");
        await office.Page.Locator(".photos").ScrollIntoViewIfNeededAsync();
        await office.Shoot("lot-photos");
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
