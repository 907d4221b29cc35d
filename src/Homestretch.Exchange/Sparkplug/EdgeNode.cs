using NodaTime;

namespace Homestretch.Exchange.Sparkplug;

/// <summary>A metric as its last birth declared it.</summary>
public sealed class MetricState
{
    private Quality quality = Quality.Good;

    internal MetricState(DeviceState device, byte[] nameUtf8, SparkplugType type)
    {
        (Device, NameUtf8, Type) = (device, nameUtf8, type);
        Name = System.Text.Encoding.UTF8.GetString(nameUtf8);
    }

    public DeviceState Device { get; }
    public string Name { get; }
    public SparkplugType Type { get; }
    public ulong? Alias { get; internal set; }

    /// <summary>Free for the reader's use: the index of what it makes of this metric. Survives rebirths that keep name and type.</summary>
    public int Slot { get; set; } = -1;

    /// <summary>Quality of the latest value; Stale while the device is offline.</summary>
    public Quality Quality
    {
        get => Device.IsOnline ? quality : Quality.Stale;
        internal set => quality = value;
    }

    /// <summary>The quality by itself, whether the device is online or not.</summary>
    internal bool IsGood => quality == Quality.Good;

    internal byte[] NameUtf8 { get; }
}

/// <summary>A device of an edge node, or (name empty) the node itself: its status and the metrics of its last birth.</summary>
public sealed class DeviceState
{
    internal DeviceState(EdgeNode node, string name) => (Node, Name) = (node, name);

    public EdgeNode Node { get; }
    public string Name { get; }

    /// <summary>Sparkplug address: group/node, or group/node/device.</summary>
    public string Address => Name.Length == 0 ? Node.Address : $"{Node.Address}/{Name}";

    public bool IsOnline { get; internal set; }

    /// <summary>When it last came online or went offline.</summary>
    public Instant Since { get; internal set; }

    public IReadOnlyList<MetricState> Metrics => Table.Metrics;

    /// <summary>True between its node's rebirth and its own.</summary>
    internal bool AwaitsBirth { get; set; }

    internal MetricTable Table { get; set; } = MetricTable.Empty;
}

/// <summary>An edge node: its session, sequence and devices.</summary>
public sealed class EdgeNode
{
    private readonly Dictionary<string, DeviceState> devices = new(StringComparer.Ordinal);

    internal EdgeNode(string group, string name)
    {
        (Group, Name) = (group, name);
        Self = new DeviceState(this, "");
    }

    public string Group { get; }
    public string Name { get; }
    public string Address => $"{Group}/{Name}";

    /// <summary>The node's own status and metrics.</summary>
    public DeviceState Self { get; }

    public IReadOnlyCollection<DeviceState> Devices => devices.Values;

    /// <summary>Number of the node's session: equal in its birth and its death certificate.</summary>
    public ulong BirthDeathSequence { get; internal set; }

    /// <summary>True from a gap, a repeated message or a refused birth until the next birth.</summary>
    public bool IsAfterGap { get; internal set; }

    internal int ExpectedSequence { get; set; }
    internal bool DevicesAwaitBirth { get; set; }
    internal bool WasBorn { get; set; }
    internal bool HasTimer { get; set; }
    internal List<WaitingMessage> Waiting { get; } = [];
    internal RebirthTimer Rebirth { get; } = new();

    internal DeviceState? Find(string device) => device.Length == 0 ? Self : devices.GetValueOrDefault(device);

    internal DeviceState Add(string device)
    {
        var added = new DeviceState(this, device);
        devices.Add(device, added);
        return added;
    }
}

/// <summary>A message that came before the ones it follows.</summary>
internal sealed record WaitingMessage(Route Route, byte[] Payload, int Sequence, Instant Since);

/// <summary>Where a topic leads.</summary>
internal sealed record Route(MessageKind Kind, EdgeNode Node, DeviceState? Device, Topic Topic, string Text);
