using Homestretch.Arrivals;
using Homestretch.Arrivals.Sea;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising.Lots;

/// <summary>What the past says about the future, as it was known at t: the common factors, from steps that have begun, and how far each source's estimates
/// can be trusted, from those that have met their truth. What is reported later counts from the next epoch on, so that one milestone redraws its own
/// lots only.</summary>
internal sealed record Knowledge(FactorPosterior Factors, EtaScoreboard Sources)
{
    /// <summary>Lots received that were made so long ago are no evidence on any month in which something still moves.</summary>
    private static readonly Duration s_over = Duration.FromDays(400);

    public static Knowledge Of(Snapshot world, Lanes lanes, Instant t, PlanPolicy policy) => new(
        FactorPosterior.Of(world.Lots.Where(l => l.Shipment is not null && !(l.State >= LotState.Received && l.Ready < t - s_over)).SelectMany(l => Evidence(world, l, lanes, t, policy))),
        new EtaScoreboard(world.Shipments.SelectMany(s => Outcomes(world, s, policy.SourcesAsOf ?? t, lanes))));

    /// <summary>Steps of a lot that have begun, as evidence on the factors they share: those that ended by t, and those of which nothing said by t that they had. What a closed passage
    /// cost is no evidence on them. In a simulation a step with estimates ends as they say, not as its month goes: it is evidence as it was at the start.</summary>
    public static IEnumerable<FactorEvidence> Evidence(Snapshot world, Lot lot, Lanes lanes, Instant t, PlanPolicy policy)
    {
        WayStep? before = null;
        foreach (WayStep step in LotWay.Of(world, lot, lanes, t, policy).Steps)
        {
            if (step is { Stage: { Sailings: null, Loadings.Length: > 0 } stage, Begin: { } begin })
            {
                Instant known = policy.SourcesAsOf is { } start && step.Evidence.Any(static m => m.Classifier == Classifier.Estimated) ? start : t;
                Duration detour = world.PassageClosures.Count == 0 ? Duration.Zero : LotSampler.Longer(stage.Sea?.Under(SeaClosures.Of(world), begin, step.End));
                if (Told(step, Edge.End, known))
                {
                    if (step.End is { } end && end > begin && end <= known) yield return new(LotSampler.Event(lot, stage.Step), stage.Time, stage.Loadings, begin, end - detour > begin ? end - detour : end);
                }
                else if (Told(step, Edge.Begin, known) || before is { Stage: null } || before is not null && Told(before, Edge.End, known))
                {
                    Instant until = known - (stage.Step.Kind == StepKind.Receive ? Duration.Zero : policy.ReportingDelay) - detour;
                    if (until > begin && !Over(lot, step) && !Passed(world, lot, step.Sequence, known)) yield return new(LotSampler.Event(lot, stage.Step), stage.Time, stage.Loadings, begin, until, Finished: false);
                }
            }
            before = step;
        }
    }

    private static bool Told(WayStep step, Edge edge, Instant t) => step.Evidence.Any(m => m.Classifier == Classifier.Actual && m.Edge == edge && m.Reported <= t);

    /// <summary>Whether the lot is here and nobody ever said when this step ended.</summary>
    private static bool Over(Lot lot, WayStep step) => lot.State >= LotState.Received && !step.Evidence.Any(static m => m is { Classifier: Classifier.Actual, Edge: Edge.End });

    /// <summary>Whether a later step had begun by what was said by t: this one has ended then, nobody knows when.</summary>
    private static bool Passed(Snapshot world, Lot lot, int sequence, Instant t) =>
        world.Milestones.StartingWith($"{lot.Shipment}|").Any(m => m.Sequence > sequence && m.Classifier == Classifier.Actual && m.Reported <= t);

    /// <summary>Estimates for a shipment's steps whose time is long past, with their truth: of a step that still runs that it lasts until now. Where the end of a step was
    /// never reported and a later one has begun or ended, that bounds it, as on a lot's way.</summary>
    /// <remarks>Counting whatever has met its truth would judge by the early first: of ten estimates for the coming week those that ended last week are known, and each was
    /// too late. So an estimate counts once its own time and twice its prior error have passed, when nearly all like it are known.</remarks>
    /// <param name="lanes">To know sea legs by: estimates from before a closure are taken with what it cost. Null: as they were given.</param>
    public static IEnumerable<EtaOutcome> Outcomes(Snapshot world, Shipment shipment, Instant t, Lanes? lanes = null)
    {
        if (!world.Milestones.StartingWith($"{shipment.Key}|").Any(static m => m is { Classifier: Classifier.Estimated, Edge: Edge.End })) yield break;
        Milestone[] known = [.. world.Milestones.StartingWith($"{shipment.Key}|").Where(m => m.Reported <= t)], actuals = [.. known.Where(m => m.Classifier == Classifier.Actual && m.At <= t)];
        (int Sequence, SeaVoyage Voyage)[] detours = lanes is null || world.PassageClosures.Count == 0 ? [] : [.. Detours(lanes[shipment.Lane], actuals, SeaClosures.Of(world))];
        foreach (var step in known.Where(static m => m.Edge == Edge.End).GroupBy(static m => m.Sequence))
        {
            Instant ended = LotWay.Actual(Array.FindAll(actuals, m => m.Sequence == step.Key), Edge.End) ?? LotWay.Next(actuals, step.Key) ?? t;
            foreach (Milestone m in step.Where(m => m.Classifier == Classifier.Estimated && m.Reported < ended))
            {
                double distance = (m.At - m.Reported).TotalDays;
                if ((t - m.At).TotalDays >= 2 * EtaScoreboard.PriorError(distance)) yield return new(m.Source.Value, shipment.Lane.Value, m.Reported, At(m), ended);
            }
        }

        Instant At(Milestone m) => detours.Where(d => d.Sequence <= m.Sequence && m.Reported < d.Voyage.Since).Aggregate(m.At, static (at, d) => at + LotSampler.Longer(d.Voyage));
    }

    /// <summary>Sea legs of a shipment that met a closed passage, as far as it is known when they began; a leg that ended before the closure did not.</summary>
    private static IEnumerable<(int, SeaVoyage)> Detours(LaneStage[] stages, Milestone[] actuals, SeaClosures? closures)
    {
        foreach (LaneStage stage in stages)
        {
            int sequence = stage.Step.Sequence;
            if (stage.Sea is { } leg && (Actual(sequence, Edge.Begin) ?? Actual(sequence - 1, Edge.End)) is { } begin && leg.Under(closures, begin, Actual(sequence, Edge.End) ?? LotWay.Next(actuals, sequence)) is { } voyage) yield return (sequence, voyage);
        }

        Instant? Actual(int sequence, Edge edge) => LotWay.Actual(Array.FindAll(actuals, m => m.Sequence == sequence), edge);
    }
}
