using Homestretch.Edge.Feature;
using Homestretch.Exchange.Edges;
using Homestretch.Exchange.Sparkplug;
using Homestretch.World;
using MQTTnet;
using NodaTime;

namespace Homestretch.Edge.Listen;

/// <summary>Sparkplug B from a broker inside the plant: this edge is the host application there. Losses are counted by sequence, rebirths by cause.</summary>
internal sealed class SparkplugInput(InputSettings.Sparkplug settings, InputRoom room) : Input
{
    private static readonly TimeSpan s_beat = TimeSpan.FromMilliseconds(250);
    private readonly HostSession _session = new(HostPolicy.Default);
    private readonly Lock _gate = new();
    private IMqttClient? _client;
    private long _lost;

    public override async Task Run(CancellationToken stop)
    {
        using var beat = new Timer(_ => Beat(), null, s_beat, s_beat);
        await Again(s => MqttLink.Listen(settings.Broker, $"{room.Edge}-{settings.Name}".Replace('/', '-'), $"{Topic.Namespace}/{settings.Group}/#", cleanStart: true, (topic, payload) => Take(topic, payload, s), why => room.Counts.Found($"{settings.Name}: {why}"), Connected, s), Lost, stop);
    }

    private Task Connected(IMqttClient client)
    {
        _client = client;
        return Task.CompletedTask;
    }

    private void Lost(Exception e)
    {
        _client = null;
        room.Counts.Found($"{settings.Name}: the broker {settings.Broker.Host}:{settings.Broker.Port} is not there: {e.Message}");
        List<Observation> observations = [];
        lock (_gate) Gone(_session.ConnectionLost(room.Clock.Now).Changes, observations);
        if (observations.Count > 0) room.Ear.Offer(observations);
    }

    private void Beat()
    {
        try
        {
            lock (_gate)
            {
                while (_session.Next(room.Clock.Now, out Outcome due)) Follow(due, []);
            }
        }
        catch (Exception e)
        {
            // on a thread of the timer nobody else would hear of it, and the program would end
            room.Counts.Found($"{settings.Name}: asking for births failed: {e.GetType().Name}: {e.Message}");
        }
    }

    private Task Take(string topic, byte[] payload, CancellationToken stop)
    {
        List<Observation> observations = [];
        lock (_gate)
        {
            Outcome outcome = _session.Apply(topic, payload, room.Clock.Now);
            Follow(outcome, observations);
            room.Counts.Add("sparkplug lost", _session.Counters.Lost - _lost);
            _lost = _session.Counters.Lost;
        }
        return observations.Count == 0 ? Task.CompletedTask : room.Ear.Keep(observations, stop);
    }

    private void Follow(in Outcome outcome, List<Observation> observations)
    {
        if (outcome.Finding is { } finding)
        {
            room.Counts.Add("not understood");
            room.Counts.Found($"{settings.Name}: {finding}");
        }
        if (outcome.Rebirth is { } rebirth && _client is { } client)
        {
            room.Counts.Add("rebirth sparkplug " + Words.Of(rebirth.Cause));
            _ = client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic(RebirthCommand.Topic(rebirth.Node)).WithPayload(RebirthCommand.Payload(room.Clock.Now)).Build());
        }
        Gone(outcome.Changes, observations);
        if (outcome.Readings.Length == 0) return;
        DeviceState device = outcome.Readings[0].Metric.Device;
        if (!settings.Machines.TryGetValue(device.Address, out string? machine))
        {
            room.Counts.Add("not mapped");
            return;
        }
        Instant now = room.Clock.Now;
        List<EdgeValue> values = [];
        Instant at = Instant.MinValue;
        foreach (ref readonly Reading r in outcome.Readings)
        {
            if ((r.Marks & ReadingMarks.Transient) != 0 || r.Metric.Name == MachineMetricNames.StreamSequence) continue;
            Instant own = (r.Marks & ReadingMarks.Birth) != 0 && r.Time < now ? now : r.Time;
            // readings of one moment are one observation
            if (own != at && values.Count > 0)
            {
                observations.Add(new(machine, at, values));
                values = [];
            }
            at = own;
            string? text = r.Value.Kind == ValueKind.Text ? r.Value.Text(outcome.Payload) : null;
            values.Add(new(Metrics.Kept(r.Metric.Name), text is null ? r.Value.Number : double.NaN, text));
        }
        if (values.Count > 0) observations.Add(new(machine, at, values));
    }

    /// <summary>A device that went offline is without data until its birth.</summary>
    private void Gone(ReadOnlySpan<StatusChange> changes, List<Observation> observations)
    {
        foreach (StatusChange change in changes)
        {
            if (!change.IsOnline && settings.Machines.TryGetValue(change.Device.Address, out string? machine))
                observations.Add(new(machine, change.At, [new(Metrics.State, double.NaN, Words.Of(MachineState.NoData)), new(Metrics.Reason, double.NaN, "connection lost")]));
        }
    }
}
