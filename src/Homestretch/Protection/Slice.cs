using Homestretch.World;

namespace Homestretch.Protection;

/// <summary>What one party may see of the world. The one place where a slice is cut: API, screens, files and live updates are
/// all made from the snapshot that comes out of here, forecasts included, so nothing outside it can shine through.</summary>
public static class Slice
{
    /// <summary>The world as the party may see it. The brand owner sees its whole world; a supplier its purchases, lots,
    /// documents, machines, changes in force of what it makes and the lanes they travel with the passages closed to ships, but not what we only propose to buy nor what an item costs us; a carrier its shipments; a customer its orders and promises; each the tasks it was given.</summary>
    /// <returns>A snapshot whose every reference resolves inside itself. Its version is that of its own last change when
    /// <paramref name="before"/> is the previous cut for the same party.</returns>
    public static Snapshot Cut(Snapshot world, Key<Party> party, Snapshot? before = null)
    {
        if (world.Parties.Find(party) is not { } who) return Snapshot.Empty;
        if (who.Kind == PartyKind.Brand) return world;
        var seen = new HashSet<IRecord>(ReferenceEqualityComparer.Instance);
        foreach (IRecord root in Roots(world, who)) Add(world, root, seen);
        if (seen.Any(static r => r is LaneStep { Mode: Mode.Sea }))
            foreach (PassageClosure closure in world.PassageClosures) Add(world, closure, seen);
        long version = before?.Version ?? 0;
        IRecord[] shown = [.. seen.Select(Shown)];
        Snapshot cut = Snapshot.Of(shown, version);
        return before is not null && cut.SameAs(before) ? before : Snapshot.Of(shown, version + 1);
    }

    /// <summary>False when a change cannot have altered a party's slice: a record comes into a slice, or leaves it, only when it stands in it, is the party's own,
    /// or names what stands in it, or when another record does that changed with it.</summary>
    /// <param name="cut">The slice before the change.</param>
    /// <param name="touched">All that changed.</param>
    public static bool MayConcern(Snapshot cut, IReadOnlyList<Touch> touched)
    {
        return touched.Any(t => t.Before is PassageClosure || t.After is PassageClosure || cut.Find(t.Kind, t.Key) is not null || (t.Before is { } before && Names(before)) || (t.After is { } after && Names(after)));

        bool Names(IRecord record) => TableKind.For(record).References(record).Any(r => cut.Find(TableKind.Named(r.Table)!, r.Key) is not null);
    }

    /// <summary>True when a person of this party may tell the world this: it is theirs to say.</summary>
    public static bool MayTell(Snapshot world, Key<Party> party, WorldEvent e)
    {
        if (world.Parties.Find(party) is not { } who) return false;
        if (who.Kind == PartyKind.Brand) return true;
        if (e is WorldEvent.Put { Record: WorkTask answer }) return world.Tasks.Find(answer.Key) is { } asked && asked.Party == who.Key && answer == asked with { Owner = answer.Owner, State = answer.State, Answer = answer.Answer };
        if (e is WorldEvent.Put { Record: Lot told } && told.Received != (world.Lots.Find(told.Key)?.Received ?? 0)) return false;     // who receives says what came in
        return e is WorldEvent.Put { Record: var after } && Telling(world, who, after)
            && (world.Find(e.Kind, e.Key) is not { } before || Telling(world, who, before));
    }

    private static bool Telling(Snapshot world, Party who, IRecord record) => (who.Kind, record) switch
    {
        (PartyKind.Supplier, Lot l) => l.Party == who.Key && l.PurchaseOrderLine is { } p && world.PurchaseOrderLines.Find(p)?.Supplier == who.Key,
        (PartyKind.Supplier, MachineReport r) => world.Machines.Find(r.Machine)?.Party == who.Key,
        (PartyKind.Supplier, ProductionRun r) => world.Machines.Find(r.Machine)?.Party == who.Key && world.Lots.Find(r.Lot)?.Party == who.Key,
        (PartyKind.Supplier, Maintenance m) => world.Machines.Find(m.Machine)?.Party == who.Key,
        (PartyKind.Supplier, Document d) => d.Party == who.Key,
        (PartyKind.Supplier, Milestone m) => m.Source == who.Key && world.Lots.Any(l => l.Party == who.Key && l.Shipment == m.Shipment),
        (PartyKind.Carrier or PartyKind.Logistics, Milestone m) => m.Source == who.Key && world.Shipments.Find(m.Shipment)?.Party == who.Key,
        _ => false,
    };

