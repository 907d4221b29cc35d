namespace Homestretch.Promising.Kernel;

/// <summary>Packs orders with deadlines onto the lines, as late as they go: walks each line backwards in time and
/// builds, of the orders whose deadline has been reached, the one whose kit comes last.</summary>
/// <remarks>This is earliest-deadline-first in mirrored time (Jackson 1955 with the roles of release and due exchanged):
/// the order that can least be moved earlier goes first.</remarks>
internal static class AllocationPacking
{
    /// <param name="board">Slots free but for held ones; slack reduced by every order at its present start.</param>
    /// <param name="orders">Orders to place.</param>
    /// <param name="present">Second at which each order's kit is counted now.</param>
    /// <param name="deadline">Working second by which each must end; -1: leave it out.</param>
    /// <remarks>An order that would land where its kit is not whole stays unplaced, its kit given back.</remarks>
    public static void Place(AllocationBoard board, int[] orders, int[] present, int[] deadline)
    {
        AllocationProblem problem = board.Problem;
        int[] packed = [.. orders.Where(order => deadline[order] >= 0)];
        var keys = new ulong[packed.Length];
        for (int k = 0; k < packed.Length; k++) keys[k] = (ulong)problem.OrderLine[packed[k]] << 32 | (uint)(int.MaxValue - deadline[packed[k]]);
        int[] by = AllocationSequence.Sorted(keys);
        var whole = new int[problem.OrderCount];
        foreach (int order in packed) whole[order] = board.Slack.WholeWithout(order, present[order], board.Floor[order]);
        var ready = new PriorityQueue<int, long>();
        for (int from = 0, to; from < by.Length; from = to)
        {
            int line = problem.OrderLine[packed[by[from]]], at = from, now = int.MaxValue;
            for (to = from; to < by.Length && problem.OrderLine[packed[by[to]]] == line; to++) { }
            while (at < to || ready.Count > 0)
            {
                if (ready.Count == 0) now = Math.Min(now, deadline[packed[by[at]]]);
                for (; at < to && deadline[packed[by[at]]] >= now; at++)
                {
                    int next = packed[by[at]];
                    ready.Enqueue(next, (long)-whole[next] << 32 | (uint)next);
                }
                int order = ready.Dequeue(), work = problem.WorkSeconds[order];
                int start = board.Draft.Slots[line].LatestFit(Math.Min(now, deadline[order]), work, board.ToWork(line, board.Floor[order]));
                if (start < 0 || !board.Slack.TryShift(order, present[order], board.ToSecond(line, start)))
                {
                    board.Slack.Release(order, present[order]);
                    continue;
                }
                board.PlaceFound(order, start);
                now = start;
            }
        }
    }
}
