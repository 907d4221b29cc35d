using System.Net;
using System.Text.Json;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using Xunit;

namespace Homestretch.Server.Tests.Api;

/// <summary>Stock with a target over the API: what is below is told, bought up by who may, once, and noted.</summary>
public sealed class StocksTests(AtRest atRest)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_below_its_target_is_bought_once_and_noted()
    {
        await using RunningServer server = await RunningServer.Demo();
        await server.Tell(DemoFolder.Now);
        await server.Tell(new WorldEvent.Put(new StockTarget("GVL", "RCK-1", "MERIDIAN", 5000, "more than there is")), new WorldEvent.Put(new StockTarget("ALM", "RCK-1", "MERIDIAN", 4000, "")));
        JsonElement rack = await Row(server, "GVL|RCK-1");
        Assert.True(rack.GetProperty("below").GetBoolean());
        Assert.True(rack.GetProperty("buy").GetDecimal() >= 5000 - rack.GetProperty("free").GetDecimal());
        Assert.Equal(rack.GetProperty("free").GetDecimal(), rack.GetProperty("there").GetDecimal() + rack.GetProperty("coming").GetDecimal() - rack.GetProperty("taken").GetDecimal());
        Assert.Equal(HttpStatusCode.OK, await Buy(server, """{"stocks": ["GVL|RCK-1"]}"""));
        JsonElement after = await Row(server, "GVL|RCK-1");
        Assert.Equal((false, rack.GetProperty("coming").GetDecimal() + rack.GetProperty("buy").GetDecimal()), (after.GetProperty("below").GetBoolean(), after.GetProperty("coming").GetDecimal()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Buy(server, """{"stocks": ["GVL|RCK-1"]}"""));
        Assert.True((await Row(server, "ALM|RCK-1")).GetProperty("below").GetBoolean());
        Assert.Equal(HttpStatusCode.OK, await Buy(server, """{"stocks": []}"""));
        Assert.DoesNotContain((await server.Get("/api/v1/stocks")).GetProperty("rows").EnumerateArray(), static r => r.GetProperty("below").GetBoolean() && r.GetProperty("buy").GetDecimal() > 0);
        Assert.Contains("STOCK-RCK-1-GVL-", await server.Http.GetStringAsync("/api/v1/tables/purchase_order_lines.csv", Stop), StringComparison.Ordinal);
    }

    [Theory, InlineData("""{"stocks": ["GVL|NONE"]}""", "unknown-key"), InlineData("""{"stocks": ["COV|SAD-2"]}""", "unknown-key")]
    public async Task A_stock_without_a_target_is_refused(string order, string rule)
    {
        await using RunningServer server = await atRest.Demo();
        using HttpResponseMessage told = await server.Http.PostAsync("/api/v1/stocks", RunningServer.Json(order), Stop);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, told.StatusCode);
        Assert.Contains($"\"{rule}\"", await told.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_re_plan_buys_nothing_and_a_supplier_sees_nothing()
    {
        await using RunningServer server = await atRest.Company();
        string wanda = await RealStart.Person(server, "stocks-wanda", "MERIDIAN", "warehouse"), sam = await RealStart.Person(server, "stocks-sam", "SONGBE", "supplier");
        foreach (var (token, sees) in new[] { (wanda, true), (sam, false) })
        {
            server.As(token);
            Assert.Equal(sees, (await server.Get("/api/v1/stocks")).GetProperty("rows").GetArrayLength() > 0);
            using HttpResponseMessage told = await server.Http.PostAsync("/api/v1/stocks", RunningServer.Json("""{"stocks": []}"""), Stop);
            Assert.Contains("\"role\"", await told.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        }
    }

    private static async Task<JsonElement> Row(RunningServer server, string stock) => (await server.Get("/api/v1/stocks")).GetProperty("rows").EnumerateArray().Single(r => r.GetProperty("stock").GetString() == stock);

    private static async Task<HttpStatusCode> Buy(RunningServer server, string order)
    {
        using HttpResponseMessage told = await server.Http.PostAsync("/api/v1/stocks", RunningServer.Json(order), Stop);
        return told.StatusCode;
    }
}
