using Homestretch.World;
using NodaTime;

namespace Homestretch.Simulating;

/// <summary>New orders that resemble the order book: as many a day as were ordered in the four weeks before the start, each a copy of an
/// order line of the book in all but number and dates, asked for at the same notice.</summary>
internal sealed class NewOrders
{
    private const int Weeks = 4;
    private readonly Truth _truth;
    private readonly OrderLine[] _book;
    private readonly double _perDay;
    private int _made;

    public NewOrders(Snapshot world, Instant start, Truth truth)
    {
        (_truth, _book) = (truth, [.. world.OrderLines]);
        _perDay = PerDay(world, start);
    }

    /// <summary>Units that are ordered a day.</summary>
    internal static double UnitsPerDay(Snapshot world, Instant start) => world.OrderLines.Count == 0 ? 0 : PerDay(world, start) * world.OrderLines.Average(static o => o.Quantity);

    private static double PerDay(Snapshot world, Instant start) => world.OrderLines.Count(o => o.Ordered <= start && o.Ordered > start - Duration.FromDays(7 * Weeks)) / (7.0 * Weeks);

    /// <summary>Order lines that came in the time up to now: a Poisson number.</summary>
    public IEnumerable<WorldEvent> Placed(Instant now, Duration since)
    {
        double left = _truth.Uniform("orders", $"{now}"), mean = _perDay * since.TotalDays * _truth.Mishaps.Demand(now), chance = Math.Exp(-mean);
        for (int n = 0; left > chance && _book.Length > 0; left -= chance, chance *= mean / ++n)
        {
            string key = $"SIM-{++_made:00000}/1";
            OrderLine like = _book[(int)(_truth.Uniform("order", key) * _book.Length)];
            yield return new WorldEvent.Put(like with
            {
                Key = key, Ordered = now, Requested = now + (like.Requested - like.Ordered), Status = OrderStatus.Approved,
            });
        }
    }
}
