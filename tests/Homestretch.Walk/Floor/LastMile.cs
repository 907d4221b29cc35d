using System.Text.Json;
using Homestretch.Walk.Screens;
using Microsoft.Playwright;

namespace Homestretch.Walk.Floor;

/// <summary>The last mile as docs/tour.md walks it: an order is chosen for New York, a container is received, a kit for New York is picked with the network cut in the middle, the unit is built, flashed, tested and labelled, and its proof is opened.</summary>
public sealed class LastMile(Browser browser)
{
    /// <summary>The afternoon of the demonstration's day, by the clock of Greenville: the next day is Thanksgiving.</summary>
    private const string Afternoon = "2026-11-25T14:00";
    private static readonly ViewportSize s_headset = new() { Width = 854, Height = 480 };

    [Theory]
    [InlineData("phone", "C1-100001")]
    [InlineData("headset", "C1-100002")]
    public async Task From_an_order_for_New_York_to_the_proof_of_its_unit(string kind, string serial)
    {
        await using var hub = new FloorHub(browser);
        await hub.InitializeAsync();
        ViewportSize size = kind == "phone" ? Walker.Phone : s_headset;
        await using Walker office = await browser.Open(hub.Server.Address, "/orders/configure?market=NY", "paula", door: true);
        await office.Sized(size.Width, size.Height);
        string order = await Ordered(office, kind);
        await Held(office, kind);

        await using FloorDevice device = await hub.Device($"GVL-{kind}", size);
        await Received(hub, device);
        JsonElement kit = (await hub.Board()).GetProperty("kits").EnumerateArray().First(k => k.GetProperty("order_line").GetString() == order);
        Assert.Equal("NY", kit.GetProperty("market").GetString());
        string[] picked = await Kitted(device, kit);
        await Built(hub, device, serial, kind);
        await device.Page.Context.SetOfflineAsync(false);
        await device.Says("All sent");
        string[] ledger = await hub.Ledger($"GVL-{kind}");
        Assert.All(ledger, static l => Assert.Contains(",accepted,", l, StringComparison.Ordinal));
        Assert.Equal(ledger.Length, ledger.Select(static l => l.Split(',')[0]).Distinct().Count());
        Assert.DoesNotContain(device.Walker.Complaints, static c => !c.Contains("ERR_INTERNET_DISCONNECTED", StringComparison.Ordinal));

        await Proven(office, order, serial, kind, picked);
        Assert.Empty(office.Complaints);
    }

