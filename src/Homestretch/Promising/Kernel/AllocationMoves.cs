namespace Homestretch.Promising.Kernel;

/// <summary>Lets late orders win better slots: alone where supply was left, else by making one other order of the same
/// or a lower class give way when the two together are better off.</summary>
internal sealed class AllocationMoves
{
    private const int MostTimes = 3, FirstChoices = 4, MostChoices = 12, FirstGiven = 4, MostGiven = 6, MostOnLine = 16, MostAhead = 15;

    private int _choices = FirstChoices, _mostAhead;
    private readonly AllocationBoard _board;
    private readonly AllocationProblem _problem;
    private readonly int[] _userFirst, _users, _userQuantity; // by item: the orders that may give way, and how much of it each has
    private readonly int[] _lineFirst, _byLine;                // by line: the orders that may give way, the latest due first

    /// <param name="board">Where all orders are placed.</param>
    /// <param name="orders">Orders that may move.</param>
    public AllocationMoves(AllocationBoard board, ReadOnlySpan<int> orders)
    {
        (_board, _problem) = (board, board.Problem);
        var keys = new ulong[orders.Length];
        _lineFirst = new int[_problem.LineCount + 1];
        for (int k = 0; k < keys.Length; k++)
        {
            keys[k] = (ulong)_problem.OrderLine[orders[k]] << 32 | (uint)(int.MaxValue - board.DueWork[orders[k]]);
            _lineFirst[_problem.OrderLine[orders[k]] + 1]++;
        }
        for (int line = 0; line < _problem.LineCount; line++) _lineFirst[line + 1] += _lineFirst[line];
        _byLine = AllocationSequence.Sorted(keys);
        for (int k = 0; k < keys.Length; k++) _byLine[k] = orders[_byLine[k]];
        _userFirst = new int[_problem.ItemCount + 1];
        foreach (int order in orders)
            for (int part = _problem.PartFirst[order]; part < _problem.PartFirst[order + 1]; part++) _userFirst[_problem.PartItem[part] + 1]++;
        for (int item = 0; item < _problem.ItemCount; item++) _userFirst[item + 1] += _userFirst[item];
        _users = new int[_userFirst[^1]];
        _userQuantity = new int[_userFirst[^1]];
        int[] next = _userFirst[..^1];
        foreach (int order in orders)
            for (int part = _problem.PartFirst[order]; part < _problem.PartFirst[order + 1]; part++)
            {
                int at = next[_problem.PartItem[part]]++;
                (_users[at], _userQuantity[at]) = (order, board.Draft.Held.Needed[part]);
            }
    }

    /// <summary>Runs rounds over all late orders until one changes nothing, then rounds over those beyond the limit of
    /// days late, with more tries each; returns the number of moves.</summary>
    public int Run(int rounds, CancellationToken cancel)
    {
        int moves = Rounds(rounds, beyondOnly: false, cancel);
        (_choices, _mostAhead) = (MostChoices, MostAhead);
        return moves + Rounds(rounds == 0 ? 0 : 4, beyondOnly: true, cancel);
    }

    private int Rounds(int rounds, bool beyondOnly, CancellationToken cancel)
    {
        int moves = 0;
        for (int round = 0; round < rounds; round++)
        {
            int before = moves;
            foreach (int order in LateOrders(beyondOnly))
            {
                cancel.ThrowIfCancellationRequested();
                if (Improve(order)) moves++;
            }
            if (moves == before) break;
        }
        return moves;
    }

    /// <summary>Late orders, the costliest first.</summary>
    private int[] LateOrders(bool beyondOnly)
    {
        var late = new List<(float Cost, int Order)>();
        for (int order = 0; order < _problem.OrderCount; order++)
        {
            int start = _board.Draft.StartWork[order];
            if (start < 0 || _board.LateWork(order, start) <= 0 || _board.IsHeld(order) || (beyondOnly && !_board.LateBeyond(order, start))) continue;
            late.Add((_board.Cost(order, start), order));
        }
        late.Sort((a, b) => a.Cost != b.Cost ? b.Cost.CompareTo(a.Cost) : a.Order.CompareTo(b.Order));
        return [.. late.Select(l => l.Order)];
    }

