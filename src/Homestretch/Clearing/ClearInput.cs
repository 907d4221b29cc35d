using Homestretch.Promising;
using Homestretch.Promising.Kernel;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Clearing;

/// <summary>The near horizon of a plan as a problem, with the way back from its jobs and rows.</summary>
/// <remarks>Held are begun and confirmed builds and pinned slots. Protected are builds whose slot keeps their promise, or their date where the strategy is Win or Gain, with supply as it is
/// counted here: they may come sooner, within their date, and are else where they are. Order lines of Fill and Lose start no sooner than they do, and those of Lose are not protected.</remarks>
internal sealed class ClearInput
{
    private readonly List<(int Order, Routing Way, IReadOnlyList<(int Part, int Option)> Options)> _rows = [];     // of the jobs, from the first on

    private readonly int[] _was;        // by order: where its turn on its line comes, when builds before it are as long as they are now; -1 for none
    private readonly AllocationProblem _usual;
    private int[] _heldRows = [];

    private ClearInput(Plan plan, ClearPolicy policy)
    {
        (Plan, Policy, HorizonSecond) = (plan, policy, Math.Max(1, Seconds.Of(policy.Horizon)));
        Netted = plan.Netted(policy.Certainty, HorizonSecond);
        Strategies = Strategies.Of(plan.World);
        Orders = Strategies is { } s ? [.. Netted.Orders.Where(s.Takes)] : Netted.Orders;
        (Input, Held) = Laid();
        (_was, _usual) = (Input.Starts(new HashSet<string>()), Input.Problem(static (_, _) => 0));
        SortedSet<string> settled = new(Orders.Where((_, o) => StandsUnsurely(o)).Select(static n => n.Order.Id), StringComparer.Ordinal);
        do
        {
            Settled = settled;
            (Input, Held) = Laid();
            Problem = Make();
        }
        while (Unstaying(settled));
    }

    public Plan Plan { get; }
    public ClearPolicy Policy { get; }
    public int HorizonSecond { get; }
    public Netted Netted { get; }
    public Strategies? Strategies { get; }
    public Need[] Orders { get; }
    public AllocationInput Input { get; private set; }
    public Holds Held { get; private set; }
    public ClearProblem Problem { get; private set; }

    /// <summary>Order lines that keep slot and pegs, because they keep their dates with no other parts than those.</summary>
    public IReadOnlySet<string> Settled { get; private set; } = new HashSet<string>();

    /// <summary>Order of each job.</summary>
    public int[] OrderOf { get; private set; } = [];

    public static ClearInput Of(Plan plan, ClearPolicy policy) => new(plan, policy);

    /// <summary>Assembly line of each line index.</summary>
    public AssemblyLine[] Lines => Input.Lines;

    /// <summary>The item that an item index of the problem takes.</summary>
    public Item ItemOf(int item) => Netted.Needs.Items[Input.OptionOf(item).Item].Item;

    /// <summary>The order line of a held row.</summary>
    public Need HeldRow(int row) => Orders[_heldRows[row]];

    /// <summary>What a job's row stands for.</summary>
    public (int Order, Routing Way, IReadOnlyList<(int Part, int Option)> Options) RowOf(int row) => _rows[row - Problem.RowFirst[0]];

    /// <summary>Worth of a class: 4, 2, then 1; Win 100 times that.</summary>
    public int Weight(OrderLine order) => (order.Class <= 1 ? 4 : order.Class == 2 ? 2 : 1) * (Strategies?.Of(order) == Strategy.Win ? 100 : 1);

    private (AllocationInput, Holds) Laid()
    {
        Holds held = Holds.Of(Netted.World, Netted.Needs, Orders, Netted.Links, Netted.Epoch, new Aim(Scope.Everything) { Settled = Settled });
        Supply[] supplies = [.. Netted.Supplies.Where(s => !held.Recalled(s)).Select(s => Throughout(s) ? s : s with { Steps = Pegged(held, s) })];
        var sourcing = new Sourcing(Netted.World, Netted.Needs, Netted.Sampler.Beside(Netted.Links), Netted.Epoch, Netted.Policy);
        return (new AllocationInput(Netted.World, Netted.Epoch, Netted.Policy, Netted.Needs, Orders, supplies, Netted.Seconds, sourcing, held), held);
    }

