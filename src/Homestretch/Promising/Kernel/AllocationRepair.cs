namespace Homestretch.Promising.Kernel;

/// <summary>Mends a plan after supply moved: keeps every slot whose kit can still be had, whichever lots it now comes
/// from, and moves as few orders as it can, none later than holding pegs and sequence would.</summary>
internal sealed class AllocationRepair
{
    private readonly AllocationProblem _problem;
    private readonly AllocationBoard _board;
    private readonly int[] _held;          // start second to keep, by order
    private readonly int[]? _latestEnd;    // end second not to be passed, by order
    private readonly int[] _userFirst, _users;
    private readonly List<(int Order, int Start, int Wait)> _displaced = []; // and the second at which its kit is kept for it; -1 when none is

    public AllocationRepair(AllocationProblem problem, AllocationOptions options, AllocationDraft draft, int[] startSecond, int[]? latestEnd)
    {
        (_problem, _held, _latestEnd) = (problem, startSecond, latestEnd);
        _board = new AllocationBoard(problem, draft, options);
        _userFirst = new int[problem.ItemCount + 1];
        foreach (int item in problem.PartItem) _userFirst[item + 1]++;
        for (int item = 0; item < problem.ItemCount; item++) _userFirst[item + 1] += _userFirst[item];
        _users = new int[_userFirst[^1]];
        int[] next = _userFirst[..^1];
        for (int order = 0; order < problem.OrderCount; order++)
            for (int part = problem.PartFirst[order]; part < problem.PartFirst[order + 1]; part++) _users[next[problem.PartItem[part]]++] = order;
    }

    /// <returns>True when every order ends by its given latest end.</returns>
    public bool Run(int[] sequence, CancellationToken cancel)
    {
        KeepSlots(sequence);
        for (int item = 0; item < _problem.ItemCount; item++)
        {
            cancel.ThrowIfCancellationRequested();
            while (FirstOverdrawn(item) is >= 0 and var lot && Displace(item, lot)) { }
        }
        foreach (var (order, start, wait) in _displaced.OrderBy(d => _problem.OrderClass[d.Order]).ThenBy(d => d.Start).ThenBy(d => d.Order))
        {
            if (wait >= 0) _board.Slack.Release(order, wait);
            int line = _problem.OrderLine[order], work = _board.ToWork(line, start);
            if (_board.Slack.Has(order, start, out _) && _board.Draft.Slots[line].LatestFit(work + _problem.WorkSeconds[order], _problem.WorkSeconds[order], work) == work) _board.Place(order, work);
            else if (_board.EarliestStart(order, start) is >= 0 and var later && (InTime(order, later) || !Push(order, start))) _board.Place(order, later);
        }
        foreach (int order in sequence)
            if (!_board.IsPlaced(order) && _board.BestStart(order) is >= 0 and var start) _board.Place(order, start);
        _board.Explain();
        return WithinLatest();
    }

    private bool InTime(int order, int startWork) =>
        _latestEnd is null || _latestEnd[order] < 0 || _problem.Lines[_problem.OrderLine[order]].EndToCalendar(startWork + _problem.WorkSeconds[order]) <= _latestEnd[order];

    /// <summary>Starts an order once its kit is whole and the build then running is done, and moves the builds behind it right until a gap
    /// takes the rest, which their supply always allows; false, and nothing changed, when one would pass its latest end.</summary>
    private bool Push(int order, int from)
    {
        int line = _problem.OrderLine[order], whole = _board.Slack.WholeFrom(order, Math.Max(from, _board.Floor[order]), out _);
        if (whole == int.MaxValue) return false;
        int[] starts = [.. Enumerable.Range(0, _problem.OrderCount).Select(o => _problem.OrderLine[o] == line ? _board.Draft.StartWork[o] : -1)];
        int free = _board.ToWork(line, whole);
        var pushed = new List<(int Order, int Start)>();
        bool placed = false;
        foreach (int other in AllocationSequence.ByStart(starts))
        {
            if (!placed && starts[other] + _problem.WorkSeconds[other] <= free) continue;
            if (!placed && starts[other] < free) free = starts[other] + _problem.WorkSeconds[other];
            else if (!placed && starts[other] - free >= _problem.WorkSeconds[order]) break;
            else
            {
                if (!placed && !Next(order)) return false;
                placed = true;
                if (starts[other] >= free) break;
                if (_board.IsHeld(other) || !Next(other)) return false;
            }
        }
        if (!placed && !Next(order)) return false;
        foreach (var (other, _) in pushed)
            if (other != order) _board.Lift(other);
        foreach (var (other, start) in pushed) _board.Place(other, start);
        return true;

        bool Next(int build)
        {
            if (free > _problem.Lines[line].Horizon - _problem.WorkSeconds[build] || !InTime(build, free)) return false;
            pushed.Add((build, free));
            free += _problem.WorkSeconds[build];
            return true;
        }
    }

