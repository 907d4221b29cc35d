using System.Text.Json;
using Homestretch.Walk.Screens;
using Microsoft.Playwright;

namespace Homestretch.Walk.Floor;

/// <summary>Every screen of the floor app on a phone and on a headset: accessible, large, without scrolling to what is to be done, from this host alone; and wrong scans are told.</summary>
public sealed partial class FloorScreens(FloorHub hub) : IClassFixture<FloorHub>
{
    private static readonly ViewportSize s_headset = new() { Width = 854, Height = 480 };

    [Theory]
    [InlineData("phone", false)]
    [InlineData("headset", true)]
    public async Task Every_screen_is_accessible_large_and_told_apart_by_voice(string kind, bool dark)
    {
        await using FloorDevice device = await hub.Device(size: kind == "phone" ? Walker.Phone : s_headset, dark: dark);
        IPage page = device.Page;
        var hosts = new HashSet<string>();
        page.Request += (_, r) => hosts.Add(new Uri(r.Url).Authority);
        JsonElement board = await hub.Board();
        string lot = board.GetProperty("expected")[0].GetProperty("lot").GetString()!, build = Uri.EscapeDataString((await hub.Kit()).GetProperty("build").GetString()!);
        foreach (string path in new[] { "", "receive", $"do/receive?lot={Uri.EscapeDataString(lot)}", "store", "do/move", "do/count", "do/hold", "do/andon", "kit", $"pick?build={build}", "build", $"do/begin?build={build}", "queue", "settings", "enrol", "nowhere" })
        {
            await device.Go(path);
            await page.WaitForFunctionAsync("() => document.querySelectorAll('main button, main p').length > 0");
            Assert.Equal($"/floor/{path}", await page.EvaluateAsync<string>("() => location.pathname + location.search"));
            await device.Walker.Shoot($"floor-{kind}-{path.Split('?')[0].Replace('/', '-')}");
            await Sound(page, $"{kind} {path}");
            Assert.True(await page.EvaluateAsync<double>("() => [...document.querySelectorAll('.big, .ask button, .jobs button')].map(b => b.getBoundingClientRect().bottom).reduce((a, b) => Math.max(a, b), 0) - innerHeight") <= 0, $"{kind} {path} must be scrolled");
        }
        await device.Open($"pick?build={build}");
        await device.Scan("NOTHING-7");
        await page.Locator(".wrong").WaitForAsync();
        await device.Walker.Shoot($"floor-{kind}-wrong");
        await Sound(page, $"{kind} wrong");
        Assert.Equal([new Uri(hub.Server.Address).Authority], hosts);
        Assert.Empty(device.Walker.Complaints);
    }

    [Fact]
    public async Task Wrong_scans_buzz_with_the_reason_in_words_and_record_nothing()
    {
        await using FloorDevice device = await hub.Device("GVL-WRONG");
        IPage page = device.Page;
        await page.Context.AddInitScriptAsync("window.felt = []; navigator.vibrate = p => felt.push(p); const tone = AudioContext.prototype.createOscillator; window.heard = 0; AudioContext.prototype.createOscillator = function () { heard++; return tone.call(this); };");
        JsonElement kit = await hub.Kit(), next = kit.GetProperty("picks")[0];
        await device.Open($"pick?build={Uri.EscapeDataString(kit.GetProperty("build").GetString()!)}");
        await page.Locator(".bin").WaitForAsync();
        string bin = next.GetProperty("bin").GetString()!, item = next.GetProperty("item").GetString()!, lot = next.GetProperty("lot").GetString()!;
        JsonElement board = await hub.Board();
        HashSet<string> bins = [.. kit.GetProperty("picks").EnumerateArray().Select(static p => p.GetProperty("bin").GetString()!)], items = [.. kit.GetProperty("picks").EnumerateArray().Select(static p => p.GetProperty("item").GetString()!)];
        string otherBin = board.GetProperty("bins").EnumerateArray().Select(static b => b.GetProperty("bin").GetString()!).First(b => !bins.Contains(b)), otherItem = board.GetProperty("items").EnumerateArray().Select(static i => i.GetProperty("item").GetString()!).First(i => !items.Contains(i));
        foreach (var (scan, says) in new[]
        {
            (otherBin, $"This is bin {otherBin}. Go to {bin}."), (otherItem, $"{otherItem} is not in this kit. Take {item}."), ($"240{item}\u001d10OTHER-LOT", $"Lot OTHER-LOT is not for this kit. Take lot {lot}."),
            (item, "The label does not name its lot. Scan the bin first."), ("(01)09506000134353", "This label cannot be read: (01) has a wrong check digit"), ("RUBBISH", "RUBBISH is not known here."),
        })
        {
            await device.Scan(scan);
            Assert.StartsWith(says, await device.Wrong(), StringComparison.Ordinal);
        }
        Assert.Equal(6, await page.EvaluateAsync<int>("() => felt.filter(p => Array.isArray(p)).length"));
        Assert.Equal(6, await page.EvaluateAsync<int>("() => heard"));
        Assert.Empty(await hub.Ledger("GVL-WRONG"));
        await device.Scan($"]d2240{item}\u001d10{lot}");
        await page.WaitForFunctionAsync("() => document.documentElement.dataset.signal === 'right'");
    }

