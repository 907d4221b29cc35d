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
internal sealed class EdgeLoop(Ear ear, EdgeLog log, Documents documents, Summaries summaries, Alive alive, Judging judging, EdgeClock clock, EdgeCounts counts, Forwarder forwarder)
{
    private const int MostAtOnce = 1_000;
    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(1), s_retry = TimeSpan.FromSeconds(1);
    private readonly Telling _telling = new(counts);
    private readonly Dictionary<string, long> _marks = new(StringComparer.Ordinal);
    private readonly List<ToTell> _out = [];
    private volatile string _restate = "";

    /// <summary>Tells at the next step again what holds now.</summary>
    /// <param name="cause">Counted.</param>
    public void Restate(string cause) => _restate = cause;

    public async Task Run(CancellationToken stop)
    {
        // what machines did while this program did not run is not known
        foreach (Observation o in alive.Gone(clock.Now)) _telling.Take(o.Machine, o.At!.Value, o.Values, documents.Contract, documents.Rules, clock.Now, _out);
        using var tick = new PeriodicTimer(s_tick);
        Task<bool> ticking = tick.WaitForNextTickAsync(stop).AsTask();
        var heard = new List<Heard>();
        while (!stop.IsCancellationRequested)
        {
            Task<bool> hearing = ear.Reader.WaitToReadAsync(stop).AsTask();
            if (!hearing.IsCompleted && !ticking.IsCompleted) await Task.WhenAny(hearing, ticking);
            stop.ThrowIfCancellationRequested();
            for (int n = 0; n < MostAtOnce && ear.Reader.TryRead(out Heard? one); n++) heard.Add(one);
            foreach (Observation observation in heard.SelectMany(static h => h.Observations)) Take(observation);
            if (ticking.IsCompleted)
            {
                Tick();
                ticking = tick.WaitForNextTickAsync(stop).AsTask();
            }
            await Keep(stop);
            foreach (Heard h in heard) h.Done?.TrySetResult();
            heard.Clear();
        }
    }

    private void Take(Observation o)
    {
        if (o.Source.Length > 0)
        {
            if (o.Position <= (_marks.TryGetValue(o.Source, out long last) ? last : log.Mark(o.Source)))
            {
                counts.Add("repeated");
                return;
            }
            _marks[o.Source] = o.Position;
        }
        counts.Add("messages");
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
        foreach (Observation o in summaries.Ended(now).ToList()) _telling.Take(o.Machine, o.At!.Value, o.Values, documents.Contract, documents.Rules, now, _out);
        foreach (Observation o in judging.Judge(now)) _telling.Take(o.Machine, now, o.Values, documents.Contract, documents.Rules, now, _out);
        _telling.Due(now, documents.Contract, _out);
        alive.Keep(now);
        summaries.Keep();
        counts.Keep();
    }

    /// <summary>Writes what is to be told. While there is no room it waits: what cannot be kept is not taken from those who can wait.</summary>
    private async Task Keep(CancellationToken stop)
    {
        List<(string, EdgeRecord)> records = [.. Records(_out, RecordMarks.None)];
        _out.Clear();
        if (_restate is { Length: > 0 } cause)
        {
            _restate = "";
            counts.Add("rebirth " + cause);
            _telling.Restate(clock.Now, documents.Contract, _out);
            records.AddRange(Records(_out, RecordMarks.Restated));
            _out.Clear();
        }
        if (records.Count == 0 && _marks.Count == 0) return;
        counts.Add("reported", records.Count);
        while (!log.Append(records, [.. _marks.Select(static m => new SourceMark(m.Key, m.Value))], clock.Now))
        {
            counts.Found("The disk or the room for the log is full, and there is nothing left to thin: taking in nothing more until the hub has taken what waits.");
            await Task.Delay(s_retry, stop);
        }
        _marks.Clear();
        forwarder.Wake();
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
