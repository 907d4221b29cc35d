using Homestretch.World;

namespace Homestretch.Promising;

/// <summary>What a change of the world means for a plan: only arrivals of some lots, or its structure, or nothing.</summary>
/// <param name="Structure">Builds, pegs, lines, orders or the like changed: the plan is laid out anew.</param>
/// <param name="Lots">Lots whose way changed and whose arrivals must be drawn again, in key order.</param>
internal sealed record PlanImpact(bool Structure, IReadOnlyList<Lot> Lots)
{
    public bool Nothing => !Structure && Lots.Count == 0;

    public static PlanImpact Of(Snapshot before, Snapshot next, IReadOnlyList<Touch> touched)
    {
        bool structure = false;
        var lots = new SortedDictionary<string, Lot>(StringComparer.Ordinal);
        foreach (Touch touch in touched)
        {
            switch (touch.After ?? touch.Before)
            {
                case Milestone m:
                    foreach (Lot lot in next.Lots.Where(l => l.Shipment == m.Shipment && Supplies.Coming(l))) lots[lot.Id] = lot;
                    break;
                case Lot after when touch is { Before: Lot was, After: Lot } && SamePeggable(was, after):
                    lots[after.Id] = after;
                    break;
                case MachineReport r:
                    foreach (ProductionRun run in next.ProductionRuns.Where(p => p.Machine == r.Machine)) AddLot(run.Lot);
                    break;
                case ProductionRun run:
                    foreach (ProductionRun other in next.ProductionRuns.Where(p => p.Machine == run.Machine)) AddLot(other.Lot);
                    AddLot(run.Lot);
                    break;
                case Maintenance m:
                    foreach (ProductionRun run in next.ProductionRuns.Where(p => p.Machine == m.Machine)) AddLot(run.Lot);
                    break;
                case Party or Site or ItemRevision or ProductOption or Shipment or PurchaseOrderLine or ItemSupplier or ItemAlternate:
                    break;
                default:
                    structure = true;
                    break;
            }
        }
        return new(structure, [.. lots.Values]);

        void AddLot(Key<Lot> key)
        {
            if (next.Lots.Find(key) is { } lot && Supplies.Coming(lot)) lots[lot.Id] = lot;
        }
    }

    /// <summary>Whether kits can go on drawing on the lot as they did.</summary>
    private static bool SamePeggable(Lot a, Lot b) => a.Item == b.Item && a.Quantity == b.Quantity && a.Lane == b.Lane
        && Supplies.Coming(a) == Supplies.Coming(b);
}
