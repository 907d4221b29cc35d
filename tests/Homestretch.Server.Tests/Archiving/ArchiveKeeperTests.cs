using System.Net;
using System.Text.Json;
using Homestretch.Server.Storage;
using Homestretch.Server.Tests.Running;
using Homestretch.Server.Tests.Storage;
using Homestretch.World;
using Xunit;

namespace Homestretch.Server.Tests.Archiving;

/// <summary>Units that are done, in a real server: put away at once, gone from the world after two weeks, answered as before, and there once whatever ends the process.</summary>
public sealed class ArchiveKeeperTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_unit_that_is_done_outlives_a_kill_and_is_put_away_once()
    {
        await using RunningServer server = await RunningServer.Demo();
        await server.Tell(DemoFolder.Now);
        await server.Tell(DoneUnits.Records(1, daysAgo: 1));
        await server.Kill();      // before or after it was put away
        await using RunningServer next = await RunningServer.Demo(server.Folder);
        Assert.Equal(1, await RunningServer.Until(() => Archived(next), static n => n == 1));
        string record = (await next.Get($"/api/v1/units/{DoneUnits.Serial(1)}")).ToString();
        Assert.Contains(DoneUnits.Serial(1), await Csv(next), StringComparison.Ordinal);
        await next.Tell(DoneUnits.Records(2, daysAgo: 1));
        await RunningServer.Until(() => Archived(next), static n => n == 2);
        await next.Tell(DoneUnits.Records(4, daysAgo: 20));
        await next.Kill();        // before it was put away, or between that and its leaving, or after
        await using RunningServer last = await RunningServer.Demo(server.Folder);
        await last.Tell(DoneUnits.Records(3, daysAgo: 1));
        Assert.Equal(4, await RunningServer.Until(() => Archived(last), static n => n == 4));
        Assert.DoesNotContain($"{DoneUnits.Serial(4)},", await RunningServer.Until(() => Csv(last), static csv => !csv.Contains($"{DoneUnits.Serial(4)},", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal("complete", Text(await last.Get($"/api/v1/units/{DoneUnits.Serial(4)}"), "state"));
        Assert.Equal(record, (await last.Get($"/api/v1/units/{DoneUnits.Serial(1)}")).ToString());
        var (code, said) = await RunningServer.Command("verify", "--data", last.Folder, "--json");
        Assert.True(code == 0 && said.Contains("\"archived\": 4", StringComparison.Ordinal), said);
    }

    [Fact]
    public async Task After_two_weeks_it_leaves_the_world_and_is_found_as_before_by_those_who_may()
    {
        await using RunningServer server = await RealStart.Begin();
        await server.Tell(DemoFolder.Now);
        for (int n = 0; n < 4; n++) await server.Tell(DoneUnits.Records(n, daysAgo: n < 3 ? 15 : 13));
        Snapshot world = DoneUnits.With([.. Enumerable.Range(0, 4).SelectMany(static n => DoneUnits.Records(n, n < 3 ? 15 : 13))]);
        string left = await RunningServer.Until(() => Csv(server), static csv => !Enumerable.Range(0, 3).Any(n => csv.Contains($"{DoneUnits.Serial(n)},", StringComparison.Ordinal)));
        Assert.Contains($"{DoneUnits.Serial(3)},", left, StringComparison.Ordinal);
        Assert.Equal(4, await RunningServer.Until(() => Archived(server), static n => n == 4));
        Assert.DoesNotContain(DoneUnits.Serial(1), await server.Http.GetStringAsync("/api/v1/tables/unit_parts.csv", Cancel), StringComparison.Ordinal);
        Assert.DoesNotContain(DoneUnits.Serial(1), await server.Http.GetStringAsync("/api/v1/tables/unit_steps.csv", Cancel), StringComparison.Ordinal);

        JsonElement record = await server.Get($"/api/v1/units/{DoneUnits.Serial(1)}");
        Assert.Equal(JsonElement.Parse(ArchivedBody.Json(Homestretch.Finishing.Tracing.UnitRecords.Of(world, DoneUnits.Serial(1))!)).ToString(), record.ToString());
        Lot lot = DoneUnits.Lots[0];
        string[] expected = [.. Homestretch.Finishing.Tracing.Recalls.Of(world, new(Supplier: lot.Party.Value), out _)!.Units.Select(static u => u.Serial)];
        Assert.Equal(expected, (await server.Get($"/api/v1/recall?supplier={lot.Party}")).GetProperty("units").EnumerateArray().Select(static u => Text(u, "serial")));
        Assert.Equal([DoneUnits.Serial(1)], (await server.Get("/api/v1/recall?part_serial=PS-1")).GetProperty("units").EnumerateArray().Select(static u => Text(u, "serial")));
        JsonElement[] list = [.. (await server.Get("/api/v1/units")).EnumerateArray()];
        Assert.Equal(DoneUnits.Serial(3), Text(list[0], "serial"));
        Assert.Equal(4, list.Length);
        Assert.Equal([DoneUnits.Serial(2)], (await server.Get($"/api/v1/units?order_line={Uri.EscapeDataString(Text(list.Single(static u => Text(u, "serial") == DoneUnits.Serial(2)), "order_line"))}")).EnumerateArray().Select(static u => Text(u, "serial")));
        Assert.Equal(world.UnitParts.Where(p => p.LotNumber == lot.Id).Select(static p => p.Unit.Value).Order(StringComparer.Ordinal),
            (await server.Get($"/api/v1/units?item={lot.Item}&lot={Uri.EscapeDataString(lot.Id)}")).EnumerateArray().Select(static u => Text(u, "serial")).Order(StringComparer.Ordinal));
        Assert.Contains((await server.Get("/api/v1/changes")).EnumerateArray(), static c => c.ToString().Contains("left for the archive", StringComparison.Ordinal));

        string sam = await RealStart.Person(server, "sam", lot.Party.Value, "supplier"), wanda = await RealStart.Person(server, "ahmed", "MERIDIAN", "assembler");
        server.As(wanda);
        Assert.Equal("", Text(await server.Get($"/api/v1/units/{DoneUnits.Serial(1)}"), "customer"));
        Assert.All((await server.Get("/api/v1/units")).EnumerateArray(), static u => Assert.Equal("", Text(u, "customer")));
        server.As(sam);
        foreach (int n in new[] { 1, 3 }) Assert.Equal(HttpStatusCode.NotFound, (await server.Http.GetAsync($"/api/v1/units/{DoneUnits.Serial(n)}", Cancel)).StatusCode);
        Assert.Equal("[]", (await server.Get($"/api/v1/units?lot={Uri.EscapeDataString(lot.Id)}")).ToString());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await server.Http.GetAsync($"/api/v1/recall?lot={Uri.EscapeDataString(lot.Id)}", Cancel)).StatusCode);
    }

    private static async Task<long> Archived(RunningServer server)
    {
        await using var database = new Database(new(Provider.Sqlite, Path.Combine(server.Folder, "homestretch.db")));
        await using var connection = await database.Connect(Cancel);
        await using var count = Database.Command(connection, "SELECT count(*) FROM archived_units");
        return (long)(await count.ExecuteScalarAsync(Cancel))!;
    }

    private static Task<string> Csv(RunningServer server) => server.Http.GetStringAsync("/api/v1/tables/units.csv", Cancel);

    private static string Text(JsonElement from, string name) => from.GetProperty(name).GetString()!;
}
