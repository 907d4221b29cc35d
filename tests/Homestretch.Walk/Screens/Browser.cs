using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Homestretch.Walk.Running;
using Homestretch.Walk.Screens;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Browser))]

namespace Homestretch.Walk.Screens;

/// <summary>One Chromium for all screen tests, and one server with the demonstration company at rest for those that only look.</summary>
public sealed class Browser : IAsyncLifetime
{
    /// <summary>The same engine twice; the first draws no window around its pages, which is what takes longest.</summary>
    private const string Bare = "/usr/bin/chromium-headless-shell", Whole = "/usr/bin/chromium";

    private readonly Lazy<Task<(RunningServer Server, RunningSimulator Simulator)>> _demo = new(Play);
    private readonly ConcurrentDictionary<string, Lazy<Task<Walker>>> _looking = new(StringComparer.Ordinal);
    private IPlaywright? _playwright;
    private IBrowser? _chromium;
    private Lazy<Task<IBrowser>>? _whole;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _chromium = await Launch(_playwright, Bare);
        _whole = new(() => Launch(_playwright, Whole));
    }

    /// <summary>A Chromium of its own with a window around its pages, for what is said at its start, such as which film its camera shows.</summary>
    internal Task<IBrowser> Own(params string[] more) => Launch(_playwright!, Whole, more);

    private static Task<IBrowser> Launch(IPlaywright playwright, string program, params string[] more) => playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = program,
        Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--enable-unsafe-swiftshader", .. more],
    });

    /// <summary>The shared server; its company plays in real time, so that machines report and little else moves.</summary>
    internal async Task<RunningServer> Demo() => (await _demo.Value).Server;

    /// <summary>An answer of the shared server's API.</summary>
    internal async Task<JsonElement> Ask(string path) => await (await Demo()).Api.GetFromJsonAsync<JsonElement>($"/api/v1/{path}");

    /// <summary>A table of the shared server as CSV.</summary>
    internal async Task<string> Table(string name) => await (await Demo()).Api.GetStringAsync($"/api/v1/tables/{name}.csv");

    /// <summary>A page of the shared server, signed in. In the path '{order}', '{lot}' and '{machine}' stand for one that is at risk,
    /// one that is being made and the one it is made on.</summary>
    internal async Task<Walker> Open(string path, string login = "paula", bool phone = false)
    {
        RunningServer server = await Demo();
        if (path.Contains('{', StringComparison.Ordinal)) path = await Filled(server, path);
        return await Open(server.Address, path, login, phone);
    }

    /// <summary>A page of another host, signed in as a person of its demonstration.</summary>
    /// <param name="whole">With all that a window has around its page, such as notifications.</param>
    /// <param name="door">By a click at the door, as a person does; else the browser asks for what that click asks for, and no page is drawn for it.</param>
    internal async Task<Walker> Open(string address, string path, string login, bool phone = false, bool dark = false, bool whole = false, bool door = false)
    {
        IBrowserContext context = await (whole ? await _whole!.Value : _chromium!).NewContextAsync(new()
        {
            BaseURL = address,
            ViewportSize = phone ? Walker.Phone : Walker.Desk,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            AcceptDownloads = true,
        });
        context.SetDefaultTimeout(20_000);
        var walker = new Walker(await context.NewPageAsync());
        if (door)
        {
            await walker.Page.GotoAsync($"/signin?returnUrl={Uri.EscapeDataString(path)}");
            await walker.Page.Locator($"form[action='/signin/as/{login}'] button").ClickAsync();
        }
        else
        {
            await SignIn(context.APIRequest, login);
            await walker.Page.GotoAsync(path);
        }
        await walker.Settled();
        return walker;
    }

    private static async Task SignIn(IAPIRequestContext request, string login)
    {
        string token = Visitor.AntiforgeryToken().Match(await (await request.GetAsync("/signin")).TextAsync()).Groups[1].Value;
        IFormData form = request.CreateFormData().Set("__RequestVerificationToken", token).Set("returnUrl", "/");
        IAPIResponse answer = await request.PostAsync($"/signin/as/{login}", new() { Form = form, MaxRedirects = 0 });
        if (answer.Status != (int)HttpStatusCode.Redirect) throw new InvalidOperationException($"Signing in as {login} answered {answer.Status}.");
    }

    /// <summary>A page of the shared server in the window of someone who signed in before: quicker, for tests that only look.</summary>
    internal async Task<Walker> Look(string path, string login = "paula")
    {
        RunningServer server = await Demo();
        IBrowserContext context = (await _looking.GetOrAdd(login, who => new(() => Open(server.Address, "/nowhere", who, door: true))).Value).Page.Context;
        var walker = new Walker(await context.NewPageAsync(), shared: true);
        await walker.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await walker.Page.GotoAsync(path.Contains('{', StringComparison.Ordinal) ? await Filled(server, path) : path);
        await walker.Settled();
        return walker;
    }

    /// <summary>A window of its own, as a device with that screen has it.</summary>
    internal Task<IBrowserContext> Window(string address, ViewportSize size, bool dark) => _chromium!.NewContextAsync(new() { BaseURL = address, ViewportSize = size, ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light, Locale = "en" });

    /// <summary>A page of no server, for what a test makes up itself.</summary>
    internal async Task<Walker> Blank() => new(await _chromium!.NewPageAsync());

    public async ValueTask DisposeAsync()
    {
        if (_chromium is not null) await _chromium.DisposeAsync();
        if (_whole is { IsValueCreated: true }) await (await _whole.Value).DisposeAsync();
        _playwright?.Dispose();
        if (!_demo.IsValueCreated) return;
        var (server, simulator) = await _demo.Value;
        await simulator.DisposeAsync();
        await server.DisposeAsync();
    }

    private static async Task<(RunningServer, RunningSimulator)> Play()
    {
        RunningServer server = await RunningServer.Start(RunningServer.Situations);
        RunningSimulator simulator = await RunningSimulator.Start(server, speed: 1);
        await ModelScreens.Learn(server);
        return (server, simulator);
    }

    /// <summary>A lot on a ship of which somebody but us says when it arrives.</summary>
    internal static async Task<string> AtSea(RunningServer server)
    {
        JsonElement lots = await server.Api.GetFromJsonAsync<JsonElement>("/api/v1/lots?take=400");
        foreach (string lot in lots.GetProperty("rows").EnumerateArray().Where(static l => l.GetProperty("now").GetString()!.StartsWith("by sea", StringComparison.Ordinal)).Select(static l => l.GetProperty("lot").GetString()!))
        {
            JsonElement one = await server.Api.GetFromJsonAsync<JsonElement>($"/api/v1/lots/{Uri.EscapeDataString(lot)}");
            if (one.GetProperty("fan").GetProperty("steps").EnumerateArray().Any(static s => s.GetProperty("voices").GetArrayLength() > 1)) return lot;
        }
        throw new InvalidOperationException("No lot at sea has an estimate.");
    }

    /// <summary>An order line at risk whose kit waits for a lot.</summary>
    private static async Task<string> HeldByALot(RunningServer server)
    {
        JsonElement orders = await server.Api.GetFromJsonAsync<JsonElement>("/api/v1/orders?state=at-risk&take=100");
        foreach (string order in orders.GetProperty("rows").EnumerateArray().Select(static o => o.GetProperty("order_line").GetString()!))
        {
            JsonElement parts = (await server.Api.GetFromJsonAsync<JsonElement>($"/api/v1/orders/{Uri.EscapeDataString(order)}")).GetProperty("parts");
            if (parts.EnumerateArray().Select(static p => p.GetProperty("cell")).Any(static c => c.GetProperty("is_gate").GetBoolean() && c.GetProperty("lot").ValueKind == JsonValueKind.String)) return order;
        }
        throw new InvalidOperationException("No order line at risk waits for a lot.");
    }

    private static async Task<string> Filled(RunningServer server, string path)
    {
        JsonElement machines = await server.Api.GetFromJsonAsync<JsonElement>("/api/v1/machines?take=100");
        JsonElement machine = machines.GetProperty("rows").EnumerateArray().First(static m => m.GetProperty("state").GetString() == "running" && m.GetProperty("lot").ValueKind == JsonValueKind.String);
        return path.Replace("{order}", path.Contains("{order}", StringComparison.Ordinal) ? Uri.EscapeDataString(await HeldByALot(server)) : "", StringComparison.Ordinal)
            .Replace("{machine}", machine.GetProperty("machine").GetString(), StringComparison.Ordinal).Replace("{situation}", path.Contains("{situation}", StringComparison.Ordinal) ? await SituationScreens.Mendable(server) : "", StringComparison.Ordinal).Replace("{sea}", path.Contains("{sea}", StringComparison.Ordinal) ? await AtSea(server) : "", StringComparison.Ordinal).Replace("{lot}", machine.GetProperty("lot").GetString(), StringComparison.Ordinal);
    }
}

