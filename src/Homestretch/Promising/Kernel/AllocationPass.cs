using System.Numerics;

namespace Homestretch.Promising.Kernel;

/// <summary>The single pass: orders one after the other, as they stand in the problem (see <see cref="OrdersInSequence"/>), each at its
/// latest slot in time when its kit is whole by then, else at its earliest slot once it is. Takes from each item the latest lots not later than
/// the start, which leaves the most for those that follow: the lots in time for a start are a prefix, so prefixes nest and this greedy choice is optimal.</summary>
/// <remarks>Per item a bit for each lot that is not empty gives 'the last non-empty lot up to k' in one instruction.</remarks>
internal sealed class AllocationPass
{
    private readonly AllocationProblem _problem;
    private readonly AllocationDraft _draft;
    private readonly int[] _left;        // by lot, less what this pass has taken
    private readonly int[] _wordFirst;   // by item: its first word of bits
    private readonly ulong[] _filled;    // bit k of an item: its lot k is not empty
    private readonly int[] _needed;
    private readonly int[] _top;         // by part of the order last looked at: its latest lot that is there and not empty
    private int _topOrder = -1, _topSecond;

    public AllocationPass(AllocationProblem problem, AllocationDraft draft)
    {
        (_problem, _draft, _needed) = (problem, draft, draft.Held.Needed);
        _left = [.. draft.Held.LotLeft];
        _wordFirst = new int[problem.ItemCount + 1];
        for (int item = 0; item < problem.ItemCount; item++)
            _wordFirst[item + 1] = _wordFirst[item] + (problem.LotFirst[item + 1] - problem.LotFirst[item] + 63) / 64;
        _filled = new ulong[_wordFirst[^1]];
        int most = 0;
        for (int order = 0; order < problem.OrderCount; order++) most = Math.Max(most, problem.PartFirst[order + 1] - problem.PartFirst[order]);
        _top = new int[most];
        for (int item = 0; item < problem.ItemCount; item++)
            for (int lot = problem.LotFirst[item]; lot < problem.LotFirst[item + 1]; lot++)
                if (_left[lot] > 0)
                    _filled[_wordFirst[item] + (lot - problem.LotFirst[item]) / 64] |= 1UL << (lot - problem.LotFirst[item]);
    }

    /// <summary>Places all orders that have no slot yet, one after the other.</summary>
    public void Run(AllocationTiming timing, CancellationToken cancel)
    {
        for (int order = 0; order < _problem.OrderCount; order++)
        {
            if ((order & 4095) == 0) cancel.ThrowIfCancellationRequested();
            if (_draft.StartWork[order] < 0) Place(order, timing);
        }
    }

    /// <summary>Takes the held slots and their kits, before all others.</summary>
    /// <returns>The first order whose line is taken or closed then; -1 when there is none.</returns>
    public int PlaceFixed()
    {
        if (_problem.FixedStart is not { } fixedStart) return -1;
        for (int order = 0; order < fixedStart.Length; order++)
        {
            if (fixedStart[order] < 0) continue;
            int line = _problem.OrderLine[order], work = _problem.Lines[line].ToWork(fixedStart[order]);
            if (!_draft.Slots[line].TryTake(work, _problem.WorkSeconds[order])) return order;
            Settle(order, work, fixedStart[order]);
            if (_draft.EndSecond(_problem, order) > _problem.DueSecond[order]) _draft.Reason[order] = LateReason.Policy;
            Take(order, fixedStart[order]);
        }
        return -1;
    }

    private void Place(int order, AllocationTiming timing)
    {
        int line = _problem.OrderLine[order], work = _problem.WorkSeconds[order];
        LineCalendar calendar = _problem.Lines[line];
        LineSlots slots = _draft.Slots[line];
        bool open = calendar.IsAlwaysOpen;
        int release = Math.Max(0, _problem.ReleaseSecond[order]);
        if (_draft.Held.NotBefore is { } notBefore) release = Math.Max(release, notBefore[order]);
        int floor = open ? release : calendar.ToWork(release);
        int dueWork = open ? _problem.DueSecond[order] : _problem.DueSecond[order] <= 0 ? 0 : calendar.ToWork(_problem.DueSecond[order]);
        int latest = timing == AllocationTiming.Latest ? slots.LatestFit(dueWork, work, floor) : -1;
        int from = release, gate = -1;
        if (latest >= 0)
        {
            int second = open ? latest : calendar.StartToCalendar(latest);
            int whole = Gate(order, second, out gate);
            if (whole <= second)
            {
                slots.TakeFound(latest, work);
                Settle(order, latest, second);
                Take(order, second);
                return;
            }
            from = whole;
        }
        else
        {
            from = Math.Max(release, Gate(order, release, out gate));
        }
        if (from == int.MaxValue)
        {
            (_draft.Reason[order], _draft.GateItem[order]) = (LateReason.Unknown, gate);
            return;
        }
        int start = slots.EarliestFit(open ? from : calendar.ToWork(from), work);
        if (start < 0)
        {
            _draft.Reason[order] = LateReason.Unknown;
            return;
        }
        slots.TakeFound(start, work);
        int startSecond = open ? start : calendar.StartToCalendar(start);
        Settle(order, start, startSecond);
        if (start + work > dueWork) Blame(order, gate, from, release, dueWork - work, calendar);
        Take(order, startSecond);
    }

