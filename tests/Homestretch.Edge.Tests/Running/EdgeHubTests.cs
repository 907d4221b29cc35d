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

/// <summary>A hub against an edge that we play ourselves, so that it can do what ours never would.</summary>
public sealed class EdgeHubTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_transmission_with_one_field_too_many_is_refused_whole()
    {
        await using RunningServer server = await RealStart.Begin();
        using var edge = await Played.Begin(server, "M1 State");
        var (status, body) = await edge.Send(1, Record(1, "M1", "State", "Running"), Record(2, "M1", "Vibration", 1.5));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("Vibration of M1", body);
        (status, body) = await edge.Send(1, Record(1, "B1", "State", "Running"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        (status, body) = await edge.Send(7, Record(1, "M1", "State", "Running"));
        Assert.Contains("contract 1 is in force", body);
        Assert.Equal(0, (await Row(server)).GetProperty("records").GetInt64());
        Assert.Equal(3, (await Row(server)).GetProperty("refused").GetInt64());
        (status, body) = await edge.Send(1, Record(1, "M1", "State", "Running"));
        Assert.Equal((HttpStatusCode.OK, 1), (status, Watermark(body)));
    }

    [Fact]
    public async Task Repeats_change_nothing_and_gaps_are_asked_for_unless_the_edge_itself_made_them()
    {
        await using RunningServer server = await RealStart.Begin();
        using var edge = await Played.Begin(server, "M1 Produced");
        Assert.Equal(2, Watermark((await edge.Send(1, Record(1, "M1", "Produced", 1), Record(2, "M1", "Produced", 2))).Body));
        Assert.Equal(3, Watermark((await edge.Send(1, Record(1, "M1", "Produced", 1), Record(2, "M1", "Produced", 2), Record(3, "M1", "Produced", 3))).Body));
        var (status, body) = await edge.Send(1, Record(5, "M1", "Produced", 5));
        Assert.Equal((HttpStatusCode.Conflict, 3), (status, Watermark(body)));
        (status, body) = await edge.Send(1, Record(5, "M1", "Produced", 5) with { Marks = RecordMarks.AfterLoss }, Record(6, "M1", "Produced", 6));
        Assert.Equal((HttpStatusCode.OK, 6), (status, Watermark(body)));
        JsonElement row = await Row(server);
        Assert.Equal((5, 2, 1), (row.GetProperty("records").GetInt64(), row.GetProperty("repeated").GetInt64(), row.GetProperty("lost").GetInt64()));
    }

    [Fact]
    public async Task Watermarks_and_counts_outlive_a_hub_that_is_killed()
    {
        string folder = RunningServer.FreshFolder();
        string data;
        RunningServer server = await RealStart.Begin(folder);
        using (var edge = await Played.Begin(server, "M1 Produced"))
        {
            await edge.Send(1, Record(1, "M1", "Produced", 1), Record(2, "M1", "Produced", 2));
            data = server.Http.DefaultRequestHeaders.Authorization!.Parameter!;
            await RunningServer.Until(() => Row(server), static r => r.GetProperty("records").GetInt64() == 2);
            await Task.Delay(2_500, Stop); // counts are written every two seconds
            await server.Kill();
            await using RunningServer again = await RunningServer.Start(folder, "--urls", "http://127.0.0.1:0");
            again.As(data);
            edge.MoveTo(again);
            Assert.Equal((HttpStatusCode.Conflict, 2), (await edge.Send(1, Record(4, "M1", "Produced", 4))) is var (status, body) ? (status, Watermark(body)) : default);
            Assert.Equal(3, Watermark((await edge.Send(1, Record(2, "M1", "Produced", 2), Record(3, "M1", "Produced", 3))).Body));
            Assert.Equal(3, (await Row(again)).GetProperty("records").GetInt64());
            Assert.Equal("in-force", (await Row(again)).GetProperty("contract_state").GetString());
        }
    }

    [Fact]
    public async Task Nobody_else_sends_signs_or_sees()
    {
        await using RunningServer server = await RealStart.Begin();
        using var edge = await Played.Begin(server, "M1 State");
        using var stranger = new HttpClient { BaseAddress = server.Http.BaseAddress };
        stranger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("SONGBE/edge-1:guess"u8));
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.PostAsync("/api/v1/edge/status", new ByteArrayContent([]), Stop)).StatusCode);
        string sam = await RealStart.Person(server, "sam", "SONGBE", "supplier"), mina = await RealStart.Person(server, "mina", "MIHO", "supplier");
        Assert.Equal(HttpStatusCode.OK, await RealStart.StatusOf(server, HttpMethod.Get, "/api/v1/edges/SONGBE/edge-1", sam));
        Assert.Equal(HttpStatusCode.NotFound, await RealStart.StatusOf(server, HttpMethod.Get, "/api/v1/edges/SONGBE/edge-1", mina));
        Assert.Equal(HttpStatusCode.Forbidden, await RealStart.StatusOf(server, HttpMethod.Post, "/api/v1/edges/SONGBE/edge-1/revoke", mina));
        Assert.Equal(HttpStatusCode.NoContent, await RealStart.StatusOf(server, HttpMethod.Post, "/api/v1/edges/SONGBE/edge-1/revoke", sam));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await edge.Send(1, Record(1, "M1", "State", "Running"))).Status);
        // a contract that the hub never proposed, though signed by the supplier
        SignedDocument own = new SignedDocument(DocumentKind.Contract, "SONGBE/edge-1", 2, edge.Contract, []).Signed(Signer.Supplier, edge.Key);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await edge.Post("documents", own.ToBytes())).Status);
    }

    /// <summary>A machine ran half of the hour before last and stood the other half, thirty hours ago; the hub hears of it now.</summary>
    [Theory]
    [InlineData(30)]
    [InlineData(4)]
    public async Task What_comes_late_tells_past_hours_again_in_the_database_and_in_the_twin(int hoursAgo)
    {
        await using RunningServer server = await RealStart.Begin();
        using var edge = await Played.Begin(server, "M1 State\nM1 Produced");
        Instant now = Instant.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()), hour = now - Duration.FromTicks(now.ToUnixTimeTicks() % NodaConstants.TicksPerHour) - Duration.FromHours(hoursAgo);
        // what is known now: it is idle since then
        Assert.Equal(HttpStatusCode.OK, (await edge.Send(1, Told(1, now, "State", "Idle"))).Status);
        await RunningServer.Until(() => server.Get("/api/v1/machines/M1"), static m => m.GetProperty("row").GetProperty("state").GetString() == "idle");
        Instant half = hour + Duration.FromMinutes(90);
        EdgeRecord[] late = [Told(2, hour, "State", "Running"), Told(3, hour, "Produced", 0), Told(4, hour + Duration.FromMinutes(30), "Produced", 30), Told(5, half, "Produced", 80), Told(6, half, "State", "Down"), Told(7, hour + Duration.FromHours(2), "State", "Idle")];
        Assert.Equal(HttpStatusCode.OK, (await edge.Send(1, [.. late.Select(static r => r with { Marks = RecordMarks.Historical })])).Status);
        string path = $"/api/v1/machines/M1/oee?by=hour&from={hour}&to={hour + Duration.FromHours(2)}";
        JsonElement spent = await RunningServer.Until(() => server.Get(path), static s => s.GetArrayLength() == 2 && s[1].GetProperty("down_hours").GetDouble() > 0);
        Assert.Equal([(1.0, 0.0, 30L), (0.5, 0.5, 50L)], spent.EnumerateArray().Select(static s => (Math.Round(s.GetProperty("running_hours").GetDouble(), 6), Math.Round(s.GetProperty("down_hours").GetDouble(), 6), s.GetProperty("good").GetInt64())));
        // and nothing of now has changed
        Assert.Equal("idle", (await server.Get("/api/v1/machines/M1")).GetProperty("row").GetProperty("state").GetString());
    }

    private static EdgeRecord Told(long sequence, Instant at, string metric, double value) => new(sequence, "M1", at, [new(metric, value)]);

    private static EdgeRecord Told(long sequence, Instant at, string metric, string text) => new(sequence, "M1", at, [new(metric, double.NaN, text)]);

    [Fact]
    public async Task Who_says_how_long_a_machine_lasts_is_told_with_it()
    {
        await using RunningServer server = await RealStart.Begin();
        using var edge = await Played.Begin(server, "M1 State\nM1 RemainingP10\nM1 RemainingP50");
        Assert.Equal(HttpStatusCode.OK, (await edge.Send(1, Record(1, "M1", "State", "Running"), Record(2, "M1", "RemainingP10", 30), Record(3, "M1", "RemainingP50", 80))).Status);
        JsonElement life = await Life(static l => l.ValueKind == JsonValueKind.Object && l.GetProperty("by").GetString() == "edge");
        Assert.Equal(("SONGBE/edge-1", 0, 80), (life.GetProperty("teller").GetString(), life.GetProperty("model").GetInt32(), life.GetProperty("p50_hours").GetDouble()));
        var status = new EdgeStatus("0.1.0", Instant.FromUtc(2026, 3, 2, 6, 0), 0, null, 1000, new Dictionary<DocumentKind, int> { [DocumentKind.Contract] = 1, [DocumentKind.Model] = 3 }, [], new SortedDictionary<string, long>(), []);
        Assert.Equal(HttpStatusCode.OK, (await edge.Post("status", status.ToBytes())).Status);
        Assert.Equal(3, (await Life(static l => l.GetProperty("model").GetInt32() == 3)).GetProperty("model").GetInt32());

        async Task<JsonElement> Life(Func<JsonElement, bool> wanted) => (await RunningServer.Until(() => server.Get("/api/v1/machines/M1"), m => wanted(m.GetProperty("life")))).GetProperty("life");
    }

    private static EdgeRecord Record(long sequence, string machine, string metric, double value) => new(sequence, machine, Instant.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()), [new(metric, value)]);

    private static EdgeRecord Record(long sequence, string machine, string metric, string text) => Record(sequence, machine, metric, 0) with { Values = [new(metric, double.NaN, text)] };

    private static long Watermark(string body) => HubAnswer.Read(Encoding.UTF8.GetBytes(body))!.Watermark;

    private static async Task<JsonElement> Row(RunningServer server) => (await server.Get("/api/v1/edges/SONGBE/edge-1")).GetProperty("row");

    /// <summary>An edge of ours to whom anything may be told to do.</summary>
    private sealed class Played : IDisposable
    {
        private HttpClient _http = null!;
        private AuthenticationHeaderValue _pass = null!;

        public ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        public byte[] Contract { get; private set; } = [];

        public static async Task<Played> Begin(RunningServer server, string fields)
        {
            var edge = new Played();
            using HttpResponseMessage made = await server.Http.PostAsJsonAsync("/api/v1/gateways", new { party = "SONGBE", node = "edge-1", label = "test" }, Stop);
            edge._pass = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("SONGBE/edge-1:" + (await RealStart.JsonOf(made)).GetProperty("password").GetString())));
            edge.MoveTo(server);
            using HttpResponseMessage trusted = await server.Http.PutAsJsonAsync("/api/v1/edges/SONGBE/edge-1/key", new { public_key = edge.Key.ExportSubjectPublicKeyInfoPem() }, Stop);
            Assert.True(trusted.IsSuccessStatusCode);
            int version = await RunningEdge.Propose(server, fields);
            SignedDocument proposed = SignedDocument.Read(await edge._http.GetByteArrayAsync($"/api/v1/edge/documents/contract/{version}", Stop), "contract", [])!;
            edge.Contract = proposed.Payload;
            Assert.Equal(HttpStatusCode.OK, (await edge.Post("documents", proposed.Signed(Signer.Supplier, edge.Key).ToBytes())).Status);
            return edge;
        }

        public void MoveTo(RunningServer server)
        {
            _http = new HttpClient { BaseAddress = server.Http.BaseAddress };
            _http.DefaultRequestHeaders.Authorization = _pass;
        }

        public Task<(HttpStatusCode Status, string Body)> Send(int contract, params EdgeRecord[] records) => Post("records", new Transmission(contract, "event@01020304", Instant.FromUnixTimeSeconds(0), records).ToBytes());

        public async Task<(HttpStatusCode Status, string Body)> Post(string path, byte[] body)
        {
            using HttpResponseMessage answer = await _http.PostAsync($"/api/v1/edge/{path}", new ByteArrayContent(body), Stop);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop));
        }

        public void Dispose()
        {
            _http.Dispose();
            Key.Dispose();
        }
    }
}
