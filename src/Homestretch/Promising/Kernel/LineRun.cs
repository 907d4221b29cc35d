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
/// <para>Builds are taken in blocks: the ready rows of a block first, then one sample after another through the block,
/// then its rows of ends are put where they are kept. A sample's state before a position is canonical: f and the builds
/// before the position that are not done.</para></remarks>
internal sealed unsafe partial class LineRun
{
    private const int Block = LineRecord.Spacing;
    private readonly Evaluation _plan;
    private readonly int _samples, _stride;
    private readonly int[] _pinned;
    private readonly int* _free, _soonest, _reach, _last, _confirmed, _mask, _ready, _ends, _work, _planned, _parkAt;
    private readonly int[] _shift;
    private readonly byte[] _awake;
    private readonly WaitingBuilds[] _waiting;
    private ConsideredBuild[] _builds = new ConsideredBuild[4 * Block];
    private readonly bool[] _isConfirmed = new bool[Block];
    private int _considered, _blockStart;
    private LineRecord _line = null!;

    /// <summary>When set, ends are compared with those kept and changed builds marked here.</summary>
    internal bool[]? Changed;

    /// <summary>Whether builds are then judged too, because their kits may have changed; all samples are awake.</summary>
    internal bool JudgesChanged;

    /// <summary>When set, nothing is kept but this build's ends.</summary>
    internal Probe? Probe;

