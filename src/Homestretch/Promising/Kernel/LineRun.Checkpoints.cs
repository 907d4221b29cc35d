using System.Numerics;
using System.Runtime.Intrinsics;

namespace Homestretch.Promising.Kernel;

/// <summary>Keeps the state of a run at a checkpoint, takes it up again, and tells whether a run stands as it did. Samples
/// taken up are awake; all others sleep and take no part.</summary>
internal sealed unsafe partial class LineRun
{
    /// <summary>Nothing considered yet and all samples asleep.</summary>
    internal void Rest(LineRecord line)
    {
        (_considered, _line) = (0, line);
        for (int s = 0; s < _samples; s++) Sleep(s);
    }

    internal bool AllAwake => !_awake.AsSpan().ContainsAnyExcept((byte)0xFF);
    internal bool AnyAwake => _awake.AsSpan().ContainsAnyExcept((byte)0);
    internal int GroupsAwake => _awake.Length - _awake.AsSpan().Count((byte)0);

    /// <summary>Bits of a group's samples that sleep.</summary>
    internal byte Asleep(int group) => unchecked((byte)~_awake[group]);

    /// <summary>Takes up some sleeping samples as they stood at a checkpoint, waiting builds with their present ready seconds.</summary>
    /// <param name="lanes">Of each eight samples the chosen ones, as bits.</param>
    internal void Restore(int checkpoint, ReadOnlySpan<byte> lanes)
    {
        int* free = _line.Free(checkpoint);
        for (int g = 0; g < lanes.Length; g++)
            for (uint bits = lanes[g]; bits != 0; bits &= bits - 1)
            {
                int s = 8 * g + BitOperations.TrailingZeroCount(bits);
                SetLane(s, free[s]);
            }
        if (_line.Overtaking > 0) RestoreWaiting(checkpoint, free, lanes);
        _blockStart = _considered;      // those that wait stand in no block, even when none follows
    }

    private void RestoreWaiting(int checkpoint, int* free, ReadOnlySpan<byte> lanes)
    {
        Span<int> groups = stackalloc int[lanes.Length];
        int count = 0, soonest = int.MaxValue;
        for (int g = 0; g < lanes.Length; g++)
        {
            if (lanes[g] != 0) groups[count++] = g;
            for (uint bits = lanes[g]; bits != 0; bits &= bits - 1) soonest = Math.Min(soonest, free[8 * g + BitOperations.TrailingZeroCount(bits)]);
        }
        for (int position = _line.Lows[checkpoint]; position < _line.Positions[checkpoint]; position++)
        {
            int build = _line.Sequence[position], number = -1;
            if (_plan.LastEnd[build] <= soonest) continue;
            int* end = _plan.EndsAt(build);
            foreach (int g in groups[..count])
            {
                uint waits = Vector256.GreaterThan(Vector256.Load(end + 8 * g), Vector256.Load(free + 8 * g)).ExtractMostSignificantBits() & lanes[g];
                if (waits == 0) continue;
                if (number < 0) number = Number(build);
                ReadyEight(build, 8 * g, _ready);
                for (; waits != 0; waits &= waits - 1)
                {
                    int s = 8 * g + BitOperations.TrailingZeroCount(waits), ready = _ready[s];
                    if (_plan.Builds.Rows[build].Confirmed) ready = _confirmed[s] = Math.Max(_confirmed[s], ready);
                    _waiting[s].MakeRoom(1);
                    _waiting[s].Add(ready, number);
                    _soonest[s] = Math.Min(_soonest[s], ready);
                }
            }
        }
        foreach (int g in groups[..count])
            for (uint bits = lanes[g]; bits != 0; bits &= bits - 1)
            {
                int s = 8 * g + BitOperations.TrailingZeroCount(bits);
                Publish(s, _free[s]);
            }
    }

