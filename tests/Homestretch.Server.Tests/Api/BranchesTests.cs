using System.Net;
using System.Text.Json;
using Homestretch.Server.Tests.Running;
using Xunit;

namespace Homestretch.Server.Tests.Api;

/// <summary>Branches over the API: made, compared on the same futures, shared by their address, discarded without a trace, committed as what they are.</summary>
public sealed class BranchesTests(AtRest atRest, OneServer one) : IClassFixture<OneServer>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Task<RunningServer> Server() => one.Server(static async () =>
    {
        RunningServer server = await RunningServer.Demo();
        await server.Tell(DemoFolder.Now);
        return server;
    });

    [Fact]
    public async Task A_branch_is_made_compared_changed_and_discarded_and_the_world_stays_as_it_is()
    {
        await using RunningServer server = await Server();
        string before = (await server.Get("/api/v1/orders?take=1000")).GetRawText();
        string lost = await Make(server, "Bukk stands still", "lose BUKK for 3 weeks"), more = await Make(server, "A fifth more", "demand +20%", "stock GVL RCK-1 +50");
        Assert.Equal(("bukk-stands-still", "a-fifth-more"), (lost, more));
        JsonElement[] columns = [.. (await server.Get($"/api/v1/branches/compare?keys={lost},{more}")).GetProperty("columns").EnumerateArray()];
        Assert.Equal(["", lost, more], columns.Select(static c => c.GetProperty("key").GetString()));
        Assert.True(Kept(columns[1]) < Kept(columns[0]) - 1, $"{Kept(columns[0])} -> {Kept(columns[1])}");
        Assert.True(columns[1].GetProperty("worse").GetDouble() > 0.9, columns[1].GetRawText());
        Assert.NotEmpty(columns[1].GetProperty("losers").EnumerateArray());
        Assert.True(columns[2].GetProperty("order_lines").GetInt32() > columns[0].GetProperty("order_lines").GetInt32() + 20, $"{columns[0]}\n{columns[2]}");
        Assert.Equal(before, (await server.Get("/api/v1/orders?take=1000")).GetRawText());

        using (HttpResponseMessage changed = await server.Http.PutAsync($"/api/v1/branches/{lost}", RunningServer.Json("""{"name": "Bukk stands still", "assumed": ["lose BUKK for 1 day"]}"""), Stop)) Assert.True(changed.IsSuccessStatusCode, await changed.Content.ReadAsStringAsync(Stop));
        JsonElement[] again = [.. (await server.Get($"/api/v1/branches/compare?keys={lost}")).GetProperty("columns").EnumerateArray()];
        Assert.True(Kept(again[1]) > Kept(columns[1]));
        using (HttpResponseMessage gone = await server.Http.DeleteAsync($"/api/v1/branches/{lost}", Stop)) Assert.True(gone.IsSuccessStatusCode);
        string?[] left = [.. (await server.Get("/api/v1/branches")).EnumerateArray().Select(static b => b.GetProperty("key").GetString())];
        Assert.Equal((false, true), (left.Contains(lost), left.Contains(more)));
        using HttpResponseMessage missing = await server.Http.GetAsync($"/api/v1/branches/compare?keys={lost}", Stop);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal(before, (await server.Get("/api/v1/orders?take=1000")).GetRawText());
    }

    [Fact]
    public async Task Committing_does_decisions_says_facts_and_refuses_what_is_only_supposed()
    {
        await using RunningServer server = await Server();
        string line = (await server.Http.GetStringAsync("/api/v1/tables/assembly_lines.csv", Stop)).Split('\n')[1].Split(',')[0];
        string key = await Make(server, "Winter", $"shift {line} 20:00-23:00", "close suez for 3 weeks", "demand +10%");
        JsonElement[] rows = [.. (await server.Get($"/api/v1/branches/{key}/commit")).GetProperty("rows").EnumerateArray()];
        Assert.Equal(["decision", "report", "supposition"], rows.Select(static r => r.GetProperty("kind").GetString()));
        Assert.True(rows[0].GetProperty("records").GetInt32() > 3 && rows[1].GetProperty("records").GetInt32() == 1 && rows[2].GetProperty("records").GetInt32() == 0);
        Assert.Contains("supposition", await Commit(server, key, "[0, 2]", HttpStatusCode.UnprocessableEntity), StringComparison.Ordinal);
        Assert.DoesNotContain("20:00", await server.Http.GetStringAsync("/api/v1/tables/shifts.csv", Stop), StringComparison.Ordinal);
        await Commit(server, key, "[0]", HttpStatusCode.OK);
        Assert.Contains("20:00", await server.Http.GetStringAsync("/api/v1/tables/shifts.csv", Stop), StringComparison.Ordinal);
        Assert.DoesNotContain("suez", await server.Http.GetStringAsync("/api/v1/tables/passage_closures.csv", Stop), StringComparison.Ordinal);
        Assert.NotEqual(JsonValueKind.Null, (await server.Get("/api/v1/branches")).EnumerateArray().Single(b => b.GetProperty("key").GetString() == key).GetProperty("committed").ValueKind);
    }

    [Theory]
    [InlineData("""{"name": "", "assumed": []}""", "\"name\""), InlineData("""{"name": "odd", "assumed": ["close kiel"]}""", "kiel"), InlineData("""{"name": "odd", "assumed": ["close suez\nlose X"]}""", "how-many")]
    public async Task What_cannot_be_read_is_refused_with_the_rule(string order, string rule)
    {
        await using RunningServer server = await atRest.Demo();
        using HttpResponseMessage told = await server.Http.PostAsync("/api/v1/branches", RunningServer.Json(order), Stop);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, told.StatusCode);
        Assert.Contains(rule, await told.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Empty((await server.Get("/api/v1/branches")).EnumerateArray());
    }

    [Fact]
    public async Task Others_of_the_party_look_and_do_not_change_and_who_may_not_learns_nothing()
    {
        await using RunningServer server = await atRest.Company();
        string paula = await RealStart.Person(server, "branches-paula", "MERIDIAN", "planner"), pete = await RealStart.Person(server, "branches-pete", "MERIDIAN", "planner"), sam = await RealStart.Person(server, "branches-sam", "SONGBE", "supplier");
        server.As(paula);
        string key = await Make(server, "strike", "lose SONGBE for 9 weeks");
        server.As(pete);
        Assert.Equal(2, (await server.Get($"/api/v1/branches/compare?keys={key}")).GetProperty("columns").GetArrayLength());
        using (HttpResponseMessage told = await server.Http.DeleteAsync($"/api/v1/branches/{key}", Stop)) Assert.Contains("not-yours", await told.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        server.As(sam);
        Assert.Empty((await server.Get("/api/v1/branches")).EnumerateArray());
        using (HttpResponseMessage asked = await server.Http.GetAsync($"/api/v1/branches/compare?keys={key}", Stop)) Assert.Equal(HttpStatusCode.NotFound, asked.StatusCode);
        using (HttpResponseMessage made = await server.Http.PostAsync("/api/v1/branches", RunningServer.Json("""{"name": "x", "assumed": []}"""), Stop)) Assert.Contains("\"role\"", await made.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    private static double Kept(JsonElement column) => column.GetProperty("kept").GetDouble();

    private static async Task<string> Make(RunningServer server, string name, params string[] assumed)
    {
        using HttpResponseMessage answer = await server.Http.PostAsync("/api/v1/branches", RunningServer.Json(JsonSerializer.Serialize(new { name, assumed })), Stop);
        string said = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(answer.IsSuccessStatusCode, said);
        return JsonElement.Parse(said).GetProperty("key").GetString()!;
    }

    private static async Task<string> Commit(RunningServer server, string key, string places, HttpStatusCode code)
    {
        using HttpResponseMessage answer = await server.Http.PostAsync($"/api/v1/branches/{key}/commit", RunningServer.Json($$"""{"places": {{places}}, "reason": "winter comes"}"""), Stop);
        string said = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(answer.StatusCode == code, said);
        return said;
    }
}
