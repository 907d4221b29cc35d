using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Homestretch.Promising.Kernel;

/// <summary>The four quantiles of a forecast, in whole seconds.</summary>
internal readonly record struct Quantiles(int P50, int P80, int P90, int P95);

/// <summary>Exact order statistics of S whole numbers by a sorting network on vectors of eight.</summary>
/// <remarks><para>p-quantile by nearest rank: the ceil(p n)-th smallest (Hyndman and Fan 1996, definition 1). Example: of
/// {3, 1, 2} the P50 is 2. The network compares the same pairs whatever the data and the hardware. Values must be below
/// int.MaxValue, which pads the row, or equal to it.</para>
/// <para>128 values are a tile of 16 rows of 8. Rank k of a tile stands in column k / 16, row k mod 16: the columns are
/// sorted first, eight at once (60 comparators, M. Green; Knuth 5.3.4), then merged bitonically in pairs, fours and eights
/// (K. Batcher, Sorting networks and their applications, 1968), so that nothing is ever turned on its side.</para></remarks>
internal static unsafe class OrderStatistics
{
    private const int Tile = 128;

    /// <summary>Length of scratch that n values need: the next power of two, at least a tile.</summary>
    internal static int ScratchLength(int n) => Math.Max(Tile, (int)BitOperations.RoundUpToPowerOf2((uint)n));

    /// <summary>Index in ascending order of the p-quantile of n values, p in percent from 1 to 100.</summary>
    internal static int Rank(int n, int percent) => (n * percent + 99) / 100 - 1;

    /// <summary>P50, P80, P90 and P95 of the n values in scratch, which must have <see cref="ScratchLength"/> room and
    /// is overwritten.</summary>
    internal static Quantiles Of(int* scratch, int n)
    {
        Sort(scratch, n);
        return new(At(scratch, Rank(n, 50)), At(scratch, Rank(n, 80)), At(scratch, Rank(n, 90)), At(scratch, Rank(n, 95)));
    }

    /// <summary>The p-quantile for one p, in percent; scratch as for all four.</summary>
    internal static int Of(int* scratch, int n, int percent)
    {
        Sort(scratch, n);
        return At(scratch, Rank(n, percent));
    }

    /// <summary>The value of a rank in sorted scratch.</summary>
    private static int At(int* sorted, int rank) => sorted[(rank & -Tile) + 8 * (rank & 15) + ((rank & Tile - 1) >> 4)];

    private static void Sort(int* scratch, int n)
    {
        unchecked
        {
            int length = ScratchLength(n);
            Pad(scratch, n, length);
            for (int* tile = scratch; tile < scratch + length; tile += Tile) SortTile(tile);
            for (int run = Tile; run < length; run *= 2)
                for (int* pair = scratch; pair < scratch + length; pair += 2 * run) MergeTiles(pair, run);
        }
    }

