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
    /// <param name="threads">Most to use; -1 for as many as there are.</param>
    public void DrawAll(Snapshot world, Supplies? drawn = null, int threads = -1)
    {
        int first = supplies.Arrivals.AppendRows(supplies.Count - supplies.Arrivals.Count);
        int[] none = new int[policy.Samples];
        var lots = new List<int>();
        for (int s = first; s < supplies.Count; s++)
        {
            int same = drawn is null || supplies[s]?.Lot is null ? -1 : drawn.Find(supplies.NameAt(s));
            if (supplies[s]?.Lot is not { } lot) supplies.Arrivals.Set(s, none);
            else if (same >= 0 && drawn![same]!.Lot!.Equals(lot)) supplies.Arrivals.Set(s, drawn.Arrivals[same]);
            else lots.Add(s);
        }
        Drawn(world, lots, (s, row) => supplies.Arrivals.Set(s, row), threads);
    }

    /// <summary>Draws some supplies again; what came out otherwise than it was drawn, in their order.</summary>
    /// <param name="again">Indices; those without arrivals yet come out always.</param>
    public IEnumerable<(int Supply, int[] Row)> DrawAgain(Snapshot world, IReadOnlyList<int> again)
    {
        int[]?[] rows = new int[]?[supplies.Count];
        foreach (int s in again)
            if (supplies[s]?.Lot is null) rows[s] = new int[policy.Samples];
        Drawn(world, [.. again.Where(s => rows[s] is null)], (s, row) => rows[s] = s < supplies.Arrivals.Count && supplies.Arrivals[s].SequenceEqual(row) ? null : row[..], -1);
        return again.Where(s => rows[s] is not null).Select(s => (s, rows[s]!));
    }

    private void Drawn(Snapshot world, List<int> lots, Action<int, int[]> keep, int threads)
    {
        Shelf<LotSampler> samplers = sampler.Together(world, lots.Select(s => supplies[s]!.Lot!));
        var pens = new Shelf<Pen>(() => new(samplers.Rent(), new int[policy.Samples]));
        Many.Each(lots.Count, pens, (pen, k) =>
        {
            pen.Sampler.Fill(world, supplies[lots[k]]!.Lot!, pen.Row);
            keep(lots[k], pen.Row);
        }, threads);
    }

    private sealed record Pen(LotSampler Sampler, int[] Row);
}