    private bool Improve(int order)
    {
        int before = _board.Lift(order), alone = _board.BestStart(order);
        float cost = _board.Cost(order, before);
        if (_board.Cost(order, alone) < cost - 0.01f)
        {
            _board.Place(order, alone);
            return true;
        }
        if (WinLine(order, cost)) return true;
        Span<int> times = stackalloc int[MostTimes];
        int count = Times(order, _board.ToSecond(_problem.OrderLine[order], before), times);
        if (_mostAhead > 0)
            for (int ahead = 0, last = _board.LastTolerable(order); ahead <= _mostAhead && last - ahead * AllocationBoard.Day >= _board.Floor[order]; ahead = 2 * ahead + 1)
                if (WinSlot(order, last - ahead * AllocationBoard.Day, cost)) return true;
        foreach (int second in times[..count])
            if (WinSlot(order, second, cost)) return true;
        _board.Place(order, before);
        return false;
    }

    /// <summary>Seconds worth trying: the latest start in time, then arrivals of the order's parts after it.</summary>
    private int Times(int order, int present, Span<int> times)
    {
        int line = _problem.OrderLine[order], count = 0;
        int latestWork = _board.DueWork[order] - _problem.WorkSeconds[order];
        int last = Math.Max(_board.Floor[order], latestWork < 0 ? 0 : _board.ToSecond(line, latestWork));
        if (latestWork >= 0 && last < present) times[count++] = last;
        while (count < times.Length)
        {
            int next = present;
            for (int part = _problem.PartFirst[order]; part < _problem.PartFirst[order + 1]; part++)
            {
                int item = _problem.PartItem[part], rank = _board.Slack.Rank(item, last);
                int after = rank < _board.Slack.Binding[item] ? _problem.LotSecond[_problem.LotFirst[item] + rank] : _problem.BuyLead[item];
                if (after > last) next = Math.Min(next, after);
            }
            if (next >= present) break;
            times[count++] = last = next;
        }
        return count;
    }

    /// <summary>Tries to start once the kit is whole by making another build of the line go elsewhere.</summary>
    private bool WinLine(int order, float cost)
    {
        int line = _problem.OrderLine[order], work = _problem.WorkSeconds[order];
        int whole = _board.Slack.WholeFrom(order, _board.Floor[order], out _);
        if (whole == int.MaxValue) return false;
        int from = _board.ToWork(line, whole), to = Math.Max(_board.DueWork[order], from + work);
        if (_board.Cost(order, from) >= cost - 0.01f) return false;
        Span<int> given = stackalloc int[1];
        int tried = 0;
        for (int k = _lineFirst[line]; k < _lineFirst[line + 1] && tried < MostOnLine; k++)
        {
            int user = _byLine[k], start = _board.Draft.StartWork[user];
            if (start < 0 || start >= to || start + _problem.WorkSeconds[user] < from + work || _problem.WorkSeconds[user] < work
                || user == order || _problem.OrderClass[user] < _problem.OrderClass[order]) continue;
            tried++;
            given[0] = user;
            float paid = _board.Cost(user, start);
            _board.Lift(user);
            if (Accept(order, whole, cost + paid, given, [start])) return true;
            _board.Place(user, start);
        }
        return false;
    }

    /// <summary>Tries to start near a second by making one user of each lacking item give way: of the first item the
    /// few that look cheapest, each in turn, of further items the cheapest.</summary>
    private bool WinSlot(int order, int second, float cost)
    {
        int first = Lacking(order, second, out int firstNeeded, out int firstShort);
        if (first < 0) return false;
        float most = cost - _board.Cost(order, _board.ToWork(_problem.OrderLine[order], second));
        Span<int> choices = stackalloc int[MostChoices];
        choices = choices[..Cheapest(order, first, firstNeeded, firstShort, most, choices[.._choices])];
        Span<int> given = stackalloc int[MostGiven], givenStart = stackalloc int[MostGiven], next = stackalloc int[1];
        foreach (int choice in choices)
        {
            float paid = _board.Cost(choice, _board.Draft.StartWork[choice]);
            given[0] = choice;
            givenStart[0] = _board.Lift(choice);
            int count = 1, lacking;
            while ((lacking = Lacking(order, second, out int needed, out int short_)) >= 0 && count < (_mostAhead > 0 ? MostGiven : FirstGiven) && Cheapest(order, lacking, needed, short_, most, next) > 0)
            {
                paid += _board.Cost(next[0], _board.Draft.StartWork[next[0]]);
                given[count] = next[0];
                givenStart[count++] = _board.Lift(next[0]);
            }
            if (lacking < 0 && Accept(order, second, cost + paid, given[..count], givenStart)) return true;
            for (int k = count - 1; k >= 0; k--) _board.Place(given[k], givenStart[k]);
        }
        return false;
    }