    /// <summary>The illegal throttle is refused with both laws; what is left is quoted and placed.</summary>
    /// <returns>The order line.</returns>
    private static async Task<string> Ordered(Walker office, string kind)
    {
        IPage page = office.Page;
        await page.Locator("[data-option='28mph'][data-state=impossible]").First.WaitForAsync();
        await page.Locator("[data-feature=throttle] [data-option='28mph']").GetByRole(AriaRole.Radio).ClickAsync();
        ILocator refusal = page.Locator("[data-refused] .refusal[data-key='throttle=28mph']");
        await refusal.WaitForAsync();
        string said = await refusal.InnerTextAsync();
        Assert.Contains("15 U.S.C. 2085(b)", said, StringComparison.Ordinal);
        Assert.Contains("N.Y. Vehicle and Traffic Law § 102-c", said, StringComparison.Ordinal);
        await FloorScreens.Accessible(page, $"{kind} configure");
        await refusal.GetByRole(AriaRole.Button, new() { Name = "Leave it" }).ClickAsync();
        await refusal.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Locator("[data-feature=rack] [data-option=no]").GetByRole(AriaRole.Radio).ClickAsync();
        await page.Locator("[data-feature=rack] [data-option=no][data-state=chosen]").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Take all as proposed" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Your order" }).WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Quote and place it" }).ClickAsync();
        ILocator drawer = page.Locator("[data-drawer=quote]");
        await drawer.GetByLabel("Wanted by").FillAsync("2026-12-04");
        await drawer.GetByLabel("Class, 1 goes first").FillAsync("1");
        await drawer.GetByRole(AriaRole.Button, new() { Name = "Quote", Exact = true }).ClickAsync();
        await drawer.GetByText("Nine in ten by").WaitForAsync();
        await office.Shoot($"last-mile-{kind}-quote");
        await page.GetByRole(AriaRole.Button, new() { Name = "Place this order" }).ClickAsync();
        await page.Locator("[data-drawer=order] .title[data-key]").WaitForAsync();
        await page.Locator("[data-drawer=order] tr", new() { HasText = "90 %" }).First.WaitForAsync();
        return (await page.Locator("[data-drawer=order] .title").GetAttributeAsync("data-key"))!;
    }

    /// <summary>The planner holds a slot of the same day for it, and accepts the re-plan that makes it so.</summary>
    private static async Task Held(Walker office, string kind)
    {
        IPage page = office.Page;
        ILocator drawer = page.Locator("[data-drawer=order]");
        await drawer.Locator("summary", new() { HasText = "Pin" }).ClickAsync();
        await drawer.GetByLabel("Start", new() { Exact = true }).FillAsync(Afternoon);
        ILocator pin = drawer.Locator("form", new() { HasText = "Hold it" });
        await pin.GetByLabel("Reason").FillAsync("The customer waits for it");
        await pin.GetByRole(AriaRole.Button, new() { Name = "Hold it" }).ClickAsync();
        await drawer.GetByText("25 Nov 14:00 - The customer waits for it").WaitForAsync();
        await page.GotoAsync("/orders?show=proposal:now");
        await office.Settled();
        ILocator accept = page.GetByRole(AriaRole.Button, new() { Name = "Accept the whole proposal" });
        await accept.WaitForAsync();
        await office.Shoot($"last-mile-{kind}-proposal");
        await accept.ClickAsync();
        await accept.WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    private static async Task Received(FloorHub hub, FloorDevice device)
    {
        JsonElement lot = (await hub.Board()).GetProperty("expected").EnumerateArray().First(static l => l.GetProperty("state").GetString() == "shipped" && l.GetProperty("put_away").GetString() != "" && l.GetProperty("received").GetDecimal() == 0);
        await device.Open("receive");
        await device.Page.Locator(".cards .card").First.WaitForAsync();
        await device.Scan(lot.GetProperty("lot").GetString()!);
        await device.Page.Locator(".ask h2").WaitForAsync();
        if (lot.GetProperty("revision").GetString() is { Length: > 0 } revision) await device.Button(revision).ClickAsync();
        await device.Page.GetByLabel("Quantity", new() { Exact = true }).FillAsync(lot.GetProperty("quantity").GetDecimal().ToString(System.Globalization.CultureInfo.InvariantCulture));
        await device.Button("OK").ClickAsync();
        if (lot.GetProperty("asks_customs").GetBoolean()) await device.Button("Not known").ClickAsync();
        await device.Scan(lot.GetProperty("put_away").GetString()!);
        await device.Button("Confirm").ClickAsync();
        await device.Says("All sent");
    }

    /// <summary>Half of the kit with the network, half without.</summary>
    private static async Task<string[]> Kitted(FloorDevice device, JsonElement kit)
    {
        IPage page = device.Page;
        Assert.Equal(0, kit.GetProperty("missing").GetArrayLength());
        await device.Open($"pick?build={Uri.EscapeDataString(kit.GetProperty("build").GetString()!)}");
        await page.Locator(".bin").WaitForAsync();
        for (int half = await device.Left() / 2; half > 0; half--) await device.Pick();
        await device.Says("All sent");
        await page.Context.SetOfflineAsync(true);
        await device.Says("Offline");
        while (await page.Locator(".bin").CountAsync() > 0) await device.Pick();
        return [.. kit.GetProperty("picks").EnumerateArray().Select(static p => p.GetProperty("item").GetString()!)];
    }

    /// <summary>Every step as its card asks: parts and firmware are scanned, values entered, a torque that is too low is caught.</summary>
    private static async Task Built(FloorHub hub, FloorDevice device, string serial, string kind)
    {
        IPage page = device.Page;
        string hash = (await hub.Server.Api.GetStringAsync("/api/v1/tables/firmware_images.csv", TestContext.Current.CancellationToken)).Split('\n').First(static l => l.Contains(",NY,", StringComparison.Ordinal));
        hash = System.Text.RegularExpressions.Regex.Match(hash, "[0-9a-f]{64}").Value;
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Begin ") }).ClickAsync();
        await device.Scan(serial);
        await device.Button("Confirm").ClickAsync();
        bool erred = false;
        await page.Locator(".step-card h2").WaitForAsync();
        while (await page.Locator(".step-card").CountAsync() > 0)
        {
            string step = await page.Locator(".step-card h2").InnerTextAsync(), now = await page.Locator(".step-card .word").InnerTextAsync();
            if (kind == "headset" || step.Contains("Firmware", StringComparison.Ordinal) || step.Contains("Label", StringComparison.Ordinal)) await device.Walker.Shoot($"last-mile-{kind}-{now.Split(' ')[1]}");
            ILocator measures = page.Locator(".measure input");
            int count = await measures.CountAsync();
            for (int i = 0; i < count; i++) await measures.Nth(i).FillAsync(Within(await page.Locator(".measure").Nth(i).InnerTextAsync(), broken: !erred && step.Contains("Fork", StringComparison.Ordinal)));
            string lead = await page.Locator(".lead").CountAsync() > 0 ? await page.Locator(".lead").First.InnerTextAsync() : "";
            if (lead.Contains("needs its firmware release", StringComparison.Ordinal))
            {
                // asked for while there is no network, given when it is back for a moment
                await device.Button("Firmware release").ClickAsync();
                await page.GetByText("comes with the network").WaitForAsync();
                await page.Context.SetOfflineAsync(false);
                await device.Says("All sent");
                await page.Locator(".lead", new() { HasText = "card" }).WaitForAsync();
                Assert.Matches("^Release [1-9]/", await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Release ") }).InnerTextAsync());
                await page.Context.SetOfflineAsync(true);
                await device.Says("Offline");
                lead = await page.Locator(".lead").First.InnerTextAsync();
            }
            if (lead.Contains("card", StringComparison.OrdinalIgnoreCase)) await device.Scan($"https://meridian.example/firmware/{hash}");
            else if (System.Text.RegularExpressions.Regex.Match(lead, @"\(([A-Z0-9-]+)\)") is { Success: true } part) await device.Scan(part.Groups[1].Value);
            else if (!erred && step.Contains("Fork", StringComparison.Ordinal))
            {
                erred = true;
                await FloorScreens.Accessible(page, $"{kind} {step}");
                await device.Button("Record as failed").ClickAsync();
            }
            else await device.Button("Done").ClickAsync();
            await page.WaitForFunctionAsync("was => (document.querySelector('.step-card .word')?.innerText ?? 'all') !== was", now);
        }
        Assert.True(erred);
        await FloorScreens.Accessible(page, $"{kind} all done");
        await device.Walker.Shoot($"last-mile-{kind}-complete");
        await page.Locator(".sync .state", new() { HasText = "waiting" }).WaitForAsync();
        await page.Locator(".go .big").ClickAsync();
        await page.Locator(".sync .state", new() { HasText = "waiting" }).WaitForAsync();
    }

    /// <summary>A value within the limits that a field says: 'between 5 and 6', 'at least 2', 'at most 0.5'.</summary>
    private static string Within(string said, bool broken)
    {
        decimal[] limits = [.. System.Text.RegularExpressions.Regex.Matches(said, @"\d+(\.\d+)?").Select(static m => decimal.Parse(m.Value, System.Globalization.CultureInfo.InvariantCulture))];
        decimal value = broken ? 0.1m : limits.Length == 2 ? (limits[0] + limits[1]) / 2 : limits[0];
        return value.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task Proven(Walker office, string order, string serial, string kind, string[] picked)
    {
        IPage page = office.Page;
        await page.GotoAsync($"/units?show=order:{Uri.EscapeDataString(order)}");
        await office.Settled();
        await page.Locator($"[data-drawer=order] li[data-key='{serial}'] a").ClickAsync();
        await page.Locator($"section[data-key='{serial}']").WaitForAsync();
        await office.Settled();
        Assert.Equal(order, await page.Locator("dl.facts a").First.InnerTextAsync());
        await page.Locator(".claims li").First.WaitForAsync();
        string[] inside = await page.Locator("[data-key=parts] tbody tr").EvaluateAllAsync<string[]>("rows => rows.map(r => r.dataset.key)");
        Assert.Equal(picked.Distinct().Order(StringComparer.Ordinal), inside.Distinct().Order(StringComparer.Ordinal));
        string steps = await page.Locator("[data-key=steps]").InnerTextAsync();
        Assert.Contains("attempt 2", steps, StringComparison.Ordinal);
        Assert.Contains("Firmware of the market", steps, StringComparison.Ordinal);
        Assert.Contains("4.2.1", await page.Locator("dl.facts .hash").InnerTextAsync(), StringComparison.Ordinal);
        await page.GetByLabel("May it say").FillAsync("Made in USA");
        await page.GetByLabel("Delivered on").FillAsync("2026-12-01");
        await page.GetByLabel("Cost of assembly").FillAsync("213");
        await page.GetByLabel("Assembly is").SelectOptionAsync(new SelectOptionValue { Label = "putting together only" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Count", Exact = true }).ClickAsync();
        await page.Locator("[data-key=label][data-state=refused]").WaitForAsync();
        await office.Shoot($"last-mile-{kind}-proof", whole: true);
        await FloorScreens.Accessible(page, $"{kind} proof");
        (int width, int height) = (page.ViewportSize!.Width, page.ViewportSize.Height);
        await office.Sized(Walker.Desk.Width, Walker.Desk.Height);
        await page.EvaluateAsync("() => scrollTo(0, 0)");
        await office.Shoot("tour-proof");
        await office.Sized(width, height);
        Assert.Equal(0, await page.EvaluateAsync<double>("() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));
        IAPIResponse pdf = await page.APIRequest.GetAsync(new Uri(new Uri(page.Url), $"/api/v1/units/{serial}/evidence.pdf?label=Made%20in%20USA&delivered=2026-12-01&assembly=213&processing=simple").ToString());
        Assert.StartsWith("%PDF", System.Text.Encoding.Latin1.GetString((await pdf.BodyAsync())[..4]), StringComparison.Ordinal);

        // and from a part of it back to every unit that has one like it
        await page.GotoAsync($"/recall?item={inside[0]}");
        await office.Settled();
        await page.Locator($"[data-key=units] tr[data-key='{serial}']").WaitForAsync();
        await office.Shoot($"last-mile-{kind}-recall", whole: true);
        await FloorScreens.Accessible(page, $"{kind} recall");
    }
}
