using Homestretch.Promising.Kernel;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>The ways from hub to customer as the kernel sees them: one row a market and, where a market asks for documents of a family, one for each family.</summary>
internal sealed class OutboundWays
{
    private readonly Dictionary<string, int> _ofMarket = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Market, string Family), int> _barred = [];
    private readonly List<IReadOnlyList<Bar>> _bars = [];

    /// <summary>Draws each market once: a truck is late for all aboard.</summary>
    public OutboundWays(Snapshot world, Instant t, Draws draws, int samples)
    {
        Outbounds = new(samples, world.Markets.Count);
        double[] scores = new double[samples];
        foreach (Market market in world.Markets)
        {
            Outbound outbound = Outbound.Of(market);
            draws.Normals(StableHash.Of("outbound", market.Party.Value, market.Id), scores);
            int[] seconds = [.. scores.Select(z => (int)Math.Ceiling(outbound.SecondsAt(z)))];
            _ofMarket[market.Id] = Add(seconds, []);
            foreach (Item family in world.Items.Where(static i => i.Kind == ItemKind.Family))
                if (Bars.Of(world, t, market.Key, family.Key).Where(b => !(b.Until <= t)).ToArray() is { Length: > 0 } bars) _barred[(market.Id, family.Id)] = Add(seconds, bars);
        }
        if (_barred.Count > 0) Shut = [.. _bars.Select(b => b.Select(bar => new Shut(Math.Max(0, Seconds.Of(bar.From, t)), bar.Until is { } until ? Math.Max(0, Seconds.Of(until, t)) : Futures.Never)).ToArray())];
    }

    /// <summary>Sampled times from hub to customer, seconds.</summary>
    public Futures Outbounds { get; }

    /// <summary>Of each row when nothing leaves; null: no market asks for documents.</summary>
    public IReadOnlyList<Shut[]>? Shut { get; }

    public int RowOf(OrderLine order) => _barred.Count > 0 && _barred.TryGetValue((order.Market.Value, order.Family.Value), out int row) ? row : _ofMarket[order.Market.Value];

    /// <summary>The times of <see cref="Shut"/> with their documents.</summary>
    public IReadOnlyList<Bar> BarsOf(int row) => _bars[row];

    /// <summary>The last of the times of a way that what ends at a second waits for; -1: it leaves at once.</summary>
    public static int Holding(ReadOnlySpan<Shut> shut, int end)
    {
        int last = -1;
        for (int k = 0; k < shut.Length; k++)
            if (shut[k].Holds(end)) (last, end) = (k, shut[k].Until);
        return last;
    }

    private int Add(ReadOnlySpan<int> seconds, IReadOnlyList<Bar> bars)
    {
        Outbounds.Append(seconds);
        _bars.Add(bars);
        return Outbounds.Count - 1;
    }
}
