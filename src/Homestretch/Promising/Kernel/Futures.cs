using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Homestretch.Promising.Kernel;

/// <summary>S possible futures for each of many rows: a lot's arrivals, a build's ends, an outbound lane's durations.
/// One row's S values lie side by side, in whole seconds (after t, or of duration), each in [0, <see cref="Never"/>].</summary>
/// <remarks>Whole seconds, not floats: max and add are then exact and the same on every machine and vector width.
/// Rows live in slabs, so appending moves nothing. Not safe to append while others read.</remarks>
internal sealed unsafe class Futures
{
    /// <summary>Beyond every horizon: 2^30 s, 34 years after t. Adding work or outbound to it cannot overflow.</summary>
    public const int Never = 1 << 30;

    private const int SlabBytes = 8 << 20;
    private readonly List<int[]> _slabs = [];
    private readonly int _slabShift;
    private nint[] _starts = [];

    /// <param name="samples">S: a multiple of 8 in [8, 4096].</param>
    /// <param name="capacity">Rows expected; more may be appended.</param>
    public Futures(int samples, int capacity = 0)
    {
        if (samples is < 8 or > 4096 || samples % 8 != 0)
            throw new ArgumentOutOfRangeException(nameof(samples), samples, "The number of samples is a multiple of 8 from 8 to 4,096.");
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        Samples = samples;
        int full = Math.Max(16, (int)BitOperations.RoundUpToPowerOf2((uint)(SlabBytes / 4 / samples)));
        int wanted = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(capacity, 16, full));
        _slabShift = BitOperations.Log2((uint)wanted);
    }

    /// <summary>S, the number of futures in a row.</summary>
    public int Samples { get; }

    public int Count { get; private set; }

    /// <summary>The S futures of one row.</summary>
    public ReadOnlySpan<int> this[int row]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Count, nameof(row));
            return new(Row(row), Samples);
        }
    }

    /// <summary>Appends a row and returns its index. Values outside [0, <see cref="Never"/>] become the nearer end:
    /// what came before t is there at t.</summary>
    public int Append(ReadOnlySpan<int> futures)
    {
        int row = AppendRows(1);
        Set(row, futures);
        return row;
    }

    /// <summary>Overwrites a row; values outside [0, <see cref="Never"/>] become the nearer end.</summary>
    public void Set(int row, ReadOnlySpan<int> futures)
    {
        if (futures.Length != Samples)
            throw new ArgumentException($"A row has {Samples} futures; got {futures.Length}.", nameof(futures));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Count, nameof(row));
        int* target = Row(row);
        fixed (int* source = futures)
            for (int s = 0; s < Samples; s += 8)
                Vector256.Min(Vector256.Max(Vector256.Load(source + s), default), Vector256.Create(Never)).Store(target + s);
    }

    /// <summary>Appends rows whose content is undefined until written; returns the index of the first.</summary>
    internal int AppendRows(int count)
    {
        int first = Count, rowsPerSlab = 1 << _slabShift;
        while (_slabs.Count << _slabShift < first + count) AddSlab(rowsPerSlab);
        Count = first + count;
        return first;
    }

    /// <summary>The same rows, of their own.</summary>
    internal Futures Copy()
    {
        int rowsPerSlab = 1 << _slabShift;
        var copy = new Futures(Samples, rowsPerSlab);
        copy.AppendRows(Count);
        Parallel.For(0, (Count + rowsPerSlab - 1) / rowsPerSlab, slab =>
        {
            long bytes = 4L * Samples * Math.Min(rowsPerSlab, Count - slab * rowsPerSlab);
            Buffer.MemoryCopy((void*)_starts[slab], (void*)copy._starts[slab], bytes, bytes);
        });
        return copy;
    }

    /// <summary>Address of a row, aligned to 32 bytes. The slabs are pinned, so it stays true while this object lives.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int* Row(int row) => (int*)_starts[row >> _slabShift] + (nint)(row & ((1 << _slabShift) - 1)) * Samples;

    private void AddSlab(int rows)
    {
        int[] slab = GC.AllocateUninitializedArray<int>(checked(rows * Samples) + 16, pinned: true);
        _slabs.Add(slab);
        Array.Resize(ref _starts, _slabs.Count);
        nint start = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(slab));
        _starts[^1] = (start + 63) & ~63;
    }
}
