using System.Text.Json;
using Homestretch.Server.Tests.Running;
using Xunit;

namespace Homestretch.Edge.Tests.Running;

/// <summary>A real edge at a real hub.</summary>
public sealed class EdgeToHubTests(SharedHub hub) : IClassFixture<SharedHub>
{
    [Fact]
    public async Task What_both_sides_signed_reaches_the_twin_and_nothing_else_leaves()
    {
        var (node, m) = await hub.Next();
        RunningServer server = hub.Server;
        await using RunningEdge edge = await RunningEdge.SetUp(server, Csv("cell.csv", m), node: node);
        edge.Start();
        await edge.Agree(server, Fields(m), node);
        Write(edge, "cell.csv", "time,state,produced,vibration,secret", "2026-03-02T06:00:00Z,Running,1,1.23,42", $"{Now},Running,7,1.27,43");

        JsonElement machine = await RunningServer.Until(() => server.Get($"/api/v1/machines/{m}"), static x => x.GetProperty("row").GetProperty("state").GetString() == "running");
        Assert.Equal("running", machine.GetProperty("row").GetProperty("state").GetString());
        JsonElement row = await RunningServer.Until(() => server.Get($"/api/v1/edges/SONGBE/{node}"), static d => d.GetProperty("row").GetProperty("backlog").GetInt64() == 0 && d.GetProperty("row").GetProperty("records").GetInt64() > 2);
        Assert.True(row.GetProperty("row").GetProperty("online").GetBoolean());
        JsonElement past = await server.Get($"/api/v1/machines/{m}/history?from=2026-03-02T00:00:00Z&to=2026-03-03T00:00:00Z&points=10");
        // the late value lies at its own time, as coarse as the contract says
        Assert.Equal(1.2, past.GetProperty("series").EnumerateArray().Single(static s => s.GetProperty("metric").GetString() == "Vibration").GetProperty("mean")[0].GetDouble(), 9);
        string sent = string.Concat(Directory.GetFiles(Path.Combine(edge.Data, "sent")).Select(File.ReadAllText));
        Assert.Contains($",{m},State,", sent);
        Assert.DoesNotContain("Secret", sent);
        Assert.Equal(0, await edge.Stop());
    }

    [Fact]
    public async Task A_revoked_contract_stops_all_at_once_on_both_sides()
    {
        var (node, m) = await hub.Next();
        RunningServer server = hub.Server;
        await using RunningEdge edge = await RunningEdge.SetUp(server, Csv("cell.csv", m), node: node);
        edge.Start();
        await edge.Agree(server, Fields(m), node);
        Write(edge, "cell.csv", "time,state,produced,vibration,secret", $"{Now},Running,1,1.2,0", $"{Now},Running,2,1.2,0");
        await RunningServer.Until(() => server.Get($"/api/v1/edges/SONGBE/{node}"), static d => d.GetProperty("row") is var r && r.GetProperty("records").GetInt64() >= 2 && r.GetProperty("backlog").GetInt64() == 0);

        using HttpResponseMessage revoked = await server.Http.PostAsync($"/api/v1/edges/SONGBE/{node}/revoke", null, TestContext.Current.CancellationToken);
        Assert.True(revoked.IsSuccessStatusCode);
        JsonElement row = (await server.Get($"/api/v1/edges/SONGBE/{node}")).GetProperty("row");
        Assert.Equal("revoked", row.GetProperty("contract_state").GetString());
        await edge.Until(() => File.Exists(Path.Combine(edge.Data, "documents", "revocation-1.json")), "the revocation to come");
        // what had been let in before may have been on its way to the disk
        long before = (await server.Get($"/api/v1/edges/SONGBE/{node}")).GetProperty("row").GetProperty("records").GetInt64();
        Write(edge, "cell.csv", $"{Now},Down,3,1.9,0");
        await Task.Delay(2500, TestContext.Current.CancellationToken);
        Assert.Equal(before, (await server.Get($"/api/v1/edges/SONGBE/{node}")).GetProperty("row").GetProperty("records").GetInt64());
        Assert.DoesNotContain("Down", string.Concat(Directory.GetFiles(Path.Combine(edge.Data, "sent")).Select(File.ReadAllText)));

        // the supplier's own revocation of the next contract reaches the hub
        await edge.Agree(server, Fields(m), node);
        var (code, said) = await RunningEdge.Command("contract", "revoke", "--config", edge.ConfigFile, "--key", Path.Combine(edge.Folder, "supplier.key"));
        Assert.True(code == 0, said);
        row = (await RunningServer.Until(() => server.Get($"/api/v1/edges/SONGBE/{node}"), static d => d.GetProperty("row").GetProperty("contract_state").GetString() == "revoked")).GetProperty("row");
        Assert.Equal(("revoked", 2), (row.GetProperty("contract_state").GetString(), row.GetProperty("contract").GetInt32()));
    }

