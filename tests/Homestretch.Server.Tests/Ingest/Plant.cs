using Homestretch.Exchange.Sparkplug;
using Homestretch.World;
using MQTTnet;
using MQTTnet.Protocol;
using NodaTime;
using Xunit;

namespace Homestretch.Server.Tests.Ingest;

/// <summary>A supplier with machines, and one of its gateways on a real connection.</summary>
/// <param name="gateway">The second has machines M11, M12 and so on, the third M21.</param>
internal sealed class Plant(int machines = 1, int gateway = 1) : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly List<Device> _devices = [];

    public EdgeSession Session { get; } = new("SONGBE", $"edge-{gateway}");
    public IReadOnlyList<Device> Devices => _devices;

    public static Instant Now => Instant.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());

    /// <summary>The records a server needs to know the machines by.</summary>
    public IRecord[] World =>
    [
        new Party("MERIDIAN", "Meridian Cycles", PartyKind.Brand, "US"), new Party("SONGBE", "Song Be Frameworks", PartyKind.Supplier, "VN"),
        new Site("PL-SONGBE", "SONGBE", "Song Be plant", SiteKind.Plant, "VNSGN", "VN", "Asia/Ho_Chi_Minh", null, null),
        .. Numbers.Select(n => new Machine($"M{n}", "SONGBE", "PL-SONGBE", $"Machine {n}", $"SONGBE/edge-{gateway}/M{n}", 60, 900, 8, 24)),
    ];

    private IEnumerable<int> Numbers => Enumerable.Range(10 * (gateway - 1) + 1, machines);

    public async Task Connect(int port, string? user = null, string? password = null)
    {
        if (_devices.Count == 0) _devices.AddRange(Numbers.Select(n => new Device(Session, $"M{n}")));
        EdgeMessage will = Session.Connect(Now);
        MqttClientOptionsBuilder options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithClientId($"plant-{gateway}").WithCleanStart().WithWillTopic(will.Topic).WithWillPayload(will.Payload);
        if (user is not null) options.WithCredentials(user, password);
        await _client.ConnectAsync(options.Build(), TestContext.Current.CancellationToken);
    }

    public async Task Bear()
    {
        foreach (EdgeMessage birth in Session.Births(Now)) await Send(birth);
    }

    public Task Send(EdgeMessage? message) => message is null ? Task.CompletedTask : _client.PublishAsync(new MqttApplicationMessageBuilder()
        .WithTopic(message.Topic).WithPayload(message.Payload).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtMostOnce).Build(), TestContext.Current.CancellationToken);

    /// <summary>Sends what changed on a device.</summary>
    public Task Send(Device device) => Send(Session.Data(device.Edge, Now));

    public async ValueTask DisposeAsync()
    {
        if (_client.IsConnected) await _client.DisconnectAsync();
        _client.Dispose();
    }

    /// <summary>A machine as its gateway publishes it.</summary>
    internal sealed class Device
    {
        public Device(EdgeSession session, string name)
        {
            Edge = session.AddDevice(name);
            State = Edge.Add(MachineMetricNames.State, SparkplugType.String);
            Reason = Edge.Add(MachineMetricNames.Reason, SparkplugType.String);
            Lot = Edge.Add(MachineMetricNames.Lot, SparkplugType.String);
            Produced = Edge.Add(MachineMetricNames.Produced, SparkplugType.Int64);
            Rejected = Edge.Add(MachineMetricNames.Rejected, SparkplugType.Int64);
            Vibration = Edge.Add(MachineMetricNames.Vibration, SparkplugType.Double);
            Sequence = Edge.Add(MachineMetricNames.StreamSequence, SparkplugType.Int64);
        }

        public EdgeDevice Edge { get; }
        public EdgeMetric State { get; }
        public EdgeMetric Reason { get; }
        public EdgeMetric Lot { get; }
        public EdgeMetric Produced { get; }
        public EdgeMetric Rejected { get; }
        public EdgeMetric Vibration { get; }
        public EdgeMetric Sequence { get; }

        public Device Made(long good, long bad = 0, string? lot = null)
        {
            if (lot is not null) Lot.Set(lot, Now);
            Produced.Set(MetricValue.Of(good), Now);
            Rejected.Set(MetricValue.Of(bad), Now);
            return this;
        }

        public Device Is(MachineState state, string reason = "")
        {
            State.Set(state.ToString(), Now);
            Reason.Set(reason, Now);
            return this;
        }
    }
}
