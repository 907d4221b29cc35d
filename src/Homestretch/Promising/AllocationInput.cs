using Homestretch.Promising.Kernel;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>A world's needs and supplies laid out flat for the allocation kernel, with the way back from its indices.</summary>
internal sealed class AllocationInput
{
    private readonly Need[] _orders;
    private readonly Dictionary<SourceOption, int> _kernelItem = [];
    private readonly List<SourceOption> _kernelItems = [];
    private readonly (int Item, int Steps)[][] _heldRows;      // by order: what its held pegs take
    private readonly (int Part, int Steps)[][] _open;          // by order: what they leave open
    private readonly Func<IReadOnlySet<string>, int[]> _starts;                                     // by order: where its slot is now
    private readonly AllocationProblem _frame;

    /// <param name="barred">Of an order line and a supply: whether a held peg between them does not count; null: all count whose build takes the supply's revision.</param>
    public AllocationInput(Snapshot world, Instant t, PlanPolicy policy, Needs needs, Need[] orders, Supply[] supplies, IReadOnlyDictionary<string, int> seconds,
        Sourcing sourcing, Holds held, Func<string, string, bool>? barred = null)
    {
        (_orders, Sourcing) = (orders, sourcing);
        for (int i = 0; i < needs.Items.Count; i++) Add(sourcing[i][0]);
        for (int i = 0; i < needs.Items.Count; i++)
            foreach (SourceOption option in sourcing[i]) Add(option);
        int items = _kernelItems.Count;
        int Item(Supply s) => needs.Find(s.Hub, s.Item);
        Supplies = [.. supplies.Where(s => Item(s) >= 0).OrderBy(Item).ThenBy(s => seconds[s.Name]).ThenBy(static s => s.Name, StringComparer.Ordinal)];
        var lotIndex = new Dictionary<string, int>(StringComparer.Ordinal);
        int[] lotFirst = new int[items + 1];
        for (int i = 0; i < Supplies.Length; i++)
        {
            lotIndex[Supplies[i].Name] = i;
            lotFirst[Item(Supplies[i]) + 1]++;
        }
        for (int i = 0; i < items; i++) lotFirst[i + 1] += lotFirst[i];

        Lines = [.. world.AssemblyLines];
        var lineIndex = Lines.Select(static (l, i) => (l.Id, i)).ToDictionary(static x => x.Id, static x => x.i, StringComparer.Ordinal);
        LineCalendar[] calendars = [.. Lines.Select(l => LineTimes.Of(world, l, t, policy))];
        int[] orderLine = [.. orders.Select(n => lineIndex[(held.Slot(n.Order)?.Line ?? n.Way!.Line).Value])];
        int[] work = [.. orders.Select((n, o) => n.RemainingSeconds(calendars[orderLine[o]], t))];
        int[] start = Slots(n => held.Slot(n.Order), orderLine, work, calendars, t);
        (int Lot, int Quantity)[][] pegs;
        (pegs, _heldRows, _open) = FixedPegs(needs, orders, held, lotIndex, (o, p) => barred?.Invoke(o.Id, p.Supply) == true || held.Slot(o) is { } slot && needs.Accepting?.Takes(world, o, slot.Start, p.Item, p.Supply) == false);
        ItemSupplier?[] buys = [.. _kernelItems.Select(static o => o.Buy)];
        int Size(int i, decimal amount) => Math.Max(1, Needs.Steps(needs.Items[_kernelItems[i].Item].Item, amount));
        _starts = givenUp => Slots(n => held.Slot(n.Order) ?? (givenUp.Contains(n.Order.Id) ? null : n.Held), orderLine, work, calendars, t);
        _frame = new AllocationProblem
        {
            LotFirst = lotFirst, LotSecond = [.. Supplies.Select(s => seconds[s.Name])], LotQuantity = [.. Supplies.Select(static s => s.Steps)],
            BuyLead = [.. buys.Select(b => b is null ? int.MaxValue : sourcing.LeadSeconds(b))],
            BuyMinimum = [.. buys.Select((b, i) => b is null ? 1 : Size(i, b.Minimum))],
            BuyMultiple = [.. buys.Select((b, i) => b is null ? 1 : Size(i, b.Multiple))],
            BuyMaximum = [.. buys.Select((b, i) => b?.Maximum is { } most ? Size(i, most) : int.MaxValue)],
            SoftSafety = [.. buys.Select(static b => b is null ? 0 : Seconds.OfDays(b.SoftSafetyDays))],
            OrderLine = orderLine, WorkSeconds = work, DueSecond = [.. orders.Select(n => Seconds.Of(n.Due, t))],
            ReleaseSecond = [.. orders.Select(n => held.NotBefore(n.Order) is { } at ? Math.Max(0, Seconds.Of(at, t)) : 0)],
            OrderClass = [.. orders.Select(static n => (byte)Math.Clamp(n.Order.Class, 1, 255))],
            PartFirst = [], PartItem = [], PartQuantity = [], Lines = calendars,
            FixedStart = start.All(static s => s < 0) ? null : start, FixedPegFirst = First(pegs.Select(static p => p.Length)),
            FixedPegLot = [.. pegs.SelectMany(static p => p.Select(static x => x.Lot))], FixedPegQuantity = [.. pegs.SelectMany(static p => p.Select(static x => x.Quantity))],
        };
    }

