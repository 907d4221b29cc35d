using NodaTime;

namespace Homestretch.Exchange.Sparkplug;

/// <summary>The command that asks an edge node for its births: NCMD with 'Node Control/Rebirth' true, no sequence number, QoS 0,
/// not retained (specification chapter 5, commands).</summary>
public static class RebirthCommand
{
    public const string MetricName = "Node Control/Rebirth";

    public static string Topic(EdgeNode node) => new Topic(MessageKind.NodeCommand, node.Group, node.Name).ToString();

    public static byte[] Payload(Instant now)
    {
        var at = (ulong)now.ToUnixTimeMilliseconds();
        return PayloadWriter.Write(at, [new OutgoingMetric(MetricName, null, SparkplugType.Boolean, MetricValue.Of(true), at)], null);
    }
}
