using System.Buffers;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Homestretch.Edge.Listen;

/// <summary>A connection to a broker inside the plant. With a session that outlives us, so that the broker keeps what comes while we are away;
/// a message is acknowledged when it is durable here.</summary>
internal static class MqttLink
{
    private const uint SessionSeconds = 7 * 24 * 3600;
    private const int MostUnacknowledged = 2_000;

    /// <summary>Listens until the connection is lost.</summary>
    /// <param name="clientId">The session's name; one per input and edge.</param>
    /// <param name="take">Takes a message; what it returns ends when the message is durable.</param>
    /// <param name="failed">Told of a message that could not be taken; it is acknowledged, so that it does not come again for ever.</param>
    /// <param name="cleanStart">Nothing is wanted of the time before.</param>
    public static async Task Listen(BrokerSettings broker, string clientId, string filter, bool cleanStart, Func<string, byte[], Task> take, Action<string> failed, Func<IMqttClient, Task> connected, CancellationToken stop)
    {
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var open = new SemaphoreSlim(MostUnacknowledged);
        using IMqttClient client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += async e =>
        {
            e.AutoAcknowledge = false;
            await open.WaitAsync(stop);
            _ = Finish(e, take, failed, open, stop);
        };
        client.DisconnectedAsync += _ =>
        {
            lost.TrySetResult();
            return Task.CompletedTask;
        };
        MqttClientOptionsBuilder options = new MqttClientOptionsBuilder().WithTcpServer(broker.Host, broker.Port).WithClientId(clientId).WithProtocolVersion(MqttProtocolVersion.V500)
            .WithCleanStart(cleanStart).WithSessionExpiryInterval(cleanStart ? 0 : SessionSeconds).WithKeepAlivePeriod(TimeSpan.FromSeconds(10)).WithTimeout(TimeSpan.FromSeconds(10));
        if (broker.User.Length > 0) options.WithCredentials(broker.User, broker.Password);
        await client.ConnectAsync(options.Build(), stop);
        MqttClientSubscribeResult granted = await client.SubscribeAsync(filter, MqttQualityOfServiceLevel.AtLeastOnce, stop);
        if (granted.Items.FirstOrDefault(static i => i.ResultCode >= MqttClientSubscribeResultCode.UnspecifiedError) is { } refused) throw new IOException($"it refuses a subscription to {filter}: {refused.ResultCode}");
        await connected(client);
        await lost.Task.WaitAsync(stop);
        throw new IOException("the connection was lost");
    }

    private static async Task Finish(MqttApplicationMessageReceivedEventArgs e, Func<string, byte[], Task> take, Action<string> failed, SemaphoreSlim open, CancellationToken stop)
    {
        try
        {
            try
            {
                await take(e.ApplicationMessage.Topic, e.ApplicationMessage.Payload.ToArray());
            }
            catch (Exception x) when (!stop.IsCancellationRequested)
            {
                failed($"a message on {e.ApplicationMessage.Topic} could not be taken: {x.GetType().Name}: {x.Message}");
            }
            await e.AcknowledgeAsync(stop);
        }
        catch (Exception x) when (x is OperationCanceledException or IOException or InvalidOperationException or MQTTnet.Exceptions.MqttCommunicationException)
        {
            // not acknowledged: the broker sends it again
        }
        finally
        {
            try
            {
                open.Release();
            }
            catch (ObjectDisposedException)
            {
                // the connection has ended
            }
        }
    }
}
