using Homestretch.Edge.Contract;
using Homestretch.Edge.Feature;
using Homestretch.Edge.Forward;
using Homestretch.Edge.Judge;
using Homestretch.Edge.Listen;
using Homestretch.Exchange.Edges;
using NodaTime;

namespace Homestretch.Edge;

/// <summary>The way of everything heard: repeats out, features, what the contract lets out and what of it is news, one frame of the log and one sync for all
/// that had queued up. One thread.</summary>
internal sealed class EdgeLoop(Ear ear, EdgeLog log, Documents documents, Summaries summaries, Alive alive, Judging judging, EdgeClock clock, EdgeCounts counts, EdgePulse pulse, Forwarder forwarder)
{
    private const int MostOfFrame = 8 * Ear.MostWeight;
    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(1), s_retry = TimeSpan.FromSeconds(1);
    private const int MostSources = 20_000;
    private readonly Telling _telling = new(counts);
    private readonly Names _names = new(new(), counts);
    private readonly Dictionary<string, long> _marks = new(StringComparer.Ordinal);
    private readonly List<ToTell> _out = [];
    private string _restate = "";

    /// <summary>Tells at the next step again what holds now.</summary>
    /// <param name="cause">Counted.</param>
    public void Restate(string cause) => Interlocked.Exchange(ref _restate, cause);

    public async Task Run(CancellationToken stop)
    {
        // what machines did while this program did not run is not known
        foreach (Observation o in alive.Gone(clock.Now)) _telling.Take(o.Machine, o.At!.Value, o.Values, documents.Contract, documents.Rules, clock.Now, _out);
        using var tick = new PeriodicTimer(s_tick);
        Task<bool> ticking = tick.WaitForNextTickAsync(stop).AsTask(), hearing = ear.Reader.WaitToReadAsync(stop).AsTask();
        var heard = new List<Heard>();
        while (!stop.IsCancellationRequested)
        {
            pulse.At(EdgePulse.Loop, "listening");
            if (!hearing.IsCompleted && !ticking.IsCompleted) await Task.WhenAny(hearing, ticking);
            stop.ThrowIfCancellationRequested();
            pulse.At(EdgePulse.Loop, "taking in");
            // a frame of the log stays small enough to be read, and sent, whole
            for (int weight = 0; weight < Ear.MostWeight && ear.Reader.TryRead(out Heard? one); weight += one.Weight) heard.Add(one);
            // one question at a time: asked anew at every tick of a silent hall they would pile up
            if (hearing.IsCompleted) hearing = ear.Reader.WaitToReadAsync(stop).AsTask();
            foreach (Observation observation in heard.SelectMany(static h => h.Observations)) Take(observation);
            await Keep(stop);
            foreach (Heard h in heard) h.Done?.TrySetResult();
            heard.Clear();
            if (!ticking.IsCompleted) continue;
            Tick();
            await Keep(stop);
            ticking = tick.WaitForNextTickAsync(stop).AsTask();
        }
    }

    private void Take(Observation o)
    {
        IReadOnlyList<EdgeValue> values = _names.Take(o.Machine, o.Values);
        if (o.Source.Length > 0)
        {
            long last = _marks.TryGetValue(o.Source, out long here) ? here : log.Mark(o.Source);
            if (o.Position <= last)
            {
                counts.Add("repeated");
                return;
            }
            // how far each source was read is kept for ever, also over restarts
            if (last == 0 && log.Sources + _marks.Count >= MostSources)
            {
                counts.Add("names not taken", o.Values.Count);
                counts.Found($"More than {MostSources} machines have told numbered messages in the life of this edge: nothing of further ones is taken. Map their names in the input, or begin a new data folder.");
                return;
            }
            if (last > 0 || values.Count > 0) _marks[o.Source] = o.Position;
        }
        counts.Add("messages");
        if (values.Count == 0) return;
        o = o with { Values = values };
        alive.Heard(o);
        Instant now = clock.Now, at = o.At ?? now;
        judging.Hear(o.Machine, o.Values, at);
        foreach (EdgeValue value in o.Values) summaries.Add(o.Machine, value, at, documents.Rules);
        _telling.Take(o.Machine, at, o.Values, documents.Contract, documents.Rules, now, _out);
    }

    private void Tick()
    {
        Instant now = clock.Now;
        if (documents.Look()) Restate("contract");
        foreach (Observation o in summaries.Ended(now)) _telling.Take(o.Machine, o.At!.Value, o.Values, documents.Contract, documents.Rules, now, _out);
        foreach (Observation o in judging.Judge(now)) _telling.Take(o.Machine, now, o.Values, documents.Contract, documents.Rules, now, _out);
        _telling.Due(now, documents.Contract, _out);
        alive.Keep(now);
        summaries.Keep();
        counts.Keep();
        log.KeepAcknowledged();
    }

    /// <summary>Writes what is to be told. While there is no room it waits: what cannot be kept is not taken from those who can wait.</summary>
    private async Task Keep(CancellationToken stop)
    {
        List<(string Stream, EdgeRecord Record)> records = [.. Records(_out, RecordMarks.None)];
        _out.Clear();
        if (Interlocked.Exchange(ref _restate, "") is { Length: > 0 } cause)
        {
            counts.Add("rebirth " + cause);
            _telling.Restate(clock.Now, documents.Contract, _out);
            records.AddRange(Records(_out, RecordMarks.Restated));
            _out.Clear();
        }
        if (records.Count == 0 && _marks.Count == 0) return;
        counts.Add("reported", records.Count);
        // what was heard at once is in the first frame, with how far its sources were read: both are on disk or neither
        for (int begin = 0; begin == 0 || begin < records.Count;)
        {
            int end = begin, weight = 0;
            for (; end < records.Count && weight < MostOfFrame; end++) weight += Ear.WeightOf(records[end].Record.Values);
            await Append(records[begin..end], stop);
            begin = Math.Max(end, 1);
        }
        forwarder.Wake();
    }

    private async Task Append(List<(string, EdgeRecord)> records, CancellationToken stop)
    {
        pulse.At(EdgePulse.Loop, "writing the log");
        while (!log.Append(records, [.. _marks.Select(static m => new SourceMark(m.Key, m.Value))], clock.Now))
        {
            counts.Found(log.Trouble is { Length: > 0 } trouble ? $"The log cannot be written, so nothing more is taken in until it can: {trouble}" : "The disk or the room for the log is full, and there is nothing left to thin: taking in nothing more until the hub has taken what waits.");
            pulse.At(EdgePulse.Loop, "waiting for room in the log");
            await Task.Delay(s_retry, stop);
        }
        _marks.Clear();
    }

    /// <summary>The values of one machine at one moment and in one stream are one record.</summary>
    private IEnumerable<(string Stream, EdgeRecord Record)> Records(List<ToTell> values, RecordMarks marks)
    {
        for (int i = 0; i < values.Count;)
        {
            int end = i;
            while (end < values.Count && values[end].Machine == values[i].Machine && values[end].At == values[i].At) end++;
            foreach (var stream in values[i..end].GroupBy(v => LogStream.NameOf(Metrics.ClassOf(v.Value), v.Field.DelaySeconds, log.Id)))
                yield return (stream.Key, new(1, values[i].Machine, values[i].At, [.. stream.Select(static v => v.Value)], marks));
            i = end;
        }
    }
}
