using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Homestretch.Promising.Kernel;

/// <summary>A build that a run of a line has considered; samples name it by its number.</summary>
internal readonly record struct ConsideredBuild(int Build, int Work, int ParkAt);

/// <summary>The builds one sample of a line has considered and not yet done, in sequence order. Taken entries leave a
/// hole (ready = <see cref="Hole"/>) until the list is packed. The smallest ready second of every 64 entries is kept
/// too, so the whole builds are found by looking at those, then at one block: lists of hundreds are usual.</summary>
internal sealed unsafe class WaitingBuilds
{
    internal const int Hole = int.MaxValue;
    private const int Block = 64;
    private int[] _memory = [];
    private int* _ready, _smallest, _number;
    private int _length, _capacity, _holder, _holes;

    internal WaitingBuilds() => Widen(4 * Block);

    /// <summary>How many wait.</summary>
    internal int Live => _length - _holes;

    internal void Clear()
    {
        new Span<int>(_ready, _length).Fill(Hole);
        new Span<int>(_smallest, Blocks).Fill(Hole);
        (_length, _holder, _holes) = (0, 0, 0);
    }

    /// <summary>Room for more; packs the holes away when they are a third of the list.</summary>
    internal void MakeRoom(int more)
    {
        while (_length + more > _capacity)
            if (3 * Live > 2 * _length) Widen(2 * _capacity); else Pack();
    }

    /// <summary>Adds a build by its number behind all others; room was made.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add(int ready, int number)
    {
        unchecked
        {
            int at = _length++;
            _ready[at] = ready;
            _number[at] = number;
            int* smallest = _smallest + (uint)at / Block;
            *smallest = Math.Min(*smallest, ready);
        }
    }

    /// <summary>The builds whole at f in the first block that has one, as bits; one must be.</summary>
    /// <param name="block">That block.</param>
    /// <param name="rest">Smallest ready second of the others in the block.</param>
    /// <param name="next">Smallest ready second of all others that are not whole: until f comes there, the first of the bits
    /// is the first whole build of all that wait.</param>
    /// <param name="more">Whether later blocks have whole ones too.</param>
    internal ulong Whole(int f, out int block, out int rest, out int next, out bool more)
    {
        unchecked
        {
            Vector256<int> limit = Vector256.Create(f), hole = Vector256.Create(Hole), others = hole, later;
            (block, more) = (-1, false);
            for (int i = 0; i < Blocks; i += 8)
            {
                Vector256<int> v = Vector256.Load(_smallest + i);
                later = Vector256.GreaterThan(v, limit);
                others = Vector256.Min(others, Vector256.ConditionalSelect(later, v, hole));
                uint here = ~later.ExtractMostSignificantBits() & 0xFF;
                if (here == 0) continue;
                more |= block >= 0 || (here & here - 1) != 0;
                if (block < 0) block = i + BitOperations.TrailingZeroCount(here);
            }
            ulong whole = 0;
            Vector256<int> left = hole;
            int* ready = _ready + Block * block;
            for (int i = 0; i < Block; i += 16)
            {
                Vector256<int> v = Vector256.Load(ready + i), w = Vector256.Load(ready + i + 8);
                later = Vector256.GreaterThan(v, limit);
                left = Vector256.Min(left, Vector256.ConditionalSelect(later, v, hole));
                ulong bits = ~later.ExtractMostSignificantBits() & 0xFF;
                later = Vector256.GreaterThan(w, limit);
                left = Vector256.Min(left, Vector256.ConditionalSelect(later, w, hole));
                whole |= (bits | (~later.ExtractMostSignificantBits() & 0xFF) << 8) << i;
            }
            rest = Smallest(left);
            next = Smallest(Vector256.Min(left, others));
            return whole;
        }
    }

    /// <summary>Takes an entry out, to <see cref="Settle"/> its block afterwards; returns the build's number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Take(int at)
    {
        _ready[at] = Hole;
        return _number[at];
    }

    /// <summary>After some entries of a block were taken.</summary>
    /// <param name="taken">How many.</param>
    /// <param name="smallest">No more than the smallest ready second left in the block, and exact unless it is whole.</param>
    internal void Settle(int block, int taken, int smallest)
    {
        unchecked
        {
            _smallest[block] = smallest;
            _holes += taken;
            if (_holes == _length) (_length, _holder, _holes) = (0, 0, 0);
        }
    }

    /// <summary>The parking second of the build that holds the turn: the first that f has not passed it of. No build
    /// planned after that second may start; <see cref="Hole"/> when nobody holds the turn. f never goes back.</summary>
    internal int ReachAt(int f, ConsideredBuild[] builds)
    {
        unchecked
        {
            int at = _holder, length = _length;
            while (at < length && (_ready[at] == Hole || builds[_number[at]].ParkAt < f)) at++;
            _holder = at;
            return at < length ? builds[_number[at]].ParkAt : Hole;
        }
    }

    /// <summary>Number of the first in sequence; one must wait.</summary>
    internal int First()
    {
        int at = 0;
        while (_smallest[at / Block] == Hole) at += Block;
        while (_ready[at] == Hole) at++;
        return _number[at];
    }

    /// <summary>Where the next one in sequence order stands, from a place on; -1 when no more wait.</summary>
    internal int Next(int at)
    {
        for (; at < _length; at++)
        {
            if (at % Block == 0)
                while (at < _length && _smallest[at / Block] == Hole) at += Block;
            if (at < _length && _ready[at] != Hole) return at;
        }
        return -1;
    }

    internal int Number(int at) => _number[at];

    internal int Ready(int at) => _ready[at];

    private int Blocks => (_length + Block - 1) / Block;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Smallest(Vector256<int> v)
    {
        Vector128<int> w = Vector128.Min(v.GetLower(), v.GetUpper());
        w = Vector128.Min(w, Vector128.Shuffle(w, Vector128.Create(2, 3, 0, 1)));
        return Math.Min(w.GetElement(0), w.GetElement(1));
    }

    private void Pack()
    {
        unchecked
        {
            int kept = 0, holder = -1, length = _length;
            new Span<int>(_smallest, Blocks).Fill(Hole);
            for (int at = 0; at < length; at++)
            {
                if (at == _holder) holder = kept;
                int ready = _ready[at];
                if (ready == Hole) continue;
                (_ready[kept], _number[kept]) = (ready, _number[at]);
                ref int smallest = ref _smallest[kept / Block];
                smallest = Math.Min(smallest, ready);
                kept++;
            }
            new Span<int>(_ready + kept, length - kept).Fill(Hole);
            (_length, _holder, _holes) = (kept, holder < 0 ? kept : holder, 0);
        }
    }

    /// <summary>Room for more, always a multiple of eight blocks where smallest seconds are looked at; holes behind the length.</summary>
    private void Widen(int capacity)
    {
        int blocks = Math.Max(8, capacity / Block), before = _capacity;
        int[] memory = GC.AllocateUninitializedArray<int>(2 * capacity + blocks + 16, pinned: true);
        int* ready = (int*)(((nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(memory)) + 63) & ~63), number = ready + capacity, smallest = number + capacity;
        new Span<int>(ready, capacity).Fill(Hole);
        new Span<int>(smallest, blocks).Fill(Hole);
        if (before > 0)
        {
            new Span<int>(_ready, _length).CopyTo(new(ready, _length));
            new Span<int>(_smallest, Blocks).CopyTo(new(smallest, Blocks));
            new Span<int>(_number, _length).CopyTo(new(number, _length));
        }
        (_memory, _capacity) = (memory, capacity);
        _ready = ready;
        _smallest = smallest;
        _number = number;
    }
}
