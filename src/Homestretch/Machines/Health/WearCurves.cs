using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Homestretch.Machines.Health;

/// <summary>How the machines of the past wore out, as tables: what each looked like so many cycles before its end. A machine is compared with
/// all of them at once, and what those had left that looked alike is what it may have left.</summary>
/// <remarks>Similarity-based remaining life (Wang, Yu, Siegel, Lee, PHM 2008): each past machine is matched at its best place; place r and
/// squared distance D give weights exp(-<see cref="Sharp"/> D) and exp(-<see cref="Soft"/> D). Tables are made once, a comparison costs
/// machines x places x statistics multiplications in lanes.</remarks>
public sealed class WearCurves
{
    /// <summary>Places of a curve.</summary>
    public const int Places = 80;

    /// <summary>Cycles between two places, where the cap is 125 cycles.</summary>
    internal const int Step = 2;

    /// <summary>What <see cref="Compare"/> tells: the life left by sharp and by soft weights, its spread, and how near the nearest was.</summary>
    internal const int Told = 4;

    internal const double Sharp = 0.5, Soft = 0.12;
    private static readonly int[] s_lengths = [5, 10, 15, 20];
    private readonly float[] _table;

    /// <param name="table">Curve after curve, statistic after statistic, place after place; a place that a machine never reached is far away.</param>
    /// <param name="statistics">Statistics a place.</param>
    /// <param name="turn">Statistics x statistics: what a look is multiplied by before it is compared.</param>
    public WearCurves(ImmutableArray<float> table, ImmutableArray<float> turn, int statistics, bool fromEarly)
    {
        (Table, Turn, Statistics, FromEarly, _table) = (table, turn, statistics, fromEarly, ImmutableCollectionsMarshal.AsArray(table)!);
    }

    public ImmutableArray<float> Turn { get; }

    public ImmutableArray<float> Table { get; }

    public int Statistics { get; }

    /// <summary>Drift from the machine's own early life is compared; otherwise the level itself.</summary>
    public bool FromEarly { get; }

    public int Curves => _table.Length / (Statistics * Places);

    public static int StatisticsOf(int directions) => directions * s_lengths.Length;

    /// <summary>What a machine looks like now: for each direction the means of four neighbouring windows, each in units of its noise.</summary>
    internal static void Look(HealthTrack track, bool fromEarly, Span<float> look)
    {
        int first = track.Channels - track.Directions, at = 0;
        for (int k = 0; k < track.Directions; k++)
        {
            double less = fromEarly ? track.Base(first + k) : 0;
            for (int s = 0, back = 0; s < s_lengths.Length; back += s_lengths[s], s++) look[at++] = (float)((track.Mean(first + k, back, s_lengths[s]) - less) * Math.Sqrt(s_lengths[s]));
        }
    }

    /// <summary>Compares a look with every curve but one.</summary>
    /// <param name="except">Index of a curve to leave out: a machine of the past is not compared with itself; -1 leaves out none.</param>
    internal void Compare(ReadOnlySpan<float> look, int except, Span<float> told)
    {
        Span<float> apart = stackalloc float[Places], turned = stackalloc float[Statistics];
        for (int s = 0; s < turned.Length; s++)
        {
            float sum = 0;
            for (int i = 0; i < turned.Length; i++) sum += Turn[s * turned.Length + i] * look[i];
            turned[s] = sum;
        }
        double sharp = 0, sharpLeft = 0, soft = 0, softLeft = 0, softSquares = 0;
        int curves = Curves;
        Span<float> nearest = stackalloc float[curves];
        Span<int> places = stackalloc int[curves];
        float least = float.PositiveInfinity;
        for (int c = 0; c < curves; c++)
        {
            if (c == except) continue;
            Distances(c, turned, apart);
            (float best, int place) = (apart[0], 0);
            for (int p = 1; p < Places; p++)
            {
                if (apart[p] < best) (best, place) = (apart[p], p);
            }
            (nearest[c], places[c]) = (best, place);
            least = Math.Min(least, best);
        }
        for (int c = 0; c < curves; c++)
        {
            if (c == except) continue;
            double away = nearest[c] - least, left = places[c] * Step;
            if (away * Soft > 30) continue;
            double weight = Math.Exp(-Soft * away), sharper = Math.Exp(-Sharp * away);
            (soft, softLeft, softSquares) = (soft + weight, softLeft + weight * left, softSquares + weight * left * left);
            (sharp, sharpLeft) = (sharp + sharper, sharpLeft + sharper * left);
        }
        double mean = softLeft / soft;
        (told[0], told[1], told[2], told[3]) = ((float)(sharpLeft / sharp), (float)mean, (float)Math.Sqrt(Math.Max(0, softSquares / soft - mean * mean)), (float)Math.Sqrt(least));
    }

    /// <summary>Squared distances to the places of one curve, lane by lane: the same bits at any width.</summary>
    private void Distances(int curve, ReadOnlySpan<float> look, Span<float> apart)
    {
        ReadOnlySpan<float> table = _table.AsSpan(curve * Statistics * Places, Statistics * Places);
        int lanes = Vector<float>.Count;
        for (int p = 0; p < Places; p += lanes)
        {
            Vector<float> sum = Vector<float>.Zero;
            for (int s = 0; s < look.Length; s++)
            {
                Vector<float> difference = new Vector<float>(table[(s * Places + p)..]) - new Vector<float>(look[s]);
                sum += difference * difference;
            }
            sum.CopyTo(apart[p..]);
        }
    }
}
