using NodaTime;

namespace Homestretch.Cli.Demo.Gateways;

/// <summary>The clock on the wall of a simulated plant: it shows the simulated present. What it measures spans with is the real counter.</summary>
internal sealed class PlantClock(Instant now) : TimeProvider
{
    private readonly Lock _gate = new();
    private Instant _now = now;

    public void Set(Instant now)
    {
        lock (_gate) _now = now;
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now.ToDateTimeOffset();
    }
}
