namespace Homestretch.Learning;

/// <summary>How good forecasts were, once the truth is known. Sums run in the order given; weights are all 1 where none are given.</summary>
/// <remarks>Examples: docs/forecasting.md.</remarks>
public static class ForecastScores
{
    /// <summary>Area under the ROC curve: the chance that a row that came true was given a higher score than one that did not, ties half
    /// (Hanley and McNeil 1982). NaN when only one kind came.</summary>
    public static double Auc(ReadOnlySpan<double> scores, ReadOnlySpan<bool> came)
    {
        Same(scores.Length, came.Length);
        int[] order = new int[scores.Length];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        double[] keys = scores.ToArray();
        Array.Sort(keys, order);
        double below = 0, won = 0, yes = 0;
        for (int i = 0; i < keys.Length;)
        {
            int end = i, no = 0, tied = 0;
            for (; end < keys.Length && keys[end] == keys[i]; end++) (no, tied) = came[order[end]] ? (no, tied + 1) : (no + 1, tied);
            (won, below, yes, i) = (won + tied * (below + no / 2.0), below + no, yes + tied, end);
        }
        return yes > 0 && below > 0 ? won / (yes * below) : double.NaN;
    }

    /// <summary>Mean squared distance of chances from what came (Brier 1950). NaN without rows.</summary>
    public static double Brier(ReadOnlySpan<double> chances, ReadOnlySpan<bool> came)
    {
        Same(chances.Length, came.Length);
        double sum = 0;
        for (int i = 0; i < chances.Length; i++) sum += (chances[i] - (came[i] ? 1 : 0)) * (chances[i] - (came[i] ? 1 : 0));
        return sum / chances.Length;
    }

    /// <summary>Pinball loss of one stated quantile (Koenker and Bassett 1978): what it costs that truth lies above at the level, below at its rest.</summary>
    public static double Pinball(double level, double stated, double truth) => truth > stated ? level * (truth - stated) : (1 - level) * (stated - truth);

    /// <summary>Mean pinball loss. NaN without rows.</summary>
    public static double Pinball(double level, ReadOnlySpan<double> stated, ReadOnlySpan<double> truth)
    {
        Same(stated.Length, truth.Length);
        double sum = 0;
        for (int i = 0; i < stated.Length; i++) sum += Pinball(level, stated[i], truth[i]);
        return sum / stated.Length;
    }

    /// <summary>Share of truths not above what was stated. NaN without rows.</summary>
    public static double Coverage(ReadOnlySpan<double> stated, ReadOnlySpan<double> truth)
    {
        Same(stated.Length, truth.Length);
        int covered = 0;
        for (int i = 0; i < stated.Length; i++) covered += truth[i] <= stated[i] ? 1 : 0;
        return covered / (double)stated.Length;
    }

    /// <summary>Mean distance of stated from true values. NaN without rows.</summary>
    public static double MeanAbsolute(ReadOnlySpan<double> stated, ReadOnlySpan<double> truth)
    {
        Same(stated.Length, truth.Length);
        double sum = 0;
        for (int i = 0; i < stated.Length; i++) sum += Math.Abs(stated[i] - truth[i]);
        return sum / stated.Length;
    }

    private static void Same(int a, int b)
    {
        if (a != b) throw new ArgumentException($"{a} forecasts and {b} truths.", nameof(b));
    }
}