    /// <summary>Whether every build takes a supply's revision from now to the end of the horizon; of another only what is held is counted.</summary>
    private bool Throughout(Supply s) => Netted.Needs.Accepting is not { } accepting || !accepting.Concerns(s.Item)
        || Array.TrueForAll(Orders, n => accepting.Takes(Netted.World, n.Order, Netted.Epoch, s.Item, s.Name) && accepting.Takes(Netted.World, n.Order, Netted.Epoch + Policy.Horizon, s.Item, s.Name));

    private int Pegged(Holds held, Supply s) => Orders.Sum(n => held.Pegs(n.Order).Where(p => p.Supply == s.Name).Sum(p => Needs.Steps(Netted.World.Items[p.Item], p.Quantity.Value)));

    /// <summary>Settles protected builds that cannot stay on what is left when all supply is laid anew; true when there were any, and the problem is to be made again.</summary>
    private bool Unstaying(SortedSet<string> settled)
    {
        var board = new ClearBoard(Problem);
        int before = settled.Count;
        foreach (int job in ClearSearch.StaysInTurn(Problem))
            if (!board.TryStay(job)) settled.Add(Orders[OrderOf[job]].Order.Id);
        return settled.Count > before;
    }

    private ClearProblem Make()
    {
        AllocationProblem all = Input.Problem(static (_, _) => 0);
        _rows.Clear();
        List<int> rowFirst = [], orderOf = [], source = [], stayRow = [], limit = [], promise = [];
        for (int o = 0; o < Orders.Length; o++) if (all.FixedStart?[o] >= 0) source.Add(o);
        int held = source.Count;
        for (int o = 0; o < Orders.Length; o++)
        {
            if (all.FixedStart?[o] >= 0) continue;
            bool keeps = !Settled.Contains(Orders[o].Order.Id) && Keeps(o);
            bool soon = Orders[o].Due <= Netted.Epoch + Policy.DueWithin;
            if (!keeps && !soon) continue;
            rowFirst.Add(held + _rows.Count);
            int stay = Rows(o, all);
            orderOf.Add(o);
            stayRow.Add(keeps ? stay : -1);
            limit.Add(!soon ? int.MinValue : keeps ? all.DueSecond[o] : int.MaxValue);
            promise.Add(Orders[o].Promised is null ? int.MinValue : all.DueSecond[o]);
        }
        rowFirst.Add(held + _rows.Count);
        OrderOf = [.. orderOf];
        _heldRows = [.. source];
        source.AddRange(_rows.Select(static r => r.Order));
        AllocationProblem rows = Expanded(all, [.. source], held);
        return new ClearProblem
        {
            Rows = rows, RowFirst = [.. rowFirst], HorizonSecond = HorizonSecond, HorizonWork = [.. rows.Lines.Select(l => l.ToWork(HorizonSecond))],
            Worth = Worths(), PromiseSecond = [.. promise], LimitSecond = [.. limit], StayRow = [.. stayRow],
            StaySecond = [.. orderOf.Select((o, j) => stayRow[j] >= 0 ? _was[o] : -1)],
            ByPriority = [.. Enumerable.Range(0, orderOf.Count).OrderBy(j => Orders[orderOf[j]].Order.Class).ThenBy(j => Orders[orderOf[j]].Due).ThenBy(j => Orders[orderOf[j]].Order.Id, StringComparer.Ordinal)],
        };
    }

    /// <summary>Whether a date was given to an order line that nobody may take from it.</summary>
    private bool MayKeep(Need need) => (Strategies?.Of(need.Order) ?? Strategy.Redistribute) is var s && s != Strategy.Lose && (need.Promised is not null || s <= Strategy.Gain);