    /// <summary>Keeps the state of all awake samples as a checkpoint before a position; true rows exist already.</summary>
    internal void Save(int checkpoint)
    {
        int* free = _line.Free(checkpoint), live = _line.Waiting(checkpoint);
        int low = _line.Positions[checkpoint];
        for (int s = 0; s < _samples; s++)
        {
            if (_mask[s] == 0) continue;
            free[s] = _free[s];
            live[s] = _waiting[s].Live;
            if (live[s] > 0) low = Math.Min(low, _plan.Position[_builds[_waiting[s].First()].Build]);
        }
        _line.Lows[checkpoint] = Math.Min(_line.Lows[checkpoint], low);
    }

    /// <summary>Sends to sleep the samples that stand as the checkpoint has them: all behind it stays as it is, for good or
    /// until a disturbed build that waits becomes whole.</summary>
    /// <param name="wakeAt">Of each sample: the checkpoint to take it up again at.</param>
    internal void Settle(int checkpoint, Disturbed disturbed, Span<int> wakeAt)
    {
        for (int s = 0; s < _samples; s++)
        {
            if (_mask[s] == 0) continue;
            int until = StandsUntil(checkpoint, s, disturbed);
            if (until == int.MaxValue || until > _line.Free(checkpoint)[s] && (until = _line.LastFreeBy(until, s, checkpoint)) > checkpoint)
            {
                wakeAt[s] = until;
                Sleep(s);
            }
        }
    }

    /// <summary>Sends to sleep the samples in which the build probed is done.</summary>
    internal void SettleDone(int* ends)
    {
        for (int s = 0; s < _samples; s++)
            if (_mask[s] != 0 && ends[s] >= 0) Sleep(s);
    }

    /// <summary>Until which second a sample goes on from a checkpoint as it did before: -1 when it does not. A waiting build has
    /// not been written yet, so its kept end still tells whether it waited before.</summary>
    /// <remarks>A confirmed build is whole no sooner than the confirmed ones before it: where one of those waits longest, alike
    /// in both runs, the build's own ready second does not matter.</remarks>
    private int StandsUntil(int checkpoint, int s, Disturbed disturbed)
    {
        WaitingBuilds waiting = _waiting[s];
        int free = _line.Free(checkpoint)[s];
        if (_free[s] != free || waiting.Live != _line.Waiting(checkpoint)[s]) return -1;
        int until = int.MaxValue, confirmed = -1;   // the second from which the last confirmed build may be whole in either run
        bool alike = true;                          // and whether it is the same in both
        for (int at = waiting.Next(0); at >= 0; at = waiting.Next(at + 1))
        {
            int build = _builds[waiting.Number(at)].Build;
            if (_plan.EndsAt(build)[s] <= free) return -1;
            bool isConfirmed = Row(build).Confirmed;
            if (!disturbed.Differs(build, s, out int earlier, out int later))
            {
                if (isConfirmed && alike) confirmed = waiting.Ready(at);
                continue;
            }
            if (earlier < 0) return -1;
            if (isConfirmed && alike && later <= confirmed) continue;
            if (isConfirmed) (earlier, confirmed, alike) = (Math.Max(earlier, confirmed), Math.Max(earlier, confirmed), false);
            until = Math.Min(until, earlier);
        }
        return until;
    }

    /// <summary>A sleeping sample is always free: every build is whole for it, takes no work and is not kept.</summary>
    private void Sleep(int s)
    {
        _waiting[s].Clear();
        _awake[s / 8] &= unchecked((byte)~(1 << s % 8));
        (_mask[s], _free[s], _soonest[s], _reach[s], _last[s], _confirmed[s]) =
            (0, WaitingBuilds.Hole - 1, WaitingBuilds.Hole, WaitingBuilds.Hole, int.MaxValue, 0);
    }

    private void SetLane(int s, int free)
    {
        _waiting[s].Clear();
        _awake[s / 8] |= (byte)(1 << s % 8);
        (_mask[s], _shift[s], _confirmed[s], _soonest[s]) = (-1, 0, 0, WaitingBuilds.Hole);
        if (_line.Opens.Length > 8) _shift[s] = Math.Max(0, Closed(free));
        Publish(s, OpenAt(s, free));
    }
}
