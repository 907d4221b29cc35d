using System.Numerics;
using System.Runtime.InteropServices;

namespace Homestretch.Promising.Kernel;

/// <summary>The sampled arrivals of every supply: S values a supply, contiguous, whole seconds after t. The same sample
/// number is the same future for all of them (common random numbers).</summary>
/// <remarks>Whole seconds, not floats: max and add are exact and associative, so results have no rounding and are the same
/// bits on every machine and vector width.</remarks>
public sealed class Futures
{
    private int[] _arrivals;

    /// <param name="samples">S, a positive multiple of 8.</param>
    public Futures(int supplies, int samples)
    {
        if (samples <= 0 || samples % 8 != 0)
            throw new ArgumentOutOfRangeException(nameof(samples), samples, "The number of samples is a positive multiple of 8.");
        Samples = samples;
        Supplies = supplies;
        _arrivals = new int[(long)supplies * samples];
    }

    public int Samples { get; }
    public int Supplies { get; private set; }

    /// <summary>The S arrivals of one supply, to read or to fill.</summary>
    public Span<int> this[int supply] => _arrivals.AsSpan(supply * Samples, Samples);

    /// <summary>Room for one more supply; returns its index.</summary>
    public int Append()
    {
        if (((long)Supplies + 1) * Samples > _arrivals.Length) Array.Resize(ref _arrivals, Math.Max(16, Supplies * 5 / 4 + 1) * Samples);
        return Supplies++;
    }

    internal ReadOnlySpan<int> All => _arrivals;
}

/// <summary>Lane-by-lane maximum and shift over samples.</summary>
internal static class Lanewise
{
    /// <summary>target = max(target, other).</summary>
    public static void Max(Span<int> target, ReadOnlySpan<int> other)
    {
        Span<Vector<int>> t = MemoryMarshal.Cast<int, Vector<int>>(target);
        ReadOnlySpan<Vector<int>> o = MemoryMarshal.Cast<int, Vector<int>>(other);
        for (int i = 0; i < t.Length && i < o.Length; i++) t[i] = Vector.Max(t[i], o[i]);
        for (int i = t.Length * Vector<int>.Count; i < target.Length; i++) target[i] = Math.Max(target[i], other[i]);
    }

    /// <summary>free = end = max(free, ready) + work: one build on a line that keeps strict sequence. True when any end differs from before.</summary>
    public static bool Run(Span<int> free, ReadOnlySpan<int> ready, int work, Span<int> end)
    {
        Span<Vector<int>> f = MemoryMarshal.Cast<int, Vector<int>>(free);
        ReadOnlySpan<Vector<int>> r = MemoryMarshal.Cast<int, Vector<int>>(ready);
        Span<Vector<int>> e = MemoryMarshal.Cast<int, Vector<int>>(end);
        var w = new Vector<int>(work);
        var differs = Vector<int>.Zero;
        for (int i = 0; i < f.Length; i++)
        {
            f[i] = Vector.Max(f[i], r[i]) + w;
            differs |= f[i] ^ e[i];
            e[i] = f[i];
        }
        bool any = differs != Vector<int>.Zero;
        for (int i = f.Length * Vector<int>.Count; i < free.Length; i++)
        {
            free[i] = unchecked(Math.Max(free[i], ready[i]) + work);
            any |= end[i] != free[i];
            end[i] = free[i];
        }
        return any;
    }
}
