namespace Homestretch.Exchange.Sparkplug;

public sealed partial class HostSession
{
    private readonly Dictionary<string, EdgeNode> nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Route> routes = new(StringComparer.Ordinal);

    // nodes in the order first heard of; those born since are passed over
    private readonly Queue<EdgeNode> unborn = [];

    public IReadOnlyCollection<EdgeNode> Nodes => nodes.Values;

    /// <summary>The node (device empty) or device at an address; null when never heard of.</summary>
    public DeviceState? Find(string group, string node, string device = "") => nodes.GetValueOrDefault($"{group}/{node}")?.Find(device);

    private Route? NewRoute(string text, out Cause cause, out Finding? finding)
    {
        cause = Cause.Topic;
        var topic = Topic.Read(text, out finding);
        if (topic is null) return null;
        if (topic.Kind is MessageKind.State or MessageKind.NodeCommand or MessageKind.DeviceCommand)
        {
            cause = Cause.NotForHosts;
            return null;
        }
        var address = $"{topic.Group}/{topic.Node}";
        if (!nodes.TryGetValue(address, out var node))
        {
            if (nodes.Count >= policy.MaxNodes && !ForgetUnborn())
            {
                cause = Cause.TooMany;
                finding = new Finding(new Place(text), RuleOf(cause), $"There are {nodes.Count} edge nodes already.", CureOf(cause));
                return null;
            }
            node = new EdgeNode(topic.Group, topic.Node);
            nodes.Add(address, node);
            unborn.Enqueue(node);
        }
        var route = new Route(topic.Kind, node, node.Find(topic.Device), topic, text);
        if (route.Device is not null) routes.Add(text, route);
        return route;
    }

    /// <summary>Drops the node longest known that was never born, so that made-up names cannot keep real nodes out.</summary>
    private bool ForgetUnborn()
    {
        while (unborn.TryDequeue(out var node))
        {
            if (node.WasBorn) continue;
            nodes.Remove(node.Address);
            foreach (var kind in (ReadOnlySpan<MessageKind>)[MessageKind.NodeBirth, MessageKind.NodeData, MessageKind.NodeDeath])
                routes.Remove(new Topic(kind, node.Group, node.Name).ToString());
            node.Rebirth.Close();
            return true;
        }
        return false;
    }
}
