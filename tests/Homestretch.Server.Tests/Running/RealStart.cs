using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Homestretch.World;
using Xunit;

namespace Homestretch.Server.Tests.Running;

/// <summary>A server as a company starts it: no demonstration, a first administrator by the one-time link, people by invitation.</summary>
internal static partial class RealStart
{
    public const string Password = "four small brown foxes";

    /// <summary>A brand owner and two suppliers with a machine each.</summary>
    public static IRecord[] Company { get; } =
    [
        new Party("MERIDIAN", "Meridian Cycles", PartyKind.Brand, "US"), new Party("SONGBE", "Song Be Frameworks", PartyKind.Supplier, "VN"), new Party("MIHO", "Miho Battery Packs", PartyKind.Supplier, "KR"),
        new Site("PL-SONGBE", "SONGBE", "Song Be plant", SiteKind.Plant, "VNSGN", "VN", "Asia/Ho_Chi_Minh", null, null), new Site("PL-MIHO", "MIHO", "Miho plant", SiteKind.Plant, "KRPUS", "KR", "Asia/Seoul", null, null),
        new Machine("M1", "SONGBE", "PL-SONGBE", "Welder", "SONGBE/edge-1/M1", 60, 900, 8, 24), new Machine("B1", "MIHO", "PL-MIHO", "Stacker", "MIHO/edge-1/B1", 60, 900, 8, 24),
    ];

    /// <summary>A running server with the company loaded; its client calls with the token of ada, the administrator.</summary>
    public static async Task<RunningServer> Begin(string? folder = null, params string[] more)
    {
        RunningServer server = await RunningServer.Start(folder, more.Contains("--urls") ? more : ["--urls", "http://127.0.0.1:0", .. more]);
        string path = (await server.Hears(FirstLink())).Value;
        await Join(server, path, ("login", "ada"), ("name", "Ada Lindgren"), ("party", "MERIDIAN"));
        server.As(await TokenOf(server, "ada"));
        await server.Tell([.. Company.Select(static r => new WorldEvent.Put(r))]);
        return server;
    }

    /// <summary>Invites a person, takes the invitation up for them and gives them a token.</summary>
    public static async Task<string> Person(RunningServer server, string login, string party, string role)
    {
        using HttpResponseMessage invited = await server.Http.PostAsJsonAsync("/api/v1/people/invitations", new { login, party, role });
        Assert.True(invited.IsSuccessStatusCode, await invited.Content.ReadAsStringAsync());
        await Join(server, (await JsonOf(invited)).GetProperty("path").GetString()!, ("name", login));
        return await TokenOf(server, login);
    }

    /// <summary>Fills in the page behind a one-time link.</summary>
    public static async Task Join(RunningServer server, string path, params (string Name, string Value)[] fields)
    {
        using HttpResponseMessage page = await server.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        using HttpResponseMessage joined = await Fill(server, path, [.. fields, ("password", Password)]);
        Assert.Equal((HttpStatusCode.Found, "/signin"), (joined.StatusCode, joined.Headers.Location?.ToString()));
    }

    public static Task<HttpResponseMessage> Fill(RunningServer server, string path, params (string Name, string Value)[] fields) =>
        server.Http.PostAsync(path, new FormUrlEncodedContent(fields.Select(static f => KeyValuePair.Create(f.Name, f.Value))));

    public static async Task<string> TokenOf(RunningServer server, string login, string password = Password)
    {
        using HttpResponseMessage answer = await AskToken(server, login, password);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await JsonOf(answer)).GetProperty("token").GetString()!;
    }

    public static async Task<HttpResponseMessage> AskToken(RunningServer server, string login, string password, int days = 1)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/tokens") { Content = JsonContent.Create(new { label = "test", days }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login}:{password}")));
        return await server.Http.SendAsync(request);
    }

    /// <summary>GET with another person's token, or none.</summary>
    public static async Task<HttpStatusCode> StatusOf(RunningServer server, HttpMethod method, string path, string? token)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = token is null ? new("None") : new("Bearer", token);
        using HttpResponseMessage answer = await server.Http.SendAsync(request);
        return answer.StatusCode;
    }

    public static async Task<JsonElement> JsonOf(HttpResponseMessage answer) => JsonElement.Parse(await answer.Content.ReadAsStringAsync());

    /// <summary>A certificate for localhost and 127.0.0.1, signed by itself, as two PEM files in a folder.</summary>
    public static string[] Certificate(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        string certificate = Path.Combine(folder, "server.pem"), secret = Path.Combine(folder, "server.key");
        File.WriteAllText(certificate, made.ExportCertificatePem());
        File.WriteAllText(secret, key.ExportPkcs8PrivateKeyPem());
        return ["--certificate", certificate, "--key", secret];
    }

    [GeneratedRegex("/join/[0-9a-f]{48}")]
    public static partial Regex FirstLink();
}
