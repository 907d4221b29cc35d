using Homestretch.Promising;
using Homestretch.World;

namespace Homestretch.Situations.Moves;

/// <summary>What another lane costs more for so much of an item.</summary>
internal static class Freight
{
    /// <summary>Null amount where a rate is not known.</summary>
    /// <param name="instead">The lane that is not taken; null: it all comes on top.</param>
    /// <param name="whole">Whether the other lane's shipment is saved as well.</param>
    public static Cost Of(Snapshot world, Key<Item> item, Key<Lane> lane, Key<Lane>? instead, decimal amount, bool whole)
    {
        Money? more = Rate(world, item, lane, amount, shipment: true), less = instead is { } other ? Rate(world, item, other, amount, whole) : more is { } m ? m with { Minor = 0 } : null;
        bool known = more is not null && less is not null && more.Value.Currency == less.Value.Currency;
        return new("freight", known ? more!.Value with { Minor = more.Value.Minor - less!.Value.Minor } : null);
    }

    private static Money? Rate(Snapshot world, Key<Item> item, Key<Lane> lane, decimal amount, bool shipment) =>
        world.FreightRates.Find($"{lane}|{item}") is { PerUnit: { } unit } rate ? unit * amount + new Money(shipment ? (long)(rate.PerShipment * 100) : 0, unit.Currency) : null;

    /// <summary>Median days of a lane from its begin, without waiting for what is scheduled.</summary>
    public static decimal Days(Snapshot world, Key<Lane> lane) => world.LaneSteps.StartingWith($"{lane}|").Sum(static s => s.P50Days);

    /// <summary>Lanes of the same ends that are at least a quarter quicker, the quickest first.</summary>
    public static IEnumerable<Lane> Faster(Snapshot world, Key<Lane> than)
    {
        Lane slow = world.Lanes[than];
        decimal days = Days(world, than);
        return world.Lanes.Where(l => l.From == slow.From && l.To == slow.To && l.Key != than && world.LaneSteps.StartingWith($"{l.Key}|").Any()).Select(l => (Lane: l, Days: Days(world, l.Key)))
            .Where(l => l.Days <= 0.75m * days).OrderBy(static l => l.Days).ThenBy(static l => l.Lane.Id, StringComparer.Ordinal).Select(static l => l.Lane);
    }
}
