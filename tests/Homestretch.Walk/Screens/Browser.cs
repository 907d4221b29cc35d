using Homestretch.Walk.Screens;
using Homestretch.Walk.Stage;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Browser))]

namespace Homestretch.Walk.Screens;

/// <summary>One Chromium and one stage for all screen tests.</summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _chromium;

    internal StageHost Stage { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Stage = await StageHost.Start();
        _playwright = await Playwright.CreateAsync();
        _chromium = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--enable-unsafe-swiftshader"],
        });
    }

    /// <summary>A page signed in as a person of the stage, at desktop or phone width.</summary>
    internal Task<Walker> Open(string path, string login = "dana", bool phone = false, bool dark = false) => Open(Stage.Address, path, login, phone, dark);

    /// <summary>A page of another host, signed in by one click as a person of its demonstration.</summary>
    internal async Task<Walker> Open(string address, string path, string login, bool phone = false, bool dark = false)
    {
        IBrowserContext context = await _chromium!.NewContextAsync(new()
        {
            BaseURL = address,
            ViewportSize = phone ? new() { Width = 375, Height = 812 } : new() { Width = 1440, Height = 900 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            AcceptDownloads = true,
        });
        context.SetDefaultTimeout(12_000);
        var walker = new Walker(await context.NewPageAsync());
        await walker.Page.GotoAsync($"/signin?returnUrl={Uri.EscapeDataString(path)}");
        await walker.Page.Locator($"form[action='/signin/as/{login}'] button").ClickAsync();
        await walker.Settled();
        return walker;
    }

    public async ValueTask DisposeAsync()
    {
        if (_chromium is not null) await _chromium.DisposeAsync();
        _playwright?.Dispose();
        if (Stage is not null) await Stage.DisposeAsync();
    }
}

/// <summary>A page and everything its console complained about.</summary>
internal sealed class Walker : IAsyncDisposable
{
    public Walker(IPage page)
    {
        Page = page;
        page.Console += (_, m) => { if (m.Type is "error" or "warning" && !m.Text.Contains("GPU stall", StringComparison.Ordinal)) Complaints.Add(m.Text); };
        page.PageError += (_, e) => Complaints.Add(e);
    }

    public IPage Page { get; }
    public List<string> Complaints { get; } = [];

    /// <summary>Waits until the circuit is live: the clock of the hub ticks only then.</summary>
    public async Task Settled() => await Page.WaitForFunctionAsync("() => window.Blazor && document.documentElement.dataset.live === 'yes'");

    /// <summary>Saves what is seen when HOMESTRETCH_SHOTS names a folder; for human eyes.</summary>
    public async Task Shoot(string name, bool whole = false)
    {
        if (Environment.GetEnvironmentVariable("HOMESTRETCH_SHOTS") is { Length: > 0 } folder)
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = whole });
    }

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();
}
