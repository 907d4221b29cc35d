namespace Homestretch.Cli.Demo.Playing;

/// <summary>Remaining running hours as an edge states them.</summary>
/// <param name="P10Hours">Hours it survives nine times in ten; never above <paramref name="P50Hours"/>.</param>
internal sealed record RemainingLife(double P10Hours, double P50Hours);

/// <summary>The simulated edges' simple health model: a straight line through the last days of the wearing feature, carried on to
/// the level at which such parts fail. Until the rise stands out from the noise it says what such parts usually have left.</summary>
/// <remarks>Least squares of y on t over the window; slope b with standard error s_b; remaining = (limit - y_now) / b, P10 with
/// slope b + 1.2816 s_b. The line counts when b is above 3 s_b.</remarks>
internal sealed class LifeEstimate(WearKind kind)
{
    private const double WindowHours = 48, EveryHours = 0.5;
    private readonly List<(double Hours, double Value)> _window = [];

    public RemainingLife? Remaining { get; private set; }

    /// <summary>Takes one reading, at ascending running hours.</summary>
    public void Take(double hours, Features read)
    {
        if (Wear.TypicalLife(kind) is not { } typical) return;
        if (_window.Count > 0 && hours - _window[^1].Hours < EveryHours) return;
        _window.Add((hours, kind == WearKind.CoolantPump ? read.TemperatureC : read.VibrationMmS));
        _window.RemoveAll(w => w.Hours < hours - WindowHours);
        Remaining = (_window.Count < 24 ? null : Judge()) ?? new(Math.Max(0, typical.P10Hours - hours), Math.Max(0, typical.P50Hours - hours));
    }

    /// <summary>Level at which the part is expected to fail: coolant at 57 degrees, bearing at 6 mm/s.</summary>
    private double Limit => kind == WearKind.CoolantPump ? 57 : 6;

    private RemainingLife? Judge()
    {
        double t = _window.Average(static w => w.Hours), y = _window.Average(static w => w.Value);
        double tt = _window.Sum(w => (w.Hours - t) * (w.Hours - t)), b = _window.Sum(w => (w.Hours - t) * (w.Value - y)) / tt;
        double left = _window.Sum(w => Math.Pow(w.Value - y - b * (w.Hours - t), 2)), error = Math.Sqrt(left / (_window.Count - 2) / tt);
        double now = y + b * (_window[^1].Hours - t);
        if (b <= 3 * error) return null;
        double gap = Math.Max(0, Limit - now);
        return new(gap / (b + Normal.Z90 * error), gap / b);
    }
}
