using Homestretch.Web.Window;
using NodaTime;

namespace Homestretch.Web.Showing;

/// <summary>The window's changes for one circuit, at most ten a second: the first of a burst is passed on at once, the
/// rest as one note at its end.</summary>
internal sealed class Pulse : IDisposable
{
    private static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(100);
    private readonly IWindow _window;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private LiveNote? _held;
    private bool _resting;

    public Pulse(IWindow window, TimeProvider time)
    {
        (_window, _timer) = (window, time.CreateTimer(_ => Rested(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        _window.Changed += Hear;
    }

    /// <summary>Raised on a thread of its own: a page may be drawn on it, and whoever tells of a change does not wait for pages.</summary>
    public event Action<LiveNote>? Beat;

    public void Dispose()
    {
        _window.Changed -= Hear;
        _timer.Dispose();
    }

    private void Hear(LiveNote note)
    {
        lock (_gate)
        {
            if (_resting)
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
            (note, _held) = (_held, null);
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
