using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising.Lots;

/// <summary>One step of a lot's way with all that is known of it.</summary>
/// <param name="Sequence">0 is making; then the lane's steps.</param>
/// <param name="Stage">The lane's step; null for making.</param>
/// <param name="Seen">Latest time at which the running step is known or, by silence, taken to be unfinished; null before it began.</param>
internal sealed record WayStep(int Sequence, LaneStage? Stage, Instant? Begin, Instant? End, Instant? Seen, IReadOnlyList<Milestone> Evidence)
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

    public static LotWay Of(Snapshot world, Lot lot, Lanes lanes, Instant t, PlanPolicy policy)
    {
        bool made = lot.State >= LotState.Made;
        LaneStage[] stages = lanes[lot.Lane];
        var steps = new List<WayStep>(stages.Length + 1)
        {
            new(0, null, lot.State >= LotState.Making ? Instant.Min(lot.Ready, t) : null, made ? lot.Ready : null, made ? null : t, []),
        };
        Milestone[] all = lot.Shipment is { } shipment ? [.. world.Milestones.StartingWith($"{shipment}|")] : [];
        Instant? word = null;
        int reached = 0;
        foreach (Milestone m in all)
        {
            if (m.Observed && (word is null || m.Reported > word)) word = m.Reported;
            if (m.Classifier == Classifier.Actual) reached = Math.Max(reached, m.Sequence);
        }
        Instant? before = made ? lot.Ready : null;
        foreach (LaneStage stage in stages)
        {
            int sequence = stage.Step.Sequence;
            Milestone[] known = all.Length == 0 ? all : Array.FindAll(all, m => m.Sequence == sequence);
            Instant? begin = Actual(known, Edge.Begin) ?? before;
            Instant? end = Actual(known, Edge.End) ?? (lot.State >= LotState.Received || sequence < reached ? Next(all, sequence) ?? begin : null);
            Instant? seen = begin is { } began && end is null
                ? Instant.Max(began, Instant.Max(Unfinished(known) ?? began, t - policy.ReportingDelay)) : null;
            steps.Add(new(sequence, stage, begin, end, seen is { } s ? Instant.Min(s, t) : null, known));
            before = end;
        }
        return new(lot, steps) { AsOf = word };
    }

    /// <summary>What sources agree on best: the latest report of an actual.</summary>
    public static Instant? Actual(Milestone[] known, Edge edge)
    {
        Milestone? best = null;
        foreach (Milestone m in known)
        {
            if (m.Classifier == Classifier.Actual && m.Edge == edge && (best is null || m.Reported > best.Reported)) best = m;
        }
        return best?.At;
    }

    /// <summary>Who estimates the end of a step says that it has not ended, unless it sees nothing of it; a word on another step says nothing of this one.</summary>
    private static Instant? Unfinished(Milestone[] known)
    {
        Instant? last = null;
        foreach (Milestone m in known)
        {
            if (m is { Classifier: Classifier.Estimated, Edge: Edge.End, Observed: true } && !(m.Reported <= last)) last = m.Reported;
        }
        return last;
    }

    /// <summary>The begin of a later step bounds the end of one whose own end was never reported.</summary>
    public static Instant? Next(Milestone[] all, int sequence)
    {
        Instant? first = null;
        foreach (Milestone m in all)
        {
            if (m.Sequence > sequence && m.Classifier == Classifier.Actual && !(m.At >= first)) first = m.At;
        }
        return first;
    }
}
