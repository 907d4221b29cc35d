using System.Buffers;
using Homestretch.Exchange.Sparkplug;
using MQTTnet;
using MQTTnet.Protocol;
using NodaTime;

namespace Homestretch.Cli.Demo.Playing;

/// <summary>One simulated edge node on its own MQTT connection: births with every metric, data by alias of what changed, a death left
/// with the broker as its will, a rebirth when a host asks. Times in payloads are simulated times.</summary>
internal sealed class Gateway : IAsyncDisposable
{
    private const string Rebirth = "Node Control/Rebirth";
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly BrokerAddress _broker;
    private readonly string _group, _node;
    private readonly string[] _devices;
    private readonly Action<string> _say;
    private readonly Dictionary<(string Device, string Name), object?> _sent = [];
    private byte _session = (byte)(Environment.TickCount64 / 1000);
    private byte _sequence;
    private bool _quiet;
    private volatile bool _bearAgain;

    public Gateway(BrokerAddress broker, string group, string node, string[] devices, Action<string> say)
    {
        (_broker, _group, _node, _devices, _say) = (broker, group, node, devices, say);
        _client.ApplicationMessageReceivedAsync += Heard;
    }

    public async Task Publish(IReadOnlyList<MachineReading> readings, CancellationToken cancel)
    {
        if (readings.Count == 0) return;
        try
        {
            bool newborn = !_client.IsConnected;
            if (newborn) await Connect(readings[0].At, cancel);
            if (newborn || _bearAgain) await Bear(readings, cancel);
            else
            {
                foreach (MachineReading r in readings) await Tell(r, cancel);
            }
            _quiet = false;
        }
        catch (Exception e) when (e is MQTTnet.Exceptions.MqttCommunicationException or MQTTnet.Exceptions.MqttClientNotConnectedException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            if (!_quiet) _say($"{_group} cannot reach the broker at {_broker.Host}:{_broker.Port}: {e.Message}");
            _quiet = true;
        }
    }

    /// <summary>Says goodbye properly: device deaths, then the node's own, then disconnects.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_client.IsConnected)
        {
            await Send(MessageKind.NodeDeath, "", Death(), CancellationToken.None);
            await _client.DisconnectAsync();
        }
        _client.Dispose();
    }

    /// <summary>Connects with the death certificate of this session as the will.</summary>
    private async Task Connect(Instant at, CancellationToken cancel)
    {
        _session++;
        MqttClientOptionsBuilder options = new MqttClientOptionsBuilder().WithTcpServer(_broker.Host, _broker.Port).WithClientId($"demo-{_group}-{_node}").WithCleanStart()
            .WithTimeout(TimeSpan.FromSeconds(5)).WithWillTopic(new Topic(MessageKind.NodeDeath, _group, _node).ToString()).WithWillPayload(Death())
            .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        if (_broker.User is not null) options.WithCredentials(_broker.User, _broker.Password);
        await _client.ConnectAsync(options.Build(), cancel);
        await _client.SubscribeAsync(new Topic(MessageKind.NodeCommand, _group, _node).ToString(), MqttQualityOfServiceLevel.AtLeastOnce, cancel);
    }

    private async Task Bear(IReadOnlyList<MachineReading> readings, CancellationToken cancel)
    {
        _bearAgain = false;
        _sequence = 255;
        _sent.Clear();
        ulong now = Milliseconds(readings[0].At);
        await Send(MessageKind.NodeBirth, "", PayloadWriter.Write(now,
            [new("bdSeq", null, SparkplugType.Int64, MetricValue.Of((long)_session), now), new(Rebirth, null, SparkplugType.Boolean, MetricValue.Of(false), now)], Next()), cancel);
        foreach (MachineReading r in readings) await Send(MessageKind.DeviceBirth, r.Machine.Key, PayloadWriter.Write(now, Metrics(r, birth: true), Next()), cancel);
    }

    private async Task Tell(MachineReading r, CancellationToken cancel)
    {
        OutgoingMetric[] changed = Metrics(r, birth: false);
        if (changed.Length > 0) await Send(MessageKind.DeviceData, r.Machine.Key, PayloadWriter.Write(Milliseconds(r.At), changed, Next()), cancel);
    }

    /// <summary>All metrics with their names for a birth, else those that changed by their alias.</summary>
    private OutgoingMetric[] Metrics(MachineReading r, bool birth)
    {
        var metrics = new List<OutgoingMetric>();
        int first = 100 * (1 + Array.IndexOf(_devices, r.Machine.Key));
        foreach (var ((name, type, value), i) in Telemetry.Of(r).Select(static (m, i) => (m, i)))
        {
            var key = (r.Machine.Key, name);
            if (!birth && Equals(_sent.GetValueOrDefault(key), value)) continue;
            _sent[key] = value;
            ulong at = Milliseconds(r.At), alias = (ulong)(first + i);
            string? named = birth ? name : null;
            metrics.Add(value is string text ? OutgoingMetric.OfText(named, alias, text, at) with { SendType = birth }
                : new(named, alias, type, value switch { long n => MetricValue.Of(n), double d => MetricValue.Of(d), _ => MetricValue.Null }, at, SendType: birth));
        }
        return [.. metrics];
    }

    private byte[] Death() => PayloadWriter.Write(null, [new("bdSeq", null, SparkplugType.Int64, MetricValue.Of((long)_session))], null);

    private Task<MqttClientPublishResult> Send(MessageKind kind, string device, byte[] payload, CancellationToken cancel) => _client.PublishAsync(new MqttApplicationMessageBuilder()
        .WithTopic(new Topic(kind, _group, _node, device).ToString()).WithPayload(payload)
        .WithQualityOfServiceLevel(kind == MessageKind.NodeDeath ? MqttQualityOfServiceLevel.AtLeastOnce : MqttQualityOfServiceLevel.AtMostOnce).Build(), cancel);

    private Task Heard(MqttApplicationMessageReceivedEventArgs e)
    {
        byte[] bytes = e.ApplicationMessage.Payload.ToArray();
        var payload = new Payload();
        if (!payload.Read(bytes, out _)) return Task.CompletedTask;
        foreach (ref readonly Metric m in payload.Metrics)
        {
            if (m.HasName && m.Name.Of(bytes).SequenceEqual("Node Control/Rebirth"u8) && MetricValue.TryRead(m, SparkplugType.Boolean, bytes, out MetricValue value) && value.Boolean)
                _bearAgain = true;
        }
        return Task.CompletedTask;
    }

    private byte Next() => unchecked(++_sequence);

    private static ulong Milliseconds(Instant at) => (ulong)at.ToUnixTimeMilliseconds();
}