    [Fact]
    public async Task Asking_for_more_than_the_contract_lists_is_refused_on_both_ends_and_changes_nothing()
    {
        var (node, m) = await hub.Next();
        RunningServer server = hub.Server;
        await using RunningEdge edge = await RunningEdge.SetUp(server, Csv("cell.csv", m), node: node);
        edge.Start();
        await edge.Agree(server, Fields(m), node);
        var (status, body) = await RunningEdge.Publish(server, "configuration", """{"heartbeat_seconds":60,"metrics":[{"metric":"Secret"}]}""", node);
        Assert.Equal(422, status);
        Assert.Contains("Secret", body);
        // one that the hub lets pass, and the edge does not: a feature of a metric is a field of its own
        (status, body) = await RunningEdge.Publish(server, "configuration", """{"heartbeat_seconds":60,"summaries":[{"metric":"Vibration","every_seconds":60}]}""", node);
        Assert.True(status == 200, body);
        JsonElement detail = await RunningServer.Until(() => server.Get($"/api/v1/edges/SONGBE/{node}"), static d => d.GetProperty("findings").EnumerateArray().Any(static f => f.GetString()!.Contains("beyond-contract")));
        Assert.Contains(detail.GetProperty("findings").EnumerateArray(), static f => f.GetString()!.Contains("asks for Vibration.Mean, which contract 1 does not list"));
        Assert.False(detail.GetProperty("documents").EnumerateArray().Single(static d => d.GetProperty("kind").GetString() == "configuration").GetProperty("having").GetBoolean());

        (status, body) = await RunningEdge.Publish(server, "configuration", """{"heartbeat_seconds":60,"metrics":[{"metric":"Vibration","deadband":0.5}]}""", node);
        Assert.True(status == 200, body);
        await RunningServer.Until(() => server.Get($"/api/v1/edges/SONGBE/{node}"), static d => Having(d, 2));
        (status, _) = await RunningEdge.Publish(server, "configuration", """{"heartbeat_seconds":90}""", node);
        Assert.Equal(200, status);
        detail = await RunningServer.Until(() => server.Get($"/api/v1/edges/SONGBE/{node}"), static d => Having(d, 3));
        Assert.True(Having(detail, 3));
        using HttpResponseMessage back = await server.Http.PostAsync($"/api/v1/edges/SONGBE/{node}/documents/configuration/roll-back", RunningServer.Json("""{"version":2}"""), TestContext.Current.CancellationToken);
        Assert.True(back.IsSuccessStatusCode);
        Assert.True(Having(await RunningServer.Until(() => server.Get($"/api/v1/edges/SONGBE/{node}"), static d => Having(d, 2)), 2));
    }

    private static bool Having(JsonElement detail, int version) => detail.GetProperty("documents").EnumerateArray().Any(d => d.GetProperty("kind").GetString() == "configuration" && d.GetProperty("version").GetInt32() == version && d.GetProperty("having").GetBoolean());

    private static string Now => DateTimeOffset.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);

    private static string Fields(string m) => $"{m} State\n{m} Produced\n{m} Vibration 0 0.1";

    private static string Csv(string file, string m) => $$$"""[{"name":"cell","kind":"csv","path":"{{{file}}}","machine":"{{{m}}}","time_column":"time","values":{"State":"state","Produced":"produced","Vibration":"vibration","Secret":"secret"}}]""";

    private static void Write(RunningEdge edge, string file, params string[] lines) => File.AppendAllText(Path.Combine(edge.Folder, file), string.Concat(lines.Select(static l => l + "\n")));
}
