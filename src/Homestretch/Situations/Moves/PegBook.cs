using Homestretch.World;

namespace Homestretch.Situations.Moves;

/// <summary>Pegs as a remedy changes them, and the events that do so.</summary>
internal sealed class PegBook(Snapshot world)
{
    private readonly SortedDictionary<string, (Peg Peg, decimal Amount)> _now = new(StringComparer.Ordinal);

    /// <summary>What a build has of an item from a supply.</summary>
    public decimal Of(Key<Build> build, Key<Item> item, string supply) => Find(build, item, supply) is { } peg ? _now.TryGetValue(peg.Id, out var now) ? now.Amount : peg.Quantity.Value : 0;

    /// <summary>Moves an amount of a build's peg to another supply, maybe of an item that stands in; an amount more than it has moves all.</summary>
    public void Move(Peg from, decimal amount, string supply, Key<Item>? instead = null)
    {
        decimal moved = Math.Min(amount, Of(from.Build, from.Item, from.Supply));
        if (moved <= 0 || supply == from.Supply) return;
        Add(from, -moved);
        Add(new Peg(from.Build, instead ?? from.Item, supply, from.Party, from.Quantity with { Value = 0 }), moved);
    }

    /// <summary>Takes an amount from a build's peg and gives it back.</summary>
    public void Drop(Peg from, decimal amount)
    {
        if (amount > 0) Add(from, -Math.Min(amount, Of(from.Build, from.Item, from.Supply)));
    }

    /// <summary>Gives a build an amount of an item from a supply.</summary>
    public void Give(Build build, Item item, string supply, decimal amount) => Add(new Peg(build.Key, item.Key, supply, build.Party, new(0, item.Unit)), amount);

    public IReadOnlyList<WorldEvent> Events() => [.. _now.Values.Where(n => world.Pegs.Contains(n.Peg.Id) || n.Amount > 0).Select(n => n.Amount > 0
        ? new WorldEvent.Put(n.Peg with { Quantity = n.Peg.Quantity with { Value = n.Amount } }) : (WorldEvent)new WorldEvent.Removed(TableKind.For(n.Peg), n.Peg.Id, "remedy"))];

    private Peg? Find(Key<Build> build, Key<Item> item, string supply)
    {
        string id = $"{build}|{item}|{supply}";
        return _now.TryGetValue(id, out var now) ? now.Peg : world.Pegs.Find(id);
    }

    private void Add(Peg peg, decimal amount)
    {
        Peg like = Find(peg.Build, peg.Item, peg.Supply) ?? peg;
        _now[like.Id] = (like, Of(peg.Build, peg.Item, peg.Supply) + amount);
    }
}
