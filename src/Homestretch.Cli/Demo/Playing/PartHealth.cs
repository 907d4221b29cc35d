using Homestretch.Machines.Health;

namespace Homestretch.Cli.Demo.Playing;

/// <summary>Remaining running hours as an edge states them.</summary>
/// <param name="P10Hours">Hours it survives nine times in ten; never above <paramref name="P50Hours"/>.</param>
internal sealed record RemainingLife(double P10Hours, double P50Hours);

/// <summary>What an edge makes of its machine's wearing part: a reading each running hour since the part was new, judged by the shipped model. It sees what the sensors read and nothing
/// else; machines without such a part are said nothing of.</summary>
internal sealed class PartHealth
{
    /// <summary>Less than this is not told.</summary>
    private const double Least = 0.5;

    private readonly Func<double, Features> _sensors;
    private readonly LifeModel? _model;
    private readonly HealthTrack? _track;
    private readonly double _before;
    private double _next;

    /// <param name="sensors">What the sensors read after so many running hours since the start of the demonstration.</param>
    public PartHealth(WearKind kind, Func<double, Features> sensors)
    {
        (_sensors, _model, _before) = (sensors, PartModels.Of(kind)?.Model, Wear.HoursBefore(kind));
        (_track, _next) = (_model?.Track(), Math.Ceiling(1 - _before));
    }

    public RemainingLife? Remaining { get; private set; }

    /// <summary>Takes the readings of the hours up to now.</summary>
    public void Take(double hours)
    {
        if (_track is null) return;
        bool news = false;
        Span<float> reading = stackalloc float[3];
        for (; _next <= hours; _next++, news = true)
        {
            Features read = _sensors(_next);
            (reading[0], reading[1], reading[2]) = ((float)read.VibrationMmS, (float)read.TemperatureC, (float)read.CurrentA);
            _track.Add(_next + _before, reading);
        }
        if (!news || _model!.Judge(_track) is not { } left) return;
        double p50 = Math.Max(Least, left.P50);
        Remaining = new(Math.Clamp(left.P10, Least, p50), p50);
    }
}
