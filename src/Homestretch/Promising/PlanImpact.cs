using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>What a change of the world means for a plan: only arrivals of some lots, or its structure, or nothing.</summary>
/// <param name="Structure">Builds, pegs, lines, orders or the like changed: the plan is laid out anew.</param>
/// <param name="Lots">Lots whose way changed and whose arrivals must be drawn again, in key order.</param>
internal sealed record PlanImpact(bool Structure, IReadOnlyList<Lot> Lots)
{
    public bool Nothing => !Structure && Lots.Count == 0;

    public static PlanImpact Of(Snapshot before, Snapshot next, IReadOnlyList<Touch> touched, Instant t, PlanPolicy policy)
    {
        bool structure = false;
        var lots = new SortedDictionary<string, Lot>(StringComparer.Ordinal);
        var evidence = new SortedSet<string>(StringComparer.Ordinal);
        foreach (Touch touch in touched)
        {
            switch (touch.After ?? touch.Before)
            {
                case Milestone m:
                    foreach (Lot lot in next.Lots.Where(l => l.Shipment == m.Shipment))
                    {
                        evidence.Add(lot.Id);
                        if (Supplies.Coming(lot)) lots[lot.Id] = lot;
                    }
                    break;
                case Lot after when touch is { Before: Lot was, After: Lot } && SamePeggable(was, after):
                    evidence.Add(after.Id);
                    lots[after.Id] = after;
                    break;
                case MachineReport r:
                    AddMadeOn(r.Machine);
                    break;
                case ProductionRun run:
                    AddLot(run.Lot);
                    AddMadeOn(run.Machine);     // the runs of one machine wait for each other
                    if (touch.Before is ProductionRun ran)
                    {
                        AddLot(ran.Lot);
                        AddMadeOn(ran.Machine);
                    }
                    break;
                case Maintenance m:
                    AddMadeOn(m.Machine);
                    if (touch.Before is Maintenance stood) AddMadeOn(stood.Machine);
                    break;
                case Party or ItemRevision or ProductOption or Shipment or PurchaseOrderLine or ItemSupplier or ItemAlternate:
                    break;
                default:
                    structure = true;
                    break;
            }
        }
        return new(structure || evidence.Any(Tells), [.. lots.Values]);

        // what the epoch knew has changed: the common factors are known anew, and with them every lot
        bool Tells(string lot) => !Evidence(before, before.Lots.Find(lot)).SequenceEqual(Evidence(next, next.Lots.Find(lot)));

        IEnumerable<(ulong, Instant, Instant)> Evidence(Snapshot world, Lot? lot) => lot?.Shipment is null ? []
            : LotSampler.Evidence(world, lot, t, policy).Select(static e => (e.Event, e.Began, e.Ended));

        void AddMadeOn(Key<Machine> machine)
        {
            foreach (ProductionRun run in next.ProductionRuns.Where(p => p.Machine == machine)) AddLot(run.Lot);
        }

        void AddLot(Key<Lot> key)
        {
            if (next.Lots.Find(key) is { } lot && Supplies.Coming(lot)) lots[lot.Id] = lot;
        }
    }

    /// <summary>Whether kits can go on drawing on the lot as they did.</summary>
    private static bool SamePeggable(Lot a, Lot b) => a.Item == b.Item && a.Quantity == b.Quantity && a.Lane == b.Lane
        && Supplies.Coming(a) == Supplies.Coming(b);
}