    /// <summary>A promise that stands well, though not all its parts are there in time with the certainty asked here, and whatever Gain has: they keep their slots and their parts.</summary>
    private bool StandsUnsurely(int o) => Orders[o] is var need && MayKeep(need) && !Keeps(o)
        && (Plan.Of(need.Order.Key)?.AsDated?.Kept?.Value >= Plan.Policy.RiskBelow || Strategies?.Of(need.Order) == Strategy.Gain && need.Held is not null);

    /// <summary>Whether a build keeps such a date where its turn on its line comes, which is where it stays, with supply as it is counted here.</summary>
    private bool Keeps(int o)
    {
        Need need = Orders[o];
        if (_was[o] < 0 || need.Held is not { } build || !MayKeep(need)) return false;
        LineCalendar calendar = _usual.Lines[_usual.OrderLine[o]];
        Peg[] pegs = [.. Netted.World.Pegs.StartingWith($"{build.Key}|")];
        return calendar.EndToCalendar(calendar.ToWork(_was[o]) + _usual.WorkSeconds[o]) <= _usual.DueSecond[o]
            && new KitPegs(Netted.Needs, need, pegs, k => Netted.Seconds.GetValueOrDefault(pegs[k].Supply, int.MaxValue) <= _was[o]).Whole;
    }

    /// <summary>Adds a row for each line that can build an order, and a second one for each where parts that are short have a stand-in at hand. Returns the row in which it stays.</summary>
    private int Rows(int o, AllocationProblem all)
    {
        Need need = Orders[o];
        int first = _rows.Count, held = all.FixedStart?.Count(static s => s >= 0) ?? 0, stay = -1;
        IReadOnlyList<(int, int)>? other = Held.Pegs(need.Order).Count > 0 ? null : StandIns(o, all);
        IEnumerable<Routing> ways = Held.Pegs(need.Order).Count > 0 ? [need.Way!] : Netted.Needs.Ways(need.Order);
        foreach (Routing way in ways)
        {
            if (way.Line == need.Way!.Line) stay = held + _rows.Count;
            _rows.Add((o, way, []));
            if (other is not null) _rows.Add((o, way, other));
        }
        if (stay >= 0) return stay;
        _rows.Insert(first, (o, need.Way!, []));
        return held + first;
    }

    /// <summary>For each open part of which too little is at hand in all a stand-in of which enough is; null when no part is short, or one has none.</summary>
    private List<(int Part, int Option)>? StandIns(int o, AllocationProblem all)
    {
        var chosen = new List<(int, int)>();
        foreach (int part in Input.Open(o))
        {
            var (item, steps) = Orders[o].Parts[part];
            if (AtHand(all, item) >= steps) continue;
            SourceOption[] options = Input.Sourcing[item];
            int option = Array.FindIndex(options, s => s.Lots && s.Item != item && s.Allows(Netted.Epoch) && s.Allows(Netted.Epoch + Policy.Horizon) && !Orders[o].Parts.Any(p => p.Item == s.Item) && AtHand(all, s.Item) >= steps);
            if (option < 0) return null;
            chosen.Add((part, option));
        }
        return chosen.Count == 0 ? null : chosen;
    }

    private long AtHand(AllocationProblem all, int item)
    {
        long sum = 0;
        for (int lot = all.LotFirst[item]; lot < all.LotFirst[item + 1] && all.LotSecond[lot] < HorizonSecond; lot++) sum += all.LotQuantity[lot];
        return sum;
    }

    private ClearScore[] Worths()
    {
        var dearest = OrderOf.Select(o => Orders[o].Order.Price).OfType<Money>().GroupBy(static p => p.Currency, StringComparer.Ordinal).ToDictionary(static g => g.Key, static g => g.Max(static p => p.Minor), StringComparer.Ordinal);
        return [.. OrderOf.Select(o =>
        {
            OrderLine order = Orders[o].Order;
            double kept = _was[o] >= HorizonSecond ? Plan.Of(order.Key)?.AsDated?.Kept?.Value ?? 0 : 0;      // built where it is, beyond the horizon
            long promises = Orders[o].Promised is null ? 0 : (long)Math.Round(100 * Weight(order) * (1 - kept));
            return new ClearScore(1, Weight(order), promises, order.Price is { Minor: > 0 } price ? 1_000 * price.Minor / dearest[price.Currency] : 0);
        })];
    }

