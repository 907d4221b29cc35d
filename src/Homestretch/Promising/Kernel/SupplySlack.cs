using System.Runtime.CompilerServices;

namespace Homestretch.Promising.Kernel;

/// <summary>Supply less demand, cumulated over the lots of each item: slack k of an item is all of its lots 0..k less all
/// demand that starts before lot k + 1 (before the earliest purchase, for the last). A set of starts can be supplied
/// exactly when no slack is negative, because the lots in time for a start are a prefix. Unlike pegs, this can be
/// undone in any order, so it is the state of searches.</summary>
/// <remarks>Only lots before the earliest purchase bind; from then on any quantity can be bought.</remarks>
internal sealed class SupplySlack
{
    private readonly AllocationProblem _problem;
    private readonly int[] _needed;
    private readonly int[] _limit, _limitBefore; // first limit of each part of the order in hand

    /// <summary>Slack by lot index of the problem; only the first <see cref="Binding"/> lots of each item are in use.</summary>
    public readonly int[] Slack;

    /// <summary>Number of lots of each item that come before its earliest purchase.</summary>
    public readonly int[] Binding;

    public SupplySlack(AllocationProblem problem, HeldPegs held)
    {
        (_problem, _needed) = (problem, held.Needed);
        Slack = new int[problem.LotCount];
        Binding = new int[problem.ItemCount];
        int most = 0;
        for (int order = 0; order < problem.OrderCount; order++) most = Math.Max(most, problem.PartFirst[order + 1] - problem.PartFirst[order]);
        (_limit, _limitBefore) = (new int[most], new int[most]);
        for (int item = 0; item < problem.ItemCount; item++)
        {
            int first = problem.LotFirst[item], sum = 0;
            for (int lot = first; lot < problem.LotFirst[item + 1] && problem.LotSecond[lot] < problem.BuyLead[item]; lot++)
            {
                Slack[lot] = sum = (int)Math.Min(int.MaxValue / 2, (long)sum + held.LotLeft[lot]);
                Binding[item]++;
            }
        }
    }

    /// <summary>How many binding lots of an item are there at a second.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Rank(int item, int second) =>
        SortedSeconds.CountUpTo(new ReadOnlySpan<int>(_problem.LotSecond, _problem.LotFirst[item], Binding[item]), second);

    /// <summary>True when the whole kit of an order can be had at a second on top of what is taken; when not, the first item in the way.</summary>
    public bool Has(int order, int second, out int lacking)
    {
        int end = _problem.PartFirst[order + 1];
        for (int part = _problem.PartFirst[order]; part < end; part++)
        {
            int item = _problem.PartItem[part];
            if (_problem.BuyLead[item] <= second) continue;
            if (LeastFrom(item, Rank(item, second)) >= _needed[part]) continue;
            lacking = item;
            return false;
        }
        lacking = -1;
        return true;
    }

    /// <summary>True when every part of an order has a lot, or a purchase, that is there by a second. Slack alone does not tell:
    /// its first limit counts the first lot as if it were there from the start.</summary>
    public bool HasBegun(int order, int second)
    {
        for (int part = _problem.PartFirst[order]; part < _problem.PartFirst[order + 1]; part++)
            if (_needed[part] > 0 && _problem.BuyLead[_problem.PartItem[part]] > second && Rank(_problem.PartItem[part], second) == 0) return false;
        return true;
    }

    /// <summary>The earliest second, not before <paramref name="second"/>, at which the whole kit can be had on top of
    /// what is taken, and the item that sets it (-1: none).</summary>
    public int WholeFrom(int order, int second, out int gate)
    {
        int whole = second, end = _problem.PartFirst[order + 1];
        gate = -1;
        for (int part = _problem.PartFirst[order]; part < end; part++)
        {
            int item = _problem.PartItem[part];
            if (_problem.BuyLead[item] <= whole) continue;
            int had = PartFrom(item, _needed[part], whole);
            if (had > whole) (whole, gate) = (had, item);
        }
        return whole;
    }

    /// <summary>The earliest second from which so much of an item can be had; any second not after
    /// <paramref name="soon"/> when that is soon enough.</summary>
    public int PartFrom(int item, int quantity, int soon = int.MinValue)
    {
        int first = _problem.LotFirst[item], lot = first + Binding[item] - 1, had = _problem.BuyLead[item];
        if (quantity <= 0) return int.MinValue;
        while (had > soon && lot >= first && Slack[lot] >= quantity) had = _problem.LotSecond[lot--];
        return had;
    }

    /// <summary>Takes the kit of an order that starts at a second; slacks may become negative.</summary>
    public void Take(int order, int second) => Move(order, second, -1);

