using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Homestretch.Promising.Kernel;

/// <summary>The four quantiles of a forecast, in whole seconds.</summary>
internal readonly record struct Quantiles(int P50, int P80, int P90, int P95);

/// <summary>Exact order statistics of S whole numbers by a bitonic sorting network on vectors of eight.</summary>
/// <remarks>p-quantile by nearest rank: the ceil(p n)-th smallest (Hyndman and Fan 1996, definition 1). Example: of
/// {3, 1, 2} the P50 is 2. The network compares the same pairs whatever the data and the hardware (K. Batcher, Sorting
/// networks and their applications, 1968). Values must be below int.MaxValue, which pads the row.</remarks>
internal static unsafe class OrderStatistics
{
    /// <summary>Length of scratch that n values need: the next power of two, at least 64.</summary>
    internal static int ScratchLength(int n) => Math.Max(64, (int)BitOperations.RoundUpToPowerOf2((uint)n));

    /// <summary>Index in ascending order of the p-quantile of n values, p in percent from 1 to 100.</summary>
    internal static int Rank(int n, int percent) => (n * percent + 99) / 100 - 1;

    /// <summary>P50, P80, P90 and P95 of the n values in scratch, which must have <see cref="ScratchLength"/> room and
    /// is overwritten.</summary>
    internal static Quantiles Of(int* scratch, int n)
    {
        int r50 = Rank(n, 50), r80 = Rank(n, 80), r90 = Rank(n, 90), r95 = Rank(n, 95), length = ScratchLength(n);
        Pad(scratch, n, length);
        SortRunsOfEight(scratch, length);
        for (int run = 8; run < length / 2; run *= 2) MergeRuns(scratch, length, run);
        MergeAcross(scratch, length / 2);   // every vector now holds its eight ranks, in any order
        SortBitonic(scratch + (r50 & ~7));
        if (r80 >> 3 != r50 >> 3) SortBitonic(scratch + (r80 & ~7));
        if (r90 >> 3 != r80 >> 3) SortBitonic(scratch + (r90 & ~7));
        if (r95 >> 3 != r90 >> 3) SortBitonic(scratch + (r95 & ~7));
        return new(scratch[r50], scratch[r80], scratch[r90], scratch[r95]);
    }

    /// <summary>The p-quantile for one p, in percent; scratch as for all four.</summary>
    internal static int Of(int* scratch, int n, int percent)
    {
        Sort(scratch, n);
        return scratch[Rank(n, percent)];
    }

    private static void Sort(int* scratch, int n)
    {
        int length = ScratchLength(n);
        Pad(scratch, n, length);
        SortRunsOfEight(scratch, length);
        for (int run = 8; run < length; run *= 2) MergeRuns(scratch, length, run);
    }