    /// <summary>The allocation's problem with a row an order that is held and a row a way of each job.</summary>
    private AllocationProblem Expanded(AllocationProblem all, int[] source, int held)
    {
        List<int> partFirst = [0], partItem = [], partQuantity = [], pegFirst = [0], pegLot = [], pegQuantity = [];
        int[] line = new int[source.Length], work = new int[source.Length], release = new int[source.Length];
        for (int r = 0; r < source.Length; r++)
        {
            int o = source[r];
            var (_, way, options) = r < held ? (o, Orders[o].Way!, []) : _rows[r - held];
            var parts = new List<(int Item, int Steps)>();
            for (int p = all.PartFirst[o]; p < all.PartFirst[o + 1]; p++) parts.Add((all.PartItem[p], all.PartQuantity[p]));
            foreach (var (part, option) in options) Replace(parts, Orders[o].Parts[part], Input.KernelItem(Input.Sourcing[Orders[o].Parts[part].Item][option]));
            foreach (var (item, steps) in parts)
            {
                partItem.Add(item);
                partQuantity.Add(steps);
            }
            partFirst.Add(partItem.Count);
            if (all.FixedPegFirst is { } pegs)
                for (int p = pegs[o]; p < pegs[o + 1]; p++)
                {
                    pegLot.Add(all.FixedPegLot[p]);
                    pegQuantity.Add(all.FixedPegQuantity[p]);
                }
            pegFirst.Add(pegLot.Count);
            line[r] = r < held ? all.OrderLine[o] : Array.FindIndex(Input.Lines, l => l.Key == way.Line);
            work[r] = r < held ? all.WorkSeconds[o] : (Orders[o] with { Way = way }).WorkSeconds;
            release[r] = r >= held && Strategies?.Of(Orders[o].Order) is Strategy.Fill or Strategy.Lose ? Math.Max(all.ReleaseSecond[o], _was[o]) : all.ReleaseSecond[o];
        }
        return new AllocationProblem
        {
            LotFirst = all.LotFirst, LotSecond = all.LotSecond, LotQuantity = all.LotQuantity, BuyLead = [.. all.BuyLead.Select(b => Math.Max(b, HorizonSecond))],
            BuyMinimum = all.BuyMinimum, BuyMultiple = all.BuyMultiple, BuyMaximum = all.BuyMaximum, SoftSafety = all.SoftSafety,
            OrderLine = line, WorkSeconds = work, DueSecond = [.. source.Select(o => all.DueSecond[o])], ReleaseSecond = release, OrderClass = [.. source.Select(o => all.OrderClass[o])],
            PartFirst = [.. partFirst], PartItem = [.. partItem], PartQuantity = [.. partQuantity], Lines = all.Lines,
            FixedStart = [.. source.Select((o, r) => r < held ? all.FixedStart![o] : -1)], FixedPegFirst = [.. pegFirst], FixedPegLot = [.. pegLot], FixedPegQuantity = [.. pegQuantity],
        };
    }

    private static void Replace(List<(int Item, int Steps)> parts, (int Item, int Steps) own, int by)
    {
        int at = parts.FindIndex(p => p.Item == own.Item);
        // what held pegs take of the stand-in stays beside it
        int steps = Math.Min(own.Steps, parts[at].Steps), there;
        if (parts[at].Steps > steps) parts[at] = (own.Item, parts[at].Steps - steps);
        else parts.RemoveAt(at);
        there = parts.FindIndex(p => p.Item == by);
        if (there < 0) parts.Add((by, steps)); else parts[there] = (by, parts[there].Steps + steps);
    }
}
