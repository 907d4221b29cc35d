using Homestretch.Promising.Kernel;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>A world's needs and supplies laid out flat for the allocation kernel, with the way back from its indices.</summary>
/// <param name="Supplies">Supply of each lot index of the problem.</param>
/// <param name="Lines">Assembly line of each line index.</param>
/// <param name="Buys">How each item index is bought; null when it cannot be.</param>
internal sealed record AllocationInput(AllocationProblem Problem, Supply[] Supplies, AssemblyLine[] Lines, ItemSupplier?[] Buys)
{
    public static AllocationInput Of(Snapshot world, Instant t, PlanPolicy policy, Needs needs, Need[] orders, Supply[] supplies,
        LotFutures futures, Holds held)
    {
        int items = needs.Items.Count;
        var seconds = supplies.ToDictionary(static s => s.Name, s => s.Lot is { } lot ? Math.Max(0, futures.Quantile(lot, policy.AllocationQuantile)) : 0, StringComparer.Ordinal);
        Supply[] sorted = [.. supplies.OrderBy(static s => s.Item).ThenBy(s => seconds[s.Name]).ThenBy(static s => s.Name, StringComparer.Ordinal)];
        var lotIndex = new Dictionary<string, int>(StringComparer.Ordinal);
        int[] lotFirst = new int[items + 1];
        for (int i = 0; i < sorted.Length; i++)
        {
            lotIndex[sorted[i].Name] = i;
            lotFirst[sorted[i].Item + 1]++;
        }
        for (int i = 0; i < items; i++) lotFirst[i + 1] += lotFirst[i];

        ItemSupplier?[] buys = [.. needs.Items.Select(x => Buy(world, x.Item, x.Hub, t))];
        AssemblyLine[] lines = [.. world.AssemblyLines];
        var lineIndex = lines.Select(static (l, i) => (l.Id, i)).ToDictionary(static x => x.Id, static x => x.i, StringComparer.Ordinal);
        LineCalendar[] calendars = [.. lines.Select(l => LineTimes.Of(world, l, t, policy))];
        int[] orderLine = [.. orders.Select(n => lineIndex[(held.Slot(n.Order)?.Line ?? n.Line!.Key).Value])];
        int[] start = FixedStarts(orders, held, orderLine, calendars, t);
        var fixedPegs = FixedPegs(world, orders, held, lotIndex, sorted);

        var problem = new AllocationProblem
        {
            LotFirst = lotFirst,
            LotSecond = [.. sorted.Select(s => seconds[s.Name])],
            LotQuantity = [.. sorted.Select(static s => s.Steps)],
            BuyLead = [.. buys.Select((b, i) => b is null ? int.MaxValue : BuySeconds(world, b, t, policy, futures))],
            BuyMinimum = [.. buys.Select((b, i) => b is null ? 1 : Size(needs.Items[i].Item, b.Minimum))],
            BuyMultiple = [.. buys.Select((b, i) => b is null ? 1 : Size(needs.Items[i].Item, b.Multiple))],
            BuyMaximum = [.. buys.Select((b, i) => b?.Maximum is { } most ? Size(needs.Items[i].Item, most) : int.MaxValue)],
            SoftSafety = [.. buys.Select(static b => b is null ? 0 : (int)(b.SoftSafetyDays * Seconds.Day))],
            OrderLine = orderLine,
            WorkSeconds = [.. orders.Select(static n => n.WorkSeconds)],
            DueSecond = [.. orders.Select(n => Seconds.Of(n.Due, t))],
            ReleaseSecond = [.. orders.Select(n => held.NotBefore(n.Order) is { } at ? Math.Max(0, Seconds.Of(at, t)) : 0)],
            OrderClass = [.. orders.Select(static n => (byte)Math.Clamp(n.Order.Class, 1, 255))],
            PartFirst = First(orders.Select(static n => n.Parts.Count)),
            PartItem = [.. orders.SelectMany(static n => n.Parts.Select(static p => p.Item))],
            PartQuantity = [.. orders.SelectMany(static n => n.Parts.Select(static p => p.Steps))],
            Lines = calendars,
            FixedStart = start.All(static s => s < 0) ? null : start,
            FixedPegFirst = First(fixedPegs.Select(static p => p.Length)),
            FixedPegLot = [.. fixedPegs.SelectMany(static p => p.Select(static x => x.Lot))],
            FixedPegQuantity = [.. fixedPegs.SelectMany(static p => p.Select(static x => x.Quantity))],
        };
        return new(problem, sorted, lines, buys);
    }

