namespace Homestretch.Machines.Health;

/// <summary>How a watch is set. The defaults are for a reading every five to ten minutes.</summary>
/// <param name="Risk">Alarms a healthy machine may give, a reading: see <see cref="RiskOf"/>.</param>
/// <param name="Learning">Readings in which it only learns.</param>
/// <param name="Slow">Readings that its idea of normal reaches back.</param>
/// <param name="Fast">Readings that a judgement reaches back.</param>
/// <param name="Calm">Quiet readings that end an alarm.</param>
public sealed record AnomalyOptions(double Risk = 1.0 / 8640, int Learning = 300, int Slow = 4000, int Fast = 36, int Calm = 36)
{
    /// <summary>The risk of so many false alarms in a month of 30 days, with a reading every so many seconds.</summary>
    public static double RiskOf(double alarmsPerMonth, double secondsPerReading) => Math.Clamp(alarmsPerMonth * secondsPerReading / (30 * 86400.0), 1e-9, 0.1);
}

/// <summary>Where a watch stands.</summary>
public enum AnomalyState
{
    /// <summary>It does not know yet what is normal.</summary>
    Learning,
    Normal,
    Alarm,
}

/// <summary>What a watch says of one reading.</summary>
/// <param name="Score">Deviations from normal of the sensor that is farthest off; NaN while learning and when all sensors are unknown.</param>
/// <param name="Threshold">The score that begins an alarm; NaN while learning.</param>
/// <param name="Sensor">Index of the sensor farthest off; -1 while learning and when all are unknown.</param>
/// <param name="Begins">An alarm begins with this reading.</param>
public readonly record struct AnomalySaid(AnomalyState State, double Score, double Threshold, int Sensor, bool Begins);

/// <summary>Watches a machine of whose failures nothing is known: learns reading by reading what is normal for it and says when it leaves that. Memory does not grow
/// with time: five numbers a sensor.</summary>
/// <remarks>Each sensor: a fast exponential mean against a slow one, and a reading against the fast mean, each in units of its own slow standard deviation; what is learned is held to four of
/// them, so that the odd does not become normal at once. The score is the largest. A young watch asks for more: threshold (1 + 2 sqrt(Fast / readings)). Readings under alarm teach nothing; an
/// alarm that lasts as long as what is slow is the new normal.</remarks>
public sealed class AnomalyWatch
{
    private const double Young = 2, StillOff = 0.6;
    private readonly AnomalyOptions _options;
    private readonly SensorNormal[] _sensors;
    private readonly AnomalyThreshold _threshold;
    private int _quiet, _alarmed;
    private long _count;

    /// <param name="sensors">How many sensors the machine has.</param>
    public AnomalyWatch(int sensors, AnomalyOptions options) => (_options, _sensors, _threshold) = (options, new SensorNormal[sensors], new(options.Risk, options.Calm, options.Slow));

    public AnomalyState State { get; private set; }

    /// <summary>Takes one reading.</summary>
    /// <param name="sensors">One value a sensor; NaN where unknown, which says nothing of that sensor.</param>
    public AnomalySaid Take(ReadOnlySpan<float> sensors)
    {
        (double score, int sensor) = (double.NaN, -1);
        for (int i = 0; i < _sensors.Length; i++)
        {
            if (!float.IsFinite(sensors[i])) continue;
            double off = _sensors[i].Take(sensors[i], _options, State != AnomalyState.Alarm);
            if (!(off <= score)) (score, sensor) = (off, i);
        }
        _count++;
        if (State == AnomalyState.Learning)
        {
            // half of the time for what is normal, the other half for how far normal goes
            if (!double.IsNaN(score) && _count > _options.Learning / 2) _threshold.Learn(score);
            if (_count < _options.Learning) return new(State, double.NaN, double.NaN, -1, false);
            State = AnomalyState.Normal;
        }
        double threshold = _threshold.Value * (1 + Young * Math.Sqrt(_options.Fast / (double)_count));
        bool begins = State == AnomalyState.Normal && score > threshold;
        if (begins) Begin();
        else if (State == AnomalyState.Alarm) GoOn(score, threshold);
        else if (!double.IsNaN(score)) _threshold.Learn(score);
        return new(State, score, threshold, sensor, begins);
    }

    private void Begin()
    {
        (State, _quiet, _alarmed) = (AnomalyState.Alarm, 0, 0);
        _threshold.Drop();
    }

    private void GoOn(double score, double threshold)
    {
        _alarmed++;
        _quiet = score > Math.Max(_threshold.Border, StillOff * threshold) ? 0 : _quiet + 1;
        if (_quiet >= _options.Calm) State = AnomalyState.Normal;
        else if (_alarmed >= _options.Slow)
        {
            foreach (ref SensorNormal sensor in _sensors.AsSpan()) sensor.Renew();
            State = AnomalyState.Normal;
        }
    }
}