    /// <summary>Gives the kit back.</summary>
    public void Release(int order, int second) => Move(order, second, 1);

    /// <summary>The same as <see cref="WholeFrom"/> after giving back the kit that the order has at a second; nothing is
    /// changed. No slack that the kit draws on may be negative.</summary>
    public int WholeWithout(int order, int taken, int second)
    {
        int whole = second, end = _problem.PartFirst[order + 1];
        for (int part = _problem.PartFirst[order]; part < end; part++)
        {
            int item = _problem.PartItem[part], quantity = _needed[part];
            if (_problem.BuyLead[item] <= whole || quantity == 0) continue;
            int first = _problem.LotFirst[item], lot = FirstLimit(item, taken) - 1;
            int had = lot + 1 == first + Binding[item] ? _problem.BuyLead[item] : _problem.LotSecond[lot + 1];
            while (had > whole && lot >= first && Slack[lot] >= quantity) had = _problem.LotSecond[lot--];
            whole = Math.Max(whole, had);
        }
        return whole;
    }

    /// <summary>Takes the kit of an order that starts at a second; false, and nothing changed, when supply does not allow it.</summary>
    public bool TryTake(int order, int second)
    {
        int begin = _problem.PartFirst[order], end = _problem.PartFirst[order + 1];
        for (int part = begin; part < end; part++)
        {
            int item = _problem.PartItem[part], quantity = _needed[part];
            _limit[part - begin] = _problem.LotFirst[item] + Binding[item];
            if (_problem.BuyLead[item] <= second || quantity == 0) continue;
            int rank = Rank(item, second), limit = _problem.LotFirst[item] + rank - 1;
            if (rank == 0 || !IsAtLeast(quantity, limit, _problem.LotFirst[item] + Binding[item])) return false;
            _limit[part - begin] = limit;
        }
        for (int part = begin; part < end; part++)
            Add(-_needed[part], _limit[part - begin], _problem.LotFirst[_problem.PartItem[part]] + Binding[_problem.PartItem[part]]);
        return true;
    }

    /// <summary>Moves the kit of an order from one second to another; false, and nothing changed, when supply does not allow it.</summary>
    public bool TryShift(int order, int from, int to)
    {
        int begin = _problem.PartFirst[order], end = _problem.PartFirst[order + 1];
        for (int part = begin; part < end; part++)
        {
            int item = _problem.PartItem[part], quantity = _needed[part];
            _limit[part - begin] = _limitBefore[part - begin] = 0;
            if (_problem.BuyLead[item] <= Math.Min(from, to) || quantity == 0) continue;
            int first = _problem.LotFirst[item], before = FirstLimit(item, from), limit = FirstLimit(item, to);
            if (to < from && (Binding[item] == 0 || _problem.LotSecond[first] > to || !IsAtLeast(quantity, limit, before))) return false;
            (_limit[part - begin], _limitBefore[part - begin]) = (limit, before);
        }
        for (int part = begin; part < end; part++)
        {
            Add(_needed[part], _limitBefore[part - begin], _limit[part - begin]);
            Add(-_needed[part], _limit[part - begin], _limitBefore[part - begin]);
        }
        return true;
    }

    private bool IsAtLeast(int quantity, int from, int to)
    {
        for (int lot = from; lot < to; lot++)
            if (Slack[lot] < quantity) return false;
        return true;
    }

    private void Add(int quantity, int from, int to)
    {
        for (int lot = from; lot < to; lot++) Slack[lot] += quantity;
    }

    /// <summary>The first limit that a demand at a second draws on; one after the last when purchases have begun by then.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int FirstLimit(int item, int second) =>
        _problem.LotFirst[item] + (_problem.BuyLead[item] <= second ? Binding[item] : Math.Max(1, Rank(item, second)) - 1);

    /// <summary>The least slack that a demand with so many lots in time would reduce; 0 when none are in time.</summary>
    public int LeastFrom(int item, int rank)
    {
        if (rank == 0) return 0;
        int first = _problem.LotFirst[item], least = int.MaxValue;
        for (int lot = first + rank - 1; lot < first + Binding[item]; lot++) least = Math.Min(least, Slack[lot]);
        return least;
    }

    private void Move(int order, int second, int sign)
    {
        int end = _problem.PartFirst[order + 1];
        for (int part = _problem.PartFirst[order]; part < end; part++)
        {
            int item = _problem.PartItem[part];
            if (_problem.BuyLead[item] <= second) continue;
            Add(sign * _needed[part], FirstLimit(item, second), _problem.LotFirst[item] + Binding[item]);
        }
    }
}
