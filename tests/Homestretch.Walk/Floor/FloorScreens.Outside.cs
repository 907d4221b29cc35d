using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Homestretch.Exchange.Gs1;
using Homestretch.Exchange.Printing;
using Homestretch.Server.Tests.Notifying;
using Homestretch.Walk.Screens;
using Microsoft.Playwright;

namespace Homestretch.Walk.Floor;

/// <summary>What is around the app, on one device: a camera that sees a label of the product, a card beside the app, and a new version that comes while work waits.</summary>
public sealed partial class FloorScreens
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_camera_reads_what_the_hub_prints_the_card_is_shown_beside_the_app_and_a_new_version_waits_for_what_is_unsent()
    {
        string lot = (await hub.Board()).GetProperty("expected").EnumerateArray().First(static l => l.GetProperty("state").GetString() == "shipped" && l.GetProperty("revision").GetString() != "").GetProperty("lot").GetString()!;
        string zpl = await hub.Server.Api.GetStringAsync($"/api/v1/floor/labels?site=GVL&lot={Uri.EscapeDataString(lot)}&format=zpl", Cancel), film = Path.Combine(Directory.CreateTempSubdirectory("homestretch-film-").FullName, "label.y4m");
        string printed = Printed(zpl);
        await File.WriteAllBytesAsync(film, Film.Of(DataMatrix.Of(printed, gs1: true)!), Cancel);
        await using FrontDoor door = await FrontDoor.Open(hub.Server.Address);
        await using IBrowser chromium = await hub.Own("--use-fake-device-for-media-stream", $"--use-file-for-fake-video-capture={film}");
        IBrowserContext window = await chromium.NewContextAsync(new() { BaseURL = door.Address, ViewportSize = Walker.Phone, Locale = "en", Permissions = ["camera", "notifications"] });
        await using Receiver service = await Receiver.Start();
        using var played = new PlayedBrowser();
        await window.AddInitScriptAsync(Subscribing(service.Address, played));
        await using FloorDevice device = await hub.Device("GVL-AROUND", window: window);
        await Camera(device, lot, printed);
        await Card(device, service, played, door.Address);
        await NewVersion(device, door);
        await Fault(device);
        Directory.Delete(Path.GetDirectoryName(film)!, true);
    }

    /// <summary>By the camera a label does what it does by a scanner.</summary>
    private static async Task Camera(FloorDevice device, string lot, string printed)
    {
        IPage page = device.Page;
        Assert.False(await page.EvaluateAsync<bool>("async () => 'BarcodeDetector' in self && (await BarcodeDetector.getSupportedFormats()).includes('data_matrix')"), "This browser reads by itself: the app's own reader is not tried.");
        var asked = new List<string>();
        page.Request += (_, r) => asked.Add(new Uri(r.Url).AbsolutePath);
        string[] after = new string[2];
        foreach (bool camera in (bool[])[true, false])
        {
            await device.Go("receive");
            await page.Locator(".cards .card").First.WaitForAsync();
            if (camera) await device.Button("Camera").ClickAsync();
            else await device.Scan(printed);
            await page.WaitForFunctionAsync("lot => location.pathname === '/floor/do/receive' && new URLSearchParams(location.search).get('lot') === lot && document.querySelector('.ask h2, .go .big')", lot);
            after[camera ? 0 : 1] = await page.Locator("main").InnerTextAsync();
            if (camera) await device.Walker.Shoot("floor-camera-read");
        }
        Assert.Equal(after[1], after[0]);
        Assert.Contains("/floor/vendor/barcodes.js", asked);
        Assert.True(await page.EvaluateAsync<bool>("() => !document.querySelector('video')"));
    }

    private async Task Card(FloorDevice device, Receiver service, PlayedBrowser played, string origin)
    {
        IPage page = device.Page;
        ICDPSession devtools = await page.Context.NewCDPSessionAsync(page);
        var registered = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        devtools.Event("ServiceWorker.workerRegistrationUpdated").OnEvent += (_, e) =>
        {
            foreach (JsonElement r in e!.Value.GetProperty("registrations").EnumerateArray()) registered.TrySetResult(r.GetProperty("registrationId").GetString()!);
        };
        await devtools.SendAsync("ServiceWorker.enable");
        await device.Go("settings");
        ILocator on = device.Button("Notification on");
        Assert.Equal("false", await on.GetAttributeAsync("aria-pressed"));
        await device.Button("Deutsch").ClickAsync();
        await device.Button("Mitteilung an").ClickAsync();
        await page.WaitForFunctionAsync("() => [...document.querySelectorAll('.settings button')].some(b => b.innerText === 'Mitteilung an' && b.ariaPressed === 'true')");
        await page.Locator("h2", new() { HasText = "Mitteilung" }).ScrollIntoViewIfNeededAsync();
        await device.Walker.Shoot("floor-card-on");
        await page.SetViewportSizeAsync(854, 480);
        await device.Walker.Shoot("floor-card-on-headset");
        await Sound(page, "settings in German on a headset");
        await page.SetViewportSizeAsync(390, 844);
        JsonElement card = played.Read((await service.Until(static all => all.Count > 0))[0].Body);
        string kit = card.GetProperty("name").GetString()!, id = await registered.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        Assert.Equal("pick", card.GetProperty("kind").GetString());

        JsonElement shown = await Deliver(card.GetRawText(), kit);
        Assert.Equal(($"Kit {kit}", $"{card.GetProperty("place").GetString()}\n{card.GetProperty("count").GetDecimal():0} Teile zu holen", "next", true), (Text("title"), Text("body"), Text("tag"), shown.GetProperty("silent").GetBoolean()));
        Assert.Equal($"pick?build={Uri.EscapeDataString(kit)}", Text("way"));

        // a tap opens the screen within the app that is open
        await InWorker(page, "registration.getNotifications({ tag: 'next' }).then(all => self.dispatchEvent(new NotificationEvent('notificationclick', { notification: all[0] })))");
        await page.WaitForFunctionAsync("kit => location.pathname === '/floor/pick' && new URLSearchParams(location.search).get('build') === kit", kit);
        Assert.Equal(0, await Shown());

        // news stand first, in the language of now; what is there is replaced, and put away by looking at the app
        await device.Go("settings");
        await device.Button("English").ClickAsync();
        await page.Locator("h1", new() { HasText = "Settings" }).WaitForAsync();
        await Comes(page, "async () => (await (await (await caches.open('card')).match('/floor/card-words.json')).json()).language === 'en'");
        await Deliver(card.GetRawText(), "to pick");
        shown = await Deliver(card.GetRawText().Replace("\"news\":[]", "\"news\":[{\"kind\":\"kit-whole\",\"name\":\"B-7\"},{\"kind\":\"bin-calls\",\"name\":\"LS-1\"}]", StringComparison.Ordinal), "B-7");
        Assert.Equal(("Everything is here for kit B-7", $"Bring more to bin LS-1\nNext: Kit {kit}\n{card.GetProperty("place").GetString()} · {card.GetProperty("count").GetDecimal():0} parts to pick", false), (Text("title"), Text("body"), shown.GetProperty("silent").GetBoolean()));
        Assert.Equal(1, await Shown());
        await page.EvaluateAsync("() => document.dispatchEvent(new Event('visibilitychange'))");
        await Comes(page, "async () => (await (await navigator.serviceWorker.ready).getNotifications()).length === 0");

        await device.Button("Notification off").ClickAsync();
        await Comes(page, "async () => !(await caches.has('card'))");
        await device.Says("All sent");

        string Text(string name) => shown.GetProperty(name).GetString()!;
        Task<int> Shown() => page.EvaluateAsync<int>("async () => (await (await navigator.serviceWorker.ready).getNotifications()).length");

        async Task<JsonElement> Deliver(string data, string part)
        {
            await devtools.SendAsync("ServiceWorker.deliverPushMessage", new() { ["origin"] = origin, ["registrationId"] = id, ["data"] = data });
            return JsonElement.Parse(await Comes(page, $$"""
                async () => {
                  const n = (await (await navigator.serviceWorker.ready).getNotifications()).find(n => `${n.title} ${n.body}`.includes('{{part}}'));
                  return n ? JSON.stringify({ title: n.title, body: n.body, tag: n.tag, silent: n.silent, way: n.data.way }) : '';
                }
                """));
        }
    }

    /// <summary>Asks the page until what it answers, in its own time, is true; gives the answer as text.</summary>
    private static async Task<string> Comes(IPage page, string ask)
    {
        for (int i = 0; i < 200; i++, await Task.Delay(100, Cancel))
            if (await page.EvaluateAsync<string>($"async () => {{ const answer = await ({ask})(); return answer ? `${{answer}}` : ''; }}") is { Length: > 0 } answer) return answer;
        throw new TimeoutException($"It did not come within 20 seconds: {ask}");
    }

    /// <summary>Has a floor app's service worker do something, as the browser's own tools do.</summary>
    private static async Task InWorker(IPage page, string what)
    {
        ICDPSession devtools = await page.Context.Browser!.NewBrowserCDPSessionAsync();
        JsonElement targets = (await devtools.SendAsync("Target.getTargets"))!.Value.GetProperty("targetInfos");
        string target = targets.EnumerateArray().First(static t => t.GetProperty("type").GetString() == "service_worker" && t.GetProperty("url").GetString()!.EndsWith("/floor/service-worker.js", StringComparison.Ordinal)).GetProperty("targetId").GetString()!;
        string session = (await devtools.SendAsync("Target.attachToTarget", new() { ["targetId"] = target, ["flatten"] = false }))!.Value.GetProperty("sessionId").GetString()!;
        await devtools.SendAsync("Target.sendMessageToTarget", new() { ["sessionId"] = session, ["message"] = JsonSerializer.Serialize(new { id = 1, method = "Runtime.evaluate", @params = new { expression = what, awaitPromise = true } }) });
    }

    /// <summary>A new version is told at once, put in only when nothing waits, and what was recorded is there before and after.</summary>
    private async Task NewVersion(FloorDevice device, FrontDoor door)
    {
        IPage page = device.Page;
        bool cut = true;
        await page.Context.RouteAsync("**/api/v1/floor/operations", async route => await (cut ? route.AbortAsync() : route.ContinueAsync()));
        await device.Go("do/andon");
        await device.Button("Question").ClickAsync();
        await device.Button("Confirm").ClickAsync();
        await page.Locator(".sync .state", new() { HasText = "1 waiting" }).WaitForAsync();
        door.Bring("next");
        await page.EvaluateAsync("async () => { await (await navigator.serviceWorker.ready).update(); }");
        await page.Locator(".banner", new() { HasText = "A new version is here. It is put in when all is sent." }).WaitForAsync();
        Assert.Equal(0, await device.Button("Update").CountAsync());
        await Accessible(page, "a new version waits");
        await device.Walker.Shoot("floor-update-waits");
        await page.ReloadAsync();
        await page.Locator(".banner", new() { HasText = "It is put in when all is sent." }).WaitForAsync();
        Assert.Null(await page.EvaluateAsync<string?>("() => document.documentElement.dataset.version ?? null"));
        await page.Locator(".sync .state", new() { HasText = "1 waiting" }).WaitForAsync();
        cut = false;
        await device.Button("Update").WaitForAsync();
        Assert.Single(await hub.Ledger("GVL-AROUND"));
        await device.Walker.Shoot("floor-update");
        await page.SetViewportSizeAsync(854, 480);
        await device.Walker.Shoot("floor-update-headset");
        await page.SetViewportSizeAsync(390, 844);
        await device.Button("Update").ClickAsync();
        await page.WaitForFunctionAsync("() => document.documentElement.dataset.version === 'next' && document.querySelector('header h1')");
        await device.Says("All sent");
        Assert.Equal(0, await page.Locator(".banner").CountAsync());
        await device.Go("queue");
        await page.Locator(".entries .accepted").WaitForAsync();
        Assert.Single(await hub.Ledger("GVL-AROUND"));
        Assert.Equal(1, await page.EvaluateAsync<int>("async () => (await caches.keys()).filter(k => k.startsWith('floor-')).length"));
    }

    /// <summary>One operation that the hub takes in no company is found, shown and left out, and what came after it is sent.</summary>
    private async Task Fault(FloorDevice device)
    {
        IPage page = device.Page;
        await page.Context.RouteAsync("**/api/v1/floor/operations", static route => route.AbortAsync());
        foreach (string reason in (string[])[new string('x', 501), "after it"])
        {
            await device.Go("do/andon");
            await device.Button("Other reason").ClickAsync();
            await page.EvaluateAsync("() => document.getElementById('other').removeAttribute('maxlength')");    // an app of another version might let it through
            await page.Locator("#other").FillAsync(reason);
            await device.Button("OK").ClickAsync();
            await device.Button("Confirm").ClickAsync();
        }
        await page.Locator(".sync .state", new() { HasText = "2 waiting" }).WaitForAsync();
        await page.Context.UnrouteAsync("**/api/v1/floor/operations");
        await device.Says("1 refused");
        Assert.Contains("The reason of operation 2 cannot be taken. Number from 1; keep texts below 500 characters.", await device.Wrong(), StringComparison.Ordinal);
        Assert.Single(await hub.Ledger("GVL-AROUND"));
        await device.Go("queue");
        await page.Locator(".entries .refused").WaitForAsync();
        await device.Walker.Shoot("floor-fault");
        await device.Button("Leave out 2").ClickAsync();
        await Sound(page, "an operation that the hub does not take");
        await device.Walker.Shoot("floor-fault-sure");
        await page.SetViewportSizeAsync(854, 480);
        await device.Walker.Shoot("floor-fault-headset");
        await page.SetViewportSizeAsync(390, 844);
        await device.Button("Yes, leave it out").ClickAsync();
        await page.Locator(".sync .state", new() { HasTextRegex = new("^1 refused$") }).WaitForAsync();
        Assert.Contains(await hub.Ledger("GVL-AROUND"), static l => l.Contains("after it", StringComparison.Ordinal));
        Assert.Equal(2, (await hub.Ledger("GVL-AROUND")).Length);
        await page.GetByText("Left out on this device: the hub has not done it.").WaitForAsync();
        await device.Walker.Shoot("floor-fault-left-out");
        await device.Button("Seen 2").ClickAsync();
        await device.Says("All sent");
    }

    /// <summary>The content of a label's GS1 DataMatrix, as a printer reads it out of ZPL.</summary>
    private static string Printed(string zpl)
    {
        string field = Regex.Match(zpl, @"\^BXN.*?\^FD_1(.*?)\^FS", RegexOptions.Singleline).Groups[1].Value;
        Assert.NotEqual("", field);
        return Regex.Replace(field.Replace("_1", $"{Gs1Reading.Separator}", StringComparison.Ordinal), @"\\([0-9A-F]{2})", static m => $"{(char)Convert.ToByte(m.Groups[1].Value, 16)}");
    }

    /// <summary>Stands where a browser would ask its maker's push service, which a test has none of.</summary>
    private static string Subscribing(string service, PlayedBrowser played) => $$"""
        PushManager.prototype.getSubscription = async () => null;
        PushManager.prototype.subscribe = async () => ({ toJSON: () => ({ endpoint: '{{service}}/push/watch', keys: { p256dh: '{{played.Keys.P256dh}}', auth: '{{played.Keys.Auth}}' } }) });
        """;
}
