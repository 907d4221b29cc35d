namespace Homestretch.Promising.Kernel;

/// <summary>An allocation in the making: where each order starts and why it is late. Pegs follow from the starts
/// (see <see cref="AllocationPegs"/>), because the lots in time for a start are always a prefix of the item's lots.</summary>
internal sealed class AllocationDraft
{
    /// <summary>Working second at which each order starts on its line; -1 while it has no slot.</summary>
    public readonly int[] StartWork;

    /// <summary>Calendar second of the same.</summary>
    public readonly int[] StartSecond;

    public readonly LateReason[] Reason;
    public readonly int[] GateItem;
    public readonly LineSlots[] Slots;

    /// <summary>Held pegs, and the quantity of each part row they leave open.</summary>
    public readonly HeldPegs Held;

    public AllocationDraft(AllocationProblem problem)
    {
        StartWork = new int[problem.OrderCount];
        StartSecond = new int[problem.OrderCount];
        GateItem = new int[problem.OrderCount];
        Array.Fill(StartWork, -1);
        Array.Fill(StartSecond, -1);
        Array.Fill(GateItem, -1);
        Reason = new LateReason[problem.OrderCount];
        Slots = [.. problem.Lines.Select(calendar => new LineSlots(calendar.Horizon))];
        Held = new HeldPegs(problem);
    }

    /// <summary>Calendar second at which an order's placed build ends.</summary>
    public int EndSecond(AllocationProblem problem, int order)
    {
        LineCalendar calendar = problem.Lines[problem.OrderLine[order]];
        int end = StartWork[order] + problem.WorkSeconds[order];
        return calendar.IsAlwaysOpen ? end : calendar.EndToCalendar(end);
    }
}

/// <summary>Pegs that a person or an earlier decision holds: their lots are spoken for before anything else.</summary>
internal sealed class HeldPegs
{
    /// <summary>What each part row still needs.</summary>
    public readonly int[] Needed;

    /// <summary>What each lot still has.</summary>
    public readonly int[] LotLeft;

    /// <summary>The second before which an order with held pegs cannot start; null when there are no held pegs.</summary>
    public readonly int[]? NotBefore;

    /// <summary>Reads the held pegs of a problem.</summary>
    /// <exception cref="ArgumentException">A held peg takes more than its lot has or its order needs.</exception>
    public HeldPegs(AllocationProblem problem)
    {
        LotLeft = [.. problem.LotQuantity];
        Needed = problem.PartQuantity;
        if (problem.FixedPegFirst is not { } first) return;
        Needed = [.. problem.PartQuantity];
        NotBefore = new int[problem.OrderCount];
        for (int order = 0; order < problem.OrderCount; order++)
            for (int peg = first[order]; peg < first[order + 1]; peg++)
            {
                int lot = problem.FixedPegLot[peg], quantity = problem.FixedPegQuantity[peg];
                int item = ItemOf(problem, lot), part = problem.PartFirst[order];
                while (part < problem.PartFirst[order + 1] && problem.PartItem[part] != item) part++;
                if (part == problem.PartFirst[order + 1] || Needed[part] < quantity || LotLeft[lot] < quantity)
                    throw new ArgumentException($"Held peg {peg} takes {quantity} of lot {lot} (item {item}) for order {order}: more than the order needs or the lot has.\nMaybe the lot was reduced after the peg was held.", nameof(problem));
                Needed[part] -= quantity;
                LotLeft[lot] -= quantity;
                NotBefore[order] = Math.Max(NotBefore[order], problem.LotSecond[lot]);
            }
    }

    private static int ItemOf(AllocationProblem problem, int lot)
    {
        int at = Array.BinarySearch(problem.LotFirst, lot);
        if (at < 0) return ~at - 1;
        while (problem.LotFirst[at + 1] == lot) at++; // items without lots share the same first index
        return at;
    }
}
