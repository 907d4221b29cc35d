using Homestretch.Arrivals;
using Homestretch.Promising.Kernel;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>Draws the arrivals of a world's lots at one epoch, each from its own way and evidence, all from the same futures.</summary>
internal sealed class LotFutures
{
    private readonly Instant _t;
    private readonly PlanPolicy _policy;
    private readonly Draws _draws;
    private readonly Dictionary<string, LotForecast> _forecasts = new(StringComparer.Ordinal);
    private Snapshot _world;
    private readonly ArrivalSampler _sampler;

    private LotFutures(Snapshot world, Instant t, PlanPolicy policy)
    {
        (_world, _t, _policy, _draws) = (world, t, policy, new Draws(policy.Seed));
        _sampler = new ArrivalSampler(t, _draws, policy.Samples, Posterior(world, t, policy));
    }

    public static LotFutures Of(Snapshot world, Instant t, PlanPolicy policy) => new(world, t, policy);

    /// <summary>The arrivals of a plan's supplies, kept here so that forecasts can be read from them.</summary>
    public Futures Arrivals { get; set; } = new(8);

    /// <summary>Draws a lot's S arrivals, seconds after t.</summary>
    public void Fill(Lot lot, Span<int> arrivals) => LotSampler.Fill(_world, lot, _t, _policy, _draws, _sampler, arrivals);

    public int Quantile(Lot lot, double p)
    {
        int[] arrivals = new int[_policy.Samples];
        Fill(lot, arrivals);
        return OrderStatistics.Quantile(arrivals, p);
    }

    public LotForecast Forecast(Lot lot)
    {
        if (_forecasts.TryGetValue(lot.Id, out LotForecast? known)) return known;
        int[] arrivals = new int[_policy.Samples];
        Fill(lot, arrivals);
        LotWay way = LotWay.Of(_world, lot, _t, _policy);
        return _forecasts[lot.Id] = new(lot.Key, Seconds.At(OrderStatistics.Quantile(arrivals, 0.5), _t), Seconds.At(OrderStatistics.Quantile(arrivals, 0.9), _t),
            way.AsOf, LotSampler.Overdue(way, _t, _policy));
    }

    /// <summary>P50 and P90 of the end of each step that is not done, by sequence; 0 is making.</summary>
    public Dictionary<int, (Instant P50, Instant P90)> StepEnds(Lot lot)
    {
        var ends = new Dictionary<int, (Instant, Instant)>();
        int[] arrivals = new int[_policy.Samples], flat = LotSampler.FillSteps(_world, lot, _t, _policy, _draws, _sampler, arrivals, out int[] sequences);
        for (int k = 0; k < sequences.Length; k++)
        {
            ReadOnlySpan<int> step = flat.AsSpan(k * _policy.Samples, _policy.Samples);
            ends[sequences[k]] = (Seconds.At(OrderStatistics.Quantile(step, 0.5), _t), Seconds.At(OrderStatistics.Quantile(step, 0.9), _t));
        }
        return ends;
    }

    public Share ShareBy(Lot lot, Instant by)
    {
        int[] arrivals = new int[_policy.Samples];
        Fill(lot, arrivals);
        return new(OrderStatistics.CountUpTo(arrivals, Seconds.Of(by, _t)) / (double)_policy.Samples);
    }

    /// <summary>Draws again the lots that a change touched; the common factors stay as the epoch knew them.</summary>
    /// <returns>New arrivals of the supplies whose arrivals differ, by index.</returns>
    public SortedDictionary<int, int[]> Redraw(Snapshot next, IReadOnlyList<Lot> lots, PlanLayout layout)
    {
        _world = next;
        var redrawn = new SortedDictionary<int, int[]>();
        foreach (Lot lot in lots)
        {
            _forecasts.Remove(lot.Id);
            if (!layout.SupplyOf.TryGetValue(Supplies.Name(lot), out int s)) continue;
            int[] fresh = new int[_policy.Samples];
            Fill(lot, fresh);
            if (!fresh.AsSpan().SequenceEqual(Arrivals[s])) redrawn[s] = fresh;
        }
        return redrawn;
    }

    /// <summary>What the finished steps known at t say of the common factors.</summary>
    internal static FactorPosterior Posterior(Snapshot world, Instant t, PlanPolicy policy) =>
        FactorPosterior.Of(world.Lots.Where(static l => l.Shipment is not null).SelectMany(l => LotSampler.Evidence(world, l, t, policy)));
}
