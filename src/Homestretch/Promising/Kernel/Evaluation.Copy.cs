using System.Runtime.Intrinsics;

namespace Homestretch.Promising.Kernel;

/// <content>A second evaluation that starts where this one stands, and what the samples of all builds together say.</content>
internal sealed unsafe partial class Evaluation
{
    /// <summary>Builds counted in one go by one thread.</summary>
    private const int Counted = 1_024;

    private Evaluation(Evaluation other, PlannedBuilds builds, Futures arrivals)
    {
        (Builds, Arrivals, Outbounds, Shut, PlannedLines, Threads) = (builds, arrivals, other.Outbounds, other.Shut, other.PlannedLines, other.Threads);
        (_runs, LoneSamples) = (new(() => new(this)), new(() => new(this)));
        Ends = other.Ends.Copy();
        LineRecord[] lines = new LineRecord[other.Lines.Length];
        Parallel.For(0, lines.Length, Most, i => lines[i] = other.Lines[i].Copy());
        Lines = lines;
        (ParkAt, Position, _endRow, LastEnd, _outcomes) = ([.. other.ParkAt], [.. other.Position], [.. other._endRow], [.. other.LastEnd], [.. other._outcomes]);
        (Marks, Places) = (new bool[other.Marks.Length], new int[other.Places.Length]);
        LotIndex = other.LotIndex?.Copy();
    }

    /// <summary>The same forecasts, to be rippled apart from these. Only reads this one.</summary>
    /// <param name="builds">A copy of this one's.</param>
    /// <param name="arrivals">Likewise.</param>
    internal Evaluation Copy(PlannedBuilds builds, Futures arrivals) => new(this, builds, arrivals);

    /// <summary>Of each sample: how many builds that have a promise keep it. Whole numbers, so the same on any number of threads.</summary>
    internal int[] KeptBySample()
    {
        int[] all = new int[Samples];
        Parallel.For(0, (Builds.Count + Counted - 1) / Counted, Most, () => new int[Samples], (chunk, _, kept) =>
        {
            int* dates = stackalloc int[Samples];
            fixed (int* sum = kept)
                for (int build = chunk * Counted; build < Math.Min(Builds.Count, (chunk + 1) * Counted); build++)
                {
                    ref PlannedBuild row = ref Builds.Rows[build];
                    if (Builds.Withdrawn[build] || row.Promised == Futures.Never) continue;
                    DatesOf(EndsAt(build), row, dates);
                    Vector256<int> promised = Vector256.Create(row.Promised);
                    for (int s = 0; s < Samples; s += 8) (Vector256.Load(sum + s) - Vector256.LessThanOrEqual(Vector256.Load(dates + s), promised)).Store(sum + s);
                }
            return kept;
        }, kept =>
        {
            for (int s = 0; s < all.Length; s++) Interlocked.Add(ref all[s], kept[s]);
        });
        return all;
    }
}
