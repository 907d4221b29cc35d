using System.Runtime.InteropServices;

namespace Homestretch.Promising.Kernel;

/// <summary>Reads when a probed build would be done in samples looked at one by one; see <see cref="Probe"/>. One thread's
/// lists, used again from probe to probe, so that a quote allocates next to nothing.</summary>
internal sealed unsafe class LoneSamples(Evaluation plan)
{
    private readonly List<KeptRow> _rows = [];              // builds that may be done after the sample looked at begins, in sequence
    private int[] _before = [], _ends = [], _soon = [], _soonEnds = [];     // of a sample: see Await
    private int _beforeCount, _soonCount, _noted, _position, _earliest;
    private Probe _probe = null!;
    private LineRecord _line = null!;

    private readonly record struct KeptRow(int Position, int Work, int ParkAt, nint Ends);

    /// <summary>Begins with a probe.</summary>
    /// <param name="position">Its position in the line's sequence.</param>
    /// <param name="earliest">No sample to be read begins before it.</param>
    internal void Begin(Probe probe, LineRecord line, int position, int earliest)
    {
        (_probe, _line, _position, _earliest, _noted) = (probe, line, position, earliest, 0);
        _rows.Clear();
    }

    /// <summary>One sample; the next comes with the same checkpoint or a later one.</summary>
    /// <param name="checkpoint">Where the line was last free before the build is whole and its turn may have come.</param>
    internal void Read(int checkpoint, int s)
    {
        LineRecord line = _line;
        int from = _probe.From[s], close = _probe.Close[s], low = line.Lows[checkpoint];
        Note(low, checkpoint + 1 == line.Positions.Count ? line.Length : line.Positions[checkpoint + 1]);
        Span<KeptRow> rows = CollectionsMarshal.AsSpan(_rows);
        int first = Futures.Never, firstWork = 0, longest = 0, behind = rows.Length, soonest = _probe.Start[s];
        for (; behind > 0 && rows[behind - 1].Position >= _position; behind--)
        {
            (int end, int of) = (((int*)rows[behind - 1].Ends)[s], rows[behind - 1].Work);
            if (end > from && end < first) (first, firstWork) = (end, of);
            if (end - of >= from && end <= close) soonest = Math.Min(soonest, end - of);
            if (end >= Futures.Never) longest = Math.Max(longest, of);
        }
        longest = Math.Max(longest, Await(rows[..behind], from, soonest, s));
        if (_soonCount > 0 && _soonEnds[0] < first) (first, firstWork) = (_soonEnds[0], rows[_soon[0]].Work);
        int work = line.Calendar.ToWork(from), done = line.Calendar.ToWork(first);
        if (first < Futures.Never && work + firstWork > done) work = done;
        int start = Start(work), ended = line.EndOf(start, _probe.Row.Work);
        if (ended < Futures.Never && line.EndOf(start, longest) < Futures.Never) _probe.Ends[s] = ended;   // one that never ends may have begun by then
    }

    /// <summary>Lists the builds before this one that are done after a second, with their ends; and of those, in the order they
    /// are done, the ones done before a build behind starts: by then this one has started.</summary>
    /// <returns>The most work of one that is never done.</returns>
    private int Await(ReadOnlySpan<KeptRow> rows, int from, int start, int s)
    {
        if (_before.Length <= rows.Length)
        {
            int length = 2 * rows.Length + 64;
            (_before, _ends, _soon, _soonEnds) = (new int[length], new int[length], new int[length], new int[length]);
        }
        int count = 0, soon = 0, longest = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            int end = ((int*)rows[i].Ends)[s];
            (_before[count], _ends[count]) = (i, end);
            count += end > from ? 1 : 0;
        }
        for (int i = 0; i < count; i++)
        {
            (_soon[soon], _soonEnds[soon]) = (_before[i], _ends[i]);
            soon += _ends[i] <= start ? 1 : 0;
            if (_ends[i] >= Futures.Never) longest = Math.Max(longest, rows[_before[i]].Work);
        }
        _soonEnds.AsSpan(0, soon).Sort(_soon.AsSpan(0, soon));
        (_beforeCount, _soonCount) = (count, soon);
        return longest;
    }

    /// <summary>Takes in the rows of a span of positions that have an end after the earliest second; spans come in ascending order.</summary>
    private void Note(int low, int high)
    {
        int gone = 0;
        while (gone < _rows.Count && _rows[gone].Position < low) gone++;
        if (gone > 64 || gone == _rows.Count) _rows.RemoveRange(0, gone);
        for (_noted = Math.Max(_noted, low); _noted < high; _noted++)
        {
            int build = _line.Sequence[_noted];
            if (plan.LastEnd[build] > _earliest) _rows.Add(new(_noted, plan.Builds.Rows[build].Work, plan.ParkAt[build], (nint)plan.EndsAt(build)));
        }
    }

    /// <summary>When the build starts that is whole, given a working second at which the line is free.</summary>
    private int Start(int work)
    {
        ReadOnlySpan<KeptRow> rows = CollectionsMarshal.AsSpan(_rows);
        for (int holder = 0, at = 0; ; )
        {
            int start = _line.Calendar.StartToCalendar(work);
            while (at < _soonCount && _soonEnds[at] <= start) at++;
            (int next, int nextWork) = at == _soonCount ? (Futures.Never, 0) : (_soonEnds[at], rows[_soon[at]].Work);
            int done = next == Futures.Never ? int.MaxValue : _line.Calendar.ToWork(next);
            if (done - nextWork == work)
            {
                work = done;
                continue;
            }
            if (start >= _probe.Row.PlannedStart) return start;
            while (holder < _beforeCount && (_ends[holder] <= start || rows[_before[holder]].ParkAt < start)) holder++;
            if (holder == _beforeCount || rows[_before[holder]].ParkAt >= _probe.Row.PlannedStart) return start;
            work = Math.Min(done - nextWork, _line.Calendar.ToWork(_line.OpenAt(rows[_before[holder]].ParkAt + 1).Second));
        }
    }
}
