namespace Homestretch.Promising.Kernel;

/// <summary>The second pass: with all starts known, walks the builds in the order they start, gives each kit its lots
/// and turns what lots do not cover into planned purchases. Walking in time makes every choice among the lots present
/// feasible, since a later start may use all that an earlier one may.</summary>
internal static class AllocationPegs
{
    public static AllocationResult Settle(AllocationProblem problem, AllocationDraft draft, AllocationPegging pegging) =>
        Settle(problem, draft, pegging, AllocationSequence.ByStart(draft.StartSecond));

    /// <param name="problem">The problem.</param>
    /// <param name="draft">The starts.</param>
    /// <param name="pegging">Which lots a kit takes.</param>
    /// <param name="sequence">The orders that have a start, by it.</param>
    public static AllocationResult Settle(AllocationProblem problem, AllocationDraft draft, AllocationPegging pegging, int[] sequence)
    {
        var stock = new KitStock(problem, draft.Held.LotLeft, pegging);
        int[] pegFirst = new int[problem.OrderCount], pegCount = new int[problem.OrderCount];
        var pegs = new PegList(problem.PartItem.Length + problem.PartItem.Length / 16 + 16);
        int[]? heldFirst = problem.FixedPegFirst;
        foreach (int order in sequence)
        {
            int before = pegs.Count, start = draft.StartSecond[order];
            pegFirst[order] = before;
            if (heldFirst is not null)
                for (int held = heldFirst[order]; held < heldFirst[order + 1]; held++)
                    pegs.Add(problem.FixedPegLot[held], problem.FixedPegQuantity[held]);
            int end = problem.PartFirst[order + 1];
            for (int part = problem.PartFirst[order]; part < end; part++)
                stock.Draw(problem.PartItem[part], draft.Held.Needed[part], start, pegs);
            pegCount[order] = pegs.Count - before;
        }
        return Result(problem, draft, sequence, stock, pegs, pegFirst, pegCount);
    }

    private static AllocationResult Result(AllocationProblem problem, AllocationDraft draft, int[] sequence, KitStock stock, PegList pegs, int[] pegFirst, int[] pegCount)
    {
        int[] end = new int[problem.OrderCount], slotFirst = new int[problem.LineCount + 1], slotOrder = new int[sequence.Length];
        Array.Fill(end, -1);
        foreach (int order in sequence)
        {
            end[order] = draft.EndSecond(problem, order);
            slotFirst[problem.OrderLine[order] + 1]++;
        }
        for (int line = 0; line < problem.LineCount; line++) slotFirst[line + 1] += slotFirst[line];
        int[] next = slotFirst[..^1];
        foreach (int order in sequence) slotOrder[next[problem.OrderLine[order]]++] = order;
        return new AllocationResult
        {
            StartSecond = draft.StartSecond, EndSecond = end, StartWork = draft.StartWork, Reason = draft.Reason, GateItem = draft.GateItem,
            SlotFirst = slotFirst, SlotOrder = slotOrder,
            PegFirst = pegFirst, PegCount = pegCount, PegSupply = pegs.Supply[..pegs.Count], PegQuantity = pegs.Quantity[..pegs.Count],
            LotCount = problem.LotCount,
            PurchaseItem = [.. stock.PurchaseItem], PurchasePlaceSecond = [.. stock.PurchasePlaceSecond],
            PurchaseSecond = [.. stock.PurchaseSecond], PurchaseQuantity = [.. stock.PurchaseQuantity],
        };
    }

    /// <summary>Growing pairs of supply and quantity.</summary>
    internal sealed class PegList(int capacity)
    {
        public int[] Supply = new int[capacity], Quantity = new int[capacity];
        public int Count;

        public void Add(int supply, int quantity)
        {
            if (Count == Supply.Length)
            {
                Array.Resize(ref Supply, Count * 2);
                Array.Resize(ref Quantity, Count * 2);
            }
            Supply[Count] = supply;
            Quantity[Count++] = quantity;
        }
    }

