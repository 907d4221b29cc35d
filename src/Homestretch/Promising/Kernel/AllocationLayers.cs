namespace Homestretch.Promising.Kernel;

/// <summary>Lays orders out in layers, after those that are held: Win, Gain, Redistribute, Fill, Lose; within a layer by class, due second and index. An order never moves
/// once it is placed, so its slot depends on nobody in a layer below.</summary>
/// <remarks>The layers and their words are those of backorder processing. Each order keeps its slot when it is in time and its kit can still be had there. Otherwise an order of the
/// first three layers takes the latest slot in time, else the earliest of its own and all others; one of the last two the earliest that is not before its own: it never gains.</remarks>
internal sealed class AllocationLayers
{
    public const byte Win = 0, Gain = 1, Redistribute = 2, Fill = 3, Lose = 4;

    private readonly AllocationProblem _problem;
    private readonly AllocationBoard _board;
    private readonly int[] _was;        // start second, by order; -1: none
    private readonly byte[] _rank;

    public AllocationLayers(AllocationProblem problem, AllocationOptions options, AllocationDraft draft, int[] startSecond, byte[] rank)
    {
        (_problem, _was, _rank) = (problem, startSecond, rank);
        _board = new AllocationBoard(problem, draft, options);
    }

    public void Run()
    {
        _board.PlaceHeld();
        var keys = new ulong[_problem.OrderCount];
        for (int order = 0; order < keys.Length; order++)
            keys[order] = (ulong)_rank[order] << 40 | (ulong)_problem.OrderClass[order] << 32 | AllocationSequence.Biased(_problem.DueSecond[order]);
        foreach (int order in AllocationSequence.Sorted(keys))
        {
            if (_board.IsPlaced(order)) continue;
            int start = _rank[order] < Fill ? Best(order) : NoSooner(order);
            if (start >= 0) _board.Place(order, start);
        }
        _board.Explain();
    }

    private int Best(int order)
    {
        int own = Own(order);
        if (own >= 0 && _board.LateWork(order, own) <= 0) return own;
        if (_board.OnTimeStart(order) is >= 0 and var inTime) return inTime;
        int soonest = _board.EarliestStart(order, 0);
        return own >= 0 && (soonest < 0 || own <= soonest) ? own : soonest;
    }

    private int NoSooner(int order)
    {
        if (_was[order] < 0) return -1;
        return Own(order) is >= 0 and var own ? own : _board.EarliestStart(order, _was[order]);
    }

    /// <summary>Its own slot, where that is free and its kit can be had there; -1 otherwise.</summary>
    private int Own(int order)
    {
        if (_was[order] < 0) return -1;
        int line = _problem.OrderLine[order], work = _problem.WorkSeconds[order], start = _board.ToWork(line, _was[order]);
        return start >= _board.ToWork(line, _board.Floor[order]) && _board.Draft.Slots[line].LatestFit(start + work, work, start) == start && _board.Slack.Has(order, _was[order], out _) ? start : -1;
    }
}