    [Fact]
    public async Task Goods_are_received_question_by_question_and_a_reload_asks_nothing_twice()
    {
        await using FloorDevice device = await hub.Device("GVL-IN");
        IPage page = device.Page;
        JsonElement lot = (await hub.Board()).GetProperty("expected").EnumerateArray().First(static l => l.GetProperty("state").GetString() == "shipped" && l.GetProperty("put_away").GetString() != "" && l.GetProperty("asks_customs").GetBoolean());
        await device.Open("receive");
        await page.Locator(".cards .card").First.WaitForAsync();
        await device.Scan(lot.GetProperty("lot").GetString()!);
        await page.Locator(".ask h2").WaitForAsync();
        if (lot.GetProperty("revision").GetString() is { Length: > 0 } revision) await device.Button(revision).ClickAsync();
        await page.GetByLabel("Quantity", new() { Exact = true }).FillAsync("2");
        await device.Button("OK").ClickAsync();
        await page.GetByText("How does it stand with customs?").WaitForAsync();
        await Accessible(page, "receive, customs");
        await device.Walker.Shoot("floor-receive-customs");
        await page.SetViewportSizeAsync(854, 480);
        await device.Walker.Shoot("floor-receive-customs-headset");
        Assert.True(await page.EvaluateAsync<bool>("() => [...document.querySelectorAll('.choice')].every(b => b.getBoundingClientRect().bottom <= innerHeight)"));
        await page.SetViewportSizeAsync(390, 844);
        await device.Button("Bonded or free zone").ClickAsync();
        await page.GetByText("Which document says so?").WaitForAsync();
        await page.ReloadAsync();
        await page.GetByText("Which document says so?").WaitForAsync();
        await device.Walker.Shoot("floor-receive-document");
        await device.Scan("IT-4711");
        await page.GetByText("Scan the bin it goes to").WaitForAsync();
        Assert.Contains("IT-4711", await page.Locator(".given").InnerTextAsync(), StringComparison.Ordinal);
        await device.Button($"Use {lot.GetProperty("put_away").GetString()}").ClickAsync();
        await device.Walker.Shoot("floor-receive-confirm");
        await device.Button("Confirm").ClickAsync();
        await device.Says("All sent");
        string told = Assert.Single(await hub.Ledger("GVL-IN"));
        Assert.Contains("customs=bonded; document=IT-4711", told, StringComparison.Ordinal);
        Assert.True(told.Contains(",receive,", StringComparison.Ordinal) && told.Contains(",accepted,", StringComparison.Ordinal), told);
    }

    [Fact]
    public async Task Six_languages_are_spoken_and_who_works_is_a_pseudonym()
    {
        await using FloorDevice device = await hub.Device("GVL-WHO");
        IPage page = device.Page;
        await device.Open("settings");
        await device.Scan("BADGE-4711");
        await page.GetByText("You are op-").WaitForAsync();
        foreach (var (language, title) in new[] { ("Español", "Ajustes"), ("Deutsch", "Einstellungen"), ("Français", "Réglages"), ("Tiếng Việt", "Cài đặt"), ("中文", "设置"), ("English", "Settings") })
        {
            await device.Button(language).ClickAsync();
            await page.Locator("h1", new() { HasText = title }).WaitForAsync();
            await device.Walker.Shoot($"floor-{title}");
            await Sound(page, language);
        }
        await device.Open("do/andon");
        await device.Button("Question").ClickAsync();
        await device.Button("Confirm").ClickAsync();
        await device.Says("All sent");
        string told = Assert.Single(await hub.Ledger("GVL-WHO"));
        Assert.Matches(",op-[0-9a-f]{10},", told);
        Assert.DoesNotContain("4711", told, StringComparison.Ordinal);
    }

    /// <summary>What axe finds is nothing.</summary>
    internal static async Task Accessible(IPage page, string where)
    {
        string[] wrong = await Axe.Violations(page);
        Assert.True(wrong.Length == 0, $"{where}: {string.Join("; ", wrong)}");
    }

    private static async Task Sound(IPage page, string where)
    {
        await Accessible(page, where);
        string small = await page.EvaluateAsync<string>("() => [...document.querySelectorAll('button, input, a')].filter(b => b.offsetParent && (b.offsetHeight < 48 || b.offsetWidth < 48)).map(b => b.outerHTML).join(' ')");
        Assert.True(small.Length == 0, $"{where}: too small: {small}");
        string twins = await page.EvaluateAsync<string>("() => { const names = [...document.querySelectorAll('button')].filter(b => b.offsetParent).map(b => b.getAttribute('aria-label') ?? b.innerText.trim()); return names.filter((n, i) => !n || names.indexOf(n) !== i).join(' | '); }");
        Assert.True(twins.Length == 0, $"{where}: named alike: {twins}");
        Assert.Equal(0, await page.EvaluateAsync<double>("() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));
    }
}
