using System.Net;
using System.Text;
using System.Text.Json;
using Homestretch.Exchange.Events;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Server.Tests.Api;

public sealed class WhatIfTests(AtRest atRest)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A late lot, and an order that waits for its slot: the planner's own doing belongs to what would be.</summary>
    [Fact]
    public async Task What_is_answered_is_what_then_happens_and_until_then_nothing_does()
    {
        await using RunningServer server = await RunningServer.Demo();
        await server.Tell(DemoFolder.Now);
        Snapshot world = Snapshot.Of(DemoFolder.Now.Select(static e => ((WorldEvent.Put)e).Record));
        Lot late = world.Lots.Where(static l => l.State < LotState.Received).MaxBy(l => world.Pegs.Count(p => p.Supply == $"lot:{l.Key}"))!;
        OrderLine more = world.OrderLines.First(static o => o.Status == OrderStatus.Approved) with { Key = "SO-NEW/1" };
        WorldEvent[] events = [new WorldEvent.Put(new Pin("STRIKE", "MERIDIAN", PinKind.Supply, late.Id, "", SystemClock.Instance.GetCurrentInstant() + Duration.FromDays(60), "strike at the port", "paula", null)), new WorldEvent.Put(more)];
        Dictionary<string, string> before = await Dates(server);

        JsonElement branch = await Asked(server, events, HttpStatusCode.OK);
        Assert.Equal(before, await Dates(server));
        await server.Tell(events);
        Dictionary<string, string> after = await Dates(server);

        var rows = branch.GetProperty("rows").EnumerateArray().ToDictionary(static r => r.GetProperty("order_line").GetString()!, static r => r.GetProperty("after").GetRawText());
        Assert.Equal(after["SO-NEW/1"], rows["SO-NEW/1"]);
        Assert.InRange(rows.Count, 5, after.Count);
        Assert.All(rows, r => Assert.Equal(after[r.Key], r.Value));
        Assert.True(branch.GetProperty("later").GetInt32() > 3 && branch.GetProperty("promises_kept_after").GetDouble() < branch.GetProperty("promises_kept_before").GetDouble() - 1);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_with_findings()
    {
        await using RunningServer server = await atRest.Demo();
        OrderLine strange = DemoFolder.World.OrderLines.First() with { Key = "SO-NEW/1", Market = "MARS" };
        JsonElement said = await Asked(server, [new WorldEvent.Put(strange)], HttpStatusCode.UnprocessableEntity);
        Assert.Contains("MARS", said.GetProperty("findings")[0].GetProperty("what").GetString(), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> Asked(RunningServer server, WorldEvent[] events, HttpStatusCode code)
    {
        using HttpResponseMessage answer = await server.Http.PostAsync("/api/v1/what-if", RunningServer.Json(Encoding.UTF8.GetString(EventText.Write(events))), Stop);
        string said = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(answer.StatusCode == code, said);
        return JsonElement.Parse(said);
    }

    private static async Task<Dictionary<string, string>> Dates(RunningServer server) => (await server.Get("/api/v1/orders?take=1000")).GetProperty("rows").EnumerateArray()
        .ToDictionary(static r => r.GetProperty("order_line").GetString()!, static r => r.GetProperty("forecast").GetRawText());
}
