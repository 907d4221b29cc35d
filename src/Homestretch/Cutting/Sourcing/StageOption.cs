namespace Homestretch.Cutting.Sourcing;

/// <summary>One source of a stage, or two with the shares of its units that they do.</summary>
/// <param name="Second">Null: the first does all.</param>
/// <param name="Share">Share of the first, 0 to 1.</param>
/// <param name="Holds">Whether safety stock may wait there; otherwise every unit is passed on as soon as it is done.</param>
internal sealed record StageOption(Source First, Source? Second = null, double Share = 1, bool Holds = true)
{
    public string Name => Second is null ? First.Name : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{100 * Share:0.#} % {First.Name} + {100 * (1 - Share):0.#} % {Second.Name}");
    public double Cost => Mean(First.Cost, Second?.Cost);

    /// <summary>Days that stock covers: those of the slower.</summary>
    public double Days => Math.Max(First.Days, Second?.Days ?? 0);
    public double MeanDays => Mean(First.Days, Second?.Days);
    public double DaysSpread => Math.Max(First.DaysSpread, Second?.DaysSpread ?? 0);
    public double OneOff => First.OneOff + (Second?.OneOff ?? 0);

    private double Mean(double first, double? second) => second is { } other ? Share * first + (1 - Share) * other : first;

    /// <summary>The sources with their shares.</summary>
    public IEnumerable<(Source Source, double Share)> Parts => Second is null ? [(First, 1)] : [(First, Share), (Second, 1 - Share)];

    /// <summary>What a stage of so many units a day can choose of its sources. Of two sources one has as much as it may: what they cost goes evenly with the share.</summary>
    public static IEnumerable<StageOption> Of(IReadOnlyList<Source> sources, double perDay, SourceRule? rule)
    {
        if (rule is { FirstShare: { } share } && sources is [var one, var other])
        {
            if (May(one, share) && May(other, 1 - share)) yield return new(one, other, share);
            yield break;
        }
        foreach (Source s in sources)
            if (Fits(s, perDay)) yield return new(s);
        if (rule is not { MostSources: > 1 }) yield break;
        for (int a = 0; a < sources.Count; a++)
            for (int b = a + 1; b < sources.Count; b++)
            {
                var (leastA, mostA) = Shares(sources[a], perDay, rule.LeastShare);
                var (leastB, mostB) = Shares(sources[b], perDay, rule.LeastShare);
                double low = Math.Max(leastA, 1 - mostB), high = Math.Min(mostA, 1 - leastB);
                if (!(low <= high)) continue;
                yield return new(sources[a], sources[b], high);
                if (high - low > 1e-9) yield return new(sources[a], sources[b], low);
            }

        // a share that was chosen by the same figures is at its edge
        bool May(Source s, double share) => share * perDay <= (s.MostPerDay ?? double.PositiveInfinity) * (1 + 1e-9) && share * perDay >= s.LeastPerDay * (1 - 1e-9);
    }

    private static bool Fits(Source s, double perDay) => perDay <= (s.MostPerDay ?? double.PositiveInfinity) && perDay >= s.LeastPerDay;

    private static (double Least, double Most) Shares(Source s, double perDay, double least) =>
        perDay > 0 ? (Math.Max(least, s.LeastPerDay / perDay), Math.Min(1 - least, (s.MostPerDay ?? double.PositiveInfinity) / perDay)) : (least, 1 - least);
}
