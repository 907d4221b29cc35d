namespace Homestretch.Promising.Kernel;

/// <summary>The open time of one assembly line, laid end to end: maps calendar seconds to working seconds and back.
/// All values are whole seconds after the plan's epoch t. Immutable.</summary>
/// <remarks>The map is monotone, so it commutes with max and with order statistics: kernels work in working seconds
/// throughout and only their results are mapped back. Example: open 8-16 h daily; 10 h on day 0 is 7,200 working
/// seconds, and 8 h of work begun then ends at 10 h on day 1.</remarks>
public sealed class LineCalendar
{
    private readonly int[] _opens;      // calendar second at which open interval k begins
    private readonly int[] _worked;     // working seconds before interval k; one longer than _opens
    private readonly int _afterEnd;     // calendar second at which the last interval ends

    /// <summary>A line that never closes: working time is calendar time.</summary>
    public static LineCalendar AlwaysOpen { get; } = new([0], [int.MaxValue]);

    /// <param name="opens">Calendar seconds after t at which each open interval begins, ascending, first not below 0.</param>
    /// <param name="closes">Where each ends (exclusive), after its begin and not after the next begin.</param>
    public LineCalendar(ReadOnlySpan<int> opens, ReadOnlySpan<int> closes)
    {
        if (opens.Length == 0 || opens.Length != closes.Length)
            throw new ArgumentException($"A calendar needs as many closing as opening times and at least one; got {opens.Length} and {closes.Length}.", nameof(closes));
        _opens = opens.ToArray();
        _worked = new int[opens.Length + 1];
        for (int k = 0; k < opens.Length; k++)
        {
            if (closes[k] <= opens[k] || opens[k] < (k == 0 ? 0 : closes[k - 1]))
                throw new ArgumentException($"Open interval {k} [{opens[k]}, {closes[k]}) is empty, reversed or overlaps the one before.", nameof(opens));
            _worked[k + 1] = _worked[k] + (closes[k] - opens[k]);
        }
        _afterEnd = closes[^1];
    }

    /// <summary>Working seconds in the whole calendar; work beyond it cannot be placed.</summary>
    public int Horizon => _worked[^1];

    /// <summary>True when working time equals calendar time, so that no mapping is needed.</summary>
    public bool IsAlwaysOpen => _opens.Length == 1 && _opens[0] == 0 && _afterEnd == int.MaxValue;

    /// <summary>The open intervals, calendar seconds after t.</summary>
    public IEnumerable<(int Opens, int Closes)> Intervals => _opens.Select((open, k) => (open, open + (_worked[k + 1] - _worked[k])));

    /// <summary>Working seconds passed by calendar second <paramref name="calendarSecond"/>; the horizon when it lies
    /// beyond the calendar, 0 when before.</summary>
    public int ToWork(int calendarSecond)
    {
        int k = Last(_opens, _opens.Length, calendarSecond);
        return k < 0 ? 0 : Math.Min(_worked[k] + (calendarSecond - _opens[k]), _worked[k + 1]);
    }

    /// <summary>The calendar second at which work begins that starts after <paramref name="workSecond"/> working seconds:
    /// at a closing time, the next opening.</summary>
    public int StartToCalendar(int workSecond)
    {
        int k = Math.Max(0, Last(_worked, _opens.Length, workSecond));
        int into = workSecond - _worked[k];
        return into >= _worked[k + 1] - _worked[k] ? _afterEnd : _opens[k] + Math.Max(0, into);
    }

    /// <summary>The calendar second at which <paramref name="workSecond"/> working seconds are completed: at a closing
    /// time, that closing time.</summary>
    public int EndToCalendar(int workSecond)
    {
        if (workSecond <= 0) return _opens[0];
        int k = Last(_worked, _opens.Length, workSecond - 1);
        return Math.Min(_afterEnd, _opens[k] + (workSecond - _worked[k]));
    }

    /// <summary>Index of the last of the first <paramref name="count"/> values not above <paramref name="value"/>; -1 when none.</summary>
    private static int Last(int[] ascending, int count, int value)
    {
        int low = 0, high = count;
        while (low < high)
        {
            int mid = (low + high) >>> 1;
            if (ascending[mid] <= value) low = mid + 1; else high = mid;
        }
        return low - 1;
    }
}
