using System.Text.Json;
using Homestretch.Exchange.Sparkplug;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;
using Xunit;
using static Homestretch.Server.Tests.Running.RunningServer;

namespace Homestretch.Server.Tests.Ingest;

/// <summary>From a gateway over MQTT to the disk and back, through a server that is killed.</summary>
public sealed class HistoryOutlivesTests
{
    private static string Path(Instant from, Instant to) => $"/api/v1/machines/M1/history?from={InstantPattern.General.Format(from)}&to={InstantPattern.General.Format(to)}&points=50";

    private static string[] States(JsonElement history) => [.. history.GetProperty("states").EnumerateArray().Select(static s => $"{s.GetProperty("state").GetString()} {s.GetProperty("reason").GetString()}".Trim())];

    private static double[] Values(JsonElement history, string metric) => [.. history.GetProperty("series").EnumerateArray().Where(s => s.GetProperty("metric").GetString() == metric)
        .SelectMany(static s => s.GetProperty("mean").EnumerateArray().Select(static v => v.GetDouble()))];

    [Fact]
    public async Task States_trends_and_late_values_are_there_after_kill_9()
    {
        var (server, plant, machine) = await Begun();
        await using RunningServer s = server;
        await using Plant p = plant;
        machine.Vibration.Set(MetricValue.Of(2.5), Plant.Now);
        machine.Is(MachineState.Running);
        Instant begin = Plant.Now - Duration.FromMinutes(5);
        await plant.Bear();
        await Until(() => server.Get(Path(begin, Plant.Now + Duration.FromMinutes(1))), static h => States(h).Contains("running"));
        await Task.Delay(30, TestContext.Current.CancellationToken);
        await plant.Send(machine.Is(MachineState.Down, "coolant pump"));
        Instant eightDaysAgo = Plant.Now - Duration.FromDays(8);
        await plant.Send(plant.Session.Past(machine.Edge, [new(machine.Vibration, MetricValue.Of(7.25), eightDaysAgo)], Plant.Now));

        async Task AssertThere(RunningServer server)
        {
            JsonElement now = await Until(() => server.Get(Path(begin, Plant.Now + Duration.FromMinutes(1))), static h => States(h).Contains("down coolant pump"));
            Assert.Equal(["running", "down coolant pump"], States(now).Where(static s => !s.StartsWith("no-data", StringComparison.Ordinal)));
            Assert.Equal([2.5], Values(now, "Vibration"));
            JsonElement then = await Until(() => server.Get(Path(eightDaysAgo - Duration.FromHours(1), eightDaysAgo + Duration.FromHours(1))), static h => Values(h, "Vibration").Length > 0);
            Assert.Equal([7.25], Values(then, "Vibration"));
            Assert.Equal(["no-data"], States(then));
        }

        await AssertThere(server);
        await server.Kill();
        await using RunningServer again = await RunningServer.Demo(server.Folder);
        await AssertThere(again);
    }

    [Fact]
    public async Task Hours_that_the_twin_has_let_go_stay_in_the_database_by_day_with_oee()
    {
        var (server, plant, machine) = await Begun();
        await using RunningServer s = server;
        await using Plant p = plant;
        Instant begin = Plant.Now;
        machine.Made(100, 2).Is(MachineState.Running);
        await plant.Bear();
        await Task.Delay(1500, TestContext.Current.CancellationToken);
        await plant.Send(machine.Made(130, 7).Is(MachineState.Down, "coolant pump"));
        string asked = $"/api/v1/machines/M1/oee?by=hour&from={InstantPattern.General.Format(begin - Duration.FromHours(1))}&to={InstantPattern.General.Format(begin + Duration.FromDays(40))}";
        Assert.Equal((30, 5), Pieces(await Until(() => server.Get(asked), static h => Pieces(h) == (30, 5))));
        Assert.Equal(0, await server.Stop());

        // the same store without its telemetry: what is told then comes from the database alone
        Directory.Delete(System.IO.Path.Combine(server.Folder, "telemetry"), recursive: true);
        await using RunningServer again = await RunningServer.Demo(server.Folder);
        JsonElement hours = await again.Get(asked);
        Assert.Equal((30, 5), Pieces(hours));
        Assert.InRange(hours.EnumerateArray().Sum(static h => h.GetProperty("running_hours").GetDouble()), 1.4 / 3600, 30.0 / 3600);
        Assert.Equal(30 / 35.0, hours.EnumerateArray().Select(static h => h.GetProperty("quality")).Single(static q => q.ValueKind == JsonValueKind.Number).GetDouble(), 1e-9);
        JsonElement days = await again.Get(asked.Replace("by=hour", "by=day", StringComparison.Ordinal));
        Assert.Equal((30, 5), Pieces(days));
        Assert.Equal(17, InstantPattern.General.Parse(days[0].GetProperty("begin").GetString()!).Value.InUtc().Hour); // midnight in Viet Nam
        using HttpResponseMessage wrong = await again.Http.GetAsync("/api/v1/machines/M1/oee?from=yesterday&to=now", TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    /// <summary>A server that knows a plant, and its gateway connected.</summary>
    private static async Task<(RunningServer Server, Plant Plant, Plant.Device Machine)> Begun()
    {
        RunningServer server = await RunningServer.Demo();
        var plant = new Plant();
        await server.Tell(plant.World);
        await plant.Connect(server.MqttPort);
        return (server, plant, plant.Devices[0]);
    }

    private static (long Good, long Rejected) Pieces(JsonElement periods) =>
        (periods.EnumerateArray().Sum(static p => p.GetProperty("good").GetInt64()), periods.EnumerateArray().Sum(static p => p.GetProperty("rejected").GetInt64()));

    [Fact]
    public async Task A_message_that_an_edge_sends_again_is_counted_and_changes_nothing()
    {
        var (server, plant, machine) = await Begun();
        await using RunningServer s = server;
        await using Plant p = plant;
        await plant.Bear();
        foreach (long n in (long[])[1, 2, 1, 2, 3])
        {
            machine.Sequence.Set(MetricValue.Of(n), Plant.Now);
            machine.Vibration.Set(MetricValue.Of(10.0 * n), Plant.Now);
            await plant.Send(machine);
        }
        Assert.Equal(2, await Until(() => server.Metric("homestretch_telemetry_repeated_total"), static n => n == 2));
        JsonElement history = await Until(() => server.Get(Path(Plant.Now - Duration.FromMinutes(1), Plant.Now + Duration.FromMinutes(1))), static h => Values(h, "Vibration").Length > 0);
        Assert.Equal(20, Values(history, "Vibration").Average(), 1e-9);
        // two of each message that was new; the birth's had no value yet
        Assert.Equal(6, await Until(() => server.Metric("homestretch_telemetry_samples_kept_total"), static n => n == 6));
    }
}
