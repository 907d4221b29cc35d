using Homestretch.Machines;
using Homestretch.Maintaining;
using Homestretch.Promising;
using Homestretch.Promising.Lots;
using Homestretch.World;

namespace Homestretch.Situations;

/// <summary>What is behind a supply that comes too late: the machine that makes it, a closed passage before it, the shipment it is aboard, or the lot itself; what must still be bought is a part that is short.</summary>
internal sealed class Causes
{
    private readonly Plan _plan;
    private readonly Watch _watch;
    private readonly Links _links;
    private readonly Failing _failing;
    private readonly Dictionary<string, Cause> _ofSupply = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _fails = new(StringComparer.Ordinal);

    public Causes(Plan plan, Watch watch)
    {
        (_plan, _watch, _links) = (plan, watch, Links.Of(plan.World));
        _failing = new(_links, plan.Epoch, plan.Policy);
    }

    /// <param name="supply">What came last, or <see cref="MissedBy.Line"/>, <see cref="MissedBy.Delivery"/> or a document.</param>
    public Cause Of(Forecast.Dated order, string supply)
    {
        if (supply == MissedBy.Line) return new(CauseKind.Line, order.Build.Line.Value);
        if (supply.StartsWith(MissedBy.Document, StringComparison.Ordinal)) return new(CauseKind.Document, supply[MissedBy.Document.Length..]);
        if (supply == MissedBy.Delivery) return new(CauseKind.Delivery, _plan.World.OrderLines[order.OrderLine].Market.Value);
        if (!_ofSupply.TryGetValue(supply, out Cause known)) _ofSupply[supply] = known = OfSupply(supply, order);
        return known;
    }

    /// <summary>An order line without a date: the first part that nothing brings, or the order line itself.</summary>
    public Cause OfUndated(Key<OrderLine> order)
    {
        Finding? lacking = (_plan.Of(order) as Forecast.Unknown)?.Reasons.FirstOrDefault(static r => r.Rule == "no-supply");
        return lacking?.Place.Column is { Length: > 0 } item ? new(CauseKind.Part, $"{_plan.World.OrderLines[order].Hub}/{item}") : new(CauseKind.Order, order.Value);
    }

    private Cause OfSupply(string supply, Forecast.Dated order)
    {
        Snapshot world = _plan.World;
        if (!supply.StartsWith("lot:", StringComparison.Ordinal) || world.Lots.Find(supply[4..]) is not { } lot) return new(CauseKind.Line, order.Build.Line.Value);
        if (lot.State == LotState.Planned && lot.PurchaseOrderLine is { } line && world.PurchaseOrderLines.Find(line)?.Status == OrderStatus.Proposed)
            return new(CauseKind.Part, $"{world.Lanes[lot.Lane].To}/{lot.Item}");
        if (lot.State < LotState.Made && _links.RunsOf(world, lot.Key).FirstOrDefault(r => Fails(r.Machine)) is { } run) return new(CauseKind.Machine, run.Machine.Value);
        if (_plan.PassagesOf(lot.Key).FirstOrDefault(static p => p.Closed) is { } closed) return new(CauseKind.Passage, Words.Of(closed.Passage));
        return lot is { State: LotState.Shipped, Shipment: { } shipment } ? new(CauseKind.Shipment, shipment.Value) : new(CauseKind.Lot, lot.Id);
    }

    /// <summary>Whether a machine is down, or likely to fail before what it makes is made.</summary>
    private bool Fails(Key<Machine> machine)
    {
        if (_fails.TryGetValue(machine.Value, out bool known)) return known;
        Snapshot world = _plan.World;
        return _fails[machine.Value] = world.MachineReports.Find(machine.Value) is { } report
            && (report.State == MachineState.Down || _failing.First(world, world.Machines[machine], report)?.Value >= _watch.LikelyFailure);
    }
}
