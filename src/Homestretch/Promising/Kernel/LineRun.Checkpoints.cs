using System.Numerics;
using System.Runtime.Intrinsics;

namespace Homestretch.Promising.Kernel;

/// <summary>Keeps the state of a run at a checkpoint, takes it up again, and tells whether a run stands as it did.</summary>
internal sealed unsafe partial class LineRun
{
    private readonly List<int> _stillWaiting = [];

    /// <summary>The chosen groups of eight samples as they stood at a checkpoint, waiting builds with their present
    /// ready seconds.</summary>
    internal void Restore(LineRecord line, int checkpoint, ReadOnlySpan<bool> groups)
    {
        _line = line;
        int* free = line.Free(checkpoint);
        for (int g = 0; g < groups.Length; g++)
            for (int s = 8 * g; groups[g] && s < 8 * g + 8; s++) SetLane(s, free[s]);
        if (line.Overtaking > 0) RestoreWaiting(checkpoint, free, groups);
    }

    private void RestoreWaiting(int checkpoint, int* free, ReadOnlySpan<bool> groups)
    {
        PlannedBuilds builds = _plan.Builds;
        for (int position = _line.Lows[checkpoint]; position < _line.Positions[checkpoint]; position++)
        {
            int build = _line.Sequence[position], number = -1;
            int* end = _plan.EndsAt(build);
            for (int g = 0; g < groups.Length; g++)
            {
                if (!groups[g]) continue;
                uint waits = Vector256.GreaterThan(Vector256.Load(end + 8 * g), Vector256.Load(free + 8 * g)).ExtractMostSignificantBits();
                if (waits == 0) continue;
                if (number < 0) number = Number(build);
                ReadyEight(build, 8 * g, _ready);
                for (; waits != 0; waits &= waits - 1)
                {
                    int s = 8 * g + BitOperations.TrailingZeroCount(waits), ready = _ready[s];
                    if (builds.Rows[build].Confirmed) ready = _confirmed[s] = Math.Max(_confirmed[s], ready);
                    _waiting[s].MakeRoom(1);
                    _waiting[s].Add(ready, number);
                    _soonest[s] = Math.Min(_soonest[s], ready);
                }
            }
        }
        for (int s = 0; s < _samples; s++)
            if (groups[s / 8]) Publish(s, _free[s]);
    }

    /// <summary>Keeps the state of the chosen groups as a checkpoint before a position; true rows exist already.</summary>
    internal void Save(int checkpoint, ReadOnlySpan<bool> groups)
    {
        int* free = _line.Free(checkpoint), live = _line.Waiting(checkpoint);
        int low = _line.Positions[checkpoint];
        for (int s = 0; s < _samples; s++)
        {
            if (!groups[s / 8]) continue;
            free[s] = _free[s];
            live[s] = _waiting[s].Live;
            if (live[s] > 0) low = Math.Min(low, _plan.Position[_builds[_waiting[s].First()].Build]);
        }
        _line.Lows[checkpoint] = Math.Min(_line.Lows[checkpoint], low);
    }

    /// <summary>Whether eight samples stand as the checkpoint has them, so that all behind it stays as it is. A waiting
    /// build has not been written yet, so its kept end still tells whether it waited before.</summary>
    internal bool Stands(int checkpoint, int group, Disturbed disturbed)
    {
        int* free = _line.Free(checkpoint), live = _line.Waiting(checkpoint);
        for (int s = 8 * group; s < 8 * group + 8; s++)
        {
            WaitingBuilds waiting = _waiting[s];
            if (_free[s] != free[s] || waiting.Live != live[s]) return false;
            _stillWaiting.Clear();
            waiting.CopyTo(_stillWaiting);
            foreach (int number in _stillWaiting)
                if (_plan.EndsAt(_builds[number].Build)[s] <= free[s] || disturbed.Changes(_builds[number].Build, group)) return false;
        }
        return true;
    }
}
