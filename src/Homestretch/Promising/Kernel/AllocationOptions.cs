namespace Homestretch.Promising.Kernel;

/// <summary>How hard the allocation looks for a good plan.</summary>
public enum AllocationEffort
{
    /// <summary>One pass in sequence: a million orders in a fraction of a second.</summary>
    Fast,

    /// <summary>Scarce supply is priced, orders are placed by those prices, then moved while that helps.</summary>
    Best,
}

/// <summary>Where in the time it has a build is put.</summary>
public enum AllocationTiming
{
    /// <summary>The latest slot that is in time; late orders at the earliest slot once their kit is whole.</summary>
    Latest,

    /// <summary>The earliest slot once the kit is whole.</summary>
    Earliest,
}

/// <summary>Which of the lots that are there in time a kit takes.</summary>
public enum AllocationPegging
{
    /// <summary>The latest one: early supply stays free for orders that come later.</summary>
    LatestLot,

    /// <summary>The earliest one: every kit keeps the most time between its lots and its start.</summary>
    EarliestLot,
}

/// <summary>What the caller may choose. The defaults are the policy of the plan.</summary>
public sealed record AllocationOptions
{
    /// <summary>One pass, or priced and improved.</summary>
    public AllocationEffort Effort { get; init; } = AllocationEffort.Fast;

    /// <summary>Latest slot in time, or earliest.</summary>
    public AllocationTiming Timing { get; init; } = AllocationTiming.Latest;

    /// <summary>Which lot a kit takes.</summary>
    public AllocationPegging Pegging { get; init; } = AllocationPegging.LatestLot;

    /// <summary>Days late beyond which <see cref="AllocationEffort.Best"/> never puts an order by choice; 1 to 1,000.</summary>
    public int MostDaysLate { get; init; } = 45;

    /// <summary>What one more late order weighs against a day of lateness, in days: higher keeps more orders on time
    /// and makes the few late ones later. Best effort only.</summary>
    public float LateOrderDays { get; init; } = 6;

    /// <summary>How far, in seconds, a build that is in time is pulled ahead of its latest slot where nothing is harmed; 0 for not at all. Best effort only.</summary>
    public int PullAheadSeconds { get; init; } = 86_400;

    /// <summary>Rounds of pricing and rounds of moves: the work budget, by which the result is fixed. Best effort only.</summary>
    public int PricingRounds { get; init; } = 8;

    /// <summary>Rounds in which late orders try to win an earlier slot. Best effort only.</summary>
    public int MoveRounds { get; init; } = 2;
}
