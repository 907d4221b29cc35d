using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>Whether a build takes a lot or a row of stock of the revision that it has, by the changes in force. What nobody knows does not forbid it.</summary>
internal sealed class Accepting
{
    private readonly Snapshot _world;
    private readonly Effectivity _effectivity;

    private Accepting(Snapshot world, Effectivity effectivity) => (_world, _effectivity) = (world, effectivity);

    /// <summary>Null when no change forbids anything: then every build takes everything.</summary>
    public static Accepting? Of(Snapshot world) => world.EngineeringChanges.Count > 0 && Effectivity.Of(world) is { Forbids: true } effectivity ? new(world, effectivity) : null;

    public bool Concerns(Key<Item> item) => _effectivity.Concerns(item);

    /// <param name="now">World in which supplies are looked up; changes, markets and sites are those of the world it was made of.</param>
    /// <param name="supply">'stock:KEY' or 'lot:KEY'. What does not exist is nobody's to refuse here.</param>
    /// <param name="start">When the build begins; null: nobody knows.</param>
    public RevisionVerdict Of(Snapshot now, OrderLine order, Instant? start, Key<Item> item, string supply)
    {
        if (!_effectivity.Concerns(item)) return RevisionVerdict.Free;
        var (revision, lot) = supply.StartsWith("lot:", StringComparison.Ordinal) ? now.Lots.Find(supply[4..]) is { } l ? (l.Revision, l.Id) : ("", "")
            : supply.StartsWith("stock:", StringComparison.Ordinal) && now.Stock.Find(supply[6..]) is { } s ? (s.Revision, s.LotNumber) : ("", "");
        return _effectivity.Of(item, revision, lot, Build(order, start));
    }

    public bool Takes(Snapshot now, OrderLine order, Instant? start, Key<Item> item, string supply) => Of(now, order, start, item, supply).Counts;

    private RevisionBuild Build(OrderLine order, Instant? start) => new(order.Family.Value, _world.Within(order.Market.Value), start is { } at ? _world.DayOf(order, at) : null);
}
