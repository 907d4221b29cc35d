using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Homestretch.Cli.Demo;
using Homestretch.Cli.Demo.Gateways;
using Homestretch.Cli.Demo.Playing;
using Homestretch.Exchange.Sparkplug;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;
using NodaTime;
using Xunit;
using Homestretch.Server.Tests.Running;

namespace Homestretch.Walk.Demo;

/// <summary>The simulated gateways that speak Sparkplug, against a real broker.</summary>
public sealed class GatewayTests : IAsyncLifetime
{
    private static readonly Instant s_start = Instant.FromUtc(2026, 11, 24, 9, 0);
    private readonly ConcurrentQueue<(Topic Topic, byte[] Payload, bool Retained)> _heard = new();
    private readonly int _port = Ports.Free();
    private MqttServer _broker = null!;

    public async ValueTask InitializeAsync()
    {
        var factory = new MqttServerFactory();
        _broker = factory.CreateMqttServer(factory.CreateServerOptionsBuilder().WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointPort(_port).Build());
        _broker.InterceptingPublishAsync += e =>
        {
            if (Topic.Read(e.ApplicationMessage.Topic, out _) is { } topic) _heard.Enqueue((topic, e.ApplicationMessage.Payload.ToArray(), e.ApplicationMessage.Retain));
            return Task.CompletedTask;
        };
        await _broker.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _broker.StopAsync();
        _broker.Dispose();
    }

