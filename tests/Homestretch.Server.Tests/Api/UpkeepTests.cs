using System.Net;
using System.Text.Json;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using Xunit;

namespace Homestretch.Server.Tests.Api;

/// <summary>The winder wears and takes a week to mend: its row says what waiting costs, and the slot that is chosen wins what it said.</summary>
public sealed class UpkeepTests(AtRest atRest)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_chosen_slot_moves_the_forecasts_at_once_by_what_it_was_priced_at()
    {
        await using RunningServer server = await RunningServer.Demo();
        await server.Tell(DemoFolder.Now);
        Machine winder = DemoFolder.Now.Select(static e => (e as WorldEvent.Put)?.Record).OfType<Machine>().Single(static m => m.Id == "WIND-01");
        MachineReport report = DemoFolder.Now.Select(static e => (e as WorldEvent.Put)?.Record).OfType<MachineReport>().Single(static r => r.Machine == "WIND-01");
        await server.Tell(new WorldEvent.Put(winder with { RepairP50Hours = 300, RepairP90Hours = 500 }), new WorldEvent.Put(report with { RemainingP10Hours = 40, RemainingP50Hours = 70 }));
        JsonElement machine = await RunningServer.Until(() => server.Get("/api/v1/machines/WIND-01"), static m => Waiting(m) > 3);
        Assert.Equal("record", machine.GetProperty("life").GetProperty("by").GetString());
        Assert.InRange(Waiting(machine), 3, machine.GetProperty("row").GetProperty("upkeep").GetProperty("at_stake").GetDouble() + 1e-9);
        Assert.Equal("WIND-01", (await server.Get("/api/v1/machines")).GetProperty("rows")[0].GetProperty("machine").GetString());
        JsonElement best = machine.GetProperty("slots").EnumerateArray().Single(static s => s.GetProperty("best").GetBoolean());
        Assert.Equal(Waiting(machine), best.GetProperty("promises").GetDouble());

        Dictionary<string, double> before = await Kept(server);
        using (HttpResponseMessage told = await server.Http.PostAsync($"/api/v1/machines/WIND-01/service?from={best.GetProperty("from")}&to={best.GetProperty("to")}", null, Stop)) Assert.True(told.IsSuccessStatusCode, await told.Content.ReadAsStringAsync(Stop));
        Assert.Equal(best.GetProperty("promises").GetDouble(), (await Kept(server)).Values.Sum() - before.Values.Sum(), 0.05);

        machine = await RunningServer.Until(() => server.Get("/api/v1/machines/WIND-01"), static m => Waiting(m) is >= 0 and < 1);
        Assert.InRange(Waiting(machine), 0, 1);
        string planned = machine.GetProperty("planned")[0].GetProperty("maintenance").GetString()!;
        using (HttpResponseMessage told = await server.Http.PostAsync($"/api/v1/maintenance/{planned}/call-off", null, Stop)) Assert.True(told.IsSuccessStatusCode, await told.Content.ReadAsStringAsync(Stop));
        Assert.Equal(before.Values.Sum(), (await Kept(server)).Values.Sum(), 0.05);
        Assert.Equal(0, (await server.Get("/api/v1/machines/WIND-01")).GetProperty("planned").GetArrayLength());
        string audit = (await server.Get("/api/v1/audit?text=WIND-01")).GetRawText();
        Assert.Contains("maintenance-planned", audit, StringComparison.Ordinal);
        Assert.Contains("maintenance-called-off", audit, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/machines/NONE/service?from=2030-01-01T00:00:00Z&to=2030-01-01T06:00:00Z", "unknown-key"), InlineData("/api/v1/machines/WIND-01/service?from=2020-01-01T00:00:00Z&to=2020-01-01T06:00:00Z", "past")]
    [InlineData("/api/v1/machines/WIND-01/service?from=2030-01-01T06:00:00Z&to=2030-01-01T00:00:00Z", "interval"), InlineData("/api/v1/machines/WIND-01/service?from=2030-01-01T00:00:00Z&to=2030-04-01T00:00:00Z", "too-long"), InlineData("/api/v1/maintenance/NONE/call-off", "unknown-key")]
    public async Task What_cannot_be_is_refused_with_the_rule_and_nothing_is_planned(string path, string rule)
    {
        await using RunningServer server = await atRest.Demo();
        string before = await server.Http.GetStringAsync("/api/v1/tables/maintenance.csv", Stop);
        using HttpResponseMessage told = await server.Http.PostAsync(path, null, Stop);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, told.StatusCode);
        Assert.Contains($"\"{rule}\"", await told.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal(before, await server.Http.GetStringAsync("/api/v1/tables/maintenance.csv", Stop));
    }

    private static double Waiting(JsonElement machine) => machine.GetProperty("row").GetProperty("upkeep") is { ValueKind: JsonValueKind.Object } upkeep ? upkeep.GetProperty("waiting_costs").GetDouble() : -1;

    private static async Task<Dictionary<string, double>> Kept(RunningServer server) => (await server.Get("/api/v1/orders?take=1000")).GetProperty("rows").EnumerateArray()
        .ToDictionary(static r => r.GetProperty("order_line").GetString()!, static r => r.GetProperty("kept_share") is { ValueKind: JsonValueKind.Number } kept ? kept.GetDouble() : 0);
}
