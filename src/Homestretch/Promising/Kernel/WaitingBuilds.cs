using System.Runtime.Intrinsics;

namespace Homestretch.Promising.Kernel;

/// <summary>The builds one sample of a line has considered and not yet done, in sequence order. Taken entries leave a
/// hole (ready = <see cref="Hole"/>) until the list is packed.</summary>
internal sealed class WaitingBuilds
{
    internal const int Hole = int.MaxValue;
    internal int[] Ready = Filled(32), Build = new int[32], ParkAt = new int[32];
    internal int Length, Live, Holder;

    /// <summary>Smallest ready second of those waiting; <see cref="Hole"/> when none is.</summary>
    internal int Soonest = Hole;

    internal void Clear()
    {
        Array.Fill(Ready, Hole, 0, Length);
        (Length, Live, Holder, Soonest) = (0, 0, 0, Hole);
    }

    internal void Add(int ready, int build, int parkAt)
    {
        if (Length == Ready.Length) MakeRoom();
        Ready[Length] = ready;
        ParkAt[Length] = parkAt;
        Build[Length++] = build;
        Live++;
        if (ready < Soonest) Soonest = ready;
    }

    /// <summary>Takes the first in sequence that is whole at f; one must be.</summary>
    internal int TakeFirstWhole(int f)
    {
        int found = Search(f);
        int build = Build[found];
        if (--Live == 0) (Length, Holder) = (0, 0);
        return build;
    }

    /// <summary>The parking second of the build that holds the turn: the first that f has not passed it of. No build
    /// planned after that second may start; <see cref="Hole"/> when nobody holds the turn. f never goes back.</summary>
    internal int ReachAt(int f)
    {
        while (Holder < Length && (Ready[Holder] == Hole || ParkAt[Holder] < f)) Holder++;
        return Holder < Length ? ParkAt[Holder] : Hole;
    }

    /// <summary>First in sequence, or -1.</summary>
    internal int First()
    {
        for (int i = 0; i < Length; i++)
            if (Ready[i] != Hole) return Build[i];
        return -1;
    }

    private unsafe int Search(int f)
    {
        unchecked
        {
            Vector256<int> limit = Vector256.Create(f), smallest = Vector256.Create(Hole);
            int found = -1;
            fixed (int* ready = Ready)
            {
                int i = 0;
                for (; found < 0; i += 8)
                {
                    uint whole = ~Vector256.GreaterThan(Vector256.Load(ready + i), limit).ExtractMostSignificantBits() & 0xFF;
                    if (whole != 0)
                    {
                        found = i + System.Numerics.BitOperations.TrailingZeroCount(whole);
                        ready[found] = Hole;
                    }
                    smallest = Vector256.Min(smallest, Vector256.Load(ready + i));
                }
                for (; i < Length; i += 8) smallest = Vector256.Min(smallest, Vector256.Load(ready + i));
            }
            Soonest = Smallest(smallest);
            return found;
        }
    }

    private static int Smallest(Vector256<int> v)
    {
        v = Vector256.Min(v, Vector256.Shuffle(v, Vector256.Create(4, 5, 6, 7, 0, 1, 2, 3)));
        v = Vector256.Min(v, Vector256.Shuffle(v, Vector256.Create(2, 3, 0, 1, 6, 7, 4, 5)));
        return Math.Min(v.GetElement(0), v.GetElement(1));
    }

    /// <summary>Packs the holes away when half are holes, else doubles. Lengths stay multiples of 8, tails are holes.</summary>
    private void MakeRoom()
    {
        if (Live > Length / 2)
        {
            Array.Resize(ref Build, 2 * Length);
            Array.Resize(ref ParkAt, 2 * Length);
            Array.Resize(ref Ready, 2 * Length);
            Array.Fill(Ready, Hole, Length, Length);
            return;
        }
        int kept = 0, holder = -1;
        for (int i = 0; i < Length; i++)
        {
            if (i >= Holder && holder < 0) holder = kept;
            if (Ready[i] == Hole) continue;
            (Ready[kept], Build[kept], ParkAt[kept]) = (Ready[i], Build[i], ParkAt[i]);
            kept++;
        }
        Array.Fill(Ready, Hole, kept, Length - kept);
        (Length, Holder) = (kept, holder < 0 ? kept : holder);
    }

    private static int[] Filled(int length)
    {
        int[] holes = new int[length];
        Array.Fill(holes, Hole);
        return holes;
    }
}
