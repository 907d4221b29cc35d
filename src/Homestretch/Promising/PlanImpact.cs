using Homestretch.World;

namespace Homestretch.Promising;

/// <summary>What a change of the world means for a plan: which order lines are laid out anew, which lots are drawn again, which supplies come or go.</summary>
/// <param name="Relay">Products, lines, a plant's shifts or the like changed: the plan is laid out anew.</param>
/// <param name="Orders">Order lines whose slot, pegs, promise, pins or own record changed.</param>
/// <param name="Lots">Lots whose way changed and that still come, by key, as they are now.</param>
/// <param name="Evidence">Lots and shipments of which something was told.</param>
/// <param name="Machines">Machines of which something was told, or whose queue changed.</param>
/// <param name="Supplies">Supplies that changed, by name, as they are now; null: gone.</param>
/// <param name="Purchasing">How items are bought changed.</param>
/// <param name="Passages">A passage of the sea was closed or opened.</param>
/// <param name="Lanes">How long the steps of a lane take changed.</param>
/// <param name="Hours">Calendars of assembly lines whose open time changed, or that a line took up.</param>
internal sealed record PlanImpact(bool Relay, SortedSet<string> Orders, SortedDictionary<string, Lot> Lots, (SortedDictionary<string, Lot> Lots, HashSet<Key<Shipment>> Shipments) Evidence,
    HashSet<Key<Machine>> Machines, SortedDictionary<string, Supply?> Supplies, bool Purchasing, bool Passages, bool Lanes, HashSet<string> Hours)
{
    /// <param name="links">As they are after the change.</param>
    public static PlanImpact Of(Snapshot before, Snapshot next, Links links, IReadOnlyList<Touch> touched)
    {
        var orders = new SortedSet<string>(StringComparer.Ordinal);
        SortedDictionary<string, Lot> lots = new(StringComparer.Ordinal), told = new(StringComparer.Ordinal);
        var shipments = new HashSet<Key<Shipment>>();
        var machines = new HashSet<Key<Machine>>();
        var supplies = new SortedDictionary<string, Supply?>(StringComparer.Ordinal);
        var hours = new HashSet<string>(StringComparer.Ordinal);
        bool relay = false, purchasing = false, passages = false, lanes = false;
        foreach (Touch touch in touched)
        {
            foreach (IRecord record in (IRecord[])[.. touch.Before is { } b ? [b] : (IRecord[])[], .. touch.After is { } a ? [a] : (IRecord[])[]])
            {
                switch (record)
                {
                    case OrderLine o: orders.Add(o.Id); break;
                    case Build x: orders.Add(x.OrderLine.Value); break;
                    case Promise p: orders.Add(p.OrderLine.Value); break;
                    case Peg p:
                        if ((before.Builds.Find(p.Build) ?? next.Builds.Find(p.Build)) is { } was) orders.Add(was.OrderLine.Value);
                        if (next.Builds.Find(p.Build) is { } now) orders.Add(now.OrderLine.Value);
                        break;
                    case Pin { Kind: PinKind.Supply } p: Tell(p.Target); break;
                    case Pin p: orders.Add(p.Target); break;
                    case Milestone m:
                        shipments.Add(m.Shipment);
                        foreach (Lot aboard in links.Aboard(next, m.Shipment)) Tell(aboard.Id);
                        break;
                    case LotDelay d: Tell(d.Lot); break;
                    case Lot lot:
                        Tell(lot.Id);
                        relay |= next.EngineeringChanges.Count > 0 && touch is { Before: Lot made, After: Lot called } && made.Revision != called.Revision;      // other builds may take it now
                        supplies[Supply.NameOf(lot)] = next.Lots.Find(lot.Key) is { } l ? Supply.Of(next, l) : null;
                        foreach (ProductionRun run in links.RunsOf(next, lot.Key)) machines.Add(run.Machine);
                        break;
                    case Stock stock: supplies[Supply.NameOf(stock)] = next.Stock.Find(stock.Id) is { } s ? Supply.Of(next, s) : null; break;
                    case Machine m: machines.Add(m.Key); break;
                    case MachineReport r: machines.Add(r.Machine); break;
                    case ProductionRun run:
                        machines.Add(run.Machine);
                        Tell(run.Lot.Value);
                        break;
                    case Maintenance m: machines.Add(m.Machine); break;
                    case ItemSupplier: purchasing = true; break;
                    case PassageClosure: passages = true; break;
                    case LaneStep or LaneFit or Loading: lanes = true; break;
                    case Overtime o: Open(o.Calendar); break;
                    case Shift x: Open(x.Calendar); break;
                    case Closure c: Open(c.Calendar); break;
                    case AssemblyLine when touch is { Before: AssemblyLine old, After: AssemblyLine line } && old with { Name = line.Name, Calendar = line.Calendar, OvertimePerHour = line.OvertimePerHour } == line: hours.Add(line.Calendar); break;
                    case Party or ItemRevision or Shipment or PurchaseOrderLine or FreightRate or ClassStrategy or OptionOffer or MarketRule or FirmwareImage or PassportData: break;
                    case StockTarget or CustomsTerritory or ExchangeRate or CustomsItem or ItemOrigin or DutyMeasure or CustomsFee or InsuranceRate or OriginRule: break;
                    case KnowHow or ItemRelation or Inference or Disclosure or Study or StudyStage or StudyLink or StudySource or StudyLeg or StudyLimit or Design or DesignSource: break;
                    case Unit { Build: var of }: if ((next.Builds.Find(of) ?? before.Builds.Find(of)) is { } ofUnit) orders.Add(ofUnit.OrderLine.Value); break;
                    case UnitPart u: AtWork(u.Unit.Value); break;
                    case UnitStep u: AtWork(u.Unit.Value); break;
                    case FloorOperation { Act: FloorAct.Pause or FloorAct.Resume } o: AtWork(o.Unit); break;
                    case WorkTask task when Links.Called(task) is { } serial: AtWork(serial); break;
                    case WorkStep w: InWork((unit, _) => unit.Family == w.Family); break;
                    case BinStock { Bin: var bin } when bin.StartsWith(BinStock.Kit, StringComparison.Ordinal): OfBuild(bin[BinStock.Kit.Length..]); break;
                    case Bin or BinStock or StepText or FirmwareRelease or FloorOperation: break;
                    case Situation or StandingRule or Decision or Expectation or WorkTask: break;
                    default: relay = true; break;       // an engineering change too: kits of all days may take other lots
                }
            }
        }
        if (hours.Count > 0) InWork((_, build) => hours.Contains(next.AssemblyLines[build.Line].Calendar));
        foreach (Key<Machine> machine in machines)
            foreach (ProductionRun run in links.RunsOn(next, machine)) Tell(run.Lot.Value);
        return new(relay, orders, lots, (told, shipments), machines, supplies, purchasing, passages, lanes, hours);

        // a calendar that bears the code of a plant is that of its machines too
        void Open(string calendar)
        {
            if (next.Machines.Any(m => m.Site.Value == calendar)) relay = true; else hours.Add(calendar);
        }

        // what is recorded of units says how much work their build has left
        void OfBuild(Key<Build> build)
        {
            if ((next.Builds.Find(build) ?? before.Builds.Find(build)) is { } of && links.Units(next, of.Key).Any()) orders.Add(of.OrderLine.Value);
        }

        void AtWork(string serial)
        {
            if (before.Units.Find(serial) is { } was) OfBuild(was.Build);
            if (next.Units.Find(serial) is { } now) OfBuild(now.Build);
        }

        void InWork(Func<Unit, Build, bool> concerns)
        {
            foreach (Unit unit in next.Units)
                if (unit.State is UnitState.InWork or UnitState.Paused && next.Builds.Find(unit.Build) is { } build && concerns(unit, build)) orders.Add(build.OrderLine.Value);
        }

        void Tell(string key)
        {
            if (next.Lots.Find(key) is not { } lot) return;
            told[lot.Id] = lot;
            if (Supply.Coming(lot)) lots[lot.Id] = lot;
        }
    }
}
