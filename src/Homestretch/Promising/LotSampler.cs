using Homestretch.Arrivals;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>A lot's way as the arrival sampler takes it: making, then the lane's steps, each with what is known of it.</summary>
internal static class LotSampler
{
    /// <summary>Draws S arrivals, seconds after t, never before t.</summary>
    public static void Fill(Snapshot world, Lot lot, Instant t, PlanPolicy policy, Draws draws, ArrivalSampler sampler, Span<int> arrivals)
    {
        var (prepared, ready) = Prepare(world, lot, LotWay.Of(world, lot, t, policy), t, policy, draws, sampler);
        sampler.Sample(prepared, ready, arrivals);
        foreach (ref int at in arrivals) at = Math.Max(0, at);
    }

    /// <summary>Draws S arrivals and the end of every step that is not done.</summary>
    /// <param name="sequences">Sequence of each row of the result; 0 is making.</param>
    /// <returns>Steps x S, seconds after t.</returns>
    public static int[] FillSteps(Snapshot world, Lot lot, Instant t, PlanPolicy policy, Draws draws, ArrivalSampler sampler, Span<int> arrivals, out int[] sequences)
    {
        LotWay way = LotWay.Of(world, lot, t, policy);
        var (prepared, ready) = Prepare(world, lot, way, t, policy, draws, sampler);
        int[] ends = new int[prepared.Remaining * sampler.Samples];
        sampler.Sample(prepared, ready, arrivals, ends);
        WayStep[] steps = [.. way.Steps.Where(static s => s.Step is not null)];
        sequences = [.. ready.Length > 0 ? (int[])[0] : [], .. steps.Skip(prepared.FirstStep).Select(static s => s.Sequence)];
        return [.. ready, .. ends];
    }

    /// <summary>The remaining steps and, for a lot not made yet, the S moments at which it is.</summary>
    private static (PreparedLot Prepared, int[] Ready) Prepare(Snapshot world, Lot lot, LotWay way, Instant t, PlanPolicy policy, Draws draws, ArrivalSampler sampler)
    {
        ArrivalStep[] steps = [.. way.Steps.Where(static s => s.Step is not null).Select(s => Step(world, lot, s, t, policy))];
        if (way.Steps[0].Done) return (sampler.Prepare(steps, Instant.Max(t, lot.Ready)), []);
        int[] ready = new int[sampler.Samples];
        Making.Fill(world, lot, t, draws, ready);
        return (sampler.Prepare(steps, Seconds.At(Kernel.OrderStatistics.Quantile(ready, 0.5), t)), ready);
    }

    /// <summary>Finished steps that were known at t, as evidence on the factors they share. What is reported later counts from
    /// the next epoch on, so that one milestone redraws its own lots only.</summary>
    public static IEnumerable<FactorEvidence> Evidence(Snapshot world, Lot lot, Instant t, PlanPolicy policy)
    {
        foreach (WayStep step in LotWay.Of(world, lot, t, policy).Steps)
        {
            if (step is { Step: { } lane, Begin: { } begin, End: { } end } && end > begin && end <= t && lane.EveryDays is null
                && step.Evidence.Any(m => m is { Classifier: Classifier.Actual, Edge: World.Edge.End } && m.Reported <= t))
                yield return new(Event(lot, lane), Time(lane), Loadings(world, lane), begin, end);
        }
    }

    /// <summary>Whether the running step should have ended before t at the policy's quantile.</summary>
    public static bool Overdue(LotWay way, Instant t, PlanPolicy policy) => way.Current is { Begin: { } begin } current && (current.Step is { } step
        ? begin + Duration.FromDays(step.EveryDays is { } every ? (double)every : Time(step).Quantile(policy.AllocationQuantile)) < t
        : way.Lot.Ready + Duration.FromDays((double)way.Lot.ReadyP90Days) < t);

    /// <summary>One step as the sampler takes it.</summary>
    public static ArrivalStep Step(Snapshot world, Lot lot, WayStep way, Instant t, PlanPolicy policy)
    {
        LaneStep lane = way.Step!;
        Progress progress = way.End is { } ended ? new Progress.Done(Instant.Min(ended, t))
            : way.Begin is { } begun ? new Progress.Running(Instant.Min(begun, t), way.Seen ?? Instant.Min(begun, t)) : new Progress.Ahead();
        Sailings? sailings = lane is { Kind: StepKind.Wait, EveryDays: { } every }
            ? new Sailings(StableHash.Of("sailing", lane.Party.Value, lane.Id), [], (double)every) : null;
        return new(Event(lot, lane), Time(lane), Loadings(world, lane), progress, sailings,
            lane.Kind == StepKind.Receive ? Duration.Zero : policy.ReportingDelay, Etas: Etas(way));     // the hub's own dock tells at once
    }

    /// <summary>What sources estimate for the end of the step. Until a source has a measured record, its error is taken as two days
    /// and a tenth of the distance it speaks over.</summary>
    private static Eta[] Etas(WayStep way) => [.. way.Evidence.Where(static m => m is { Classifier: Classifier.Estimated, Edge: World.Edge.End })
        .Select(static m => new Eta(m.Source.Value, m.Reported, m.At, 2 + 0.1 * Math.Max(0, (m.At - m.Reported).TotalDays)))];

    private static ulong Event(Lot lot, LaneStep step) => lot.Shipment is { } shipment
        ? StableHash.Of("shipment-step", shipment.Value, step.Id) : StableHash.Of("lot-step", lot.Id, step.Id);

    /// <summary>A wait for scheduled departures takes what the schedule says; its quantiles are for readers.</summary>
    private static StageTime Time(LaneStep step) => step is { Kind: StepKind.Wait, EveryDays: not null } ? new StageTime.Constant(0)
        : StageTime.Of((double)step.P50Days, (double)step.P90Days, (double?)step.OnTime);

    private static FactorLoading[] Loadings(Snapshot world, LaneStep step) =>
        [.. world.Loadings.StartingWith($"{step.Id}|").Select(static l => new FactorLoading(StableHash.Of("factor", "", l.Factor), (double)l.Weight))];
}
