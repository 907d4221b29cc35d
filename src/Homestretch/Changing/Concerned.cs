using Homestretch.Finishing.Floor;
using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Changing;

/// <summary>Finds all parts that a change concerns, wherever they are, each once.</summary>
internal sealed class Concerned(Snapshot world, EngineeringChange change, Effectivity effectivity, Func<Key<Lot>, LotForecast?> coming)
{
    private readonly Item _item = world.Items[change.Item];
    private readonly RevisionBuild _before = Scope(world, change, -1), _after = Scope(world, change, 0);

    /// <summary>A build of whom the change speaks, on the day on which it takes effect or some days from it.</summary>
    private static RevisionBuild Scope(Snapshot world, EngineeringChange change, int days) =>
        new(Listed.Of(change.Families).FirstOrDefault() ?? "", Listed.Of(change.Markets).FirstOrDefault() is { } market ? world.Within(market) : [], change.FromDay?.PlusDays(days), days < 0 ? "" : change.FromSerial);

    public IReadOnlyList<ConcernedStock> All() => [.. InStock(), .. InUnits(), .. Lots(), .. Ordered()];

    /// <summary>What may be done with such parts once the change has taken effect, in a build of which it speaks.</summary>
    public RevisionUse Then(string revision, string lot) => effectivity.Of(change.Item, revision, lot, _after).Use;

    private IEnumerable<ConcernedStock> InStock()
    {
        var bins = world.BinStock.Where(b => b.Item == change.Item && b.Quantity.Value > 0).ToLookup(static b => b.StockKey, StringComparer.Ordinal);
        foreach (Stock stock in world.Stock.Where(s => s.Item == change.Item))
        {
            string lot = StockRow.LotOf(stock.LotNumber);
            decimal left = stock.Quantity.Value;
            foreach (BinStock bin in bins[stock.Id])
            {
                decimal here = Math.Min(left, bin.Quantity.Value);      // bins that say more than there is in all are miscounted
                left -= here;
                if (here <= 0) continue;
                bool kit = bin.Bin.StartsWith(BinStock.Kit, StringComparison.Ordinal);
                ConcernedStock row = Row(kit ? ConcernedPlace.InKit : ConcernedPlace.OnHand, $"{bin.Site} {bin.Bin}", lot, stock.Revision, here, world.Lots.Find(lot)) with { Status = stock.Status, Supply = $"stock:{stock.Id}" };
                yield return kit && world.Builds.Find(bin.Bin[BinStock.Kit.Length..]) is { } build ? row with { Use = InBuild(build, stock.Revision, lot, "").Use, From = null } : row;
            }
            if (left > 0) yield return Row(ConcernedPlace.OnHand, stock.Site.Value, lot, stock.Revision, left, world.Lots.Find(lot)) with { Status = stock.Status, Supply = $"stock:{stock.Id}" };
        }
    }

    private IEnumerable<ConcernedStock> InUnits()
    {
        foreach (UnitPart part in world.UnitParts.Where(p => p.Item == change.Item && p.TakenOut is null))
        {
            if (world.Units[part.Unit] is not { State: UnitState.InWork or UnitState.Paused } unit) continue;
            string lot = StockRow.LotOf(part.LotNumber);
            yield return Row(ConcernedPlace.InUnit, unit.Id, lot, part.Revision, part.Quantity.Value, world.Lots.Find(lot)) with { Use = InBuild(world.Builds[unit.Build], part.Revision, lot, unit.Id).Use, From = null };
        }
    }

    private IEnumerable<ConcernedStock> Lots()
    {
        foreach (Lot lot in world.Lots.Where(l => l.Item == change.Item && Supply.Coming(l)))
        {
            decimal left = lot.Quantity.Value - lot.Received;
            if (left <= 0) continue;
            LotForecast? forecast = coming(lot.Key);
            bool proposed = lot.PurchaseOrderLine is { } p && world.PurchaseOrderLines.Find(p)?.Status == OrderStatus.Proposed && lot.Shipment is null;
            yield return Row(lot.Shipment is not null ? ConcernedPlace.OnTheWater : proposed ? ConcernedPlace.Proposed : ConcernedPlace.BeingMade, lot.Shipment?.Value ?? lot.PurchaseOrderLine?.Value ?? world.Lanes[lot.Lane].From.Value, lot.Id, lot.Revision, left, lot)
                with { P50 = forecast?.P50, P90 = forecast?.P90, Supply = Supply.NameOf(lot) };
        }
    }

    /// <summary>What of open purchases no lot is yet.</summary>
    private IEnumerable<ConcernedStock> Ordered()
    {
        var lots = world.Lots.Where(l => l.Item == change.Item && l.PurchaseOrderLine is not null).ToLookup(static l => l.PurchaseOrderLine!.Value.Value, StringComparer.Ordinal);
        foreach (PurchaseOrderLine line in world.PurchaseOrderLines.Where(p => p.Item == change.Item && p.Status is OrderStatus.Proposed or OrderStatus.Approved or OrderStatus.Confirmed))
        {
            if (line.Item != change.Item) continue;
            decimal left = line.Quantity.Value - lots[line.Id].Sum(static l => l.Quantity.Value);
            if (left > 0) yield return Row(line.Status == OrderStatus.Proposed ? ConcernedPlace.Proposed : ConcernedPlace.OnOrder, line.Id, "", line.Revision, left, null) with { Supplier = line.Supplier, Value = (line.Price ?? _item.Cost) * left };
        }
    }

    private RevisionVerdict InBuild(Build build, string revision, string lot, string serial) =>
        world.OrderLines.Find(build.OrderLine) is not { } order ? effectivity.Of(change.Item, revision, lot, _after) : effectivity.Of(change.Item, revision, lot, new(order.Family.Value, world.Within(order.Market.Value), world.DayOf(order, build.Start), serial));

    private ConcernedStock Row(ConcernedPlace place, string where, string lot, string revision, decimal quantity, Lot? of)
    {
        RevisionVerdict then = effectivity.Of(change.Item, revision, lot, _after);
        RevisionUse now = change.FromDay is null ? then.Use : effectivity.Of(change.Item, revision, lot, _before).Use;
        Money? price = (of?.PurchaseOrderLine is { } p ? world.PurchaseOrderLines.Find(p)?.Price : null) ?? _item.Cost;
        bool rework = then.Use is RevisionUse.Rework or RevisionUse.ReworkAtBench;
        return new(place, where, lot, revision, null, new(quantity, _item.Unit), price * quantity, then.Use, now == then.Use ? null : change.FromDay, null, null, of?.Party,
            rework ? then.By!.ReworkMinutes * quantity : null, rework ? then.By!.ReworkCost * quantity : null);
    }
}
