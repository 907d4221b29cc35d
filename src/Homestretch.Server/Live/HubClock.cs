using NodaTime;

namespace Homestretch.Server.Live;

/// <summary>The hub's clock: real time, or in the demo a world that runs faster. The only reader of the wall clock beside the
/// composition root.</summary>
public sealed class HubClock(TimeProvider time)
{
    private readonly Lock _gate = new();
    private Instant? _base;
    private long _anchor;

    /// <summary>Seconds of the world per real second; 1 outside the demo.</summary>
    public double Speed { get; private set; } = 1;

    /// <summary>Real time, for secrets that expire.</summary>
    public Instant Real => Instant.FromDateTimeOffset(time.GetUtcNow());

    public Instant Now
    {
        get
        {
            lock (_gate)
            {
                return _base is { } origin ? origin + Duration.FromSeconds(time.GetElapsedTime(_anchor).TotalSeconds * Speed)
                    : Instant.FromDateTimeOffset(time.GetUtcNow());
            }
        }
    }

    /// <summary>Sets the clock to an instant and lets it run from there.</summary>
    public void Run(Instant from, double speed)
    {
        lock (_gate)
        {
            (_base, _anchor, Speed) = (from, time.GetTimestamp(), speed);
        }
    }
}
