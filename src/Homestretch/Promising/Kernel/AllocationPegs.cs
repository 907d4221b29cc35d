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
        public int[] Supply = GC.AllocateUninitializedArray<int>(capacity), Quantity = GC.AllocateUninitializedArray<int>(capacity);
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
    /// what is left of the last purchase. What a draw looks at first lies side by side.</summary>
    private sealed class KitStock
    {
        private readonly AllocationProblem _problem;
        private readonly Store[] _stores;  // by item
        private readonly int[] _lotLeft;   // quantity of each lot as it arrives
        private readonly int[] _below;     // by lot: the one after it in the chain
        private readonly bool _latest;

        public readonly List<int> PurchaseItem = [], PurchasePlaceSecond = [], PurchaseSecond = [], PurchaseQuantity = [];

        public KitStock(AllocationProblem problem, int[] lotLeft, AllocationPegging pegging)
        {
            (_problem, _lotLeft, _latest) = (problem, [.. lotLeft], pegging == AllocationPegging.LatestLot);
            _below = new int[problem.LotCount];
            _stores = new Store[problem.ItemCount];
            for (int item = 0; item < _stores.Length; item++)
                _stores[item] = new() { Next = problem.LotFirst[item], NextSecond = SecondOf(item, problem.LotFirst[item]), Top = -1, Last = -1 };
        }

        /// <summary>An item's store: the next lot to arrive and when, the lot to take from and what is left of it, the end of the chain, the last purchase.</summary>
        private struct Store
        {
            public int Next, NextSecond, Top, TopLeft, Last, Bought, BoughtLeft;
        }

        public void Draw(int item, int quantity, int now, PegList pegs)
        {
            if (quantity == 0) return;
            ref Store store = ref _stores[item];
            if (store.NextSecond <= now) Receive(ref store, item, now);
            while (store.Top >= 0)
            {
                int taken = Math.Min(quantity, store.TopLeft);
                pegs.Add(store.Top, taken);
                quantity -= taken;
                if ((store.TopLeft -= taken) == 0) Put(ref store, _below[store.Top]);
                if (quantity == 0) return;
            }
            Buy(ref store, item, quantity, now, pegs);
        }

        private void Receive(ref Store store, int item, int now)
        {
            int end = _problem.LotFirst[item + 1], lot = store.Next;
            if (store.Top >= 0) _lotLeft[store.Top] = store.TopLeft;
            for (; lot < end && _problem.LotSecond[lot] <= now; lot++)
            {
                if (_lotLeft[lot] == 0) continue;
                if (_latest || store.Top < 0)
                {
                    _below[lot] = _latest ? store.Top : -1;
                    store.Top = lot;
                }
                else
                {
                    _below[store.Last] = lot;
                    _below[lot] = -1;
                }
                store.Last = lot;
            }
            (store.Next, store.NextSecond) = (lot, SecondOf(item, lot));
            Put(ref store, store.Top);
        }

        private void Put(ref Store store, int lot)
        {
            store.Top = lot;
            store.TopLeft = lot < 0 ? 0 : _lotLeft[lot];
        }

        private int SecondOf(int item, int lot) => lot < _problem.LotFirst[item + 1] ? _problem.LotSecond[lot] : int.MaxValue;

        private void Buy(ref Store store, int item, int quantity, int now, PegList pegs)
        {
            while (true)
            {
                int taken = Math.Min(quantity, store.BoughtLeft);
                if (taken > 0) pegs.Add(_problem.LotCount + store.Bought, taken);
                store.BoughtLeft -= taken;
                quantity -= taken;
                if (quantity == 0) return;
                int lead = _problem.BuyLead[item], multiple = _problem.BuyMultiple[item];
                if (lead > now) return; // short: only an order whose slot is held against its supply comes here
                long wanted = Math.Max(quantity, _problem.BuyMinimum[item]);
                long most = Math.Max(multiple, (long)_problem.BuyMaximum[item] / multiple * multiple);
                int size = (int)Math.Min((wanted + multiple - 1) / multiple * multiple, most);
                int arrival = Math.Max(lead, now - _problem.SoftSafety[item]);
                store.Bought = PurchaseItem.Count;
                store.BoughtLeft = size;
                PurchaseItem.Add(item);
                PurchasePlaceSecond.Add(arrival - lead);
                PurchaseSecond.Add(arrival);
                PurchaseQuantity.Add(size);
            }
        }
    }
}
