using System.Net;
using System.Text.Json;
using Homestretch.Server.Tests.Running;
using Xunit;

namespace Homestretch.Server.Tests.Api;

/// <summary>Buffers over the API: advised in the background, set by decision, noted with what they were, taken back, and nobody's who may not.</summary>
public sealed class BuffersTests(AtRest atRest)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Advice_is_set_by_decision_raises_what_is_in_force_is_taken_back_and_is_nobodys_who_may_not()
    {
        await using RunningServer server = await RealStart.Begin();
        await server.Tell(DemoFolder.Now);
        JsonElement hub = await Hub(server, static h => Way(h, "in-force") < 0.7);
        Assert.InRange(Way(hub, "advised"), 0.93, 0.97);
        Assert.True(hub.GetProperty("saved_over_uniform").GetDouble() > 0.02, hub.GetProperty("saved_over_uniform").GetRawText());
        string rack = await Row(server, "RCK-1");
        (HttpStatusCode code, JsonElement said) = await Set(server, hub, "more kits whole; for spring");
        Assert.True(code == HttpStatusCode.OK, said.GetRawText());
        Assert.NotEqual(rack, await Row(server, "RCK-1"));
        JsonElement after = await Hub(server, static h => Way(h, "in-force") > 0.9);
        Assert.Equal(Way(after, "advised"), Way(after, "in-force"), 0.02);
        Assert.All(after.GetProperty("rows").EnumerateArray(), static r => Assert.Equal(0, r.GetProperty("soft").GetDecimal()));

        JsonElement decision = Assert.Single((await server.Get("/api/v1/buffers/GVL/decisions")).EnumerateArray());
        Assert.Equal("more kits whole, for spring", decision.GetProperty("reason").GetString());
        string back = $$"""{"hub": "GVL", "reason": "taken back", "settings": {{decision.GetProperty("before").GetRawText()}}}""";
        using (HttpResponseMessage answer = await server.Http.PostAsync("/api/v1/buffers", RunningServer.Json(back), Stop)) Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
        Assert.Equal(rack, await Row(server, "RCK-1"));
        Assert.Equal(2, (await server.Get("/api/v1/buffers/GVL/decisions")).GetArrayLength());
        await Others(server);
    }

    [Theory]
    [InlineData("""{"hub": "GVL", "reason": "x", "settings": [{"source": "NONE|X|Y", "hard_days": 1, "soft_days": 0}]}""", "unknown-key"), InlineData("""{"hub": "GVL", "reason": "x", "settings": []}""", "how-many")]
    [InlineData("""{"hub": "ALM", "reason": "x", "settings": [{"source": "RCK-1|PACOLET|US-GVL", "hard_days": 1, "soft_days": 0}]}""", "unknown-key"), InlineData("""{"hub": "GVL", "reason": " ", "settings": [{"source": "RCK-1|PACOLET|US-GVL", "hard_days": 1, "soft_days": 0}]}""", "missing")]
    [InlineData("""{"hub": "GVL", "reason": "x", "settings": [{"source": "RCK-1|PACOLET|US-GVL", "hard_days": -1, "soft_days": 0}]}""", "lead-time"), InlineData("""{"hub": "GVL", "reason": "x", "settings": [{"source": "RCK-1|PACOLET|US-GVL", "hard_days": 1, "soft_days": 0}, {"source": "RCK-1|PACOLET|US-GVL", "hard_days": 2, "soft_days": 0}]}""", "twice")]
    public async Task What_cannot_be_is_refused_with_the_rule_and_nothing_is_set(string order, string rule)
    {
        await using RunningServer server = await atRest.Demo();
        string before = await server.Http.GetStringAsync("/api/v1/tables/item_suppliers.csv", Stop);
        using HttpResponseMessage told = await server.Http.PostAsync("/api/v1/buffers", RunningServer.Json(order), Stop);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, told.StatusCode);
        Assert.Contains($"\"{rule}\"", await told.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal(before, await server.Http.GetStringAsync("/api/v1/tables/item_suppliers.csv", Stop));
        Assert.Empty((await server.Get("/api/v1/buffers/GVL/decisions")).EnumerateArray());
    }

    /// <summary>A warehouse worker sees advice without money and sets none; a supplier learns nothing.</summary>
    private static async Task Others(RunningServer server)
    {
        string wanda = await RealStart.Person(server, "wanda", "MERIDIAN", "warehouse"), sam = await RealStart.Person(server, "sam", "SONGBE", "supplier");
        string order = """{"hub": "GVL", "reason": "x", "settings": [{"source": "FRM-M|SONGBE|VN-GVL", "hard_days": 9, "soft_days": 0}]}""";
        foreach (string token in (string[])[wanda, sam])
        {
            server.As(token);
            using HttpResponseMessage told = await server.Http.PostAsync("/api/v1/buffers", RunningServer.Json(order), Stop);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, told.StatusCode);
            Assert.Contains("\"role\"", await told.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        }
        Assert.Empty((await server.Get("/api/v1/buffers")).GetProperty("hubs").EnumerateArray());
        Assert.Empty((await server.Get("/api/v1/buffers/GVL/decisions")).EnumerateArray());
        server.As(wanda);
        JsonElement hub = await Hub(server, static _ => true);
        Assert.Equal("", hub.GetProperty("currency").GetString());      // may see supply, not money
        Assert.All(hub.GetProperty("rows").EnumerateArray(), static r => Assert.Equal(JsonValueKind.Null, r.GetProperty("cost").ValueKind));
        Assert.All(hub.GetProperty("ways").EnumerateArray(), static r => Assert.Equal(JsonValueKind.Null, r.GetProperty("per_kit").ValueKind));
    }

    private static double Way(JsonElement hub, string rule) => hub.GetProperty("ways").EnumerateArray().Single(w => w.GetProperty("rule").GetString() == rule).GetProperty("whole").GetDouble();

    /// <summary>Greenville's advice, once it is as wanted.</summary>
    private static async Task<JsonElement> Hub(RunningServer server, Func<JsonElement, bool> wanted)
    {
        JsonElement? Of(JsonElement view) => view.GetProperty("hubs").EnumerateArray().FirstOrDefault(static h => h.GetProperty("hub").GetString() == "GVL") is { ValueKind: JsonValueKind.Object } h ? h : null;
        return Of(await RunningServer.Until(() => server.Get("/api/v1/buffers"), v => Of(v) is { } h && wanted(h)))!.Value;
    }

    private static async Task<string> Row(RunningServer server, string item) => (await server.Http.GetStringAsync("/api/v1/tables/item_suppliers.csv", Stop)).Split('\n').Single(l => l.StartsWith($"{item},", StringComparison.Ordinal) && l.Contains("US-GVL", StringComparison.Ordinal));

    private static async Task<(HttpStatusCode Code, JsonElement Said)> Set(RunningServer server, JsonElement hub, string reason)
    {
        var settings = hub.GetProperty("rows").EnumerateArray().Select(static r => new { source = r.GetProperty("source").GetString(), hard_days = r.GetProperty("advised").GetDecimal(), soft_days = 0 });
        using HttpResponseMessage answer = await server.Http.PostAsync("/api/v1/buffers", RunningServer.Json(JsonSerializer.Serialize(new { hub = "GVL", settings, reason })), Stop);
        return (answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync(Stop)));
    }
}
