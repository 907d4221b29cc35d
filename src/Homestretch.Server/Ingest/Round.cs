using System.Diagnostics;
using Homestretch.Exchange.Edges;
using Homestretch.Exchange.Sparkplug;
using Homestretch.Machines;
using Homestretch.Server.Storage.Telemetry;
using Homestretch.Server.Twins;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Ingest;

/// <summary>What a run of messages said, sorted into batches of gateways for the log and one batch per machine for its twin.</summary>
/// <param name="last">Name of the last round that was.</param>
/// <param name="late">Told what came late.</param>
internal sealed class Round(Sources sources, TelemetryLog log, LateHours late, Counters counters, Instant last)
{
    private static readonly Duration s_mostAhead = Duration.FromHours(1);
    private readonly List<Source> _touched = [];
    private readonly List<Gateway> _gateways = [];
    private readonly List<(string Party, List<TelemetrySample> Samples, EdgePosition? Position)> _batches = [];
    private readonly Stack<List<TelemetrySample>> _spare = [];
    private readonly List<(EdgeArrival Arrival, long Received, ActivityContext Trace)> _arrivals = [];

    /// <summary>When its batches were received, by which the log knows it: no two rounds are the same moment, and a later one never has an earlier.</summary>
    public Instant Name { get; private set; } = last;

    /// <summary>Machines that said something of now, each once.</summary>
    public IReadOnlyList<Source> Touched => _touched;

    /// <summary>Takes the readings of one message. A message that our edge sends again is counted and changes nothing.</summary>
    /// <param name="now">The hub's clock at receipt.</param>
    /// <param name="received">Stopwatch timestamp of receipt.</param>
    /// <param name="trace">Of the step that took the message.</param>
    public void Take(in Outcome outcome, string topic, Instant now, long received, ActivityContext trace)
    {
        if (sources.Of(outcome.Readings[0].Metric.Device) is not { } source)
        {
            counters.Add(Counted.TelemetryUnknownDevice, outcome.Readings.Length);
            return;
        }
        if (!Position(source, outcome.Readings, out EdgePosition? position)) return;
        List<TelemetrySample> samples = Batch(source.Gateway, position);
        foreach (ref readonly Reading r in outcome.Readings) Take(source, r, outcome.Payload, now, samples);
        if (source.Heard is not null) Touch(source, topic, received, trace);
    }

    /// <summary>The connection to a machine was lost: what follows is not known.</summary>
    public void Lose(DeviceState device, string topic, Instant at, long received, ActivityContext trace)
    {
        if (sources.Of(device) is not { } source) return;
        Lose(source, at, "connection lost");
        Touch(source, topic, received, trace);
    }

    /// <summary>The edge of a machine is not heard any more: what follows is not known.</summary>
    public void Lose(Machine machine, Instant at, long received)
    {
        Source source = sources.Of(machine);
        Lose(source, at, Timeline.NotHeard);
        Touch(source, "", received, default);
    }

    /// <summary>Takes what an edge of ours sent. What the log has already, and what comes before what is missing, is answered at once.</summary>
    public void Take(EdgeArrival arrival, long received, ActivityContext trace)
    {
        // of one stream the second in a round waits for the first
        if (_arrivals.Exists(a => a.Arrival.Edge == arrival.Edge && a.Arrival.Stream == arrival.Stream)) arrival.Done.TrySetResult(new(TelemetryOutcome.OutOfOrder, log.Watermark(arrival.Edge, arrival.Stream)));
        else if (arrival.Begin(log.Watermark(arrival.Edge, arrival.Stream))) _arrivals.Add((arrival, received, trace));
        if (arrival.Repeated > 0) counters.Add(Counted.TelemetryRepeated, arrival.Repeated);
    }

    /// <summary>Hands the batches to the log, each machine's in the order sent; waits only when it is behind. What edges sent is waited for until it is on disk:
    /// only then do twins hear of it, and the edge.</summary>
    public async ValueTask Keep(Instant now, CancellationToken cancel)
    {
        if (_batches.Count == 0 && _arrivals.Count == 0) return;
        Name = Instant.Max(now, Name + Duration.FromTicks(1));
        foreach (var (party, samples, position) in _batches)
        {
            await log.Queue(new(party, Name, samples, position), cancel);
            samples.Clear();
            _spare.Push(samples);
        }
        Task<TelemetryAnswer>[] kept = [.. _arrivals.Select(a => log.Append(a.Arrival.Batch(Name, m => sources.Of(m, a.Arrival.Party) is not null), cancel))];
        for (int i = 0; i < kept.Length; i++)
        {
            var (arrival, received, trace) = _arrivals[i];
            TelemetryAnswer answer = await kept[i];
            if (answer.Outcome == TelemetryOutcome.Kept) Fold(arrival, now, received, trace);
            arrival.Done.TrySetResult(answer);
        }
        _arrivals.Clear();
        foreach (Gateway gateway in _gateways) gateway.Open = null;
        _gateways.Clear();
        _batches.Clear();
    }

