using Homestretch.Arrivals.History;
using Homestretch.Learning;
using NodaTime;

namespace Homestretch.Solvers;

/// <summary>Walks forward through a book of deliveries: trains on what was settled, states delays for the lines whose day has come, learns from what
/// completes, trains again. Nothing is looked at before its day, so what was stated is out of sample all the way.</summary>
public sealed class DelayWalk
{
    /// <summary>Days walked before the first line that counts, so that the levels have met some truth.</summary>
    public const int WarmUpDays = 360;

    private readonly DeliveryBook _book;
    private readonly DeliveryFeatures _features;
    private readonly float[] _rows;
    private readonly AdaptiveLevel[] _levels = [.. DelayModel.FirstLevels];
    private readonly PriorityQueue<(int Line, DelayCurve Said), (int Known, int Line)> _pending = new();

    public DelayWalk(DeliveryBook book)
    {
        (_book, _features) = (book, new(book));
        int width = DeliveryFeatures.Names.Count;
        _rows = new float[book.Count * width];
        for (int i = 0; i < book.Count; i++) _features.Fill(i, _rows.AsSpan(i * width, width));
    }

    /// <summary>What was stated, by the line's place in the book.</summary>
    public SortedDictionary<int, StatedDelay> Stated { get; } = [];

    /// <summary>Times the trees were grown.</summary>
    public int Trainings { get; private set; }

    /// <summary>States every line whose as-of day lies in [from, to).</summary>
    /// <param name="refitDays">Days after which the trees are grown anew from what has been settled since; 0: once.</param>
    public void Go(LocalDate from, LocalDate to, int refitDays, CancellationToken stop = default)
    {
        int end = DeliveryBook.Day(to);
        for (int day = DeliveryBook.Day(from), next; day < end; day = next)
        {
            next = refitDays == 0 ? end : Math.Min(end, day + refitDays);
            Block(day, next, stop);
        }
    }

    /// <summary>The model as of a day, after a walk that ended there.</summary>
    public DelayModel Model(LocalDate asOf, CancellationToken stop = default)
    {
        int day = DeliveryBook.Day(asOf);
        int[] settled = DelayFit.Settled(_book, day);
        Complete(day);
        var shipments = settled.GroupBy(_book.Shipment).ToList();
        var told = Stated.Where(s => _book.Scheduled(s.Key) < day && _book.Arrived(s.Key, day)).Select(s => (_book.Deliveries[s.Key], s.Value)).ToList();
        return new(DelayFit.Train(_book, _features, _rows, settled, day, stop), [.. _levels], new(asOf,
            settled.Length == 0 ? null : _book.Deliveries[settled[0]].Scheduled, settled.Length == 0 ? null : _book.Deliveries[settled[^1]].Scheduled, settled.Length, shipments.Count,
            shipments.Count(g => g.Any(i => _book.Delay(i, day) > 0)), told.Count == 0 ? null : DelayScores.Of(told)));
    }

    private void Block(int from, int to, CancellationToken stop)
    {
        int[] lines = [.. Enumerable.Range(0, _book.Count).Where(i => _book.AsOf(i) >= from && _book.AsOf(i) < to).OrderBy(_book.AsOf).ThenBy(static i => i)];
        if (lines.Length == 0) return;
        DelayForests? forests = DelayFit.Train(_book, _features, _rows, DelayFit.Settled(_book, from), from, stop);
        PooledDelay? pooled = forests is null ? PooledDelay.Of(_book, new LocalDate(1970, 1, 1).PlusDays(from)) : null;
        if (forests is not null) Trainings++;
        int width = DeliveryFeatures.Names.Count;
        foreach (int line in lines)
        {
            Complete(_book.AsOf(line));
            if (forests is null)
            {
                Stated[line] = pooled!.State(_book.Deliveries[line]);
                continue;
            }
            Stated[line] = DelayModel.State(_book.Deliveries[line], forests, _rows.AsSpan(line * width, width), _levels, out DelayCurve curve);
            _pending.Enqueue((line, curve), (_book.KnownOn(line), line));
        }
    }

    /// <summary>Levels learn from the statements whose truth is known by a day, in the order in which it became known.</summary>
    private void Complete(int day)
    {
        while (_pending.TryPeek(out var told, out var key) && key.Known <= day)
        {
            _pending.Dequeue();
            int delay = _book.Delay(told.Line, day);
            for (int k = 0; k < _levels.Length; k++) _levels[k] = _levels[k].After(told.Said.Cdf(delay - 1), told.Said.Cdf(delay), _features.Weight(told.Line));
        }
    }
}
