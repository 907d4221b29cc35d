using System.Numerics;
using System.Runtime.InteropServices;

namespace Homestretch.Promising.Kernel;

/// <summary>Exact order statistics of samples without sorting or allocating.</summary>
public static class OrderStatistics
{
    /// <summary>The p-quantile by nearest rank: the smallest sample with at least ceil(p n) samples not above it.</summary>
    /// <param name="p">In (0, 1].</param>
    /// <remarks>Source: Hyndman and Fan 1996, definition 1. Example: {3, 1, 2}, p = 0.5 gives 2.</remarks>
    public static int Quantile(ReadOnlySpan<int> samples, double p)
    {
        if (!(p is > 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(p), p, "A quantile's probability lies in (0, 1].\nMaybe this is a percentage: divide it by 100.");
        return OfRank(samples, (int)Math.Ceiling(p * samples.Length - 1e-9));
    }

    /// <summary>The rank-th smallest sample, counted from 1.</summary>
    /// <remarks>Each pass counts the samples not above a pivot and finds the two values beside it, so every pass ends on a
    /// sample and the bracket shrinks to one in a handful of passes.</remarks>
    public static int OfRank(ReadOnlySpan<int> samples, int rank)
    {
        if (rank < 1 || rank > samples.Length) throw new ArgumentOutOfRangeException(nameof(rank), rank, $"Ranks count from 1 to {samples.Length}.");
        var (lowest, low, high) = Split(samples, int.MinValue);
        if (lowest > 0) low = int.MinValue;
        high = Max(samples);
        int below = 0, upTo = samples.Length;     // samples under low, samples not above high
        bool halve = false;
        while (low < high)
        {
            long width = (long)high - low;
            long step = halve ? width / 2 : (long)(width * ((rank - below - 0.5) / (upTo - below)));
            int pivot = (int)Math.Clamp(low + step, low, high - 1L);
            var (count, above, notAbove) = Split(samples, pivot);
            if (count >= rank)
            {
                halve = (upTo - count) * 2 < upTo - below;
                (high, upTo) = (notAbove, count);
            }
            else
            {
                halve = (count - below) * 2 < upTo - below;
                (low, below) = (above, count);
            }
        }
        return high;
    }

    /// <summary>How many samples are not above a value.</summary>
    public static int CountUpTo(ReadOnlySpan<int> samples, int value) => Split(samples, value).Count;

    /// <summary>Counts the samples not above the pivot; the smallest above it; the largest not above it.</summary>
    private static (int Count, int Above, int NotAbove) Split(ReadOnlySpan<int> samples, int pivot)
    {
        ReadOnlySpan<Vector<int>> v = MemoryMarshal.Cast<int, Vector<int>>(samples);
        var p = new Vector<int>(pivot);
        Vector<int> minus = Vector<int>.Zero, above = new(int.MaxValue), notAbove = new(int.MinValue);
        foreach (Vector<int> x in v)
        {
            Vector<int> greater = Vector.GreaterThan(x, p);
            minus += greater;
            above = Vector.Min(above, Vector.ConditionalSelect(greater, x, new(int.MaxValue)));
            notAbove = Vector.Max(notAbove, Vector.ConditionalSelect(greater, new(int.MinValue), x));
        }
        int count = v.Length * Vector<int>.Count + Vector.Sum(minus), least = int.MaxValue, most = int.MinValue;
        for (int i = 0; i < Vector<int>.Count; i++)
        {
            least = Math.Min(least, above[i]);
            most = Math.Max(most, notAbove[i]);
        }
        foreach (int x in samples[(v.Length * Vector<int>.Count)..])
        {
            if (x > pivot) least = Math.Min(least, x);
            else
            {
                count++;
                most = Math.Max(most, x);
            }
        }
        return (count, least, most);
    }

    private static int Max(ReadOnlySpan<int> samples)
    {
        int most = int.MinValue;
        foreach (int x in samples) most = Math.Max(most, x);
        return most;
    }
}
