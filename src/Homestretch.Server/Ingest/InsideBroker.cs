using System.Buffers;
using System.Net;
using System.Security.Authentication;
using Homestretch.Exchange.Sparkplug;
using Homestretch.Server.Access;
using Homestretch.Server.Live;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Homestretch.Server.Ingest;

/// <summary>The MQTT broker inside the server: plain on loopback, over TLS on every address. The demo takes anyone on loopback; a real start
/// takes gateways with a credential, each to its own topics.</summary>
internal sealed class InsideBroker(ServerOptions options, SparkplugHost host, Gateways gateways, Counters counters, HubClock clock) : IHostedService, IDisposable
{
    private const string HostId = "homestretch";
    private const int MostPending = 10_000;
    private readonly HostPresence _presence = new(HostId);
    private static readonly object s_pass = new();
    private MqttServer? _server;

    private bool Plain => options.MqttPort > 0;
    private bool Tls => options is { Certificate: not null, MqttTlsPort: > 0 };

    public async Task StartAsync(CancellationToken cancel)
    {
        if (options.OutsideBroker is not null || !(Plain || Tls)) return;
        var factory = new MqttServerFactory();
        MqttServerOptionsBuilder broker = factory.CreateServerOptionsBuilder().WithMaxPendingMessagesPerClient(MostPending);
        broker = Plain ? broker.WithDefaultEndpoint().WithDefaultEndpointPort(options.MqttPort).WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointBoundIPV6Address(IPAddress.None)
            : broker.WithoutDefaultEndpoint();
        if (Tls) broker = broker.WithEncryptedEndpoint().WithEncryptedEndpointPort(options.MqttTlsPort).WithEncryptionCertificate(options.Certificate).WithEncryptionSslProtocol(SslProtocols.Tls12 | SslProtocols.Tls13);
        _server = factory.CreateMqttServer(broker.Build());
        _server.ValidatingConnectionAsync += Admit;
        _server.InterceptingSubscriptionAsync += Listen;
        _server.InterceptingPublishAsync += Take;
        gateways.Ended += Close;
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

    public void Dispose()
    {
        gateways.Ended -= Close;
        _server?.Dispose();
    }

    private async Task Admit(ValidatingConnectionEventArgs client)
    {
        if (options.Demo) return;
        if (await gateways.Admit(client.UserName, client.Password, CancellationToken.None) is not { } pass) client.ReasonCode = MqttConnectReasonCode.BadUserNameOrPassword;
        else if (client.ClientId == HostId || (await _server!.GetSessionsAsync()).Any(s => s.Id == client.ClientId && !pass.Equals(s.Items[s_pass]))) client.ReasonCode = MqttConnectReasonCode.ClientIdentifierNotValid;
        else client.SessionItems[s_pass] = pass;
        if (client.ReasonCode != MqttConnectReasonCode.Success) counters.Add(Counted.MqttRejected);
    }

    private Task Listen(InterceptingSubscriptionEventArgs e)
    {
        if (options.Demo || e.SessionItems[s_pass] is GatewayPass pass && pass.MaySubscribe(e.TopicFilter.Topic, HostId)) return Task.CompletedTask;
        (e.ProcessSubscription, e.Response.ReasonCode) = (false, MqttSubscribeReasonCode.NotAuthorized);
        counters.Add(Counted.MqttSubscriptionsRefused);
        return Task.CompletedTask;
    }

    private async Task Take(InterceptingPublishEventArgs e)
    {
        string topic = e.ApplicationMessage.Topic;
        if (e.ClientId == HostId && e.SessionItems[s_pass] is null) return;
        if (!options.Demo && !(e.SessionItems[s_pass] is GatewayPass pass && pass.MayPublish(topic)))
        {
            (e.ProcessPublish, e.Response.ReasonCode) = (false, MqttPubAckReasonCode.NotAuthorized);
            counters.Add(Counted.MqttMessagesRefused);
            return;
        }
        if (topic.StartsWith(Topic.Namespace + "/", StringComparison.Ordinal) && !topic.StartsWith(Topic.Namespace + "/STATE/", StringComparison.Ordinal)) await host.Take(topic, e.ApplicationMessage.Payload, e.CancellationToken);
    }

    private void Close(string user) => _ = CloseAll(user);

    private async Task CloseAll(string user)
    {
        foreach (MqttSessionStatus session in (await _server!.GetSessionsAsync()).Where(s => (s.Items[s_pass] as GatewayPass)?.User == user)) await session.DeleteAsync();
    }

    private Task Send(string topic, byte[] payload) => Send(topic, payload, retain: false);

    private Task Send(string topic, byte[] payload, bool retain) => _server!.InjectApplicationMessage(new InjectedMqttApplicationMessage(
        new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithRetainFlag(retain).WithQualityOfServiceLevel(retain ? MqttQualityOfServiceLevel.AtLeastOnce : MqttQualityOfServiceLevel.AtMostOnce).Build()) { SenderClientId = HostId });
}
