using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>What a plan may not move: begun and confirmed builds, pinned slots and pegs, and, unless everything may move,
/// every build that has its pegs.</summary>
internal sealed class Holds
{
    private readonly Dictionary<string, Build> _slots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Peg>> _pegs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Instant> _release = new(StringComparer.Ordinal);
    private readonly Aim _aim;
    private readonly Snapshot _world;
    private readonly HashSet<string> _kept = new(StringComparer.Ordinal);

    private Holds(Snapshot world, Aim aim) => (_world, _aim) = (world, aim);

    /// <summary>The held slot of an order line; null when it is free.</summary>
    public Build? Slot(OrderLine order) => _slots.GetValueOrDefault(order.Id);

    /// <summary>The held pegs of an order line.</summary>
    public IReadOnlyList<Peg> Pegs(OrderLine order) => _pegs.GetValueOrDefault(order.Id) ?? [];

    /// <summary>The earliest start a pinned date allows; null when none is pinned.</summary>
    public Instant? NotBefore(OrderLine order) => _release.TryGetValue(order.Id, out Instant at) ? at : null;

    /// <summary>True for a planned purchase that nobody approved, no held kit uses and no shipment carries: a full plan takes it back.</summary>
    /// <remarks>What is aboard is on its way, whoever approved it; what is told of its voyage is also evidence on others.</remarks>
    public bool Recalled(Supply supply) => supply.Lot is { } lot && Recalled(lot);

    public bool Recalled(Lot lot) => _aim.Scope == Scope.Everything && lot is { State: LotState.Planned, Shipment: null } && !_kept.Contains(Supply.NameOf(lot))
        && lot.PurchaseOrderLine is { } line && _world.PurchaseOrderLines.Find(line)?.Status == OrderStatus.Proposed;

    public static Holds Of(Snapshot world, Needs needs, Need[] orders, Links links, Instant t, Aim aim)
    {
        var holds = new Holds(world, aim);
        foreach (Need need in orders)
        {
            string key = need.Order.Id;
            Pin[] pins = [.. links.Pins(world, key, t)];
            List<Peg> pegs = need.Held is { } build ? [.. world.Pegs.StartingWith($"{build.Key}|")] : [];
            bool covered = need.Held is { } of && new KitPegs(needs, need, pegs, needs.Accepting is not { } accepting ? null : k => accepting.Takes(world, need.Order, of.Start, pegs[k].Item, pegs[k].Supply)).Whole;
            bool settled = aim.Settled?.Contains(key) == true && !Owes(world, need, links, t);
            bool keep = need.Held is { } b && (b.Status >= OrderStatus.Confirmed || covered && (aim.Scope == Scope.Unpegged || settled || b.Start <= t && b.Status != OrderStatus.Proposed));
            Pin? slot = pins.LastOrDefault(static p => p.Kind == PinKind.Slot);
            if (keep) holds._slots[key] = need.Held!;
            else if (slot is { At: { } at } && need.Way is { } way)
                holds._slots[key] = Pinned(need, slot, way.Line, at);
            if (keep) holds._pegs[key] = pegs;
            else if (pins.Any(static p => p.Kind == PinKind.Peg))
            {
                HashSet<string> pinned = [.. pins.Where(static p => p.Kind == PinKind.Peg).Select(static p => p.Value)];
                holds._pegs[key] = [.. pegs.Where(p => pinned.Contains(p.Supply)), .. NewlyPinned(world, need, needs, pegs, pinned)];
            }
            foreach (Peg peg in holds.Pegs(need.Order)) holds._kept.Add(peg.Supply);
            if (pins.LastOrDefault(static p => p.Kind == PinKind.Date) is { At: { } notBefore }) holds._release[key] = notBefore;
        }
        holds.KeepUntouched(orders);
        return holds;
    }

    /// <summary>True when a slot is pinned for an order line that stands elsewhere and may still move there.</summary>
    public static bool Owes(Snapshot world, Need need, Links links, Instant t) =>
        need.Way is { } way && links.Pins(world, need.Order.Id, t).LastOrDefault(static p => p.Kind == PinKind.Slot) is { At: { } at } slot
        && (need.Held is not { } build || build.Status < OrderStatus.Confirmed && !(build.Start <= t && build.Status != OrderStatus.Proposed)
            && (build.Start != at || build.Line.Value != (slot.Value.Length > 0 ? slot.Value : way.Line.Value)));

    /// <summary>Pins, runs, and pegs of builds that no plan lays anew, such as those of ended order lines, keep what they name.</summary>
    private void KeepUntouched(Need[] orders)
    {
        foreach (Pin pin in _world.Pins) _kept.UnionWith([pin.Value, $"lot:{pin.Target}"]);
        foreach (ProductionRun run in _world.ProductionRuns) _kept.Add($"lot:{run.Lot}");
        var needs = orders.ToDictionary(static n => n.Order.Id, StringComparer.Ordinal);
        foreach (Build build in _world.Builds)
        {
            OrderLine order = _world.OrderLines[build.OrderLine];
            bool moves = build.Status < OrderStatus.Confirmed && Needs.Open(order) && Slot(order) is null && (!needs.TryGetValue(order.Id, out Need? need) || need.Held?.Key == build.Key);
            if (moves) continue;
            foreach (Peg peg in _world.Pegs.StartingWith($"{build.Key}|")) _kept.Add(peg.Supply);
        }
    }

    private static Build Pinned(Need need, Pin slot, Key<AssemblyLine> line, Instant at) =>
        new(need.Held?.Key ?? new Key<Build>(need.Order.Id), need.Order.Party, need.Order.Key, slot.Value.Length > 0 ? slot.Value : line,
            need.Order.Quantity, at, at + Duration.FromSeconds(need.WorkSeconds), need.Held?.Status ?? OrderStatus.Approved);

    private static IEnumerable<Peg> NewlyPinned(Snapshot world, Need need, Needs needs, List<Peg> pegs, HashSet<string> pinned)
    {
        foreach (string supply in pinned.Order(StringComparer.Ordinal))
        {
            if (pegs.Any(p => p.Supply == supply)) continue;
            Key<Item>? item = supply.StartsWith("lot:", StringComparison.Ordinal) ? world.Lots.Find(supply[4..])?.Item
                : supply.StartsWith("stock:", StringComparison.Ordinal) ? world.Stock.Find(supply[6..])?.Item : null;
            foreach (var (index, steps) in need.Parts)
            {
                Item part = needs.Items[index].Item;
                if (item is { } pinnedItem && (part.Key == item || needs.StandIns(index).Any(s => needs.Items[s.Item].Item.Key == item)))
                {
                    yield return new Peg(need.Order.Id, pinnedItem, supply, need.Order.Party, new(steps * part.Step, part.Unit));
                    break;
                }
            }
        }
    }
}