    /// <summary>The p-quantile of any number of samples, which stay as they are.</summary>
    /// <param name="p">In (0, 1].</param>
    internal static int Quantile(ReadOnlySpan<int> samples, double p)
    {
        if (!(p is > 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(p), p, "A quantile's probability lies in (0, 1].\nMaybe this is a percentage: divide it by 100.");
        int[] sorted = new int[ScratchLength(samples.Length)];
        samples.CopyTo(sorted);
        fixed (int* scratch = sorted) Sort(scratch, samples.Length);
        return sorted[(int)Math.Ceiling(p * samples.Length - 1e-9) - 1];
    }

    /// <summary>How many of any number of samples are not above a value.</summary>
    internal static int CountUpTo(ReadOnlySpan<int> samples, int value)
    {
        int eights = samples.Length & ~7, count;
        fixed (int* values = samples) count = CountAtMost(values, eights, value);
        foreach (int x in samples[eights..]) count += x <= value ? 1 : 0;
        return count;
    }

    /// <summary>How many of n values (a multiple of 8) are not above x: P(by x) is this over n.</summary>
    internal static int CountAtMost(int* values, int n, int x)
    {
        Vector256<int> limit = Vector256.Create(x), above = default;
        for (int s = 0; s < n; s += 8) above -= Vector256.GreaterThan(Vector256.Load(values + s), limit);
        return n - Vector256.Sum(above);
    }

    private static void Pad(int* scratch, int n, int length)
    {
        for (int s = n; s < length; s++) scratch[s] = int.MaxValue;
    }

    /// <summary>Sorts each aligned run of eight: eight vectors column by column, then turned on their side.</summary>
    private static void SortRunsOfEight(int* p, int length)
    {
        for (int* end = p + length; p < end; p += 64)
        {
            Vector256<int> a = Vector256.Load(p), b = Vector256.Load(p + 8), c = Vector256.Load(p + 16), d = Vector256.Load(p + 24);
            Vector256<int> e = Vector256.Load(p + 32), f = Vector256.Load(p + 40), g = Vector256.Load(p + 48), h = Vector256.Load(p + 56);
            // Batcher's odd-even merge sort of eight: 19 comparators
            Order(ref a, ref b); Order(ref c, ref d); Order(ref e, ref f); Order(ref g, ref h);
            Order(ref a, ref c); Order(ref b, ref d); Order(ref e, ref g); Order(ref f, ref h);
            Order(ref b, ref c); Order(ref f, ref g); Order(ref a, ref e); Order(ref d, ref h);
            Order(ref b, ref f); Order(ref c, ref g);
            Order(ref b, ref e); Order(ref d, ref g);
            Order(ref c, ref e); Order(ref d, ref f);
            Order(ref d, ref e);
            Transpose(ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h);
            a.Store(p); b.Store(p + 8); c.Store(p + 16); d.Store(p + 24);
            e.Store(p + 32); f.Store(p + 40); g.Store(p + 48); h.Store(p + 56);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Order(ref Vector256<int> low, ref Vector256<int> high)
    {
        Vector256<int> smaller = Vector256.Min(low, high);
        high = Vector256.Max(low, high);
        low = smaller;
    }

    /// <summary>Exchanges blocks of 4, then 2, then 1 across the diagonal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(ref Vector256<int> a, ref Vector256<int> b, ref Vector256<int> c, ref Vector256<int> d,
        ref Vector256<int> e, ref Vector256<int> f, ref Vector256<int> g, ref Vector256<int> h)
    {
        Exchange4(ref a, ref e); Exchange4(ref b, ref f); Exchange4(ref c, ref g); Exchange4(ref d, ref h);
        Exchange2(ref a, ref c); Exchange2(ref b, ref d); Exchange2(ref e, ref g); Exchange2(ref f, ref h);
        Exchange1(ref a, ref b); Exchange1(ref c, ref d); Exchange1(ref e, ref f); Exchange1(ref g, ref h);
    }

    private static Vector256<int> Low4 => Vector256.Create(-1, -1, -1, -1, 0, 0, 0, 0);
    private static Vector256<int> Low2 => Vector256.Create(-1, -1, 0, 0, -1, -1, 0, 0);
    private static Vector256<int> Low1 => Vector256.Create(-1, 0, -1, 0, -1, 0, -1, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Swap4(Vector256<int> v) => Vector256.Shuffle(v, Vector256.Create(4, 5, 6, 7, 0, 1, 2, 3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Swap2(Vector256<int> v) => Vector256.Shuffle(v, Vector256.Create(2, 3, 0, 1, 6, 7, 4, 5));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Swap1(Vector256<int> v) => Vector256.Shuffle(v, Vector256.Create(1, 0, 3, 2, 5, 4, 7, 6));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Exchange4(ref Vector256<int> x, ref Vector256<int> y)
    {
        Vector256<int> newX = Vector256.ConditionalSelect(Low4, x, Swap4(y));
        y = Vector256.ConditionalSelect(Low4, Swap4(x), y);
        x = newX;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Exchange2(ref Vector256<int> x, ref Vector256<int> y)
    {
        Vector256<int> newX = Vector256.ConditionalSelect(Low2, x, Swap2(y));
        y = Vector256.ConditionalSelect(Low2, Swap2(x), y);
        x = newX;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Exchange1(ref Vector256<int> x, ref Vector256<int> y)
    {
        Vector256<int> newX = Vector256.ConditionalSelect(Low1, x, Swap1(y));
        y = Vector256.ConditionalSelect(Low1, Swap1(x), y);
        x = newX;
    }

    /// <summary>Merges neighbouring sorted runs over the whole length.</summary>
    private static void MergeRuns(int* p, int length, int run)
    {
        for (int* q = p; q < p + length; q += 2 * run) MergeAcross(q, run);
        for (int* q = p; q < p + length; q += 8) SortBitonic(q);
    }

    /// <summary>Two sorted runs become vectors in ascending order, each a bitonic eight.</summary>
    private static void MergeAcross(int* p, int run)
    {
        Vector256<int> backwards = Vector256.Create(7, 6, 5, 4, 3, 2, 1, 0);
        int* last = p + 2 * run - 8;
        for (int i = 0; i < run; i += 8)
        {
            Vector256<int> a = Vector256.Load(p + i), b = Vector256.Shuffle(Vector256.Load(last - i), backwards);
            Vector256.Min(a, b).Store(p + i);
            Vector256.Max(a, b).Store(last - i);
        }
        for (int stride = run / 2; stride >= 8; stride /= 2)
            for (int* q = p; q < p + 2 * run; q += 2 * stride)
                for (int i = 0; i < stride; i += 8)
                {
                    Vector256<int> a = Vector256.Load(q + i), b = Vector256.Load(q + stride + i);
                    Vector256.Min(a, b).Store(q + i);
                    Vector256.Max(a, b).Store(q + stride + i);
                }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SortBitonic(int* p)
    {
        Vector256<int> v = Vector256.Load(p), w = Swap4(v);
        v = Vector256.ConditionalSelect(Low4, Vector256.Min(v, w), Vector256.Max(v, w));
        w = Swap2(v);
        v = Vector256.ConditionalSelect(Low2, Vector256.Min(v, w), Vector256.Max(v, w));
        w = Swap1(v);
        v = Vector256.ConditionalSelect(Low1, Vector256.Min(v, w), Vector256.Max(v, w));
        v.Store(p);
    }
}
