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

    /// <summary>Slack by lot index of the problem; only the first <see cref="Binding"/> lots of each item are in use.</summary>
    public readonly int[] Slack;

    /// <summary>Number of lots of each item that come before its earliest purchase.</summary>
    public readonly int[] Binding;

    public SupplySlack(AllocationProblem problem, HeldPegs held)
    {
        (_problem, _needed) = (problem, held.Needed);
        Slack = new int[problem.LotCount];
        Binding = new int[problem.ItemCount];
        for (int item = 0; item < problem.ItemCount; item++)
        {
            int first = problem.LotFirst[item], sum = 0;
            for (int lot = first; lot < problem.LotFirst[item + 1] && problem.LotSecond[lot] < problem.BuyLead[item]; lot++)
            {
                Slack[lot] = sum += held.LotLeft[lot];
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
            int had = PartFrom(item, _needed[part]);
            if (had > whole) (whole, gate) = (had, item);
        }
        return whole;
    }

    /// <summary>The earliest second from which so much of an item can be had.</summary>
    public int PartFrom(int item, int quantity)
    {
        int first = _problem.LotFirst[item], lot = first + Binding[item] - 1;
        if (quantity <= 0) return int.MinValue;
        while (lot >= first && Slack[lot] >= quantity) lot--;
        return lot + 1 == first + Binding[item] ? _problem.BuyLead[item] : _problem.LotSecond[lot + 1];
    }

    /// <summary>Takes the kit of an order that starts at a second; slacks may become negative.</summary>
    public void Take(int order, int second) => Move(order, second, -1);

    /// <summary>Gives the kit back.</summary>
    public void Release(int order, int second) => Move(order, second, 1);

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
            int first = _problem.LotFirst[item], change = sign * _needed[part];
            for (int lot = first + Math.Max(1, Rank(item, second)) - 1; lot < first + Binding[item]; lot++) Slack[lot] += change;
        }
    }
}