    [Fact]
    public async Task Every_supplier_is_born_once_with_its_machines_then_sends_data_by_alias_in_sequence_and_dies_with_its_session()
    {
        await Play(() => Count(MessageKind.DeviceData) > 40);
        foreach (var edge in _heard.GroupBy(static m => m.Topic.Group))
        {
            (Topic Topic, byte[] Payload, bool Retained)[] said = [.. edge];
            Assert.Equal(MessageKind.NodeBirth, said[0].Topic.Kind);
            Assert.Equal(MessageKind.NodeDeath, said[^1].Topic.Kind);
            Assert.Equal(Session(said[0].Payload), Session(said[^1].Payload));
            Assert.Single(said, static m => m.Topic.Kind == MessageKind.NodeBirth);
            Assert.Equal(Plants.Machines.Where(m => m.Supplier == edge.Key).Select(static m => m.Key), said.Where(static m => m.Topic.Kind == MessageKind.DeviceBirth).Select(static m => m.Topic.Device));
            Assert.Equal(Enumerable.Range(0, said.Length - 1).Select(static i => (ulong)(i % 256)), said[..^1].Select(static m => Read(m.Payload).Sequence));
            Assert.DoesNotContain(said, static m => m.Retained);
            Assert.All(said.Where(static m => m.Topic.Kind == MessageKind.DeviceData), static m => Assert.All(Read(m.Payload).Metrics.ToArray(), static x => Assert.True(x is { HasAlias: true, HasName: false })));
        }
        Assert.Equal(Plants.SpeakSparkplug.Order(StringComparer.Ordinal),
            _heard.Select(static m => m.Topic.Group).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_gateway_connects_subscribes_publishes_and_leaves_as_the_specification_asks_of_MQTT()
    {
        await using var tap = new WireTap(_port);
        await Play(() => Count(MessageKind.DeviceData) > 40, port: tap.Port);
        WireTap.Packet[][] connections = [.. tap.Connections];
        Assert.Equal(Plants.SpeakSparkplug.Count, connections.Length);
        foreach (WireTap.Packet[] said in connections)
        {
            var connect = said[0].Connected;
            Topic will = Topic.Read(connect.WillTopic, out _)!;
            Assert.Equal((1, MessageKind.NodeDeath, 1, false), (said[0].Type, will.Kind, connect.WillQualityOfService, connect.WillRetain));
            Assert.Equal((true, false), (connect.CleanStart, connect.HasExpiry));
            Assert.Equal((8, ($"spBv1.0/{will.Group}/NCMD/{will.Node}", 1)), (said[1].Type, said[1].Subscribed));
            Assert.All(said[2..^1], static p => Assert.Equal((3, 0, false), (p.Type, p.Published.QualityOfService, p.Published.Retain)));
            Assert.Equal((connect.WillTopic, 14), (said[^2].Published.Topic, said[^1].Type));
        }
    }

    [Fact]
    public async Task A_host_that_asks_for_a_birth_gets_one_with_every_metric()
    {
        Task playing = Play(() => Count(MessageKind.NodeBirth, "HOULI") == 2 && Count(MessageKind.DeviceBirth, "HOULI") == 2);
        await Until(() => _heard.Any(static m => m.Topic is { Group: "HOULI", Kind: MessageKind.DeviceData }));
        byte[] ask = PayloadWriter.Write(0, [new OutgoingMetric(RebirthCommand.MetricName, null, SparkplugType.Boolean, MetricValue.Of(true))], null);
        await _broker.InjectApplicationMessage(new InjectedMqttApplicationMessage(new MqttApplicationMessageBuilder()
            .WithTopic("spBv1.0/HOULI/NCMD/edge-1").WithPayload(ask).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build()) { SenderClientId = "host" }, TestContext.Current.CancellationToken);
        await playing;
        var births = _heard.Where(static m => m.Topic is { Group: "HOULI", Kind: MessageKind.DeviceBirth }).ToArray();
        Assert.Equal(2, births.Length);
        Assert.Equal(2, _heard.Count(static m => m.Topic is { Group: "HOULI", Kind: MessageKind.NodeBirth }));
        Assert.Contains(MachineMetricNames.Vibration, Names(births[1].Payload));
        Assert.Contains(MachineMetricNames.RunningHours, Names(births[1].Payload));
        // who speaks for itself judges nothing
        Assert.DoesNotContain(MachineMetricNames.RemainingP50, Names(births[1].Payload));
    }

    [Fact]
    public async Task A_lacing_line_told_down_says_so_on_the_wire_with_simulated_time()
    {
        using var controls = new Controls();
        Task playing = Play(() => _heard.Any(static m => m.Topic.Kind == MessageKind.DeviceData && Texts(m.Payload).Contains("Down")), controls);
        await Until(() => _heard.Any(static m => m.Topic is { Group: "HOULI", Kind: MessageKind.DeviceData }));
        var answers = new StringWriter();
        await controls.Read(new StringReader("down LACE-01 spoke tension lost\n"), answers, TestContext.Current.CancellationToken);
        await playing;
        Assert.Contains("LACE-01 is down.", answers.ToString());
        var down = _heard.Last(static m => m.Topic is { Group: "HOULI", Kind: MessageKind.DeviceData } && Texts(m.Payload).Contains("Down"));
        Assert.Contains("spoke tension lost", Texts(down.Payload));
        Assert.InRange(Read(down.Payload).Timestamp, (ulong)s_start.ToUnixTimeMilliseconds(), (ulong)(s_start + Duration.FromDays(30)).ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task A_broker_that_goes_away_and_comes_back_hears_new_births_with_the_next_session()
    {
        Task playing = Play(() => Count(MessageKind.NodeBirth, "HOULI") >= 2);
        await Until(() => Count(MessageKind.DeviceData, "HOULI") > 0);
        await _broker.StopAsync();
        await Task.Delay(300, TestContext.Current.CancellationToken);
        await _broker.StartAsync();
        await playing;
        long[] sessions = [.. _heard.Where(static m => m.Topic is { Group: "HOULI", Kind: MessageKind.NodeBirth }).Select(static m => Session(m.Payload))];
        Assert.NotEqual(sessions[0], sessions[^1]);
    }

    /// <summary>Plays against the broker, half an hour to the tenth of a second, until enough was heard and every gateway has said goodbye.</summary>
    private async Task Play(Func<bool> enough, Controls? controls = null, int? port = null)
    {
        using Controls own = new();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var options = new SimulatorOptions(null, new BrokerAddress("127.0.0.1", port ?? _port), null, null, null, s_start, DemoCompany.DefaultSeed, 18000, TimeSpan.FromMilliseconds(100));
        Task running = new Simulator(options, controls ?? own, TimeProvider.System, static _ => { }).Run(stop.Token);
        await Until(enough);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await Until(() => _heard.Where(static m => m.Topic.Kind == MessageKind.NodeDeath).Select(static m => m.Topic.Group).Distinct().Count() == Plants.SpeakSparkplug.Count);
    }

    private int Count(MessageKind kind, string group = "") => _heard.Count(m => m.Topic.Kind == kind && (group.Length == 0 || m.Topic.Group == group));

    private static async Task Until(Func<bool> so)
    {
        for (int i = 0; i < 800 && !so(); i++) await Task.Delay(25, TestContext.Current.CancellationToken);
        Assert.True(so());
    }

    private static Payload Read(byte[] bytes)
    {
        var payload = new Payload();
        Assert.True(payload.Read(bytes, out PayloadFault fault), fault.ToString());
        return payload;
    }

    private static long Session(byte[] bytes)
    {
        foreach (ref readonly Metric m in Read(bytes).Metrics)
        {
            if (m.Name.Of(bytes).SequenceEqual("bdSeq"u8) && MetricValue.TryRead(m, SparkplugType.Int64, bytes, out MetricValue value)) return value.Integer;
        }
        return -1;
    }

    private static List<string> Names(byte[] bytes) => [.. Read(bytes).Metrics.ToArray().Where(static m => m.HasName).Select(m => Encoding.UTF8.GetString(m.Name.Of(bytes)))];

    private static List<string> Texts(byte[] bytes)
    {
        var texts = new List<string>();
        foreach (ref readonly Metric m in Read(bytes).Metrics)
        {
            if (m.Field == ValueField.String && MetricValue.TryRead(m, SparkplugType.String, bytes, out MetricValue value)) texts.Add(value.Text(bytes));
        }
        return texts;
    }

}
