using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>Slots and pegs from what is left, each order line as a quote would place it. What it gave is spoken for until it is disposed of: the host may not
/// accept it, and what is left is what the world holds. Dispose of it before the plan is advanced.</summary>
public sealed class NewOrders : IDisposable
{
    private readonly Links _links;
    private readonly PlanLayout _layout;
    private readonly Free _free;
    private readonly List<Placed> _given = [];
    private readonly List<Laid> _back = [];
    private readonly HashSet<string> _bought = new(StringComparer.Ordinal), _seen = new(StringComparer.Ordinal);

    internal NewOrders(Links links, PlanLayout layout, Free free) => (_links, _layout, _free) = (links, layout, free);

    /// <summary>Places the order lines that a change of the world brought, or changed so that their pegs no longer make a kit, if it did nothing else that a plan
    /// asks about. Those that cannot be placed, or of which a pin or a confirmed slot holds something, are left to wait.</summary>
    /// <param name="change">Accepted, and a change of the plan's world or of one that this has placed order lines in.</param>
    public IReadOnlyList<WorldEvent> Place(Applied change)
    {
        if (change.Touched.Any(static x => x is not { After: OrderLine or Party })) return [];
        var needs = new List<Need>();
        foreach (OrderLine order in change.Touched.Select(static x => x.After).OfType<OrderLine>().Where(Needs.Open))
        {
            if (!_seen.Add(order.Id)) continue;
            Laid now = Laid.Of(change.World, _layout.Needs, _links, _layout.Supplies, order);
            if (now.Dated || !now.Need.Plannable || Holds(change.World, now.Need)) continue;
            if (_layout.Find(order.Id) is { } before) GiveBack(before);
            needs.Add(now.Need with { Held = null });
        }
        return Place(change.World, needs);
    }

    /// <summary>By class, due date and key; none before the date of its pin.</summary>
    internal IReadOnlyList<WorldEvent> Place(Snapshot world, IEnumerable<Need> needs)
    {
        var events = new List<WorldEvent>();
        foreach (Need need in needs.OrderBy(static n => n.Order.Class).ThenBy(static n => n.Due).ThenBy(static n => n.Order.Id, StringComparer.Ordinal))
        {
            Pin? date = Pins(world, need).LastOrDefault(static p => p.Kind == PinKind.Date);
            if (Placing.Of(_free, need, date?.At is { } at ? Seconds.Of(at, _free.Epoch) : 0, out _) is not { } slot) continue;
            events.AddRange(PlacedEvents.Of(world, _links, _layout, _free, need, slot, _bought).Events);
            _free.Take(slot, 1);
            _given.Add(slot);
        }
        return events;
    }

    /// <summary>What an order line has is there for all, itself too.</summary>
    internal void GiveBack(Laid laid)
    {
        _free.Lift(laid, true);
        _back.Add(laid);
    }

    /// <summary>A pin or a confirmed slot holds something of it: that is the whole allocation's to fit in.</summary>
    internal bool Holds(Snapshot world, Need need) => need.Held?.Status == OrderStatus.Confirmed || Pins(world, need).Any(static p => p.Kind is PinKind.Peg or PinKind.Slot);

    public void Dispose()
    {
        foreach (Placed slot in _given) _free.Take(slot, -1);
        foreach (Laid laid in _back) _free.Lift(laid, false);
        _given.Clear();
        _back.Clear();
    }

    private IEnumerable<Pin> Pins(Snapshot world, Need need) => _links.Pins(world, need.Order.Id, _free.Epoch);
}
