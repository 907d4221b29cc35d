using Homestretch.World;

namespace Homestretch.Promising;

/// <summary>Gives the order lines of a plan that wait for a slot or for parts what is left, one after another.</summary>
internal sealed class Waiting(Snapshot world, Links links, PlanLayout layout, Free free, PlanPolicy policy)
{
    private const int Many = 200;

    public static bool Any(PlanLayout layout) => layout.Undated.Any(static l => l.Need.Plannable);

    public IReadOnlyList<WorldEvent> Place()
    {
        Laid[] waiting = [.. layout.Undated.Where(static l => l.Need.Plannable)];
        using var placing = new NewOrders(links, layout, free);
        // where many wait the whole allocation sees more, and costs less than one by one
        if (waiting.Length > Many || waiting.Any(l => placing.Holds(world, l.Need))) return Plan.Allocate(world, free.Epoch, policy, Scope.Unpegged);
        foreach (Laid laid in waiting) placing.GiveBack(laid);
        return placing.Place(world, waiting.Select(static l => l.Need with { Held = null }));
    }
}
