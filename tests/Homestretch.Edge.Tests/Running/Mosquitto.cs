using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Homestretch.Server.Tests.Running;
using MQTTnet;
using Xunit;

namespace Homestretch.Edge.Tests.Running;

/// <summary>Debian's mosquitto as the broker inside a plant; disposing is kill -9. Sessions live as long as its process.</summary>
internal sealed class Mosquitto : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("homestretch-broker-").FullName;
    private readonly Process _process;

    private Mosquitto(int port)
    {
        Port = port;
        string settings = Path.Combine(_folder, "mosquitto.conf");
        File.WriteAllText(settings, string.Create(CultureInfo.InvariantCulture, $"listener {port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 100000\nlog_dest none\n"));
        _process = Process.Start(new ProcessStartInfo("/usr/sbin/mosquitto", ["-c", settings]))!;
    }

    public int Port { get; }

    public static async Task<Mosquitto> Start()
    {
        var broker = new Mosquitto(Ports.Free());
        await RunningServer.Until(() => Task.FromResult(broker.Listens() || broker._process.HasExited), static there => there);
        Assert.False(broker._process.HasExited, "mosquitto has ended.");
        return broker;
    }

    public async Task<IMqttClient> Client()
    {
        IMqttClient client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", Port).WithCleanStart().Build());
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        if (!Directory.Exists(_folder)) return;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private bool Listens()
    {
        try
        {
            using var probe = new TcpClient("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
