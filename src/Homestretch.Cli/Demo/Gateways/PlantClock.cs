using NodaTime;

namespace Homestretch.Cli.Demo.Gateways;

/// <summary>The clock on the wall of a simulated plant: it shows the simulated present. What it measures spans with is the real counter.</summary>
internal sealed class PlantClock(Instant now) : TimeProvider
{
    private readonly Lock _gate = new();
    private (Instant At, long Since, double TimesReal) _shows = (now, System.GetTimestamp(), 1);

    public void Set(Instant now, double timesReal)
    {
        lock (_gate) _shows = (now, GetTimestamp(), timesReal);
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return (_shows.At + Duration.FromTimeSpan(GetElapsedTime(_shows.Since)) * _shows.TimesReal).ToDateTimeOffset();
    }
}
