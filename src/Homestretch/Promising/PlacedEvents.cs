using Homestretch.World;

namespace Homestretch.Promising;

/// <summary>What placing an order line puts into the world: purchases with their lots, the build, its pegs.</summary>
/// <param name="Pegs">In order of key.</param>
/// <param name="Lots">Lots of planned purchases, by the name pegs have for them.</param>
internal sealed record PlacedEvents(Build Build, IReadOnlyList<Peg> Pegs, IReadOnlyDictionary<string, Lot> Lots, IReadOnlyList<WorldEvent> Events)
{
    /// <param name="taken">Keys of purchases given already; gets the new ones.</param>
    public static PlacedEvents Of(Snapshot world, Links links, PlanLayout layout, Free free, Need need, Placed placed, HashSet<string> taken)
    {
        Build? held = links.Held(world, need.Order.Key);
        var build = new Build(held?.Key ?? new Key<Build>(need.Order.Id), need.Order.Party, need.Order.Key, placed.Way.Line, need.Order.Quantity,
            Seconds.At(placed.Start, free.Epoch), Seconds.At(placed.End, free.Epoch), held?.Status ?? OrderStatus.Approved);
        var events = new List<WorldEvent>();
        var lots = new SortedDictionary<string, Lot>(StringComparer.Ordinal);
        var amounts = new SortedDictionary<string, (Item Item, string Supply, int Steps)>(StringComparer.Ordinal);
        foreach (var (item, supply, steps) in placed.Pegs) Add(item, layout.Supplies.NameAt(supply), steps);
        foreach (var (item, buy, wait, ready, steps, pegged) in placed.Purchases)
        {
            var (line, lot) = free.Sourcing.Purchase(world, buy, wait, ready, steps, taken);
            events.Add(new WorldEvent.Put(line));
            events.Add(new WorldEvent.Put(lot));
            lots[Supply.NameOf(lot)] = lot;
            Add(item, Supply.NameOf(lot), pegged);
        }
        Peg[] pegs = [.. amounts.Values.Select(a => new Peg(build.Key, a.Item.Key, a.Supply, need.Order.Party, new(a.Steps * a.Item.Step, a.Item.Unit)))];
        events.Add(new WorldEvent.Put(build));
        events.AddRange(pegs.Select(static p => new WorldEvent.Put(p)));
        events.AddRange(world.Pegs.StartingWith($"{build.Key}|").Where(old => pegs.All(p => p.Id != old.Id)).Select(static old => new WorldEvent.Removed(TableKind.For(old), old.Id, "re-planned")));
        return new(build, pegs, lots, events);

        void Add(int item, string supply, int steps)
        {
            Item record = layout.Needs.Items[item].Item;
            string key = $"{record.Key}|{supply}";
            amounts[key] = (record, supply, amounts.GetValueOrDefault(key).Steps + steps);
        }
    }
}
