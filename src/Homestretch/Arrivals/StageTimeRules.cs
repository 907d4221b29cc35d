namespace Homestretch.Arrivals;

/// <summary>What must hold of a <see cref="StageTime"/>, as findings; the sampler trusts what passed.</summary>
public static class StageTimeRules
{
    /// <summary>Longest time a step may state, days.</summary>
    public const double LongestDays = 5000;

    /// <summary>Everything wrong with <paramref name="time"/>; empty when it can be used.</summary>
    public static IReadOnlyList<Finding> Check(StageTime time, Place place)
    {
        var findings = new List<Finding>();
        Check(time, place, findings);
        return findings;
    }

    private static void Check(StageTime time, Place place, List<Finding> findings)
    {
        void Must(bool holds, string rule, string what, string cure)
        {
            if (!holds) findings.Add(new Finding(place, rule, what, cure));
        }
        void Days(double days, string name, double least = 0) =>
            Must(days >= least && days <= LongestDays, "days-in-range", $"{name} is {days} days.", $"Give {least} to {LongestDays} days.");
        void Tail(double scale, double index)
        {
            Must(scale >= 0 && double.IsFinite(scale), "tail-scale", $"The tail's scale is {scale} days.", "Give 0 or more.");
            Must(index > 1 && double.IsFinite(index), "tail-index", $"The tail index is {index}.", "Give more than 1: at 1 the mean lateness is infinite.");
        }
        switch (time)
        {
            case StageTime.Constant x:
                Days(x.Days, "The time");
                break;
            case StageTime.Even x:
                Days(x.From, "The shortest time");
                Days(x.To, "The longest time");
                Must(x.To > x.From, "ends-after-begin", $"{x.From} to {x.To} days is empty or reversed.", "Swap the two, or state a constant.");
                break;
            case StageTime.Lognormal x:
                Days(x.P50, "P50", 1e-6);
                Days(x.P90, "P90");
                Must(x.P90 > x.P50, "p90-above-p50", $"P90 {x.P90} is not above P50 {x.P50}.", "Swap them, or give the same value twice for a constant.");
                break;
            case StageTime.Frail x:
                Check(x.Kind, place, findings);
                break;
            case StageTime.OnTimeElseLate x:
                Days(x.Days, "The time");
                Must(x.OnTime is >= 0 and < 1, "on-time-share", $"The share on time is {x.OnTime}.", "Give 0 or more and below 1; below 0.9 where a P90 above the median is stated.");
                Must(x.Scale > 0, "tail-scale", $"The tail's scale is {x.Scale} days.", "Give more than 0, or state a constant. A P90 above the median needs a share on time below 0.9.");
                Tail(x.Scale, x.TailIndex);
                break;
            case StageTime.Shifted x:
                Days(x.Minimum, "The minimum", -LongestDays);
                Check(x.Rest, place, findings);
                break;
            case StageTime.Table x:
                Must(x.Levels.Count >= 1 && x.Levels.Count == x.Values.Count, "table-shape",
                    $"{x.Levels.Count} levels and {x.Values.Count} values.", "Give one value a level, and at least one.");
                for (int i = 0; i < Math.Min(x.Levels.Count, x.Values.Count); i++)
                {
                    Must(x.Levels[i] is >= 0 and < 1 && (i == 0 || x.Levels[i] > x.Levels[i - 1]), "levels-rise",
                        $"Level {i + 1} is {x.Levels[i]}.", "Levels rise within 0 and 1 (exclusive).");
                    Days(x.Values[i], $"Value {i + 1}", -LongestDays);
                    Must(i == 0 || !(x.Values[i] < x.Values[i - 1]), "values-never-fall", $"Value {i + 1} is {x.Values[i]} after {x.Values[Math.Max(0, i - 1)]}.", "Sort the values.");
                }
                Tail(x.TailScale, x.TailIndex);
                break;
        }
    }
}
