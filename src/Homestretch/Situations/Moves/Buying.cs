using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Situations.Moves;

/// <summary>What the kits that are hurt lack comes from another supplier, or from another hub's stock.</summary>
internal static class Buying
{
    public static IEnumerable<Move> Of(Setting at)
    {
        foreach (Lot lot in at.Lots)
        {
            Key<Site> hub = at.Plan.World.Lanes[lot.Lane].To;
            LocalDate today = at.Plan.Epoch.InUtc().Date;
            foreach (ItemSupplier other in at.Plan.World.ItemSuppliers.StartingWith($"{lot.Item}|").Where(s => at.Plan.World.Lanes[s.Lane].To == hub && (s.Supplier != lot.Party || s.Lane != lot.Lane) && !(today < s.From) && !(today >= s.To)))
                yield return plan => Buy(at, plan, lot, other);
            foreach (Lane lane in at.Plan.World.Lanes.Where(l => l.To == hub && at.Plan.World.Stock.StartingWith($"{l.From}|{lot.Item}|").Any()))
                yield return plan => Transfer(at, plan, lot, lane);
        }
    }

    private static Remedy? Buy(Setting at, Plan plan, Lot lot, ItemSupplier from)
    {
        Snapshot world = plan.World;
        Peg[] pegs = [.. at.HurtBy(lot).SelectMany(l => Shelves.PegsOf(plan, l.OrderLine)).Where(p => p.Supply == Supply.NameOf(lot))];
        decimal needed = pegs.Sum(static p => p.Quantity.Value), amount = Math.Max(from.Minimum, Math.Ceiling(needed / from.Multiple) * from.Multiple);
        if (needed <= 0 || amount > from.Maximum) return null;
        Item item = world.Items[lot.Item];
        string key = Name(world, $"BUY-{lot.Item}-{from.Supplier}");
        Instant placed = at.Soonest, ready = placed + Duration.FromDays((double)from.LeadDays);
        var bought = new Lot(key, from.Supplier, (Key<PurchaseOrderLine>)key, lot.Item, "", lot.Quantity with { Value = amount }, from.Lane, LotState.Planned, ready, Math.Max(1, from.LeadDays / 5), null);
        var line = new PurchaseOrderLine(key, item.Party, from.Supplier, lot.Item, "", bought.Quantity, item.Cost, from.Lane, placed, ready + Duration.FromDays((double)Freight.Days(world, from.Lane)), OrderStatus.Approved);
        var book = new PegBook(world);
        foreach (Peg peg in pegs) book.Move(peg, peg.Quantity.Value, Supply.NameOf(bought));
        Duration lead = Duration.FromDays((double)(from.LeadDays + Freight.Days(world, from.Lane)));
        return new(RemedyKind.SecondSource, $"Buy {bought.Quantity} of {item.Name} from {world.Parties[from.Supplier].Name}, by {world.Lanes[from.Lane].Name}",
            [new WorldEvent.Put(line), new WorldEvent.Put(bought), .. book.Events()],
            // what is bought takes the place of what comes later, which serves others then: its price is not lost, the money is bound earlier
            [Freight.Of(world, lot.Item, from.Lane, lot.Lane, amount, whole: false)], Instant.Max(plan.Epoch, Latest(at, plan, lot) - lead),
            [new(TaskKind.PurchaseOrder, from.Supplier, $"purchase_order_lines:{key}", $"Make {bought.Quantity} of {item.Name} by {at.Day(ready)}", placed)]);
    }

    private static Remedy? Transfer(Setting at, Plan plan, Lot lot, Lane lane)
    {
        Snapshot world = plan.World;
        Peg[] pegs = [.. at.HurtBy(lot).SelectMany(l => Shelves.PegsOf(plan, l.OrderLine)).Where(p => p.Supply == Supply.NameOf(lot))];
        decimal needed = pegs.Sum(static p => p.Quantity.Value);
        if (needed <= 0 || Shelves.Of(plan, lane.From, lot.Item).FirstOrDefault(h => h.Supply.StartsWith("stock:", StringComparison.Ordinal) && h.Free >= needed) is not { } held || world.Stock.Find(held.Supply[6..]) is not { } stock) return null;
        Site there = world.Sites[lane.From];
        var moved = new Lot(Name(world, $"MOVE-{lot.Item}-{there.Key}"), there.Party, null, lot.Item, stock.Revision, lot.Quantity with { Value = needed }, lane.Key, LotState.Made, at.Soonest, 0, null);
        var book = new PegBook(world);
        foreach (Peg peg in pegs) book.Move(peg, peg.Quantity.Value, Supply.NameOf(moved));
        return new(RemedyKind.OtherHub, $"Move {moved.Quantity} of {world.Items[lot.Item].Name} from {there.Name}, where no kit has them",
            [new WorldEvent.Put(stock with { Quantity = stock.Quantity with { Value = stock.Quantity.Value - needed } }), new WorldEvent.Put(moved), .. book.Events()],
            [Freight.Of(world, lot.Item, lane.Key, null, needed, whole: true)], Instant.Max(plan.Epoch, Latest(at, plan, lot) - Duration.FromDays((double)Freight.Days(world, lane.Key))),
            [new(TaskKind.StockTransfer, there.Party, $"stock:{stock.Id}", $"Send {moved.Quantity} of {world.Items[lot.Item].Name} by {lane.Name}", at.Soonest)]);
    }

    /// <summary>The last moment at which any of the kits that the lot hurts still keeps its promise.</summary>
    private static Instant Latest(Setting at, Plan plan, Lot lot) => at.HurtBy(lot).Select(l => plan.Of(l.OrderLine)?.AsDated).OfType<Forecast.Dated>().Select(d => Shelves.NeededBy(plan, d)).DefaultIfEmpty(plan.Epoch).Max();

    private static string Name(Snapshot world, string stem)
    {
        int n = 1;
        while (world.Lots.Contains($"{stem}-{n}") || world.PurchaseOrderLines.Contains($"{stem}-{n}")) n++;
        return $"{stem}-{n}";
    }
}
