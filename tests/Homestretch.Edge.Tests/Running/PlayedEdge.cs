using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Homestretch.Exchange.Edges;
using Homestretch.Server.Tests.Running;
using NodaTime;
using Xunit;

namespace Homestretch.Edge.Tests.Running;

/// <summary>An edge that we play ourselves, to whom anything may be told to do; its contract is signed by both sides.</summary>
internal sealed class PlayedEdge : IDisposable
{
    private readonly string _node;
    private HttpClient _http = null!;
    private AuthenticationHeaderValue _pass = null!;
    private RunningServer _server = null!;

    private PlayedEdge(string node, string machine) => (_node, Machine) = (node, machine);

    /// <summary>PARTY/NODE.</summary>
    public string Name => "SONGBE/" + _node;
    public string Machine { get; }
    public ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    public byte[] Contract { get; private set; } = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <param name="fields">As <see cref="RunningEdge.Propose"/> has them; M is its machine.</param>
    public static async Task<PlayedEdge> Begin(SharedHub hub, string fields)
    {
        var (node, machine) = await hub.Next();
        return await Begin(hub.Server, node, machine, fields);
    }

    public static async Task<PlayedEdge> Begin(RunningServer server, string node, string machine, string fields)
    {
        var edge = new PlayedEdge(node, machine);
        using HttpResponseMessage made = await server.Http.PostAsJsonAsync("/api/v1/gateways", new { party = "SONGBE", node, label = "test" }, Stop);
        edge._pass = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{edge.Name}:{(await RealStart.JsonOf(made)).GetProperty("password").GetString()}")));
        edge.MoveTo(server);
        using HttpResponseMessage trusted = await server.Http.PutAsJsonAsync($"/api/v1/edges/{edge.Name}/key", new { public_key = edge.Key.ExportSubjectPublicKeyInfoPem() }, Stop);
        Assert.True(trusted.IsSuccessStatusCode);
        int version = await RunningEdge.Propose(server, string.Join('\n', fields.Split('\n').Select(f => machine + f[1..])), node);
        SignedDocument proposed = SignedDocument.Read(await edge._http.GetByteArrayAsync($"/api/v1/edge/documents/contract/{version}", Stop), "contract", [])!;
        edge.Contract = proposed.Payload;
        Assert.Equal(HttpStatusCode.OK, (await edge.Post("documents", proposed.Signed(Signer.Supplier, edge.Key).ToBytes())).Status);
        return edge;
    }

    public static long Watermark(string body) => HubAnswer.Read(Encoding.UTF8.GetBytes(body))!.Watermark;

    public void MoveTo(RunningServer server)
    {
        _server = server;
        _http = new HttpClient { BaseAddress = server.Http.BaseAddress };
        _http.DefaultRequestHeaders.Authorization = _pass;
    }

    public EdgeRecord Record(long sequence, string metric, double value) => Told(sequence, Instant.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()), metric, value);

    public EdgeRecord Record(long sequence, string metric, string text) => Record(sequence, metric, 0) with { Values = [new(metric, double.NaN, text)] };

    public EdgeRecord Told(long sequence, Instant at, string metric, double value) => new(sequence, Machine, at, [new(metric, value)]);

    public EdgeRecord Told(long sequence, Instant at, string metric, string text) => new(sequence, Machine, at, [new(metric, double.NaN, text)]);

    public Task<(HttpStatusCode Status, string Body)> Send(int contract, params EdgeRecord[] records) => Post("records", new Transmission(contract, "event@01020304", Instant.FromUnixTimeSeconds(0), records).ToBytes());

    public async Task<(HttpStatusCode Status, string Body)> Post(string path, byte[] body)
    {
        using HttpResponseMessage answer = await _http.PostAsync($"/api/v1/edge/{path}", new ByteArrayContent(body), Stop);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    /// <summary>How the hub lists it.</summary>
    public async Task<JsonElement> Row() => (await _server.Get($"/api/v1/edges/{Name}")).GetProperty("row");

    public void Dispose()
    {
        _http.Dispose();
        Key.Dispose();
    }
}
