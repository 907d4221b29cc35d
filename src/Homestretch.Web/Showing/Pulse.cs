using Homestretch.Web.Window;
using NodaTime;

namespace Homestretch.Web.Showing;

/// <summary>The window's changes for one circuit, at most ten a second: the first of a burst is passed on at once, the
/// rest as one note at its end. A person may hold it back: what moves under their eyes is theirs to stop (WCAG 2.2.2).</summary>
internal sealed class Pulse : IDisposable
{
    private static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(100);
    private readonly IWindow _window;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private LiveNote? _held;
    private bool _resting, _paused;

    public Pulse(IWindow window, TimeProvider time)
    {
        (_window, _timer) = (window, time.CreateTimer(_ => Rested(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        _window.Changed += Hear;
    }

    /// <summary>Raised on a thread of its own: a page may be drawn on it, and whoever tells of a change does not wait for pages.</summary>
    public event Action<LiveNote>? Beat;

    /// <summary>While true, nothing is passed on; what was held back is passed on at once when it ends.</summary>
    public bool Paused
    {
        get { lock (_gate) return _paused; }
        set
        {
            lock (_gate)
            {
                if (_paused == value) return;
                _paused = value;
                if (value || _held is null || _resting) return;
                _resting = true;
                _timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>One look at the world though it is held back: what a person told must show.</summary>
    public void Look()
    {
        if (Paused) ThreadPool.QueueUserWorkItem(static pulse => pulse.Beat?.Invoke(new(0, [], [], [], null)), this, preferLocal: false);
    }

    public void Dispose()
    {
        _window.Changed -= Hear;
        _timer.Dispose();
    }

    private void Hear(LiveNote note)
    {
        lock (_gate)
        {
            if (_resting || _paused)
            {
                _held = _held is null ? note : Joined(_held, note);
                return;
            }
            _resting = true;
            _timer.Change(s_rest, Timeout.InfiniteTimeSpan);
        }
        ThreadPool.QueueUserWorkItem(static s => s.Pulse.Beat?.Invoke(s.Note), (Pulse: this, Note: note), preferLocal: false);
    }

    private void Rested()
    {
        LiveNote? note;
        lock (_gate)
        {
            note = _paused ? null : _held;
            if (!_paused) _held = null;
            _resting = note is not null;
            if (_resting) _timer.Change(s_rest, Timeout.InfiniteTimeSpan);
        }
        if (note is not null) Beat?.Invoke(note);
    }

    internal static LiveNote Joined(LiveNote a, LiveNote b) => new(Math.Max(a.Version, b.Version),
        [.. a.OrderLines.Union(b.OrderLines)], [.. a.Lots.Union(b.Lots)], [.. a.Machines.Union(b.Machines)],
        Longer(a.SinceCause, b.SinceCause));

    private static Duration? Longer(Duration? a, Duration? b) => a is null ? b : b is null ? a : Duration.Max(a.Value, b.Value);
}
