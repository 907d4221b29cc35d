namespace Homestretch.Promising.Kernel;

/// <summary>The best effort: chooses which orders are on time and which are late, and how late, by the prices of scarce
/// supply, then places them and moves them while that helps.</summary>
/// <remarks>Classes come one after another, so no order is late for the sake of a lower class; within classes 1 and 2
/// the choice is for the most orders on time. Steps: pack all builds by due descending, each as late as it can be (on
/// one line this is the latest schedule there is); price supply at those starts; take orders on time by margin while
/// supply lasts; pack those again, which only makes starts later; put the others at their earliest slot; let late
/// orders win better slots; pull builds ahead where nothing is harmed.</remarks>
internal sealed class AllocationSearch
{
    private const float MostOnTime = 1_000; // days: what one more late order weighs in classes 1 and 2
    private const int LateAllowance = AllocationBoard.Day; // working seconds a late order may drift to let others fit

    private readonly AllocationProblem _problem;
    private readonly AllocationOptions _options;
    private readonly AllocationBoard _board;
    private readonly int[] _latest;    // latest start second of each order, -1 when it cannot be on time
    private readonly int[] _deadline;  // working second by which each should end; -1 when unknown
    private readonly bool[] _onTime;   // chosen to be on time
    private readonly bool[] _lateTaken; // chosen to be late, with its kit already taken
    private readonly int[] _lateDay;   // day on which an order that is not would best start

    public AllocationSearch(AllocationProblem problem, AllocationOptions options, AllocationDraft draft)
    {
        (_problem, _options) = (problem, options);
        _board = new AllocationBoard(problem, draft, options);
        _latest = new int[problem.OrderCount];
        _deadline = new int[problem.OrderCount];
        _onTime = new bool[problem.OrderCount];
        _lateTaken = new bool[problem.OrderCount];
        _lateDay = new int[problem.OrderCount];
    }

    public void Run(int[] sequence, CancellationToken cancel)
    {
        _board.PlaceHeld();
        int[] loose = [.. sequence.Where(order => !_board.IsHeld(order))];
        int[] byDue = ByDueDescending(loose);
        PackLatest(byDue);
        for (int from = 0, to; from < loose.Length; from = to)
        {
            byte tier = _problem.OrderClass[loose[from]];
            for (to = from; to < loose.Length && _problem.OrderClass[loose[to]] == tier; to++) { }
            ChooseOnTime(loose[from..to], tier, cancel);
        }
        ChooseLate(loose);
        AllocationPacking.Place(_board, loose, _latest, _deadline);
        PlaceRest(loose);
        new AllocationMoves(_board, loose).Run(_options.MoveRounds, cancel);
        PullAhead();
        _board.Explain();
    }

    private int[] ByDueDescending(int[] orders)
    {
        var keys = new ulong[orders.Length];
        for (int k = 0; k < keys.Length; k++) keys[k] = (ulong)(int.MaxValue - _board.DueWork[orders[k]]);
        return [.. AllocationSequence.Sorted(keys).Select(k => orders[k])];
    }

    /// <summary>The latest schedule of all orders, on time, supply aside.</summary>
    private void PackLatest(int[] byDue)
    {
        var slots = new LineSlots[_problem.LineCount];
        for (int line = 0; line < slots.Length; line++) slots[line] = new LineSlots(_problem.Lines[line].Horizon);
        for (int order = 0; order < _problem.OrderCount; order++)
            if (_board.IsHeld(order)) slots[_problem.OrderLine[order]].TryTake(_board.Draft.StartWork[order], _problem.WorkSeconds[order]);
        foreach (int order in byDue)
        {
            int line = _problem.OrderLine[order], work = _problem.WorkSeconds[order];
            int start = slots[line].LatestFit(_board.DueWork[order], work, _board.ToWork(line, _board.Floor[order]));
            if (start >= 0) slots[line].TakeFound(start, work);
            _latest[order] = start < 0 ? -1 : _board.ToSecond(line, start);
            _deadline[order] = start < 0 ? -1 : _board.DueWork[order];
        }
    }

    /// <summary>Chooses who of one class is on time: all when supply allows, else by price.</summary>
    private void ChooseOnTime(int[] orders, byte tier, CancellationToken cancel)
    {
        int[] able = [.. orders.Where(order => _latest[order] >= 0)];
        if (tier <= 2)
        {
            int taken = 0;
            while (taken < able.Length && TakeIfWhole(able[taken])) taken++;
            if (taken == able.Length) return;
            foreach (int order in able.AsSpan(0, taken)) _board.Slack.Release(order, _latest[order]);
        }
        var prices = new AllocationPrices(_problem, _board.Draft.Held.Needed, _board.Slack, able, [.. able.Select(order => _latest[order])], _options.MostDaysLate);
        prices.Run(_options.PricingRounds, tier <= 2 ? MostOnTime : _options.LateOrderDays, 1.0, cancel);
        var keys = new ulong[able.Length];
        for (int k = 0; k < able.Length; k++)
        {
            keys[k] = Descending(prices.Margin[k]);
            _lateDay[able[k]] = prices.LateDay[k];
            _onTime[able[k]] = false;
        }
        for (int k = 0; k < able.Length; k++)
            if (prices.Margin[k] < 0 && tier > 2) TakeTolerable(able[k]);
        foreach (int k in AllocationSequence.Sorted(keys))
            if (prices.Margin[k] >= 0 || tier <= 2) TakeIfWhole(able[k]);
    }

