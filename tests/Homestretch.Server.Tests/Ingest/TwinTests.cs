using System.Text.Json;
using System.Text.RegularExpressions;
using Homestretch.Exchange.Sparkplug;
using Homestretch.Machines;
using Homestretch.Server.Tests.Running;
using Homestretch.Server.Twins;
using Homestretch.World;
using NodaTime;
using Xunit;
using static Homestretch.Server.Tests.Running.RunningServer;

namespace Homestretch.Server.Tests.Ingest;

/// <summary>Machine and lot twins in the silo of the real server, told over MQTT and read over HTTP.</summary>
[Collection<Plants>]
public sealed partial class TwinTests(OneServer shared)
{
    /// <summary>Two lots that this supplier makes on a machine, and one of somebody else's.</summary>
    private static IRecord[] Lots(string machine = "M1", string mark = "LOT") =>
    [
        new Party("OTHER", "Somebody else", PartyKind.Supplier, "CN"), new Item("FRAME", "MERIDIAN", "Frame", ItemKind.SubAssembly, "frame", "EA", 1, null),
        new Site("GVL", "MERIDIAN", "Greenville", SiteKind.Hub, "USGVL", "US", "America/New_York", null, null), new Lane("VN-GVL", "MERIDIAN", "Song Be to Greenville", "PL-SONGBE", "GVL"),
        .. new[] { ($"{mark}-A", "SONGBE"), ($"{mark}-B", "SONGBE"), ($"{mark}-X", "OTHER") }
            .Select(static l => new Lot(l.Item1, l.Item2, null, "FRAME", "", new(100, "EA"), "VN-GVL", LotState.Making, Plant.Now + Duration.FromDays(3), 5, null)),
        .. ((string[])[$"{mark}-A", $"{mark}-B"]).Select(l => new ProductionRun("RUN-" + l, "SONGBE", machine, l, new(100, "EA"), 0, Plant.Now, OrderStatus.Approved, Plant.Now)),
    ];

    private static string Machine(JsonElement machine) => $"{machine.GetProperty("row").GetProperty("state")} {machine.GetProperty("produced")}/{machine.GetProperty("rejected")}";

    /// <summary>A lot's twin in a line.</summary>
    private static string Lot(JsonElement lot) => lot.GetProperty("twin") is { ValueKind: JsonValueKind.Object } t
        ? $"{t.GetProperty("machine")} {(t.GetProperty("at_work").GetBoolean() ? t.GetProperty("state").GetString() : "left")} {t.GetProperty("produced")}/{t.GetProperty("rejected")}" : "unknown";

    private static Task<JsonElement> Lot(RunningServer server, string lot, string wanted) => Until(() => server.Get("/api/v1/lots/" + lot), l => Lot(l) == wanted);

    private static Instant Ready(JsonElement lot) => NodaTime.Text.InstantPattern.ExtendedIso.Parse(lot.GetProperty("twin").GetProperty("ready_p50").GetString()!).Value;

    [GeneratedRegex("Twins stand as they were: ([0-9]+) rounds")]
    private static partial Regex Rounds();

    /// <summary>All that twins say of now.</summary>
    private static async Task<string> Standing(RunningServer server)
    {
        JsonElement machine = await server.Get("/api/v1/machines/M1");
        return $"{Machine(machine)} {machine.GetProperty("row").GetProperty("as_of")} {machine.GetProperty("row").GetProperty("reason")} {(await server.Get("/api/v1/lots/LOT-A")).GetProperty("twin").GetRawText()}";
    }

    [Fact]
    public async Task A_lots_twin_follows_the_machine_that_makes_it()
    {
        await using RunningServer server = await shared.Server(static () => RunningServer.Demo());
        await using var plant = new Plant(gateway: 4);
        await server.Tell([.. plant.World, .. Lots("M31")]);
        await plant.Connect(server.MqttPort);
        Plant.Device machine = plant.Devices[0].Is(MachineState.Running).Made(40, 2, "LOT-A");
        await plant.Bear();
        JsonElement running = await Lot(server, "LOT-A", "M31 running 40/2");
        Assert.Equal("M31 running 40/2", Lot(running));
        Assert.InRange(Ready(running) - Plant.Now, Duration.FromMinutes(50), Duration.FromHours(3)); // 60 pieces at 60 an hour
        await plant.Send(machine.Is(MachineState.Down, "spindle"));
        Assert.InRange(Ready(await Lot(server, "LOT-A", "M31 down 40/2")) - Ready(running), Duration.FromHours(4), Duration.FromHours(24)); // a repair of 8 h, 24 at P90

        await plant.Send(machine.Is(MachineState.Running).Made(97, 3));
        await plant.Send(machine.Made(0, 0, "LOT-X"));
        await plant.Send(machine.Made(5, 1, "LOT-B"));
        Assert.Equal("M31 running 5/1", Lot(await Lot(server, "LOT-B", "M31 running 5/1")));
        JsonElement left = await server.Get("/api/v1/lots/LOT-A");
        Assert.Equal(("M31 left 97/3", JsonValueKind.Null), (Lot(left), left.GetProperty("twin").GetProperty("ready_p50").ValueKind));
        Assert.Equal("unknown", Lot(await server.Get("/api/v1/lots/LOT-X"))); // a machine does not speak for another party's lot
    }

