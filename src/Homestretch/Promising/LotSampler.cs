using Homestretch.Arrivals;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>A lot's arrival as the sum of its remaining steps (DESIGN 5.1): making, then the lane's steps, each conditioned on what is
/// known of it.</summary>
internal static class LotSampler
{
    public static void Fill(Snapshot world, Lot lot, Instant t, PlanPolicy policy, Draws draws, SharedDraws shared, Span<int> arrivals)
    {
        LotWay way = LotWay.Of(world, lot, t, policy);
        double[] scores = new double[arrivals.Length];
        arrivals.Clear();
        foreach (WayStep step in way.Steps)
        {
            if (step.End is { } ended)
            {
                arrivals.Fill(Seconds.Of(ended, t));
                continue;
            }
            if (step.Step is null) Making.Fill(world, lot, t, draws, arrivals);
            else Step(world, lot, step, t, draws, shared, scores, arrivals);
        }
        foreach (ref int at in arrivals) at = Math.Clamp(at, 0, Seconds.Far);
    }

    /// <summary>Finished steps as evidence on the factors they share.</summary>
    public static IEnumerable<FactorEvidence> Evidence(Snapshot world, Lot lot, Instant t, PlanPolicy policy)
    {
        foreach (WayStep step in LotWay.Of(world, lot, t, policy).Steps)
        {
            if (step is { Step: { } lane, Begin: { } begin, End: { } end } && end > begin && lane.EveryDays is null)
                yield return new(Event(lot, lane), Time(lane), Loadings(world, lane), begin, end);
        }
    }

    /// <summary>Whether the running step should have ended before t at the policy's quantile.</summary>
    public static bool Overdue(LotWay way, Instant t, PlanPolicy policy) => way.Current is { Begin: { } begin } current && (current.Step is { } step
        ? begin + Duration.FromDays(Time(step).Quantile(policy.AllocationQuantile)) < t
        : way.Lot.Ready + Duration.FromDays((double)way.Lot.ReadyP90Days) < t);

    private static void Step(Snapshot world, Lot lot, WayStep way, Instant t, Draws draws, SharedDraws shared, double[] scores, Span<int> arrivals)
    {
        LaneStep lane = way.Step!;
        StageTime time = Time(lane);
        Instant expected = way.Begin ?? Seconds.At(Kernel.OrderStatistics.Quantile(arrivals, 0.5), t);
        Scores(world, lot, lane, expected, draws, shared, scores);
        if (way.Running)
        {
            int began = Seconds.Of(way.Begin!.Value, t);
            double elapsed = Math.Max(0, (way.Seen!.Value - way.Begin.Value).TotalDays);
            for (int s = 0; s < arrivals.Length; s++)
                arrivals[s] = began + (int)Math.Min(Seconds.Far / 4, time.QuantileAfter(elapsed, Math.Clamp(Normal.Cdf(scores[s]), 1e-12, 1 - 1e-12)) * Seconds.Day);
            Blend(way, t, arrivals);
            return;
        }
        ScoreTable table = shared.Table(time);
        Timetable? sailings = lane is { Kind: StepKind.Wait, EveryDays: { } every }
            ? new Timetable(new Sailings(StableHash.Of("sailing", lane.Lane.Value, lane.To.Value), [], (double)every), t) : null;
        ulong key = Event(lot, lane);
        for (int s = 0; s < arrivals.Length; s++)
        {
            int from = Math.Max(0, arrivals[s]);
            arrivals[s] = sailings is null ? from + table.At(scores[s]) : sailings.Leaves(from, -1, key, draws, s) + table.At(scores[s]);
        }
        Blend(way, t, arrivals);
    }

    /// <summary>Normal scores of a step: common factors of its month and its own draw, keyed by the physical event.</summary>
    private static void Scores(Snapshot world, Lot lot, LaneStep lane, Instant expected, Draws draws, SharedDraws shared, double[] scores)
    {
        draws.Normals(Event(lot, lane), scores);
        FactorLoading[] loadings = Loadings(world, lane);
        if (loadings.Length == 0) return;
        double own = Math.Sqrt(Math.Max(0, 1 - loadings.Sum(static l => l.Weight * l.Weight)));
        for (int s = 0; s < scores.Length; s++) scores[s] *= own;
        foreach (FactorLoading loading in loadings)
        {
            double[] factor = shared.Factor(loading.KeyIn(expected));
            for (int s = 0; s < scores.Length; s++) scores[s] += loading.Weight * factor[s];
        }
    }

    /// <summary>What sources estimate for the end of the step, weighed by how far ahead they speak: two days of error, and a tenth of the distance.</summary>
    private static void Blend(WayStep way, Instant t, Span<int> arrivals)
    {
        Eta[] etas = [.. way.Evidence.Where(static m => m is { Classifier: Classifier.Estimated, Edge: World.Edge.End })
            .Select(m => new Eta(m.Source.Value, m.Reported, m.At, 2 + 0.1 * Math.Max(0, (m.At - m.Reported).TotalDays)))];
        if (etas.Length > 0) EtaBlend.Shift(arrivals, t, etas);
    }

    private static ulong Event(Lot lot, LaneStep step) => lot.Shipment is { } shipment
        ? StableHash.Of("shipment-step", shipment.Value, step.Id) : StableHash.Of("lot-step", lot.Id, step.Id);

    private static StageTime Time(LaneStep step) => StageTime.Of((double)step.P50Days, (double)step.P90Days, (double?)step.OnTime);

    private static FactorLoading[] Loadings(Snapshot world, LaneStep step) =>
        [.. world.Loadings.StartingWith($"{step.Id}|").Select(static l => new FactorLoading(StableHash.Of("factor", "", l.Factor), (double)l.Weight))];
}
