namespace Homestretch.Promising.Kernel;

/// <summary>What the samples say of one build.</summary>
/// <param name="Dates">Quantiles of the customer's date, seconds after t.</param>
/// <param name="GatePeg">Index among its pegs of the part that comes last most often; -1 when none comes after the floor.</param>
/// <param name="GateShare">Share of samples in which the gate comes last (alone or together with others).</param>
/// <param name="KitByStart">P(kit): share of samples in which the kit is whole by the planned start.</param>
/// <param name="OnTime">Share of samples in which the date keeps the promise; 1 when nothing is promised.</param>
internal readonly record struct BuildDates(Quantiles Dates, int GatePeg, double GateShare, double KitByStart, double OnTime);

/// <summary>When a ripple proves that it equals a full evaluation; at the end means by the caller.</summary>
internal enum Proof
{
    Never,
    AfterEveryRipple,
}

/// <summary>The date of a build that is not in the plan.</summary>
/// <param name="Samples">Its date in every sample, seconds after t.</param>
internal sealed record QuotedDate(Quantiles Dates, IReadOnlyList<int> Samples);
