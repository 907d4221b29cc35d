using System.Numerics;
using System.Runtime.Intrinsics;

namespace Homestretch.Promising.Kernel;

/// <summary>The builds one sample of a line has considered and not yet done, in sequence order. Taken entries leave a
/// hole (ready = <see cref="Hole"/>) until the list is packed. The smallest ready second of every 32 entries is kept
/// too, so the first whole build is found by looking at those, then at one block: lists of hundreds are usual.</summary>
internal sealed unsafe class WaitingBuilds
{
    internal const int Hole = int.MaxValue;
    private const int Block = 32;
    private int[] _ready = [], _smallest = [], _build = [], _parkAt = [];
    private int _length, _holder;

    internal WaitingBuilds() => Widen(8 * Block);

    /// <summary>How many wait.</summary>
    internal int Live { get; private set; }

    /// <summary>Smallest ready second of those waiting; <see cref="Hole"/> when none is.</summary>
    internal int Soonest { get; private set; } = Hole;

    internal void Clear()
    {
        Array.Fill(_ready, Hole, 0, _length);
        Array.Fill(_smallest, Hole, 0, (_length + Block - 1) / Block);
        (_length, _holder, Live, Soonest) = (0, 0, 0, Hole);
    }

    internal void Add(int ready, int build, int parkAt)
    {
        unchecked
        {
            if (_length == _ready.Length) MakeRoom();
            int at = _length++;
            _ready[at] = ready;
            _build[at] = build;
            _parkAt[at] = parkAt;
            ref int smallest = ref _smallest[at / Block];
            if (ready < smallest) smallest = ready;
            if (ready < Soonest) Soonest = ready;
            Live++;
        }
    }

    /// <summary>Takes the first in sequence that is whole at f; one must be.</summary>
    internal int TakeFirstWhole(int f)
    {
        unchecked
        {
            fixed (int* smallest = _smallest, ready = _ready)
            {
                int block = FirstAtMost(smallest, f), at = Block * block + FirstAtMost(ready + Block * block, f);
                ready[at] = Hole;
                smallest[block] = Smallest(ready + Block * block, Block);
                Soonest = Smallest(smallest, (_length + Block - 1) / Block);
                if (--Live == 0) (_length, _holder) = (0, 0);
                return _build[at];
            }
        }
    }

    /// <summary>The parking second of the build that holds the turn: the first that f has not passed it of. No build
    /// planned after that second may start; <see cref="Hole"/> when nobody holds the turn. f never goes back.</summary>
    internal int ReachAt(int f)
    {
        while (_holder < _length && (_ready[_holder] == Hole || _parkAt[_holder] < f)) _holder++;
        return _holder < _length ? _parkAt[_holder] : Hole;
    }

    /// <summary>First in sequence; one must wait.</summary>
    internal int First()
    {
        fixed (int* smallest = _smallest, ready = _ready)
        {
            int block = FirstAtMost(smallest, Hole - 1);
            return _build[Block * block + FirstAtMost(ready + Block * block, Hole - 1)];
        }
    }

    /// <summary>All that wait, in sequence order.</summary>
    internal IEnumerable<int> Builds()
    {
        for (int i = 0; i < _length; i++)
            if (_ready[i] != Hole) yield return _build[i];
    }

    private static int FirstAtMost(int* values, int limit)
    {
        unchecked
        {
            Vector256<int> above = Vector256.Create(limit);
            for (int i = 0; ; i += 8)
            {
                uint found = ~Vector256.GreaterThan(Vector256.Load(values + i), above).ExtractMostSignificantBits() & 0xFF;
                if (found != 0) return i + BitOperations.TrailingZeroCount(found);
            }
        }
    }

    private static int Smallest(int* values, int count)
    {
        unchecked
        {
            Vector256<int> v = Vector256.Load(values);
            for (int i = 8; i < count; i += 8) v = Vector256.Min(v, Vector256.Load(values + i));
            Vector128<int> w = Vector128.Min(v.GetLower(), v.GetUpper());
            w = Vector128.Min(w, Vector128.Shuffle(w, Vector128.Create(2, 3, 0, 1)));
            return Math.Min(w.GetElement(0), w.GetElement(1));
        }
    }

    /// <summary>Packs the holes away when half are holes, else doubles.</summary>
    private void MakeRoom()
    {
        if (Live > _length / 2)
        {
            Widen(2 * _length);
            return;
        }
        int kept = 0, holder = -1;
        for (int i = 0; i < _length; i++)
        {
            if (i >= _holder && holder < 0) holder = kept;
            if (_ready[i] == Hole) continue;
            (_ready[kept], _build[kept], _parkAt[kept]) = (_ready[i], _build[i], _parkAt[i]);
            kept++;
        }
        Array.Fill(_ready, Hole, kept, _length - kept);
        fixed (int* ready = _ready)
            for (int block = 0; block < _length / Block; block++) _smallest[block] = Smallest(ready + Block * block, Block);
        (_length, _holder) = (kept, holder < 0 ? kept : holder);
    }

    /// <summary>Room for more; always a multiple of eight blocks, holes behind the length.</summary>
    private void Widen(int capacity)
    {
        int before = _ready.Length;
        Array.Resize(ref _build, capacity);
        Array.Resize(ref _parkAt, capacity);
        Array.Resize(ref _ready, capacity);
        Array.Resize(ref _smallest, capacity / Block);
        Array.Fill(_ready, Hole, before, capacity - before);
        Array.Fill(_smallest, Hole, before / Block, (capacity - before) / Block);
    }
}
