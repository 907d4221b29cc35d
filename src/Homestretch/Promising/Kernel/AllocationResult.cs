namespace Homestretch.Promising.Kernel;

/// <summary>Why a build ends after its due second, or has no slot at all.</summary>
public enum LateReason : byte
{
    /// <summary>On time.</summary>
    None,

    /// <summary>Supply in time exists, but orders before it in the sequence have it.</summary>
    MaterialShort,

    /// <summary>The gate part waits for a lot that is on its way but comes later.</summary>
    AwaitsSupply,

    /// <summary>The kit could be whole in time; the assembly line has no slot.</summary>
    Capacity,

    /// <summary>The gate part must be bought and its lead time ends too late.</summary>
    LeadTime,

    /// <summary>A release date, a held slot or the plan's own choice (scarce supply kept for more orders) makes it late.</summary>
    Policy,

    /// <summary>No slot: a part has no supply at any date, or the calendar ends before the build could.</summary>
    Unknown,
}

/// <summary>What the allocation decided: a slot for each order, the pegs of each kit, the purchases to plan.</summary>
/// <remarks>Supply indices below <see cref="LotCount"/> are lots of the problem; index LotCount + p is planned purchase p.</remarks>
public sealed class AllocationResult
{
    /// <summary>Calendar second at which each build starts; -1 when it has no slot.</summary>
    public required int[] StartSecond { get; init; }

    /// <summary>Calendar second at which each build ends; -1 when it has no slot.</summary>
    public required int[] EndSecond { get; init; }

    /// <summary>Start of each build in working seconds of its line; -1 when it has no slot.</summary>
    public required int[] StartWork { get; init; }

    /// <summary>Why each order is late or has no slot.</summary>
    public required LateReason[] Reason { get; init; }

    /// <summary>The item that sets a late order's date; -1 when none does.</summary>
    public required int[] GateItem { get; init; }

    /// <summary>Builds of line l in sequence are SlotOrder[SlotFirst[l] .. SlotFirst[l + 1]).</summary>
    public required int[] SlotFirst { get; init; }

    /// <summary>Orders by line and start.</summary>
    public required int[] SlotOrder { get; init; }

    /// <summary>Pegs of order o are [PegFirst[o], PegFirst[o] + PegCount[o]).</summary>
    public required int[] PegFirst { get; init; }

    /// <summary>Number of pegs of each order.</summary>
    public required int[] PegCount { get; init; }

    /// <summary>The lot or planned purchase of each peg.</summary>
    public required int[] PegSupply { get; init; }

    /// <summary>The quantity of each peg.</summary>
    public required int[] PegQuantity { get; init; }

    /// <summary>Number of lots of the problem: supplies from this index on are planned purchases.</summary>
    public required int LotCount { get; init; }

    /// <summary>The item of each planned purchase.</summary>
    public required int[] PurchaseItem { get; init; }

    /// <summary>Second by which each purchase must be placed: its arrival less the lead time.</summary>
    public required int[] PurchasePlaceSecond { get; init; }

    /// <summary>Second at which each purchase is ready to kit.</summary>
    public required int[] PurchaseSecond { get; init; }

    /// <summary>Quantity of each purchase.</summary>
    public required int[] PurchaseQuantity { get; init; }
}
