using System.Diagnostics;
using Homestretch.Exchange.Sparkplug;
using Homestretch.Machines;
using Homestretch.Server.Storage.Telemetry;
using Homestretch.Server.Twins;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Ingest;

/// <summary>What a run of messages said, sorted into one batch per gateway for the log and one per machine for its twin.</summary>
internal sealed class Round(Sources sources, TelemetryLog log, Counters counters)
{
    private static readonly Duration s_mostAhead = Duration.FromHours(1);
    private readonly List<Source> _touched = [];
    private readonly List<Gateway> _gateways = [];
    private readonly List<TelemetryBatch> _numbered = [];

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
        List<TelemetrySample> samples = position is null ? Batch(source.Gateway) : [];
        foreach (ref readonly Reading r in outcome.Readings) Take(source, r, outcome.Payload, now, samples);
        if (position is not null) _numbered.Add(new(source.Gateway.Party, now, samples, position));
        if (source.Heard is not null) Touch(source, topic, received, trace);
    }

    /// <summary>The connection to a machine was lost: what follows is not known.</summary>
    public void Lose(DeviceState device, string topic, Instant at, long received, ActivityContext trace)
    {
        if (sources.Of(device) is not { } source) return;
        Lose(source, at, "connection lost");
        Touch(source, topic, received, trace);
    }

    /// <summary>Hands the batches to the log; waits only when it is behind.</summary>
    public async ValueTask Keep(Instant now, CancellationToken cancel)
    {
        foreach (Gateway gateway in _gateways)
        {
            await log.Queue(new(gateway.Party, now, gateway.Samples), cancel);
            gateway.Samples.Clear();
        }
        foreach (TelemetryBatch batch in _numbered) await log.Queue(batch, cancel);
        _gateways.Clear();
        _numbered.Clear();
    }

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
            return;
        }
        if (stored && text is not null) source.Tail.Add(column.Name, at, text);
        else if (stored && double.IsFinite(value)) source.Tail.Add(column.Ring, at, value);
        Instant shown = at > now + s_mostAhead ? now : at;
        source.Heard = source.Heard > shown ? source.Heard : shown;
        if (column.Kind is { } kind) source.Readings.Add(new(shown, kind, value, text ?? ""));
    }

    private void Lose(Source source, Instant at, string reason)
    {
        foreach (var (kind, metric, text) in (ReadOnlySpan<(ReadingKind, string, string)>)[(ReadingKind.State, Timeline.State, Words.Of(MachineState.NoData)), (ReadingKind.Reason, Timeline.Reason, reason)])
        {
            source.Readings.Add(new(at, kind, double.NaN, text));
            source.Tail.Add(metric, at, text);
            Batch(source.Gateway).Add(new(source.Machine, metric, at, double.NaN, Text: text));
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

    private List<TelemetrySample> Batch(Gateway gateway)
    {
        if (gateway.Samples.Count == 0 && !_gateways.Contains(gateway)) _gateways.Add(gateway);
        return gateway.Samples;
    }

    private void Touch(Source source, string topic, long received, ActivityContext trace)
    {
        if (source.IsTouched) return;
        (source.IsTouched, source.Received, source.Topic, source.Trace) = (true, received, topic, trace);
        _touched.Add(source);
    }
}
