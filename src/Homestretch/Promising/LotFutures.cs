using Homestretch.Promising.Kernel;
using Homestretch.Promising.Lots;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>What a plan says of its lots, read from the arrivals that it holds.</summary>
internal sealed class LotFutures(Supplies supplies, LotSampler sampler, Instant t, PlanPolicy policy)
{
    private readonly Dictionary<string, LotForecast> _forecasts = new(StringComparer.Ordinal);

    /// <summary>The S arrivals of a lot that is still coming, seconds after t.</summary>
    public ReadOnlySpan<int> Of(Lot lot) => supplies.Arrivals[supplies.Find(Supply.NameOf(lot))];

    public int Quantile(Lot lot, double p) => OrderStatistics.Quantile(Of(lot), p);

    public Share ShareBy(Lot lot, Instant by) => new(OrderStatistics.CountUpTo(Of(lot), Seconds.Of(by, t)) / (double)policy.Samples);

    public LotForecast Forecast(Snapshot world, Lot lot)
    {
        if (_forecasts.TryGetValue(lot.Id, out LotForecast? known)) return known;
        LotWay way = sampler.Way(world, lot);
        return _forecasts[lot.Id] = new(lot.Key, Seconds.At(Quantile(lot, 0.5), t), Seconds.At(Quantile(lot, 0.9), t), way.AsOf, sampler.Overdue(world, way));
    }

    /// <summary>P50 and P90 of the end of each step that is not done, by sequence; 0 is making.</summary>
    public Dictionary<int, (Instant P50, Instant P90)> StepEnds(Snapshot world, Lot lot) => sampler.Steps(world, lot).ToDictionary(static s => s.Sequence,
        s => (Seconds.At(OrderStatistics.Quantile(s.Ends, 0.5), t), Seconds.At(OrderStatistics.Quantile(s.Ends, 0.9), t)));

    /// <summary>The ends of a lot's remaining steps with what went into them.</summary>
    public IEnumerable<FanStep> Fan(Snapshot world, Lot lot)
    {
        foreach (var (sequence, ends, blend) in sampler.Fan(world, lot))
        {
            int[] sorted = [.. ends.Order()];
            Instant At(double p) => Seconds.At(sorted[Math.Clamp((int)Math.Ceiling(p * sorted.Length) - 1, 0, sorted.Length - 1)], t);
            yield return new(sequence, At(0.1), At(0.25), At(0.5), At(0.75), At(0.9), At(0.95),
                blend is null ? null : new(Seconds.At(blend.OwnP10, t), Seconds.At(blend.OwnP50, t), Seconds.At(blend.OwnP90, t), blend.OwnShare, blend.Sources));
        }
    }

    /// <summary>Something was told about a lot.</summary>
    public void Forget(Lot lot) => _forecasts.Remove(lot.Id);

    /// <summary>Draws the arrivals of every supply that has none yet.</summary>
    /// <param name="drawn">Of the same futures: what is the same lot there is copied, for it would be drawn the same.</param>
    public void DrawAll(Snapshot world, Supplies? drawn = null)
    {
        int[] row = new int[policy.Samples];
        for (int s = supplies.Arrivals.Count; s < supplies.Count; s++)
        {
            int same = drawn is null || supplies[s]?.Lot is null ? -1 : drawn.Find(supplies.NameAt(s));
            supplies.Arrivals.Append(same >= 0 && drawn![same]!.Lot!.Equals(supplies[s]!.Lot) ? drawn.Arrivals[same] : Draw(world, s, row));
        }
    }

    /// <summary>Draws one supply's arrivals: stock is there, what is gone does not matter.</summary>
    public int[] Draw(Snapshot world, int supply, int[] row)
    {
        if (supplies[supply]?.Lot is { } lot) sampler.Fill(world, lot, row);
        else Array.Clear(row);
        return row;
    }
}