    internal LineRun(Evaluation plan)
    {
        _plan = plan;
        _samples = plan.Samples;
        _stride = _samples + 16;   // rows of a block then fall into different sets of the cache
        _pinned = GC.AllocateUninitializedArray<int>(6 * _samples + Block * (2 * _stride + 3) + 16, pinned: true);
        _free = (int*)(((nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_pinned)) + 63) & ~63);
        _soonest = _free + _samples;
        _reach = _soonest + _samples;
        _last = _reach + _samples;
        _confirmed = _last + _samples;
        _mask = _confirmed + _samples;
        _ready = _mask + _samples;
        _ends = _ready + Block * _stride;
        _work = _ends + Block * _stride;
        _planned = _work + Block;
        _parkAt = _planned + Block;
        _shift = new int[_samples];
        _awake = new byte[_samples / 8];
        _waiting = new WaitingBuilds[_samples];
        for (int s = 0; s < _samples; s++) _waiting[s] = new();
    }

    internal int Groups => _samples / 8;

    private int Number(int build)
    {
        if (_considered == _builds.Length) Array.Resize(ref _builds, 2 * _considered);
        _builds[_considered] = new(build, Row(build).Work, ParkAt(build));
        return _considered++;
    }

    /// <summary>All samples at the line's beginning: nothing considered yet.</summary>
    internal void Begin(LineRecord line)
    {
        (_considered, _line) = (0, line);
        for (int s = 0; s < _samples; s++) SetLane(s, line.FreeFrom);
    }

    /// <summary>Considers builds in sequence for all awake samples.</summary>
    internal void Run(ReadOnlySpan<int> sequence)
    {
        for (; sequence.Length > Block; sequence = sequence[Block..]) RunBlock(sequence[..Block]);
        RunBlock(sequence);
    }

    private void RunBlock(ReadOnlySpan<int> sequence)
    {
        if (sequence.Length == 0) return;
        bool all = AllAwake;
        _blockStart = _considered;
        for (int i = 0; i < sequence.Length; i++)
        {
            int build = sequence[i];
            ref readonly PlannedBuild row = ref Row(build);
            Number(build);
            (_work[i], _planned[i], _parkAt[i], _isConfirmed[i]) = (row.Work, row.PlannedStart, ParkAt(build), row.Confirmed);
            int* ready = _ready + i * _stride;
            if (all || build == Probe?.Build) ReadyRow(build, ready);
            else Readiness.Groups(_plan.Builds, _plan.Arrivals, build, _awake, ready);
            if (Probe is null && (Changed is null || JudgesChanged) && _plan.Judge(build, ready) && Changed is not null) Changed[build] = true;
            if (Changed is null && Probe is null) continue;
            if (Kept(build) is var kept && kept != null) Fill(_ends + i * _stride, kept);
        }
        for (int g = 0; g < _awake.Length; g++)
        {
            if (_awake[g] == 0) continue;
            if (_line.Overtaking == 0) StepStrict(8 * g, sequence.Length);
            else
            {
                ConfirmedInOrder(8 * g, sequence.Length);
                for (int s = 8 * g; s < 8 * g + 8; s++) _waiting[s].MakeRoom(sequence.Length);
                Step(8 * g, sequence.Length);
            }
        }
        _blockStart = _considered;
        for (int i = 0; i < sequence.Length; i++)
            if (Kept(sequence[i]) is var kept && kept != null) Keep(sequence[i], _ends + i * _stride, kept);
    }

    /// <summary>Where a build's ends are kept; null when this run keeps only others.</summary>
    private int* Kept(int build) => Probe is null ? _plan.EndsAt(build) : build == Probe.Build ? Probe.Ends : null;

    /// <summary>What was kept stays where the build only comes to wait.</summary>
    private void Fill(int* ends, int* kept)
    {
        for (int g = 0; g < _awake.Length; g++)
            if (_awake[g] != 0) Vector256.Load(kept + 8 * g).Store(ends + 8 * g);
    }

    /// <summary>Keeps the awake samples of a row of ends.</summary>
    private void Keep(int build, int* ends, int* kept)
    {
        for (int g = 0; g < _awake.Length; g++)
        {
            if (_awake[g] == 0) continue;
            Vector256<int> before = Vector256.Load(kept + 8 * g);
            Vector256<int> end = Vector256.ConditionalSelect(Vector256.Load(_mask + 8 * g), Vector256.Load(ends + 8 * g), before);
            if (Changed is not null && end != before) Changed[build] = true;
            end.Store(kept + 8 * g);
        }
    }

    /// <summary>Does all that still waits in all awake samples: the end of the sequence.</summary>
    internal void Finish()
    {
        for (int s = 0; s < _samples; s++)
        {
            WaitingBuilds waiting = _waiting[s];
            if (_mask[s] == 0) continue;
            int f = _free[s];
            while (waiting.Live > 0)
            {
                if (_soonest[s] > f) f = OpenAt(s, _soonest[s]);
                f = DoWhole(s, f);
            }
            Publish(s, f);
        }
    }

    /// <summary>A confirmed build is never whole before the confirmed ones ahead of it.</summary>
    private void ConfirmedInOrder(int lane, int count)
    {
        Vector256<int> confirmed = Vector256.Load(_confirmed + lane);
        for (int i = 0; i < count; i++)
        {
            if (!_isConfirmed[i]) continue;
            int* ready = _ready + i * _stride + lane;
            confirmed = Vector256.Max(confirmed, Vector256.Load(ready));
            confirmed.Store(ready);
        }
        confirmed.Store(_confirmed + lane);
    }

    /// <summary>Eight samples through the block. Where the next build is whole at its turn a vector add does it, where it
    /// is not it is put with those that wait; the other samples are looked at one by one: where one that waits may be whole,
    /// the holder may be parked, the turn is held, or the line closes.</summary>
    private void Step(int lane, int count)
    {
        unchecked
        {
            Vector256<int> hole = Vector256.Create(WaitingBuilds.Hole);
            Vector256<int> f = Vector256.Load(_free + lane), soonest = Vector256.Load(_soonest + lane);
            Vector256<int> reach = Vector256.Load(_reach + lane), last = Vector256.Load(_last + lane);
            Vector256<int> awake = Vector256.Load(_mask + lane);
            nint stride = _stride;
            int* readyAt = _ready + lane, ends = _ends + lane;
            for (int i = 0; i < count; i++, readyAt += stride, ends += stride)
            {
                Vector256<int> ready = Vector256.Load(readyAt), end = f + (Vector256.Create(_work[i]) & awake), waits = Vector256.GreaterThan(ready, f);
                Vector256<int> other = Vector256.GreaterThan(Vector256.Max(f, Vector256.Create(_planned[i])), reach)
                    | ~Vector256.GreaterThan(soonest, f) | Vector256.AndNot(Vector256.GreaterThan(end, last), waits);
                Vector256<int> stays = waits | other;
                Vector256.ConditionalSelect(stays, Vector256.Load(ends), end).Store(ends);
                f = Vector256.ConditionalSelect(stays, f, end);
                if (other == default)
                {
                    uint bits = waits.ExtractMostSignificantBits();
                    if (bits == 0) continue;
                    Vector256<int> parkAt = Vector256.Create(_parkAt[i]);
                    soonest = Vector256.Min(soonest, Vector256.ConditionalSelect(waits, ready, hole));
                    reach = Vector256.Min(reach, Vector256.ConditionalSelect(Vector256.AndNot(waits, Vector256.GreaterThan(f, parkAt)), parkAt, hole));
                    for (; bits != 0; bits &= bits - 1)
                    {
                        int k = BitOperations.TrailingZeroCount(bits);
                        _waiting[lane + k].Add(readyAt[k], _blockStart + i);
                    }
                }
                else
                {
                    f.Store(_free + lane);
                    soonest.Store(_soonest + lane);
                    reach.Store(_reach + lane);
                    for (uint bits = stays.ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
                    {
                        int k = BitOperations.TrailingZeroCount(bits);
                        Consider(lane + k, i, readyAt[k]);
                    }
                    f = Vector256.Load(_free + lane); soonest = Vector256.Load(_soonest + lane);
                    reach = Vector256.Load(_reach + lane); last = Vector256.Load(_last + lane);
                }
            }
            f.Store(_free + lane);
            soonest.Store(_soonest + lane);
            reach.Store(_reach + lane);
        }
    }

    private void StepStrict(int lane, int count)
    {
        unchecked
        {
            Vector256<int> f = Vector256.Load(_free + lane), last = Vector256.Load(_last + lane), awake = Vector256.Load(_mask + lane);
            for (int i = 0; i < count; i++)
            {
                int work = _work[i];
                int* ends = _ends + i * _stride + lane;
                Vector256<int> start = Vector256.Max(f, Vector256.Load(_ready + i * _stride + lane));
                Vector256<int> end = start + (Vector256.Create(work) & awake), slow = Vector256.GreaterThan(end, last);
                f = end;
                end.Store(ends);
                if (slow == default) continue;
                start.Store(_free + lane);
                for (uint bits = slow.ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
                {
                    int k = BitOperations.TrailingZeroCount(bits);
                    int free = Do(lane + k, OpenAt(lane + k, _free[lane + k]), work, out ends[k]);
                    f = f.WithElement(k, free);
                }
                last = Vector256.Load(_last + lane);
            }
            f.Store(_free + lane);
        }
    }

    /// <summary>One sample until the build is done or waits.</summary>
    private void Consider(int s, int i, int whole)
    {
        unchecked
        {
            WaitingBuilds waiting = _waiting[s];
            int f = _free[s], planned = _planned[i], reach = _reach[s];
            if (Math.Max(f, planned) > reach || _soonest[s] <= f)
                while (true)
                {
                    if (_soonest[s] <= f)
                    {
                        f = DoWhole(s, f);
                        continue;
                    }
                    reach = waiting.ReachAt(f, _builds);
                    if (planned <= reach) break;
                    f = OpenAt(s, Math.Min(_soonest[s], reach + 1));
                }
            if (whole <= f)
            {
                f = Do(s, f, _work[i], out _ends[i * _stride + s]);
                if (f > reach) reach = waiting.ReachAt(f, _builds);
            }
            else
            {
                waiting.Add(whole, _blockStart + i);
                _soonest[s] = Math.Min(_soonest[s], whole);
                if (reach == WaitingBuilds.Hole && _parkAt[i] >= f) reach = _parkAt[i];
            }
            (_free[s], _reach[s]) = (f, reach);
        }
    }

    /// <summary>Does those that wait and are whole, in sequence, as long as no other before them becomes whole.</summary>
    private int DoWhole(int s, int f)
    {
        unchecked
        {
            WaitingBuilds waiting = _waiting[s];
            ulong whole = waiting.Whole(f, out int block, out int rest, out int next, out bool more);
            int taken = 0;
            do
            {
                int number = waiting.Take(64 * block + BitOperations.TrailingZeroCount(whole)), row = number - _blockStart;
                ref readonly ConsideredBuild build = ref _builds[number];
                f = Do(s, f, build.Work, out int end);
                if (row >= 0) _ends[row * _stride + s] = end;
                else if (Kept(build.Build) is var kept && kept != null)
                {
                    if (Changed is not null && kept[s] != end) Changed[build.Build] = true;
                    kept[s] = end;
                }
                whole &= whole - 1;
                taken++;
            }
            while (whole != 0 && f < next);
            waiting.Settle(block, taken, whole != 0 ? 0 : rest);
            _soonest[s] = whole != 0 || more ? 0 : next;
            return f;
        }
    }

    private void Publish(int s, int f) => (_free[s], _reach[s]) = (f, _waiting[s].ReachAt(f, _builds));

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
    private int Do(int s, int f, int work, out int end)
    {
        unchecked
        {
            end = f + work;
            if (end <= _last[s]) return end;
            int k = _shift[s];
            int[] opens = _line.Opens, closes = _line.Closes;
            while (k < closes.Length && work > closes[k] - f)
            {
                work -= closes[k] - f;
                if (++k < closes.Length) f = opens[k];
            }
            _shift[s] = k;
            end = k < closes.Length ? f + work : Futures.Never;
            return OpenAt(s, end);
        }
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
