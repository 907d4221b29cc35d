using System.Data.Common;
using System.Net;
using System.Text.RegularExpressions;
using Homestretch.Server.Storage;
using Homestretch.Server.Tests.Running;
using Xunit;

namespace Homestretch.Server.Tests.Access;

/// <summary>What answers of every kind tell a browser, over TLS as a company runs it.</summary>
public sealed partial class AnswerHeaderTests(AtRest atRest)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Address, status, and whether it is a file of the program, which may be kept.</summary>
    private static readonly (string Path, HttpStatusCode Status, bool Kept)[] s_kinds =
    [
        ("/signin", HttpStatusCode.OK, false), ("/join/0", HttpStatusCode.Gone, false), ("/nowhere", HttpStatusCode.OK, false), ("/health", HttpStatusCode.OK, false), ("/metrics", HttpStatusCode.OK, false),
        ("/docs/", HttpStatusCode.OK, false), ("/openapi/v1.json", HttpStatusCode.OK, false), ("/export/company.zip", HttpStatusCode.Found, false),
        ("/api/v1/me", HttpStatusCode.OK, false), ("/api/v1/machines", HttpStatusCode.OK, false), ("/api/v1/tables/parties.csv", HttpStatusCode.OK, false), ("/api/v1/machines/NONE", HttpStatusCode.NotFound, false),
        ("/api/v1/orders?state=odd", HttpStatusCode.BadRequest, false), ("/api/v1/orders?take=many", HttpStatusCode.BadRequest, false), ("/api/v1/nowhere", HttpStatusCode.NotFound, false),
        ("/_content/Homestretch.Web/tower.css", HttpStatusCode.OK, true), ("/_framework/blazor.web.js", HttpStatusCode.OK, true), ("/_content/Homestretch.Web/vendor/maplibre-gl-worker.js", HttpStatusCode.OK, true),
    ];

    [Fact]
    public async Task Every_kind_of_answer_says_what_a_browser_may_do_with_it()
    {
        await using RunningServer server = await atRest.Tls();
        var wrong = new List<string>();
        foreach (var (path, status, kept) in s_kinds)
        {
            using HttpResponseMessage answer = await Ask(server, path);
            if (answer.StatusCode != status) wrong.Add($"{path} answers {answer.StatusCode}");
            wrong.AddRange(Faults(answer, kept).Select(f => $"{path}: {f}"));
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_fault_of_the_server_tells_no_more_than_that_and_has_every_header()
    {
        string folder = RunningServer.FreshFolder();
        await using RunningServer server = await RealStart.Begin(folder, [.. RealStart.Certificate(folder), "--urls", "https://127.0.0.1:0", "--mqtt-tls-port", "0"]);
        await Break(server);
        foreach (string path in new[] { "/api/v1/audit", "/join/0" })
        {
            using HttpResponseMessage answer = await Ask(server, path);
            Assert.Empty(Faults(answer, kept: false));
            await TellsNothing(answer);
        }
        await server.Hears(NoSuchTable()); // the log has what the answer has not
    }

    [Fact]
    public async Task A_fault_tells_no_more_on_a_developers_machine()
    {
        await using RunningServer server = await RunningServer.DemoWith(new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development" });
        await Break(server);
        using HttpResponseMessage answer = await Ask(server, "/api/v1/audit", "localhost");
        await TellsNothing(answer);
    }

    /// <summary>Takes tables away that a running server reads.</summary>
    private static async Task Break(RunningServer server)
    {
        await using var database = new Database(new StorageOptions(Provider.Sqlite, Path.Combine(server.Folder, "homestretch.db")));
        await using DbConnection connection = await database.Connect(Stop);
        await Database.Execute(connection, "DROP TABLE audit; DROP TABLE links", Stop);
    }

    private static async Task TellsNothing(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        string said = await answer.Content.ReadAsStringAsync(Stop);
        Assert.All(new[] { "   at ", "xception", "no such table", ".cs", "SELECT" }, word => Assert.DoesNotContain(word, said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_script_in_a_page_is_let_in_by_a_nonce_of_that_answer_alone()
    {
        await using RunningServer server = await atRest.Demo();
        using HttpResponseMessage one = await server.Http.GetAsync("/docs/", Stop), other = await server.Http.GetAsync("/docs/", Stop);
        string nonce = Value(one, "Content-Security-Policy").Split("'nonce-")[1].Split('\'')[0];
        Assert.DoesNotContain(nonce, Value(other, "Content-Security-Policy"), StringComparison.Ordinal);
        string html = await one.Content.ReadAsStringAsync(Stop);
        Assert.Equal(html.Split("<script").Length, html.Split($"nonce=\"{nonce}\"").Length);
    }

    [Fact]
    public async Task A_person_at_an_address_that_is_no_screen_gets_a_page_with_a_way_back_and_a_program_a_bare_answer()
    {
        await using RunningServer server = await atRest.Demo();
        Assert.Contains("Back to Today", await Of("/nope", "text/html"), StringComparison.Ordinal);
        Assert.Contains("Back to Today", await Of("/orders/none", "text/html,application/xml;q=0.9"), StringComparison.Ordinal);
        foreach (var (path, accept) in new[] { ("/nope", "*/*"), ("/nope.png", "image/png"), ("/api/v1/nope", "text/html") })
            Assert.DoesNotContain("<html", await Of(path, accept), StringComparison.Ordinal);

        async Task<string> Of(string path, string accept)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", accept } } };
            using HttpResponseMessage answer = await server.Http.SendAsync(request, Stop);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            return await answer.Content.ReadAsStringAsync(Stop);
        }
    }

    private static async Task<HttpResponseMessage> Ask(RunningServer server, string path, string host = "hub.example.com")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host; // a name that is no loopback: only such are told to stay with TLS
        return await server.Http.SendAsync(request, Stop);
    }

    private static IEnumerable<string> Faults(HttpResponseMessage answer, bool kept)
    {
        string policy = Value(answer, "Content-Security-Policy"), scripts = policy.Split(';').FirstOrDefault(static d => d.Trim().StartsWith("script-src ", StringComparison.Ordinal)) ?? "";
        if (!policy.StartsWith("default-src 'none';", StringComparison.Ordinal) || !policy.Contains("frame-ancestors 'none'", StringComparison.Ordinal)) yield return $"policy '{policy}'";
        if (scripts.Length == 0 || scripts.Contains("unsafe", StringComparison.Ordinal) || scripts.Contains("http", StringComparison.Ordinal) || scripts.Contains('*')) yield return $"scripts by '{scripts}'";
        foreach (var (name, value) in new[] { ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"), ("Referrer-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"), ("Strict-Transport-Security", "max-age=31536000") })
            if (Value(answer, name) != value) yield return $"{name} '{Value(answer, name)}'";
        if (!Value(answer, "Permissions-Policy").Contains("camera=()", StringComparison.Ordinal)) yield return "no Permissions-Policy";
        if (answer.Headers.Contains("Server")) yield return "names its server";
        if (kept == (answer.Headers.CacheControl?.NoStore == true)) yield return $"Cache-Control '{answer.Headers.CacheControl}'";
    }

    private static string Value(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(", ", values) : "";

    [GeneratedRegex("no such table")]
    private static partial Regex NoSuchTable();
}
