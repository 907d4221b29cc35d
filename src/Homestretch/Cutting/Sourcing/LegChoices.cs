using Homestretch.Cutting.Kernel;

namespace Homestretch.Cutting.Sourcing;

/// <summary>What the way along a link costs and takes, for each option before it and each behind it; a cost per unit without end where there is no way.</summary>
internal sealed class LegChoices(int before, int behind)
{
    public double[,] PerUnit { get; } = new double[before, behind];
    public double[,] Rate { get; } = new double[before, behind];

    /// <summary>Days that stock covers, and those on the way in the mean: they differ where several sources are joined.</summary>
    public double[,] Days { get; } = new double[before, behind];
    public double[,] MeanDays { get; } = new double[before, behind];

    /// <summary>Kilograms of CO2 for one unit; what is not known counts as none.</summary>
    public double[,] Co2 { get; } = new double[before, behind];

    public double MostDays => Days.Cast<double>().Max();

    public int[,] InTicks(Ticks ticks)
    {
        int[,] lags = new int[before, behind];
        for (int x = 0; x < before; x++)
            for (int y = 0; y < behind; y++) lags[x, y] = ticks.Of(Days[x, y]);
        return lags;
    }

    /// <summary>0 where there is a way, infinite where there is none.</summary>
    public double[,] Costs()
    {
        double[,] costs = new double[before, behind];
        for (int x = 0; x < before; x++)
            for (int y = 0; y < behind; y++) costs[x, y] = double.IsInfinity(PerUnit[x, y]) ? double.PositiveInfinity : 0;
        return costs;
    }

    /// <summary>The ways between options, of which each source must reach each.</summary>
    /// <param name="leg">The way between two sources; null: none.</param>
    public static LegChoices Of(StageOption[] before, StageOption[] behind, Func<Source, Source, Leg?> leg)
    {
        var choices = new LegChoices(before.Length, behind.Length);
        for (int x = 0; x < before.Length; x++)
            for (int y = 0; y < behind.Length; y++)
                foreach (var (from, share) in before[x].Parts)
                    foreach (var (to, part) in behind[y].Parts)
                    {
                        if (leg(from, to) is not { } way) { choices.PerUnit[x, y] = double.PositiveInfinity; continue; }
                        choices.PerUnit[x, y] += share * part * way.PerUnit;
                        choices.Rate[x, y] += share * part * way.Rate;
                        choices.MeanDays[x, y] += share * part * way.Days;
                        choices.Co2[x, y] += share * part * (way.Co2 ?? 0);
                        choices.Days[x, y] = Math.Max(choices.Days[x, y], way.Days);
                    }
        return choices;
    }
}
