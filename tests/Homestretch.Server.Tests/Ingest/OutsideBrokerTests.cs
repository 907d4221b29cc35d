using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
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
        int port = Ports.Free();
        using Broker first = await Broker.Start(port);
        await using RunningServer server = await RunningServer.Demo(null, "--broker", $"127.0.0.1:{port}");
        await using var plant = new Plant();
        await server.Tell(plant.World);
        HostState before = await Stated(port, static s => s.IsOnline);
        await plant.Connect(port);
        plant.Devices[0].Is(MachineState.Running);
        await plant.Bear();
        Assert.Equal("running", await Becomes(server, "running"));

        first.Dispose();
        Assert.Equal("no-data", await Becomes(server, "no-data"));
        using Broker second = await Broker.Start(port);
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
        // an edge that does not know of the server goes on as if nothing had been
        EdgeMessage? unborn = plant.Session.Data(plant.Devices[0].Is(MachineState.Idle).Edge, Plant.Now);
        Assert.NotNull(unborn);
        await plant.Connect(port);
        await plant.Send(unborn);
        Assert.Equal("spBv1.0/SONGBE/NCMD/edge-1", await Until(() => Task.FromResult(heard.FirstOrDefault()), static t => t is not null));
        await plant.Bear();
        Assert.Equal("idle", await Becomes(server, "idle"));

        await server.Kill();
        Assert.Equal(new HostState(false, after.Milliseconds), await Stated(port, static s => !s.IsOnline));
    }

    [Fact]
    public async Task A_server_that_stops_says_that_it_goes()
    {
        int port = Ports.Free();
        using Broker broker = await Broker.Start(port);
        await using RunningServer server = await RunningServer.Demo(null, "--broker", $"127.0.0.1:{port}");
        HostState before = await Stated(port, static s => s.IsOnline);
        Assert.Equal(0, await server.Stop());
        HostState after = await Stated(port, static s => !s.IsOnline);
        Assert.True(after.Milliseconds > before.Milliseconds, "the last will has the time of the birth: it was not the server who said it");
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

    /// <summary>A mosquitto; disposing is kill -9.</summary>
    private sealed class Broker : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("homestretch-broker-").FullName;
        private readonly Process _process;

        private Broker(int port)
        {
            string settings = Path.Combine(_folder, "mosquitto.conf");
            File.WriteAllText(settings, string.Create(CultureInfo.InvariantCulture, $"listener {port} 127.0.0.1\nallow_anonymous true\nlog_dest none\n"));
            _process = Process.Start(new ProcessStartInfo("/usr/sbin/mosquitto", ["-c", settings]))!;
        }

        /// <summary>One that listens.</summary>
        public static async Task<Broker> Start(int port)
        {
            var broker = new Broker(port);
            try
            {
                await Until(() => Task.FromResult(Listens(port) || broker._process.HasExited), static there => there);
                Assert.False(broker._process.HasExited, "mosquitto has ended.");
                return broker;
            }
            catch
            {
                broker.Dispose();
                throw;
            }
        }

        public void Dispose()
        {
            if (!Directory.Exists(_folder)) return;
            _process.Kill();
            _process.Dispose();
            Directory.Delete(_folder, recursive: true);
        }

        private static bool Listens(int port)
        {
            try
            {
                using var probe = new TcpClient("127.0.0.1", port);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        }
    }
}
