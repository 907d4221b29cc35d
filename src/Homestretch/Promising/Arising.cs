using Homestretch.World;

namespace Homestretch.Promising;

/// <summary>Order lines that wait for a slot once a change has happened, seen from the plan of the world before it. Costs what was touched and what waits, not what
/// there is.</summary>
/// <param name="change">Of the plan's own world.</param>
/// <param name="pegged">Whether kits draw on a supply of this name.</param>
internal sealed class Arising(Applied change, Links links, PlanLayout layout, Func<string, bool> pegged)
{
    /// <summary>More are allocated together, where each can make room for the other.</summary>
    private const int Most = 100;

    /// <summary>Null where only the whole allocation can tell: products, calendars, suppliers or pins were touched, supply that kits draw on shrank, a kit with a slot lacks
    /// parts, or lines waited already for what the change may have brought.</summary>
    public IReadOnlyList<Need>? Waiting()
    {
        var fresh = new List<Need>();
        var told = new HashSet<string>(StringComparer.Ordinal);
        var rekitted = new HashSet<Build>();
        bool brought = false;
        foreach (Touch touch in change.Touched)
        {
            switch (touch.After ?? touch.Before)
            {
                case OrderLine order:
                    told.Add(order.Id);
                    if (touch.Before is OrderLine was) brought |= Needs.Open(was);
                    if (touch.After is null || !Needs.Open(order)) break;
                    Need need = layout.Needs.Of(change.World, links, order);
                    if (!need.Plannable) break;
                    need = need with { Held = need.Held ?? Placed(order) };
                    if (need.Held is null) fresh.Add(need); else if (!Covered(need)) return null;
                    break;
                case Lot or Stock:
                    if (Shrunk(touch)) return null;
                    brought = true;
                    break;
                case Build build: rekitted.Add(build); break;
                case Peg peg when change.World.Builds.Find(peg.Build) is { } build: rekitted.Add(build); break;
                case Peg: break;
                case Promise or PurchaseOrderLine or Party or Shipment or Milestone or Machine or MachineReport or ProductionRun or Maintenance or ClassStrategy or OptionOffer: break;
                default: return null;
            }
        }
        if (rekitted.Any(b => LeftShort(b, told))) return null;
        brought |= rekitted.Count > 0;                  // a slot or a peg that came, went or moved: what is left for those who wait is not what the plan before it leaves
        Need[] before = [.. layout.Undated.Select(static l => l.Need).Where(n => n.Plannable && !told.Contains(n.Order.Id))];
        bool whole = before.Length > 0 && (brought || before.Any(static n => n.Held is not null)) || fresh.Count > 0 && brought || before.Length + fresh.Count > Most;
        return whole ? null : [.. before, .. fresh];
    }

    /// <summary>Whether a build whose slot or pegs were touched, without its order line, leaves that line waiting, or takes it from those that did.</summary>
    private bool LeftShort(Build build, HashSet<string> told)
    {
        if (told.Contains(build.OrderLine.Value) || change.World.OrderLines.Find(build.OrderLine) is not { } order || !Needs.Open(order)) return false;
        if (layout.Find(order.Id) is not { Dated: true } laid || laid.Need.Held?.Key != build.Key || !change.World.Builds.Contains(build.Id) || build.Status >= OrderStatus.Completed) return true;
        return layout.Needs.Of(change.World, links, order) is { Plannable: true } need && !Covered(need with { Held = build });
    }

    /// <summary>The slot that comes with the order line.</summary>
    private Build? Placed(OrderLine order) => change.Touched.Select(static t => t.After).OfType<Build>().FirstOrDefault(b => b.OrderLine == order.Key && b.Status < OrderStatus.Completed);

    private bool Covered(Need need)
    {
        Peg[] pegs = [.. change.World.Pegs.StartingWith($"{need.Held!.Key}|")];
        return pegs.Length == 0 && need.Held.Status == OrderStatus.Confirmed || new KitPegs(layout.Needs, need, pegs, k => There(pegs[k].Supply) && layout.Needs.Accepting?.Takes(change.World, need.Order, need.Held.Start, pegs[k].Item, pegs[k].Supply) != false).Whole;
    }

    private bool There(string supply) => supply.StartsWith("lot:", StringComparison.Ordinal) ? change.World.Lots.Find(supply[4..]) is { } lot && Supply.Coming(lot)
        : supply.StartsWith("stock:", StringComparison.Ordinal) && change.World.Stock.Find(supply[6..]) is { Status: StockStatus.Available };

    private bool Shrunk(Touch touch)
    {
        Supply? was = Of(touch.Before), now = Of(touch.After);
        return was is not null && (now is null || now.Hub != was.Hub || now.Item != was.Item || now.Steps < was.Steps) && pegged(was.Name);
    }

    private Supply? Of(IRecord? record) => record switch { Lot lot => Supply.Of(change.World, lot), Stock stock => Supply.Of(change.World, stock), _ => null };
}
