using Homestretch.Learning;

namespace Homestretch.Arrivals.History;

/// <summary>How one stated quantile did.</summary>
public sealed record LevelScore(double Level, double Coverage, double Pinball);

/// <summary>How forecasts of delays did, every line counting once. NaN where a figure needs what did not occur.</summary>
/// <param name="Shipments">Lines that travelled together.</param>
/// <param name="LateShare">Share of lines that were late.</param>
/// <param name="AucByShipment">Area with lines of one shipment weighing one together: the mean of its lines' chances and whether most were late.</param>
/// <param name="MeanAbsolute">Days between P50 and truth.</param>
public sealed record DelayScores(int Lines, int Shipments, double LateShare, double Auc, double AucByShipment, double Brier, double MeanAbsolute, IReadOnlyList<LevelScore> Levels)
{
    /// <summary>Scores of lines whose truth is known.</summary>
    public static DelayScores Of(IReadOnlyList<(Delivery Delivery, StatedDelay Stated)> rows)
    {
        double[] truth = [.. rows.Select(static r => (double)r.Delivery.Delay!.Value)], score = [.. rows.Select(static r => r.Stated.Score)], chance = [.. rows.Select(static r => r.Stated.Late.Value)];
        bool[] late = [.. truth.Select(static d => d > 0)];
        var shipments = rows.GroupBy(static r => r.Delivery.Shipment.Length > 0 ? r.Delivery.Shipment : "line " + r.Delivery.Line, StringComparer.Ordinal)
            .Select(static g => (Score: g.Select(static r => r.Stated.Score).Average(), Late: g.Count(static r => r.Delivery.Delay > 0) * 2 > g.Count())).ToList();
        double[][] stated = [.. StatedDelay.Levels.Select((_, k) => rows.Select(r => (double)r.Stated.Days[k]).ToArray())];
        return new(rows.Count, shipments.Count, late.Count(static l => l) / (double)rows.Count, ForecastScores.Auc(score, late),
            ForecastScores.Auc([.. shipments.Select(static s => s.Score)], [.. shipments.Select(static s => s.Late)]), ForecastScores.Brier(chance, late), ForecastScores.MeanAbsolute(stated[0], truth),
            [.. StatedDelay.Levels.Select((l, k) => new LevelScore(l, ForecastScores.Coverage(stated[k], truth), ForecastScores.Pinball(l, stated[k], truth)))]);
    }
}
