namespace Homestretch.Promising.Kernel;

/// <summary>Reads from the ends kept when a build would be done, without running its line.</summary>
/// <remarks>Until it starts, a build that is not whole changes nothing, unless it holds the turn (see <see cref="Holds"/>). It starts at
/// the first second at which it is whole, the line is free, no build before it in sequence starts, and the holder of the turn lets
/// it. Builds that start without a pause follow from their ends and work. Samples in which this cannot be told are left to be run.</remarks>
internal sealed unsafe partial class Probe
{
    private const int WorthTwo = 16;    // so many samples have two halves of eight

    /// <summary>Writes the ends that can be read; the others stay negative.</summary>
    internal void Read(LineRecord line, int position)
    {
        if (line.Overtaking == 0 || Row.Confirmed || line.Length == 0) return;
        int checkpoint = line.CheckpointBefore(position), middle = _samples / 16 * 8;
        int held = Build == Evaluation.Hypothetical ? line.FirstPlannedAfter(_plan.Builds, ParkAt) : line.Length;
        if (_samples < WorthTwo || _plan.Threads == 1) Read(line, position, checkpoint, held, 0, _samples);
        else _plan.ForBoth(half => Read(line, position, checkpoint, held, half * middle, half == 0 ? middle : _samples));
    }

    /// <summary>The same for the samples from <paramref name="first"/>, a multiple of eight, up to <paramref name="end"/>.</summary>
    private void Read(LineRecord line, int position, int checkpoint, int held, int first, int end)
    {
        int* free = line.Free(checkpoint);
        for (int s = first; s < end; s++) (From[s], Close[s]) = line.OpenAt(Math.Max(Ready[s], free[s]));
        new Span<int>(Start + first, end - first).Fill(Futures.Never);
        ReadAtTurn(line, position, checkpoint, held, first, end);
        int count = 0, earliest = Futures.Never;
        int* alone = _alone + first, checkpoints = _checkpoints + first;
        for (int s = first; s < end; s++)
        {
            if (Ends[s] >= 0 || From[s] >= Futures.Never || Holds(line, held, s)) continue;
            (alone[count], checkpoints[count++]) = (s, line.LastFreeBy(From[s], s, checkpoint));
            earliest = Math.Min(earliest, From[s]);
        }
        if (count == 0) return;
        new Span<int>(checkpoints, count).Sort(new Span<int>(alone, count));   // when each may begin, so that rows come and go once
        LoneSamples reader = _plan.LoneSamples.Rent();
        reader.Begin(this, line, position, earliest);
        for (int i = 0; i < count; i++) reader.Read(checkpoints[i], alone[i]);
        _plan.LoneSamples.Return(reader);
    }

    /// <summary>Whether the build, while it waits, holds the turn against one planned too far behind it that starts without it.</summary>
    /// <param name="held">The first position planned that far behind.</param>
    private bool Holds(LineRecord line, int held, int s)
    {
        if (held == line.Length) return false;
        int until = Math.Min(ParkAt, From[s] - 1), checkpoint = line.CheckpointBefore(held);
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
