using Homestretch.World;
using NodaTime;

namespace Homestretch.Branching;

/// <summary>A supplier that neither makes nor hands over anything for a time, or never again.</summary>
internal static class Losing
{
    public static IReadOnlyList<WorldEvent> Supplier(Snapshot world, Instant t, Assumption.SupplierLost lost)
    {
        Instant from = Instant.Max(t, lost.When.Begins(t));
        if (lost.When.Ends(t) is not { } until) return ForGood(world, t, from, lost.Supplier);
        if (until <= from) return [];
        var events = new List<WorldEvent>();
        HashSet<string> stopped = [.. world.ProductionRuns.Where(r => r.Party == lost.Supplier && Open(r)).Select(static r => r.Machine.Value).Where(world.MachineReports.Contains)];
        foreach (string machine in stopped.Order(StringComparer.Ordinal)) events.Add(new WorldEvent.Put(Stop(world, world.Machines[machine], from, until)));
        HashSet<string> onMachine = [.. world.ProductionRuns.Where(r => Open(r) && stopped.Contains(r.Machine.Value)).Select(static r => r.Lot.Value)];
        foreach (Lot lot in world.Lots.Where(l => l.Party == lost.Supplier && l.State < LotState.Shipped))
        {
            bool counted = lot.State < LotState.Made && onMachine.Contains(lot.Id), made = lot.State == LotState.Made || counted && Runs(world, lot).All(static r => r.Produced >= r.Quantity.Value);
            if (counted && !made) continue;      // its machine stands still
            if (Later(world, lot, made, t, from, until) is not { } ready || ready <= lot.Ready && !made) continue;
            if (!made)
            {
                events.Add(new WorldEvent.Put(lot with { Ready = ready }));
                continue;
            }
            // made, but not handed over: to the plan it is ready when it is, to the hour
            events.Add(new WorldEvent.Put(lot with { Ready = ready, State = LotState.Planned, ReadyP90Days = 0 }));
            events.AddRange(Runs(world, lot).Select(static r => new WorldEvent.Put(r with { Status = OrderStatus.Completed })));
        }
        foreach (ItemSupplier s in world.ItemSuppliers.Where(s => s.Supplier == lost.Supplier))
            if (Longer(t, t + Duration.FromDays((double)s.LeadDays), from, until) is var longer && longer > Duration.Zero) events.Add(new WorldEvent.Put(s with { LeadDays = s.LeadDays + Math.Round((decimal)longer.TotalDays, 4) }));
        return events;
    }

    /// <summary>A stop of a machine, under a number that nothing bears yet.</summary>
    public static Maintenance Stop(Snapshot world, Machine machine, Instant from, Instant until)
    {
        string key = $"WHAT-IF-{machine.Key}";
        for (int n = 2; world.Maintenance.Contains(key); n++) key = $"WHAT-IF-{machine.Key}-{n}";
        return new(key, machine.Party, machine.Key, from, until, OrderStatus.Approved, "stands still");
    }

    /// <summary>Nothing that has not left comes any more, and nothing is ordered from that day on.</summary>
    private static IReadOnlyList<WorldEvent> ForGood(Snapshot world, Instant t, Instant from, Key<Party> supplier) =>
    [
        .. world.Lots.Where(l => l.Party == supplier && l.State < LotState.Shipped && (from <= t || l.Ready >= from)).Select(static l => new WorldEvent.Put(l with { State = LotState.Closed })),
        .. world.ItemSuppliers.Where(s => s.Supplier == supplier && !(s.To <= from.InUtc().Date)).Select(s => new WorldEvent.Put(s with { From = s.From > from.InUtc().Date ? from.InUtc().Date : s.From, To = from.InUtc().Date })),
    ];

    /// <summary>When a lot is ready to leave with the time lost in which it would have been made or handed over; null: it is not touched.</summary>
    private static Instant? Later(Snapshot world, Lot lot, bool made, Instant t, Instant from, Instant until)
    {
        if (made || lot.Ready <= t) return from <= t || lot.Ready >= from ? Instant.Max(until, lot.Ready) : null;
        Duration making = world.PurchaseOrderLines.Find(lot.PurchaseOrderLine) is { } line && world.ItemSuppliers.Find($"{lot.Item}|{line.Supplier}|{lot.Lane}") is { } s ? Duration.FromDays((double)s.LeadDays) : Duration.FromDays(10_000);
        Duration lost = Longer(lot.Ready - making, lot.Ready, from, until);
        return lost > Duration.Zero ? lot.Ready + lost : null;
    }

    /// <summary>By how much work between two moments is longer when it rests in a time that is lost.</summary>
    private static Duration Longer(Instant begins, Instant ends, Instant lostFrom, Instant lostUntil) => ends <= lostFrom || begins >= lostUntil ? Duration.Zero : lostUntil - Instant.Max(begins, lostFrom);

    private static IEnumerable<ProductionRun> Runs(Snapshot world, Lot lot) => world.ProductionRuns.Where(r => r.Lot == lot.Key && Open(r));

    private static bool Open(ProductionRun run) => run.Status is OrderStatus.Approved or OrderStatus.Confirmed;
}
