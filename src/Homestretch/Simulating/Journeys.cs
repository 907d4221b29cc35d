using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Simulating;

/// <summary>Tells of every lot on its way what has become known: made, loaded, a step ended, received into stock. A lot that no shipment
/// carried at the start leaves by one of its own as soon as it is made, as the plan takes it.</summary>
internal sealed class Journeys(Truth truth, PlanPolicy policy)
{
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>What became known after one look at the world and by the next.</summary>
    public List<WorldEvent> Told(Snapshot world, Instant now)
    {
        var events = new List<WorldEvent>();
        foreach (MachineTruth machine in truth.Machines)
            foreach (IRecord record in machine.Told(world, now)) events.Add(new WorldEvent.Put(record));
        ILookup<string, Peg>? pegged = null;
        foreach (Lot lot in world.Lots.Where(Supply.Coming))
        {
            Release(world, lot, now, events);
            LotTruth way = truth.Of(world, lot);
            Lot after = Loaded(world, lot, way, now, events);
            if (after.Shipment is { } shipment && after.State == LotState.Shipped) Milestones(world, lot, shipment, way, now, events);
            if (way.Arrives <= now)
            {
                pegged ??= world.Pegs.Where(static p => p.Supply.StartsWith("lot:", StringComparison.Ordinal)).ToLookup(static p => p.Supply, StringComparer.Ordinal);
                after = Received(world, after, pegged[Supply.NameOf(lot)], events);
            }
            if (!after.Equals(lot)) events.Add(new WorldEvent.Put(after));
        }
        return events;
    }

    /// <summary>A proposed purchase is placed on its day.</summary>
    private static void Release(Snapshot world, Lot lot, Instant now, List<WorldEvent> events)
    {
        if (world.PurchaseOrderLines.Find(lot.PurchaseOrderLine) is { Status: OrderStatus.Proposed } line && line.Ordered <= now)
            events.Add(new WorldEvent.Put(line with { Status = OrderStatus.Approved }));
    }

    private static Lot Loaded(Snapshot world, Lot lot, LotTruth way, Instant now, List<WorldEvent> events)
    {
        if (way.Made > now || lot.State >= LotState.Shipped) return lot;
        foreach (ProductionRun run in world.ProductionRuns)
            if (run.Lot == lot.Key && run.Status is OrderStatus.Approved or OrderStatus.Confirmed && !events.Any(e => e.Key == run.Id))
                events.Add(new WorldEvent.Put(run with { Status = OrderStatus.Completed, Produced = run.Quantity.Value, AsOf = now }));
        if (lot.Shipment is not null) return lot with { State = LotState.Shipped, Ready = way.Made, ReadyP90Days = 0 };
        Key<Shipment> shipment = $"SHIP-{lot.Key}";
        Key<Party> carrier = world.LaneSteps.StartingWith($"{lot.Lane}|").Select(static s => s.Carrier).FirstOrDefault(static c => c is not null) ?? lot.Party;
        events.Add(new WorldEvent.Put(new Shipment(shipment, carrier, lot.Lane, "", "")));
        return lot with { State = LotState.Shipped, Ready = way.Made, ReadyP90Days = 0, Shipment = shipment };
    }

    /// <summary>Sources tell the end of a step as late as the policy takes them to; the hub's own dock tells at once.</summary>
    private void Milestones(Snapshot world, Lot lot, Key<Shipment> shipment, LotTruth way, Instant now, List<WorldEvent> events)
    {
        foreach (var (step, end) in way.Steps)
        {
            Instant reported = step.Kind == StepKind.Receive ? end : end + policy.ReportingDelay;
            Key<Party> source = step.Carrier ?? lot.Party;
            if (reported > now || !_told.Add($"{shipment}|{step.Sequence}")) continue;
            events.Add(new WorldEvent.Put(new Milestone(shipment, step.Sequence, World.Edge.End, Classifier.Actual, source, source, end, reported)));
        }
    }

    /// <summary>The lot is stock now, and its pegs are pegs on that stock.</summary>
    private static Lot Received(Snapshot world, Lot lot, IEnumerable<Peg> pegged, List<WorldEvent> events)
    {
        Lane lane = world.Lanes[lot.Lane];
        Key<Party> owner = world.Sites[lane.To].Party;
        var stock = new Stock(lane.To, lot.Item, lot.Revision, lot.Id, owner, lot.Quantity with { Value = Math.Max(0, lot.Quantity.Value - lot.Received) }, StockStatus.Available);
        if (world.Stock.Find(stock.Id) is { } already) stock = already with { Quantity = already.Quantity + stock.Quantity };
        events.Add(new WorldEvent.Put(stock));
        if (world.PurchaseOrderLines.Find(lot.PurchaseOrderLine) is { Status: < OrderStatus.Completed } line)
            events.Add(new WorldEvent.Put(line with { Status = OrderStatus.Completed }));
        foreach (Peg peg in pegged)
        {
            events.Add(new WorldEvent.Removed(TableKind.For(peg), peg.Id, "received"));
            Peg moved = peg with { Supply = Supply.NameOf(stock) };
            if (world.Pegs.Find(moved.Id) is { } both) moved = moved with { Quantity = moved.Quantity + both.Quantity };
            events.Add(new WorldEvent.Put(moved));
        }
        return lot with { State = LotState.Received };
    }
}
