using Homestretch.Promising.Kernel;
using Homestretch.World;

namespace Homestretch.Promising;

/// <summary>Gives order lines the parts back that they have in the plan in force, by exchange: who took such a part takes the one that comes back for it, when that is there before
/// its build starts; of several, the one that starts last. Nobody gives twice.</summary>
/// <remarks>Laid out once more with those parts held, everybody behind would move up by one in the queue for a lot, and others would lose as many as were spared.</remarks>
internal sealed class GivingBack
{
    private readonly AllocationProblem _problem;
    private readonly AllocationResult _result;
    private readonly List<(int Supply, int Quantity)>[] _pegs;       // by order
    private readonly int[] _free, _itemOf;                           // by lot
    private readonly Dictionary<int, List<int>> _holders = [];       // by lot: orders that have had some of it, ascending
    private readonly bool[] _stays, _gave;                           // by order: what it has is not exchanged; it has given once, and several parts just in time are seldom all in time

    private GivingBack(AllocationProblem problem, AllocationResult result, bool[] stays)
    {
        (_problem, _result, _stays, _gave) = (problem, result, stays, new bool[stays.Length]);
        _free = [.. problem.LotQuantity];
        _itemOf = new int[problem.LotCount];
        for (int item = 0; item < problem.ItemCount; item++) _itemOf.AsSpan(problem.LotFirst[item]..problem.LotFirst[item + 1]).Fill(item);
        _pegs = new List<(int, int)>[result.PegFirst.Length];
        for (int o = 0; o < _pegs.Length; o++)
        {
            _pegs[o] = new(result.PegCount[o]);
            for (int p = result.PegFirst[o]; p < result.PegFirst[o] + result.PegCount[o]; p++) Has(o, result.PegSupply[p], result.PegQuantity[p]);
        }
    }

    /// <param name="to">Order lines that get theirs back as far as somebody can do without.</param>
    public static AllocationResult Of(Snapshot world, Needs needs, Need[] orders, AllocationInput input, AllocationProblem problem, AllocationResult result, IReadOnlySet<string> to)
    {
        bool[] gets = [.. orders.Select(n => to.Contains(n.Order.Id))];
        var giving = new GivingBack(problem, result, [.. gets.Select((g, o) => g || problem.FixedStart?[o] >= 0 || problem.FixedPegFirst is { } held && held[o] < held[o + 1])]);
        var lots = input.Supplies.Select(static (s, i) => (s.Name, i)).ToDictionary(static s => s.Name, static s => s.i, StringComparer.Ordinal);
        for (int o = 0; o < orders.Length; o++)
        {
            if (!gets[o] || orders[o].Held is not { } build || result.StartSecond[o] < 0) continue;
            foreach (Peg had in world.Pegs.StartingWith($"{build.Key}|"))
            {
                if (lots.TryGetValue(had.Supply, out int lot)) giving.Back(o, lot, Needs.Steps(world.Items[had.Item], had.Quantity.Value));
            }
        }
        return giving.Result();
    }

    private int SecondOf(int supply) => supply < _result.LotCount ? _problem.LotSecond[supply] : _result.PurchaseSecond[supply - _result.LotCount];
    private int ItemOf(int supply) => supply < _result.LotCount ? _itemOf[supply] : _result.PurchaseItem[supply - _result.LotCount];

    /// <summary>Gives an order as much of a lot as it had, for what it has of later ones.</summary>
    private void Back(int order, int lot, int had)
    {
        int missing = had - _pegs[order].Where(p => p.Supply == lot).Sum(static p => p.Quantity);
        foreach (var (later, has) in _pegs[order].Where(p => ItemOf(p.Supply) == _itemOf[lot] && SecondOf(p.Supply) > SecondOf(lot)).OrderByDescending(p => SecondOf(p.Supply)).ThenBy(static p => p.Supply).ToArray())
        {
            for (int left = Math.Min(missing, has); left > 0;)
            {
                int from = _free[lot] > 0 ? -1 : Giver(lot, SecondOf(later)), quantity = Math.Min(left, from < 0 ? _free[lot] : _pegs[from].First(p => p.Supply == lot).Quantity);
                if (quantity == 0) return;
                Has(order, later, -quantity);
                Has(order, lot, quantity);
                if (from >= 0)
                {
                    _gave[from] = true;
                    Has(from, lot, -quantity);
                    Has(from, later, quantity);
                }
                left -= quantity;
                missing -= quantity;
            }
        }
    }

    /// <summary>Who has some of a lot and starts last, but not before a second; -1 for nobody.</summary>
    private int Giver(int lot, int second)
    {
        int best = -1;
        foreach (int o in _holders.GetValueOrDefault(lot) ?? [])
        {
            if (_stays[o] || _gave[o] || _result.StartSecond[o] < second || best >= 0 && _result.StartSecond[o] <= _result.StartSecond[best] || !_pegs[o].Exists(p => p.Supply == lot)) continue;
            best = o;
        }
        return best;
    }

    private void Has(int order, int supply, int more)
    {
        List<(int Supply, int Quantity)> pegs = _pegs[order];
        int at = pegs.FindIndex(p => p.Supply == supply), quantity = (at < 0 ? 0 : pegs[at].Quantity) + more;
        if (at < 0) pegs.Add((supply, quantity));
        else if (quantity == 0) pegs.RemoveAt(at);
        else pegs[at] = (supply, quantity);
        if (supply >= _result.LotCount) return;
        _free[supply] -= more;
        if (at >= 0) return;
        if (!_holders.TryGetValue(supply, out List<int>? holders)) _holders[supply] = holders = [];
        holders.Add(order);
    }

    private AllocationResult Result()
    {
        int[] first = new int[_pegs.Length];
        for (int o = 1; o < first.Length; o++) first[o] = first[o - 1] + _pegs[o - 1].Count;
        AllocationResult r = _result;
        return new()
        {
            StartSecond = r.StartSecond, EndSecond = r.EndSecond, StartWork = r.StartWork, Reason = r.Reason, GateItem = r.GateItem, SlotFirst = r.SlotFirst, SlotOrder = r.SlotOrder,
            PegFirst = first, PegCount = [.. _pegs.Select(static p => p.Count)], PegSupply = [.. _pegs.SelectMany(static p => p.Select(static x => x.Supply))],
            PegQuantity = [.. _pegs.SelectMany(static p => p.Select(static x => x.Quantity))], LotCount = r.LotCount, PurchaseItem = r.PurchaseItem,
            PurchasePlaceSecond = r.PurchasePlaceSecond, PurchaseSecond = r.PurchaseSecond, PurchaseQuantity = r.PurchaseQuantity,
        };
    }
}
