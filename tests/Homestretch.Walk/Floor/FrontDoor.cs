using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Homestretch.Walk.Floor;

/// <summary>A proxy before a hub, as companies have one, behind which a new version of the floor app can come at any moment: another first page, with its checksum in a list of files that is another too.</summary>
internal sealed partial class FrontDoor : IAsyncDisposable
{
    private static readonly string[] s_own = ["Host", "Connection", "Transfer-Encoding", "Content-Length", "Content-Type"];
    private readonly WebApplication _app;
    private readonly HttpClient _hub;
    private volatile string _version = "";

    private FrontDoor(WebApplication app, string hub) => (_app, _hub) = (app, new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = new(hub) });

    public string Address => _app.Urls.First();

    public static async Task<FrontDoor> Open(string hub)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var door = new FrontDoor(app, hub);
        app.Run(door.Pass);
        await app.StartAsync();
        return door;
    }

    /// <summary>From now on the app is of this version: data-version of its page says so.</summary>
    public void Bring(string version) => _version = version;

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _hub.Dispose();
    }

    private async Task Pass(HttpContext http)
    {
        string path = http.Request.Path;
        if (_version.Length > 0 && path is "/floor/service-worker-assets.js" or "/floor/index.html")
        {
            string page = (await _hub.GetStringAsync("/floor/index.html")).Replace("<html ", $"<html data-version=\"{_version}\" ", StringComparison.Ordinal);
            string list = Hash().Replace(Version().Replace(await _hub.GetStringAsync("/floor/service-worker-assets.js"), $"\"version\": \"{_version}\""), $"\"hash\": \"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(page)))}\",$1\"url\": \"$2\"");
            http.Response.ContentType = path.EndsWith(".js", StringComparison.Ordinal) ? "text/javascript" : "text/html";
            await http.Response.WriteAsync(path.EndsWith(".js", StringComparison.Ordinal) ? list : page);
            return;
        }
        using var asked = new HttpRequestMessage(new(http.Request.Method), $"{path}{http.Request.QueryString}");
        if (http.Request.ContentLength > 0 || http.Request.Headers.TransferEncoding.Count > 0) asked.Content = new StreamContent(http.Request.Body) { Headers = { { "Content-Type", http.Request.ContentType ?? "application/octet-stream" } } };
        foreach (var (name, value) in http.Request.Headers.Where(static h => !s_own.Contains(h.Key, StringComparer.OrdinalIgnoreCase))) asked.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)value);
        using HttpResponseMessage answer = await _hub.SendAsync(asked, HttpCompletionOption.ResponseHeadersRead);
        http.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, value) in answer.Headers.Concat(answer.Content.Headers).Where(static h => h.Key is not ("Transfer-Encoding" or "Connection"))) http.Response.Headers[name] = value.ToArray();
        if (answer.StatusCode is not (HttpStatusCode.NotModified or HttpStatusCode.NoContent)) await answer.Content.CopyToAsync(http.Response.Body);
    }

    [GeneratedRegex("\"version\": ?\"[^\"]*\"")]
    private static partial Regex Version();

    [GeneratedRegex("\"hash\": ?\"[^\"]*\",(\\s*)\"url\": ?\"((?:floor/)?index\\.html)\"")]
    private static partial Regex Hash();
}
