using System.Diagnostics;
using System.Runtime.InteropServices;
using Homestretch.Exchange.Sparkplug;
using Homestretch.Machines;
using Homestretch.Server.Storage.Telemetry;
using Homestretch.Server.Twins;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Ingest;

/// <summary>One metric of one machine, resolved once.</summary>
/// <param name="Name">As history keeps it.</param>
/// <param name="Kind">What it says to the twin; null: a measured value that only history keeps.</param>
/// <param name="IsSequence">The edge's own numbering of its messages.</param>
internal sealed record Column(Source Source, string Name, ReadingKind? Kind, bool IsSequence, Ring Ring);

/// <summary>What one gateway sent of one party in a round.</summary>
internal sealed class Gateway(string party)
{
    public string Party => party;

    /// <summary>Where its next samples without a number go; null: to a batch not begun.</summary>
    public List<TelemetrySample>? Open { get; set; }
}

/// <summary>The machine behind a Sparkplug device, and what it said in this round.</summary>
internal sealed class Source(MachineFacts facts, Gateway gateway, string edge, string stream, MachineTail tail)
{
    public MachineFacts Facts => facts;
    public string Machine => facts.Machine;
    public Gateway Gateway => gateway;
    public string Edge => edge;
    public string Stream => stream;
    public MachineTail Tail => tail;

    /// <summary>Last number of the stream; null: none yet.</summary>
    public long? LastSequence { get; set; }

    public List<MachineReading> Readings { get; } = [];
    public Instant? Heard { get; set; }

    public bool IsTouched { get; set; }

    /// <summary>Stopwatch timestamp of the first message of the round.</summary>
    public long Received { get; set; }
    public string Topic { get; set; } = "";

    /// <summary>Trace of that message.</summary>
    public ActivityContext Trace { get; set; }
}

/// <summary>Finds machines and metrics for devices: by name once, by reference from then on.</summary>
internal sealed class Sources(MachineTwins twins, TelemetryLog log)
{
    private static readonly Dictionary<string, ReadingKind?> s_known = new(StringComparer.Ordinal)
    {
        [MachineMetricNames.State] = ReadingKind.State, [MachineMetricNames.Reason] = ReadingKind.Reason, [MachineMetricNames.Lot] = ReadingKind.Lot, ["Run/Run"] = ReadingKind.Run,
        [MachineMetricNames.Produced] = ReadingKind.Produced, [MachineMetricNames.Rejected] = ReadingKind.Rejected, [MachineMetricNames.Rate] = ReadingKind.Rate,
        [MachineMetricNames.RemainingP10] = ReadingKind.RemainingP10, [MachineMetricNames.RemainingP50] = ReadingKind.RemainingP50,
        [MachineMetricNames.Vibration] = null, [MachineMetricNames.Temperature] = null, [MachineMetricNames.Current] = null, [MachineMetricNames.Pressure] = null, [MachineMetricNames.RunningHours] = null,
    };

    private static readonly Dictionary<string, ReadingKind> s_kindByName = s_known.Where(static k => k.Value is not null).ToDictionary(static k => Kept(k.Key), static k => k.Value!.Value, StringComparer.Ordinal);

    private readonly Dictionary<DeviceState, Source?> _sources = [];
    private readonly Dictionary<(EdgeNode, string Party), Gateway> _gateways = [];
    private readonly List<Column?> _columns = [];
    private readonly Dictionary<string, Machine> _machineByDevice = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Source> _sourceByMachine = new(StringComparer.Ordinal);
    private Snapshot _world = Snapshot.Empty;
    private object? _mapped;

    /// <summary>What a metric says to the twin, by the name that history keeps; null: nothing.</summary>
    public static ReadingKind? KindOf(string name) => s_kindByName.TryGetValue(name, out ReadingKind kind) ? kind : null;

    /// <summary>Takes the machines of a world; what was resolved is resolved anew when they changed.</summary>
    public void Map(Snapshot world)
    {
        if (ReferenceEquals(_mapped, world.Machines)) return;
        (_mapped, _world) = (world.Machines, world);
        _sourceByMachine.Clear();
        _machineByDevice.Clear();
        _sources.Clear();
        foreach (Machine m in world.Machines.Where(static m => m.Device.Length > 0)) _machineByDevice[m.Device] = m;
    }

    /// <summary>The machine behind a device; null when the world knows none.</summary>
    public Source? Of(DeviceState device)
    {
        ref Source? source = ref CollectionsMarshal.GetValueRefOrAddDefault(_sources, device, out bool known);
        if (!known && _machineByDevice.TryGetValue(device.Address, out Machine? machine))
        {
            ref Gateway? gateway = ref CollectionsMarshal.GetValueRefOrAddDefault(_gateways, (device.Node, machine.Party.Value), out _);
            gateway ??= new(machine.Party.Value);
            source = new(MachineFacts.Of(machine), gateway, device.Node.Address, device.Name, twins.Tail(machine.Id));
            if (log.Watermark(source.Edge, source.Stream) is > 0 and { } last) source.LastSequence = last;
        }
        return source;
    }

    /// <summary>A machine that an edge of ours speaks for; null when the world knows none of that party.</summary>
    public Source? Of(string machine, string party) => _world.Machines.Find(machine) is { } found && found.Party.Value == party ? Of(found) : null;

    /// <summary>A machine that an edge of ours speaks for.</summary>
    public Source Of(Machine machine)
    {
        if (_sourceByMachine.TryGetValue(machine.Id, out Source? source)) return source;
        return _sourceByMachine[machine.Id] = new(MachineFacts.Of(machine), new(machine.Party.Value), "", "", twins.Tail(machine.Id));
    }

    /// <summary>What a metric of a source's device is.</summary>
    public Column Of(Source source, MetricState metric)
    {
        if (metric.Slot < 0)
        {
            metric.Slot = _columns.Count;
            _columns.Add(null);
        }
        Column? column = _columns[metric.Slot];
        if (column is not null && ReferenceEquals(column.Source, source)) return column;
        bool known = s_known.TryGetValue(metric.Name, out ReadingKind? kind);
        string name = known ? Kept(metric.Name) : metric.Name;
        return _columns[metric.Slot] = new(source, name, kind, metric.Name == MachineMetricNames.StreamSequence, source.Tail.Of(name));
    }

    /// <summary>A name we know as history keeps it: without its folder and spaces.</summary>
    private static string Kept(string name) => name[(name.LastIndexOf('/') + 1)..].Replace(" ", "", StringComparison.Ordinal);
}
