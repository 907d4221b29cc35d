using NodaTime;

namespace Homestretch.Server.Twins;

/// <summary>The last values of one metric, bounded; grows only as far as it is used.</summary>
internal sealed class Ring
{
    private const int Most = 512;
    private (Instant At, double Value)[] _points = new (Instant, double)[8];
    private int _next, _count;

    /// <summary>The oldest value kept when older ones have been overwritten; null while all are here.</summary>
    public Instant? CutAt => _count == Most ? _points[_next].At : null;

    public void Add(Instant at, double value)
    {
        if (_count == _points.Length && _count < Most) Array.Resize(ref _points, Math.Min(Most, _count * 2));
        if (_next == _points.Length) _next = 0;
        _points[_next] = (at, value);
        _next++;
        if (_count < Most) _count++;
        if (_count == Most && _next == Most) _next = 0;
    }

    /// <summary>Oldest first.</summary>
    public IEnumerable<(Instant At, double Value)> Points()
    {
        for (int i = 0; i < _count; i++) yield return _points[_count < Most ? i : (_next + i) % Most];
    }
}