    [Fact]
    public async Task Two_gateways_at_once_each_machine_ends_with_its_last_word()
    {
        await using RunningServer server = await shared.Server(static () => RunningServer.Demo());
        await using Plant one = new(machines: 4), two = new(machines: 4, gateway: 2);
        Plant[] plants = [one, two];
        await server.Tell([.. one.World, .. two.World]);
        await Task.WhenAll(plants.Select(async plant =>
        {
            await plant.Connect(server.MqttPort);
            foreach (Plant.Device device in plant.Devices) device.Is(MachineState.Running).Made(0);
            await plant.Bear();
            for (int n = 1; n <= 300; n++)
            {
                foreach (Plant.Device device in plant.Devices) await plant.Send(device.Is(n % 2 == 0 ? MachineState.Idle : MachineState.Running, $"word {n}").Made(n, n / 2));
            }
        }));
        foreach (string machine in (string[])["M1", "M2", "M3", "M4", "M11", "M12", "M13", "M14"])
            Assert.Equal("idle 300/150", Machine(await Until(() => server.Get("/api/v1/machines/" + machine), static m => Machine(m) == "idle 300/150")));
        Assert.Equal(0, await server.Metric("homestretch_twins_failed_total"));
    }

    [Fact]
    public async Task What_an_edge_sends_again_leaves_the_twins_alone()
    {
        await using RunningServer server = await shared.Server(static () => RunningServer.Demo());
        await using var plant = new Plant(gateway: 3);
        await server.Tell([.. plant.World, .. Lots("M21", "AGAIN")]);
        await plant.Connect(server.MqttPort);
        Plant.Device machine = plant.Devices[0].Is(MachineState.Running).Made(0, 0, "AGAIN-A");
        await plant.Bear();
        double before = await server.Metric("homestretch_telemetry_repeated_total");
        foreach (long n in (long[])[1, 2, 3, 1, 2])
        {
            machine.Sequence.Set(MetricValue.Of(n), Plant.Now);
            await plant.Send(machine.Made(10 * n, n));
        }
        Assert.Equal(2, await Until(() => server.Metric("homestretch_telemetry_repeated_total"), n => n == before + 2) - before);
        // counted when read, folded a moment later
        Assert.Equal("running 30/3", Machine(await Until(() => server.Get("/api/v1/machines/M21"), static m => Machine(m) == "running 30/3")));
        Assert.Equal("M21 running 30/3", Lot(await Until(() => server.Get("/api/v1/lots/AGAIN-A"), static l => Lot(l) == "M21 running 30/3")));
    }

