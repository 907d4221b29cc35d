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

/// <summary>A hub against edges that we play ourselves, so that they can do what ours never would.</summary>
public sealed class EdgeHubTests(SharedHub hub) : IClassFixture<SharedHub>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_transmission_with_one_field_too_many_is_refused_whole()
    {
        using PlayedEdge edge = await PlayedEdge.Begin(hub, "M State");
        var (status, body) = await edge.Send(1, edge.Record(1, "State", "Running"), edge.Record(2, "Vibration", 1.5));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("Vibration of " + edge.Machine, body);
        (status, body) = await edge.Send(1, edge.Record(1, "State", "Running") with { Machine = "B1" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        (status, body) = await edge.Send(7, edge.Record(1, "State", "Running"));
        Assert.Contains("contract 1 is in force", body);
        Assert.Equal(0, (await edge.Row()).GetProperty("records").GetInt64());
        Assert.Equal(3, (await edge.Row()).GetProperty("refused").GetInt64());
        (status, body) = await edge.Send(1, edge.Record(1, "State", "Running"));
        Assert.Equal((HttpStatusCode.OK, 1), (status, PlayedEdge.Watermark(body)));
    }

    [Fact]
    public async Task Repeats_change_nothing_and_gaps_are_asked_for_unless_the_edge_itself_made_them()
    {
        using PlayedEdge edge = await PlayedEdge.Begin(hub, "M Produced");
        Assert.Equal(2, PlayedEdge.Watermark((await edge.Send(1, edge.Record(1, "Produced", 1), edge.Record(2, "Produced", 2))).Body));
        Assert.Equal(3, PlayedEdge.Watermark((await edge.Send(1, edge.Record(1, "Produced", 1), edge.Record(2, "Produced", 2), edge.Record(3, "Produced", 3))).Body));
        var (status, body) = await edge.Send(1, edge.Record(5, "Produced", 5));
        Assert.Equal((HttpStatusCode.Conflict, 3), (status, PlayedEdge.Watermark(body)));
        (status, body) = await edge.Send(1, edge.Record(5, "Produced", 5) with { Marks = RecordMarks.AfterLoss }, edge.Record(6, "Produced", 6));
        Assert.Equal((HttpStatusCode.OK, 6), (status, PlayedEdge.Watermark(body)));
        JsonElement row = await edge.Row();
        Assert.Equal((5, 2, 1), (row.GetProperty("records").GetInt64(), row.GetProperty("repeated").GetInt64(), row.GetProperty("lost").GetInt64()));
    }

    [Fact]
    public async Task Nobody_else_sends_signs_or_sees()
    {
        using PlayedEdge edge = await PlayedEdge.Begin(hub, "M State");
        RunningServer server = hub.Server;
        using var stranger = new HttpClient { BaseAddress = server.Http.BaseAddress };
        stranger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(edge.Name + ":guess")));
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.PostAsync("/api/v1/edge/status", new ByteArrayContent([]), Stop)).StatusCode);
        string sam = await RealStart.Person(server, "sam", "SONGBE", "supplier"), mina = await RealStart.Person(server, "mina", "MIHO", "supplier");
        Assert.Equal(HttpStatusCode.OK, await RealStart.StatusOf(server, HttpMethod.Get, $"/api/v1/edges/{edge.Name}", sam));
        Assert.Equal(HttpStatusCode.NotFound, await RealStart.StatusOf(server, HttpMethod.Get, $"/api/v1/edges/{edge.Name}", mina));
        Assert.Equal(HttpStatusCode.Forbidden, await RealStart.StatusOf(server, HttpMethod.Post, $"/api/v1/edges/{edge.Name}/revoke", mina));
        Assert.Equal(HttpStatusCode.NoContent, await RealStart.StatusOf(server, HttpMethod.Post, $"/api/v1/edges/{edge.Name}/revoke", sam));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await edge.Send(1, edge.Record(1, "State", "Running"))).Status);
        // a contract that the hub never proposed, though signed by the supplier
        SignedDocument own = new SignedDocument(DocumentKind.Contract, edge.Name, 2, edge.Contract, []).Signed(Signer.Supplier, edge.Key);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await edge.Post("documents", own.ToBytes())).Status);
    }

    /// <summary>A machine ran half of the hour before last and stood the other half, thirty hours ago; the hub hears of it now.</summary>
    [Theory]
    [InlineData(30)]
    [InlineData(4)]
    public async Task What_comes_late_tells_past_hours_again_in_the_database_and_in_the_twin(int hoursAgo)
    {
        using PlayedEdge edge = await PlayedEdge.Begin(hub, "M State\nM Produced");
        RunningServer server = hub.Server;
        Instant now = Instant.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()), hour = now - Duration.FromTicks(now.ToUnixTimeTicks() % NodaConstants.TicksPerHour) - Duration.FromHours(hoursAgo);
        // what is known now: it is idle since then
        Assert.Equal(HttpStatusCode.OK, (await edge.Send(1, edge.Told(1, now, "State", "Idle"))).Status);
        await RunningServer.Until(() => server.Get($"/api/v1/machines/{edge.Machine}"), static m => m.GetProperty("row").GetProperty("state").GetString() == "idle");
        Instant half = hour + Duration.FromMinutes(90);
        EdgeRecord[] late = [edge.Told(2, hour, "State", "Running"), edge.Told(3, hour, "Produced", 0), edge.Told(4, hour + Duration.FromMinutes(30), "Produced", 30), edge.Told(5, half, "Produced", 80), edge.Told(6, half, "State", "Down"), edge.Told(7, hour + Duration.FromHours(2), "State", "Idle")];
        Assert.Equal(HttpStatusCode.OK, (await edge.Send(1, [.. late.Select(static r => r with { Marks = RecordMarks.Historical })])).Status);
        string path = $"/api/v1/machines/{edge.Machine}/oee?by=hour&from={hour}&to={hour + Duration.FromHours(2)}";
        JsonElement spent = await RunningServer.Until(() => server.Get(path), static s => s.GetArrayLength() == 2 && s[1].GetProperty("down_hours").GetDouble() > 0);
        Assert.Equal([(1.0, 0.0, 30L), (0.5, 0.5, 50L)], spent.EnumerateArray().Select(static s => (Math.Round(s.GetProperty("running_hours").GetDouble(), 6), Math.Round(s.GetProperty("down_hours").GetDouble(), 6), s.GetProperty("good").GetInt64())));
        // and nothing of now has changed
        Assert.Equal("idle", (await server.Get($"/api/v1/machines/{edge.Machine}")).GetProperty("row").GetProperty("state").GetString());
    }

    [Fact]
    public async Task Who_says_how_long_a_machine_lasts_is_told_with_it()
    {
        using PlayedEdge edge = await PlayedEdge.Begin(hub, "M State\nM RemainingP10\nM RemainingP50");
        Assert.Equal(HttpStatusCode.OK, (await edge.Send(1, edge.Record(1, "State", "Running"), edge.Record(2, "RemainingP10", 30), edge.Record(3, "RemainingP50", 80))).Status);
        JsonElement life = await Life(static l => l.ValueKind == JsonValueKind.Object && l.GetProperty("by").GetString() == "edge" && l.GetProperty("p50_hours").GetDouble() == 80);
        Assert.Equal((edge.Name, 0, 80), (life.GetProperty("teller").GetString(), life.GetProperty("model").GetInt32(), life.GetProperty("p50_hours").GetDouble()));
        var status = new EdgeStatus("0.1.0", Instant.FromUtc(2026, 3, 2, 6, 0), 0, null, 1000, new Dictionary<DocumentKind, int> { [DocumentKind.Contract] = 1, [DocumentKind.Model] = 3 }, [], new SortedDictionary<string, long>(), []);
        Assert.Equal(HttpStatusCode.OK, (await edge.Post("status", status.ToBytes())).Status);
        Assert.Equal(3, (await Life(static l => l.GetProperty("model").GetInt32() == 3)).GetProperty("model").GetInt32());

        async Task<JsonElement> Life(Func<JsonElement, bool> wanted) => (await RunningServer.Until(() => hub.Server.Get($"/api/v1/machines/{edge.Machine}"), m => wanted(m.GetProperty("life")))).GetProperty("life");
    }
}
