using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Situations.Moves;

/// <summary>An allowed alternate that no kit has stands in for the part that comes too late.</summary>
internal static class StandingIn
{
    public static IEnumerable<Move> Of(Setting at)
    {
        LocalDate today = at.Plan.Epoch.InUtc().Date;
        foreach (Lot lot in at.Lots)
            foreach (ItemAlternate other in at.Plan.World.ItemAlternates.StartingWith($"{lot.Item}|").Where(a => !(today < a.From) && !(today >= a.To)).OrderBy(static a => a.Priority).Take(2))
                yield return plan => Take(at, plan, lot, other.Alternate);
    }

    private static Remedy? Take(Setting at, Plan plan, Lot lot, Key<Item> instead)
    {
        Snapshot world = plan.World;
        Item part = world.Items[lot.Item], other = world.Items[instead];
        if (part.Unit != other.Unit || part.Step != other.Step || plan.SecondOf(Supply.NameOf(lot), plan.Policy.AllocationQuantile) is not { } second) return null;
        var book = new PegBook(world);
        var free = new Dictionary<string, decimal>(StringComparer.Ordinal);
        var helped = new List<string>();
        Instant act = Instant.MaxValue;
        IReadOnlyList<Held> shelf = Shelves.Of(plan, world.Lanes[lot.Lane].To, instead);
        foreach (LostPromise hurt in at.HurtBy(lot).OrderBy(static l => l.Class).ThenBy(static l => l.Promise.Date).ThenBy(static l => l.OrderLine.Value, StringComparer.Ordinal))
        {
            if (plan.Of(hurt.OrderLine)?.AsDated is not { } dated || Shelves.Fixed(plan, dated.Build)) continue;
            Peg[] pegs = [.. Shelves.PegsOf(plan, hurt.OrderLine).Where(p => p.Supply == Supply.NameOf(lot))];
            if (pegs.Sum(static p => p.Quantity.Value) > shelf.Where(h => h.Second < second).Sum(h => free.GetValueOrDefault(h.Supply, h.Free))) continue;     // not half of one and half of the other
            foreach (Peg peg in pegs)
            {
                decimal open = peg.Quantity.Value;
                foreach (Held held in shelf.Where(h => h.Second < second))
                {
                    decimal take = Math.Min(open, free.GetValueOrDefault(held.Supply, held.Free));
                    if (take <= 0) continue;
                    book.Move(peg, take, held.Supply, instead);
                    (free[held.Supply], open) = (free.GetValueOrDefault(held.Supply, held.Free) - take, open - take);
                }
            }
            helped.Add(hurt.OrderLine.Value);
            act = Instant.Min(act, dated.Build.Start);
        }
        return helped.Count == 0 ? null : new(RemedyKind.Alternate, $"{other.Name} stands in for {part.Name} in {Setting.Named(helped)}", book.Events(), [Dearer(part, other, free, shelf)], Instant.Max(plan.Epoch, act),
            [new(TaskKind.LineChange, world.Sites[world.Lanes[lot.Lane].To].Party, $"items:{instead}", $"Build {Setting.Named(helped)} with {other.Name}", Instant.Max(plan.Epoch, act))]);
    }

    /// <summary>What the alternate costs more than the part.</summary>
    private static Cost Dearer(Item part, Item other, Dictionary<string, decimal> left, IReadOnlyList<Held> shelf)
    {
        decimal taken = shelf.Sum(h => left.TryGetValue(h.Supply, out decimal rest) ? h.Free - rest : 0);
        return new("dearer part", part.Cost is { } a && other.Cost is { } b && a.Currency == b.Currency ? new Money(Math.Max(0, b.Minor - a.Minor), a.Currency) * taken : null);
    }
}
