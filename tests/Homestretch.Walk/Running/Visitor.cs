using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Homestretch.World;

namespace Homestretch.Walk.Running;

/// <summary>A person of the demonstration signed in over HTTP as a browser is, and every byte they can obtain.</summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly HttpClient _http;

    private Visitor(string address) => _http = new(new HttpClientHandler { CookieContainer = new(), AllowAutoRedirect = false }) { BaseAddress = new(address), Timeout = TimeSpan.FromSeconds(30) };

    public static async Task<Visitor> SignIn(string address, string login)
    {
        var visitor = new Visitor(address);
        string page = await visitor._http.GetStringAsync("/signin");
        string token = AntiforgeryToken().Match(page).Groups[1].Value;
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("returnUrl", "/")]);
        using HttpResponseMessage answer = await visitor._http.PostAsync($"/signin/as/{login}", form);
        if (answer.StatusCode != HttpStatusCode.Redirect) throw new InvalidOperationException($"Signing in as {login} answered {answer.StatusCode}.");
        return visitor;
    }

    /// <summary>Status, ETag and body of an address, without what every answer has its own of: trace ids, tokens, the screens' circuit.</summary>
    public async Task<string> Get(string path)
    {
        using HttpResponseMessage answer = await _http.GetAsync(path);
        return $"{(int)answer.StatusCode} {answer.Headers.ETag} {Own().Replace(await answer.Content.ReadAsStringAsync(), "")}";
    }

    public async Task<string> Post(string path, string json)
    {
        using HttpResponseMessage answer = await _http.PostAsync(path, new StringContent(json, Encoding.UTF8, "application/json"));
        return $"{(int)answer.StatusCode} {Own().Replace(await answer.Content.ReadAsStringAsync(), "")}";
    }

    /// <summary>The stream of live notes; the caller reads it and disposes of it.</summary>
    public async Task<Stream> Live(CancellationToken cancel) => await _http.GetStreamAsync("/api/v1/live", cancel);

    /// <summary>Everything the API gives this person, by address; what others have is asked for too.</summary>
    public async Task<SortedDictionary<string, string>> Everything(Snapshot world)
    {
        string[] paths =
        [
            "/api/v1/me", "/api/v1/notices", "/api/v1/notify", "/api/v1/webhooks", "/api/v1/plan", "/api/v1/clock", "/api/v1/today", "/api/v1/kits", "/api/v1/orders", "/api/v1/configure", "/api/v1/configure?market=NY", "/api/v1/lots?take=1000", "/api/v1/machines?take=1000", "/api/v1/passages", "/api/v1/sources", "/api/v1/buffers", "/api/v1/stocks", "/api/v1/designs", "/api/v1/exposure", "/api/v1/exposure/MIHO", "/api/v1/exposure/TAIHU", "/api/v1/landed-cost", "/api/v1/landed-cost/lots/FRM-M-GVL-2637", "/api/v1/studies/template.xlsx", "/api/v1/studies/CUT-1/design.zip", "/api/v1/studies/CUT-1/design.xlsx", "/api/v1/studies/CUT-1/design.pdf", "/api/v1/situations", "/api/v1/situations?over=true", "/api/v1/situations/SIT-00001", "/api/v1/decisions", "/api/v1/tasks", "/api/v1/standing-rules", "/api/v1/buffers/GVL/decisions", "/api/v1/branches", "/api/v1/clear-to-build", "/api/v1/clear-to-build/C1/effect", "/api/v1/changes?most=500", "/api/v1/tables",
            .. TableKind.All.Select(static k => $"/api/v1/tables/{k.Name}.csv"), "/export/kits.csv", "/export/orders.csv", "/export/supply.csv", "/export/machines.csv", "/export/accounts.csv", "/export/counters.csv",
            "/", "/orders", "/orders/configure", "/orders/configure?market=NY", "/supply", "/supply/passages", "/supply/sources", "/supply/buffers", "/supply/stock", "/exposure", "/landed-cost", "/studies", "/studies/CUT-1", "/what-if", "/clear-to-build", "/situations", "/situations/SIT-00001", "/situations/decisions", "/situations/rules", "/tasks", "/machines", "/lines", "/changes", "/changes/ECO-17", "/changes/ECO-21", "/jobs", "/releases", "/units", "/ledger", "/recall", "/recall?item=MOT-1", "/import", "/administration", "/audit", "/notices", "/notify", "/notify/webhooks",
            .. world.Lots.Select(static l => $"/api/v1/lots/{Uri.EscapeDataString(l.Id)}"), .. world.Machines.Select(static m => $"/api/v1/machines/{m.Id}"),
            .. world.OrderLines.Take(20).Select(static o => $"/api/v1/orders/{Uri.EscapeDataString(o.Id)}"),
        ];
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in paths) all[path] = await Get(path);
        return all;
    }

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    internal static partial Regex AntiforgeryToken();

    [GeneratedRegex(",?\"trace_?[iI]d\":\"[^\"]*\"|<!--(Blazor|/?bl|Persisted|.*-State).*?-->|name=\"__RequestVerificationToken\"[^>]*")]
    private static partial Regex Own();
}
