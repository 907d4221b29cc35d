using NodaTime;

namespace Homestretch.Cli.Demo.Playing;

/// <summary>The demonstration's clock: simulated time as a function of real time, with a speed that can change and a pause.</summary>
internal sealed class Pace(Instant start, double speed, TimeProvider real)
{
    private Instant _anchor = start;
    private long _since = real.GetTimestamp();
    private double _speed = speed;
    private bool _paused;

    /// <summary>Simulated seconds to one real second; 0 while paused.</summary>
    public double TimesReal => _paused ? 0 : _speed;

    public Instant Now => _anchor + Duration.FromSeconds(real.GetElapsedTime(_since).TotalSeconds * TimesReal);

    public void Pause() => Change(_speed, true);
    public void Resume() => Change(_speed, false);
    public void SetSpeed(double speed) => Change(speed, _paused);

    private void Change(double speed, bool paused)
    {
        (_anchor, _since) = (Now, real.GetTimestamp());
        (_speed, _paused) = (speed, paused);
    }
}
