using System.Buffers;
using System.Diagnostics;
using System.Threading.Channels;
using Homestretch.Exchange.Sparkplug;
using Homestretch.Server.Live;
using Homestretch.Server.Storage.Telemetry;
using Homestretch.Server.Twins;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Ingest;

/// <summary>One MQTT message as it arrived; without a topic: time has passed.</summary>
/// <param name="Received">Stopwatch timestamp.</param>
internal readonly record struct Arrived(string Topic, byte[] Payload, long Received);

/// <summary>The Sparkplug host application: takes messages in order and in rounds, hands each round to the telemetry log and to the
/// machines' twins, and what they became to the reports. Malformed payloads are counted and logged with topic and reason, and change nothing.</summary>
internal sealed partial class SparkplugHost(LiveWorld live, Planner planner, MachineTwins twins, TwinSilo silo, TelemetryLog telemetry, MachineReports reports, HubClock clock, Counters counters,
    ILogger<SparkplugHost> log) : BackgroundService
{
    private const int MostWaiting = 20_000, MostInRound = 500;
    private static readonly TimeSpan s_beat = TimeSpan.FromMilliseconds(250);
    private readonly Channel<Arrived> _inbox = Channel.CreateBounded<Arrived>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly HostSession _session = new(HostPolicy.Default);
    private readonly Sources _sources = new(twins, telemetry);
    private Round? _round;
    private long _metrics;

    /// <summary>Sends a message to the broker; set by whoever holds the connection.</summary>
    public Func<string, byte[], Task> Publish { get; set; } = static (_, _) => Task.CompletedTask;

    /// <summary>Messages taken in and not looked at yet.</summary>
    public int Waiting => _inbox.Reader.Count;

    /// <summary>How old the message last taken was when it was taken.</summary>
    public TimeSpan Lag { get; private set; }

    /// <summary>Takes a message; waits while the inbox is full, which holds the sender's connection back.</summary>
    public ValueTask Take(string topic, ReadOnlySequence<byte> payload, CancellationToken cancel) => _inbox.Writer.WriteAsync(new(topic, payload.ToArray(), Stopwatch.GetTimestamp()), cancel);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        await planner.Started.WaitAsync(stop);
        _round = new(_sources, telemetry, counters);
        using var beat = new Timer(_ => _inbox.Writer.TryWrite(default), null, s_beat, s_beat);
        while (await _inbox.Reader.WaitToReadAsync(stop))
        {
            int messages = TakeRound();
            if (messages > 0) counters.Add("sparkplug_messages", "Sparkplug messages received", messages);
            if (_metrics > 0) counters.Add("sparkplug_metrics", "Metric values accepted", _metrics);
            await _round.Keep(clock.Now, stop);
            await silo.Take([.. _round.Touched.Select(static s => new MachineBatch(s.Facts, [.. s.Readings], s.Heard!.Value))]);
            foreach (Source source in _round.Touched) reports.Touched(source.Machine, source.Topic, source.Received);
            _round.Clear();
            _metrics = 0;
        }
    }

    /// <summary>Takes what has arrived, up to a round's worth.</summary>
    private int TakeRound()
    {
        _sources.Map(live.World);
        int messages = 0;
        for (; messages < MostInRound && _inbox.Reader.TryRead(out Arrived message);)
        {
            if (message.Topic is not null)
            {
                if (messages++ == 0) Lag = Stopwatch.GetElapsedTime(message.Received);
                Follow(_session.Apply(message.Topic, message.Payload, clock.Now), message);
            }
            while (_session.Next(clock.Now, out Outcome due)) Follow(due, message);
        }
        return messages;
    }

    private void Follow(in Outcome outcome, in Arrived message)
    {
        if (outcome.Finding is { } finding)
        {
            counters.Add($"sparkplug_refused_{Words.Of(outcome.Cause).Replace('-', '_')}", "Sparkplug messages refused for this cause; they change nothing");
            LogRefused(message.Topic, finding.What);
        }
        if (outcome.Rebirth is { } rebirth)
        {
            counters.Add($"sparkplug_rebirths_{Words.Of(rebirth.Cause).Replace('-', '_')}", "Rebirths asked for, for this cause");
            _ = Publish(RebirthCommand.Topic(rebirth.Node), RebirthCommand.Payload(clock.Now));
        }
        foreach (StatusChange change in outcome.Changes)
        {
            if (!change.IsOnline) _round!.Lose(change.Device, message.Topic ?? "", clock.Now, message.Received);
        }
        if (outcome.Readings.Length == 0) return;
        _metrics += outcome.Readings.Length;
        _round!.Take(outcome, message.Topic ?? "", clock.Now, message.Received);
    }

    [LoggerMessage(20, LogLevel.Warning, "Refused a message on {Topic}: {Reason}")]
    private partial void LogRefused(string? topic, string reason);
}
