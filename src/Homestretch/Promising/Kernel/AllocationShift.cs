namespace Homestretch.Promising.Kernel;

/// <summary>Right-shifting: pegs and sequence held, every build starts at its old start, the arrival of its last peg or
/// the end of the build before it, whichever is latest. What a plan becomes when nobody re-plans; the yardstick of a repair.</summary>
internal static class AllocationShift
{
    /// <summary>New start in working seconds of each order; -1 of those without a slot, or whose build no longer ends before the calendar does.</summary>
    /// <param name="problem">The problem the plan was made for.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="lotSecond">New arrival second of each lot of that problem; purchases stay as planned.</param>
    /// <param name="ready">Calendar second at which the last peg of each order with a slot arrives; 0 when it has none.</param>
    public static int[] Starts(AllocationProblem problem, AllocationResult plan, ReadOnlySpan<int> lotSecond, out int[] ready)
    {
        ready = new int[problem.OrderCount];
        int[] starts = new int[problem.OrderCount];
        Array.Fill(starts, -1);
        for (int line = 0; line < problem.LineCount; line++)
        {
            int free = 0;
            foreach (int order in plan.SlotOrder.AsSpan(plan.SlotFirst[line], plan.SlotFirst[line + 1] - plan.SlotFirst[line]))
            {
                for (int peg = plan.PegFirst[order]; peg < plan.PegFirst[order] + plan.PegCount[order]; peg++)
                {
                    int supply = plan.PegSupply[peg];
                    ready[order] = Math.Max(ready[order], supply < lotSecond.Length ? lotSecond[supply] : plan.PurchaseSecond[supply - lotSecond.Length]);
                }
                int start = Math.Max(Math.Max(plan.StartWork[order], free), problem.Lines[line].ToWork(ready[order]));
                if (start > problem.Lines[line].Horizon - problem.WorkSeconds[order]) continue;
                starts[order] = start;
                free = start + problem.WorkSeconds[order];
            }
        }
        return starts;
    }
}
