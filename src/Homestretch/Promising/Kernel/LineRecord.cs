namespace Homestretch.Promising.Kernel;

/// <summary>What is kept of one assembly line: its sequence, its open times and, every <see cref="Spacing"/> builds, the
/// state of all samples, from which a ripple starts again.</summary>
/// <remarks>A checkpoint keeps, for each sample, f (when the line is free) and how many builds wait. Which ones wait
/// follows from the ends: a build considered before the checkpoint waits in a sample exactly when its end lies after f.</remarks>
internal sealed unsafe class LineRecord
{
    /// <summary>Builds between checkpoints.</summary>
    internal const int Spacing = 64;

    internal readonly int Overtaking, FreeFrom;
    internal readonly int[] Opens, Closes;
    internal int[] Sequence = [];
    internal int Length;

    /// <summary>Of each checkpoint: the position it stands before, and a position no waiting build is before.</summary>
    internal readonly List<int> Positions = [], Lows = [];
    private readonly List<int> _rows = [];
    private readonly Futures _free, _waiting;

    internal LineRecord(PlannedLine line, int samples)
    {
        if (line.Overtaking < 0 || line.FreeFrom is < 0 or > Futures.Never)
            throw new ArgumentOutOfRangeException(nameof(line), line, "An overtaking window is not negative and a line is free from a second in [0, 2^30].");
        (Overtaking, FreeFrom) = (line.Overtaking, line.FreeFrom);
        int count = 0;
        while (count < line.Calendar.Opens.Length && line.Calendar.Opens[count] < Futures.Never) count++;
        Opens = line.Calendar.Opens[..count].ToArray();
        Closes = new int[count];
        for (int k = 0; k < count; k++) Closes[k] = Math.Min(line.Calendar.Close(k), Futures.Never);
        Calendar = line.Calendar;
        _free = new(samples);
        _waiting = new(samples);
    }

    private LineRecord(LineRecord other)
    {
        (Overtaking, FreeFrom, Opens, Closes, Calendar) = (other.Overtaking, other.FreeFrom, other.Opens, other.Closes, other.Calendar);
        (Sequence, Length, _free, _waiting) = ([.. other.Sequence], other.Length, other._free.Copy(), other._waiting.Copy());
        Positions.AddRange(other.Positions);
        Lows.AddRange(other.Lows);
        _rows.AddRange(other._rows);
    }

    /// <summary>A line with the same builds that is open at other times; nothing of it has run yet.</summary>
    internal LineRecord Reopened(PlannedLine line) => new(line, _free.Samples) { Sequence = [.. Sequence], Length = Length };

    /// <summary>The same, going its own way from here.</summary>
    internal LineRecord Copy() => new(this);

    internal LineCalendar Calendar { get; }

    /// <summary>The calendar second after which a build that is not whole no longer holds its turn: W working seconds
    /// after its planned start; -1 when they were over before t.</summary>
    internal int ParkAt(in PlannedBuild build)
    {
        long work = (long)Calendar.ToWork(build.PlannedStart) + Overtaking - build.Passed;
        return work < 0 ? -1 : work >= Calendar.Horizon ? Futures.Never : Math.Min(Futures.Never, Calendar.StartToCalendar((int)work));
    }

    /// <summary>f of every sample at a checkpoint.</summary>
    internal int* Free(int checkpoint) => _free.Row(_rows[checkpoint]);

    /// <summary>How many builds wait in every sample at a checkpoint.</summary>
    internal int* Waiting(int checkpoint) => _waiting.Row(_rows[checkpoint]);

    /// <summary>Adds a checkpoint, still to be written, behind all others.</summary>
    internal void AddCheckpoint(int position)
    {
        Positions.Add(position);
        Lows.Add(position);
        _rows.Add(_free.AppendRows(1));
        _waiting.AppendRows(1);
    }

    /// <summary>Index of the last checkpoint at or before a position.</summary>
    internal int CheckpointBefore(int position)
    {
        int found = Positions.BinarySearch(position);
        return found >= 0 ? found : ~found - 1;
    }

    /// <summary>Index of the last checkpoint, from a given one on, at which a sample's line was free by a second; the given one
    /// when none is.</summary>
    internal int LastFreeBy(int second, int sample, int from)
    {
        int low = from, step = 1;
        while (low + step < Positions.Count && Free(low + step)[sample] <= second) (low, step) = (low + step, 2 * step);
        for (int high = Math.Min(low + step, Positions.Count); high - low > 1;)
        {
            int mid = (low + high) >>> 1;
            if (Free(mid)[sample] <= second) low = mid; else high = mid;
        }
        return low;
    }

    /// <summary>The first open second from one on, and when that shift ends; <see cref="Futures.Never"/> when the calendar has none.</summary>
    internal (int Second, int Close) OpenAt(int second)
    {
        int k = Array.BinarySearch(Closes, second);
        k = k >= 0 ? k + 1 : ~k;
        return k < Closes.Length ? (Math.Max(second, Opens[k]), Math.Min(Closes[k], Futures.Never - 1)) : (Futures.Never, Futures.Never);
    }

    /// <summary>When work begun at an open second ends.</summary>
    internal int EndOf(int start, int work)
    {
        long end = (long)Calendar.ToWork(start) + work;
        return end > Calendar.Horizon ? Futures.Never : Math.Min(Futures.Never, Calendar.EndToCalendar((int)end));
    }

    /// <summary>The first position of a build planned after a second.</summary>
    internal int FirstPlannedAfter(PlannedBuilds builds, int second)
    {
        int low = 0, high = Length;
        while (low < high)
        {
            int mid = (low + high) >>> 1;
            if (builds.Rows[Sequence[mid]].PlannedStart <= second) low = mid + 1; else high = mid;
        }
        return low;
    }

    /// <summary>Puts a build into the sequence; later checkpoints move with the builds they stand before.</summary>
    internal void Insert(int position, int build)
    {
        if (Length == Sequence.Length) Array.Resize(ref Sequence, Math.Max(16, Length + Length / 8));
        Array.Copy(Sequence, position, Sequence, position + 1, Length - position);
        Sequence[position] = build;
        Length++;
        Shift(position, 1);
    }

    /// <summary>Takes a build out. A checkpoint right behind it would stand where the one before the next build stands,
    /// with a state that has seen this build: it goes.</summary>
    internal void Remove(int position)
    {
        int stale = Positions.BinarySearch(position + 1);
        if (stale >= 0)
        {
            Positions.RemoveAt(stale);
            Lows.RemoveAt(stale);
            _rows.RemoveAt(stale);
        }
        Length--;
        Array.Copy(Sequence, position + 1, Sequence, position, Length - position);
        Shift(position, -1);
    }

    /// <summary>Checkpoints after the position move; lows only need to stay at or before what waits.</summary>
    private void Shift(int position, int by)
    {
        for (int c = Positions.Count - 1; c >= 0 && Positions[c] > position; c--)
        {
            Positions[c] += by;
            if (Lows[c] > position) Lows[c] += by;
        }
    }
}