    /// <summary>The order lines, by index of the problem.</summary>
    public Need[] Orders => _orders;

    /// <summary>Supply of each lot index of the problem.</summary>
    public Supply[] Supplies { get; }

    /// <summary>Assembly line of each line index.</summary>
    public AssemblyLine[] Lines { get; }
    public Sourcing Sourcing { get; }

    /// <summary>What an item index of the problem stands for.</summary>
    public SourceOption OptionOf(int kernelItem) => _kernelItems[kernelItem];

    /// <summary>The parts of an order that its held pegs leave open.</summary>
    public IEnumerable<int> Open(int order) => _open[order].Select(static p => p.Part);

    public int KernelItem(SourceOption option) => _kernelItem[Undated(option)];

    /// <summary>Where each order's slot is, as its line can still keep it; -1 for none or one that is given up.</summary>
    public int[] Starts(IReadOnlySet<string> givenUp) => _starts(givenUp);

    /// <summary>The problem with every open part got in the chosen way.</summary>
    /// <param name="choice">By order and part, the index of the way.</param>
    public AllocationProblem Problem(Func<int, int, int> choice)
    {
        int[] partFirst = new int[_orders.Length + 1];
        List<int> item = new(_orders.Length * 16), quantity = new(_orders.Length * 16);
        var rows = new List<(int Item, int Steps)>();
        for (int o = 0; o < _orders.Length; o++)
        {
            rows.Clear();
            foreach (var row in _heldRows[o]) Merge(rows, row.Item, row.Steps);
            foreach (var (part, steps) in _open[o]) Merge(rows, KernelItem(Sourcing[_orders[o].Parts[part].Item][choice(o, part)]), steps);
            foreach (var row in rows)
            {
                item.Add(row.Item);
                quantity.Add(row.Steps);
            }
            partFirst[o + 1] = item.Count;
        }
        AllocationProblem f = _frame;
        return new()
        {
            LotFirst = f.LotFirst, LotSecond = f.LotSecond, LotQuantity = f.LotQuantity, BuyLead = f.BuyLead, BuyMinimum = f.BuyMinimum,
            BuyMultiple = f.BuyMultiple, BuyMaximum = f.BuyMaximum, SoftSafety = f.SoftSafety, OrderLine = f.OrderLine, WorkSeconds = f.WorkSeconds,
            DueSecond = f.DueSecond, ReleaseSecond = f.ReleaseSecond, OrderClass = f.OrderClass, PartFirst = partFirst, PartItem = [.. item],
            PartQuantity = [.. quantity], Lines = f.Lines, FixedStart = f.FixedStart, FixedPegFirst = f.FixedPegFirst, FixedPegLot = f.FixedPegLot,
            FixedPegQuantity = f.FixedPegQuantity,
        };
    }

