using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Server.Tests.Archiving;

/// <summary>The ledger of the floor in a real server: what is old leaves the world, is told on request, and is never done a second time.</summary>
public sealed class LedgerKeeperTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Operations_of_more_than_a_month_ago_leave_the_world_stay_in_the_ledger_and_told_again_get_the_answer_of_then()
    {
        await using RunningServer server = await RunningServer.Demo();
        await server.Tell(DemoFolder.Now);
        string code = JsonElement.Parse(await (await server.Http.PostAsync("/api/v1/floor-devices", RunningServer.Json("""{"name":"GVL-07","site":"GVL","role":"administrator"}"""), Cancel)).Content.ReadAsStringAsync(Cancel)).GetProperty("path").GetString()!;
        JsonElement enrolled = JsonElement.Parse(await (await server.Http.PostAsync("/api/v1/floor/enrol", RunningServer.Json($$"""{"code":"{{code[(code.IndexOf('=', StringComparison.Ordinal) + 1)..]}}"}"""), Cancel)).Content.ReadAsStringAsync(Cancel));
        string install = enrolled.GetProperty("install").GetString()!;
        Instant now = SystemClock.Instance.GetCurrentInstant();
        FloorOperation[] old = [.. Enumerable.Range(0, 8).Select(n => DoneOperations.Of(install, n, now - Duration.FromDays(40) + Duration.FromHours(n)))], late = [.. Enumerable.Range(8, 3).Select(n => DoneOperations.Of(install, n, now - Duration.FromDays(20) + Duration.FromHours(n)))];
        await server.Tell([.. old, .. late]);
        JsonElement before = await server.Get("/api/v1/floor-operations");
        Assert.Equal(11, before.GetProperty("total").GetInt32());
        await server.Kill();

        await using RunningServer next = await RunningServer.Demo(server.Folder);
        string csv = await RunningServer.Until(() => next.Http.GetStringAsync("/api/v1/tables/floor_operations.csv", Cancel), s => !old.Any(o => s.Contains($"{o.Id},", StringComparison.Ordinal)));
        Assert.All(late, o => Assert.Contains($"{o.Id},", csv, StringComparison.Ordinal));
        Assert.Equal(before.ToString(), (await next.Get("/api/v1/floor-operations")).ToString());
        Assert.Equal(["OLD-2", "OLD-2", "OLD-2"], (await next.Get("/api/v1/floor-operations?lot=OLD-2")).GetProperty("rows").EnumerateArray().Select(static r => r.GetProperty("lot_number").GetString()));
        JsonElement second = await next.Get("/api/v1/floor-operations?skip=2&limit=3");
        Assert.Equal(before.GetProperty("rows").EnumerateArray().Skip(2).Take(3).Select(static r => r.ToString()), second.GetProperty("rows").EnumerateArray().Select(static r => r.ToString()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await next.Http.GetAsync("/api/v1/floor-operations?from=soon", Cancel)).StatusCode);

        using var device = new HttpClient { BaseAddress = next.Http.BaseAddress, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", enrolled.GetProperty("token").GetString()) } };
        object[] again = [.. old.Concat(late).Select(static o => new { number = int.Parse(o.Id[(o.Id.IndexOf('/', StringComparison.Ordinal) + 1)..], System.Globalization.CultureInfo.InvariantCulture), act = Words.Of(o.Act), happened = "2026-01-01T00:00:00Z", item = o.Item, lot_number = o.LotNumber, quantity = o.Quantity, from = o.From, to = o.To })];
        using HttpResponseMessage answers = await device.PostAsync("/api/v1/floor/operations", RunningServer.Json(JsonSerializer.Serialize(again)), Cancel);
        Assert.Equal(old.Concat(late).Select(static o => (Words.Of(o.Answer), o.Rule, o.Said)), JsonElement.Parse(await answers.Content.ReadAsStringAsync(Cancel)).EnumerateArray().Select(static a => (a.GetProperty("answer").GetString()!, a.GetProperty("rule").GetString()!, a.GetProperty("said").GetString()!)));
        Assert.Equal(11, (await next.Get("/api/v1/floor-operations")).GetProperty("total").GetInt32());
    }
}
