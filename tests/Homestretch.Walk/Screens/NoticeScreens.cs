using System.Net.Http.Json;
using System.Text.Json;
using Homestretch.Server.Tests.Notifying;
using Homestretch.Walk.Running;
using Microsoft.Playwright;

namespace Homestretch.Walk.Screens;

/// <summary>People read what stands for them, choose how they hear of it, and a browser shows what the server pushes.</summary>
public sealed class NoticeScreens(Browser browser)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_planner_takes_a_notice_and_chooses_what_to_hear()
    {
        await using Walker paula = await browser.Look("/", "paula");
        IPage page = paula.Page;
        await page.Locator("details.person summary").ClickAsync();
        await paula.Shoot("person-menu");
        await page.Locator(".menu a[href='/notices']").ClickAsync();
        // what takes most does not go away while it is looked at
        await page.Locator(".noticelist li[data-key^='situation:']").First.WaitForAsync();
        string situation = (await browser.Ask("situations")).GetProperty("rows").EnumerateArray().MaxBy(static s => s.GetProperty("promises").ValueKind == JsonValueKind.Number ? s.GetProperty("promises").GetDouble() : 0).GetProperty("situation").GetString()!, key = $"situation:{situation}";
        ILocator notice = page.Locator($".noticelist li[data-key='{key}']");
        await notice.WaitForAsync();
        await paula.Shoot("notices");
        await paula.Sized(Walker.Phone.Width, Walker.Phone.Height);
        await paula.Shoot("notices-phone");
        await paula.Sized(Walker.Desk.Width, Walker.Desk.Height);
        string title = await notice.Locator("b").First.InnerTextAsync();
        await notice.GetByRole(AriaRole.Button, new() { Name = "Take it" }).ClickAsync();
        await notice.GetByText("yours").WaitForAsync();
        Assert.Equal("paula", (await browser.Ask("notices")).EnumerateArray().Single(n => n.GetProperty("key").GetString() == key).GetProperty("owner").GetString());
        Assert.Equal("paula", (await browser.Ask($"situations/{situation}")).GetProperty("row").GetProperty("owner").GetString());
        await notice.GetByRole(AriaRole.Button, new() { Name = "Give it back" }).ClickAsync();
        await page.GetByText("It is given back.").First.WaitForAsync();
        await notice.GetByRole(AriaRole.Button, new() { Name = "Take it" }).WaitForAsync();
        await notice.Locator("a").First.ClickAsync();
        await page.Locator("h1", new() { HasText = title.Split(':')[0] }).WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it" }).WaitForAsync(); // nobody has it here either
        await page.GoBackAsync();
        await paula.Settled();

        await page.Locator("main a[href='/notify']").ClickAsync();
        await page.GetByText("A digest by mail, once a day").ClickAsync();
        await page.GetByLabel("Mail address").FillAsync("paula at home");
        await page.GetByLabel("My time zone").FillAsync("Middle/Earth");
        await page.GetByLabel("Mail address").EvaluateAsync("e => e.form.noValidate = true"); // the browser would say it first; the server must say it too
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep this" }).ClickAsync();
        await page.GetByText("'paula at home' is no mail address.").WaitForAsync();
        await page.GetByText("'Middle/Earth' is no time zone.").WaitForAsync();
        await paula.Shoot("notify-refused", whole: true);
        await paula.Sized(Walker.Phone.Width, Walker.Phone.Height);
        await paula.Shoot("notify-phone");
        await paula.Sized(Walker.Desk.Width, Walker.Desk.Height);
        await page.GetByLabel("Mail address").FillAsync("paula@meridian.example.com");
        await page.GetByLabel("My time zone").FillAsync("Europe/Berlin");
        await page.GetByLabel("Quiet from").FillAsync("21:30");
        await page.GetByLabel("Least promises that it takes").FillAsync("0.5");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep this" }).ClickAsync();
        await page.GetByText("It is kept: you are told so from now on.").First.WaitForAsync();
        await page.ReloadAsync();
        await paula.Settled();
        Assert.Equal(("paula@meridian.example.com", "Europe/Berlin", "21:30", "0.5"), (await page.GetByLabel("Mail address").InputValueAsync(), await page.GetByLabel("My time zone").InputValueAsync(), await page.GetByLabel("Quiet from").InputValueAsync(), await page.GetByLabel("Least promises that it takes").InputValueAsync()));
        Assert.True(await page.GetByLabel("A digest by mail, once a day").IsCheckedAsync());
        Assert.Contains((await browser.Ask("audit?text=notify-chosen")).GetProperty("rows").EnumerateArray(), static r => r.GetProperty("actor").GetString() == "paula");
        Assert.Empty(paula.Complaints);
    }

    [Fact]
    public async Task A_browser_is_offered_to_subscribe_and_its_worker_shows_what_the_server_pushed()
    {
        RunningServer server = await browser.Demo();
        // what the server pushes, through a push service played here, to a browser whose key is known here
        await using Receiver service = await Receiver.Start();
        using var played = new PlayedBrowser();
        Assert.True((await played.Subscribe(server.Api, $"{service.Address}/push/admin")).IsSuccessStatusCode);
        Assert.True((await server.Api.PostAsync("/api/v1/notify/try", null, Cancel)).IsSuccessStatusCode);
        JsonElement pushed = played.Read((await service.Until(static all => all.Count > 0))[0].Body);

        await using Walker walker = await browser.Open(server.Address, "/notify", "ahmed", whole: true);      // a page alone has nowhere to show a notice
        IPage page = walker.Page;
        await page.Context.GrantPermissionsAsync(["notifications"], new() { Origin = server.Address });
        await page.ReloadAsync();
        await walker.Settled();
        ILocator add = page.GetByRole(AriaRole.Button, new() { Name = "Add this device" });
        await add.WaitForAsync();
        Assert.True(await add.IsEnabledAsync());
        ICDPSession devtools = await page.Context.NewCDPSessionAsync(page);
        var registered = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        devtools.Event("ServiceWorker.workerRegistrationUpdated").OnEvent += (_, e) =>
        {
            foreach (JsonElement r in e!.Value.GetProperty("registrations").EnumerateArray()) registered.TrySetResult(r.GetProperty("registrationId").GetString()!);
        };
        await devtools.SendAsync("ServiceWorker.enable");
        // pressing registers the worker and asks the browser's push service, which this machine may or may not reach: either is said
        await add.ClickAsync();
        await page.GetByText("is told from now on.").Or(page.GetByText("The browser could not")).First.WaitForAsync();
        await walker.Shoot("notify-subscribing", whole: true);
        string id = await registered.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        await page.EvaluateAsync("() => navigator.serviceWorker.ready.then(() => true)");
        await devtools.SendAsync("ServiceWorker.deliverPushMessage", new() { ["origin"] = server.Address, ["registrationId"] = id, ["data"] = pushed.GetRawText() });
        JsonElement shown = default;
        for (int i = 0; i < 100 && shown.ValueKind != JsonValueKind.Object; i++)
        {
            await Task.Delay(100, Cancel);
            shown = (await page.EvaluateAsync<JsonElement?>("() => navigator.serviceWorker.ready.then(r => r.getNotifications()).then(all => all.length ? { title: all[0].title, body: all[0].body, tag: all[0].tag, path: all[0].data.path } : null)")) ?? default;
        }
        Assert.Equal(JsonValueKind.Object, shown.ValueKind);
        Assert.Equal((pushed.GetProperty("title").GetString(), pushed.GetProperty("body").GetString(), "test", "/notify"), (shown.GetProperty("title").GetString(), shown.GetProperty("body").GetString(), shown.GetProperty("tag").GetString(), shown.GetProperty("path").GetString()));

        // it can be put on a home screen
        JsonElement manifest = JsonElement.Parse(await page.EvaluateAsync<string>("() => fetch(document.querySelector('link[rel=manifest]').href).then(r => r.text())"));
        Assert.Equal(("standalone", "/"), (manifest.GetProperty("display").GetString(), manifest.GetProperty("start_url").GetString()));
        foreach (JsonElement icon in manifest.GetProperty("icons").EnumerateArray())
            Assert.Equal("image/png", (await server.Api.GetAsync(icon.GetProperty("src").GetString(), Cancel)).Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain(walker.Complaints, static c => !c.Contains("Push API in incognito", StringComparison.Ordinal) && !c.Contains("push service", StringComparison.Ordinal)); // the test's own window is incognito
    }

    [Fact]
    public async Task An_administrator_adds_a_webhook_sees_its_messages_and_sends_one_again()
    {
        await using Receiver receiver = await Receiver.Start();
        await using Walker admin = await browser.Look("/notify/webhooks", "admin");
        IPage page = admin.Page;
        await page.GetByText("Add a webhook").ClickAsync();
        await page.GetByLabel("Address").FillAsync("http://hooks.example.com/1");
        await page.GetByLabel("What it is for").FillAsync("chat of the planners");
        await page.GetByLabel("Told of").SelectOptionAsync("delivery");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add it" }).ClickAsync();
        await page.GetByText("It is not https.").WaitForAsync();
        await page.GetByLabel("Address").FillAsync($"{receiver.Address}/chat/a-secret-path");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add it" }).ClickAsync();
        Assert.StartsWith("whsec_", await page.Locator(".once code").InnerTextAsync(), StringComparison.Ordinal);
        await admin.Shoot("webhook-made");
        await page.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Test chat of the planners" }).ClickAsync();
        await page.Locator("tr", new() { HasText = "delivered" }).First.WaitForAsync();
        Assert.DoesNotContain("a-secret-path", await page.ContentAsync(), StringComparison.Ordinal);
        await admin.Shoot("webhooks", whole: true);
        await admin.Sized(Walker.Phone.Width, Walker.Phone.Height);
        await admin.Shoot("webhooks-phone", whole: true);
        await admin.Sized(Walker.Desk.Width, Walker.Desk.Height);
        string id = receiver.All[0].Headers["webhook-id"];
        await page.GetByRole(AriaRole.Button, new() { Name = "Send again" }).First.ClickAsync();
        await receiver.Until(all => all.Count(r => r.Headers["webhook-id"] == id) == 2);
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove chat of the planners" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove chat of the planners" }).ClickAsync();
        await page.GetByText("There is none yet.").WaitForAsync();
        Assert.Empty(admin.Complaints);
    }
}