    private void Add(SourceOption option)
    {
        if (_kernelItem.TryAdd(Undated(option), _kernelItems.Count)) _kernelItems.Add(option);
    }

    private static SourceOption Undated(SourceOption option) => option with { From = null, To = null };

    private static void Merge(List<(int Item, int Steps)> rows, int item, int steps)
    {
        int at = rows.FindIndex(r => r.Item == item);
        if (at < 0) rows.Add((item, steps)); else rows[at] = (item, rows[at].Steps + steps);
    }

    /// <summary>Held slots as the line can still keep them: in their order, none before now, none on top of another. A build whose turn has
    /// passed unbuilt takes the next open time.</summary>
    private int[] Slots(Func<Need, Build?> slotOf, int[] orderLine, int[] workSeconds, LineCalendar[] calendars, Instant t)
    {
        int[] start = new int[_orders.Length], free = new int[calendars.Length];
        Array.Fill(start, -1);
        var slots = _orders.Select((n, o) => (Order: o, Slot: slotOf(n))).Where(static x => x.Slot is not null)
            .OrderBy(x => Math.Max(0, Seconds.Of(x.Slot!.Start, t))).ThenBy(x => Laid.Tie(x.Slot!, t));
        foreach (var (o, slot) in slots)
        {
            LineCalendar calendar = calendars[orderLine[o]];
            int work = Math.Max(free[orderLine[o]], calendar.ToWork(Math.Max(0, Seconds.Of(slot!.Start, t))));
            if (work > calendar.Horizon - workSeconds[o]) continue;
            start[o] = calendar.StartToCalendar(work);
            free[orderLine[o]] = work + workSeconds[o];
        }
        return start;
    }

    /// <summary>Held pegs as far as their lots still cover them: what was scrapped, miscounted or used elsewhere is pegged anew.</summary>
    private ((int Lot, int Quantity)[][] Pegs, (int, int)[][] Rows, (int, int)[][] Open) FixedPegs(Needs needs, Need[] orders, Holds held, Dictionary<string, int> lotIndex, Func<OrderLine, Peg, bool> barred)
    {
        int[] left = [.. Supplies.Select(static s => s.Steps)];
        var pegs = new (int, int)[orders.Length][];
        var rows = new (int, int)[orders.Length][];
        var open = new (int, int)[orders.Length][];
        for (int o = 0; o < orders.Length; o++)
        {
            Need need = orders[o];
            IReadOnlyList<Peg> heldPegs = held.Pegs(need.Order);
            var match = new KitPegs(needs, need, heldPegs, k => lotIndex.ContainsKey(heldPegs[k].Supply) && !barred(need.Order, heldPegs[k]));
            int[] lacking = [.. need.Parts.Select(static p => p.Steps)];
            var kept = new List<(int Lot, int Quantity)>();
            var taken = new List<(int Item, int Steps)>();
            for (int k = 0; k < heldPegs.Count; k++)
            {
                if (match.PartOf[k] is var part && part < 0) continue;
                int lot = lotIndex[heldPegs[k].Supply], item = needs.Find(Supplies[lot].Hub, Supplies[lot].Item);
                int quantity = Math.Min(Math.Min(Needs.Steps(needs.Items[item].Item, heldPegs[k].Quantity.Value), left[lot]), lacking[part]);
                if (quantity <= 0) continue;
                left[lot] -= quantity;
                lacking[part] -= quantity;
                kept.Add((lot, quantity));
                Merge(taken, item, quantity);
            }
            (pegs[o], rows[o]) = ([.. kept], [.. taken]);
            open[o] = [.. lacking.Select(static (steps, part) => (part, steps)).Where(static p => p.steps > 0)];
        }
        return (pegs, rows, open);
    }

    private static int[] First(IEnumerable<int> counts)
    {
        var first = new List<int> { 0 };
        foreach (int n in counts) first.Add(first[^1] + n);
        return [.. first];
    }
}
