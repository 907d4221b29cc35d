using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Homestretch.Walk.Running;
using Homestretch.Walk.Screens;
using Microsoft.Playwright;

namespace Homestretch.Walk.Floor;

/// <summary>A hub with the demonstration company, and devices on its floor.</summary>
public sealed class FloorHub(Browser browser) : IAsyncLifetime
{
    private readonly SemaphoreSlim _enrolling = new(1, 1);
    private HttpClient? _reader;
    private int _devices;

    internal RunningServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await RunningServer.Start();
        await Server.LoadDemo();
    }

    public async ValueTask DisposeAsync()
    {
        _reader?.Dispose();
        _enrolling.Dispose();
        await Server.DisposeAsync();
    }

    /// <summary>Path that a device opens to be enrolled, as the QR has it.</summary>
    internal async Task<string> Invitation(string? name = null)
    {
        using HttpResponseMessage invited = await Server.Api.PostAsJsonAsync("/api/v1/floor-devices", new { name = name ?? $"GVL-{Interlocked.Increment(ref _devices):00}", site = "GVL", role = "administrator" });
        return (await invited.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("path").GetString()!;
    }

    /// <summary>A device that was enrolled by opening the QR's link, and has the app on it.</summary>
    /// <param name="window">Its window; null: a new one.</param>
    internal async Task<FloorDevice> Device(string? name = null, ViewportSize? size = null, bool dark = false, IBrowserContext? window = null)
    {
        window ??= await browser.Window(Server.Address, size ?? Walker.Phone, dark);
        window.SetDefaultTimeout(60_000);
        var device = new FloorDevice(new Walker(await window.NewPageAsync()));
        await device.Page.GotoAsync(await Invitation(name));
        await device.Page.Locator(".jobs").WaitForAsync();
        await device.Page.EvaluateAsync("async () => { await navigator.serviceWorker.ready; while (!navigator.serviceWorker.controller) await new Promise(r => setTimeout(r, 50)); }");
        await device.Page.WaitForFunctionAsync("() => !document.querySelector('.foot')?.textContent.endsWith('in')");
        return device;
    }

    internal Task<IBrowser> Own(params string[] more) => browser.Own(more);

    /// <summary>A screen of the hub, as the planner sees it.</summary>
    internal Task<Walker> Office(string path, bool phone = false) => browser.Open(Server.Address, path, "paula", phone);

    /// <summary>The hub's board, as another device of the site gets it.</summary>
    internal async Task<JsonElement> Board()
    {
        await _enrolling.WaitAsync();
        try { _reader ??= await Reader(); }
        finally { _enrolling.Release(); }
        return await _reader.GetFromJsonAsync<JsonElement>("/api/v1/floor/board");
    }

    private async Task<HttpClient> Reader()
    {
        string code = (await Invitation()).Split("#enrol=")[1];
        var http = new HttpClient { BaseAddress = new(Server.Address) };
        using HttpResponseMessage enrolled = await http.PostAsJsonAsync("/api/v1/floor/enrol", new { code });
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await enrolled.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString());
        return http;
    }

    /// <summary>A kit of one unit for which everything is here, the last of the list so that tests leave the first to each other.</summary>
    internal async Task<JsonElement> Kit(int most = 1) => (await Board()).GetProperty("kits").EnumerateArray().First(k => k.GetProperty("missing").GetArrayLength() == 0 && k.GetProperty("picks").GetArrayLength() > 5 && k.GetProperty("units").GetInt32() <= most && k.GetProperty("begun").GetInt32() == 0);

    /// <summary>What the hub's ledger has of a device, as lines of CSV.</summary>
    internal async Task<string[]> Ledger(string device) => [.. (await Server.Api.GetStringAsync("/api/v1/tables/floor_operations.csv")).Split('\n').Where(l => l.Contains($",{device},", StringComparison.Ordinal))];
}

/// <summary>The app on one device, as hands use it.</summary>
internal sealed class FloorDevice(Walker walker) : IAsyncDisposable
{
    public IPage Page => walker.Page;
    public Walker Walker => walker;

    /// <summary>What a scanner does: its keys come faster than those of a hand, and it ends with Enter. FNC1 comes as Ctrl+]. One after the other in the page, because a busy machine would part them.</summary>
    public Task Scan(string code) => Page.EvaluateAsync("""
        code => {
          const key = (key, ctrlKey) => (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true }));
          for (const c of code) c === '\u001d' ? key(']', true) : key(c, false);
          key('Enter', false);
        }
        """, code);

    public async Task Open(string path)
    {
        await Page.GotoAsync($"/floor/{path}");
        await Page.Locator("header h1").WaitForAsync();
    }

    /// <summary>Goes to a screen by way of the app's first, within the app: opening it anew starts it anew, which takes seconds of a core.</summary>
    public async Task Go(string path)
    {
        await Page.EvaluateAsync("() => Blazor.navigateTo('/floor/')");
        await Page.Locator(".jobs:not(.five)").WaitForAsync();
        await Page.EvaluateAsync("() => { document.querySelector('.jobs').dataset.first = 'yes'; scrollTo(0, 0); }");
        if (path.Length == 0) return;
        await Page.EvaluateAsync("path => Blazor.navigateTo(`/floor/${path}`)", path);
        await Page.WaitForFunctionAsync("() => !document.querySelector('[data-first]') && document.querySelector('header h1')");
    }

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>Waits until the field at the top right says so.</summary>
    public Task Says(string state) => Page.Locator(".sync .state", new() { HasText = state }).WaitForAsync();

    /// <summary>The red card with its reason, put away again.</summary>
    public async Task<string> Wrong()
    {
        string text = await Page.Locator("#wrong-text").InnerTextAsync();
        Assert.Equal("wrong", await Page.EvaluateAsync<string>("() => document.documentElement.dataset.signal"));
        await Button("Understood").ClickAsync();
        await Page.Locator(".wrong").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        return text;
    }

    /// <summary>Picks what the screen shows: the bin, then the part, then the button when it is more than one.</summary>
    public async Task Pick()
    {
        int left = await Left();
        await Scan(await Page.Locator(".bin").InnerTextAsync());
        await Page.Locator(".where.right").WaitForAsync();
        await Scan((await Page.Locator(".many").InnerTextAsync()).Split("× ")[1]);
        await Page.WaitForFunctionAsync("left => document.querySelector('.confirm .big') || !document.querySelector('.bin') || parseInt(document.querySelector('.foot').textContent) < left", left);
        if (await Page.Locator(".confirm .big").CountAsync() > 0) await Page.Locator(".confirm .big").ClickAsync();
        await Page.WaitForFunctionAsync("left => !document.querySelector('.bin') || parseInt(document.querySelector('.foot').textContent) < left", left);
    }

    public async Task<int> Left() => int.Parse((await Page.Locator(".foot").InnerTextAsync()).Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);

    public ValueTask DisposeAsync() => walker.DisposeAsync();
}