    private void KeepSlots(int[] sequence)
    {
        _board.PlaceHeld();
        foreach (int order in sequence)
        {
            if (_held[order] < 0 || _board.IsPlaced(order)) continue;
            int line = _problem.OrderLine[order], work = _board.ToWork(line, _held[order]);
            if (!_board.Slack.HasBegun(order, _held[order])) _displaced.Add((order, _held[order], -1));
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
        int best = -1, bestWait = 0, next = After(item, lot);
        float bestCost = float.MaxValue;
        for (int u = _userFirst[item]; u < _userFirst[item + 1]; u++)
        {
            int order = _users[u];
            if (!_board.IsPlaced(order) || _board.IsHeld(order) || _board.Draft.StartSecond[order] >= next) continue;
            float gives = Gives(order, out int wait);
            if (gives == 0) continue;
            int line = _problem.OrderLine[order], later = wait == int.MaxValue ? -1 : _board.ToWork(line, wait);
            float days = ((long)wait - _board.Draft.StartSecond[order]) / (float)AllocationBoard.Day;
            float cost = (_board.Cost(order, later) - _board.Cost(order, _board.Draft.StartWork[order]) + days + 1) / gives;
            if (_latestEnd is not null && (long)wait + _problem.WorkSeconds[order] > _latestEnd[order]) cost += 1e6f;
            if (cost >= bestCost) continue;
            (best, bestCost, bestWait) = (order, cost, wait);
        }
        if (best < 0) return false;
        int start = _board.Draft.StartSecond[best];
        _board.Lift(best);
        if (bestWait < int.MaxValue) _board.Slack.Take(best, bestWait);
        _displaced.Add((best, start, bestWait == int.MaxValue ? -1 : bestWait));
        return true;
    }

    /// <summary>Second of the lot after one, or of the earliest purchase.</summary>
    private int After(int item, int lot) => lot + 1 < _problem.LotFirst[item] + _board.Slack.Binding[item] ? _problem.LotSecond[lot + 1] : _problem.BuyLead[item];

    /// <summary>How much of what is overdrawn an order would give back, over all its parts, as a share of what it needs of each;
    /// and the second until which all of them stay overdrawn.</summary>
    private float Gives(int order, out int wait)
    {
        float gives = 0;
        wait = _board.Draft.StartSecond[order];
        for (int part = _problem.PartFirst[order]; part < _problem.PartFirst[order + 1]; part++)
        {
            int item = _problem.PartItem[part];
            if (_problem.BuyLead[item] <= _board.Draft.StartSecond[order]) continue;
            int first = _problem.LotFirst[item], least = 0;
            for (int lot = first + Math.Max(1, _board.Slack.Rank(item, _board.Draft.StartSecond[order])) - 1; lot < first + _board.Slack.Binding[item]; lot++)
            {
                least = Math.Min(least, _board.Slack.Slack[lot]);
                if (_board.Slack.Slack[lot] < 0 && _board.Draft.Held.Needed[part] > 0) wait = Math.Max(wait, After(item, lot));
            }
            gives += Math.Min(_board.Draft.Held.Needed[part], -least);
        }
        return gives;
    }

    private bool WithinLatest()
    {
        if (_latestEnd is null) return true;
        for (int order = 0; order < _problem.OrderCount; order++)
            if (_latestEnd[order] >= 0 && (!_board.IsPlaced(order) || _board.Draft.EndSecond(_problem, order) > _latestEnd[order])) return false;
        return true;
    }
}
