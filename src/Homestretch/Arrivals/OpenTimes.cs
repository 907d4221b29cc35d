namespace Homestretch.Arrivals;

/// <summary>When a place that finishes steps is open (customs, a receiving dock): a step that would end while it is
/// closed ends at the next opening. Seconds after t, half-open [open, close). Immutable.</summary>
public sealed class OpenTimes
{
    private readonly int[] _opens, _closes;

    /// <param name="opens">Ascending.</param>
    /// <param name="closes">Each after its opening and not after the next. After the last close nothing is known, and
    /// nothing is delayed: give enough of the calendar.</param>
    public OpenTimes(ReadOnlySpan<int> opens, ReadOnlySpan<int> closes)
    {
        if (opens.Length != closes.Length) throw new ArgumentException($"{opens.Length} openings and {closes.Length} closings.", nameof(closes));
        for (int k = 0; k < opens.Length; k++)
            if (closes[k] <= opens[k] || (k > 0 && opens[k] < closes[k - 1]))
                throw new ArgumentException($"Open time {k} [{opens[k]}, {closes[k]}) is empty, reversed or overlaps the one before.", nameof(opens));
        (_opens, _closes) = (opens.ToArray(), closes.ToArray());
    }

    /// <summary>The first open second not before <paramref name="second"/>; the second itself after the last close.</summary>
    public int FirstFrom(int second)
    {
        int low = 0, high = _closes.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_closes[middle] <= second) low = middle + 1; else high = middle;
        }
        return low == _opens.Length ? second : Math.Max(second, _opens[low]);
    }
}
