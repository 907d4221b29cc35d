using Homestretch.Promising;
using Homestretch.Situations.Moves;
using Homestretch.World;

namespace Homestretch.Simulating.Mending;

/// <summary>Who ordered first is served first: in the order in which orders came, promises at risk take parts that come in time, first those that no kit has, then those of kits whose orders came later, the last one first.
/// What is still late is sent by the quickest lane, in the same order, while the purse holds.</summary>
public sealed class FirstCome(Purse purse)
{
    public IReadOnlyList<WorldEvent> At(Plan plan)
    {
        var book = new PegBook(plan.World);
        var shelves = new Dictionary<string, IReadOnlyList<Held>>(StringComparer.Ordinal);
        var free = new Dictionary<string, decimal>(StringComparer.Ordinal);
        var sent = new SortedDictionary<string, WorldEvent>(StringComparer.Ordinal);
        foreach (var (order, dated) in Late.FirstCome(plan))
        {
            int needed = Seconds.Of(Shelves.NeededBy(plan, dated), plan.Epoch);
            foreach (var (peg, _) in Late.Pegs(plan, dated))
            {
                string shelf = $"{order.Hub}|{peg.Item}";
                if (!shelves.TryGetValue(shelf, out IReadOnlyList<Held>? held)) shelves[shelf] = held = Shelves.Of(plan, order.Hub, peg.Item);
                Held[] inTime = [.. held.TakeWhile(h => h.Second <= needed)];
                TakeFree(book, free, peg, inTime);
                TakeFromLater(plan, book, order, peg, inTime);
                if (book.Of(peg.Build, peg.Item, peg.Supply) <= 0 || sent.ContainsKey(peg.Supply) || Late.Sending(plan, peg) is not var (lot, lane, cost)) continue;
                if (purse.Worth([cost]) is not { } worth || !purse.Holds(plan.Epoch, worth)) continue;
                purse.Pay(plan.Epoch, worth);
                sent[peg.Supply] = new WorldEvent.Put(lot with { Lane = lane.Key });
            }
        }
        return [.. book.Events(), .. sent.Values];
    }

    private static void TakeFree(PegBook book, Dictionary<string, decimal> free, Peg peg, Held[] inTime)
    {
        foreach (Held h in inTime)
        {
            decimal take = Math.Min(book.Of(peg.Build, peg.Item, peg.Supply), free.GetValueOrDefault(h.Supply, h.Free));
            if (take <= 0) continue;
            book.Move(peg, take, h.Supply);
            free[h.Supply] = free.GetValueOrDefault(h.Supply, h.Free) - take;
        }
    }

    private static void TakeFromLater(Plan plan, PegBook book, OrderLine order, Peg peg, Held[] inTime)
    {
        var later = inTime.SelectMany(static h => h.Pegs).Select(p => (Peg: p, Build: plan.World.Builds.Find(p.Build))).Where(static x => x.Build is not null)
            .Select(x => (x.Peg, Build: x.Build!, Order: plan.World.OrderLines[x.Build!.OrderLine]))
            .Where(x => (x.Order.Ordered > order.Ordered || x.Order.Ordered == order.Ordered && string.CompareOrdinal(x.Order.Id, order.Id) > 0) && !Shelves.Fixed(plan, x.Build))
            .OrderByDescending(static x => x.Order.Ordered).ThenByDescending(static x => x.Order.Id, StringComparer.Ordinal);
        foreach (var (theirs, _, _) in later)
        {
            decimal take = Math.Min(book.Of(peg.Build, peg.Item, peg.Supply), book.Of(theirs.Build, theirs.Item, theirs.Supply));
            if (take <= 0) continue;
            book.Move(theirs, take, peg.Supply);
            book.Move(peg, take, theirs.Supply);
        }
    }
}
