namespace Homestretch.Promising.Kernel;

/// <summary>Everything the allocation needs, dense and flat: items with their lots, order lines with their parts,
/// assembly lines with their calendars. The world planner and the neutral reader both fill it; nothing in it is changed
/// by allocating. Items, lots, orders and lines are indices; their names stay with the caller.</summary>
/// <remarks>All times are whole calendar seconds after the plan's epoch t unless a name says Work (working seconds on
/// the order's line, see <see cref="LineCalendar"/>). Quantities are whole numbers of the item's smallest step.
/// To make plans independent of input order, give indices in ordinal order of external keys: ties break by index.</remarks>
public sealed class AllocationProblem
{
    // ---- items and their lots ----

    /// <summary>Lots of item i are [LotFirst[i], LotFirst[i + 1]); one longer than there are items. Stock is a lot at second 0.</summary>
    public required int[] LotFirst { get; init; }

    /// <summary>Allocation second of each lot: the stated quantile of its arrival; ascending within an item. Below 0 counts as 0.</summary>
    public required int[] LotSecond { get; init; }

    /// <summary>Quantity of each lot, 0 or more.</summary>
    public required int[] LotQuantity { get; init; }

    /// <summary>Earliest second at which a purchase placed now is ready to kit, hard safety lead time included;
    /// <see cref="int.MaxValue"/> when the item cannot be bought.</summary>
    public required int[] BuyLead { get; init; }

    /// <summary>Smallest quantity of one purchase, 1 or more.</summary>
    public required int[] BuyMinimum { get; init; }

    /// <summary>Purchases are whole multiples of this, 1 or more.</summary>
    public required int[] BuyMultiple { get; init; }

    /// <summary>Largest quantity of one purchase; larger needs are split.</summary>
    public required int[] BuyMaximum { get; init; }

    /// <summary>Seconds before its use at which a purchase should arrive, kept when the lead time allows (soft safety lead time); 0 or more.</summary>
    public required int[] SoftSafety { get; init; }

    // ---- order lines and their parts ----

    /// <summary>The assembly line that builds each order.</summary>
    public required int[] OrderLine { get; init; }

    /// <summary>Working seconds of each order's build, 1 or more.</summary>
    public required int[] WorkSeconds { get; init; }

    /// <summary>Second by which each build must end to be on time, outbound transport already subtracted. May lie before 0.</summary>
    public required int[] DueSecond { get; init; }

    /// <summary>Earliest second at which each build may start.</summary>
    public required int[] ReleaseSecond { get; init; }

    /// <summary>Customer class, 1 = most important.</summary>
    public required byte[] OrderClass { get; init; }

    /// <summary>Parts of order o are [PartFirst[o], PartFirst[o + 1]); one longer than there are orders. No item twice in one order.</summary>
    public required int[] PartFirst { get; init; }

    /// <summary>The item of each part row.</summary>
    public required int[] PartItem { get; init; }

    /// <summary>The quantity of each part row for the whole order, 1 or more.</summary>
    public required int[] PartQuantity { get; init; }

    // ---- assembly lines ----

    /// <summary>When each assembly line is open.</summary>
    public required LineCalendar[] Lines { get; init; }

    // ---- what a person or an earlier decision holds fixed ----

    /// <summary>Start second of orders whose slot is held (pinned, frozen, started, confirmed), -1 of the others; null when none is.</summary>
    public int[]? FixedStart { get; init; }

    /// <summary>Held pegs of order o are [FixedPegFirst[o], FixedPegFirst[o + 1]); null when there are none.</summary>
    public int[]? FixedPegFirst { get; init; }

    /// <summary>The lot of each held peg.</summary>
    public int[] FixedPegLot { get; init; } = [];

    /// <summary>The quantity of each held peg.</summary>
    public int[] FixedPegQuantity { get; init; } = [];

    /// <summary>Number of items.</summary>
    public int ItemCount => LotFirst.Length - 1;

    /// <summary>Number of lots.</summary>
    public int LotCount => LotSecond.Length;

    /// <summary>Number of order lines.</summary>
    public int OrderCount => PartFirst.Length - 1;

