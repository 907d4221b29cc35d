using Homestretch.Exchange.Sparkplug;
using Homestretch.Server.Live;
using MQTTnet;
using MQTTnet.Protocol;

namespace Homestretch.Server.Ingest;

/// <summary>A connection to an MQTT 5 broker outside the server: subscribes, announces itself as primary host, and comes back after every loss.</summary>
internal sealed partial class OutsideBroker(ServerOptions options, SparkplugHost host, HubClock clock, Counters counters, ILogger<OutsideBroker> log) : BackgroundService
{
    private const string HostId = "homestretch";
    private static readonly TimeSpan s_shortestWait = TimeSpan.FromMilliseconds(250), s_longestWait = TimeSpan.FromSeconds(30), s_farewell = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        if (options.OutsideBroker is not { } address) return;
        int colon = address.LastIndexOf(':'), port = int.Parse(address.AsSpan(colon + 1), System.Globalization.CultureInfo.InvariantCulture);
        TimeSpan wait = s_shortestWait;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Serve(address[..colon], port, stop);
                wait = s_shortestWait;
                Lost(address, "the connection was lost");
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Lost(address, e.Message);
            }
            await host.Cut(stop);
            await Task.Delay(wait, stop);
            wait = wait * 2 < s_longestWait ? wait * 2 : s_longestWait;
        }
    }

    private void Lost(string address, string reason)
    {
        counters.Add(Counted.MqttReconnects);
        LogLost(address, reason);
    }

    private async Task Serve(string server, int port, CancellationToken stop)
    {
        var presence = new HostPresence(HostId);
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using IMqttClient client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += async e =>
        {
            if (!e.ApplicationMessage.Topic.StartsWith(Topic.Namespace + "/STATE/", StringComparison.Ordinal)) await host.Take(e.ApplicationMessage.Topic, e.ApplicationMessage.Payload, stop);
            else if (presence.MustRepeatBirth(e.ApplicationMessage.Topic, System.Buffers.BuffersExtensions.ToArray(e.ApplicationMessage.Payload))) await client.PublishAsync(State(presence.Topic, presence.Birth()), stop);
        };
        client.DisconnectedAsync += _ =>
        {
            lost.TrySetResult();
            return Task.CompletedTask;
        };
        MqttClientOptionsBuilder connect = new MqttClientOptionsBuilder().WithTcpServer(server, port).WithClientId(HostId).WithCleanStart()
            .WithWillTopic(presence.Topic).WithWillPayload(presence.Will(clock.Now)).WithWillRetain().WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        if (options.BrokerUser is { } user) connect.WithCredentials(user, options.BrokerPassword);
        if (options.BrokerTls) connect.WithTlsOptions(static tls => tls.UseTls());
        await client.ConnectAsync(connect.Build(), stop);
        await client.SubscribeAsync(Topic.Namespace + "/#", MqttQualityOfServiceLevel.AtLeastOnce, stop);
        host.Publish = (topic, payload) => client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).Build(), stop);
        await client.PublishAsync(State(presence.Topic, presence.Birth()), stop);
        try
        {
            await lost.Task.WaitAsync(stop);
        }
        catch (OperationCanceledException) when (client.IsConnected)
        {
            // leaving on purpose: the broker sends no will then
            using var patience = new CancellationTokenSource(s_farewell);
            await client.PublishAsync(State(presence.Topic, presence.Death(clock.Now)), patience.Token);
            await client.DisconnectAsync(new MqttClientDisconnectOptions(), patience.Token);
            throw;
        }
    }

    private static MqttApplicationMessage State(string topic, byte[] payload) =>
        new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithRetainFlag().WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build();

    [LoggerMessage(21, LogLevel.Warning, "The broker at {Address} is not there: {Reason}")]
    private partial void LogLost(string address, string reason);
}