    /// <summary>Records that are the party's by right; what they name is added to them.</summary>
    private static IEnumerable<IRecord> Roots(Snapshot world, Party who)
    {
        Key<Party> me = who.Key;
        yield return who;
        foreach (var x in world.Tasks.Where(t => t.Party == me)) yield return x;
        switch (who.Kind)
        {
            case PartyKind.Supplier:
                foreach (var x in world.Sites.Where(s => s.Party == me)) yield return x;
                foreach (var x in world.PurchaseOrderLines.Where(p => p.Supplier == me && p.Status != OrderStatus.Proposed)) yield return x;
                foreach (var x in world.Lots.Where(l => l.Party == me && !OnlyProposed(world, l))) yield return x;
                foreach (var x in Changing(world, me)) yield return x;
                foreach (var x in world.Machines.Where(m => m.Party == me)) yield return x;
                foreach (var x in world.MachineReports.Where(r => world.Machines[r.Machine].Party == me)) yield return x;
                foreach (var x in world.ProductionRuns.Where(r => world.Machines[r.Machine].Party == me)) yield return x;
                foreach (var x in world.Maintenance.Where(m => world.Machines[m.Machine].Party == me)) yield return x;
                foreach (var x in world.Shifts.Where(s => world.Sites.Find(s.Calendar)?.Party == me)) yield return x;
                foreach (var x in world.Closures.Where(c => world.Sites.Find(c.Calendar)?.Party == me)) yield return x;
                foreach (var x in world.Documents.Where(d => d.Party == me)) yield return x;
                break;
            case PartyKind.Carrier or PartyKind.Logistics:
                foreach (var x in world.Shipments.Where(s => s.Party == me)) yield return x;
                break;
            case PartyKind.Customer:
                foreach (var x in world.OrderLines.Where(o => o.Customer == me)) yield return x;
                foreach (var x in world.Promises.Where(p => world.OrderLines[p.OrderLine].Customer == me)) yield return x;
                break;
        }
    }

    /// <summary>A planned purchase follows our orders from day to day; it is nobody else's until somebody approves it.</summary>
    private static bool OnlyProposed(Snapshot world, Lot lot) => lot.PurchaseOrderLine is { } p && world.PurchaseOrderLines.Find(p)?.Status == OrderStatus.Proposed;

    /// <summary>Changes in force of the items that a supplier is asked for or makes.</summary>
    private static IEnumerable<EngineeringChange> Changing(Snapshot world, Key<Party> supplier)
    {
        if (world.EngineeringChanges.Count == 0) return [];
        HashSet<Key<Item>> own = [.. world.PurchaseOrderLines.Where(p => p.Supplier == supplier && p.Status != OrderStatus.Proposed).Select(static p => p.Item), .. world.Lots.Where(l => l.Party == supplier && !OnlyProposed(world, l)).Select(static l => l.Item)];
        return world.EngineeringChanges.Where(c => c.InForce && own.Contains(c.Item));
    }

    /// <summary>A record as others may see it: our standard cost tells one supplier another's price, our notes are our own, as is what a change costs and whom it concerns, and so is what we hold of who controls whom.</summary>
    private static IRecord Shown(IRecord record) => record switch
    {
        Item { Cost: not null } item => item with { Cost = null },
        Party { Owner.Length: > 0 } party => party with { Owner = "" },
        EngineeringChange change => change with { Reason = "", ReworkMinutes = null, ReworkCost = null, ReworkStep = "", Families = "", Markets = "", ApprovedBy = "", ApprovedAt = null },
        PassageClosure { Note.Length: > 0 } closure => closure with { Note = "" },
        _ => record,
    };

    private static void Add(Snapshot world, IRecord record, HashSet<IRecord> seen)
    {
        if (!seen.Add(record)) return;
        TableKind kind = TableKind.For(record);
        foreach (var (_, table, key) in kind.References(record))
        {
            if (world.Find(TableKind.Named(table)!, key) is { } named) Add(world, named, seen);
        }
        foreach (IRecord part in Parts(world, record)) Add(world, part, seen);
    }

    /// <summary>Records without which another makes no sense: a lane's steps, a shipment's milestones.</summary>
    private static IEnumerable<IRecord> Parts(Snapshot world, IRecord record) => record switch
    {
        Lane lane => world.LaneSteps.StartingWith($"{lane.Key}|"),
        Shipment shipment => world.Milestones.StartingWith($"{shipment.Key}|").Where(static m => m.Observed), // our own forecast is made from what is everybody's
        _ => [],
    };
}
