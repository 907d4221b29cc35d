using NodaTime;

namespace Homestretch.Exchange.Sparkplug;

/// <summary>An MQTT message for the caller to publish (QoS 0, not retained).</summary>
public sealed record EdgeMessage(string Topic, byte[] Payload);

/// <summary>What an edge node should do after a command or a host's STATE.</summary>
public enum EdgeAction { None, PublishBirths, Disconnect }

/// <summary>A write that a host asks of the edge.</summary>
/// <param name="Value">Stretches point into the command's payload.</param>
public readonly record struct EdgeWrite(EdgeMetric Metric, MetricValue Value);

/// <summary>The edge side of Sparkplug B: builds births, data and deaths with sequence numbers, bdSeq and aliases. MQTT is the
/// caller's: connect with the will, subscribe to the command topics, publish what comes from here in order.</summary>
public sealed class EdgeSession
{
    private readonly Payload decoded = new();
    private readonly List<EdgeDevice> devices = [];
    private readonly EdgeMetric bdSeq;
    private ulong nextAlias = 1;
    private int sequence;
    private long connection = -1;
    private long? lastHostState;

    /// <param name="primaryHost">Host application to wait for; null: none.</param>
    /// <param name="lastConnection">bdSeq of the last connection before this process, kept by the caller; -1 when there was none.</param>
    public EdgeSession(string group, string node, string? primaryHost = null, int lastConnection = -1)
    {
        if (!Topic.IsId(group) || !Topic.IsId(node)) throw new ArgumentException($"'{group}/{node}' cannot stand in a topic.\nMaybe it holds + # or /.", nameof(node));
        (Group, NodeName, PrimaryHost, connection) = (group, node, primaryHost, lastConnection);
        Node = new EdgeDevice(this, "");
        bdSeq = Node.Add("bdSeq", SparkplugType.Int64, null);
        Node.Add(RebirthCommand.MetricName, SparkplugType.Boolean, null).Set(MetricValue.Of(false), Instant.FromUnixTimeMilliseconds(1));
        ForgetHost();
    }

    public string Group { get; }
    public string NodeName { get; }
    public string? PrimaryHost { get; }

    /// <summary>The node's own metrics.</summary>
    public EdgeDevice Node { get; }

    public IReadOnlyList<EdgeDevice> Devices => devices;

    /// <summary>True when births may be published: no primary host is waited for, or it says that it is online.</summary>
    public bool PrimaryHostIsOnline { get; private set; }

    /// <summary>The bdSeq of this connection, 0..255; -1 before the first. Keep it for the next process.</summary>
    public int Connection => (int)connection;

    public string CommandTopic => TopicOf(MessageKind.NodeCommand);

    public EdgeDevice AddDevice(string name)
    {
        if (!Topic.IsId(name) || devices.Exists(d => string.Equals(d.Name, name, StringComparison.OrdinalIgnoreCase)))
            throw new ArgumentException($"The device id '{name}' is taken or cannot stand in a topic.", nameof(name));
        var device = new EdgeDevice(this, name);
        devices.Add(device);
        return device;
    }

    internal ulong NextAlias() => nextAlias++;

    /// <summary>A new connection: counts bdSeq on and gives the will message (QoS 1, not retained) to connect with. What the primary host said on the
    /// last connection no longer counts.</summary>
    public EdgeMessage Connect(Instant now)
    {
        connection = (connection + 1) & 255;
        bdSeq.Set(MetricValue.Of(connection), now);
        StopData();
        ForgetHost();
        return NodeDeath(now);
    }

    /// <summary>The death certificate to publish before leaving on purpose; equal in content to the will.</summary>
    public EdgeMessage NodeDeath(Instant now) =>
        new(TopicOf(MessageKind.NodeDeath), PayloadWriter.Write(Ms(now), [bdSeq.Outgoing(birth: true, Ms(now)) with { Timestamp = Ms(now) }], null));

    /// <summary>The node's birth and that of every device not lost, in the order in which they must be published.</summary>
    public IReadOnlyList<EdgeMessage> Births(Instant now)
    {
        if (connection < 0) throw new InvalidOperationException($"There is no connection yet.\nMaybe call {nameof(Connect)} first.");
        if (!PrimaryHostIsOnline) throw new InvalidOperationException($"The primary host {PrimaryHost} is not online.\nMaybe its STATE message was not passed to {nameof(HostSays)}.");
        sequence = 0;
        List<EdgeMessage> births = [Birth(Node, MessageKind.NodeBirth, now)];
        foreach (var device in devices)
            if (!device.IsLost) births.Add(Birth(device, MessageKind.DeviceBirth, now));
        return births;
    }

    /// <summary>The birth of one device, new or back; null when the node is not born, whose births will then bring it.</summary>
    public EdgeMessage? DeviceBirth(EdgeDevice device, Instant now)
    {
        device.IsLost = false;
        return Node.IsBorn ? Birth(device, MessageKind.DeviceBirth, now) : null;
    }

    /// <summary>The metrics of a device that changed since its last message; null when none did or it is not born.</summary>
    public EdgeMessage? Data(EdgeDevice device, Instant now)
    {
        if (!device.IsBorn) return null;
        List<OutgoingMetric> changed = [];
        foreach (var metric in device.Metrics)
        {
            if (!metric.HasChanged) continue;
            changed.Add(metric.Outgoing(birth: false, Ms(now)));
            metric.HasChanged = false;
        }
        changed.Sort((a, b) => Nullable.Compare(a.Timestamp, b.Timestamp));
        return changed.Count == 0 ? null : Sequenced(device, device == Node ? MessageKind.NodeData : MessageKind.DeviceData, changed.ToArray(), now);
    }

