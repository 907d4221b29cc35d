using System.Buffers;
using System.Net;
using Homestretch.Exchange.Sparkplug;
using Homestretch.Server.Access;
using Homestretch.Server.Live;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Homestretch.Server.Ingest;

/// <summary>The MQTT broker inside the server. In the demo it listens on loopback and takes anyone there; a real start asks every
/// client for a login and an API token.</summary>
internal sealed class InsideBroker(ServerOptions options, SparkplugHost host, Accounts accounts, Counters counters, HubClock clock) : IHostedService, IDisposable
{
    private const string HostId = "homestretch";
    private const int MostPending = 10_000;
    private readonly HostPresence _presence = new(HostId);
    private MqttServer? _server;

    public async Task StartAsync(CancellationToken cancel)
    {
        if (options.MqttPort <= 0 || options.OutsideBroker is not null) return;
        var factory = new MqttServerFactory();
        MqttServerOptions broker = factory.CreateServerOptionsBuilder().WithDefaultEndpoint().WithDefaultEndpointPort(options.MqttPort)
            .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointBoundIPV6Address(IPAddress.None).WithMaxPendingMessagesPerClient(MostPending).Build();
        _server = factory.CreateMqttServer(broker);
        _server.ValidatingConnectionAsync += Admit;
        _server.InterceptingPublishAsync += Take;
        await _server.StartAsync();
        host.Publish = Send;
        _presence.Will(clock.Now);
        await Send(_presence.Topic, _presence.Birth(), retain: true);
    }

    public async Task StopAsync(CancellationToken cancel)
    {
        if (_server is null) return;
        await Send(_presence.Topic, _presence.Death(clock.Now), retain: true);
        await _server.StopAsync();
    }

    public void Dispose() => _server?.Dispose();

    private async Task Admit(ValidatingConnectionEventArgs client)
    {
        if (options.Demo) return;
        if (client.UserName is { Length: > 0 } user && await accounts.OfToken(client.Password ?? "", CancellationToken.None) == user) return;
        client.ReasonCode = MqttConnectReasonCode.BadUserNameOrPassword;
        counters.Add("mqtt_rejected", "MQTT clients rejected at connection");
    }

    private async Task Take(InterceptingPublishEventArgs e)
    {
        if (e.ApplicationMessage.Topic.StartsWith(Topic.Namespace + "/", StringComparison.Ordinal) && !e.ApplicationMessage.Topic.StartsWith(Topic.Namespace + "/STATE/", StringComparison.Ordinal)
            && e.ClientId != HostId) await host.Take(e.ApplicationMessage.Topic, e.ApplicationMessage.Payload, e.CancellationToken);
    }

    private Task Send(string topic, byte[] payload) => Send(topic, payload, retain: false);

    private Task Send(string topic, byte[] payload, bool retain) => _server!.InjectApplicationMessage(new InjectedMqttApplicationMessage(
        new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithRetainFlag(retain).WithQualityOfServiceLevel(retain ? MqttQualityOfServiceLevel.AtLeastOnce : MqttQualityOfServiceLevel.AtMostOnce).Build()) { SenderClientId = HostId });
}
