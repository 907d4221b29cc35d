using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Homestretch.Promising.Kernel;

/// <summary>Runs the builds of one assembly line through all samples under the overtaking rule.</summary>
/// <remarks><para>The rule, for each sample alone. Builds come in a planned sequence. Whenever the line is free, at
/// second f, the <i>holder</i> is the first build in sequence that is neither done nor parked; a build that is not done
/// is parked once f has passed its planned start by more than W working seconds. Candidates are all parked builds, and
/// those from the holder on whose planned start is at most W working seconds after the holder's. The first candidate in
/// sequence that is whole (ready at or before f) starts at f. When none is whole, f moves to the earlier of the soonest
/// ready second among the candidates and the second the holder is parked. A confirmed build is a candidate only when all
/// confirmed builds before it are done. W = 0 is the strict sequence: each starts at the later of its ready second and
/// the end of the build before it. Starts lie in open time; work pauses while the line is closed.</para>
/// <para>Example, always open, W = 100, work 10 each, planned at 0, 10, 20, ready at 500, 0, 25: the first holds the
/// turn, the second is whole and runs 0-10; none is whole until 25, when the third runs 25-35; then nothing but the
/// first is left, which runs 500-510. Had 200 more been planned, one every 10 s and all ready, they would have run up
/// to the one planned at 100, then waited until 101, when the first is parked, and gone on.</para>
/// <para>Eight samples go abreast: where in all of them the next build is whole at its turn and ends before closing, one
/// vector add does it; the other samples are done one by one. A sample's state before a position is canonical: f and
/// the builds before the position that are not done.</para></remarks>
internal sealed unsafe class LineRun
{
    private const int Block = LineRecord.Spacing;
    private readonly Evaluation _plan;
    private readonly int _samples;
    private readonly int[] _pinned;
    private readonly int* _free, _limit, _reach, _last, _confirmed, _ready;
    private readonly int[] _shift;
    private readonly WaitingBuilds[] _waiting;
    private readonly int[] _blockBuild = new int[Block];
    private LineRecord _line = null!;

    /// <summary>When set, ends are compared with those kept and changed builds marked here.</summary>
    internal bool[]? Changed;

    /// <summary>When set, nothing is kept but this build's ends.</summary>
    internal Probe? Probe;

