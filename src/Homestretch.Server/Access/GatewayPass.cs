using Homestretch.Exchange.Sparkplug;

namespace Homestretch.Server.Access;

/// <summary>Who a supplier's gateway is to the broker inside, and the one rule of what it may say and hear there: births, data and deaths
/// of its own edge node; the commands to it; whether the host is there.</summary>
/// <param name="Party">Its party's code, which is its Sparkplug group.</param>
/// <param name="Node">Its edge node id.</param>
internal sealed record GatewayPass(string Party, string Node)
{
    /// <summary>As it signs in: PARTY/NODE.</summary>
    public string User => $"{Party}/{Node}";

    /// <summary>The pass of a user name; null when it is none.</summary>
    public static GatewayPass? Of(string user) => user.Split('/') is [var party, var node] && Topic.IsId(party) && Topic.IsId(node) ? new(party, node) : null;

    /// <summary>True for a topic that is this edge node's to speak on.</summary>
    public bool MayPublish(string topic) => Topic.Read(topic, out _) is { } t && t.Group == Party && t.Node == Node
        && t.Kind is MessageKind.NodeBirth or MessageKind.NodeData or MessageKind.NodeDeath or MessageKind.DeviceBirth or MessageKind.DeviceData or MessageKind.DeviceDeath;

    /// <summary>True for a filter that lets through nothing but this node's commands or the host's state.</summary>
    public bool MaySubscribe(string filter, string host) => filter.Split('/') is var parts && parts[0] == Topic.Namespace && parts[1..] switch
    {
        ["STATE", var id] => id == host,
        [var group, "NCMD", var node] => group == Party && node == Node,
        [var group, "NCMD", var node, "#"] => group == Party && node == Node,
        [var group, "DCMD", var node, var device] => group == Party && node == Node && (device is "#" or "+" || Topic.IsId(device)),
        _ => false,
    };
}
