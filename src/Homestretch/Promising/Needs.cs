using Homestretch.Products;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>One order line netted to the parts of its kit.</summary>
/// <param name="Parts">Index into <see cref="Needs.Items"/> and amount in the item's smallest steps, for the whole line; in BOM order.</param>
/// <param name="Line">Assembly line that builds it; null when none can.</param>
/// <param name="Due">When the build must end for the promise in force, or else the requested date, to be kept nine times in ten.</param>
internal sealed record Need(OrderLine Order, Build? Held, Promise? Promised, AssemblyLine? Line, int WorkSeconds, Instant Due,
    IReadOnlyList<(int Item, int Steps)> Parts, IReadOnlyList<Finding> Refusals)
{
    /// <summary>True when the plan can place it; otherwise its date is unknown, for the reasons in <see cref="Refusals"/>.</summary>
    public bool Plannable => Line is not null && Refusals.Count == 0;
}

/// <summary>Step 1 of the plan: every open order line netted to the parts its kit takes, in key order.</summary>
/// <param name="Items">Each item at each hub that any kit takes, in order of hub and item.</param>
internal sealed record Needs(IReadOnlyList<Need> Orders, IReadOnlyList<(Key<Site> Hub, Item Item)> Items)
{
    public static bool Open(OrderLine order) => order.Status is OrderStatus.Proposed or OrderStatus.Approved or OrderStatus.Confirmed;

    public static Needs Of(Snapshot world, Instant t, IEnumerable<OrderLine>? extra = null)
    {
        var variants = new Variants(world);
        var builds = world.Builds.Where(static b => b.Status < OrderStatus.Completed).ToLookup(static b => b.OrderLine);
        var promises = InForce(world);
        var load = new Dictionary<string, long>(StringComparer.Ordinal);
        var keys = new SortedDictionary<(string Hub, string Item), Item>(ByHubAndItem.Instance);
        var open = new List<(OrderLine Order, Kit Kit)>();
        foreach (OrderLine order in world.OrderLines.Where(Open).Concat(extra ?? []))
        {
            Kit kit = variants.Of(order);
            open.Add((order, kit));
            foreach (KitPart part in kit.Parts) keys[(order.Hub.Value, part.Item.Id)] = part.Item;
        }
        var index = new Dictionary<(string, string), int>();
        foreach (var key in keys.Keys) index[key] = index.Count;

        var needs = new List<Need>(open.Count);
        foreach (var (order, kit) in open)
        {
            Build? held = builds[order.Key].FirstOrDefault();
            var refusals = new List<Finding>(kit.Refusals);
            Routing? routing = Route(world, order, held, load);
            if (routing is null)
                refusals.Add(new(new(order.Id), "no-line", $"No assembly line at {order.Hub} finishes {order.Family}.", "Add a routing for the family at that hub."));
            int work = (int)Math.Clamp(Math.Ceiling((routing?.MinutesPerUnit ?? 0) * 60 * order.Quantity), 1, Seconds.Far / 100);
            if (routing is not null) load[routing.Line.Value] = load.GetValueOrDefault(routing.Line.Value) + work;
            Promise? promised = promises.GetValueOrDefault(order.Id);
            Instant due = (promised?.Date ?? order.Requested) - Outbound.Of(world.Markets[order.Market]).AtP90;
            needs.Add(new(order, held, promised, routing is null ? null : world.AssemblyLines[routing.Line], work, due, Parts(order, kit, index), refusals));
        }
        return new(needs, [.. keys.Select(static k => ((Key<Site>)k.Key.Hub, k.Value))]);
    }

    /// <summary>The highest version of each order line's promise.</summary>
    public static Dictionary<string, Promise> InForce(Snapshot world)
    {
        var inForce = new Dictionary<string, Promise>(StringComparer.Ordinal);
        foreach (Promise p in world.Promises) inForce[p.OrderLine.Value] = p;
        return inForce;
    }

    private static Routing? Route(Snapshot world, OrderLine order, Build? held, Dictionary<string, long> load)
    {
        Routing? best = null;
        foreach (Routing r in world.Routings.StartingWith($"{order.Family}|"))
        {
            if (world.AssemblyLines[r.Line].Site != order.Hub) continue;
            if (held is not null && r.Line == held.Line) return r;
            if (best is null || r.Priority < best.Priority
                || (r.Priority == best.Priority && load.GetValueOrDefault(r.Line.Value) < load.GetValueOrDefault(best.Line.Value))) best = r;
        }
        return best;
    }

    private static (int, int)[] Parts(OrderLine order, Kit kit, Dictionary<(string, string), int> index)
    {
        var parts = new List<(int Item, int Steps)>(kit.Parts.Count);
        foreach (KitPart part in kit.Parts)
        {
            int item = index[(order.Hub.Value, part.Item.Id)];
            int steps = Steps(part.Item, part.PerUnit.Value * order.Quantity);
            int at = parts.FindIndex(p => p.Item == item);
            if (at < 0) parts.Add((item, steps));
            else parts[at] = (item, parts[at].Steps + steps);
        }
        return [.. parts];
    }

    /// <summary>An amount in the item's unit as whole steps, rounded up: a kit never gets less than it takes.</summary>
    public static int Steps(Item item, decimal amount) => (int)Math.Min(int.MaxValue / 4, Math.Ceiling(amount / item.Step));

    private sealed class ByHubAndItem : IComparer<(string Hub, string Item)>
    {
        public static ByHubAndItem Instance { get; } = new();
        public int Compare((string Hub, string Item) a, (string Hub, string Item) b) =>
            string.CompareOrdinal(a.Hub, b.Hub) is var h && h != 0 ? h : string.CompareOrdinal(a.Item, b.Item);
    }
}
