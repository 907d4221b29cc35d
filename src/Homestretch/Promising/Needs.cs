using Homestretch.Products;
using Homestretch.Promising.Kernel;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>One order line netted to the parts of its kit.</summary>
/// <param name="Held">The open build whose slot it holds; null when it has none.</param>
/// <param name="Way">How it is built: the held line's routing or, before it has a slot, the first by priority; null when no line can.</param>
/// <param name="Due">When the build must end for the promise in force, or else the requested date, to be kept nine times in ten.</param>
/// <param name="Parts">Index into <see cref="Needs.Items"/> and amount in the item's smallest steps, for the whole line less what is in its units already; in BOM order.</param>
/// <param name="Progress">What is recorded of the held build's units; null: nothing, or it is not followed.</param>
internal sealed record Need(OrderLine Order, Build? Held, Promise? Promised, Routing? Way, Instant Due, IReadOnlyList<(int Item, int Steps)> Parts,
    IReadOnlyList<Finding> Refusals, BuildProgress? Progress = null)
{
    /// <summary>True when the plan can place it; otherwise its date is unknown, for the reasons in <see cref="Refusals"/>.</summary>
    public bool Plannable => Way is not null && Refusals.Count == 0;

    /// <summary>Working seconds of the whole line's build.</summary>
    public int WorkSeconds => (int)Math.Clamp(Math.Ceiling((Way?.MinutesPerUnit ?? 0) * 60 * Order.Quantity), 1, Seconds.Far / 100);

    /// <summary>On its line at t; it goes before all others there.</summary>
    public bool Begun(Instant t) => Held is { Status: OrderStatus.Confirmed } build && build.Start <= t;

    /// <summary>Working seconds that are left at t: what its units leave of a build of which any is recorded; another that is begun has only the open time from t to its end before it.</summary>
    public int RemainingSeconds(LineCalendar calendar, Instant t) => Progress is { } told ? told.Remaining(WorkSeconds, calendar, t) : Begun(t)
        ? Math.Clamp(calendar.ToWork(Math.Max(0, Seconds.Of(Held!.End, t))), 1, WorkSeconds) : WorkSeconds;
}

/// <summary>An item that may stand in for another between two days, as index into <see cref="Needs.Items"/>.</summary>
internal readonly record struct StandIn(int Item, LocalDate? From, LocalDate? To);

/// <summary>Step 1 of the plan: nets order lines to the parts their kits take. Holds what it has resolved of one world's products, routings and
/// items; a change of those needs a new one.</summary>
internal sealed class Needs
{
    /// <summary>What one supply or one part of a kit counts at most, so that sums over an item stay whole numbers.</summary>
    private const int MostSteps = 50_000_000;

    private readonly Snapshot _world;
    private readonly Variants _variants;
    private readonly Dictionary<(string Hub, string Item), int> _index;
    private readonly List<(Key<Site> Hub, Item Item)> _items;
    private readonly List<StandIn[]?> _standIns;
    private readonly Dictionary<(string Family, string Hub), Routing[]> _ways;
    private readonly bool _followsUnits;

    /// <param name="followsUnits">Whether what is recorded of units says how much work is left.</param>
    public Needs(Snapshot world, bool followsUnits = true) =>
        (_world, _variants, _index, _items, _standIns, _ways, Accepting, _followsUnits) = (world, new(world), [], [], [], [], Accepting.Of(world), followsUnits);

    private Needs(Needs other) => (_world, _variants, _index, _items, _standIns, _ways, Accepting, _followsUnits) =
        (other._world, new(other._world), new(other._index), [.. other._items], [.. other._standIns], new(other._ways), other.Accepting, other._followsUnits);

    /// <summary>Which revisions builds take; null when no change forbids anything.</summary>
    public Accepting? Accepting { get; }

    /// <summary>The same under the same indices, going its own way from here.</summary>
    public Needs Copy() => new(this);

    /// <summary>Each item at each hub that was asked for, in order of the first question.</summary>
    public IReadOnlyList<(Key<Site> Hub, Item Item)> Items => _items;

    public static bool Open(OrderLine order) => order.Status is OrderStatus.Proposed or OrderStatus.Approved or OrderStatus.Confirmed;

