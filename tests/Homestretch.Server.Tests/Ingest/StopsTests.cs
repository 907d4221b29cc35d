using System.Net;
using System.Text.Json;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;
using Xunit;
using static Homestretch.Server.Tests.Running.RunningServer;

namespace Homestretch.Server.Tests.Ingest;

/// <summary>Why a machine stood, told over MQTT and read over HTTP.</summary>
[Collection<Plants>]
public sealed class StopsTests(OneServer shared)
{
    [Fact]
    public async Task A_stop_is_told_by_kind_and_by_the_suppliers_words_and_silence_is_no_stop()
    {
        await using RunningServer server = await shared.Server(static () => RunningServer.Demo());
        await using var plant = new Plant(gateway: 7);
        await server.Tell(plant.World);
        await plant.Connect(server.MqttPort);
        Plant.Device machine = plant.Devices[0].Is(MachineState.Down, "tool breakage");
        await plant.Bear();
        Instant now = Plant.Now;
        string path = $"/api/v1/machines/M61/stops?from={InstantPattern.General.Format(now - Duration.FromDays(1))}&to={InstantPattern.General.Format(now + Duration.FromDays(1))}";
        JsonElement stops = await Until(() => server.Get(path), static s => s.GetProperty("sums").GetArrayLength() > 0);
        JsonElement sum = stops.GetProperty("sums").EnumerateArray().Single();
        Assert.Equal(("breakdown", "tool breakage", 1, 1.0), (sum.GetProperty("kind").GetString(), sum.GetProperty("reason").GetString(), sum.GetProperty("count").GetInt32(), sum.GetProperty("share").GetDouble()));
        Assert.InRange(stops.GetProperty("no_data_hours").GetDouble(), 23.9, 24.1);
        Assert.Equal("down", stops.GetProperty("stops")[0].GetProperty("state").GetString());

        await plant.Send(machine.Is(MachineState.Running));
        stops = await Until(() => server.Get(path), static s => s.GetProperty("running_hours").GetDouble() > 0);
        Assert.Equal(1, stops.GetProperty("micro_stops").GetInt32());        // it was mended within seconds
        Assert.Equal(0, stops.GetProperty("sums").GetArrayLength());
        Assert.Equal(0, (await server.Get(path + "&micro=0")).GetProperty("micro_stops").GetInt32());
        Assert.Equal(HttpStatusCode.NotFound, (await server.Http.GetAsync(path.Replace("M61", "NONE", StringComparison.Ordinal), TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.Http.GetAsync(path + "&micro=-1", TestContext.Current.CancellationToken)).StatusCode);
        string shift = await server.Http.GetStringAsync(path.Replace("/stops", "/oee", StringComparison.Ordinal) + "&by=shift", TestContext.Current.CancellationToken);
        Assert.Contains("\"down_hours\"", shift, StringComparison.Ordinal);
    }
}
