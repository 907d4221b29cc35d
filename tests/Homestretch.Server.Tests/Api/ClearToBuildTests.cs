using System.Net;
using System.Text.Json;
using Homestretch.Clearing;
using Homestretch.Exchange.Csv;
using Homestretch.Promising;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace Homestretch.Server.Tests.Api;

/// <summary>Release lists over the API: those of the core, accepted as they were read or refused with the reason, and nobody's who may not re-plan.</summary>
public sealed class ClearToBuildTests(AtRest atRest)
{
    private const string Path = "/api/v1/clear-to-build";
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_list_is_the_cores_and_accepting_it_writes_its_events_and_nothing_else()
    {
        await using RunningServer server = await RunningServer.Demo();
        await server.Tell(DemoFolder.Now);
        var (world, plan, said) = await Both(server);
        ClearList list = ClearToBuild.Of(plan, cancel: Stop);
        Assert.Equal((list.Score.Builds, list.Score.Kits, list.MostKits, list.Events.Count), (Int(said, "kits"), Int(said, "weighted"), Int(said, "bound"), Int(said, "changes")));
        Assert.True(list.Score.Builds > 10, said.GetRawText());
        Assert.Equal(list.Gap, said.GetProperty("gap").GetDouble(), 9);
        ClearBuild[] released = [.. list.Builds.Where(static b => b.Kind == ClearKind.Released)];
        Assert.Equal(released.Sum(static b => b.SavesPromise?.Value ?? 0), said.GetProperty("promises_saved").GetDouble(), 6);
        Assert.Equal([.. released.Select(static b => (b.OrderLine.Value, b.Line!.Value.Value, b.Start!.Value, b.End!.Value)).OrderBy(static x => x.Item2, StringComparer.Ordinal).ThenBy(static x => x.Item3)],
            said.GetProperty("lines").EnumerateArray().SelectMany(static l => l.GetProperty("builds").EnumerateArray().Where(static b => Text(b, "change") != "held").Select(b => (Text(b, "order_line"), Text(l, "line"), At(b, "begins"), At(b, "ends")))));
        Assert.Equal(list.Builds.Where(static b => b.Kind is ClearKind.Short or ClearKind.GivesWay).Select(static b => b.OrderLine.Value).Order(StringComparer.Ordinal),
            said.GetProperty("left_out").EnumerateArray().SelectMany(static g => g.GetProperty("rows").EnumerateArray()).Select(static r => Text(r, "order_line")).Order(StringComparer.Ordinal));
        Assert.Equal(Text(said, "list"), Text(await server.Get(Path), "list"));      // kept while the plan stands

        JsonElement effect = await server.Get($"{Path}/{Text(said, "list")}/effect");
        Snapshot after = world.Apply(list.Events, "clear").World;
        Assert.Equal(after.Builds.Count(b => world.Builds.Find(b.Id) is not { } was || was.Start != b.Start || was.Line != b.Line) + world.Builds.Count(b => after.Builds.Find(b.Id) is null), effect.GetProperty("moves").GetArrayLength());
        Assert.Equal(Kept(plan), effect.GetProperty("promises_kept_before").GetDouble(), 6);
        Assert.Equal(Kept(Plan.Make(after, plan.Epoch, plan.Policy)), effect.GetProperty("promises_kept_after").GetDouble(), 6);

        (HttpStatusCode code, string answer) = await Accept(server, Text(said, "list"));
        Assert.True(code == HttpStatusCode.OK, answer);
        Snapshot now = await World(server);
        Assert.Equal(after.Builds, now.Builds);
        Assert.Equal(after.Pegs, now.Pegs);
        Assert.Equal(after.PurchaseOrderLines, now.PurchaseOrderLines);
        Assert.Contains("release-list-accepted", (await server.Get("/api/v1/audit?text=release-list")).GetRawText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await Accept(server, Text(said, "list"))).Code);     // once is enough
    }

    [Fact]
    public async Task A_list_that_would_be_another_now_is_refused_with_what_differs_and_one_that_would_not_is_taken()
    {
        await using RunningServer server = await RunningServer.Demo();
        await server.Tell(DemoFolder.Now);
        JsonElement said = await server.Get($"{Path}?days=3");
        JsonElement first = said.GetProperty("lines")[0].GetProperty("builds").EnumerateArray().First(static b => Text(b, "change") != "held");
        Snapshot world = await World(server);
        Peg peg = world.Pegs.StartingWith($"{world.Builds.First(b => b.OrderLine.Value == Text(first, "order_line")).Key}|").First();
        Key<Site> hub = world.OrderLines[Text(first, "order_line")].Hub;
        Stock[] there = [.. world.Stock.Where(s => s.Item == peg.Item && s.Site == hub)];
        Lot[] coming = [.. world.Lots.Where(l => l.Item == peg.Item)];
        await server.Tell([.. there.Select(static s => s with { Quantity = s.Quantity with { Value = 0 } }), .. coming.Where(static l => l.State is LotState.Planned or LotState.Making).Select(static l => l with { Ready = l.Ready + Duration.FromDays(40) })]);
        string builds = await server.Http.GetStringAsync("/api/v1/tables/builds.csv", Stop);
        (HttpStatusCode code, string answer) = await Accept(server, Text(said, "list"));
        Assert.True(code == HttpStatusCode.Conflict, answer);
        Assert.Contains("stale-list", answer, StringComparison.Ordinal);
        Assert.Contains("SO-", answer, StringComparison.Ordinal);
        Assert.Equal(builds, await server.Http.GetStringAsync("/api/v1/tables/builds.csv", Stop));

        JsonElement anew = await server.Get($"{Path}?days=3");
        Assert.NotEqual(Text(said, "list"), Text(anew, "list"));
        await server.Tell([world.Sites.First() with { Name = "Elsewhere" }]);
        Assert.True((await server.Get($"{Path}/{Text(anew, "list")}/effect")).GetProperty("older").GetBoolean());
        (code, answer) = await Accept(server, Text(anew, "list"));
        Assert.True(code == HttpStatusCode.OK, answer);
        Assert.NotEqual(builds, await server.Http.GetStringAsync("/api/v1/tables/builds.csv", Stop));
    }

    [Theory]
    [InlineData("days=0"), InlineData("days=61"), InlineData("certainty=0"), InlineData("certainty=1.1"), InlineData("due-within=0"), InlineData("days=NaN")]
    public async Task What_is_no_horizon_is_refused(string query)
    {
        await using RunningServer server = await atRest.Demo();
        using HttpResponseMessage answer = await server.Http.GetAsync($"{Path}?{query}", Stop);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_company_without_lines_has_nothing_to_release_and_who_may_not_learns_nothing()
    {
        await using RunningServer server = await atRest.Real();
        JsonElement none = await server.Get(Path);
        Assert.Equal(("no-lines", 0, 0), (Text(none, "nothing"), Int(none, "kits"), Int(none, "changes")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Accept(server, Text(none, "list"))).Code);
        foreach (var (login, party, role) in new[] { ("clear-wanda", "MERIDIAN", "warehouse"), ("clear-sam", "SONGBE", "supplier") })
        {
            string token = await RealStart.Person(server, login, party, role);
            Assert.Equal(HttpStatusCode.Forbidden, await RealStart.StatusOf(server, HttpMethod.Get, Path, token));
            Assert.Equal(HttpStatusCode.NotFound, await RealStart.StatusOf(server, HttpMethod.Get, $"{Path}/{Text(none, "list")}/effect", token));
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{Path}/accept") { Content = RunningServer.Json($$"""{"list": "{{Text(none, "list")}}"}""") };
            request.Headers.Authorization = new("Bearer", token);
            using HttpResponseMessage told = await server.Http.SendAsync(request, Stop);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, told.StatusCode);
            Assert.Contains("\"role\"", await told.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.Unauthorized, await RealStart.StatusOf(server, HttpMethod.Get, Path, null));
    }

    /// <summary>A list with the world and the plan that it is of.</summary>
    private static async Task<(Snapshot World, Plan Plan, JsonElement List)> Both(RunningServer server)
    {
        for (int again = 0; again < 10; again++)
        {
            string before = (await server.Get("/api/v1/plan")).GetRawText();
            Snapshot world = await World(server);
            JsonElement list = await server.Get(Path);
            if (before == (await server.Get("/api/v1/plan")).GetRawText() && !list.GetProperty("older").GetBoolean()) return (world, Plan.Make(world, At(list, "epoch"), new PlanPolicy { Sea = Exchange.Sea.SeaAtlas.World }), list);
        }
        throw new InvalidOperationException("The plan never stood still.");
    }

    private static async Task<Snapshot> World(RunningServer server)
    {
        var files = new List<KeyValuePair<string, byte[]>>();
        foreach (TableKind kind in TableKind.All) files.Add(new($"{kind.Name}.csv", await server.Http.GetByteArrayAsync($"/api/v1/tables/{kind.Name}.csv", Stop)));
        var (world, findings) = CompanyFolder.Read(files);
        return world ?? throw new InvalidOperationException(findings[0].ToString());
    }

    private static async Task<(HttpStatusCode Code, string Said)> Accept(RunningServer server, string list)
    {
        using HttpResponseMessage answer = await server.Http.PostAsync($"{Path}/accept", RunningServer.Json($$"""{"list": "{{list}}"}"""), Stop);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    private static double Kept(Plan plan) => plan.Forecasts.Sum(static f => f.AsDated?.Kept?.Value ?? 0);
    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;
    private static int Int(JsonElement of, string name) => of.GetProperty(name).GetInt32();
    private static Instant At(JsonElement of, string name) => InstantPattern.ExtendedIso.Parse(Text(of, name)).Value;
}
