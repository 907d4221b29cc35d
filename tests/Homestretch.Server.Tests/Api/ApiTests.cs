using System.Net;
using System.Text.Json;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Server.Tests.Api;

/// <summary>What the API promises its readers, over HTTP on a real server.</summary>
public sealed class ApiTests(AtRest atRest)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tag_holds_while_the_answer_does_across_a_restart_and_no_longer()
    {
        await using RunningServer first = await RunningServer.Demo();
        await first.Load();
        string tag = await TagOf(first, "/api/v1/orders/SO-7001/1");
        using (HttpResponseMessage same = await Conditional(first, tag)) Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        await first.Stop();
        await using RunningServer second = await RunningServer.Demo(first.Folder);
        using (HttpResponseMessage same = await Conditional(second, tag)) Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        OrderLine order = DemoFolder.World.OrderLines.First(static o => o.Id == "SO-7001/1");
        await second.Tell(new WorldEvent.Put(order with { Customer = "WEB-EU" }));
        using HttpResponseMessage other = await Conditional(second, tag);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.NotEqual(tag, other.Headers.ETag!.Tag);
    }

    [Fact]
    public async Task A_company_that_came_at_once_is_told_as_one_and_not_as_one_of_its_records()
    {
        await using RunningServer server = await atRest.Demo();
        string[] causes = [.. (await server.Get("/api/v1/changes?most=5")).EnumerateArray().Select(static c => c.GetProperty("cause").GetString()!)];
        Assert.Contains(causes, static c => c.Contains("tables came at once", StringComparison.Ordinal));
        Assert.DoesNotContain(causes, static c => c.Contains(" reports ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reasons_say_the_days_that_the_reader_is_shown_wherever_the_order_is_built()
    {
        await using RunningServer server = await RunningServer.Demo();
        await server.Load();
        OrderLine order = DemoFolder.World.OrderLines.First(static o => o.Hub.Value == "ALM" && o.Status == OrderStatus.Approved);
        Instant evening = Instant.FromUtc(2026, 6, 3, 23, 30);    // the 4th in Almere
        await server.Tell(new WorldEvent.Put(new Promise(order.Key, DemoFolder.World.Promises.StartingWith($"{order.Key}|").Count() + 1, order.Party, evening, new(0.9), Instant.FromUtc(2026, 3, 2, 6, 0), "paula", "test")));
        string[] reasons = [.. (await server.Get($"/api/v1/orders/{order.Id}")).GetProperty("reasons").EnumerateArray().Select(static r => r.GetString()!)];
        Assert.Contains(reasons, static r => r.StartsWith("The promise of Wed 3 Jun 2026 is kept", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Queries_take_the_words_that_answers_hold()
    {
        await using RunningServer server = await atRest.Demo();
        JsonElement[] orders = [.. (await server.Get("/api/v1/orders?take=1000")).GetProperty("rows").EnumerateArray()];
        foreach (var state in orders.GroupBy(static o => o.GetProperty("state").GetString()!))
            Assert.Equal(state.Count(), (await server.Get($"/api/v1/orders?state={state.Key}")).GetProperty("total").GetInt32());
        using HttpResponseMessage none = await server.Http.GetAsync("/api/v1/orders?state=wobbly", Stop);
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (none.StatusCode, none.Content.Headers.ContentType!.MediaType));
        Assert.Contains("at-risk", await none.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_description_names_every_path_with_a_summary_and_answers()
    {
        await using RunningServer server = await atRest.Demo();
        JsonElement api = await server.Get("/openapi/v1.json");
        Assert.StartsWith("3.1", api.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var operations = api.GetProperty("paths").EnumerateObject().SelectMany(static p => p.Value.EnumerateObject().Select(o => (Name: $"{o.Name} {p.Name}", o.Value))).Where(static o => o.Name.Contains("/api/v1/", StringComparison.Ordinal)).ToList();
        Assert.InRange(operations.Count, 25, 200);
        Assert.Empty(operations.Where(static o => !o.Value.TryGetProperty("summary", out _) || !o.Value.GetProperty("responses").EnumerateObject().Any()).Select(static o => o.Name));
        Assert.Empty(operations.Where(static o => o.Name.StartsWith("get /api/v1/orders", StringComparison.Ordinal) && !o.Value.GetProperty("responses").TryGetProperty("401", out _)).Select(static o => o.Name));
        Assert.Equal("ACME", operations.Single(static o => o.Name == "post /api/v1/changes").Value.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("example")[0].GetProperty("row").GetProperty("party").GetString());
    }

    [Fact]
    public async Task A_reader_that_comes_back_hears_what_it_missed_and_after_a_restart_a_reset()
    {
        await using RunningServer server = await RunningServer.Demo();
        await server.Tell([.. RealStart.Company.Select(static r => new WorldEvent.Put(r))]);
        string id;
        using (StreamReader live = await Listen(server, null))
        {
            Assert.Equal("ready", (await Heard(live)).Kind);
            await server.Tell(new WorldEvent.Put(new Party("ACME", "Acme", PartyKind.Customer, "US")));
            id = (await Heard(live)).Id;
        }
        await server.Tell(new WorldEvent.Put(new MachineReport("M1", "SONGBE", MachineState.Down, Ingest.Plant.Now, "jam", null, null, null, Ingest.Plant.Now)));
        using (StreamReader live = await Listen(server, id))
        {
            var (kind, data, _) = await Heard(live);
            Assert.Equal(("change", "M1"), (kind, Assert.Single(data.GetProperty("machines").EnumerateArray()).GetString()));
        }
        using (StreamReader live = await Listen(server, id)) id = (await Heard(live)).Id;
        using (StreamReader live = await Listen(server, id)) Assert.Equal("ready", (await Heard(live)).Kind);
        await server.Stop();
        await using RunningServer again = await RunningServer.Demo(server.Folder);
        using StreamReader last = await Listen(again, id);
        Assert.Equal("reset", (await Heard(last)).Kind);
    }

    private static async Task<StreamReader> Listen(RunningServer server, string? last)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/live");
        if (last is not null) request.Headers.Add("Last-Event-ID", last);
        HttpResponseMessage answer = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        return new(await answer.Content.ReadAsStreamAsync(Stop));
    }

    private static async Task<(string Kind, JsonElement Data, string Id)> Heard(StreamReader live)
    {
        string kind = "", data = "", id = "";
        while (await live.ReadLineAsync(Stop) is { } line)
        {
            if (line.Length == 0 && data.Length > 0) return (kind, JsonElement.Parse(data), id);
            if (line.StartsWith("event: ", StringComparison.Ordinal)) kind = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal)) data += line[6..];
            else if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
        }
        throw new InvalidOperationException("The stream ended.");
    }

    private static async Task<string> TagOf(RunningServer server, string path)
    {
        using HttpResponseMessage answer = await server.Http.GetAsync(path, Stop);
        return answer.Headers.ETag!.Tag;
    }

    private static async Task<HttpResponseMessage> Conditional(RunningServer server, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/orders/SO-7001/1");
        request.Headers.Add("If-None-Match", tag);
        return await server.Http.SendAsync(request, Stop);
    }
}
