namespace Homestretch.Promising.Kernel;

/// <summary>Allocates scarce supply and line time to order lines. Deterministic: the same problem and options give the
/// same result, on one core or many.</summary>
public static class Allocation
{
    /// <summary>Makes a plan.</summary>
    /// <param name="problem">What is to be built, from what, where.</param>
    /// <param name="options">Effort and policy.</param>
    /// <param name="cancel">Stops a long search; the plan so far is not returned.</param>
    public static AllocationResult Plan(AllocationProblem problem, AllocationOptions options, CancellationToken cancel = default)
    {
        int[] sequence = AllocationSequence.ByClassThenDue(problem);
        var draft = new AllocationDraft(problem);
        if (options.Effort == AllocationEffort.Best)
        {
            new AllocationSearch(problem, options, draft).Run(sequence, cancel);
            return AllocationPegs.Settle(problem, draft, options.Pegging);
        }
        var pass = new AllocationPass(problem, draft);
        pass.PlaceFixed(sequence);
        pass.Run(sequence, options.Timing, cancel);
        return AllocationPegs.Settle(problem, draft, options.Pegging);
    }
}
