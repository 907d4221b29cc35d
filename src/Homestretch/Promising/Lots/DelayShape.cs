using Homestretch.Arrivals;
using Homestretch.Arrivals.History;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising.Lots;

/// <summary>Lets the delay model in force shape a lot's arrivals: what it says of the lot, less what the lane's history says, is laid upon them rank by rank, as far as the lot's own evidence
/// has not settled it.</summary>
/// <remarks><para>Three laws of one delay: the model's M and the lane's L, both before anything was heard of the lot, and our own samples y given all that was heard. y' = y + k (Q_M(v) - Q_L(v)), v the rank
/// of y among the samples, k = min(1, (s / s_L)^2), s the distance from P25 to P80 of the samples and s_L that of L. With laws of one shape this is Bayes' rule to first order: the prior L taken out,
/// the prior M put in, and k the share of the prior's variance that the evidence has left (of normal laws with equal spreads the mean moves by exactly k (m_M - m_L)). A lot of which nothing was heard and whose own
/// law is the lane's gets the model's quantiles themselves; one at the dock, whose day is known, stays. A sample keeps its rank, so common factors and common random numbers stay common.</para>
/// <para>Silence conditions both laws: of a delivery not there a day ago, u' = F + u (1 - F). A model that is surprised, F at its last level, says nothing. In no sample is more than half of the way
/// that is left made up; the steps of a way are stretched alike, so that they keep their order. Example 12 of docs/formulas/arrivals.md.</para></remarks>
internal sealed class DelayShape
{
    /// <summary>Narrower laws of a lane, in days, are taken as this wide: deliveries are told by the day.</summary>
    private const double LeastSpread = 0.5;

    private readonly double[] _moves;
    private readonly double _spread;

    private DelayShape(double[] moves, double spread) => (_moves, _spread) = (moves, spread);

    /// <summary>What was said of a lot as it stands at t; null where it says nothing any more.</summary>
    public static DelayShape? Of(LotDelay said, Instant t)
    {
        DelayCurve model = Curve(said.Days), lane = Curve(said.Usual);
        double passed = (t - said.Due).TotalDays - 1, last = LotDelay.Levels[^1], gone = model.Cdf(passed), goneOfLane = lane.Cdf(passed);
        if (gone >= last || goneOfLane >= last) return null;
        return new([.. LotDelay.Levels.Select(l => model.Quantile(Left(l, gone)) - lane.Quantile(Left(l, goneOfLane)))],
            Math.Max(LeastSpread, lane.Quantile(Left(0.8, goneOfLane)) - lane.Quantile(Left(0.25, goneOfLane))));

        static double Left(double level, double gone) => gone + level * (1 - gone);
    }

    /// <summary>Moves the arrivals, seconds after t.</summary>
    /// <param name="ready">When the lot is made in each sample; empty: it is.</param>
    /// <param name="endsFlat">Ends of the remaining steps x S, of which the last are the arrivals; empty: not wanted.</param>
    public void Into(Span<int> arrivals, ReadOnlySpan<int> ready, Span<int> endsFlat)
    {
        int samples = arrivals.Length;
        int[] ranked = EtaBlend.Ranked(arrivals), sorted = arrivals.ToArray();
        Array.Sort(sorted);
        double spread = Seconds.Days(At(0.8) - At(0.25)) / _spread;
        double share = Math.Min(1, spread * spread), least = double.NegativeInfinity;
        for (int r = 0; r < samples; r++)
        {
            int s = ranked[r], begins = ready.IsEmpty ? 0 : ready[s], way = arrivals[s] - begins;
            least = Math.Max(least, arrivals[s] + share * Move((r + 0.5) / samples) * Seconds.Day);
            if (way <= 0) continue;
            int moved = (int)Math.Clamp(Math.Round(least), begins + way / 2, Horizon.Far);
            double stretch = (moved - begins) / (double)way;
            for (int at = s; at < endsFlat.Length; at += samples)
                if (endsFlat[at] > begins) endsFlat[at] = (int)Math.Min(begins + Math.Round((endsFlat[at] - begins) * stretch), Horizon.Far);
            arrivals[s] = moved;
        }

        int At(double p) => sorted[(int)Math.Ceiling(p * samples - 1e-9) - 1];
    }

    /// <summary>Days at a level: straight between the levels, the same beyond them.</summary>
    private double Move(double level)
    {
        IReadOnlyList<double> levels = LotDelay.Levels;
        if (level <= levels[0]) return _moves[0];
        for (int k = 1; k < levels.Count; k++)
            if (level <= levels[k]) return _moves[k - 1] + (level - levels[k - 1]) / (levels[k] - levels[k - 1]) * (_moves[k] - _moves[k - 1]);
        return _moves[^1];
    }

    private static DelayCurve Curve(IReadOnlyList<decimal> days) => new([.. days.Select(static d => (double)d)]);
}