    /// <summary>Places the order and those that gave way; false, and nothing placed, when that is no cheaper than before
    /// or takes an order of class 1 or 2 off its time.</summary>
    private bool Accept(int order, int second, float before, ReadOnlySpan<int> given, ReadOnlySpan<int> givenStart)
    {
        int start = _board.OnTimeStart(order);
        if (start < 0) start = _board.EarliestStart(order, second);
        float left = before - _board.Cost(order, start);
        if (start < 0 || left <= 0.01f) return false;
        _board.Place(order, start);
        int placed = 0;
        while (placed < given.Length)
        {
            int again = _board.BestStart(given[placed]);
            float cost = _board.Cost(given[placed], again);
            bool spoilt = cost > 0 && _problem.OrderClass[given[placed]] <= 2 && _board.LateWork(given[placed], givenStart[placed]) <= 0;
            if (again < 0 || spoilt || (left -= cost) <= 0.01f) break;
            _board.Place(given[placed++], again);
        }
        if (placed == given.Length) return true;
        while (placed > 0) _board.Lift(given[--placed]);
        _board.Lift(order);
        return false;
    }

    /// <summary>The users of an item, of the same class as the order or a lower one, that seem to lose least by waiting
    /// for later supply of it, the cheapest first; returns how many were found.</summary>
    private int Cheapest(int order, int item, int needed, int short_, float most, Span<int> cheapest)
    {
        Span<float> costs = stackalloc float[MostChoices];
        int count = 0, lead = _problem.BuyLead[item], quantity = -1, from = 0;
        byte tier = _problem.OrderClass[order];
        long worthwhile = _board.SecondsLateFor(most);
        for (int u = _userFirst[item]; u < _userFirst[item + 1]; u++)
        {
            int user = _users[u], start = _board.Draft.StartSecond[user];
            if (_userQuantity[u] < (_mostAhead > 0 ? 1 : short_) || start >= needed || start < 0 || _problem.OrderClass[user] < tier || user == order) continue;
            if (_userQuantity[u] != quantity)
            {
                quantity = _userQuantity[u];
                from = Math.Max(needed, Math.Min(lead, _board.Slack.PartFrom(item, quantity)));
            }
            long end = (long)from + _problem.WorkSeconds[user], due = _problem.DueSecond[user];
            if (from == int.MaxValue || (end - due > worthwhile && start + _problem.WorkSeconds[user] <= due)) continue; // was in time, would be too late
            float cost = _board.Cost(user, _board.ToWork(_problem.OrderLine[user], from)) - _board.Cost(user, _board.Draft.StartWork[user]);
            if (cost >= most) continue;
            if (_userQuantity[u] < short_) cost *= short_ / (float)_userQuantity[u];
            int at = count;
            while (at > 0 && (costs[at - 1] > cost || (costs[at - 1] == cost && cheapest[at - 1] > user))) at--;
            if (at == cheapest.Length) continue;
            count = Math.Min(count + 1, cheapest.Length);
            for (int k = count - 1; k > at; k--) (costs[k], cheapest[k]) = (costs[k - 1], cheapest[k - 1]);
            (costs[at], cheapest[at]) = (cost, user);
            if (count == cheapest.Length) worthwhile = Math.Min(worthwhile, _board.SecondsLateFor(costs[count - 1]));
        }
        return count;
    }

    /// <summary>The first item lacking at a second, -1 when none is; the second before which a user must start for its
    /// giving way to help; and how much is short.</summary>
    private int Lacking(int order, int second, out int needed, out int short_)
    {
        for (int part = _problem.PartFirst[order]; part < _problem.PartFirst[order + 1]; part++)
        {
            int item = _problem.PartItem[part], quantity = _board.Draft.Held.Needed[part];
            if (_problem.BuyLead[item] <= second || quantity == 0) continue;
            int rank = _board.Slack.Rank(item, second), first = _problem.LotFirst[item], end = first + _board.Slack.Binding[item];
            int lot = first + Math.Max(0, rank - 1), least = rank == 0 ? 0 : int.MaxValue;
            while (lot < end && _board.Slack.Slack[lot] >= quantity) lot++;
            if (rank > 0 && lot == end) continue;
            needed = rank == 0 ? int.MinValue : lot + 1 < end ? _problem.LotSecond[lot + 1] : _problem.BuyLead[item];
            for (; lot < end; lot++) least = Math.Min(least, _board.Slack.Slack[lot]);
            short_ = quantity - Math.Max(0, least);
            return item;
        }
        needed = short_ = 0;
        return -1;
    }
}