    /// <summary>What is in the store as time passes, item by item: lots as a chain with the next to take first, then
    /// what is left of the last purchase.</summary>
    private sealed class KitStock
    {
        private readonly AllocationProblem _problem;
        private readonly int[] _left;      // quantity left of each lot
        private readonly int[] _arrived;   // by item: lots before this one have arrived
        private readonly int[] _top;       // by item: next lot to take, -1 when none
        private readonly int[] _below;     // by lot: the one after it in the chain
        private readonly int[] _last;      // by item: end of the chain (earliest lot first)
        private readonly int[] _bought, _boughtLeft; // by item: its last purchase and what is left of it
        private readonly bool _latest;

        public readonly List<int> PurchaseItem = [], PurchasePlaceSecond = [], PurchaseSecond = [], PurchaseQuantity = [];

        public KitStock(AllocationProblem problem, int[] lotLeft, AllocationPegging pegging)
        {
            _problem = problem;
            _left = [.. lotLeft];
            _latest = pegging == AllocationPegging.LatestLot;
            _arrived = problem.LotFirst[..^1];
            _top = new int[problem.ItemCount];
            _last = new int[problem.ItemCount];
            _bought = new int[problem.ItemCount];
            _boughtLeft = new int[problem.ItemCount];
            _below = new int[problem.LotCount];
            Array.Fill(_top, -1);
            Array.Fill(_last, -1);
        }

        public void Draw(int item, int quantity, int now, PegList pegs)
        {
            if (quantity == 0) return;
            int end = _problem.LotFirst[item + 1];
            if (_arrived[item] < end && _problem.LotSecond[_arrived[item]] <= now) Receive(item, end, now);
            for (int lot = _top[item]; lot >= 0; lot = _top[item])
            {
                int taken = Math.Min(quantity, _left[lot]);
                pegs.Add(lot, taken);
                _left[lot] -= taken;
                if (_left[lot] == 0) _top[item] = _below[lot];
                quantity -= taken;
                if (quantity == 0) return;
            }
            Buy(item, quantity, now, pegs);
        }

        private void Receive(int item, int end, int now)
        {
            for (int lot = _arrived[item]; lot < end && _problem.LotSecond[lot] <= now; lot++)
            {
                _arrived[item] = lot + 1;
                if (_left[lot] == 0) continue;
                if (_latest || _top[item] < 0)
                {
                    _below[lot] = _latest ? _top[item] : -1;
                    _top[item] = lot;
                }
                else
                {
                    _below[_last[item]] = lot;
                    _below[lot] = -1;
                }
                _last[item] = lot;
            }
        }

        private void Buy(int item, int quantity, int now, PegList pegs)
        {
            while (true)
            {
                int taken = Math.Min(quantity, _boughtLeft[item]);
                if (taken > 0) pegs.Add(_problem.LotCount + _bought[item], taken);
                _boughtLeft[item] -= taken;
                quantity -= taken;
                if (quantity == 0) return;
                int lead = _problem.BuyLead[item], multiple = _problem.BuyMultiple[item];
                if (lead > now) return; // short: only an order whose slot is held against its supply comes here
                long wanted = Math.Max(quantity, _problem.BuyMinimum[item]);
                long most = Math.Max(multiple, (long)_problem.BuyMaximum[item] / multiple * multiple);
                int size = (int)Math.Min((wanted + multiple - 1) / multiple * multiple, most);
                int arrival = Math.Max(lead, now - _problem.SoftSafety[item]);
                _bought[item] = PurchaseItem.Count;
                _boughtLeft[item] = size;
                PurchaseItem.Add(item);
                PurchasePlaceSecond.Add(arrival - lead);
                PurchaseSecond.Add(arrival);
                PurchaseQuantity.Add(size);
            }
        }
    }
}
