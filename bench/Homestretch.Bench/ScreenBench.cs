using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Homestretch.Bench.Running;
using Homestretch.World;
using Microsoft.Playwright;

namespace Homestretch.Bench;

/// <summary>Time from the publication of a machine's message to the changed forecast of an order line painted in a browser, with ten thousand order lines and
/// telemetry in the background: a machine goes down and up again, and Chromium says when it has painted.</summary>
internal static class ScreenBench
{
    private const string Watch = """
        ([selector]) => {
          const version = () => document.querySelector(selector)?.dataset.version;
          let shown = version();
          window.painted = 0;
          new MutationObserver(() => {
            if (version() === shown) return;
            shown = version();
            requestAnimationFrame(() => setTimeout(() => window.painted = performance.timeOrigin + performance.now()));
          }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-version'] });
        }
        """;

    public static async Task<int> Run(string[] args)
    {
        var (times, rate, tries) = (Of(args, "--times", 29), Of(args, "--rate", 5_000), Of(args, "--tries", 150));
        int others = Of(args, "--others", 0);
        string page = Array.IndexOf(args, "--page") is >= 0 and var i ? args[i + 1] : "order";
        IReadOnlyList<IRecord>[] batches = [.. TimesOver.Batches(ServerRun.DemoCompany(), times)];
        Snapshot company = Snapshot.Of(batches.SelectMany(static b => b));
        await using ServerRun server = await ServerRun.Start();
        long began = Stopwatch.GetTimestamp();
        foreach (IReadOnlyList<IRecord> batch in batches) await server.Tell(batch);
        Console.WriteLine($"{company.OrderLines.Count:N0} order lines, {company.Lots.Count:N0} lots, {company.Machines.Count} machines, told in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s; {rate:N0} metrics/s behind");
        LoadGateway[] load = [.. IngestBench.Gateways(company, 20, 600)];
        foreach (LoadGateway gateway in load) await gateway.Connect(server.MqttPort);
        using var over = new CancellationTokenSource();
        Task background = Task.WhenAll(load.Select(g => g.Run(rate / 20.0 / load.Length, TimeSpan.FromMinutes(30), over.Token)));
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser chromium = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--enable-unsafe-swiftshader"] });
        var (machine, order) = await Gating(server, company);
        for (int n = 0; n < others; n++) await Open(chromium, server, n % 2 == 0 ? "paula" : "sam", "/");
        IPage screen = await Open(chromium, server, "paula", page == "order" ? $"/orders?show=order:{Uri.EscapeDataString(order)}" : page == "orders" ? $"/orders?text={Uri.EscapeDataString(order)}" : $"/?show=order:{Uri.EscapeDataString(order)}");
        string selector = page == "orders" ? $"tr[data-key='{order}']" : $"header.title[data-key='{order}']";
        await screen.Locator(selector).WaitForAsync();
        await screen.EvaluateAsync(Watch, new[] { selector });
        Console.WriteLine($"watching {order} on {page}, {others} other pages open on Today; {machine.Name} makes its gate");

        LoadGateway own = load.Single(g => g.Has(machine.Device));
        var random = new Random(7);
        var times2 = new List<double>();
        int missed = 0;
        TimeSpan busy = server.Busy;
        long measured = Stopwatch.GetTimestamp();
        for (int n = 0; n < tries; n++)
        {
            await Task.Delay(350 + random.Next(250));
            await screen.EvaluateAsync("() => window.painted = 0");
            double sent = (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds;
            await own.Set(machine.Device.Split('/')[2], n % 2 == 0 ? MachineState.Down : MachineState.Running, n % 2 == 0 ? "bench" : "");
            double painted = 0;
            for (long waited = Stopwatch.GetTimestamp(); painted == 0 && Stopwatch.GetElapsedTime(waited).TotalSeconds < 5; await Task.Delay(10)) painted = await screen.EvaluateAsync<double>("() => window.painted");
            if (painted == 0) missed++;
            else times2.Add(painted - sent);
        }
        double cores = (server.Busy - busy) / Stopwatch.GetElapsedTime(measured);
        await over.CancelAsync();
        await background;
        times2.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{times2.Count} times: p50 {Rank(times2, 0.5):0} ms, p90 {Rank(times2, 0.9):0}, p99 {Rank(times2, 0.99):0}, most {times2[^1]:0}; {missed} never seen in 5 s; server {cores:0.00} cores, working set {server.WorkingSet >> 20} MB"));
        return missed == 0 ? 0 : 1;
    }

    private static async Task<IPage> Open(IBrowser chromium, ServerRun server, string login, string at)
    {
        IPage page = await chromium.NewPageAsync(new() { BaseURL = server.Address });
        await page.GotoAsync("/signin?returnUrl=" + Uri.EscapeDataString(at));
        await page.Locator($"form[action='/signin/as/{login}'] button").ClickAsync();
        await page.WaitForFunctionAsync("() => window.Blazor && document.documentElement.dataset.live === 'yes'");
        return page;
    }

    private static double Rank(List<double> sorted, double p) => sorted[Math.Min(sorted.Count - 1, (int)Math.Ceiling(p * sorted.Count) - 1)];

    private static int Of(string[] args, string name, int otherwise) => Array.IndexOf(args, name) is >= 0 and var i ? int.Parse(args[i + 1], CultureInfo.InvariantCulture) : otherwise;

    /// <summary>A machine whose own lot gates an order line, and that order line.</summary>
    private static async Task<(Machine Machine, string Order)> Gating(ServerRun server, Snapshot company)
    {
        foreach (Machine machine in company.Machines.Where(static m => m.Device.Length > 0))
        {
            JsonElement view = await server.Api.GetFromJsonAsync<JsonElement>($"/api/v1/machines/{machine.Id}");
            string lot = Text(view.GetProperty("row"), "lot");
            foreach (JsonElement order in view.GetProperty("behind").EnumerateArray().OrderByDescending(static o => o.GetProperty("gate_share").GetDouble()).Take(10))
            {
                string key = Text(order, "order_line");
                JsonElement parts = (await server.Api.GetFromJsonAsync<JsonElement>($"/api/v1/orders/{Uri.EscapeDataString(key)}")).GetProperty("parts");
                if (lot.Length > 0 && parts.EnumerateArray().Any(p => p.GetProperty("cell").GetProperty("is_gate").GetBoolean() && Text(p.GetProperty("cell"), "lot") == lot)) return (machine, key);
            }
        }
        throw new InvalidOperationException("No machine's lot gates an order line.");
    }

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString() ?? "";
}
