namespace Homestretch.Machines.Health;

/// <summary>One machine's recent past, reading by reading, in memory that does not grow: sums from which windows of several lengths,
/// trends and the drift from the machine's own early life are read at once. Nothing that comes later changes what it says now.</summary>
/// <remarks>The last <see cref="Kept"/> running sums of each channel are kept, so that the mean of any window is one difference.</remarks>
public sealed class HealthTrack
{
    /// <summary>Readings that make a machine's early life.</summary>
    public const int Early = 15;

    /// <summary>Readings that windows can reach back.</summary>
    internal const int Kept = 64;

    private readonly OperatingConditions _conditions;
    private readonly WearDirections _directions;
    private readonly int _channels;
    private readonly double[] _sums, _early, _smooth;
    private readonly float[] _now;
    private int _unknown;

    /// <summary>A machine that has said nothing yet.</summary>
    public HealthTrack(OperatingConditions conditions, WearDirections directions)
    {
        (_conditions, _directions, _channels) = (conditions, directions, conditions.Sensors.Length + directions.Count);
        (_sums, _early, _smooth) = (new double[Kept * _channels], new double[_channels], new double[_channels]);
        _now = new float[_channels];
        _now.AsSpan(0, conditions.Sensors.Length).Fill(float.NaN);
    }

    /// <summary>Readings taken.</summary>
    public int Count { get; private set; }

    /// <summary>Age at the last reading, cycles or running hours; 0 before the first.</summary>
    public double Age { get; private set; }

    /// <summary>False while nothing can be said: fewer than five readings, or a sensor that never read anything.</summary>
    public bool Known => Count >= 5 && _unknown == 0;

    /// <summary>Channels: the used sensors, then the directions of wear.</summary>
    internal int Channels => _channels;

    internal int Directions => _directions.Count;

    /// <summary>Takes one reading. A sensor that is unknown keeps the value it read last; one that never read anything is no part of any sum.</summary>
    /// <param name="age">Cycles or running hours, above the last one.</param>
    /// <param name="reading">Settings, then sensors.</param>
    /// <exception cref="ArgumentOutOfRangeException">The age did not rise.</exception>
    public void Add(double age, ReadOnlySpan<float> reading)
    {
        if (Count > 0 && !(age > Age)) throw new ArgumentOutOfRangeException(nameof(age), age, $"The last reading was at age {Age}.\nMaybe the part was renewed: begin a new track.");
        int sensors = _conditions.Sensors.Length;
        Span<float> now = stackalloc float[sensors];
        _conditions.Normalise(reading, now);
        _unknown = 0;
        for (int i = 0; i < sensors; i++)
        {
            // beyond ten deviations a sensor is broken more often than the machine
            if (float.IsFinite(now[i])) _now[i] = Math.Clamp(now[i], -10, 10);
            if (float.IsNaN(_now[i])) _unknown++;
            now[i] = float.IsNaN(_now[i]) ? 0 : _now[i];
        }
        _directions.Project(now, _now.AsSpan(sensors));
        int slot = Count % Kept * _channels, last = (Count + Kept - 1) % Kept * _channels;
        for (int c = 0; c < _channels; c++)
        {
            double value = c < sensors ? now[c] : _now[c];
            _sums[slot + c] = (Count == 0 ? 0 : _sums[last + c]) + value;
            if (Count < Early) _early[c] += value;
            _smooth[c] = Count == 0 ? value : _smooth[c] + 0.1 * (value - _smooth[c]);
        }
        Count++;
        Age = age;
    }

    /// <summary>Mean of the first <see cref="Early"/> readings, or of those there are.</summary>
    internal double Base(int channel) => _early[channel] / Math.Min(Count, Early);

    /// <summary>Exponentially weighted mean, a tenth for each new reading.</summary>
    internal double Smooth(int channel) => _smooth[channel];

    /// <summary>Mean of <paramref name="length"/> readings that end <paramref name="back"/> readings ago; of those there are when the machine is
    /// younger. With none left: the mean of the oldest reading that is kept.</summary>
    internal double Mean(int channel, int back, int length)
    {
        int end = Math.Max(Count - back, 1), begin = Math.Max(Math.Max(end - length, 0), Count - Kept + 1);
        if (begin == 0) return Sum(end, channel) / end;
        if (end <= begin) end = begin + 1;
        return (Sum(end, channel) - Sum(begin, channel)) / (end - begin);
    }

    /// <summary>Sum of the first <paramref name="count"/> readings; 0 of none.</summary>
    private double Sum(int count, int channel) => count == 0 ? 0 : _sums[(count - 1) % Kept * _channels + channel];
}
