namespace Homestretch.Promising.Kernel;

/// <summary>Mends a plan after lots moved. Every order whose pegs are still in time keeps its slot; of the others, those that supply left over
/// can serve keep theirs too. Each of the rest goes where it makes the fewest others move: into a gap, or between two builds, which
/// pushes those behind it only until the next gaps have swallowed it. No build ends later than right-shifting would end it, unless a
/// held slot is in its way.</summary>
/// <remarks>Why there is always a place: orders are put back in the plan's sequence. Let t be when the order is ready and all builds before it in that
/// sequence are done. Those keep their limits, so t is not after the start that right-shifting gives it; and of the builds at or after t, each
/// one that is pushed starts when those between it and the order in the sequence are done, which right-shifting does not better. A place in a gap or
/// further ahead is taken only when it keeps all limits as well, so the same holds for the next order.</remarks>
internal sealed class AllocationRepair
{
    private const long Moved = 1_000, DayLater = 10; // what a promise moved costs, and a day of delay of one that moves anyway
    private const long Never = long.MaxValue / 4;

    private readonly AllocationProblem _problem;
    private readonly AllocationBoard _board;
    private readonly AllocationResult _plan;
    private readonly int[] _shifted, _ready;
    private readonly int[] _start;           // working second of each order as mended so far; -1 while it has none
    private readonly List<int>[] _sequence;  // orders of each line by that second

    /// <param name="problem">The problem with the lots where they are now.</param>
    /// <param name="options">Policy.</param>
    /// <param name="draft">Takes the mended plan.</param>
    /// <param name="plan">The plan before.</param>
    /// <param name="shifted">Start of each order, working seconds, when pegs and sequence are held; -1 for none.</param>
    /// <param name="ready">Calendar second at which the last of the pegs that each order has in the plan arrives now.</param>
    public AllocationRepair(AllocationProblem problem, AllocationOptions options, AllocationDraft draft, AllocationResult plan, int[] shifted, int[] ready)
    {
        (_problem, _plan, _shifted, _ready) = (problem, plan, shifted, ready);
        _board = new AllocationBoard(problem, draft, options);
        _start = [.. plan.StartWork];
        _sequence = [.. Enumerable.Range(0, problem.LineCount).Select(line => new List<int>(plan.SlotFirst[line + 1] - plan.SlotFirst[line]))];
    }

    public void Run(CancellationToken cancel)
    {
        ServeFromWhatIsLeft();
        for (int line = 0; line < _problem.LineCount; line++)
        {
            ReadOnlySpan<int> planned = _plan.SlotOrder.AsSpan(_plan.SlotFirst[line], _plan.SlotFirst[line + 1] - _plan.SlotFirst[line]);
            foreach (int order in planned)
                if (_start[order] >= 0) _sequence[line].Add(order);
            foreach (int order in planned)
            {
                cancel.ThrowIfCancellationRequested();
                if (_start[order] < 0 && _shifted[order] >= 0) PutBack(line, order);
            }
        }
        for (int order = 0; order < _start.Length; order++)
        {
            if (_start[order] < 0) continue;
            if (_plan.StartSecond[order] >= 0) _board.Slack.Release(order, TakenAt(order));
            _board.Place(order, _start[order]);
        }
        for (int order = 0; order < _start.Length; order++) // no slot in the plan, none before the calendar ends, or held slots in the way
        {
            if (_start[order] >= 0) continue;
            if (_plan.StartSecond[order] >= 0) _board.Slack.Release(order, TakenAt(order));
            if (_board.BestStart(order) is >= 0 and var start) _board.Place(order, start);
        }
        _board.Explain();
    }

    private int TakenAt(int order) => Math.Max(_plan.StartSecond[order], _ready[order]);

    /// <summary>Takes each kit when its own pegs are there; then, by class and start, lets those that wait have what is left over sooner.</summary>
    private void ServeFromWhatIsLeft()
    {
        var waiting = new List<int>();
        for (int order = 0; order < _start.Length; order++)
        {
            if (_start[order] < 0) continue;
            _board.Slack.Take(order, TakenAt(order));
            if (_board.IsHeld(order) || (_ready[order] <= _plan.StartSecond[order] && _shifted[order] >= 0)) continue;
            _start[order] = -1;
            if (_shifted[order] >= 0) waiting.Add(order);
        }
        foreach (int order in waiting.OrderBy(order => _problem.OrderClass[order]).ThenBy(order => _plan.StartSecond[order]).ThenBy(order => order))
        {
            _board.Slack.Release(order, _ready[order]);
            _ready[order] = Math.Min(_ready[order], Math.Max(_plan.StartSecond[order], _board.Slack.WholeFrom(order, Math.Max(_plan.StartSecond[order], _board.Floor[order]), out _)));
            _board.Slack.Take(order, _ready[order]);
            if (_ready[order] == _plan.StartSecond[order]) _start[order] = _plan.StartWork[order];
        }
    }

    /// <summary>Puts an order into the sequence of its line where that costs least.</summary>
    private void PutBack(int line, int order)
    {
        List<int> sequence = _sequence[line];
        int ready = _board.ToWork(line, _ready[order]), work = _problem.WorkSeconds[order];
        int place = FirstEndingAfter(sequence, ready), best = -1, bestStart = 0;
        long bestCost = Never;
        for (; place <= sequence.Count; place++)
        {
            int start = Math.Max(ready, place == 0 ? 0 : End(sequence[place - 1]));
            if (start > _shifted[order]) break;
            long cost = LateCost(order, start) + DayLater * (start - ready) / AllocationBoard.Day;
            if (cost >= bestCost) continue;
            cost += PushCost(sequence, place, start + work, bestCost - cost);
            if (cost < bestCost) (best, bestStart, bestCost) = (place, start, cost);
        }
        if (best < 0) return; // a held slot is in the way
        _start[order] = bestStart;
        sequence.Insert(best, order);
        for (int next = best + 1, free = bestStart + work; next < sequence.Count && _start[sequence[next]] < free; next++)
        {
            _start[sequence[next]] = free;
            free = End(sequence[next]);
        }
    }

    /// <summary>What it costs to have the builds from a place on wait until a working second; at least <paramref name="limit"/> when one of
    /// them would pass what right-shifting gives it, or its slot is held.</summary>
    private long PushCost(List<int> sequence, int place, int free, long limit)
    {
        long cost = 0;
        for (; place < sequence.Count && cost < limit; place++)
        {
            int order = sequence[place], start = _start[order];
            if (start >= free) return cost;
            if (_shifted[order] < free || _board.IsHeld(order)) return Never;
            if (start == _plan.StartWork[order]) cost += Moved;
            cost += LateCost(order, free) - LateCost(order, start) + DayLater * (free - start) / AllocationBoard.Day;
            free += _problem.WorkSeconds[order];
        }
        return cost;
    }

    /// <summary>Being late costs as much as moving five others for class 3, 50 for class 2, 500 for class 1.</summary>
    private long LateCost(int order, int start) =>
        _board.LateWork(order, start) <= 0 ? 0 : Moved * _problem.OrderClass[order] switch { <= 1 => 500, 2 => 50, _ => 5 };

    private int End(int order) => _start[order] + _problem.WorkSeconds[order];

    private int FirstEndingAfter(List<int> sequence, int second)
    {
        int low = 0, high = sequence.Count;
        while (low < high)
        {
            int mid = (low + high) >>> 1;
            if (End(sequence[mid]) <= second) low = mid + 1; else high = mid;
        }
        return low;
    }
}
