using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>Gives the order lines of a plan that wait for a slot or for parts what is left, one after another.</summary>
internal sealed class Waiting(Snapshot world, Links links, PlanLayout layout, Free free, PlanPolicy policy)
{
    public IReadOnlyList<WorldEvent> Place()
    {
        Laid[] waiting = [.. layout.Undated.Where(static l => l.Need.Plannable)];
        // what a pin or a confirmed slot holds is the whole allocation's to fit in
        if (waiting.Any(l => l.Need.Held?.Status == OrderStatus.Confirmed || Pinned(l.Need))) return Plan.Allocate(world, free.Epoch, policy, Scope.Unpegged);
        foreach (Laid laid in waiting) free.Count(laid, -1);
        IReadOnlyList<WorldEvent> events = Place(InTurn(waiting.Select(static l => l.Need with { Held = null })));
        foreach (Laid laid in waiting) free.Count(laid, 1);
        return events;
    }

    /// <summary>Whether a pin holds a peg or a slot of an order line, which is the whole allocation's to fit in.</summary>
    public bool Pinned(Need need) => Pins(need).Any(static p => p.Kind is PinKind.Peg or PinKind.Slot);

    /// <param name="waiting">In the order in which they are served; none holds a slot or a peg.</param>
    public IReadOnlyList<WorldEvent> Place(IEnumerable<Need> waiting)
    {
        var events = new List<WorldEvent>();
        var placed = new List<Placed>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (Need need in waiting)
        {
            Pin? date = Pins(need).LastOrDefault(static p => p.Kind == PinKind.Date);
            if (Placing.Of(world, free, need, date?.At is { } at ? Seconds.Of(at, free.Epoch) : 0, out _) is not { } slot) continue;
            events.AddRange(PlacedEvents.Of(world, links, layout, free, need, slot, taken).Events);
            free.Take(slot, 1);
            placed.Add(slot);
        }
        foreach (Placed slot in placed) free.Take(slot, -1);      // the host may not accept them: what is left is what the world holds
        return events;
    }

    /// <summary>By class, due date and key.</summary>
    public static IEnumerable<Need> InTurn(IEnumerable<Need> waiting) => waiting.OrderBy(static n => n.Order.Class).ThenBy(static n => n.Due).ThenBy(static n => n.Order.Id, StringComparer.Ordinal);

    private IEnumerable<Pin> Pins(Need need) => links.Pins(world, need.Order.Id, free.Epoch);
}