    /// <summary>The p-quantile of any number of samples, which stay as they are.</summary>
    /// <param name="p">In (0, 1].</param>
    internal static int Quantile(ReadOnlySpan<int> samples, double p)
    {
        if (!(p is > 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(p), p, "A quantile's probability lies in (0, 1].\nMaybe this is a percentage: divide it by 100.");
        int length = ScratchLength(samples.Length);
        Span<int> sorted = length <= 1_024 ? stackalloc int[length] : new int[length];
        samples.CopyTo(sorted);
        fixed (int* scratch = sorted)
        {
            Sort(scratch, samples.Length);
            return At(scratch, (int)Math.Ceiling(p * samples.Length - 1e-9) - 1);
        }
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

    private static void SortTile(int* t)
    {
        SortColumns(t);
        MergeColumns2(t);
        CleanColumns(t);
        MergeColumns4(t);
        CleanColumns(t);
        MergeColumns8(t);
        CleanColumns(t);
    }

    /// <summary>Sorts each of the eight columns of 16.</summary>
    private static void SortColumns(int* t)
    {
        unchecked
        {
            Vector256<int> a = Vector256.Load(t), b = Vector256.Load(t + 8), c = Vector256.Load(t + 16), d = Vector256.Load(t + 24);
            Vector256<int> e = Vector256.Load(t + 32), f = Vector256.Load(t + 40), g = Vector256.Load(t + 48), h = Vector256.Load(t + 56);
            Vector256<int> i = Vector256.Load(t + 64), j = Vector256.Load(t + 72), k = Vector256.Load(t + 80), l = Vector256.Load(t + 88);
            Vector256<int> m = Vector256.Load(t + 96), n = Vector256.Load(t + 104), o = Vector256.Load(t + 112), p = Vector256.Load(t + 120);
            Order(ref a, ref n); Order(ref b, ref m); Order(ref c, ref p); Order(ref d, ref o);
            Order(ref e, ref i); Order(ref f, ref g); Order(ref h, ref l); Order(ref j, ref k);
            Order(ref a, ref f); Order(ref b, ref h); Order(ref c, ref j); Order(ref d, ref e);
            Order(ref g, ref n); Order(ref i, ref o); Order(ref k, ref p); Order(ref l, ref m);
            Order(ref a, ref b); Order(ref c, ref d); Order(ref e, ref f); Order(ref g, ref i);
            Order(ref h, ref j); Order(ref k, ref l); Order(ref m, ref n); Order(ref o, ref p);
            Order(ref a, ref c); Order(ref b, ref d); Order(ref e, ref k); Order(ref f, ref l);
            Order(ref g, ref h); Order(ref i, ref j); Order(ref m, ref o); Order(ref n, ref p);
            Order(ref b, ref c); Order(ref d, ref m); Order(ref e, ref g); Order(ref f, ref h);
            Order(ref i, ref k); Order(ref j, ref l); Order(ref n, ref o);
            Order(ref b, ref e); Order(ref c, ref g); Order(ref f, ref i); Order(ref h, ref k);
            Order(ref j, ref n); Order(ref l, ref o);
            Order(ref c, ref e); Order(ref d, ref g); Order(ref j, ref m); Order(ref l, ref n);
            Order(ref d, ref f); Order(ref g, ref i); Order(ref h, ref j); Order(ref k, ref m);
            Order(ref d, ref e); Order(ref f, ref g); Order(ref h, ref i); Order(ref j, ref k);
            Order(ref l, ref m);
            Order(ref g, ref h); Order(ref i, ref j);
            a.Store(t); b.Store(t + 8); c.Store(t + 16); d.Store(t + 24);
            e.Store(t + 32); f.Store(t + 40); g.Store(t + 48); h.Store(t + 56);
            i.Store(t + 64); j.Store(t + 72); k.Store(t + 80); l.Store(t + 88);
            m.Store(t + 96); n.Store(t + 104); o.Store(t + 112); p.Store(t + 120);
        }
    }

    /// <summary>Sorts each of the eight columns of 16, which are bitonic.</summary>
    private static void CleanColumns(int* t)
    {
        unchecked
        {
            Vector256<int> a = Vector256.Load(t), b = Vector256.Load(t + 8), c = Vector256.Load(t + 16), d = Vector256.Load(t + 24);
            Vector256<int> e = Vector256.Load(t + 32), f = Vector256.Load(t + 40), g = Vector256.Load(t + 48), h = Vector256.Load(t + 56);
            Vector256<int> i = Vector256.Load(t + 64), j = Vector256.Load(t + 72), k = Vector256.Load(t + 80), l = Vector256.Load(t + 88);
            Vector256<int> m = Vector256.Load(t + 96), n = Vector256.Load(t + 104), o = Vector256.Load(t + 112), p = Vector256.Load(t + 120);
            Order(ref a, ref i); Order(ref b, ref j); Order(ref c, ref k); Order(ref d, ref l);
            Order(ref e, ref m); Order(ref f, ref n); Order(ref g, ref o); Order(ref h, ref p);
            Order(ref a, ref e); Order(ref b, ref f); Order(ref c, ref g); Order(ref d, ref h);
            Order(ref i, ref m); Order(ref j, ref n); Order(ref k, ref o); Order(ref l, ref p);
            Order(ref a, ref c); Order(ref b, ref d); Order(ref e, ref g); Order(ref f, ref h);
            Order(ref i, ref k); Order(ref j, ref l); Order(ref m, ref o); Order(ref n, ref p);
            Order(ref a, ref b); Order(ref c, ref d); Order(ref e, ref f); Order(ref g, ref h);
            Order(ref i, ref j); Order(ref k, ref l); Order(ref m, ref n); Order(ref o, ref p);
            a.Store(t); b.Store(t + 8); c.Store(t + 16); d.Store(t + 24);
            e.Store(t + 32); f.Store(t + 40); g.Store(t + 48); h.Store(t + 56);
            i.Store(t + 64); j.Store(t + 72); k.Store(t + 80); l.Store(t + 88);
            m.Store(t + 96); n.Store(t + 104); o.Store(t + 112); p.Store(t + 120);
        }
    }

    /// <summary>Two neighbouring columns, both sorted, become a low and a high one, both bitonic.</summary>
    private static void MergeColumns2(int* t)
    {
        unchecked
        {
            for (int* low = t, high = t + Tile - 8; low < high; low += 8, high -= 8)
            {
                Vector256<int> x = Vector256.Load(low), y = Vector256.Load(high);
                Halve(x, Swap1(y), Low1).Store(low);
                Halve(y, Swap1(x), Low1).Store(high);
            }
        }
    }

    /// <summary>Two sorted pairs of columns become four ascending bitonic columns.</summary>
    private static void MergeColumns4(int* t)
    {
        unchecked
        {
            for (int* low = t, high = t + Tile - 8; low < high; low += 8, high -= 8)
            {
                Vector256<int> x = Vector256.Load(low), y = Vector256.Load(high);
                Clean1(Halve(x, Mirror4(y), Low2)).Store(low);
                Clean1(Halve(y, Mirror4(x), Low2)).Store(high);
            }
        }
    }

    /// <summary>Two sorted fours of columns become eight ascending bitonic columns.</summary>
    private static void MergeColumns8(int* t)
    {
        unchecked
        {
            for (int* low = t, high = t + Tile - 8; low < high; low += 8, high -= 8)
            {
                Vector256<int> x = Vector256.Load(low), y = Vector256.Load(high);
                Clean1(Clean2(Halve(x, Mirror8(y), Low4))).Store(low);
                Clean1(Clean2(Halve(y, Mirror8(x), Low4))).Store(high);
            }
        }
    }

    /// <summary>Two runs of tiles, both sorted, become one.</summary>
    private static void MergeTiles(int* p, int run)
    {
        unchecked
        {
            for (int low = 0; low < run; low += Tile)   // rank k of the first against rank k from the end of the second
                for (int row = 0; row < Tile; row += 8)
                {
                    int* x = p + low + row, y = p + 2 * run - low - 8 - row;
                    Vector256<int> a = Vector256.Load(x), b = Mirror8(Vector256.Load(y));
                    Vector256.Min(a, b).Store(x);
                    Mirror8(Vector256.Max(a, b)).Store(y);
                }
            for (int stride = run / 2; stride >= Tile; stride /= 2)
                for (int* q = p; q < p + 2 * run; q += 2 * stride)
                    for (int i = 0; i < stride; i += 8)
                    {
                        Vector256<int> a = Vector256.Load(q + i), b = Vector256.Load(q + stride + i);
                        Vector256.Min(a, b).Store(q + i);
                        Vector256.Max(a, b).Store(q + stride + i);
                    }
            for (int* tile = p; tile < p + 2 * run; tile += Tile)
            {
                for (int* row = tile; row < tile + Tile; row += 8)
                    Clean1(Clean2(Clean4(Vector256.Load(row)))).Store(row);
                CleanColumns(tile);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Order(ref Vector256<int> low, ref Vector256<int> high)
    {
        Vector256<int> smaller = Vector256.Min(low, high);
        high = Vector256.Max(low, high);
        low = smaller;
    }

    /// <summary>The smaller where low, the larger elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Halve(Vector256<int> x, Vector256<int> y, Vector256<int> low) =>
        Vector256.ConditionalSelect(low, Vector256.Min(x, y), Vector256.Max(x, y));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Clean4(Vector256<int> v) => Halve(v, Vector256.Shuffle(v, Vector256.Create(4, 5, 6, 7, 0, 1, 2, 3)), Low4);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Clean2(Vector256<int> v) => Halve(v, Vector256.Shuffle(v, Vector256.Create(2, 3, 0, 1, 6, 7, 4, 5)), Low2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Clean1(Vector256<int> v) => Halve(v, Swap1(v), Low1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Mirror8(Vector256<int> v) => Vector256.Shuffle(v, Vector256.Create(7, 6, 5, 4, 3, 2, 1, 0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Mirror4(Vector256<int> v) => Vector256.Shuffle(v, Vector256.Create(3, 2, 1, 0, 7, 6, 5, 4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Swap1(Vector256<int> v) => Vector256.Shuffle(v, Vector256.Create(1, 0, 3, 2, 5, 4, 7, 6));

    private static Vector256<int> Low4 => Vector256.Create(-1, -1, -1, -1, 0, 0, 0, 0);
    private static Vector256<int> Low2 => Vector256.Create(-1, -1, 0, 0, -1, -1, 0, 0);
    private static Vector256<int> Low1 => Vector256.Create(-1, 0, -1, 0, -1, 0, -1, 0);
}
