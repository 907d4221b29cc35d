namespace Homestretch.Promising.Kernel;

/// <summary>Fits a plan to a problem that is no longer its own: keeps every slot whose kit can still be had, whichever lots it
/// now comes from, and moves as few orders as it can.</summary>
internal sealed class AllocationMend
{
    private readonly AllocationProblem _problem;
    private readonly AllocationBoard _board;
    private readonly int[] _held;          // start second to keep, by order
    private readonly int[] _userFirst, _users;
    private readonly List<(int Order, int Start)> _displaced = [];
    private readonly int[] _least;         // by lot: least slack from it to its item's last binding lot, 0 at most
    private readonly bool[] _known;        // by item: whether that is so since the last order was lifted

    public AllocationMend(AllocationProblem problem, AllocationOptions options, AllocationDraft draft, int[] startSecond)
    {
        (_problem, _held) = (problem, startSecond);
        _board = new AllocationBoard(problem, draft, options);
        (_least, _known) = (new int[problem.LotSecond.Length], new bool[problem.ItemCount]);
        _userFirst = new int[problem.ItemCount + 1];
        foreach (int item in problem.PartItem) _userFirst[item + 1]++;
        for (int item = 0; item < problem.ItemCount; item++) _userFirst[item + 1] += _userFirst[item];
        _users = new int[_userFirst[^1]];
        int[] next = _userFirst[..^1];
        for (int order = 0; order < problem.OrderCount; order++)
            for (int part = problem.PartFirst[order]; part < problem.PartFirst[order + 1]; part++) _users[next[problem.PartItem[part]]++] = order;
    }

    public void Run(int[] sequence, CancellationToken cancel)
    {
        KeepSlots(sequence);
        for (int item = 0; item < _problem.ItemCount; item++)
        {
            cancel.ThrowIfCancellationRequested();
            while (FirstOverdrawn(item) is >= 0 and var lot && Displace(item, lot)) { }
        }
        foreach (var (order, start) in _displaced.OrderBy(d => _problem.OrderClass[d.Order]).ThenBy(d => d.Start).ThenBy(d => d.Order))
        {
            int line = _problem.OrderLine[order], work = _board.ToWork(line, start);
            if (_board.Slack.Has(order, start, out _) && _board.Draft.Slots[line].LatestFit(work + _problem.WorkSeconds[order], _problem.WorkSeconds[order], work) == work) _board.Place(order, work);
            else if (_board.EarliestStart(order, start) is >= 0 and var later) _board.Place(order, later);
        }
        foreach (int order in sequence)
            if (!_board.IsPlaced(order) && _board.BestStart(order) is >= 0 and var start) _board.Place(order, start);
        _board.Explain();
    }

    private void KeepSlots(int[] sequence)
    {
        _board.PlaceHeld();
        foreach (int order in sequence)
        {
            if (_held[order] < 0 || _board.IsPlaced(order)) continue;
            int line = _problem.OrderLine[order], work = _board.ToWork(line, _held[order]);
            if (!_board.Slack.HasBegun(order, _held[order])) _displaced.Add((order, _held[order]));
            else if (work >= _board.ToWork(line, _board.Floor[order]) && _board.Draft.Slots[line].LatestFit(work + _problem.WorkSeconds[order], _problem.WorkSeconds[order], work) == work)
                _board.Place(order, work);
        }
    }

    /// <summary>The first lot of an item up to which more is taken than there is; -1 when there is none.</summary>
    private int FirstOverdrawn(int item)
    {
        int first = _problem.LotFirst[item];
        for (int lot = first; lot < first + _board.Slack.Binding[item]; lot++)
            if (_board.Slack.Slack[lot] < 0) return lot;
        return -1;
    }

    /// <summary>Takes off the board the order that loses least, for what it gives, by waiting; false when no order may move.</summary>
    private bool Displace(int item, int lot)
    {
        int best = -1, first = _problem.LotFirst[item], next = lot + 1 < first + _board.Slack.Binding[item] ? _problem.LotSecond[lot + 1] : _problem.BuyLead[item];
        int back = next;
        for (int after = lot; after < first + _board.Slack.Binding[item]; after++)
            if (_board.Slack.Slack[after] < 0) back = after + 1 < first + _board.Slack.Binding[item] ? _problem.LotSecond[after + 1] : _problem.BuyLead[item];
        float bestCost = float.MaxValue;
        for (int u = _userFirst[item]; u < _userFirst[item + 1]; u++)
        {
            int order = _users[u];
            if (!_board.IsPlaced(order) || _board.IsHeld(order) || _board.Draft.StartSecond[order] >= next) continue;
            float gives = Gives(order);
            if (gives == 0) continue;
            int line = _problem.OrderLine[order], later = _board.ToWork(line, back);
            float days = (back - _board.Draft.StartSecond[order]) / (float)AllocationBoard.Day;
            float cost = (_board.Cost(order, later) - _board.Cost(order, _board.Draft.StartWork[order]) + days + 1) / gives;
            if (cost >= bestCost) continue;
            (best, bestCost) = (order, cost);
        }
        if (best < 0) return false;
        int start = _board.Draft.StartSecond[best];
        _board.Lift(best);
        for (int part = _problem.PartFirst[best]; part < _problem.PartFirst[best + 1]; part++) _known[_problem.PartItem[part]] = false;
        _displaced.Add((best, start));
        return true;
    }

    /// <summary>How much of what is overdrawn an order would give back, over all its parts, as a share of what it needs of each.</summary>
    private float Gives(int order)
    {
        float gives = 0;
        for (int part = _problem.PartFirst[order]; part < _problem.PartFirst[order + 1]; part++)
        {
            int item = _problem.PartItem[part];
            if (_problem.BuyLead[item] <= _board.Draft.StartSecond[order]) continue;
            gives += Math.Min(_board.Draft.Held.Needed[part], -Least(item, Math.Max(1, _board.Slack.Rank(item, _board.Draft.StartSecond[order])) - 1));
        }
        return gives;
    }

    private int Least(int item, int rank)
    {
        int first = _problem.LotFirst[item], binding = _board.Slack.Binding[item];
        if (rank >= binding) return 0;
        for (int lot = first + binding - 1, least = 0; !_known[item] && lot >= first; lot--) _least[lot] = least = Math.Min(least, _board.Slack.Slack[lot]);
        _known[item] = true;
        return _least[first + rank];
    }
}
