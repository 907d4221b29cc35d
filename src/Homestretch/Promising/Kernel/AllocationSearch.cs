namespace Homestretch.Promising.Kernel;

/// <summary>The best effort: chooses which orders are on time and which are late, and how late, by the prices of scarce
/// supply, then places them and moves them while that helps.</summary>
/// <remarks>Orders of classes 1 and 2 are never late by choice. Steps: pack all builds as late as their dues allow, by
/// due descending (for one line this is the latest schedule there is: every start of it is the latest possible);
/// price supply at those starts; take orders on time by class and margin while supply lasts; pack those again, and put
/// the others at their earliest slot; then let late orders win better slots.</remarks>
internal sealed class AllocationSearch
{
    private const int Day = 86_400;

    private readonly AllocationProblem _problem;
    private readonly AllocationOptions _options;
    private readonly AllocationDraft _draft;
    private readonly SupplySlack _slack;

    public AllocationSearch(AllocationProblem problem, AllocationOptions options, AllocationDraft draft)
    {
        (_problem, _options, _draft) = (problem, options, draft);
        _slack = new SupplySlack(problem, draft.Held);
    }

    public void Run(int[] sequence, CancellationToken cancel)
    {
        int[] latest = LatestStarts(sequence, out int[] byDue);
        int[] rigid = [.. sequence.Where(o => _problem.OrderClass[o] < 3)], free = [.. sequence.Where(o => _problem.OrderClass[o] >= 3)];
        var onTime = new bool[_problem.OrderCount];
        foreach (int order in rigid) TakeIfWhole(order, latest, onTime);
        int[] priced = [.. free.Where(o => latest[o] >= 0)];
        var prices = new AllocationPrices(_problem, _draft.Held.Needed, _slack, priced, [.. priced.Select(o => latest[o])], _options.MostDaysLate);
        prices.Run(_options.PricingRounds, _options.LateOrderDays, 1.0, cancel);
        var keys = new ulong[priced.Length];
        for (int k = 0; k < keys.Length; k++) keys[k] = Descending(prices.Margin[k]);
        var lateDay = new int[_problem.OrderCount];
        for (int k = 0; k < priced.Length; k++) lateDay[priced[k]] = prices.LateDay[k];
        int[] byMargin = AllocationSequence.Sorted(keys);
        foreach (int k in byMargin) if (prices.Margin[k] >= 0) TakeIfWhole(priced[k], latest, onTime);
        PlaceOnTime(byDue, onTime);
        PlaceLate(sequence, lateDay);
    }

    private static ulong Descending(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return (bits & 0x8000_0000) != 0 ? bits : ~bits & 0x7FFF_FFFF;
    }

    private int[] LatestStarts(int[] sequence, out int[] byDue)
    {
        var keys = new ulong[sequence.Length];
        for (int order = 0; order < keys.Length; order++) keys[order] = unchecked(uint.MaxValue - ((uint)_problem.DueSecond[order] ^ 0x8000_0000u));
        byDue = AllocationSequence.Sorted(keys);
        var slots = new int[_problem.LineCount];
        Array.Fill(slots, int.MaxValue);
        var latest = new int[_problem.OrderCount];
        foreach (int order in byDue)
        {
            int line = _problem.OrderLine[order];
            int start = Math.Min(slots[line], _problem.Lines[line].ToWork(_problem.DueSecond[order])) - _problem.WorkSeconds[order];
            latest[order] = start;
            if (start >= 0)
            {
                slots[line] = start;
                latest[order] = _problem.Lines[line].StartToCalendar(start);
            }
        }
        return latest;
    }

    private void TakeIfWhole(int order, int[] latest, bool[] onTime)
    {
        if (latest[order] < 0 || !_slack.Has(order, latest[order], out _)) return;
        _slack.Take(order, latest[order]);
        onTime[order] = true;
        _draft.StartSecond[order] = latest[order];
    }

    private void PlaceOnTime(int[] byDue, bool[] onTime)
    {
        foreach (int order in byDue)
        {
            if (!onTime[order]) continue;
            int line = _problem.OrderLine[order];
            int start = _draft.Slots[line].LatestFit(_problem.Lines[line].ToWork(_problem.DueSecond[order]), _problem.WorkSeconds[order], 0);
            _draft.Slots[line].TakeFound(start, _problem.WorkSeconds[order]);
            int second = _problem.Lines[line].StartToCalendar(start);
            _slack.Release(order, _draft.StartSecond[order]);
            _slack.Take(order, second);
            (_draft.StartWork[order], _draft.StartSecond[order]) = (start, second);
        }
    }

    private void PlaceLate(int[] sequence, int[] lateDay)
    {
        var keys = new ulong[sequence.Length];
        for (int k = 0; k < keys.Length; k++) keys[k] = (ulong)Math.Min((int)_problem.OrderClass[sequence[k]], 3) << 32 | (uint)lateDay[sequence[k]];
        foreach (int k in AllocationSequence.Sorted(keys))
        {
            int order = sequence[k];
            if (_draft.StartWork[order] >= 0) continue;
            int line = _problem.OrderLine[order], work = _problem.WorkSeconds[order];
            LineSlots slots = _draft.Slots[line];
            LineCalendar calendar = _problem.Lines[line];
            int start = slots.LatestFit(calendar.ToWork(_problem.DueSecond[order]), work, 0);
            if (start < 0 || !_slack.Has(order, calendar.StartToCalendar(start), out _))
            {
                int whole = _slack.WholeFrom(order, 0, out int gate);
                start = slots.EarliestFit(calendar.ToWork(whole), work);
                _draft.Reason[order] = LateReason.MaterialShort;
            }
            slots.TakeFound(start, work);
            int second = calendar.StartToCalendar(start);
            _slack.Take(order, second);
            (_draft.StartWork[order], _draft.StartSecond[order]) = (start, second);
        }
    }
}
