using System.Globalization;
using Homestretch.Disk;
using Homestretch.Edge.Forward;
using NodaTime;

namespace Homestretch.Edge;

/// <summary>The edge's time: the hub's, as far as it is known. It runs by the monotonic counter, so a step of the wall clock while the edge runs changes
/// nothing; the offset to the hub's clock outlives a restart, so a wall clock that begins wrong is put right before the hub is heard again.</summary>
internal sealed class EdgeClock
{
    private static readonly Duration s_worthIt = Duration.FromMilliseconds(200);
    private readonly TimeProvider _time;
    private readonly string _file;
    private readonly Lock _gate = new();
    private readonly Instant _wall;
    private readonly long _began;
    private Instant _at;
    private long _anchor;

    public EdgeClock(TimeProvider time, string folder)
    {
        (_time, _file) = (time, Path.Combine(folder, "clock-offset"));
        (_anchor, _wall) = (time.GetTimestamp(), Instant.FromDateTimeOffset(time.GetUtcNow()));
        (_began, _at) = (_anchor, _wall);
        if (!File.Exists(_file) || !double.TryParse(File.ReadAllText(_file), NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) || !double.IsFinite(seconds) || Math.Abs(seconds) >= 1e10) return;
        _at = _wall + Duration.FromSeconds(seconds);
        Offset = seconds;
    }

    /// <summary>Hub's clock less our wall clock as it was when we began, seconds; null: never compared.</summary>
    public double? Offset { get; private set; }

    /// <summary>Seconds of the hub's clock to one of ours; other than 1 only where a demonstration runs fast.</summary>
    public double Speed { get; private set; } = 1;

    /// <summary>The hub's time as we have it.</summary>
    public Instant Now
    {
        get
        {
            lock (_gate) return _at + Duration.FromTimeSpan(_time.GetElapsedTime(_anchor)) * Speed;
        }
    }

    /// <summary>The hub said its time in an exchange that took so long. Small differences are the road's, not the clock's.</summary>
    /// <returns>By how much our clock was behind, when that was more than a second.</returns>
    public Duration? Hear(Instant hub, double speed, TimeSpan took)
    {
        double offset;
        Duration? behind;
        lock (_gate)
        {
            Duration road = Duration.FromTimeSpan(took) / 2 * speed;
            Instant told = hub + road;
            Duration wrong = told - Now, size = wrong < Duration.Zero ? -wrong : wrong;
            if (Offset is not null && Speed == speed && size <= Duration.Max(s_worthIt * speed, road)) return null;
            (_at, _anchor, Speed) = (told, _time.GetTimestamp(), speed);
            // where a demonstration runs fast, so does the clock on its wall
            Offset = (told - (speed == 1 ? _wall + Duration.FromTimeSpan(_time.GetElapsedTime(_began)) : Instant.FromDateTimeOffset(_time.GetUtcNow()))).TotalSeconds;
            (offset, behind) = (Offset.Value, speed == 1 && size > Duration.FromSeconds(1) ? wrong : null);
        }
        // not under the lock: everything asks for the time, and a disk may be slow
        if (speed == 1) Durable.Replace(_file, System.Text.Encoding.UTF8.GetBytes(offset.ToString("R", CultureInfo.InvariantCulture)));
        return behind;
    }
}
