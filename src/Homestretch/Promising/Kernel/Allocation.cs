namespace Homestretch.Promising.Kernel;

/// <summary>Allocates scarce supply and line time to order lines. Deterministic: the same problem and options give the
/// same result, on one core or many.</summary>
public static class Allocation
{
    /// <summary>Makes a plan.</summary>
    /// <param name="problem">What is to be built, from what, where.</param>
    /// <param name="options">Effort and policy.</param>
    /// <param name="cancel">Stops a long search; the plan so far is not returned.</param>
    /// <exception cref="ArgumentException">Held slots overlap or lie where the line is closed, or a held peg takes more than there is.</exception>
    public static AllocationResult Plan(AllocationProblem problem, AllocationOptions options, CancellationToken cancel = default)
    {
        int[] sequence = AllocationSequence.ByClassThenDue(problem);
        if (options.Effort == AllocationEffort.Best)
        {
            var draft = new AllocationDraft(problem);
            new AllocationSearch(problem, options, draft).Run(sequence, cancel);
            return AllocationPegs.Settle(problem, draft, options.Pegging);
        }
        if (problem.FixedPegFirst is not null) _ = new HeldPegs(problem); // refuses by the problem's own indices
        var laid = new OrdersInSequence(problem, sequence);
        var placed = new AllocationDraft(laid.Problem);
        var pass = new AllocationPass(laid.Problem, placed);
        if (pass.PlaceFixed() is >= 0 and var refused) throw Overlap(problem, sequence[refused]);
        pass.Run(options.Timing, cancel);
        return laid.Back(AllocationPegs.Settle(laid.Problem, placed, options.Pegging, laid.ByStart(placed.StartSecond)));
    }

    /// <summary>Mends a plan whose lots moved: keeps every slot whose kit can still be had and moves few orders, none
    /// to a later end than <see cref="RightShift"/> gives it.</summary>
    /// <param name="problem">The problem the plan was made for.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="lotSecond">New allocation second of each lot of that problem.</param>
    /// <param name="options">Policy; the effort is not used.</param>
    /// <param name="mended">The problem with the lots where they are now, to which the result's lot indices belong.</param>
    /// <param name="cancel">Stops it.</param>
    public static AllocationResult Repair(AllocationProblem problem, AllocationResult plan, ReadOnlySpan<int> lotSecond, AllocationOptions options,
        out AllocationProblem mended, CancellationToken cancel = default)
    {
        mended = problem.WithLotSeconds(lotSecond, out _);
        int[] shifted = AllocationShift.Starts(problem, plan, lotSecond, out int[] ready);
        var draft = new AllocationDraft(mended);
        new AllocationRepair(mended, options, draft, plan, shifted, ready).Run(cancel);
        return AllocationPegs.Settle(mended, draft, options.Pegging);
    }

    /// <summary>Keeps every slot of a plan whose kit can be had then, from whichever lots, moves few others, and gives the best slots left to those without one.</summary>
    /// <param name="problem">What is to be built now.</param>
    /// <param name="startSecond">Start of each order in the plan that is; -1 for no slot.</param>
    /// <param name="options">Policy; the effort is not used.</param>
    /// <param name="cancel">Stops it.</param>
    internal static AllocationResult Mend(AllocationProblem problem, int[] startSecond, AllocationOptions options, CancellationToken cancel = default)
    {
        var draft = new AllocationDraft(problem);
        new AllocationMend(problem, options, draft, startSecond).Run(AllocationSequence.ByClassThenDue(problem), cancel);
        return AllocationPegs.Settle(problem, draft, options.Pegging);
    }

    /// <summary>Lays orders out one rank after another, so that no order's slot depends on those of a higher rank number (see <see cref="AllocationLayers"/>).</summary>
    /// <param name="problem">What is to be built now.</param>
    /// <param name="startSecond">Start of each order in the plan that is; -1 for no slot.</param>
    /// <param name="rank">Rank of each order: 0 is laid out first.</param>
    /// <param name="options">Policy; the effort is not used.</param>
    internal static AllocationResult Layer(AllocationProblem problem, int[] startSecond, byte[] rank, AllocationOptions options)
    {
        var draft = new AllocationDraft(problem);
        new AllocationLayers(problem, options, draft, startSecond, rank).Run();
        return AllocationPegs.Settle(problem, draft, options.Pegging);
    }

    /// <summary>The plan with pegs and sequence held: builds move right until their pegs have arrived and the build
    /// before them is done. Pegs are then laid anew over the same starts, which is always possible.</summary>
    public static AllocationResult RightShift(AllocationProblem problem, AllocationResult plan, ReadOnlySpan<int> lotSecond, AllocationOptions options, out AllocationProblem shifted)
    {
        shifted = problem.WithLotSeconds(lotSecond, out _);
        int[] starts = AllocationShift.Starts(problem, plan, lotSecond, out _);
        var draft = new AllocationDraft(shifted);
        var board = new AllocationBoard(shifted, draft, options);
        for (int order = 0; order < starts.Length; order++)
            if (starts[order] >= 0) board.Place(order, starts[order]);
        board.Explain();
        return AllocationPegs.Settle(shifted, draft, options.Pegging);
    }

    /// <summary>Pegs, purchases and reasons for starts that are already decided, whoever decided them.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="startSecond">Calendar second at which each order starts; -1 for no slot.</param>
    /// <param name="options">Which lots a kit takes.</param>
    /// <exception cref="ArgumentException">Two starts overlap on a line or lie where it is closed.</exception>
    public static AllocationResult Settle(AllocationProblem problem, int[] startSecond, AllocationOptions options)
    {
        var draft = new AllocationDraft(problem);
        var board = new AllocationBoard(problem, draft, options);
        for (int order = 0; order < startSecond.Length; order++)
        {
            if (startSecond[order] < 0) continue;
            int line = problem.OrderLine[order], work = board.ToWork(line, startSecond[order]);
            if (draft.Slots[line].LatestFit(work + problem.WorkSeconds[order], problem.WorkSeconds[order], work) != work)
                throw new ArgumentException($"Order {order} cannot start at second {startSecond[order]}: line {line} is taken or closed then.", nameof(startSecond));
            board.Place(order, work);
        }
        board.Explain();
        return AllocationPegs.Settle(problem, draft, options.Pegging);
    }

    private static ArgumentException Overlap(AllocationProblem problem, int order) =>
        new($"Order {order} is held at second {problem.FixedStart![order]}, but line {problem.OrderLine[order]} is taken or closed then.\nMaybe two builds were pinned to one slot.", nameof(problem));

    /// <summary>A proven upper bound on the number of orders, among those of class <paramref name="mostClass"/> or more
    /// important, that any plan could have on time. Takes some hundreds of times as long as it takes to read the orders.</summary>
    /// <param name="rounds">Rounds of sharpening; more cost time and only lower the bound.</param>
    public static double MostOnTime(AllocationProblem problem, int mostClass = 255, int rounds = 300, CancellationToken cancel = default) =>
        AllocationBound.OnTime(problem, mostClass, rounds, cancel);
}
