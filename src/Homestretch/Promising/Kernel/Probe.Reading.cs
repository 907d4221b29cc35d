using System.Runtime.InteropServices;

namespace Homestretch.Promising.Kernel;

/// <summary>Reads from the ends kept when a build would be done, without running its line.</summary>
/// <remarks>Until it starts, a build that is not whole changes nothing, unless it holds the turn (see <see cref="Holds"/>). It starts at
/// the first second at which it is whole, the line is free, no build before it in sequence starts, and the holder of the turn lets
/// it. Builds that start without a pause follow from their ends and work. Samples in which this cannot be told are left to be run.</remarks>
internal sealed unsafe partial class Probe
{
    private readonly List<KeptRow> _rows = [];              // builds that may be done after the sample looked at begins, in sequence
    private int[] _before = [], _ends = [], _soon = [], _soonEnds = [];     // of a sample: see Await
    private int _beforeCount, _soonCount, _noted;

    private readonly record struct KeptRow(int Position, int Work, int ParkAt, nint Ends);

    /// <summary>Writes the ends that can be read; the others stay negative.</summary>
    internal void Read(LineRecord line, int position)
    {
        if (line.Overtaking == 0 || Row.Confirmed || line.Length == 0) return;
        int checkpoint = line.CheckpointBefore(position);
        int held = Build == Evaluation.Hypothetical ? line.FirstPlannedAfter(_plan.Builds, ParkAt) : line.Length;
        int* free = line.Free(checkpoint);
        for (int s = 0; s < _samples; s++) (_from[s], _close[s]) = line.OpenAt(Math.Max(Ready[s], free[s]));
        new Span<int>(_start, _samples).Fill(Futures.Never);
        ReadAtTurn(line, position, checkpoint, held);
        Span<int> samples = stackalloc int[_samples], checkpoints = stackalloc int[_samples];
        int count = 0, soonest = Futures.Never;
        for (int s = 0; s < _samples; s++)
        {
            if (Ends[s] >= 0 || _from[s] >= Futures.Never || Holds(line, held, s)) continue;
            (samples[count], checkpoints[count++]) = (s, line.LastFreeBy(_from[s], s, checkpoint));
            soonest = Math.Min(soonest, _from[s]);
        }
        checkpoints[..count].Sort(samples[..count]);
        _noted = line.Lows[checkpoint];
        for (int i = 0; i < count; i++) ReadAlone(line, position, checkpoints[i], samples[i], soonest);
    }

    /// <summary>One sample, the samples being taken in order of the checkpoint at which the line was last free before the build is whole
    /// and its turn may have come.</summary>
    /// <param name="earliest">When that is in the first of all.</param>
    private void ReadAlone(LineRecord line, int position, int checkpoint, int s, int earliest)
    {
        int from = _from[s], low = line.Lows[checkpoint], high = checkpoint + 1 == line.Positions.Count ? line.Length : line.Positions[checkpoint + 1];
        Note(line, low, high, earliest);
        Span<KeptRow> rows = CollectionsMarshal.AsSpan(_rows);
        int first = Futures.Never, firstWork = 0, longest = 0, behind = rows.Length, soonest = _start[s];
        for (; behind > 0 && rows[behind - 1].Position >= position; behind--)
        {
            (int end, int of) = (((int*)rows[behind - 1].Ends)[s], rows[behind - 1].Work);
            if (end > from && end < first) (first, firstWork) = (end, of);
            if (end - of >= from && end <= _close[s]) soonest = Math.Min(soonest, end - of);
            if (end >= Futures.Never) longest = Math.Max(longest, of);
        }
        longest = Math.Max(longest, Await(rows[..behind], from, soonest, s));
        if (_soonCount > 0 && _soonEnds[0] < first) (first, firstWork) = (_soonEnds[0], rows[_soon[0]].Work);
        int work = line.Calendar.ToWork(from), done = line.Calendar.ToWork(first);
        if (first < Futures.Never && work + firstWork > done) work = done;
        int start = Start(line, work), ended = line.EndOf(start, Row.Work);
        if (ended < Futures.Never && line.EndOf(start, longest) < Futures.Never) Ends[s] = ended;   // one that never ends may have begun by then
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

    /// <summary>Takes in the rows of a span of positions that have an end after a second; spans and seconds come in ascending order.</summary>
    private void Note(LineRecord line, int low, int high, int from)
    {
        int gone = 0;
        while (gone < _rows.Count && _rows[gone].Position < low) gone++;
        if (gone > 64 || gone == _rows.Count) _rows.RemoveRange(0, gone);
        for (_noted = Math.Max(_noted, low); _noted < high; _noted++)
        {
            int build = line.Sequence[_noted];
            if (_plan.LastEnd[build] > from) _rows.Add(new(_noted, _plan.Builds.Rows[build].Work, _plan.ParkAt[build], (nint)_plan.EndsAt(build)));
        }
    }

    /// <summary>When the build starts that is whole, given a working second at which the line is free.</summary>
    private int Start(LineRecord line, int work)
    {
        Span<KeptRow> rows = CollectionsMarshal.AsSpan(_rows);
        for (int holder = 0, at = 0; ; )
        {
            int start = line.Calendar.StartToCalendar(work);
            while (at < _soonCount && _soonEnds[at] <= start) at++;
            (int next, int nextWork) = at == _soonCount ? (Futures.Never, 0) : (_soonEnds[at], rows[_soon[at]].Work);
            int done = next == Futures.Never ? int.MaxValue : line.Calendar.ToWork(next);
            if (done - nextWork == work)
            {
                work = done;
                continue;
            }
            if (start >= Row.PlannedStart) return start;
            while (holder < _beforeCount && (_ends[holder] <= start || rows[_before[holder]].ParkAt < start)) holder++;
            if (holder == _beforeCount || rows[_before[holder]].ParkAt >= Row.PlannedStart) return start;
            work = Math.Min(done - nextWork, line.Calendar.ToWork(line.OpenAt(rows[_before[holder]].ParkAt + 1).Second));
        }
    }

    /// <summary>Whether the build, while it waits, holds the turn against one planned too far behind it that starts without it.</summary>
    /// <param name="held">The first position planned that far behind.</param>
    private bool Holds(LineRecord line, int held, int s)
    {
        if (held == line.Length) return false;
        int until = Math.Min(ParkAt, _from[s] - 1), checkpoint = line.CheckpointBefore(held);
        if (line.Free(checkpoint)[s] > until) return false;
        checkpoint = line.LastFreeBy(until, s, checkpoint);
        int high = checkpoint + 1 == line.Positions.Count ? line.Length : line.Positions[checkpoint + 1], last = line.Calendar.ToWork(until);
        for (int at = held; at < high; at++)
        {
            int build = line.Sequence[at];
            if (line.Calendar.ToWork(_plan.EndsAt(build)[s]) - _plan.Builds.Rows[build].Work <= last) return true;
        }
        return false;
    }
}
