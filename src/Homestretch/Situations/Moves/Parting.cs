using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Situations.Moves;

/// <summary>Of an order line that may be delivered in parts, the units whose parts are there are built, and the rest under a line of its own, promised anew.</summary>
internal static class Parting
{
    public static IEnumerable<Move> Of(Setting at)
    {
        foreach (LostPromise hurt in at.Hurt.Where(l => l.AtRisk && l.Supply.Contains(':') && at.Plan.World.OrderLines[l.OrderLine] is { Ship: ShipComplete.Partial, Quantity: > 1 }).Take(6))
            yield return plan => Part(at, plan, hurt);
    }

    private static Remedy? Part(Setting at, Plan plan, LostPromise hurt)
    {
        Snapshot world = plan.World;
        OrderLine order = world.OrderLines[hurt.OrderLine];
        if (plan.Of(hurt.OrderLine)?.AsDated is not { Promise: { } promise } dated || Shelves.Fixed(plan, dated.Build)) return null;
        Peg[] pegs = [.. Shelves.PegsOf(plan, hurt.OrderLine)];
        int later = 0;
        foreach (var item in pegs.GroupBy(static p => p.Item))
        {
            decimal all = item.Sum(static p => p.Quantity.Value), late = item.Where(p => p.Supply == hurt.Supply).Sum(static p => p.Quantity.Value);
            if (all > 0) later = Math.Max(later, (int)Math.Ceiling(late / all * order.Quantity));
        }
        int now = order.Quantity - later;
        if (later == 0 || now == 0) return null;
        string rest = Name(world, order.Id);
        Duration work = dated.Build.End - dated.Build.Start;
        OrderLine first = order with { Quantity = now, Price = order.Price is { } price ? price * ((decimal)now / order.Quantity) : null };
        OrderLine second = order with { Key = rest, Quantity = later, Price = order.Price is { } whole && first.Price is { } part ? whole with { Minor = whole.Minor - part.Minor } : null };
        Build build = dated.Build with { Quantity = now, End = dated.Build.Start + work * now / order.Quantity };
        Instant begins = Instant.Max(build.End, dated.Build.Start);
        var other = new Build(rest, build.Party, rest, build.Line, later, begins, begins + (work - (build.End - build.Start)), OrderStatus.Approved);
        var promised = new Promise(rest, 1, promise.Party, dated.Dates.P90, new Share(plan.Policy.PromiseConfidence), plan.Epoch, "", $"the rest of {order.Key}, which came too late for all");
        WorldEvent[] events = [new WorldEvent.Put(first), new WorldEvent.Put(second), new WorldEvent.Put(build), new WorldEvent.Put(other), new WorldEvent.Put(promised), .. Pegs(world, pegs, hurt.Supply, order.Quantity, later, other)];
        return new(RemedyKind.PartialDelivery, $"Deliver {now} of {order.Quantity} units of {order.Key} as promised, {later} later", events, [], Instant.Max(plan.Epoch, build.Start),
            [new(TaskKind.CustomerNotice, order.Party, $"order_lines:{order.Key}", $"Tell {world.Parties[order.Customer].Name} that {later} of {order.Quantity} units of {order.Key} come about {at.Day(dated.Dates.P90)}", promise.Date)]);
    }

    /// <summary>The later units take what comes later, and of every other part what is theirs.</summary>
    private static IEnumerable<WorldEvent> Pegs(Snapshot world, Peg[] pegs, string late, int quantity, int later, Build other)
    {
        foreach (var item in pegs.GroupBy(static p => p.Item))
        {
            decimal step = world.Items[item.Key].Step, open = Math.Floor(item.Sum(static p => p.Quantity.Value) * later / quantity / step) * step;
            foreach (Peg peg in item.OrderByDescending(p => p.Supply == late))
            {
                decimal take = Math.Min(open, peg.Quantity.Value);
                if (take <= 0) continue;
                open -= take;
                yield return new WorldEvent.Put(peg with { Build = other.Key, Quantity = peg.Quantity with { Value = take } });
                yield return take == peg.Quantity.Value ? new WorldEvent.Removed(TableKind.For(peg), peg.Id, "remedy") : new WorldEvent.Put(peg with { Quantity = peg.Quantity with { Value = peg.Quantity.Value - take } });
            }
        }
    }

    private static string Name(Snapshot world, string order)
    {
        int n = 2;
        while (world.OrderLines.Contains($"{order}~{n}") || world.Builds.Contains($"{order}~{n}")) n++;
        return $"{order}~{n}";
    }
}