    /// <summary>Held slots as the line can still keep them: in their order, none before now, none on top of another. A build whose turn has
    /// passed unbuilt takes the next open time.</summary>
    private static int[] FixedStarts(Need[] orders, Holds held, int[] orderLine, LineCalendar[] calendars, Instant t)
    {
        int[] start = new int[orders.Length], free = new int[calendars.Length];
        Array.Fill(start, -1);
        var slots = orders.Select((n, o) => (Order: o, Slot: held.Slot(n.Order))).Where(static x => x.Slot is not null)
            .OrderBy(static x => x.Slot!.Start).ThenBy(static x => x.Slot!.Id, StringComparer.Ordinal);
        foreach (var (o, slot) in slots)
        {
            LineCalendar calendar = calendars[orderLine[o]];
            int work = Math.Max(free[orderLine[o]], calendar.ToWork(Math.Max(0, Seconds.Of(slot!.Start, t))));
            if (work > calendar.Horizon - orders[o].WorkSeconds) continue;
            start[o] = calendar.StartToCalendar(work);
            free[orderLine[o]] = work + orders[o].WorkSeconds;
        }
        return start;
    }

    /// <summary>Held pegs as far as their lots still cover them: what was scrapped, miscounted or used elsewhere is pegged anew.</summary>
    private static (int Lot, int Quantity)[][] FixedPegs(Snapshot world, Need[] orders, Holds held, Dictionary<string, int> lotIndex, Supply[] supplies)
    {
        int[] left = [.. supplies.Select(static s => s.Steps)];
        return [.. orders.Select(n =>
        {
            var open = n.Parts.ToDictionary(static p => p.Item, static p => p.Steps);
            var kept = new List<(int Lot, int Quantity)>();
            foreach (Peg peg in held.Pegs(n.Order))
            {
                if (!lotIndex.TryGetValue(peg.Supply, out int lot) || !open.TryGetValue(supplies[lot].Item, out int wanted)) continue;
                int quantity = Math.Min(Math.Min(Needs.Steps(world.Items[peg.Item], peg.Quantity.Value), left[lot]), wanted);
                if (quantity <= 0) continue;
                left[lot] -= quantity;
                open[supplies[lot].Item] = wanted - quantity;
                kept.Add((lot, quantity));
            }
            return kept.ToArray();
        })];
    }

    /// <summary>The first way to buy an item for a hub on this day, by priority.</summary>
    private static ItemSupplier? Buy(Snapshot world, Item item, Key<Site> hub, Instant t)
    {
        LocalDate today = t.InUtc().Date;
        ItemSupplier? best = null;
        foreach (ItemSupplier s in world.ItemSuppliers.StartingWith($"{item.Key}|"))
        {
            if (world.Lanes[s.Lane].To == hub && !(today < s.From) && !(today >= s.To) && (best is null || s.Priority < best.Priority)) best = s;
        }
        return best;
    }

    /// <summary>Seconds until a purchase placed now is ready to kit, at the policy's quantile, hard safety included.</summary>
    private static int BuySeconds(Snapshot world, ItemSupplier buy, Instant t, PlanPolicy policy, LotFutures futures)
    {
        Lot sample = PlannedLot(world, buy, $"PLAN-{buy.Item}", t, new(0, world.Items[buy.Item].Unit));
        return futures.Quantile(sample, policy.AllocationQuantile) + (int)(buy.HardSafetyDays * Seconds.Day);
    }

    /// <summary>The lot a purchase placed at an instant will be.</summary>
    public static Lot PlannedLot(Snapshot world, ItemSupplier buy, string key, Instant placed, Quantity quantity) =>
        new(key, buy.Supplier, key, buy.Item, "", quantity, buy.Lane, LotState.Planned, placed + Duration.FromSeconds((double)buy.LeadDays * Seconds.Day), 0, null);

    private static int Size(Item item, decimal amount) => Math.Max(1, Needs.Steps(item, amount));

    private static int[] First(IEnumerable<int> counts)
    {
        var first = new List<int> { 0 };
        foreach (int n in counts) first.Add(first[^1] + n);
        return [.. first];
    }
}
