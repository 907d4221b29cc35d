using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>One step of a lot's way with all that is known of it.</summary>
/// <param name="Sequence">0 is making; then the lane's steps.</param>
/// <param name="Step">The lane's step; null for making.</param>
/// <param name="Seen">Latest time at which the running step is known or, by silence, taken to be unfinished; null before it began.</param>
internal sealed record WayStep(int Sequence, LaneStep? Step, Instant? Begin, Instant? End, Instant? Seen, IReadOnlyList<Milestone> Evidence)
{
    public bool Done => End is not null;
    public bool Running => End is null && Begin is not null;
}

/// <summary>A lot's way from the supplier's machine to the bench, in order, with the evidence for each step.</summary>
internal sealed record LotWay(Lot Lot, IReadOnlyList<WayStep> Steps)
{
    /// <summary>The step the lot is in; null when it has arrived.</summary>
    public WayStep? Current => Steps.FirstOrDefault(static s => !s.Done);

    /// <summary>Time of the latest word about the lot.</summary>
    public Instant? AsOf { get; private init; }

    public static LotWay Of(Snapshot world, Lot lot, Instant t, PlanPolicy policy)
    {
        bool made = lot.State >= LotState.Made;
        var steps = new List<WayStep>
        {
            new(0, null, lot.State >= LotState.Making ? Instant.Min(lot.Ready, t) : null, made ? lot.Ready : null, made ? null : t, []),
        };
        ILookup<int, Milestone> evidence = lot.Shipment is { } shipment
            ? world.Milestones.StartingWith($"{shipment}|").ToLookup(static m => m.Sequence)
            : Enumerable.Empty<Milestone>().ToLookup(static m => m.Sequence);
        Instant? word = evidence.SelectMany(static g => g).Select(static m => (Instant?)m.Reported).Max();
        int reached = evidence.Where(static g => g.Any(static m => m.Classifier == Classifier.Actual)).Select(static g => g.Key).DefaultIfEmpty(0).Max();
        Instant? before = made ? lot.Ready : null;
        foreach (LaneStep step in world.LaneSteps.StartingWith($"{lot.Lane}|"))
        {
            Milestone[] known = [.. evidence[step.Sequence]];
            Instant? begin = Actual(known, Edge.Begin) ?? before;
            Instant? end = Actual(known, Edge.End) ?? (lot.State >= LotState.Received || step.Sequence < reached ? Next(evidence, step.Sequence) ?? begin : null);
            Instant? seen = begin is { } began && end is null
                ? Instant.Max(began, Instant.Max(Unfinished(known) ?? began, t - policy.ReportingDelay)) : null;
            steps.Add(new(step.Sequence, step, begin, end, seen is { } s ? Instant.Min(s, t) : null, known));
            before = end;
        }
        return new(lot, steps) { AsOf = word };
    }

    /// <summary>What sources agree on best: the latest report of an actual.</summary>
    private static Instant? Actual(Milestone[] known, Edge edge)
    {
        Milestone? best = null;
        foreach (Milestone m in known)
        {
            if (m.Classifier == Classifier.Actual && m.Edge == edge && (best is null || m.Reported > best.Reported)) best = m;
        }
        return best?.At;
    }

    /// <summary>Who estimates the end of a step says that it has not ended; a word on another step says nothing of this one.</summary>
    private static Instant? Unfinished(Milestone[] known) =>
        known.Where(static m => m is { Classifier: Classifier.Estimated, Edge: Edge.End }).Select(static m => (Instant?)m.Reported).Max();

    /// <summary>The begin of a later step bounds the end of one whose own end was never reported.</summary>
    private static Instant? Next(ILookup<int, Milestone> evidence, int sequence) => evidence
        .Where(g => g.Key > sequence).SelectMany(static g => g).Where(static m => m.Classifier == Classifier.Actual)
        .Select(static m => (Instant?)m.At).Min();
}
