using System.Buffers;
using System.Diagnostics;
using System.Threading.Channels;
using Homestretch.Exchange.Sparkplug;
using Homestretch.Server.Live;
using Homestretch.Server.Twins;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Ingest;

/// <summary>One MQTT message as it arrived.</summary>
/// <param name="Received">Stopwatch timestamp.</param>
internal readonly record struct Arrived(string Topic, byte[] Payload, long Received);

/// <summary>The Sparkplug host application: takes messages in order, folds them into machine twins, and tells the planner what
/// matters to a plan. Malformed payloads are counted and logged with topic and reason, and change nothing.</summary>
internal sealed partial class SparkplugHost(LiveWorld live, Planner planner, MachineTwins twins, HubClock clock, Counters counters, ILogger<SparkplugHost> log) : BackgroundService
{
    private const int MostWaiting = 50_000;
    public static readonly ActivitySource Traces = new("Homestretch.Ingest");
    private readonly Channel<Arrived> _inbox = Channel.CreateBounded<Arrived>(new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly HostSession _session = new(HostPolicy.Default);
    private readonly Dictionary<string, string> _machineByDevice = new(StringComparer.Ordinal);
    private Snapshot? _mapped;

    /// <summary>Sends a message to the broker; set by whoever holds the connection.</summary>
    public Func<string, byte[], Task> Publish { get; set; } = static (_, _) => Task.CompletedTask;

    /// <summary>Takes a message; false, and counted, when the inbox is full.</summary>
    public bool Offer(string topic, ReadOnlySequence<byte> payload)
    {
        bool taken = _inbox.Writer.TryWrite(new(topic, payload.ToArray(), Stopwatch.GetTimestamp()));
        if (!taken) counters.Add("mqtt_dropped", "MQTT messages dropped because the inbox was full");
        return taken;
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        await planner.Started.WaitAsync(stop);
        while (await _inbox.Reader.WaitToReadAsync(stop))
        {
            var touched = new SortedDictionary<string, long>(StringComparer.Ordinal);
            int taken = 0;
            while (taken++ < 500 && _inbox.Reader.TryRead(out Arrived message))
            {
                Take(message, touched);
                while (_session.Next(clock.Now, out Outcome due)) Follow(due, message, touched);
            }
            if (touched.Count > 0) await Report(touched, stop);
        }
    }

    private void Take(in Arrived message, SortedDictionary<string, long> touched)
    {
        counters.Add("sparkplug_messages", "Sparkplug messages received");
        Outcome outcome = _session.Apply(message.Topic, message.Payload, clock.Now);
        Follow(outcome, message, touched);
    }

    private void Follow(Outcome outcome, in Arrived message, SortedDictionary<string, long> touched)
    {
        if (outcome.Finding is { } finding)
        {
            counters.Add($"sparkplug_refused_{Words.Of(outcome.Cause).Replace('-', '_')}", "Sparkplug messages refused for this cause; they change nothing");
            LogRefused(message.Topic, finding.What);
        }
        if (outcome.Rebirth is { } rebirth)
        {
            counters.Add("sparkplug_rebirths", "Rebirths asked for");
            _ = Publish(RebirthCommand.Topic(rebirth.Node), RebirthCommand.Payload(clock.Now));
        }
        foreach (StatusChange change in outcome.Changes)
        {
            if (!change.IsOnline && MachineOf(change.Device.Address) is { } lost)
            {
                twins[lost].Lose(clock.Now);
                touched[lost] = message.Received;
            }
        }
        if (outcome.Readings.Length == 0) return;
        counters.Add("sparkplug_metrics", "Metric values accepted", outcome.Readings.Length);
        var byDevice = new Dictionary<string, List<Twins.Reading>>(StringComparer.Ordinal);
        foreach (Exchange.Sparkplug.Reading r in outcome.Readings)
        {
            if (r.IsHistorical || MachineOf(r.Metric.Device.Address) is not { } machine) continue;
            if (!byDevice.TryGetValue(machine, out var readings)) byDevice[machine] = readings = [];
            if (r.Value.Kind != ValueKind.Null) readings.Add(new(ShortName(r.Metric.Name), r.Time, r.Value.Kind == ValueKind.Text ? double.NaN : r.Value.Number, r.Value.Kind == ValueKind.Text ? r.Value.Text(outcome.Payload) : ""));
        }
        foreach (var (machine, readings) in byDevice)
        {
            twins[machine].Take(readings);
            touched[machine] = message.Received;
        }
    }

    /// <summary>Tells the planner what changed materially; the answer is not waited for, the next batch is already coming.</summary>
    private async Task Report(SortedDictionary<string, long> touched, CancellationToken stop)
    {
        Snapshot world = live.World;
        var events = new List<WorldEvent>();
        long received = long.MaxValue;
        foreach (var (machine, at) in touched)
        {
            if (world.Machines.Find(machine) is not { } known) continue;
            twins[machine].IdealRatePerHour = (double)known.RatePerHour;
            int before = events.Count;
            events.AddRange(MachineChanges.Of(world, known, twins[machine], clock.Now));
            if (events.Count > before) received = Math.Min(received, at);
        }
        if (events.Count == 0) return;
        using Activity? activity = Traces.StartActivity("machines to planner", ActivityKind.Consumer);
        activity?.SetTag("homestretch.events", events.Count);
        Answer answer = await planner.Tell(events, "telemetry", null, stop, received);
        if (!answer.Accepted)
        {
            counters.Add("telemetry_refused", "Batches of machine changes the world refused");
            LogRefused("world", answer.Findings[0].ToString());
        }
    }

    private string? MachineOf(string device)
    {
        if (!ReferenceEquals(_mapped?.Machines, live.World.Machines))
        {
            _mapped = live.World;
            _machineByDevice.Clear();
            foreach (Machine m in _mapped.Machines.Where(static m => m.Device.Length > 0)) _machineByDevice[m.Device] = m.Id;
        }
        return _machineByDevice.GetValueOrDefault(device);
    }

    /// <summary>Run/Produced is Produced; Health/Remaining P10 is RemainingP10.</summary>
    private static string ShortName(string metric) => metric[(metric.LastIndexOf('/') + 1)..].Replace(" ", "", StringComparison.Ordinal);

    [LoggerMessage(20, LogLevel.Warning, "Refused a message on {Topic}: {Reason}")]
    private partial void LogRefused(string topic, string reason);
}