/// <summary>A page and everything its console complained about.</summary>
internal sealed class Walker : IAsyncDisposable
{
    public static ViewportSize Desk => new() { Width = 1440, Height = 900 };
    public static ViewportSize Phone => new() { Width = 390, Height = 844 };

    private readonly bool _shared;

    /// <param name="shared">True for one of several pages in a window that stays open.</param>
    public Walker(IPage page, bool shared = false)
    {
        (Page, _shared) = (page, shared);
        page.Console += (_, m) => { if (m.Type is "error" or "warning" && !m.Text.Contains("GPU stall", StringComparison.Ordinal)) Complaints.Add(m.Text); };
        page.PageError += (_, e) => Complaints.Add(e);
    }

    public IPage Page { get; }
    public List<string> Complaints { get; } = [];

    /// <summary>Waits until the circuit is live: the clock of the hub ticks only then.</summary>
    public async Task Settled() => await Page.WaitForFunctionAsync("() => window.Blazor && document.documentElement.dataset.live === 'yes' && !document.querySelector('section[aria-busy=true]')", null, new() { Timeout = 120_000 });

    /// <summary>Waits until the address asks for this, by the browser's own word: Playwright's wait for an address also waits, at times for ever, for a load event that has been.</summary>
    public async Task Asked(string query) => await Page.WaitForFunctionAsync("part => location.search.includes(part)", query);

    /// <summary>Waits until the address is as the expression wants it.</summary>
    public async Task At(string expression) => await Page.WaitForFunctionAsync("wanted => new RegExp(wanted).test(location.href)", expression);

    /// <summary>Saves what is seen when HOMESTRETCH_SHOTS names a folder; for human eyes.</summary>
    public async Task Shoot(string name, bool whole = false)
    {
        if (Environment.GetEnvironmentVariable("HOMESTRETCH_SHOTS") is not { Length: > 0 } folder) return;
        await Page.WaitForFunctionAsync("() => !document.querySelector('.globe .canvas:not([data-ready])')");
        await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = whole, Caret = ScreenshotCaret.Initial }); // hiding it would take a style that pages may not have
    }

    public async ValueTask DisposeAsync() => await (_shared ? Page.CloseAsync() : Page.Context.CloseAsync());
}