    /// <summary>Values of the past, marked historical; the current values stay as they are. Null when there are none or the device is not born.</summary>
    public EdgeMessage? Past(EdgeDevice device, IReadOnlyList<PastValue> values, Instant now)
    {
        if (!device.IsBorn || values.Count == 0) return null;
        OutgoingMetric[] metrics = [.. values.Select(v => new OutgoingMetric(
            v.Metric.Alias is null ? v.Metric.Name : null, v.Metric.Alias, v.Metric.Type, v.Value, Ms(v.At), SendType: false, IsHistorical: true, Bytes: v.Content))];
        return Sequenced(device, device == Node ? MessageKind.NodeData : MessageKind.DeviceData, metrics, now);
    }

    /// <summary>The death of a device we lost; null when it is not born. It stays out of births until <see cref="DeviceBirth"/>.</summary>
    public EdgeMessage? DeviceDeath(EdgeDevice device, Instant now)
    {
        device.IsLost = true;
        if (!device.IsBorn) return null;
        device.IsBorn = false;
        return Sequenced(device, MessageKind.DeviceDeath, [], now);
    }

    /// <summary>Takes an NCMD or DCMD for this node. A rebirth request stops data until the births and makes it <see cref="EdgeAction.PublishBirths"/>; other writes are returned for the
    /// caller to carry out. A command that does not fit changes nothing and has a finding.</summary>
    public EdgeAction Command(string topic, ReadOnlySpan<byte> payload, out IReadOnlyList<EdgeWrite> writes, out Finding? finding)
    {
        writes = [];
        if (Topic.Read(topic, out finding) is not { Kind: MessageKind.NodeCommand or MessageKind.DeviceCommand } read || read.Group != Group || read.Node != NodeName) return EdgeAction.None;
        var device = read.Device.Length == 0 ? Node : devices.Find(d => d.Name == read.Device);
        if (!decoded.Read(payload, out var fault)) finding = fault.ToFinding(topic);
        else if (device is null) finding = new Finding(new Place(topic), "command-device", $"There is no device {read.Device}.", "Command devices that the births name.");
        if (finding is not null || device is null) return EdgeAction.None;
        List<EdgeWrite> found = [];
        var action = EdgeAction.None;
        foreach (ref readonly var metric in decoded.Metrics)
        {
            var name = metric.HasName ? System.Text.Encoding.UTF8.GetString(metric.Name.Of(payload)) : null;
            var alias = metric.HasAlias ? metric.Alias : (ulong?)null;
            var target = device.Metrics.FirstOrDefault(m => name is null ? m.Alias == alias && alias is not null : m.Name == name);
            if (target is null || !MetricValue.TryRead(metric, target.Type, payload, out var value))
            {
                finding = new Finding(new Place(topic), "command-metric", $"The command for {name ?? $"alias {alias}"} names no metric of the birth, or has a value of another type.", "Write metrics as the births declare them.");
                return EdgeAction.None;
            }
            if (target.Name == RebirthCommand.MetricName && device == Node) action = value.Boolean ? EdgeAction.PublishBirths : action;
            else found.Add(new EdgeWrite(target, value));
        }
        writes = found;
        if (action == EdgeAction.PublishBirths) StopData();
        return action;
    }

    /// <summary>Takes a STATE message. Only the primary host's counts, and only one no older than the last.</summary>
    public EdgeAction HostSays(string topic, ReadOnlySpan<byte> payload, out Finding? finding)
    {
        finding = null;
        if (PrimaryHost is null || Topic.Read(topic, out finding) is not { Kind: MessageKind.State } read || read.Node != PrimaryHost) return EdgeAction.None;
        if (HostState.Read(topic, payload, out finding) is not { } state || state.Milliseconds < (lastHostState ?? 0)) return EdgeAction.None;
        var wasOnline = PrimaryHostIsOnline;
        (lastHostState, PrimaryHostIsOnline) = (state.Milliseconds, state.IsOnline);
        return (wasOnline, state.IsOnline) switch
        {
            (false, true) => EdgeAction.PublishBirths,
            (true, false) => EdgeAction.Disconnect,
            _ => EdgeAction.None,
        };
    }

    private void StopData()
    {
        Node.IsBorn = false;
        foreach (var device in devices) device.IsBorn = false;
    }

    private void ForgetHost() => (lastHostState, PrimaryHostIsOnline) = (null, PrimaryHost is null);

    private EdgeMessage Birth(EdgeDevice device, MessageKind kind, Instant now)
    {
        device.IsBorn = true;
        foreach (var metric in device.Metrics) metric.HasChanged = false;
        return Sequenced(device, kind, [.. device.Metrics.Select(m => m.Outgoing(birth: true, Ms(now)))], now);
    }

    private EdgeMessage Sequenced(EdgeDevice device, MessageKind kind, ReadOnlySpan<OutgoingMetric> metrics, Instant now)
    {
        var payload = PayloadWriter.Write(Ms(now), metrics, sequence);
        sequence = (sequence + 1) & 255;
        return new EdgeMessage(TopicOf(kind, device.Name), payload);
    }

    private string TopicOf(MessageKind kind, string device = "") => new Topic(kind, Group, NodeName, device).ToString();

    private static ulong Ms(Instant at) => (ulong)at.ToUnixTimeMilliseconds();
}
