using System.Buffers;
using System.Collections.Concurrent;
using System.Data.Common;
using System.Net;
using System.Security.Authentication;
using Homestretch.Exchange.Sparkplug;
using Homestretch.Server.Access;
using Homestretch.Server.Live;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;
using NodaTime;

namespace Homestretch.Server.Ingest;

/// <summary>The MQTT broker inside the server: plain on loopback, over TLS on every address. The demo takes anyone on loopback; a real start
/// takes gateways with a credential, each to its own topics.</summary>
internal sealed partial class InsideBroker(ServerOptions options, SparkplugHost host, Gateways gateways, Counters counters, HubClock clock, ILogger<InsideBroker> log) : IHostedService, IDisposable
{
    /// <summary>A gateway that was let in under a client id, which is its own as long as it has a session.</summary>
    private sealed record Guest(GatewayPass Pass, string Credential, Instant Since);

    private const string HostId = "homestretch";
    private const int MostPending = 10_000;
    private readonly HostPresence _presence = new(HostId);
    private static readonly Duration s_arriving = Duration.FromMinutes(1);
    private readonly ConcurrentDictionary<string, Guest> _guests = new(StringComparer.Ordinal);
    private readonly PeriodicTimer _look = new(TimeSpan.FromSeconds(1));
    private MqttServer? _server;
    private Task _watching = Task.CompletedTask;

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
        _server.ClientConnectedAsync += _ => CloseOver(); // its credential may have ended since it was asked for
        gateways.Ended += Close;
        await _server.StartAsync();
        if (!options.Demo) _watching = Watch();
        host.Publish = Send;
        _presence.Will(clock.Now);
        await Send(_presence.Topic, _presence.Birth(), retain: true);
    }

    public async Task StopAsync(CancellationToken cancel)
    {
        if (_server is null) return;
        _look.Dispose();
        await _watching;
        await Send(_presence.Topic, _presence.Death(clock.Now), retain: true);
        await _server.StopAsync();
    }

    public void Dispose()
    {
        gateways.Ended -= Close;
        _look.Dispose();
        _server?.Dispose();
    }

    private async Task Admit(ValidatingConnectionEventArgs client)
    {
        if (options.Demo) return;
        if (await gateways.Admit(client.UserName, client.Password, CancellationToken.None) is not var (pass, credential)) client.ReasonCode = MqttConnectReasonCode.BadUserNameOrPassword;
        else if (client.ClientId is HostId or null or "" || !IsItsOwn(client.ClientId, new(pass, credential, clock.Real))) client.ReasonCode = MqttConnectReasonCode.ClientIdentifierNotValid;
        if (client.ReasonCode != MqttConnectReasonCode.Success) counters.Add(Counted.MqttRejected);
    }

    /// <summary>Takes a client id for a gateway; false when another gateway has it. In one step: two that come at once would share the session of the first.</summary>
    private bool IsItsOwn(string clientId, Guest guest) => _guests.AddOrUpdate(clientId, guest, (_, there) => there.Pass == guest.Pass ? guest : there).Pass == guest.Pass;

    private Task Listen(InterceptingSubscriptionEventArgs e)
    {
        if (options.Demo || _guests.TryGetValue(e.ClientId, out Guest? guest) && guest.Pass.MaySubscribe(e.TopicFilter.Topic, HostId)) return Task.CompletedTask;
        (e.ProcessSubscription, e.Response.ReasonCode) = (false, MqttSubscribeReasonCode.NotAuthorized);
        counters.Add(Counted.MqttSubscriptionsRefused);
        return Task.CompletedTask;
    }

    private async Task Take(InterceptingPublishEventArgs e)
    {
        string topic = e.ApplicationMessage.Topic;
        if (e.ClientId == HostId) return;
        if (!options.Demo && !(_guests.TryGetValue(e.ClientId, out Guest? guest) && guest.Pass.MayPublish(topic)))
        {
            (e.ProcessPublish, e.Response.ReasonCode) = (false, MqttPubAckReasonCode.NotAuthorized);
            counters.Add(Counted.MqttMessagesRefused);
            return;
        }
        if (topic.StartsWith(Topic.Namespace + "/", StringComparison.Ordinal) && !topic.StartsWith(Topic.Namespace + "/STATE/", StringComparison.Ordinal)) await host.Take(topic, e.ApplicationMessage.Payload, e.CancellationToken);
    }

    private void Close() => _ = CloseOver();

    /// <summary>Credentials run out by themselves.</summary>
    private async Task Watch()
    {
        while (await _look.WaitForNextTickAsync()) await CloseOver();
    }

    /// <summary>Closes the connections whose credential is over, and forgets client ids that nobody uses.</summary>
    private async Task CloseOver()
    {
        if (options.Demo || _server is not { IsStarted: true }) return;
        try
        {
            IList<MqttSessionStatus> sessions = await _server.GetSessionsAsync();
            IReadOnlySet<string> valid = await gateways.Valid(CancellationToken.None); // asked last: an ending after it is told by itself
            foreach (MqttSessionStatus session in sessions)
            {
                if (_guests.TryGetValue(session.Id, out Guest? guest) && !valid.Contains(guest.Credential)) await session.DeleteAsync();
            }
            foreach (KeyValuePair<string, Guest> gone in _guests.Where(g => g.Value.Since + s_arriving < clock.Real && sessions.All(s => s.Id != g.Key))) _guests.TryRemove(gone);
        }
        catch (Exception e) when (e is DbException or InvalidOperationException)
        {
            LogUnwatched(e);
        }
    }

    private Task Send(string topic, byte[] payload) => Send(topic, payload, retain: false);

    private Task Send(string topic, byte[] payload, bool retain) => _server!.InjectApplicationMessage(new InjectedMqttApplicationMessage(
        new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithRetainFlag(retain).WithQualityOfServiceLevel(retain ? MqttQualityOfServiceLevel.AtLeastOnce : MqttQualityOfServiceLevel.AtMostOnce).Build()) { SenderClientId = HostId });

    [LoggerMessage(22, LogLevel.Error, "Which gateway credentials are over could not be asked; connections of those stay open until the next look")]
    private partial void LogUnwatched(Exception e);
}
