namespace Homestretch.Promising.Kernel;

/// <summary>Runs one sample of one assembly line through a stretch of its sequence. All times are working seconds of the line.</summary>
/// <remarks>
/// The rule. The line is free at f. A build is parked once f is W or more past its planned start. The turn is at h, the
/// first build in sequence that is neither done nor parked. Candidates are the parked builds and those planned to start at most
/// W after h. The first candidate in sequence that is whole at f is taken. When none is whole, f moves on to the moment the
/// first candidate is whole or, if sooner, the moment h is parked. Confirmed builds keep their order: one is a candidate only
/// when no confirmed build before it is open.
/// Example, W = 1 day, one-day builds planned for days 0, 1, 2, ready on days 3, 0, 0: the second goes first (day 0-1), the
/// third next (1-2), the first when it is whole (3-4).
/// The state between two builds is f, the next index never looked at, and the waiting builds before it in sequence with their
/// ready times: nothing else, so a run can be taken up again anywhere and two runs compared.
/// </remarks>
internal sealed class LineRun
{
    private int[] _index = new int[64];
    private int[] _ready = new int[64];

    /// <summary>When the line is free.</summary>
    public int Free { get; private set; }

    /// <summary>Builds looked at and not done.</summary>
    public int Waiting { get; private set; }

    public ReadOnlySpan<int> WaitingIndex => _index.AsSpan(0, Waiting);
    public ReadOnlySpan<int> WaitingReady => _ready.AsSpan(0, Waiting);

    public void Restore(int free, ReadOnlySpan<int> index, ReadOnlySpan<int> ready)
    {
        (Free, Waiting) = (free, index.Length);
        if (_index.Length < index.Length) Grow(index.Length);
        index.CopyTo(_index);
        ready.CopyTo(_ready);
    }

    /// <summary>Takes builds from <paramref name="next"/> on until one at or behind <paramref name="stop"/> would have to be
    /// looked at or, when <paramref name="last"/>, until all are done.</summary>
    /// <param name="ready">Ready times of builds [next, stop), <paramref name="stride"/> apart.</param>
    /// <param name="work">Work of every build of the line.</param>
    /// <param name="planned">Planned start of every build of the line.</param>
    /// <param name="hold">Moment from which each build is parked.</param>
    /// <param name="sink">Receives (build, end).</param>
    public void Advance<TSink>(int next, int stop, bool last, ReadOnlySpan<int> ready, int stride, ReadOnlySpan<int> work, ReadOnlySpan<int> planned,
        ReadOnlySpan<int> hold, ReadOnlySpan<bool> confirmed, ref TSink sink) where TSink : struct, IEndSink, allows ref struct
    {
        int first = next;
        while (true)
        {
            if (Waiting == 0)
            {
                if (next == stop) return;
                int r = ready[(next - first) * stride];
                if (r <= Free) Do(next++, work, ref sink);
                else Wait(next++, r);
                continue;
            }
            if (FirstWhole(confirmed) is var w and >= 0)
            {
                int build = _index[w];
                Remove(w);
                Do(build, work, ref sink);
                continue;
            }
            int turn = Turn(hold);
            if (next < stop && (turn < 0 || planned[next] <= hold[_index[turn]]))
            {
                int r = ready[(next - first) * stride];
                if (r <= Free && !(confirmed[next] && AnyConfirmed(confirmed))) Do(next++, work, ref sink);
                else Wait(next++, r);
                continue;
            }
            if (next == stop && !last && (turn < 0 || planned[next] <= hold[_index[turn]])) return;
            int whole = EarliestWhole(confirmed);
            bool more = next < stop || !last;
            Free = more && turn >= 0 ? Math.Min(whole, hold[_index[turn]]) : whole;
        }
    }

    private void Do<TSink>(int build, ReadOnlySpan<int> work, ref TSink sink) where TSink : struct, IEndSink, allows ref struct
    {
        Free = unchecked(Free + work[build]);
        sink.End(build, Free);
    }

    private void Wait(int build, int ready)
    {
        if (Waiting == _index.Length) Grow(Waiting * 2);
        _index[Waiting] = build;
        _ready[Waiting++] = ready;
    }

    private void Grow(int size)
    {
        Array.Resize(ref _index, size);
        Array.Resize(ref _ready, size);
    }

    private void Remove(int w)
    {
        Waiting--;
        Array.Copy(_index, w + 1, _index, w, Waiting - w);
        Array.Copy(_ready, w + 1, _ready, w, Waiting - w);
    }

    /// <summary>First waiting build in sequence that is whole and may go; -1 when none.</summary>
    private int FirstWhole(ReadOnlySpan<bool> confirmed)
    {
        bool barred = false;
        for (int w = 0; w < Waiting; w++)
        {
            bool held = confirmed[_index[w]];
            if (_ready[w] <= Free && !(held && barred)) return w;
            barred |= held;
        }
        return -1;
    }

    /// <summary>When the first waiting build that may go is whole.</summary>
    private int EarliestWhole(ReadOnlySpan<bool> confirmed)
    {
        bool barred = false;
        int earliest = int.MaxValue;
        for (int w = 0; w < Waiting; w++)
        {
            bool held = confirmed[_index[w]];
            if (!(held && barred)) earliest = Math.Min(earliest, _ready[w]);
            barred |= held;
        }
        return earliest;
    }

    /// <summary>First waiting build that is not parked; -1 when all are.</summary>
    private int Turn(ReadOnlySpan<int> hold)
    {
        for (int w = 0; w < Waiting; w++)
        {
            if (hold[_index[w]] > Free) return w;
        }
        return -1;
    }

    private bool AnyConfirmed(ReadOnlySpan<bool> confirmed)
    {
        for (int w = 0; w < Waiting; w++)
        {
            if (confirmed[_index[w]]) return true;
        }
        return false;
    }
}

/// <summary>Where a line run puts the ends of builds.</summary>
internal interface IEndSink
{
    void End(int build, int endWork);
}
