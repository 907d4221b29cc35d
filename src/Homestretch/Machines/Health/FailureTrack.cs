using System.Collections.Immutable;

namespace Homestretch.Machines.Health;

/// <summary>What is known of one machine now from its errors, maintenance, failures and sensors, line by line, in memory that does not grow.
/// Nothing that comes later changes what it says now.</summary>
/// <remarks>An error counts exp(-h / 24) and exp(-h / 168) after h hours; a sensor has exponential means of 12, 72 and 720 hours and a deviation of 720 hours, by time and not by readings.</remarks>
public sealed class FailureTrack
{
    private const double Day = 24, Week = 168, Soon = 12, Days = 72, Month = 720, Never = 2160;
    private readonly LogNames _names;
    private readonly double[] _daily, _weekly, _lastError, _serviced, _soon, _days, _month, _spread, _seen;
    private double _failed = double.NaN, _began = double.NaN;

    public FailureTrack(LogNames names)
    {
        _names = names;
        (_daily, _weekly, _lastError) = (new double[names.Errors.Length], new double[names.Errors.Length], Filled(names.Errors.Length));
        _serviced = Filled(names.Parts.Length);
        (_soon, _days, _month, _spread, _seen) = (new double[names.Sensors.Length], new double[names.Sensors.Length], new double[names.Sensors.Length], new double[names.Sensors.Length], Filled(names.Sensors.Length));

        static double[] Filled(int count) => [.. Enumerable.Repeat(double.NaN, count)];
    }

    /// <summary>Hours of the last line; NaN before the first.</summary>
    public double Now { get; private set; } = double.NaN;

    /// <summary>Names of the features, in their order.</summary>
    public static ImmutableArray<string> Features(LogNames names) =>
    [
        "hours_since_failure",
        .. Enumerable.Range(0, names.Errors.Length).SelectMany(static i => new[] { $"error{i}_day", $"error{i}_week", $"error{i}_since" }),
        .. Enumerable.Range(0, names.Parts.Length).Select(static i => $"part{i}_since"),
        .. Enumerable.Range(0, names.Sensors.Length).SelectMany(static i => new[] { $"sensor{i}_soon", $"sensor{i}_days", $"sensor{i}_off_soon", $"sensor{i}_off_days" }),
    ];

    /// <summary>Takes one line; names that the model does not know are passed over.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The line is older than the last one.</exception>
    public void Add(in LogLine line)
    {
        if (line.Hours < Now) throw new ArgumentOutOfRangeException(nameof(line), line.Hours, $"The last line was at {Now} hours.\nMaybe the lines are not in order of time.");
        if (double.IsNaN(_began)) _began = line.Hours;
        Now = line.Hours;
        switch (line.Kind)
        {
            case LogKind.Sensor when Index(_names.Sensors, line.Name) is >= 0 and var s && float.IsFinite(line.Value): Read(s, line.Value); break;
            case LogKind.Error when Index(_names.Errors, line.Name) is >= 0 and var e: Count(e); break;
            case LogKind.Maintenance when Index(_names.Parts, line.Name) is >= 0 and var p: _serviced[p] = Now; break;
            case LogKind.Failure: _failed = Now; break;
            default: break;
        }
    }

    /// <summary>Writes the features at a moment not before the last line.</summary>
    internal void Write(double now, Span<float> row)
    {
        int at = 0;
        row[at++] = Since(_failed);
        for (int e = 0; e < _daily.Length; e++)
        {
            double gone = double.IsNaN(_lastError[e]) ? 0 : now - _lastError[e];
            row[at++] = (float)(_daily[e] * Math.Exp(-gone / Day));
            row[at++] = (float)(_weekly[e] * Math.Exp(-gone / Week));
            row[at++] = Since(_lastError[e]);
        }
        foreach (double serviced in _serviced) row[at++] = Since(serviced);
        for (int s = 0; s < _soon.Length; s++)
        {
            bool known = !double.IsNaN(_seen[s]);
            double spread = Math.Sqrt(Math.Max(_spread[s], 1e-12));
            row[at++] = known ? (float)_soon[s] : float.NaN;
            row[at++] = known ? (float)_days[s] : float.NaN;
            row[at++] = known ? (float)((_soon[s] - _month[s]) / spread) : float.NaN;
            row[at++] = known ? (float)((_days[s] - _month[s]) / spread) : float.NaN;
        }

        float Since(double then) => (float)Math.Min(Never, double.IsNaN(then) ? now - _began + Week : now - then);
    }

    private void Count(int error)
    {
        double gone = double.IsNaN(_lastError[error]) ? 0 : Now - _lastError[error];
        (_daily[error], _weekly[error], _lastError[error]) = (1 + _daily[error] * Math.Exp(-gone / Day), 1 + _weekly[error] * Math.Exp(-gone / Week), Now);
    }

    private void Read(int sensor, double value)
    {
        if (double.IsNaN(_seen[sensor]))
        {
            (_soon[sensor], _days[sensor], _month[sensor], _seen[sensor]) = (value, value, value, Now);
            return;
        }
        double gone = Now - _seen[sensor], young = Math.Max(1, Now - _began), month = Math.Min(Month, young);
        _soon[sensor] += (1 - Math.Exp(-gone / Soon)) * (value - _soon[sensor]);
        _days[sensor] += (1 - Math.Exp(-gone / Days)) * (value - _days[sensor]);
        double off = value - _month[sensor], share = 1 - Math.Exp(-gone / month);
        _month[sensor] += share * off;
        _spread[sensor] += share * (off * off - _spread[sensor]);
        _seen[sensor] = Now;
    }

    private static int Index(ImmutableArray<string> names, string name) => names.AsSpan().BinarySearch(name, StringComparer.Ordinal);
}
