using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>Gives the order lines of a plan that wait for a slot or for parts what is left, one after another.</summary>
internal sealed class Waiting(Snapshot world, Links links, PlanLayout layout, Free free, PlanPolicy policy)
{
    public IReadOnlyList<WorldEvent> Place()
    {
        Laid[] waiting = [.. layout.Undated.Where(static l => l.Need.Plannable && l.Need.Held?.Status is not OrderStatus.Confirmed)
            .OrderBy(static l => l.Need.Order.Class).ThenBy(static l => l.Need.Due).ThenBy(static l => l.Need.Order.Id, StringComparer.Ordinal)];
        // a pinned peg or slot is the whole allocation's to fit in
        if (waiting.Any(l => Pins(l).Any(static p => p.Kind is PinKind.Peg or PinKind.Slot))) return Plan.Allocate(world, free.Epoch, policy, Scope.Unpegged);
        var events = new List<WorldEvent>();
        var placed = new List<(Laid Laid, Placed Placed)>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (Laid laid in waiting) free.Count(laid, -1);
        foreach (Laid laid in waiting)
        {
            Pin? date = Pins(laid).LastOrDefault(static p => p.Kind == PinKind.Date);
            Need open = laid.Need with { Held = null };
            if (Placing.Of(free, open, date?.At is { } at ? Seconds.Of(at, free.Epoch) : 0, out _) is not { } slot) continue;
            events.AddRange(PlacedEvents.Of(world, links, layout, free, open, slot, taken).Events);
            free.Take(slot, 1);
            placed.Add((laid, slot));
        }
        foreach (var (_, slot) in placed) free.Take(slot, -1);      // the host may not accept them: what is left is what the world holds
        foreach (Laid laid in waiting) free.Count(laid, 1);
        return events;
    }

    private IEnumerable<Pin> Pins(Laid laid) => links.Pins(world, laid.Need.Order.Id, free.Epoch);
}