    private bool TakeIfWhole(int order)
    {
        return _onTime[order] = _board.Slack.TryTake(order, _latest[order]);
    }

    /// <summary>An order that will be late, and would be later than the limit if it waited until all its parts can be
    /// bought, takes supply before the orders on time do.</summary>
    private void TakeTolerable(int order)
    {
        int last = _board.LastTolerable(order), bought = 0, line = _problem.OrderLine[order];
        for (int part = _problem.PartFirst[order]; part < _problem.PartFirst[order + 1]; part++)
            bought = Math.Max(bought, _problem.BuyLead[_problem.PartItem[part]]);
        int second = Math.Min(last, _lateDay[order] * AllocationBoard.Day);
        if (bought <= last || second <= _latest[order] || !_board.Slack.Has(order, second, out _)) return;
        _board.Slack.Take(order, second);
        _latest[order] = second;
        _deadline[order] = Math.Max(_board.ToWork(line, last), _board.ToWork(line, second)) + _problem.WorkSeconds[order];
        _lateTaken[order] = true;
    }

    /// <summary>Gives each order that is not on time, by class and by the day that suits it best, the earliest kit that
    /// supply leaves, and a deadline soon after.</summary>
    private void ChooseLate(int[] loose)
    {
        int[] rest = [.. loose.Where(order => !_onTime[order] && !_lateTaken[order])];
        var keys = new ulong[rest.Length];
        for (int k = 0; k < rest.Length; k++) keys[k] = (ulong)_problem.OrderClass[rest[k]] << 32 | (uint)_lateDay[rest[k]];
        foreach (int k in AllocationSequence.Sorted(keys))
        {
            int order = rest[k], line = _problem.OrderLine[order];
            int whole = _board.Slack.WholeFrom(order, _board.Floor[order], out _);
            _deadline[order] = -1; // no kit yet: packing leaves it out
            if (whole == int.MaxValue) continue;
            int deadline = Math.Max(_board.ToWork(line, whole) + _problem.WorkSeconds[order], _board.DueWork[order]);
            if (deadline >= _problem.Lines[line].Horizon - LateAllowance) continue;
            _latest[order] = whole;
            _deadline[order] = deadline + LateAllowance;
            _board.Slack.Take(order, whole);
        }
    }

    /// <summary>What packing could not place: in time if that is still possible, where need be by sending lower classes
    /// away; else as early as can be.</summary>
    private void PlaceRest(int[] loose)
    {
        foreach (int order in loose)
        {
            if (_board.IsPlaced(order)) continue;
            if (_problem.OrderClass[order] <= 2 && _onTime[order] && MakeRoom(order, loose)) continue;
            if (_board.BestStart(order) is >= 0 and var start) _board.Place(order, start);
        }
    }

    /// <summary>Clears builds of lower classes off the time an order has, late ones first, until it fits.</summary>
    private bool MakeRoom(int order, int[] loose)
    {
        int line = _problem.OrderLine[order], due = _board.DueWork[order];
        int whole = _board.Slack.WholeFrom(order, _board.Floor[order], out _);
        if (whole == int.MaxValue || _board.ToWork(line, whole) + _problem.WorkSeconds[order] > due) return false;
        var lifted = new List<(int Order, int Start)>();
        foreach (bool late in (ReadOnlySpan<bool>)[true, false])
            foreach (int other in loose)
            {
                if (_problem.OrderLine[other] != line || !_board.IsPlaced(other) || _onTime[other] == late || _problem.OrderClass[other] <= _problem.OrderClass[order]) continue;
                int start = _board.Draft.StartWork[other];
                if (start >= due || start + _problem.WorkSeconds[other] <= _board.ToWork(line, whole)) continue;
                lifted.Add((other, _board.Lift(other)));
                if (_board.OnTimeStart(order) is >= 0 and var found)
                {
                    _board.Place(order, found);
                    return true;
                }
            }
        foreach (var (other, start) in lifted) _board.Place(other, start);
        return false;
    }

    /// <summary>Pulls late builds as early as they can be, then those in time up to the chosen lead, in the order they start.</summary>
    private void PullAhead()
    {
        if (_options.PullAheadSeconds <= 0) return;
        int[] byStart = AllocationSequence.ByStart(_board.Draft.StartSecond);
        foreach (bool late in (ReadOnlySpan<bool>)[true, false])
            foreach (int order in byStart)
            {
                int start = _board.Draft.StartWork[order];
                if (_board.IsHeld(order) || _board.LateWork(order, start) > 0 != late) continue;
                int from = late ? 0 : Math.Max(0, _board.Draft.StartSecond[order] - _options.PullAheadSeconds);
                _board.PullTo(order, from);
            }
    }

    /// <summary>A key that sorts floats from high to low.</summary>
    private static ulong Descending(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return (bits & 0x8000_0000) != 0 ? bits : ~bits & 0x7FFF_FFFF;
    }
}
