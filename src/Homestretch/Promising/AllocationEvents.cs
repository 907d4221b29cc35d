using Homestretch.Promising.Kernel;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>Turns what the allocation kernel decided into events: builds, pegs, proposed purchases and their planned lots.</summary>
internal static class AllocationEvents
{
    public static IReadOnlyList<WorldEvent> Of(Snapshot world, Instant t, Needs needs, Need[] orders, AllocationInput input,
        AllocationProblem problem, AllocationResult result, Holds held)
    {
        var events = new List<WorldEvent>();
        string[] bought = Purchases(world, input, result, events);
        var placed = new HashSet<string>(StringComparer.Ordinal);
        for (int o = 0; o < orders.Length; o++)
        {
            if (result.StartSecond[o] < 0) continue;
            placed.Add(orders[o].Order.Id);
            Build build = BuildOf(orders[o], input.Lines[problem.OrderLine[o]], result, o, t, held);
            if (!build.Equals(orders[o].Held)) events.Add(new WorldEvent.Put(build));
            Peg[] pegs = [.. PegsOf(needs, orders[o], build, input, result, o, bought)], old = [.. world.Pegs.StartingWith($"{build.Key}|")];
            foreach (Peg peg in pegs)
            {
                if (!peg.Equals(Array.Find(old, p => Same(p, peg)))) events.Add(new WorldEvent.Put(peg));
            }
            foreach (Peg was in old)
            {
                if (!Array.Exists(pegs, p => Same(p, was))) events.Add(new WorldEvent.Removed(TableKind.For(was), was.Id, "re-planned"));
            }
        }
        GiveBack(world, placed, held, events);
        Recall(world, held, result, input, events);
        return events;
    }

    /// <summary>Whether two pegs of one build have one key.</summary>
    private static bool Same(Peg a, Peg b) => a.Supply == b.Supply && a.Item == b.Item;

    /// <summary>An open order line that was free to move and found no place again gives back its slot and its parts: others have them now.</summary>
    private static void GiveBack(Snapshot world, HashSet<string> placed, Holds held, List<WorldEvent> events)
    {
        foreach (Build build in world.Builds.Where(b => b.Status < OrderStatus.Confirmed && !placed.Contains(b.OrderLine.Value)))
        {
            OrderLine order = world.OrderLines[build.OrderLine];
            if (!Needs.Open(order) || held.Slot(order) is not null) continue;
            foreach (Peg peg in world.Pegs.StartingWith($"{build.Key}|")) events.Add(new WorldEvent.Removed(TableKind.For(peg), peg.Id, "re-planned"));
            events.Add(new WorldEvent.Removed(TableKind.For(build), build.Id, "re-planned"));
        }
    }

    private static Build BuildOf(Need need, AssemblyLine line, AllocationResult result, int o, Instant t, Holds held)
    {
        if (held.Slot(need.Order) is { } fixedBuild && need.Held is not null && fixedBuild.Equals(need.Held)) return need.Held;
        // an epoch between two seconds must not shift a slot that stays
        if (need.Held is { } was && was.Line == line.Key && was.Quantity == need.Order.Quantity && Seconds.Of(was.Start, t) == result.StartSecond[o] && Seconds.Of(was.End, t) == result.EndSecond[o]) return was;
        return new(need.Held?.Key ?? new Key<Build>(need.Order.Id), need.Order.Party, need.Order.Key,
            line.Key, need.Order.Quantity, Seconds.At(result.StartSecond[o], t), Seconds.At(result.EndSecond[o], t),
            need.Held?.Status ?? OrderStatus.Approved);
    }

    private static IEnumerable<Peg> PegsOf(Needs needs, Need need, Build build, AllocationInput input, AllocationResult result, int o, string[] bought)
    {
        var amounts = new SortedDictionary<(int Item, string Supply), long>(ByItemAndName.Instance);
        for (int p = result.PegFirst[o]; p < result.PegFirst[o] + result.PegCount[o]; p++)
        {
            int supply = result.PegSupply[p];
            var (item, name) = supply < result.LotCount ? (needs.Find(input.Supplies[supply].Hub, input.Supplies[supply].Item), input.Supplies[supply].Name)
                : (input.OptionOf(result.PurchaseItem[supply - result.LotCount]).Item, bought[supply - result.LotCount]);
            amounts[(item, name)] = amounts.GetValueOrDefault((item, name)) + result.PegQuantity[p];
        }
        foreach (var ((item, name), steps) in amounts)
        {
            Item part = needs.Items[item].Item;
            yield return new Peg(build.Key, part.Key, name, need.Order.Party, new(steps * part.Step, part.Unit));
        }
    }

    /// <summary>Puts each planned purchase with its lot; returns their names as pegs have them.</summary>
    private static string[] Purchases(Snapshot world, AllocationInput input, AllocationResult result, List<WorldEvent> events)
    {
        string[] names = new string[result.PurchaseItem.Length];
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (int p = 0; p < names.Length; p++)
        {
            var (line, lot) = input.Sourcing.Purchase(world, input.OptionOf(result.PurchaseItem[p]).Buy!, result.PurchasePlaceSecond[p], result.PurchaseSecond[p],
                result.PurchaseQuantity[p], taken);
            events.Add(new WorldEvent.Put(line));
            events.Add(new WorldEvent.Put(lot));
            names[p] = Supply.NameOf(lot);
        }
        return names;
    }

    /// <summary>Takes back proposed purchases of an earlier plan that this one does not use.</summary>
    private static void Recall(Snapshot world, Holds held, AllocationResult result, AllocationInput input, List<WorldEvent> events)
    {
        HashSet<string?> named = [.. world.Lots.Where(l => !held.Recalled(l)).Select(static l => l.PurchaseOrderLine?.Value)];
        foreach (Lot lot in world.Lots)
        {
            if (!held.Recalled(lot)) continue;
            events.Add(new WorldEvent.Removed(TableKind.For(lot), lot.Id, "re-planned"));
            if (lot.PurchaseOrderLine is { } line && world.PurchaseOrderLines.Find(line) is { } purchase && named.Add(purchase.Id))
                events.Add(new WorldEvent.Removed(TableKind.For(purchase), purchase.Id, "re-planned"));
        }
    }

    private sealed class ByItemAndName : IComparer<(int Item, string Supply)>
    {
        public static ByItemAndName Instance { get; } = new();
        public int Compare((int Item, string Supply) a, (int Item, string Supply) b) =>
            a.Item != b.Item ? a.Item.CompareTo(b.Item) : string.CompareOrdinal(a.Supply, b.Supply);
    }
}