    /// <summary>A time as twins take it: far ahead of the hub's clock is a wrong clock, and means now.</summary>
    public static Instant Shown(Instant at, Instant now) => at > now + s_mostAhead ? now : at;

    /// <summary>Begins the next round.</summary>
    public void Clear()
    {
        foreach (Source source in _touched)
        {
            source.Readings.Clear();
            (source.Heard, source.Received, source.Trace, source.IsTouched) = (null, 0, default, false);
        }
        _touched.Clear();
    }

    private void Take(Source source, in Reading r, ReadOnlySpan<byte> payload, Instant now, List<TelemetrySample> samples)
    {
        Column column = sources.Of(source, r.Metric);
        string? text = r.Value.Kind == ValueKind.Text ? r.Value.Text(payload) : null;
        double value = r.Value.Number;
        Instant at = r.Time;
        // a birth states what holds now, with the time at which it began to
        if ((r.Marks & ReadingMarks.Birth) != 0 && at < now) at = now;
        bool stored = (r.Marks & ReadingMarks.Transient) == 0;
        if (stored) samples.Add(new(source.Machine, column.Name, at, value, r.IsHistorical, text));
        if (r.IsHistorical)
        {
            source.Tail.Late(at);
            if (LateHours.Concerns(column.Name)) late.Tell(source.Machine, at);
            return;
        }
        if (stored && text is not null) source.Tail.Add(column.Name, at, text);
        else if (stored && double.IsFinite(value)) source.Tail.Add(column.Ring, at, value);
        Instant shown = Shown(at, now);
        source.Heard = source.Heard > shown ? source.Heard : shown;
        if (column.Kind is { } kind) source.Readings.Add(new(shown, kind, value, text ?? ""));
    }

    private void Fold(EdgeArrival arrival, Instant now, long received, ActivityContext trace)
    {
        foreach (EdgeRecord record in arrival.Records)
        {
            if (sources.Of(record.Machine, arrival.Party) is not { } source)
            {
                counters.Add(Counted.TelemetryUnknownDevice, record.Values.Count);
                continue;
            }
            if ((record.Marks & RecordMarks.Historical) != 0)
            {
                source.Tail.Late(record.At);
                if (record.Values.Any(static v => LateHours.Concerns(v.Metric))) late.Tell(record.Machine, record.At);
                continue;
            }
            Instant shown = Shown(record.At, now);
            foreach (EdgeValue value in record.Values)
            {
                if (value.Text is not null) source.Tail.Add(value.Metric, record.At, value.Text);
                else if (double.IsFinite(value.Number)) source.Tail.Add(source.Tail.Of(value.Metric), record.At, value.Number);
                if (Sources.KindOf(value.Metric) is { } kind) source.Readings.Add(new(shown, kind, value.Number, value.Text ?? ""));
            }
            source.Heard = source.Heard > shown ? source.Heard : shown;
            Touch(source, arrival.Edge, received, trace);
        }
    }

    private void Lose(Source source, Instant at, string reason)
    {
        foreach (var (kind, metric, text) in (ReadOnlySpan<(ReadingKind, string, string)>)[(ReadingKind.State, Timeline.State, Words.Of(MachineState.NoData)), (ReadingKind.Reason, Timeline.Reason, reason)])
        {
            source.Readings.Add(new(at, kind, double.NaN, text));
            source.Tail.Add(metric, at, text);
            Batch(source.Gateway, null).Add(new(source.Machine, metric, at, double.NaN, Text: text));
        }
        source.Heard = source.Heard > at ? source.Heard : at;
    }

    /// <summary>The message's place in its edge's own stream, if it has one. False: it was here already.</summary>
    private bool Position(Source source, ReadOnlySpan<Reading> readings, out EdgePosition? position)
    {
        position = null;
        foreach (ref readonly Reading r in readings)
        {
            if (!sources.Of(source, r.Metric).IsSequence || r.Value.Kind == ValueKind.Null || (r.Marks & ReadingMarks.Birth) != 0) continue;
            long number = r.Value.Integer;
            if (number <= source.LastSequence)
            {
                counters.Add(Counted.TelemetryRepeated);
                return false;
            }
            position = new(source.Edge, source.Stream, number, AfterLoss: source.LastSequence is { } last && number > last + 1);
            source.LastSequence = number;
            return true;
        }
        return true;
    }

    /// <summary>Where samples go: a message with a number is a batch of its own, and ends the one that its gateway has open.</summary>
    private List<TelemetrySample> Batch(Gateway gateway, EdgePosition? position)
    {
        if (position is null && gateway.Open is { } open) return open;
        List<TelemetrySample> samples = _spare.TryPop(out List<TelemetrySample>? spare) ? spare : [];
        _batches.Add((gateway.Party, samples, position));
        gateway.Open = position is null ? samples : null;
        if (position is null) _gateways.Add(gateway);
        return samples;
    }

    private void Touch(Source source, string topic, long received, ActivityContext trace)
    {
        if (source.IsTouched) return;
        (source.IsTouched, source.Received, source.Topic, source.Trace) = (true, received, topic, trace);
        _touched.Add(source);
    }
}
