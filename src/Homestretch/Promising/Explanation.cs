using Homestretch.Promising.Kernel;
using Homestretch.Arrivals;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>One step of a lot's way in an explanation.</summary>
/// <param name="Sequence">0 is making; then the lane's steps.</param>
/// <param name="Estimates">What sources say of its end, each with the record it is judged by.</param>
/// <param name="Voyage">What closed passages mean for it; null when it meets none.</param>
/// <param name="Fit">What its time was learned from; null: it is the stated one.</param>
public sealed record ExplainedStep(int Sequence, LaneStep? Step, Instant? Begin, Instant? End, Instant? Seen, IReadOnlyList<Milestone> Evidence, IReadOnlyList<EtaWeighed> Estimates,
    Arrivals.Sea.SeaVoyage? Voyage = null, LaneFit? Fit = null)
{
    public bool Done => End is not null;
    public bool Running => End is null && Begin is not null;
}

/// <summary>One part of a kit as it stands, without the chain behind it.</summary>
/// <param name="OnTime">P(there by the build's planned start).</param>
/// <param name="Lot">The lot it is pegged to; null for stock.</param>
public sealed record PeggedPart(Peg Peg, Item Item, Share OnTime, Lot? Lot, LotForecast? Arrival, bool Pinned);

/// <summary>One peg of the kit with the chain behind it.</summary>
/// <param name="Last">Share of samples in which it came last.</param>
/// <param name="OnTime">P(there by the build's planned start).</param>
/// <param name="ADayEarlier">Days won at the promised confidence if it came a day earlier.</param>
/// <param name="Lot">The lot; null for stock.</param>
/// <param name="Pinned">A planner holds the peg.</param>
/// <param name="InsteadOf">The part it stands in for; null when it is the part.</param>
/// <param name="Purchase">What it is or would be bought with; null when unknown.</param>
public sealed record ExplainedPeg(Peg Peg, Item Item, Share Last, Share OnTime, double ADayEarlier, Lot? Lot, LotForecast? Arrival,
    IReadOnlyList<ExplainedStep> Steps, bool Pinned, Item? InsteadOf, PurchaseOrderLine? Purchase);

/// <summary>Why an order line's date is what it is.</summary>
/// <param name="Pegs">The kit, the part that comes last most often first.</param>
/// <param name="Reasons">In plain sentences, the weightiest first.</param>
/// <param name="LineP90Days">Days at P90 between a whole kit and the end of its work: waiting for the line and the work itself.</param>
/// <param name="Earlier">What would make it a day earlier, in a sentence.</param>
/// <param name="Pins">What a planner holds of the order line and of its lots.</param>
/// <param name="Late">Why its date at the promise's confidence lies after what is promised or, without a promise, requested.</param>
public sealed record Explanation(Forecast Forecast, Build? Build, IReadOnlyList<ExplainedPeg> Pegs, IReadOnlyList<string> Reasons,
    double LineP90Days, string Earlier, IReadOnlyList<Pin> Pins, LateReason Late);
