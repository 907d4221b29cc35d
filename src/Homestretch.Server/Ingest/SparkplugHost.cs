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
/// <param name="Trace">Of its receipt, then of the step that took it.</param>
/// <param name="Cut">No message: the connection to the broker was lost here.</param>
/// <param name="Edge">What one of our edges sent, in place of a message; null: nothing.</param>
/// <param name="Silent">Machines whose edge is not heard any more; null: none.</param>
internal readonly record struct Arrived(string Topic, byte[] Payload, long Received, ActivityContext Trace, bool Cut = false, EdgeArrival? Edge = null, IReadOnlyList<Machine>? Silent = null);

/// <summary>The Sparkplug host application: takes messages in order and in rounds, hands each round to the telemetry log and to the
/// machines' twins, and what they became to the reports. Malformed payloads are counted and logged with topic and reason, and change nothing.</summary>
internal sealed partial class SparkplugHost(LiveWorld live, Planner planner, MachineTwins twins, TwinSilo silo, TwinKeeping keeping, TelemetryLog telemetry, LateHours late, MachineReports reports, HubClock clock, Counters counters,
    ILogger<SparkplugHost> log) : BackgroundService
{
    private const int MostWaiting = 20_000, MostInRound = 500;
    private static readonly TimeSpan s_beat = TimeSpan.FromMilliseconds(250);
    private readonly Channel<Arrived> _inbox = Channel.CreateBounded<Arrived>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly HostSession _session = new(HostPolicy.Default);
    private readonly Sources _sources = new(twins, telemetry);
    private Round? _round;
    private long _metrics;
    private Instant _folded = Instant.MinValue;

    /// <summary>Sends a message to the broker; set by whoever holds the connection.</summary>
    public Func<string, byte[], Task> Publish { get; set; } = static (_, _) => Task.CompletedTask;

    /// <summary>Messages taken in and not looked at yet.</summary>
    public int Waiting => _inbox.Reader.Count;

    /// <summary>Messages that edges sent and that never came, by their sequence numbers.</summary>
    public long Lost => _session.Counters.Lost;

    /// <summary>How old the message last taken was when it was taken.</summary>
    public TimeSpan Lag { get; private set; }

    /// <summary>Takes a message; waits while the inbox is full, which holds the sender's connection back.</summary>
    public async ValueTask Take(string topic, ReadOnlySequence<byte> payload, CancellationToken cancel)
    {
        using Activity? receive = Traces.Begin("mqtt receive", ActivityKind.Consumer);
        receive?.SetTag("messaging.system", "mqtt").SetTag("messaging.destination.name", topic).SetTag("messaging.message.body.size", payload.Length);
        await _inbox.Writer.WriteAsync(new(topic, payload.ToArray(), Stopwatch.GetTimestamp(), receive?.Context ?? default), cancel);
    }

    /// <summary>The connection to the broker was lost: behind what has come, every machine is without data until its edge node is born again.</summary>
    public ValueTask Cut(CancellationToken cancel) => _inbox.Writer.WriteAsync(new Arrived { Received = Stopwatch.GetTimestamp(), Cut = true }, cancel);

    /// <summary>Takes what an edge of ours sent; answered when it is on disk.</summary>
    public async Task<TelemetryAnswer> Take(EdgeArrival arrival, CancellationToken cancel)
    {
        await _inbox.Writer.WriteAsync(new Arrived { Received = Stopwatch.GetTimestamp(), Trace = Activity.Current?.Context ?? default, Edge = arrival }, cancel);
        return await arrival.Done.Task.WaitAsync(cancel);
    }

    /// <summary>An edge is not heard any more: its machines are without data until it is.</summary>
    public ValueTask Silent(IReadOnlyList<Machine> machines, CancellationToken cancel) => _inbox.Writer.WriteAsync(new Arrived { Received = Stopwatch.GetTimestamp(), Silent = machines }, cancel);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        await planner.Started.WaitAsync(stop);
        _round = new(_sources, telemetry, late, counters, await CatchUp());
        using var beat = new Timer(_ => _inbox.Writer.TryWrite(default), null, s_beat, s_beat);
        while (await _inbox.Reader.WaitToReadAsync(stop))
        {
            int messages = TakeRound();
            if (messages > 0) counters.Add(Counted.SparkplugMessages, messages);
            if (_metrics > 0) counters.Add(Counted.SparkplugMetrics, _metrics);
            await _round.Keep(clock.Now, stop);
            // one call for all, and a step in the trace of each
            Activity?[] folds = [.. _round.Touched.Select(Fold)];
            await silo.Take([.. _round.Touched.Select(static s => new MachineBatch(s.Facts, [.. s.Readings], s.Heard!.Value))]);
            foreach (var (source, fold) in _round.Touched.Zip(folds).Reverse())
            {
                fold?.Dispose();
                reports.Touched(source.Machine, source.Topic, source.Received, fold?.Context ?? source.Trace);
            }
            _round.Clear();
            _metrics = 0;
            _folded = _round.Name;
            keeping.Passed(_folded);
        }
    }

    /// <summary>After a clean stop no start has rounds to fold again.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_round is not null) await keeping.Close(_folded);
    }

    /// <summary>The twins as they were: the kept ones, and the rounds that the log has since.</summary>
    /// <returns>The name of the last round.</returns>
    private async Task<Instant> CatchUp()
    {
        long began = Stopwatch.GetTimestamp();
        Snapshot world = live.World;
        Instant? last = keeping.Restore();
        int rounds = 0;
        foreach (var (round, machines) in LoggedRounds.After(last, telemetry, world))
        {
            await silo.Take(machines);
            (last, rounds) = (round, rounds + 1);
        }
        late.Look(telemetry, last);
        foreach (Machine machine in world.Machines.Where(m => twins[m.Id].Since is not null)) reports.Touched(machine.Id, "", began, default);
        LogCaughtUp(rounds, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        return _folded = last ?? Instant.MinValue;
    }

    private static Activity? Fold(Source source) => Traces.Join("twin fold", source.Trace)?
        .SetTag("homestretch.machine", source.Machine).SetTag("homestretch.gateway", source.Edge).SetTag("homestretch.readings", source.Readings.Count);

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
                using Activity? session = Traces.Join("sparkplug session", message.Trace);
                Outcome outcome = _session.Apply(message.Topic, message.Payload, clock.Now);
                session?.SetTag("homestretch.sparkplug.verdict", Words.Of(outcome.Verdict)).SetTag("homestretch.readings", outcome.Readings.Length);
                if (session is not null && outcome.Cause != Cause.None) session.SetTag("homestretch.sparkplug.cause", Words.Of(outcome.Cause));
                if (session is not null) message = message with { Trace = session.Context };
                Follow(outcome, message);
            }
            if (message.Edge is { } arrival) _round!.Take(arrival, message.Received, message.Trace);
            foreach (Machine machine in message.Silent ?? []) _round!.Lose(machine, clock.Now, message.Received);
            if (message.Cut) Follow(_session.ConnectionLost(clock.Now), message);
            while (_session.Next(clock.Now, out Outcome due)) Follow(due, message);
        }
        return messages;
    }

    private void Follow(in Outcome outcome, in Arrived message)
    {
        if (outcome.Finding is { } finding)
        {
            counters.Add(Counted.SparkplugRefused, value: Words.Of(outcome.Cause));
            LogRefused(message.Topic, finding.What);
        }
        if (outcome.Rebirth is { } rebirth)
        {
            counters.Add(Counted.SparkplugRebirths, value: Words.Of(rebirth.Cause));
            _ = Publish(RebirthCommand.Topic(rebirth.Node), RebirthCommand.Payload(clock.Now));
        }
        foreach (StatusChange change in outcome.Changes)
        {
            if (!change.IsOnline) _round!.Lose(change.Device, message.Topic ?? "", clock.Now, message.Received, message.Trace);
        }
        if (outcome.Readings.Length == 0) return;
        _metrics += outcome.Readings.Length;
        _round!.Take(outcome, message.Topic ?? "", clock.Now, message.Received, message.Trace);
    }

    [LoggerMessage(24, LogLevel.Information, "Twins stand as they were: {Rounds} rounds of the telemetry log folded in {Milliseconds:0} ms")]
    private partial void LogCaughtUp(int rounds, double milliseconds);

    [LoggerMessage(20, LogLevel.Warning, "Refused a message on {Topic}: {Reason}")]
    private partial void LogRefused(string? topic, string reason);
}
