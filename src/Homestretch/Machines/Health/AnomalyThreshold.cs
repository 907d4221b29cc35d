namespace Homestretch.Machines.Health;

/// <summary>The score that a healthy machine exceeds at most at a given rate. Excursions above a border, the 95 % quantile of scores, are counted once each at their peak; how far peaks go beyond it is taken
/// as exponential. Memory does not grow.</summary>
/// <param name="risk">Alarms a reading.</param>
/// <param name="calm">Readings below the border that end an excursion.</param>
/// <param name="slow">Readings that the border reaches back.</param>
/// <remarks>Peaks over threshold, declustered by runs, tail index 0 (Pickands 1975; Smith 1989): with r excursions a reading and mean excess m, peaks exceed u + y at the rate r exp(-y / m), which is the
/// risk at y = m ln(r / risk). Excesses are held to three times their mean. Until excursions have been seen it is as if three of excess 1 had been. Border: up by 0.95 steps when a score is above it, down by 0.05 when below
/// (Robbins and Monro 1951). Example: r = 0.01, m = 2, risk = 0.0001: u + 9.21.</remarks>
internal sealed class AnomalyThreshold(double risk, int calm, int slow)
{
    private const double Level = 0.95, LeastBorder = 0.1, MostExcess = 3;
    private double _excess = 3, _excursions = 3, _peak;
    private long _seen;
    private int _below;

    /// <summary>Scores above it are an excursion.</summary>
    public double Border { get; private set; } = 1;

    public double Value => Border + _excess / _excursions * Math.Log(Math.Max(1, _excursions / Math.Max(_seen, 10 * calm) / risk));

    public void Learn(double score)
    {
        _seen++;
        double step = Math.Max(0.5 / _seen, 1.0 / slow) * Math.Max(1, Border);
        Border = Math.Max(LeastBorder, Border + (score > Border ? step * Level : -step * (1 - Level)));
        if (score > Border)
        {
            (_peak, _below) = (Math.Max(_peak, score - Border), 0);
        }
        else if (_peak > 0 && ++_below >= calm)
        {
            (_excess, _excursions, _peak) = (_excess + Math.Min(_peak, MostExcess * _excess / _excursions), _excursions + 1, 0);
        }
    }

    /// <summary>An excursion became an alarm: it is no example of health.</summary>
    public void Drop() => (_peak, _below) = (0, 0);
}
