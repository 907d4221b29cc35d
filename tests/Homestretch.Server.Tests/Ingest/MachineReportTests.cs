using System.Text.Json;
using Homestretch.Machines;
using Homestretch.Server.Ingest;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using NodaTime;
using Xunit;
using static Homestretch.Server.Tests.Running.RunningServer;

namespace Homestretch.Server.Tests.Ingest;

public sealed class MachineReportTests
{
    private static readonly Instant s_t = Instant.FromUtc(2026, 3, 2, 6, 0);

    [Theory]
    [InlineData(90, 100, true)]
    [InlineData(101, 100, false)]
    [InlineData(-1, 100, false)]
    public void A_remaining_life_that_contradicts_itself_is_no_statement(double p10, double p50, bool stands)
    {
        var machine = new Machine("M1", "P", "S", "Machine", "", 60, null, 8, 24);
        MachineTwin twin = MachineTwin.Unknown.Fold([new(s_t, ReadingKind.State, double.NaN, "running"), new(s_t, ReadingKind.RemainingP10, p10), new(s_t, ReadingKind.RemainingP50, p50)], s_t, 60);
        var report = Assert.IsType<MachineReport>(Assert.IsType<WorldEvent.Put>(Assert.Single(MachineChanges.Of(Snapshot.Empty, machine, twin, s_t))).Record);
        Assert.Equal((MachineState.Running, stands ? (decimal)p50 : null), (report.State, report.RemainingP50Hours));
    }

    [Fact]
    public async Task Machines_that_change_together_each_have_their_own_cause()
    {
        await using RunningServer server = await RunningServer.Demo();
        await using var plant = new Plant(machines: 3);
        await server.Tell(plant.World);
        await plant.Connect(server.MqttPort);
        foreach (Plant.Device device in plant.Devices) device.Is(MachineState.Running);
        await plant.Bear();
        await Until(() => server.Get("/api/v1/changes"), static changes => changes.GetArrayLength() == 4);
        for (int n = 1; n <= 3; n++) await plant.Send(plant.Devices[n - 1].Is(MachineState.Down, $"cause {n}"));
        string[] Causes(JsonElement changes) => [.. changes.EnumerateArray().Select(static c => c.GetProperty("cause").GetString()!).Where(static c => c.Contains("is down", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        string[] causes = Causes(await Until(() => server.Get("/api/v1/changes"), changes => Causes(changes).Length == 3));
        Assert.Equal(["Machine 1 at Song Be Frameworks is down: cause 1", "Machine 2 at Song Be Frameworks is down: cause 2", "Machine 3 at Song Be Frameworks is down: cause 3"], causes);
    }

    [Fact]
    public async Task A_machine_that_flutters_does_not_flood_the_journal_and_its_last_state_stands()
    {
        await using RunningServer server = await RunningServer.Demo();
        await using var plant = new Plant();
        await server.Tell(plant.World);
        await plant.Connect(server.MqttPort);
        Plant.Device machine = plant.Devices[0].Is(MachineState.Running);
        await plant.Bear();
        for (int n = 1; n <= 400; n++)
        {
            await plant.Send(machine.Is(n % 2 == 0 ? MachineState.Down : MachineState.Idle, $"flutter {n}"));
            await Task.Delay(3, TestContext.Current.CancellationToken);
        }
        JsonElement report = await Until(() => server.Get("/api/v1/machines/M1"), static m => m.GetProperty("row").GetProperty("reason").GetString() == "flutter 400");
        Assert.Equal("down", report.GetProperty("row").GetProperty("state").GetString());
        await Until(() => server.Get("/api/v1/changes"), static c => c[0].GetProperty("cause").GetString()!.EndsWith("flutter 400", StringComparison.Ordinal));
        Assert.InRange((await server.Get("/api/v1/changes")).GetArrayLength(), 2, 60);
    }
}
