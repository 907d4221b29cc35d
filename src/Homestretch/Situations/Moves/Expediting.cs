using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Situations.Moves;

/// <summary>A lot that has not left, or the part of it that is needed, goes by a faster lane of the same ends.</summary>
internal static class Expediting
{
    public static IEnumerable<Move> Of(Setting at)
    {
        foreach (Lot lot in at.Lots.Where(static l => l.State < LotState.Shipped && l.Shipment is null))
        {
            foreach (Lane lane in Freight.Faster(at.Plan.World, lot.Lane).Take(2))
            {
                yield return plan => Whole(at, plan, lot.Key, lane);
                yield return plan => Part(at, plan, lot.Key, lane);
            }
        }
    }

    private static Remedy? Whole(Setting at, Plan plan, Key<Lot> key, Lane lane)
    {
        if (plan.World.Lots.Find(key) is not { State: < LotState.Shipped } lot || lot.Lane == lane.Key) return null;
        return new(RemedyKind.Expedite, $"Send {lot.Key} by {lane.Name}: {lot.Quantity} of {plan.World.Items[lot.Item].Name}", [new WorldEvent.Put(lot with { Lane = lane.Key })],
            [Freight.Of(plan.World, lot.Item, lane.Key, lot.Lane, lot.Quantity.Value, whole: true)], Leaves(plan, lot), Book(at, plan, lot, lane, lot.Quantity));
    }

    /// <summary>What the kits that are hurt need of the lot. The rest stays with what it was to come by; on its machine the part is made first.</summary>
    private static Remedy? Part(Setting at, Plan plan, Key<Lot> key, Lane lane)
    {
        Snapshot world = plan.World;
        if (world.Lots.Find(key) is not { State: < LotState.Shipped } lot || lot.Lane == lane.Key) return null;
        Peg[] pegs = [.. at.HurtBy(lot).SelectMany(l => Shelves.PegsOf(plan, l.OrderLine)).Where(p => p.Supply == Supply.NameOf(lot))];
        decimal amount = pegs.Sum(static p => p.Quantity.Value);
        if (amount <= 0 || amount >= lot.Quantity.Value) return null;
        Lot part = lot with { Key = Name(world, lot), Lane = lane.Key, Quantity = lot.Quantity with { Value = amount } };
        var book = new PegBook(world);
        foreach (Peg peg in pegs) book.Move(peg, peg.Quantity.Value, Supply.NameOf(part));
        WorldEvent[] events = [new WorldEvent.Put(part), new WorldEvent.Put(lot with { Quantity = lot.Quantity with { Value = lot.Quantity.Value - amount } }), .. Runs(world, lot, part), .. book.Events()];
        return new(RemedyKind.SplitLot, $"Send {part.Quantity} of {lot.Key} by {lane.Name}, the rest as planned", events, [Freight.Of(world, lot.Item, lane.Key, lot.Lane, amount, whole: false)], Leaves(plan, lot), Book(at, plan, lot, lane, part.Quantity));
    }

    /// <summary>The run is parted as well: what was made counts for the part first, then the rest follows on the same machine.</summary>
    private static IEnumerable<WorldEvent> Runs(Snapshot world, Lot lot, Lot part)
    {
        decimal open = part.Quantity.Value;
        foreach (ProductionRun run in world.ProductionRuns.Where(r => r.Lot == lot.Key && r.Status < OrderStatus.Completed))
        {
            decimal take = Math.Min(open, run.Quantity.Value), made = Math.Min(take, run.Produced);
            if (take <= 0) continue;
            open -= take;
            yield return new WorldEvent.Put(run with { Key = $"{run.Key}-{part.Id[(lot.Id.Length + 1)..]}", Lot = part.Key, Quantity = run.Quantity with { Value = take }, Produced = made, Rejected = null });
            yield return new WorldEvent.Put(run with { Quantity = run.Quantity with { Value = run.Quantity.Value - take }, Produced = run.Produced - made, Status = made < take && run.Status == OrderStatus.Confirmed ? OrderStatus.Approved : run.Status });
        }
    }

    private static Key<Lot> Name(Snapshot world, Lot lot)
    {
        int n = 1;
        while (world.Lots.Contains($"{lot.Key}-X{n}")) n++;
        return $"{lot.Key}-X{n}";
    }

    /// <summary>It can be changed until it is made, and if it is, until its first step ends.</summary>
    private static Instant Leaves(Plan plan, Lot lot) => plan.StepEnds(lot.Key) is { Count: > 0 } ends ? Instant.Max(plan.Epoch, ends.OrderBy(static e => e.Key).First().Value.P50) : plan.Epoch;

    private static Work[] Book(Setting at, Plan plan, Lot lot, Lane lane, Quantity amount) =>
    [
        new(TaskKind.ChangeRequest, lot.Party, $"lots:{lot.Key}", $"Hand over {amount} of {lot.Key} for {lane.Name}", Leaves(plan, lot)),
        new(TaskKind.TransportBooking, plan.World.LaneSteps.StartingWith($"{lane.Key}|").Select(static s => s.Carrier).FirstOrDefault(static c => c is not null) ?? lane.Party, $"lanes:{lane.Key}",
            $"Carry {amount} of {plan.World.Items[lot.Item].Name} from {plan.World.Sites[lane.From].Name}, ready about {at.Day(Leaves(plan, lot))}", Leaves(plan, lot)),
    ];
}
