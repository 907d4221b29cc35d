using System.Runtime.InteropServices;
using NodaTime;

namespace Homestretch.Server.Storage.Telemetry;

/// <summary>What is asked of history.</summary>
/// <param name="Metric">Null: all of them, texts too.</param>
/// <param name="Width">Of a bucket, ticks.</param>
/// <param name="Back">Ticks before <paramref name="From"/> from which texts count.</param>
internal sealed record Stretch(string Party, string Machine, string? Metric, Instant From, Instant To, long Width, long Back);

/// <summary>A bucket while it is filled.</summary>
internal readonly record struct BucketSum(long Count, double Least, double Total, double Most)
{
    public BucketSum Plus(BucketSum more) => Count == 0 ? more : new(Count + more.Count, Math.Min(Least, more.Least), Total + more.Total, Math.Max(Most, more.Most));
}

/// <summary>Gathers a machine's samples from wherever they lie.</summary>
internal sealed class Gathering(Stretch stretch)
{
    private readonly Dictionary<string, SortedDictionary<long, BucketSum>> _sums = new(StringComparer.Ordinal);
    private readonly List<TextMark> _texts = [];
    private readonly Dictionary<string, TextMark> _before = new(StringComparer.Ordinal);

    public void Add(in TelemetrySample s)
    {
        if (s.At >= stretch.To || s.At < stretch.From - Duration.FromTicks(stretch.Back)) return;
        if (s.Text is not null) Add(new TextMark(s.Metric, s.At, s.Text));
        else if (s.At >= stretch.From) Add(s.Metric, (s.At - stretch.From).BclCompatibleTicks / stretch.Width, new(1, s.Value, s.Value, s.Value));
    }

    public void Add(string metric, long bucket, BucketSum more)
    {
        ref var buckets = ref CollectionsMarshal.GetValueRefOrAddDefault(_sums, metric, out _);
        buckets ??= [];
        buckets[bucket] = buckets.GetValueOrDefault(bucket).Plus(more);
    }

    /// <summary>Takes a text; of equal times the one added last stands.</summary>
    public void Add(TextMark mark)
    {
        if (mark.At >= stretch.From) _texts.Add(mark);
        else if (!_before.TryGetValue(mark.Metric, out TextMark last) || mark.At >= last.At) _before[mark.Metric] = mark;
    }

    public MachinePast Past()
    {
        var numbers = new SortedDictionary<string, IReadOnlyList<HistoryBucket>>(StringComparer.Ordinal);
        foreach (var (metric, buckets) in _sums)
            numbers[metric] = [.. buckets.Select(b => new HistoryBucket(stretch.From + Duration.FromTicks(b.Key * stretch.Width), b.Value.Count, b.Value.Least, b.Value.Total / b.Value.Count, b.Value.Most))];
        return new(numbers, Changes());
    }

    private List<TextMark> Changes()
    {
        var last = new Dictionary<string, string>(StringComparer.Ordinal);
        List<TextMark> changes = [];
        foreach (TextMark mark in _before.Values.OrderBy(static m => m.At).Concat(_texts.OrderBy(static m => m.At)))
        {
            if (last.TryGetValue(mark.Metric, out string? text) && text == mark.Text) continue;
            last[mark.Metric] = mark.Text;
            changes.Add(mark);
        }
        return changes;
    }
}