    /// <summary>Nets one order line as a world has it now.</summary>
    public Need Of(Snapshot now, Links links, OrderLine order)
    {
        Kit kit = _variants.Of(order);
        Build? held = links.Held(now, order.Key);
        Promise? promised = now.Promises.StartingWith($"{order.Key}|").LastOrDefault();
        Routing[] ways = Ways(order);
        Routing? way = ways.FirstOrDefault(r => r.Line == held?.Line) ?? ways.FirstOrDefault();
        IReadOnlyList<Finding> refusals = way is not null ? kit.Refusals
            : [.. kit.Refusals, new(new(order.Id), "no-line", $"No assembly line at {order.Hub} finishes {order.Family}.", "Add a routing for the family at that hub.")];
        Instant due = (promised?.Date ?? order.Requested) - Outbound.Of(_world.Markets[order.Market]).AtP90;
        if (Bars.At(Bars.Of(_world, Instant.MinValue, order.Market, order.Family), due) is { } bar) due = bar.From;
        Unit[] units = held is { Status: OrderStatus.Confirmed } ? [.. links.Units(now, held.Key)] : [];
        if (units.Length == 0) return new(order, held, promised, way, due, Parts(order, kit), refusals);
        return new(order, held, promised, way, due, Left(Parts(order, kit), order.Hub, now, units), refusals, _followsUnits && way is not null ? BuildProgress.Of(now, links, order, held!, way, units) : null);
    }

    /// <summary>Routings of the order line's family at its hub, by priority, then key, with the minutes that a unit really takes where they are known.</summary>
    public Routing[] Ways(OrderLine order)
    {
        if (!_ways.TryGetValue((order.Family.Value, order.Hub.Value), out Routing[]? ways))
            _ways[(order.Family.Value, order.Hub.Value)] = ways = [.. _world.Routings.StartingWith($"{order.Family}|")
                .Where(r => _world.AssemblyLines[r.Line].Site == order.Hub).OrderBy(static r => r.Priority).ThenBy(static r => r.Id, StringComparer.Ordinal).Select(r => PaceFitting.Paced(_world, r))];
        return ways;
    }

    /// <summary>Index of an item at a hub that was asked for before; -1 for another.</summary>
    public int Find(Key<Site> hub, Key<Item> item) => _index.GetValueOrDefault((hub.Value, item.Value), -1);

    public int IndexOf(Key<Site> hub, Key<Item> item)
    {
        if (_index.TryGetValue((hub.Value, item.Value), out int index)) return index;
        _items.Add((hub, _world.Items[item]));
        _standIns.Add(null);
        return _index[(hub.Value, item.Value)] = _items.Count - 1;
    }

    /// <summary>What may stand in for an item at its hub, by priority. An alternate counted in another unit or step cannot.</summary>
    public StandIn[] StandIns(int item)
    {
        if (_standIns[item] is { } known) return known;
        var (hub, asked) = _items[item];
        return _standIns[item] = [.. _world.ItemAlternates.StartingWith($"{asked.Key}|").OrderBy(static a => a.Priority).ThenBy(static a => a.Id, StringComparer.Ordinal)
            .Where(a => _world.Items[a.Alternate] is var other && other.Unit == asked.Unit && other.Step == asked.Step).Select(a => new StandIn(IndexOf(hub, a.Alternate), a.From, a.To))];
    }

    /// <summary>An amount in the item's unit as whole steps, rounded up: a kit never gets less than it takes.</summary>
    public static int Steps(Item item, decimal amount) => (int)Math.Min(MostSteps, item.Step == 1 ? Math.Ceiling(amount) : Math.Ceiling(amount / item.Step));

    /// <summary>Whole steps that an amount holds.</summary>
    public static int Whole(Item item, decimal amount) => (int)Math.Min(MostSteps, amount / item.Step);

    /// <summary>What units leave of a kit: a part that is in one that was not given up is no longer looked for.</summary>
    private (int, int)[] Left((int Item, int Steps)[] parts, Key<Site> hub, Snapshot now, IEnumerable<Unit> units)
    {
        foreach (UnitPart inside in units.Where(static u => u.State != UnitState.Scrapped).SelectMany(u => now.UnitParts.StartingWith($"{u.Key}|")).Where(static p => p.TakenOut is null))
        {
            int item = Find(hub, inside.Item), at = item < 0 ? -1 : Array.FindIndex(parts, p => p.Item == item);
            if (at < 0) at = Array.FindIndex(parts, p => p.Steps > 0 && Array.Exists(StandIns(p.Item), s => _items[s.Item].Item.Key == inside.Item));
            if (at >= 0) parts[at].Steps = Math.Max(0, parts[at].Steps - Whole(_items[parts[at].Item].Item, inside.Quantity.Value));
        }
        return [.. parts.Where(static p => p.Steps > 0)];
    }

    private (int Item, int Steps)[] Parts(OrderLine order, Kit kit)
    {
        var parts = new List<(int Item, int Steps)>(kit.Parts.Count);
        foreach (KitPart part in kit.Parts)
        {
            int item = IndexOf(order.Hub, part.Item.Key), steps = Steps(part.Item, part.PerUnit.Value * order.Quantity), at = 0;
            while (at < parts.Count && parts[at].Item != item) at++;
            if (at == parts.Count) parts.Add((item, steps));
            else parts[at] = (item, parts[at].Steps + steps);
        }
        return [.. parts];
    }
}