    [Fact]
    public async Task Twins_stand_as_they_were_after_kill_9_and_after_a_clean_stop()
    {
        RunningServer server = await RunningServer.Demo();
        await using var one = server;
        await using var plant = new Plant();
        await server.Tell([.. plant.World, .. Lots()]);
        await plant.Connect(server.MqttPort);
        Plant.Device machine = plant.Devices[0].Is(MachineState.Running).Made(0, 0, "LOT-A");
        await plant.Bear();
        for (int n = 1; n <= 60; n++)
        {
            if (n % 2 == 0) machine.Sequence.Set(MetricValue.Of(n / 2), Plant.Now); // every other message has a number of its own
            await plant.Send(machine.Is(n % 5 == 0 ? MachineState.Idle : MachineState.Running, $"word {n}").Made(n, n / 3));
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
        await plant.Send(machine.Is(MachineState.Down, "spindle").Made(61, 20));
        await Lot(server, "LOT-A", "M1 down 61/20");
        await Until(() => server.Get("/api/v1/machines/M1"), static m => Machine(m) == "down 61/20");
        Assert.True(File.Exists(Path.Combine(server.Folder, "telemetry", "twins.json")));
        string before = await Standing(server);
        await server.Kill();
        await using RunningServer killed = await RunningServer.Demo(server.Folder);
        await Lot(killed, "LOT-A", "M1 down 61/20");
        Assert.Equal(before, await Standing(killed));
        await killed.Hears(Rounds());       // how many are folded again depends on when the file was last written
        await killed.Stop();
        await using RunningServer stopped = await RunningServer.Demo(server.Folder);
        await Lot(stopped, "LOT-A", "M1 down 61/20");
        Assert.Equal(before, await Standing(stopped));
        Assert.Equal("0", (await stopped.Hears(Rounds())).Groups[1].Value);
    }

    [Fact]
    public void A_twin_reads_back_from_its_file_to_the_last_bit()
    {
        Instant t = Instant.FromUtc(2026, 3, 2, 6, 0) + Duration.FromNanoseconds(100);
        MachineTwin machine = MachineTwin.Unknown;
        for (int n = 1; n <= 200; n++)
            machine = machine.Fold([new(t + Duration.FromMinutes(7 * n), ReadingKind.State, double.NaN, n % 9 == 0 ? "down" : "running"), new(t + Duration.FromMinutes(7 * n), ReadingKind.Produced, 6.5 * n), new(t + Duration.FromMinutes(7 * n), ReadingKind.Rejected, n / 3)], t + Duration.FromMinutes(7 * n), 60);
        LotTwin lot = LotTwin.Unknown.Fold(machine with { Lot = "LOT-A" }, new("M1", 60, 900, 8, 24), 2000, 1);
        var back = JsonSerializer.Deserialize<MachineTwin>(JsonSerializer.Serialize(machine, TwinJson.Options), TwinJson.Options)!;
        Assert.Equal(machine with { Hours = [] }, back with { Hours = [] });
        Assert.Equal(machine.Hours, back.Hours);
        var lotBack = JsonSerializer.Deserialize<LotTwin>(JsonSerializer.Serialize(lot, TwinJson.Options), TwinJson.Options)!;
        Assert.Equal(lot, lotBack);
    }

    [Fact]
    public void Two_messages_of_one_moment_keep_what_each_says_of_its_lot()
    {
        Instant t = Instant.FromUtc(2026, 3, 2, 6, 0);
        MachineReading[] readings = [new(t, ReadingKind.State, double.NaN, "running"), new(t, ReadingKind.Produced, 97), new(t, ReadingKind.Rejected, 3),
            new(t, ReadingKind.Lot, double.NaN, "LOT-B"), new(t, ReadingKind.Produced, 5), new(t, ReadingKind.Rejected, 1)];
        MachineBatch[] parts = [.. new MachineBatch(new("M1", 60, 900, 8, 24), readings, t).ByLot("LOT-A")];
        Assert.Equal(2, parts.Length);
        Assert.Contains(new(t, ReadingKind.Produced, 97), parts[0].Readings);
        Assert.Contains(new(t, ReadingKind.Rejected, 3), parts[0].Readings);
        Assert.Equal([ReadingKind.Lot, ReadingKind.Produced, ReadingKind.Rejected], parts[1].Readings.Select(static r => r.Kind));
    }

    [Fact]
    public void A_batch_in_parts_by_lot_folds_to_the_same_twin_and_only_its_begin_names_another_lot()
    {
        var facts = new MachineFacts("M1", 60, 900, 8, 24);
        Instant t = Instant.FromUtc(2026, 3, 2, 6, 0);
        for (int seed = 1; seed <= 500; seed++)
        {
            var random = new Random(seed);
            MachineReading[] readings = [.. Enumerable.Range(0, random.Next(1, 30)).Select(i => random.Next(4) switch
            {
                0 => new MachineReading(t + Duration.FromMinutes(i / 3 * 10), ReadingKind.Lot, double.NaN, "L" + random.Next(3)),
                1 => new(t + Duration.FromMinutes(i / 3 * 10), ReadingKind.State, double.NaN, random.Next(2) == 0 ? "running" : "down"),
                _ => new(t + Duration.FromMinutes(i / 3 * 10), ReadingKind.Produced, i),
            })];
            Instant heard = readings[^1].At + Duration.FromMinutes(1);
            MachineTwin whole = MachineTwin.Unknown.Fold(readings, heard, 60), parts = MachineTwin.Unknown;
            foreach (MachineBatch part in new MachineBatch(facts, readings, heard).ByLot(""))
            {
                Assert.All(part.Readings.Where(r => r.Kind == ReadingKind.Lot && r.Text != parts.Lot && r.At > part.Readings[0].At), r => Assert.Equal(r.Text, part.Readings.Last(l => l.Kind == ReadingKind.Lot && l.At == part.Readings[0].At).Text));
                parts = parts.Fold(part.Readings, part.Heard, 60);
            }
            Assert.Equal(whole with { Hours = [] }, parts with { Hours = [] });
            Assert.Equal(whole.Hours, parts.Hours);
        }
    }
}
