using Homestretch.Learning;
using Homestretch.Machines.Health;

namespace Homestretch.Solvers.Lives;

/// <summary>The blend and the intervals, from errors on units that were held out.</summary>
internal static class LifeIntervals
{
    private const double Held = 0.9;

    /// <summary>Borders of the levels of expected life, as shares of the cap.</summary>
    private static readonly double[] s_borders = [0, 0.06, 0.12, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97, 1.0001];

    /// <summary>A level with fewer readings or units than this is joined with the next.</summary>
    private const int FewestReadings = 60, FewestUnits = 6;

    /// <summary>The networks' share, in steps of 0.05, with the least squared error.</summary>
    public static double NetworkShare(IReadOnlyList<HeldOut> held)
    {
        double best = 0, least = double.PositiveInfinity;
        for (int step = 0; step <= 20; step++)
        {
            double share = step / 20.0, sum = 0;
            foreach (HeldOut unit in held)
            {
                for (int r = 0; r < unit.Count; r++) sum += Math.Pow(unit.Expected(r, share) - unit.Truth[r], 2);
            }
            if (sum < least) (least, best) = (sum, share);
        }
        return best;
    }

    /// <summary>The spread to expect, and how far the truth then lies from what was expected in units of it.</summary>
    /// <param name="held">Units of at least two folds.</param>
    public static (Forest Spread, LifeErrors Errors) Fit(IReadOnlyList<HeldOut> held, double share, CancellationToken stop)
    {
        // the spread of each unit by a forest that had not seen it either, or errors would look small beside it
        int[] folds = [.. held.Select(static h => h.Fold).Distinct().Order()];
        var spreads = folds.ToDictionary(static f => f, f => Spread([.. held.Where(h => h.Fold != f)], share, stop));
        var points = new List<(double Expected, double Spread, double Truth, int Unit)>();
        float[] doubts = new float[LifeOpinions.Doubts];
        for (int u = 0; u < held.Count; u++)
        {
            for (int r = 0; r < held[u].Count; r++)
            {
                held[u].Doubt(r, share, doubts);
                points.Add((held[u].Expected(r, share), Math.Max(LifeModel.LeastSpread, spreads[held[u].Fold].Predict(doubts)), held[u].Truth[r], u));
            }
        }
        var (middles, quantiles) = (new List<double>(), new List<double>());
        double from = s_borders[0];
        for (int b = 1; b < s_borders.Length; b++)
        {
            (double Expected, double Spread, double Truth, int Unit)[] level = [.. points.Where(p => p.Expected >= from && p.Expected < s_borders[b])];
            bool last = b == s_borders.Length - 1;
            if (!last && (level.Length < FewestReadings || level.Select(static p => p.Unit).Distinct().Count() < FewestUnits)) continue;
            if (level.Length == 0) break;
            middles.Add(level.Average(static p => p.Expected));
            quantiles.AddRange(Level(level));
            from = s_borders[b];
        }
        return (Spread(held, share, stop), new([.. middles], [.. quantiles]));
    }

    private static Forest Spread(IReadOnlyList<HeldOut> held, double share, CancellationToken stop)
    {
        int every = Math.Max(1, held.Sum(static u => u.Count) / 10_000);
        var (values, labels) = (new List<float>(), new List<float>());
        float[] doubts = new float[LifeOpinions.Doubts];
        foreach (HeldOut unit in held)
        {
            for (int r = 0; r < unit.Count; r += every)
            {
                unit.Doubt(r, share, doubts);
                values.AddRange(doubts);
                labels.Add((float)Math.Abs(unit.Truth[r] - unit.Expected(r, share)));
            }
        }
        string text = Boosting.Train(new(LifeOpinions.DoubtNames, [.. values], [.. labels]), new(BoostingGoal.Mean, Trees: 80, Rate: 0.06, Leaves: 6, LeastRows: Math.Clamp(labels.Count / 30, 2, 200), RowShare: 0.5, FeatureShare: 0.6, L2: 10), stop);
        var (forest, findings) = LightGbmText.Read(text, new("spread"));
        return forest ?? throw new InvalidOperationException($"{findings[0]}\nMaybe the library is of another version.");
    }

    /// <summary>Quantiles of the standardised errors of one level, then the interval's lower end: above what the interval's upper end leaves
    /// out, so much is left out below that the rest is nine tenths. Where the upper end is the cap, nothing lies above it.</summary>
    private static IEnumerable<double> Level((double Expected, double Spread, double Truth, int Unit)[] level)
    {
        double[] errors = [.. level.Select(static p => (p.Truth - p.Expected) / p.Spread).Order()];
        double high = Quantile(errors, LifeLeft.Levels[^1]), above = level.Count(p => p.Truth > Math.Clamp(p.Expected + p.Spread * high, 0, 1)) / (double)level.Length;
        return [.. LifeLeft.Levels.Select(q => Quantile(errors, q)), Quantile(errors, Math.Max(0, 1 - Held - above))];
    }

    /// <summary>Linear between order statistics (Hyndman and Fan 1996, definition 7).</summary>
    private static double Quantile(double[] sorted, double q)
    {
        double at = q * (sorted.Length - 1);
        int below = (int)at;
        return below + 1 < sorted.Length ? sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]) : sorted[^1];
    }
}
