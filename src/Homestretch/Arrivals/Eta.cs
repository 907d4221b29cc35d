using NodaTime;

namespace Homestretch.Arrivals;

/// <summary>An outside estimate of when a step ends, with how wrong this source has been at this distance.</summary>
/// <param name="ErrorDays">Standard deviation of estimate minus actual, days, from the scoreboard; above 0.</param>
/// <param name="BiasDays">Mean of estimate minus actual, days: negative for a source that promises too early.</param>
public sealed record Eta(string Source, Instant Reported, Instant Estimated, double ErrorDays, double BiasDays = 0);

/// <summary>How much one source had to say in a blend.</summary>
public sealed record EtaShare(string Source, Share Share);

/// <summary>What went into one step's blend.</summary>
/// <param name="OwnP10">Our own forecast of the step's end before the blend, seconds after t.</param>
/// <param name="OwnShare">Its weight over the weight of all.</param>
/// <param name="Sources">By source; the latest word of each.</param>
public sealed record EtaBlended(int OwnP10, int OwnP50, int OwnP90, Share OwnShare, IReadOnlyList<EtaShare> Sources);

/// <summary>Blends outside estimates into a forecast by the inverse of their measured variances.</summary>
/// <remarks>Forecast centre m (median) and spread s (half the distance from P16 to P84); estimates e_i, corrected for
/// bias, with errors v_i: w = 1/s^2 + sum 1/v_i^2, m' = (m/s^2 + sum e_i/v_i^2)/w, s' = 1/sqrt(w), and each sample moves
/// to m' + (y - m) s'/s, so a sample keeps its rank and common random numbers stay common. Only the latest word of each
/// source counts. Errors of different sources are taken as independent: two that copy each other make it too sure.
/// Example: forecast 10 +- 3 days, one ETA of 16 +- 3: 13 +- 2.12.</remarks>
internal static class EtaBlend
{
    /// <summary>Draws a step's own ends, given that they lie after a second.</summary>
    internal delegate void Redraw(Span<int> samples, int beyond);

    /// <summary>Moves the samples, seconds after t.</summary>
    /// <param name="unfinished">Second at which the step was last known unfinished: what the blend puts before it did not happen, and the
    /// rest is spread over all samples, rank by rank.</param>
    /// <param name="redraw">How to draw the step given that it outlasts more: then nothing is spread, which would leave a long overdue step with the few samples that reach so far. Null: no way.</param>
    /// <returns>What went into the blend; null when there was nothing to blend.</returns>
    internal static EtaBlended? Shift(Span<int> samples, Instant t, IReadOnlyList<Eta> etas, int unfinished = 0, Redraw? redraw = null)
    {
        int[] sorted = samples.ToArray(), ranked = Ranked(samples);
        Array.Sort(sorted);
        double centre = AtRank(sorted, 0.5), spread = (AtRank(sorted, 0.8413) - AtRank(sorted, 0.1587)) / 2;
        if (spread < 1)                         // the step's end is known to the second: nothing to blend
        {
            foreach (ref int sample in samples) sample = Math.Max(sample, unfinished);
            return null;
        }
        double weight = 1 / (spread * spread), moment = centre * weight;
        var shares = new List<(string Source, double Weight)>(etas.Count);
        foreach (var eta in etas.GroupBy(e => e.Source, StringComparer.Ordinal).Select(g => g.MaxBy(e => e.Reported)!)
            .OrderBy(e => e.Source, StringComparer.Ordinal))
        {
            double error = eta.ErrorDays * Horizon.SecondsPerDay, own = 1 / (error * error);
            weight += own;
            shares.Add((eta.Source, own));
            moment += own * ((eta.Estimated - t).TotalSeconds - eta.BiasDays * Horizon.SecondsPerDay);
        }
        double shrink = 1 / (Math.Sqrt(weight) * spread), to = moment / weight;
        double beyond = centre + (unfinished - to) / shrink;        // where the blend puts the second at which it is known unfinished
        if (beyond > sorted[0]) redraw?.Invoke(samples, (int)Math.Clamp(Math.Ceiling(beyond), -Horizon.Far, Horizon.Far));
        foreach (ref int sample in samples)
            sample = (int)Math.Round(Math.Clamp(to + (sample - centre) * shrink, redraw is null ? -Horizon.Far : unfinished, Horizon.Far));
        if (redraw is null) Survive(samples, ranked, unfinished);
        return new((int)AtRank(sorted, 0.1), (int)centre, (int)AtRank(sorted, 0.9), new(1 / (spread * spread) / weight), [.. shares.Select(s => new EtaShare(s.Source, new(s.Weight / weight)))]);
    }

    private static void Survive(Span<int> samples, int[] ranked, int unfinished)
    {
        int[] blended = new int[ranked.Length];
        for (int r = 0; r < ranked.Length; r++) blended[r] = samples[ranked[r]];
        int gone = 0;
        while (gone < blended.Length && blended[gone] < unfinished) gone++;
        if (gone == 0) return;
        for (int r = 0; r < ranked.Length; r++)
            samples[ranked[r]] = gone == blended.Length ? unfinished : blended[gone + (int)((long)r * (blended.Length - gone) / blended.Length)];
    }

    /// <summary>Samples by rank, before blending: afterwards two may round to the same second.</summary>
    internal static int[] Ranked(ReadOnlySpan<int> samples)
    {
        long[] keys = new long[samples.Length];
        for (int s = 0; s < keys.Length; s++) keys[s] = ((long)samples[s] << 32) + s;
        Array.Sort(keys);
        return Array.ConvertAll(keys, static k => (int)(k & int.MaxValue));
    }

    private static double AtRank(int[] sorted, double p) => sorted[Math.Clamp((int)Math.Ceiling(p * sorted.Length) - 1, 0, sorted.Length - 1)];
}
