using System.Net;
using System.Text.Json;
using Homestretch.Server.Tests.Ingest;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Server.Tests.Api;

/// <summary>Situations through the real server: opened by what happens, mended by decisions, work sent out, outcomes scored, rules followed within their limits, and nobody's who may not see them.</summary>
public sealed class SituationsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lost_promise_opens_a_situation_whose_remedy_is_decided_worked_on_and_scored()
    {
        await using RunningServer server = await RunningServer.Demo(null, "--situations", "true");
        await server.Tell(DemoFolder.Now);
        JsonElement one = await Mendable(server);
        string key = one.GetProperty("row").GetProperty("situation").GetString()!;
        JsonElement[] chain = [.. one.GetProperty("chain").EnumerateArray()];
        Assert.Equal("customers", chain[^1].GetProperty("place").GetString());
        Assert.Equal(one.GetProperty("row").GetProperty("promises").GetDouble(), one.GetProperty("lost").EnumerateArray().Sum(static l => l.GetProperty("lost").GetDouble()), 1e-9);
        Assert.Equal(one.GetProperty("lost").EnumerateArray().Count(static l => l.GetProperty("only_this").GetBoolean()), one.GetProperty("row").GetProperty("short_of_this_alone").GetInt32());
        JsonElement remedy = Remedy(one);
        Assert.True(remedy.GetProperty("after").GetDouble() > remedy.GetProperty("before").GetDouble());

        (HttpStatusCode code, JsonElement told) = await Post(server, $"/api/v1/situations/{key}/decisions", new { remedy = remedy.GetProperty("remedy").GetString(), reason = "they are good customers" });
        Assert.True(code == HttpStatusCode.OK, told.GetRawText());
        string decision = told.GetProperty("key").GetString()!;
        JsonElement made = (await server.Get("/api/v1/decisions")).GetProperty("rows").EnumerateArray().Single(d => d.GetProperty("decision").GetString() == decision);
        Assert.Equal("they are good customers", made.GetProperty("reason").GetString());
        Assert.Equal("admin", made.GetProperty("by").GetString());
        Assert.True(made.GetProperty("after").GetDouble() > made.GetProperty("before").GetDouble());
        JsonElement[] tasks = [.. (await server.Get("/api/v1/tasks")).GetProperty("rows").EnumerateArray().Where(t => t.GetProperty("decision").GetString() == decision)];
        Assert.Equal(remedy.GetProperty("work").GetArrayLength(), tasks.Length);
        Assert.NotEmpty(tasks);
        string task = tasks[0].GetProperty("task").GetString()!;
        await RunningServer.Until(() => server.Http.GetStringAsync("/api/v1/tables/tasks.csv", Stop), t => t.Contains(task, StringComparison.Ordinal));
        (code, told) = await Post(server, $"/api/v1/tasks/{task}", new { state = "refused" });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, true), (code, told.GetRawText().Contains("\"missing\"", StringComparison.Ordinal)));
        (code, told) = await Post(server, $"/api/v1/tasks/{task}", new { state = "done", answer = "booked" });
        Assert.True(code == HttpStatusCode.OK, told.GetRawText());
        Assert.Contains((await server.Get("/api/v1/tasks?over=true")).GetProperty("rows").EnumerateArray(), t => t.GetProperty("task").GetString() == task && t.GetProperty("answer").GetString() == "booked");

        // what it was taken for is built in time: its outcome is known
        string[] expected = [.. (await server.Http.GetStringAsync("/api/v1/tables/expectations.csv", Stop)).Split('\n').Where(l => l.StartsWith(decision, StringComparison.Ordinal)).Select(static l => l.Split(',')[1])];
        Build build = await Built(server, expected);
        await server.Tell(new WorldEvent.Put(build with { Status = OrderStatus.Completed, Start = DemoFolder.NowAt - Duration.FromHours(8), End = DemoFolder.NowAt - Duration.FromHours(1) }));
        JsonElement scored = await RunningServer.Until(() => server.Get("/api/v1/decisions"), d => Row(d, decision).GetProperty("known").GetInt32() > 0);
        Assert.Equal(1, Row(scored, decision).GetProperty("known").GetInt32());
        Assert.Equal(1, Row(scored, decision).GetProperty("kept").GetInt32());
        Assert.Equal(remedy.GetProperty("kind").GetString(), Assert.Single(scored.GetProperty("scores").EnumerateArray()).GetProperty("kind").GetString());
        string audit = (await server.Http.GetStringAsync("/api/v1/audit?take=200", Stop)).ToLowerInvariant();
        Assert.Contains("situation-decided", audit, StringComparison.Ordinal);
        Assert.Contains("task-answered", audit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shipment_that_is_held_up_says_what_speaks_for_it_and_how_many_kits_lack_only_this()
    {
        await using RunningServer server = await RunningServer.Demo(null, "--situations", "true");
        await server.Tell(DemoFolder.Now);
        await RunningServer.Until(() => server.Get("/api/v1/situations"), static l => l.GetProperty("total").GetInt32() > 0);
        Snapshot world = await World(server);
        var pegged = world.Pegs.CountBy(static p => p.Supply).ToDictionary(StringComparer.Ordinal);
        var (key, aboard) = world.Lots.Where(static l => l is { State: LotState.Shipped, Shipment: not null }).GroupBy(static l => l.Shipment!.Value.Value, static (k, l) => (Key: k, Lots: l.ToArray()))
            .MaxBy(s => s.Lots.Sum(l => pegged.GetValueOrDefault($"lot:{l.Id}")));
        int last = world.LaneSteps.StartingWith($"{aboard[0].Lane}|").Last().Sequence;
        Milestone Says(string source, int days) => new(key, last, Edge.End, Classifier.Estimated, source, "MERIDIAN", DemoFolder.NowAt + Duration.FromDays(days), DemoFolder.NowAt);
        await server.Tell([.. aboard.Select(static (l, n) => new WorldEvent.Put(new Pin($"HELD-{n}", "MERIDIAN", PinKind.Supply, l.Id, "", DemoFolder.NowAt + Duration.FromDays(50), "held", "ada", null))), new WorldEvent.Put(Says("SONGBE", 30)), new WorldEvent.Put(Says("MIHO", 33))]);
        JsonElement row = (await RunningServer.Until(() => server.Get("/api/v1/situations?take=500"), l => Held(l) is { ValueKind: JsonValueKind.Object } r && r.GetProperty("at_risk").GetInt32() > 3)).GetProperty("rows").EnumerateArray().First(r => r.GetProperty("cause").GetString() == $"shipment:{key}");
        Assert.InRange(row.GetProperty("short_of_this_alone").GetInt32(), 1, row.GetProperty("order_lines").GetInt32());
        JsonElement one = await server.Get($"/api/v1/situations/{row.GetProperty("situation").GetString()}");
        Assert.Equal(one.GetProperty("lost").EnumerateArray().Count(static l => l.GetProperty("only_this").GetBoolean()), one.GetProperty("row").GetProperty("short_of_this_alone").GetInt32());
        JsonElement[] signs = [.. one.GetProperty("signs").EnumerateArray()];
        Assert.All(signs, static s => Assert.EndsWith(".", s.GetProperty("text").GetString(), StringComparison.Ordinal));
        JsonElement apart = signs.Single(static s => s.GetProperty("kind").GetString() == "contradiction");
        Assert.Equal(($"shipment:{key}", 72.0, DemoFolder.NowAt.Plus(Duration.FromDays(30)).ToDateTimeOffset()), (apart.GetProperty("subject").GetString(), apart.GetProperty("hours").GetDouble(), apart.GetProperty("at").GetDateTimeOffset()));
        Assert.EndsWith("3 days apart.", apart.GetProperty("text").GetString(), StringComparison.Ordinal);

        JsonElement Held(JsonElement list) => list.GetProperty("rows").EnumerateArray().FirstOrDefault(r => r.GetProperty("cause").GetString() == $"shipment:{key}");
    }

    [Fact]
    public async Task One_is_taken_let_be_and_called_useless_and_what_cannot_be_is_refused_with_the_rule()
    {
        await using RunningServer server = await RunningServer.Demo(null, "--situations", "true");
        await server.Tell(DemoFolder.Now);
        JsonElement list = await RunningServer.Until(() => server.Get("/api/v1/situations"), static l => l.GetProperty("total").GetInt32() > 1);
        string[] keys = [.. list.GetProperty("rows").EnumerateArray().Select(static r => r.GetProperty("situation").GetString()!)];
        (HttpStatusCode code, JsonElement told) = await Post(server, $"/api/v1/situations/{keys[0]}/own", new { });
        Assert.True(code == HttpStatusCode.OK, told.GetRawText());
        Assert.Equal("admin", (await server.Get($"/api/v1/situations/{keys[0]}")).GetProperty("row").GetProperty("owner").GetString());
        foreach (var (path, body, rule) in new[] { ($"{keys[0]}/let-be", """{"reason": " "}""", "missing"), ($"{keys[0]}/decisions", """{"remedy": "none", "reason": "x"}""", "unknown-key"), ("SIT-99999/useless", """{"reason": "x"}""", "unknown-key") })
        {
            using HttpResponseMessage answer = await server.Http.PostAsync($"/api/v1/situations/{path}", RunningServer.Json(body), Stop);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Contains($"\"{rule}\"", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.OK, (await Post(server, $"/api/v1/situations/{keys[0]}/let-be", new { reason = "the customer knows" })).Code);
        Assert.Equal(HttpStatusCode.OK, (await Post(server, $"/api/v1/situations/{keys[1]}/useless", new { reason = "it is always so" })).Code);
        JsonElement over = await server.Get("/api/v1/situations?over=true");
        Assert.Contains(over.GetProperty("rows").EnumerateArray(), r => r.GetProperty("situation").GetString() == keys[0] && r.GetProperty("note").GetString() == "the customer knows" && !r.GetProperty("useless").GetBoolean());
        Assert.Contains(over.GetProperty("rows").EnumerateArray(), r => r.GetProperty("situation").GetString() == keys[1] && r.GetProperty("useless").GetBoolean());
        Assert.Equal(1, over.GetProperty("alarms").GetProperty("useless").GetInt32());
        Assert.True(over.GetProperty("alarms").GetProperty("false_share").GetDouble() > 0);
        await Task.Delay(1500, Stop);     // looks go on, and what was let be stays silent
        Assert.DoesNotContain((await server.Get("/api/v1/situations")).GetProperty("rows").EnumerateArray(), r => keys.Take(2).Contains(r.GetProperty("situation").GetString()) || r.GetProperty("cause").GetString() == list.GetProperty("rows")[0].GetProperty("cause").GetString());
    }

    [Fact]
    public async Task A_standing_rule_takes_what_it_may_and_not_more()
    {
        await using RunningServer server = await RunningServer.Demo(null, "--situations", "true");
        await server.Tell(DemoFolder.Now);
        (HttpStatusCode code, JsonElement told) = await Post(server, "/api/v1/standing-rules", new { remedy = "ask-option", reason = "x" });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, true), (code, told.GetRawText().Contains("not-by-rule", StringComparison.Ordinal)));
        (code, told) = await Post(server, "/api/v1/standing-rules", new { remedy = "new-date", reason = "x" });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, true), (code, told.GetRawText().Contains("not-by-rule", StringComparison.Ordinal)));
        string[] kinds = ["move-maintenance", "repeg", "resequence", "overtime", "expedite", "split-lot", "combined"];
        foreach (string kind in kinds)
        {
            (code, told) = await Post(server, "/api/v1/standing-rules", new { remedy = kind, reason = "small things need no meeting", least_promises = 0.1, per_week = 500, currency = "usd" });
            Assert.True(code == HttpStatusCode.OK, told.GetRawText());
        }
        JsonElement decisions = await RunningServer.Until(() => server.Get("/api/v1/decisions"), static d => d.GetProperty("total").GetInt32() > 0);
        Assert.True(decisions.GetProperty("total").GetInt32() > 0, server.Said);
        await Task.Delay(3000, Stop);
        decisions = await server.Get("/api/v1/decisions?take=500");
        Assert.All(decisions.GetProperty("rows").EnumerateArray(), static d => Assert.NotEqual("", d.GetProperty("rule").GetString()));
        JsonElement[] rules = [.. (await server.Get("/api/v1/standing-rules")).EnumerateArray()];
        Assert.Contains(rules, static r => r.GetProperty("taken").GetInt32() > 0);
        Assert.All(rules, static r => Assert.True(r.GetProperty("spent").GetProperty("minor").GetInt64() <= 50_000, r.GetRawText()));
        string rule = rules[0].GetProperty("rule").GetString()!;
        Assert.Equal(HttpStatusCode.OK, (await Post(server, $"/api/v1/standing-rules/{rule}/withdraw", new { })).Code);
        Assert.False((await server.Get("/api/v1/standing-rules")).EnumerateArray().Single(r => r.GetProperty("rule").GetString() == rule).GetProperty("holds").GetBoolean());
    }

    [Fact]
    public async Task A_supplier_sees_and_answers_the_work_it_was_given_and_nothing_else()
    {
        await using RunningServer server = await RealStart.Begin(null, "--situations", "true");
        string admin = server.Http.DefaultRequestHeaders.Authorization!.Parameter!;
        await server.Tell(DemoFolder.Now);
        WorkTask mine = new("TASK-90001", "SONGBE", "DEC-1", TaskKind.ChangeRequest, "", "lots:L1", "Hand over the first fifty", DemoFolder.NowAt + Duration.FromDays(1), TaskState.Open, ""), other = mine with { Key = "TASK-90002", Party = "MIHO" };
        await server.Tell(new WorldEvent.Put(mine), new WorldEvent.Put(other));
        await RunningServer.Until(() => server.Get("/api/v1/situations"), static l => l.GetProperty("total").GetInt32() > 0);
        string sam = await RealStart.Person(server, "sam", "SONGBE", "supplier"), wanda = await RealStart.Person(server, "wanda", "MERIDIAN", "warehouse");
        string key = (await server.Get("/api/v1/situations")).GetProperty("rows")[0].GetProperty("situation").GetString()!;
        foreach (string token in (string[])[sam, wanda])
        {
            server.As(token);
            Assert.Equal(0, (await server.Get("/api/v1/situations")).GetProperty("total").GetInt32());
            Assert.Equal(HttpStatusCode.NotFound, await RealStart.StatusOf(server, HttpMethod.Get, $"/api/v1/situations/{key}", token));
            Assert.Equal(0, (await server.Get("/api/v1/decisions")).GetProperty("total").GetInt32());
            Assert.Equal(0, (await server.Get("/api/v1/standing-rules")).GetArrayLength());
            Assert.Single((await server.Http.GetStringAsync("/api/v1/tables/situations.csv", Stop)).Trim().Split('\n'));
            (HttpStatusCode refused, JsonElement said) = await Post(server, $"/api/v1/situations/{key}/useless", new { reason = "x" });
            Assert.Equal((HttpStatusCode.UnprocessableEntity, true), (refused, said.GetRawText().Contains("\"role\"", StringComparison.Ordinal)));
        }
        server.As(sam);
        JsonElement task = Assert.Single((await server.Get("/api/v1/tasks")).GetProperty("rows").EnumerateArray());
        Assert.Equal(("TASK-90001", "", true), (task.GetProperty("task").GetString(), task.GetProperty("decision").GetString(), task.GetProperty("mine").GetBoolean()));
        Assert.Contains("TASK-90001", (await RunningServer.Until(() => server.Http.GetStringAsync("/api/v1/notices", Stop), static n => n.Contains("TASK-90001", StringComparison.Ordinal))), StringComparison.Ordinal);
        Assert.DoesNotContain("TASK-90002", await server.Http.GetStringAsync("/api/v1/notices", Stop), StringComparison.Ordinal);
        foreach (var (take, owner) in new[] { (true, "sam"), (false, "") })    // who takes the notice takes the work
        {
            Assert.Equal(HttpStatusCode.NoContent, (await server.Http.PostAsync($"/api/v1/notices/take?key=task:TASK-90001&take={take}", null, Stop)).StatusCode);
            Assert.Equal(owner, (await server.Get("/api/v1/tasks")).GetProperty("rows")[0].GetProperty("owner").GetString());
            JsonElement[] said = await RunningServer.Until(async () => (await server.Get("/api/v1/notices")).EnumerateArray().ToArray(), n => n.Any(x => x.GetProperty("key").GetString() == "task:TASK-90001" && (x.GetProperty("owner").GetString() ?? "") == owner));
            Assert.Contains(said, x => x.GetProperty("key").GetString() == "task:TASK-90001" && (x.GetProperty("owner").GetString() ?? "") == owner);
        }
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Post(server, "/api/v1/tasks/TASK-90002", new { state = "done" })).Code);
        (HttpStatusCode code, JsonElement told) = await Post(server, "/api/v1/tasks/TASK-90001", new { state = "refused", answer = "the truck is full" });
        Assert.True(code == HttpStatusCode.OK, told.GetRawText());
        server.As(admin);
        JsonElement answered = (await server.Get("/api/v1/tasks?over=true")).GetProperty("rows").EnumerateArray().Single(static t => t.GetProperty("task").GetString() == "TASK-90001");
        Assert.Equal(("refused", "the truck is full", "sam"), (answered.GetProperty("state").GetString(), answered.GetProperty("answer").GetString(), answered.GetProperty("owner").GetString()));
    }

    /// <summary>The first situation with a remedy that wins something and asks somebody to do something.</summary>
    private static async Task<JsonElement> Mendable(RunningServer server)
    {
        JsonElement found = await RunningServer.Until(async () =>
        {
            foreach (JsonElement row in (await server.Get("/api/v1/situations")).GetProperty("rows").EnumerateArray())
            {
                JsonElement one = await server.Get($"/api/v1/situations/{row.GetProperty("situation").GetString()}");
                if (!one.GetProperty("row").GetProperty("searching").GetBoolean() && one.GetProperty("remedies").EnumerateArray().Any(IsWork)) return one;
            }
            return default;
        }, static o => o.ValueKind == JsonValueKind.Object);
        Assert.True(found.ValueKind == JsonValueKind.Object, $"No situation has a remedy that asks for work.\n{await server.Http.GetStringAsync("/api/v1/situations", Stop)}\n{server.Said}");
        return found;
    }

    private static JsonElement Remedy(JsonElement one) => one.GetProperty("remedies").EnumerateArray().First(IsWork);

    private static bool IsWork(JsonElement r) => r.GetProperty("work").GetArrayLength() > 0 && r.GetProperty("kind").GetString() is not ("new-date" or "ask-option") && !r.GetProperty("stale").GetBoolean();

    private static JsonElement Row(JsonElement decisions, string key) => decisions.GetProperty("rows").EnumerateArray().Single(d => d.GetProperty("decision").GetString() == key);

    /// <summary>The build of one of these order lines, as the server has it.</summary>
    private static async Task<Build> Built(RunningServer server, string[] orders)
    {
        return (await World(server)).Builds.First(b => orders.Contains(b.OrderLine.Value));
    }

    /// <summary>The world as the server has it.</summary>
    private static async Task<Snapshot> World(RunningServer server)
    {
        var (world, findings) = Exchange.Csv.CompanyFolder.Read(await Task.WhenAll(TableKind.All.Select(async k => KeyValuePair.Create($"{k.Name}.csv", await server.Http.GetByteArrayAsync($"/api/v1/tables/{k.Name}.csv", Stop)))));
        Assert.Empty(findings);
        return world!;
    }

    private static async Task<(HttpStatusCode Code, JsonElement Said)> Post(RunningServer server, string path, object body)
    {
        using HttpResponseMessage answer = await server.Http.PostAsync(path, RunningServer.Json(JsonSerializer.Serialize(body)), Stop);
        return (answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync(Stop)));
    }
}
