using System.Net;
using System.Text.Json;
using Homestretch.Exchange.Events;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Server.Tests.Api;

/// <summary>Closing a passage of the sea over the API: asked first, told then, noted, and nobody's who may not.</summary>
public sealed class PassagesTests(OneServer one) : IClassFixture<OneServer>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Task<RunningServer> Server() => one.Server(static async () =>
    {
        RunningServer server = await RealStart.Begin();
        await server.Tell(DemoFolder.Now);
        return server;
    });

    [Fact]
    public async Task A_closed_canal_sends_lots_round_at_once_and_who_closed_it_is_noted()
    {
        await using RunningServer server = await Server();
        JsonElement before = await Suez(server);
        Assert.Equal(JsonValueKind.Null, before.GetProperty("closed").ValueKind);
        int lots = before.GetProperty("lots").GetInt32();
        Assert.True(lots > 10, $"{lots} lots have Suez before them.");

        (HttpStatusCode code, JsonElement asked) = await Say(server, close: true, ask: true);
        Assert.Equal(HttpStatusCode.OK, code);
        Assert.True(asked.GetProperty("later").GetInt32() > 5 && asked.GetProperty("promises_kept_after").GetDouble() < asked.GetProperty("promises_kept_before").GetDouble() - 1, asked.GetRawText()[..300]);
        Assert.Equal(lots, (await Suez(server)).GetProperty("lots").GetInt32());

        Assert.Equal(HttpStatusCode.OK, (await Say(server, close: true)).Code);
        JsonElement closed = await Suez(server);
        Assert.Equal((0, lots), (closed.GetProperty("lots").GetInt32(), closed.GetProperty("lots_round").GetInt32()));
        Assert.InRange(closed.GetProperty("most_extra_days").GetDouble(), 3, 40);
        Assert.Equal("test", closed.GetProperty("closed").GetProperty("source").GetString());
        (code, JsonElement twice) = await Say(server, close: true);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "closed-already"), (code, twice.GetProperty("findings")[0].GetProperty("rule").GetString()));

        Assert.Equal(HttpStatusCode.OK, (await Say(server, close: false)).Code);
        Assert.Equal(JsonValueKind.Null, (await Suez(server)).GetProperty("closed").ValueKind);
        string[] noted = [.. (await server.Get("/api/v1/audit?text=passage")).GetProperty("rows").EnumerateArray().Select(static r => $"{r.GetProperty("action").GetString()} {r.GetProperty("subject").GetString()![..4]}").Where(static n => n.EndsWith("suez", StringComparison.Ordinal))];
        Assert.Equal(["passage-opened suez", "passage-closed suez"], noted);
    }

    [Fact]
    public async Task Who_may_not_closes_nothing_in_any_way()
    {
        await using RunningServer server = await Server();
        string wanda = await RealStart.Person(server, "wanda", "MERIDIAN", "warehouse"), sam = await RealStart.Person(server, "sam", "SONGBE", "supplier"), paula = await RealStart.Person(server, "paula", "MERIDIAN", "planner");
        byte[] event_ = EventText.Write([new WorldEvent.Put(new PassageClosure(Passage.Panama, SystemClock.Instance.GetCurrentInstant(), "MERIDIAN", null, "", ""))]);
        foreach (string token in (string[])[wanda, sam])
        {
            server.As(token);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Say(server, close: true, passage: "panama")).Code);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Say(server, close: true, ask: true, "panama")).Code);
            using HttpResponseMessage told = await server.Http.PostAsync("/api/v1/changes", RunningServer.Json(System.Text.Encoding.UTF8.GetString(event_)), Stop);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, told.StatusCode);
        }
        server.As(paula);
        Assert.Equal(JsonValueKind.Null, (await Row(server, "panama")).GetProperty("closed").ValueKind);
        Assert.Equal(HttpStatusCode.OK, (await Say(server, close: true, passage: "panama")).Code);
        Assert.Equal(HttpStatusCode.OK, (await Say(server, close: false, passage: "panama")).Code);
    }

    private static Task<JsonElement> Suez(RunningServer server) => Row(server, "suez");

    private static async Task<JsonElement> Row(RunningServer server, string passage) => (await server.Get("/api/v1/passages")).GetProperty("rows").EnumerateArray().Single(r => r.GetProperty("passage").GetString() == passage);

    private static async Task<(HttpStatusCode Code, JsonElement Said)> Say(RunningServer server, bool close, bool ask = false, string passage = "suez")
    {
        string order = $$"""{"passage": "{{passage}}", "close": {{(close ? "true" : "false")}}, "until": null, "source": "test", "note": ""}""";
        using HttpResponseMessage answer = await server.Http.PostAsync($"/api/v1/passages?ask={(ask ? "true" : "false")}", RunningServer.Json(order), Stop);
        return (answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync(Stop)));
    }
}