    private void Settle(int order, int work, int second)
    {
        _draft.StartWork[order] = work;
        _draft.StartSecond[order] = second;
    }

    /// <summary>Says why an order is late, before its own kit is taken.</summary>
    private void Blame(int order, int gate, int whole, int release, int latestWork, LineCalendar calendar)
    {
        int latest = latestWork < 0 ? -1 : calendar.StartToCalendar(latestWork);
        if (gate >= 0 && whole > latest)
            (_draft.Reason[order], _draft.GateItem[order]) = (LateReasons.OfGate(_problem, order, gate, whole, latest), gate);
        else
            _draft.Reason[order] = release > Math.Max(0, latest) ? LateReason.Policy : LateReason.Capacity;
    }

    /// <summary>The earliest second, not before <paramref name="second"/>, at which the whole kit can be had, and the
    /// item that sets it (-1 when it can be had at once); <see cref="int.MaxValue"/> when never.</summary>
    private int Gate(int order, int second, out int gate)
    {
        int whole = second, begin = _problem.PartFirst[order], end = _problem.PartFirst[order + 1];
        (gate, _topOrder, _topSecond) = (-1, order, second);
        for (int part = begin; part < end; part++)
        {
            int item = _problem.PartItem[part], buy = _problem.BuyLead[item];
            if (buy <= second) continue;
            int first = _problem.LotFirst[item], quantity = _needed[part], arrived = Arrived(item, second);
            int top = _top[part - begin] = LastFilled(_wordFirst[item], arrived - 1);
            if (quantity == 0 || (top >= 0 && _left[first + top] >= quantity)) continue;
            int had = PartWhole(item, quantity, second, arrived, top);
            if (had > whole) (whole, gate) = (had, item);
        }
        return whole;
    }

    private int PartWhole(int item, int quantity, int second, int arrived, int top)
    {
        int first = _problem.LotFirst[item], word = _wordFirst[item];
        for (int lot = top; lot >= 0; lot = LastFilled(word, lot - 1))
        {
            quantity -= _left[first + lot];
            if (quantity <= 0) return second;
        }
        int buy = _problem.BuyLead[item], count = _problem.LotFirst[item + 1] - first;
        for (int lot = arrived; lot < count && _problem.LotSecond[first + lot] < buy; lot++)
        {
            quantity -= _left[first + lot];
            if (quantity <= 0) return _problem.LotSecond[first + lot];
        }
        return buy;
    }

    /// <summary>Takes the kit: from the latest lots not later than the start; what may be bought by then is left to the second pass.</summary>
    private void Take(int order, int second)
    {
        bool known = _topOrder == order && _topSecond == second;
        int begin = _problem.PartFirst[order], end = _problem.PartFirst[order + 1];
        for (int part = begin; part < end; part++)
        {
            int item = _problem.PartItem[part];
            if (_problem.BuyLead[item] <= second) continue;
            int quantity = _needed[part], first = _problem.LotFirst[item], word = _wordFirst[item];
            for (int lot = known ? _top[part - begin] : LastFilled(word, Arrived(item, second) - 1); quantity > 0 && lot >= 0; lot = LastFilled(word, lot - 1))
            {
                int taken = Math.Min(quantity, _left[first + lot]);
                quantity -= taken;
                if ((_left[first + lot] -= taken) == 0) _filled[word + lot / 64] &= ~(1UL << lot);
            }
        }
    }

    /// <summary>Number of the item's lots with a second not after <paramref name="second"/>.</summary>
    private int Arrived(int item, int second)
    {
        ReadOnlySpan<int> seconds = _problem.LotSecond.AsSpan(_problem.LotFirst[item], _problem.LotFirst[item + 1] - _problem.LotFirst[item]);
        return SortedSeconds.CountUpTo(seconds, second);
    }

    /// <summary>The last non-empty lot of an item not after lot <paramref name="k"/> of it; -1 when there is none.</summary>
    private int LastFilled(int word, int k)
    {
        if (k < 0) return -1;
        int at = k >> 6;
        ulong bits = _filled[word + at] & (ulong.MaxValue >> (63 - (k & 63)));
        while (bits == 0)
        {
            if (--at < 0) return -1;
            bits = _filled[word + at];
        }
        return at * 64 + 63 - BitOperations.LeadingZeroCount(bits);
    }
}
