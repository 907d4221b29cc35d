using System.Text.Json;
using Homestretch.Machines;
using Homestretch.Server.Ingest;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using NodaTime;
using Xunit;
using static Homestretch.Server.Tests.Running.RunningServer;

namespace Homestretch.Server.Tests.Ingest;

[Collection<Plants>]
public sealed class MachineReportTests(OneServer shared)
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
        await using RunningServer server = await shared.Server(static () => RunningServer.Demo());
        await using var plant = new Plant(machines: 3, gateway: 5);
        await server.Tell(plant.World);
        await plant.Connect(server.MqttPort);
        foreach (Plant.Device device in plant.Devices) device.Is(MachineState.Running);
        await plant.Bear();
        string[] Causes(JsonElement changes, string what) => [.. changes.EnumerateArray().Select(static c => c.GetProperty("cause").GetString()!).Where(c => Enumerable.Range(41, 3).Any(n => c.StartsWith($"Machine {n} ", StringComparison.Ordinal)) && c.Contains(what, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        Assert.Equal(3, (await Until(async () => Causes(await server.Get("/api/v1/changes"), ""), static causes => causes.Length == 3)).Length);
        for (int n = 1; n <= 3; n++) await plant.Send(plant.Devices[n - 1].Is(MachineState.Down, $"cause {n}"));
        string[] down = await Until(async () => Causes(await server.Get("/api/v1/changes"), "is down"), static causes => causes.Length == 3);
        Assert.Equal(["Machine 41 at Song Be Frameworks is down: cause 1", "Machine 42 at Song Be Frameworks is down: cause 2", "Machine 43 at Song Be Frameworks is down: cause 3"], down);
    }

    [Fact]
    public async Task A_machine_that_flutters_does_not_flood_the_journal_and_its_last_state_stands()
    {
        await using RunningServer server = await shared.Server(static () => RunningServer.Demo());
        await using var plant = new Plant(gateway: 6);
        await server.Tell(plant.World);
        await plant.Connect(server.MqttPort);
        Plant.Device machine = plant.Devices[0].Is(MachineState.Running);
        await plant.Bear();
        for (int n = 1; n <= 400; n++)
        {
            await plant.Send(machine.Is(n % 2 == 0 ? MachineState.Down : MachineState.Idle, $"flutter {n}"));
            await Task.Delay(3, TestContext.Current.CancellationToken);
        }
        JsonElement report = await Until(() => server.Get("/api/v1/machines/M51"), static m => m.GetProperty("row").GetProperty("reason").GetString() == "flutter 400");
        Assert.Equal("down", report.GetProperty("row").GetProperty("state").GetString());
        string[] told = await Until(async () => (await server.Get("/api/v1/changes?most=500")).EnumerateArray().Select(static c => c.GetProperty("cause").GetString()!).Where(static c => c.StartsWith("Machine 51 ", StringComparison.Ordinal)).ToArray(),
            static told => told is [var last, ..] && last.EndsWith("flutter 400", StringComparison.Ordinal));
        Assert.EndsWith("flutter 400", told[0], StringComparison.Ordinal);
        Assert.InRange(told.Length, 2, 60);
    }
}
