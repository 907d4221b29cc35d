using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Homestretch.Exchange.Sparkplug;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using MQTTnet;
using Xunit;
using static Homestretch.Server.Tests.Running.RunningServer;

namespace Homestretch.Server.Tests.Ingest;

/// <summary>Debian's mosquitto as the broker outside, killed while the server runs.</summary>
public sealed class OutsideBrokerTests
{
    private const string State = "spBv1.0/STATE/homestretch";

    [Fact]
    public async Task A_broker_that_dies_leaves_machines_without_data_until_they_are_born_again()
    {
        int port = FreePort();
        using Process first = Mosquitto(port);
        await using RunningServer server = await RunningServer.Demo(null, "--broker", $"127.0.0.1:{port}");
        await using var plant = new Plant();
        await server.Tell(plant.World);
        HostState before = await Stated(port, static s => s.IsOnline);
        await plant.Connect(port);
        plant.Devices[0].Is(MachineState.Running);
        await plant.Bear();
        Assert.Equal("running", await Becomes(server, "running"));

        first.Kill();
        Assert.Equal("no-data", await Becomes(server, "no-data"));
        using Process second = Mosquitto(port);
        HostState after = await Stated(port, static s => s.IsOnline);
        Assert.True(after.Milliseconds > before.Milliseconds);

        using IMqttClient listener = await Listener(port);
        var heard = new ConcurrentQueue<string>();
        listener.ApplicationMessageReceivedAsync += e =>
        {
            heard.Enqueue(e.ApplicationMessage.Topic);
            return Task.CompletedTask;
        };
        await listener.SubscribeAsync("spBv1.0/SONGBE/NCMD/#", cancellationToken: TestContext.Current.CancellationToken);
        await plant.Connect(port);
        await plant.Send(plant.Devices[0].Is(MachineState.Idle));
        Assert.Equal("spBv1.0/SONGBE/NCMD/edge-1", await Until(() => Task.FromResult(heard.FirstOrDefault()), static t => t is not null));
        await plant.Bear();
        Assert.Equal("idle", await Becomes(server, "idle"));

        await server.Kill();
        Assert.Equal(new HostState(false, after.Milliseconds), await Stated(port, static s => !s.IsOnline));
        second.Kill();
    }

    private static Task<string> Becomes(RunningServer server, string state) => Until(async () => (await server.Get("/api/v1/machines/M1")).GetProperty("row").GetProperty("state").GetString()!, s => s == state);

    /// <summary>What the broker keeps of the host, asked until it is as wanted.</summary>
    private static async Task<HostState> Stated(int port, Func<HostState, bool> wanted)
    {
        using IMqttClient client = await Listener(port);
        HostState? last = null;
        client.ApplicationMessageReceivedAsync += e =>
        {
            last = HostState.Read(State, System.Buffers.BuffersExtensions.ToArray(e.ApplicationMessage.Payload), out _);
            return Task.CompletedTask;
        };
        await client.SubscribeAsync(State);
        return await Until(() => Task.FromResult(last), s => s is { } told && wanted(told)) ?? throw new InvalidOperationException("Nothing is kept of the host.");
    }

    private static async Task<IMqttClient> Listener(int port)
    {
        IMqttClient client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithCleanStart().Build());
        return client;
    }

    private static Process Mosquitto(int port)
    {
        string conf = Path.Combine(FreshFolder(), "mosquitto.conf");
        File.WriteAllText(conf, string.Create(CultureInfo.InvariantCulture, $"listener {port} 127.0.0.1\nallow_anonymous true\n"));
        Process broker = Process.Start(new ProcessStartInfo("/usr/sbin/mosquitto", ["-c", conf]) { RedirectStandardError = true })!;
        broker.ErrorDataReceived += static (_, _) => { };
        broker.BeginErrorReadLine();
        for (long began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began).TotalSeconds < 20; Thread.Sleep(50))
        {
            try
            {
                using var probe = new System.Net.Sockets.TcpClient("127.0.0.1", port);
                return broker;
            }
            catch (System.Net.Sockets.SocketException)
            {
                // not yet
            }
        }
        throw new InvalidOperationException("mosquitto does not listen.");
    }
}
