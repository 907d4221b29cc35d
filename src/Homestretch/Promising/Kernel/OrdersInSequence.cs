namespace Homestretch.Promising.Kernel;

/// <summary>A problem with its orders laid out anew in the sequence in which a pass takes them, and the way back. A pass then reads memory from front to
/// back: in a million orders of ten parts, finding each order's rows where they were costs twice as much as all that is done with them.</summary>
/// <remarks>Laying out is reading from many places at once, which memory does well; a pass cannot, since each order depends on the one before.</remarks>
internal sealed class OrdersInSequence
{
    private const int Chunk = 1 << 14;
    private readonly AllocationProblem _problem;
    private readonly int[] _sequence, _rank; // order by place, place by order

    /// <param name="problem">The problem.</param>
    /// <param name="sequence">All its orders, each once.</param>
    public OrdersInSequence(AllocationProblem problem, int[] sequence)
    {
        (_problem, _sequence, _rank) = (problem, sequence, new int[sequence.Length]);
        int[] first = new int[sequence.Length + 1];
        for (int place = 0; place < sequence.Length; place++)
        {
            int order = sequence[place];
            _rank[order] = place;
            first[place + 1] = first[place] + problem.PartFirst[order + 1] - problem.PartFirst[order];
        }
        int[] item = Unset<int>(problem.PartItem.Length), quantity = Unset<int>(problem.PartItem.Length);
        InChunks((from, to) =>
        {
            for (int place = from; place < to; place++)
            {
                int row = problem.PartFirst[sequence[place]], part = first[place], parts = first[place + 1] - part;
                problem.PartItem.AsSpan(row, parts).CopyTo(item.AsSpan(part));
                problem.PartQuantity.AsSpan(row, parts).CopyTo(quantity.AsSpan(part));
            }
        });
        var (heldFirst, heldLot, heldQuantity) = HeldPegs();
        Problem = new AllocationProblem
        {
            LotFirst = problem.LotFirst, LotSecond = problem.LotSecond, LotQuantity = problem.LotQuantity, BuyLead = problem.BuyLead, BuyMinimum = problem.BuyMinimum,
            BuyMultiple = problem.BuyMultiple, BuyMaximum = problem.BuyMaximum, SoftSafety = problem.SoftSafety,
            OrderLine = InPlaces(problem.OrderLine), WorkSeconds = InPlaces(problem.WorkSeconds), DueSecond = InPlaces(problem.DueSecond),
            ReleaseSecond = InPlaces(problem.ReleaseSecond), OrderClass = InPlaces(problem.OrderClass),
            PartFirst = first, PartItem = item, PartQuantity = quantity, Lines = problem.Lines,
            FixedStart = problem.FixedStart is { } held ? InPlaces(held) : null, FixedPegFirst = heldFirst, FixedPegLot = heldLot, FixedPegQuantity = heldQuantity,
        };
    }

    /// <summary>The problem whose order k is the k-th of the sequence.</summary>
    public AllocationProblem Problem { get; }

    /// <summary>Places by their order's start, ties by order; those without a start are left out.</summary>
    public int[] ByStart(int[] startByPlace)
    {
        int[] sorted = AllocationSequence.ByStart(InOrders(startByPlace));
        for (int k = 0; k < sorted.Length; k++) sorted[k] = _rank[sorted[k]];
        return sorted;
    }

    /// <summary>What was decided about places, about the problem's own orders.</summary>
    public AllocationResult Back(AllocationResult result)
    {
        int[] slots = result.SlotOrder;
        for (int k = 0; k < slots.Length; k++) slots[k] = _sequence[slots[k]];
        return new AllocationResult
        {
            StartSecond = InOrders(result.StartSecond), EndSecond = InOrders(result.EndSecond), StartWork = InOrders(result.StartWork),
            Reason = InOrders(result.Reason), GateItem = InOrders(result.GateItem), SlotFirst = result.SlotFirst, SlotOrder = slots,
            PegFirst = InOrders(result.PegFirst), PegCount = InOrders(result.PegCount), PegSupply = result.PegSupply, PegQuantity = result.PegQuantity,
            LotCount = result.LotCount, PurchaseItem = result.PurchaseItem, PurchasePlaceSecond = result.PurchasePlaceSecond,
            PurchaseSecond = result.PurchaseSecond, PurchaseQuantity = result.PurchaseQuantity,
        };
    }

    private (int[]? First, int[] Lot, int[] Quantity) HeldPegs()
    {
        if (_problem.FixedPegFirst is not { } before) return (null, [], []);
        int[] first = new int[_sequence.Length + 1];
        List<int> lot = new(_problem.FixedPegLot.Length), quantity = new(_problem.FixedPegLot.Length);
        for (int place = 0; place < _sequence.Length; place++)
        {
            int order = _sequence[place];
            lot.AddRange(_problem.FixedPegLot.AsSpan(before[order]..before[order + 1]));
            quantity.AddRange(_problem.FixedPegQuantity.AsSpan(before[order]..before[order + 1]));
            first[place + 1] = lot.Count;
        }
        return (first, [.. lot], [.. quantity]);
    }

    private T[] InPlaces<T>(T[] byOrder) => Gathered(byOrder, _sequence);

    private T[] InOrders<T>(T[] byPlace) => Gathered(byPlace, _rank);

    private T[] Gathered<T>(T[] from, int[] at)
    {
        T[] to = Unset<T>(at.Length);
        InChunks((first, end) =>
        {
            for (int k = first; k < end; k++) to[k] = from[at[k]];
        });
        return to;
    }

    private static T[] Unset<T>(int length) => GC.AllocateUninitializedArray<T>(length); // each place is written before it is read

    private void InChunks(Action<int, int> act)
    {
        int count = _sequence.Length;
        if (count <= Chunk) act(0, count);
        else Parallel.For(0, (count + Chunk - 1) / Chunk, chunk => act(chunk * Chunk, Math.Min(count, (chunk + 1) * Chunk)));
    }
}