    /// <summary>Number of assembly lines.</summary>
    public int LineCount => Lines.Length;

    /// <summary>The same problem with other held slots.</summary>
    internal AllocationProblem Holding(int[] fixedStart) => new()
    {
        LotFirst = LotFirst, LotSecond = LotSecond, LotQuantity = LotQuantity, BuyLead = BuyLead, BuyMinimum = BuyMinimum, BuyMultiple = BuyMultiple, BuyMaximum = BuyMaximum,
        SoftSafety = SoftSafety, OrderLine = OrderLine, WorkSeconds = WorkSeconds, DueSecond = DueSecond, ReleaseSecond = ReleaseSecond, OrderClass = OrderClass, PartFirst = PartFirst,
        PartItem = PartItem, PartQuantity = PartQuantity, Lines = Lines, FixedStart = fixedStart, FixedPegFirst = FixedPegFirst, FixedPegLot = FixedPegLot, FixedPegQuantity = FixedPegQuantity,
    };

    /// <summary>The same problem with other allocation seconds for its lots, re-sorted within each item (ties by lot index).</summary>
    /// <param name="lotSecond">New second of each lot of this problem.</param>
    /// <param name="newIndexByOld">Where each lot of this problem stands in the result.</param>
    public AllocationProblem WithLotSeconds(ReadOnlySpan<int> lotSecond, out int[] newIndexByOld)
    {
        if (lotSecond.Length != LotCount)
            throw new ArgumentException($"There are {LotCount} lots but {lotSecond.Length} seconds.", nameof(lotSecond));
        int[] at = new int[LotCount], seconds = lotSecond.ToArray(), quantities = new int[LotCount], moved = new int[LotCount];
        for (int lot = 0; lot < at.Length; lot++) at[lot] = lot;
        for (int item = 0; item < ItemCount; item++)
            Array.Sort(at, LotFirst[item], LotFirst[item + 1] - LotFirst[item],
                Comparer<int>.Create((a, b) => seconds[a] != seconds[b] ? seconds[a].CompareTo(seconds[b]) : a.CompareTo(b)));
        for (int k = 0; k < at.Length; k++)
        {
            moved[at[k]] = k;
            quantities[k] = LotQuantity[at[k]];
        }
        newIndexByOld = moved;
        return new AllocationProblem
        {
            LotFirst = LotFirst, LotSecond = [.. at.Select(lot => seconds[lot])], LotQuantity = quantities,
            BuyLead = BuyLead, BuyMinimum = BuyMinimum, BuyMultiple = BuyMultiple, BuyMaximum = BuyMaximum, SoftSafety = SoftSafety,
            OrderLine = OrderLine, WorkSeconds = WorkSeconds, DueSecond = DueSecond, ReleaseSecond = ReleaseSecond, OrderClass = OrderClass,
            PartFirst = PartFirst, PartItem = PartItem, PartQuantity = PartQuantity, Lines = Lines,
            FixedStart = FixedStart, FixedPegFirst = FixedPegFirst,
            FixedPegLot = [.. FixedPegLot.Select(lot => moved[lot])], FixedPegQuantity = FixedPegQuantity,
        };
    }

    /// <summary>The same problem with other held slots and without held pegs.</summary>
    /// <param name="fixedStart">Held start seconds, or null for none.</param>
    internal AllocationProblem WithHeldSlots(int[]? fixedStart) => new()
    {
        LotFirst = LotFirst, LotSecond = LotSecond, LotQuantity = LotQuantity,
        BuyLead = BuyLead, BuyMinimum = BuyMinimum, BuyMultiple = BuyMultiple, BuyMaximum = BuyMaximum, SoftSafety = SoftSafety,
        OrderLine = OrderLine, WorkSeconds = WorkSeconds, DueSecond = DueSecond, ReleaseSecond = ReleaseSecond, OrderClass = OrderClass,
        PartFirst = PartFirst, PartItem = PartItem, PartQuantity = PartQuantity, Lines = Lines, FixedStart = fixedStart,
    };
}