    internal LineRun(Evaluation plan)
    {
        _plan = plan;
        _samples = plan.Samples;
        _pinned = GC.AllocateUninitializedArray<int>((5 + Block) * _samples + 16, pinned: true);
        _free = (int*)(((nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_pinned)) + 63) & ~63);
        _limit = _free + _samples;
        _reach = _limit + _samples;
        _last = _reach + _samples;
        _confirmed = _last + _samples;
        _ready = _confirmed + _samples;
        _shift = new int[_samples];
        _waiting = new WaitingBuilds[_samples];
        for (int s = 0; s < _samples; s++) _waiting[s] = new();
    }

    internal int Groups => _samples / 8;

    /// <summary>All samples at the line's beginning: nothing considered yet.</summary>
    internal void Begin(LineRecord line)
    {
        _line = line;
        for (int s = 0; s < _samples; s++) SetLane(s, line.FreeFrom);
    }

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
            int build = _line.Sequence[position];
            int* end = _plan.Ends.Row(build);
            for (int g = 0; g < groups.Length; g++)
            {
                if (!groups[g]) continue;
                uint waits = Vector256.GreaterThan(Vector256.Load(end + 8 * g), Vector256.Load(free + 8 * g)).ExtractMostSignificantBits();
                if (waits == 0) continue;
                ReadyEight(build, 8 * g, _ready);
                for (; waits != 0; waits &= waits - 1)
                {
                    int s = 8 * g + BitOperations.TrailingZeroCount(waits), ready = _ready[s];
                    if (builds.Rows[build].Confirmed) ready = _confirmed[s] = Math.Max(_confirmed[s], ready);
                    _waiting[s].Add(ready, build, _plan.ParkAt[build]);
                }
            }
        }
        for (int s = 0; s < _samples; s++)
            if (groups[s / 8]) Publish(s, _free[s]);
    }

    /// <summary>Considers builds in sequence for the chosen groups.</summary>
    internal void Run(ReadOnlySpan<int> sequence, ReadOnlySpan<bool> groups)
    {
        for (; sequence.Length > Block; sequence = sequence[Block..]) RunBlock(sequence[..Block], groups);
        RunBlock(sequence, groups);
    }

    private void RunBlock(ReadOnlySpan<int> sequence, ReadOnlySpan<bool> groups)
    {
        bool all = !groups.Contains(false);
        for (int i = 0; i < sequence.Length; i++)
        {
            int build = _blockBuild[i] = sequence[i];
            int* ready = _ready + i * _samples;
            if (all) ReadyRow(build, ready);
            else
                for (int g = 0; g < groups.Length; g++)
                    if (groups[g]) ReadyEight(build, 8 * g, ready);
            if (Changed is null && Probe is null) _plan.Judge(build, ready);
        }
        for (int g = 0; g < groups.Length; g++)
        {
            if (!groups[g]) continue;
            if (_line.Overtaking == 0) StepStrict(8 * g, sequence.Length);
            else Step(8 * g, sequence.Length);
        }
    }

    /// <summary>Does all that still waits, for the chosen groups: the end of the sequence.</summary>
    internal void Finish(ReadOnlySpan<bool> groups)
    {
        for (int s = 0; s < _samples; s++)
        {
            WaitingBuilds waiting = _waiting[s];
            if (!groups[s / 8]) continue;
            int f = _free[s];
            while (waiting.Live > 0)
            {
                if (waiting.Soonest > f) f = OpenAt(s, waiting.Soonest);
                int build = waiting.TakeFirstWhole(f);
                f = Do(s, f, build, Row(build).Work);
            }
            Publish(s, f);
        }
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
            if (live[s] > 0) low = Math.Min(low, _plan.Position[_waiting[s].First()]);
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
            foreach (int build in waiting.Builds())
                if (_plan.Ends.Row(build)[s] <= free[s] || disturbed.Changes(build, group)) return false;
        }
        return true;
    }

    private void Step(int lane, int count)
    {
        unchecked
        {
            Vector256<int> f = Vector256.Load(_free + lane), limit = Vector256.Load(_limit + lane);
            Vector256<int> reach = Vector256.Load(_reach + lane), last = Vector256.Load(_last + lane);
            Vector256<int> confirmed = Vector256.Load(_confirmed + lane);
            for (int i = 0; i < count; i++)
            {
                int build = _blockBuild[i];
                ref readonly PlannedBuild row = ref Row(build);
                int* readyAt = _ready + i * _samples + lane;
                Vector256<int> ready = Vector256.Load(readyAt), end = f + Vector256.Create(row.Work);
                if (row.Confirmed)   // never before the confirmed ones ahead of it
                {
                    confirmed = ready = Vector256.Max(ready, confirmed);
                    ready.Store(readyAt);
                }
                Vector256<int> slow = Vector256.GreaterThan(ready, f) | Vector256.GreaterThan(f, limit)
                    | Vector256.GreaterThan(Vector256.Create(row.PlannedStart), reach) | Vector256.GreaterThan(end, last);
                f = Vector256.ConditionalSelect(slow, f, end);
                Keep(build, lane, end, slow);
                if (slow == default) continue;
                f.Store(_free + lane);
                for (uint bits = slow.ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
                {
                    int k = BitOperations.TrailingZeroCount(bits);
                    Consider(lane + k, build, readyAt[k], row);
                }
                f = Vector256.Load(_free + lane); limit = Vector256.Load(_limit + lane);
                reach = Vector256.Load(_reach + lane); last = Vector256.Load(_last + lane);
            }
            f.Store(_free + lane);
            confirmed.Store(_confirmed + lane);
        }
    }

    private void StepStrict(int lane, int count)
    {
        unchecked
        {
            Vector256<int> f = Vector256.Load(_free + lane), last = Vector256.Load(_last + lane);
            for (int i = 0; i < count; i++)
            {
                int build = _blockBuild[i], work = Row(build).Work;
                Vector256<int> start = Vector256.Max(f, Vector256.Load(_ready + i * _samples + lane));
                Vector256<int> end = start + Vector256.Create(work), slow = Vector256.GreaterThan(end, last);
                f = Vector256.ConditionalSelect(slow, start, end);
                Keep(build, lane, end, slow);
                if (slow == default) continue;
                f.Store(_free + lane);
                for (uint bits = slow.ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
                {
                    int s = lane + BitOperations.TrailingZeroCount(bits);
                    _free[s] = Do(s, OpenAt(s, _free[s]), build, work);
                }
                f = Vector256.Load(_free + lane); last = Vector256.Load(_last + lane);
            }
            f.Store(_free + lane);
        }
    }

    /// <summary>One sample until the build is done or waits.</summary>
    private void Consider(int s, int build, int ready, in PlannedBuild row)
    {
        WaitingBuilds waiting = _waiting[s];
        int f = _free[s];
        if (ready > f && f <= _limit[s] && row.PlannedStart <= _reach[s])   // nothing to do but wait
        {
            int parkAt = ParkAt(build);
            waiting.Add(ready, build, parkAt);
            if (_reach[s] == WaitingBuilds.Hole) _reach[s] = waiting.ReachAt(f);
            _limit[s] = Math.Min(_limit[s], Math.Min(ready - 1, _reach[s]));
            return;
        }
        while (true)
        {
            if (waiting.Soonest <= f)
            {
                int taken = waiting.TakeFirstWhole(f);
                f = Do(s, f, taken, Row(taken).Work);
                continue;
            }
            int reach = waiting.ReachAt(f);
            if (row.PlannedStart <= reach) break;
            f = OpenAt(s, Math.Min(waiting.Soonest, reach + 1));
        }
        if (ready <= f) f = Do(s, f, build, row.Work);
        else waiting.Add(ready, build, ParkAt(build));
        Publish(s, f);
    }

    private void Publish(int s, int f)
    {
        _free[s] = f;
        _reach[s] = _waiting[s].ReachAt(f);
        _limit[s] = Math.Min(_waiting[s].Soonest - 1, _reach[s]);
    }

    private void SetLane(int s, int free)
    {
        _waiting[s].Clear();
        (_shift[s], _confirmed[s]) = (0, 0);
        if (_line.Opens.Length > 8) _shift[s] = Math.Max(0, Closed(free));
        Publish(s, OpenAt(s, free));
    }

    /// <summary>Index of the last interval that opens at or before a second.</summary>
    private int Closed(int second)
    {
        int found = Array.BinarySearch(_line.Opens, second);
        return found >= 0 ? found : ~found - 1;
    }

    /// <summary>The first open second from x on; <see cref="Futures.Never"/> when the calendar has none.</summary>
    private int OpenAt(int s, int x)
    {
        int k = _shift[s];
        while (k < _line.Closes.Length && _line.Closes[k] <= x) k++;
        _shift[s] = k;
        _last[s] = k < _line.Closes.Length ? _line.Closes[k] - 1 : -1;
        return k < _line.Closes.Length ? Math.Max(x, _line.Opens[k]) : Futures.Never;
    }

    /// <summary>Does a build from the open second f on; returns the open second at which the line is free again.</summary>
    private int Do(int s, int f, int build, int work)
    {
        int k = _shift[s];
        int[] closes = _line.Closes;
        while (k < closes.Length && work > closes[k] - f)
        {
            work -= closes[k] - f;
            if (++k < closes.Length) f = _line.Opens[k];
        }
        _shift[s] = k;
        int end = k < closes.Length ? f + work : Futures.Never;
        if (Probe is not null) Probe.Keep(build, s, end);
        else
        {
            int* kept = _plan.Ends.Row(build) + s;
            if (Changed is not null && *kept != end) Changed[build] = true;
            *kept = end;
        }
        return OpenAt(s, end);
    }

    /// <summary>Keeps the ends of the samples that are not slow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Keep(int build, int lane, Vector256<int> end, Vector256<int> slow)
    {
        if (Probe is not null)
        {
            if (build == Probe.Build) Vector256.ConditionalSelect(slow, Vector256.Load(Probe.Ends + lane), end).Store(Probe.Ends + lane);
            return;
        }
        int* kept = _plan.Ends.Row(build) + lane;
        if (Changed is not null)
        {
            Vector256<int> before = Vector256.Load(kept);
            end = Vector256.ConditionalSelect(slow, before, end);
            if (end == before) return;
            Changed[build] = true;
        }
        end.Store(kept);
    }

    private ref readonly PlannedBuild Row(int build) =>
        ref build == Evaluation.Hypothetical ? ref Probe!.Row : ref _plan.Builds.Rows[build];

    private int ParkAt(int build) => build == Evaluation.Hypothetical ? Probe!.ParkAt : _plan.ParkAt[build];

    private void ReadyRow(int build, int* ready)
    {
        if (Probe is not null && build == Probe.Build) new ReadOnlySpan<int>(Probe.Ready, _samples).CopyTo(new(ready, _samples));
        else Readiness.Row(_plan.Builds, _plan.Arrivals, build, ready);
    }

    private void ReadyEight(int build, int lane, int* ready)
    {
        if (Probe is not null && build == Probe.Build) Vector256.Load(Probe.Ready + lane).Store(ready + lane);
        else Readiness.Eight(_plan.Builds, _plan.Arrivals, build, lane, ready);
    }
}
