namespace Homestretch.Promising.Kernel;

/// <summary>Puts orders in sequence: stable radix sorts, so that ties keep index order and the cost stays linear.</summary>
internal static class AllocationSequence
{
    private const int Digit = 11, Buckets = 1 << Digit;

    /// <summary>Orders by class, then due second, then index.</summary>
    public static int[] ByClassThenDue(AllocationProblem problem)
    {
        var keys = new ulong[problem.OrderCount];
        for (int order = 0; order < keys.Length; order++)
            keys[order] = (ulong)problem.OrderClass[order] << 32 | Biased(problem.DueSecond[order]);
        return Sorted(keys);
    }

    /// <summary>Orders with a start of 0 or more by start, then index; the others are left out.</summary>
    public static int[] ByStart(ReadOnlySpan<int> starts)
    {
        var keys = new ulong[starts.Length];
        int without = 0;
        for (int order = 0; order < keys.Length; order++)
        {
            keys[order] = starts[order] < 0 ? uint.MaxValue : (uint)starts[order];
            if (starts[order] < 0) without++;
        }
        int[] sorted = Sorted(keys);
        return without == 0 ? sorted : sorted[..^without];
    }

    /// <summary>Index of the keys in ascending order, ties by index.</summary>
    public static int[] Sorted(ulong[] keys)
    {
        int n = keys.Length;
        int[] index = new int[n], other = new int[n];
        for (int k = 0; k < n; k++) index[k] = k;
        ulong used = 0, first = n == 0 ? 0 : keys[0];
        foreach (ulong key in keys) used |= key ^ first;
        Span<int> counts = stackalloc int[Buckets];
        for (int shift = 0; shift < 64; shift += Digit)
        {
            if ((used >> shift & (Buckets - 1)) == 0) continue;
            counts.Clear();
            foreach (ulong key in keys) counts[(int)(key >> shift & (Buckets - 1))]++;
            int before = 0;
            foreach (ref int count in counts) (count, before) = (before, before + count);
            foreach (int k in index) other[counts[(int)(keys[k] >> shift & (Buckets - 1))]++] = k;
            (index, other) = (other, index);
        }
        return index;
    }

    /// <summary>An unsigned number that sorts as the signed one does.</summary>
    internal static uint Biased(int value) => unchecked((uint)value ^ 0x8000_0000u);
}
