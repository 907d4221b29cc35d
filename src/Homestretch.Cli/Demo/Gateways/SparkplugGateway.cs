using System.Buffers;
using Homestretch.Cli.Demo.Playing;
using Homestretch.Exchange.Sparkplug;
using MQTTnet;
using MQTTnet.Protocol;
using NodaTime;

namespace Homestretch.Cli.Demo.Gateways;

/// <summary>A gateway that came with its machines and speaks Sparkplug B by itself: one edge node on its own MQTT connection, its machines as devices. All times in its
/// payloads are simulated times.</summary>
internal sealed class SparkplugGateway : IGateway
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly BrokerAddress _broker;
    private readonly EdgeSession _session;
    private readonly SortedDictionary<string, Telemetry> _devices = new(StringComparer.Ordinal);
    private readonly Action<string> _say;
    private Instant _now;
    private bool _quiet;
    private volatile bool _bear;

    /// <param name="lastConnection">bdSeq before this process; any number will do that differs from run to run.</param>
    public SparkplugGateway(BrokerAddress broker, string group, string node, IEnumerable<string> machines, int lastConnection, Action<string> say)
    {
        (_broker, _say, _session) = (broker, say, new EdgeSession(group, node, lastConnection: lastConnection));
        foreach (string machine in machines) _devices.Add(machine, new Telemetry(_session, machine));
        _client.ApplicationMessageReceivedAsync += Heard;
    }

    /// <summary>Sends what changed; connects and bears first where that is due. Without a broker the readings are lost, as on a plain edge.</summary>
    public async Task Publish(IReadOnlyList<MachineReading> readings, CancellationToken cancel)
    {
        foreach (MachineReading r in readings)
        {
            _now = r.At;
            _devices[r.Machine.Key].Take(r);
        }
        try
        {
            if (!_client.IsConnected) await Connect(cancel);
            if (_bear)
            {
                _bear = false;
                foreach (EdgeMessage birth in _session.Births(_now)) await Send(birth, cancel);
            }
            foreach (Telemetry device in _devices.Values)
            {
                if (_session.Data(device.Device, _now) is { } data) await Send(data, cancel);
            }
            _quiet = false;
        }
        // MQTTnet says 'not now' with an InvalidOperationException while a lost connection is being wound up.
        catch (Exception e) when (e is MQTTnet.Exceptions.MqttCommunicationException or InvalidOperationException || e is OperationCanceledException && !cancel.IsCancellationRequested)
        {
            if (!_quiet) _say($"{_session.Group} cannot reach the broker at {_broker.Host}:{_broker.Port}: {e.Message}");
            _quiet = true;
        }
    }

    /// <summary>Says goodbye properly: the death certificate, then a disconnect.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_client.IsConnected)
            {
                await Send(_session.NodeDeath(_now), CancellationToken.None);
                await _client.DisconnectAsync();
            }
        }
        catch (Exception e) when (e is MQTTnet.Exceptions.MqttCommunicationException or InvalidOperationException)
        {
            _say($"{_session.Group} left without a goodbye: {e.Message}");
        }
        _client.Dispose();
    }

    private async Task Connect(CancellationToken cancel)
    {
        EdgeMessage will = _session.Connect(_now);
        MqttClientOptionsBuilder options = new MqttClientOptionsBuilder().WithTcpServer(_broker.Host, _broker.Port).WithClientId($"demo-{_session.Group}-{_session.NodeName}").WithCleanStart()
            .WithTimeout(TimeSpan.FromSeconds(5)).WithWillTopic(will.Topic).WithWillPayload(will.Payload).WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        if (_broker.User is not null) options.WithCredentials(_broker.User, _broker.Password);
        await _client.ConnectAsync(options.Build(), cancel);
        await _client.SubscribeAsync(_session.CommandTopic, MqttQualityOfServiceLevel.AtLeastOnce, cancel);
        _bear = true;
    }

    private Task<MqttClientPublishResult> Send(EdgeMessage message, CancellationToken cancel) => _client.PublishAsync(new MqttApplicationMessageBuilder()
        .WithTopic(message.Topic).WithPayload(message.Payload).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtMostOnce).Build(), cancel);

    private Task Heard(MqttApplicationMessageReceivedEventArgs e)
    {
        if (_session.Command(e.ApplicationMessage.Topic, e.ApplicationMessage.Payload.ToArray(), out _, out Finding? finding) == EdgeAction.PublishBirths) _bear = true;
        if (finding is not null) _say(finding.ToString());
        return Task.CompletedTask;
    }
}
