using Homestretch.Promising.Kernel;

namespace Homestretch.Simulating;

/// <summary>A build that waits for its turn on a line. Seconds after the start of the simulation.</summary>
/// <param name="Ready">When its kit is truly whole.</param>
/// <param name="Work">Open time of the line that it takes.</param>
internal readonly record struct WaitingBuild(string Build, int PlannedStart, int Ready, int Work, bool Confirmed);

/// <summary>One assembly line at work, under the overtaking rule that the plan's kernel runs its samples by (the remarks of LineRun).
/// The rule looks at nothing that is not known at the time, so a real line can follow it.</summary>
internal sealed class LinePlay(LineCalendar calendar, int window, int freeFrom)
{
    private LineCalendar _calendar = calendar;
    private int _window = window;
    private long _free = calendar.ToWork(freeFrom);

    /// <summary>The line works by other hours from now on; what is past of them is as it was.</summary>
    public void Reopen(LineCalendar hours, int overtaking) =>
        (_calendar, _window, _free) = (hours, overtaking, hours.ToWork(_calendar.EndToCalendar((int)Math.Min(_free, _calendar.Horizon))));

    /// <summary>Begins builds up to a second; what is not begun by then is looked at again when more is known.</summary>
    /// <param name="sequence">By planned start.</param>
    /// <returns>Builds begun, with the calendar seconds at which they begin and end.</returns>
    public List<(WaitingBuild Build, int Begin, int End)> Play(IEnumerable<WaitingBuild> sequence, int until)
    {
        var begun = new List<(WaitingBuild, int, int)>();
        List<WaitingBuild> undone = [.. sequence];
        long stop = _calendar.ToWork(until), now = _free;
        while (undone.Count > 0 && now < stop)
        {
            int holder = undone.FindIndex(b => Planned(b) + _window >= now), chosen = -1;
            long soonest = long.MaxValue;
            bool confirmed = false;
            for (int i = 0; i < undone.Count && chosen < 0; i++)
            {
                WaitingBuild b = undone[i];
                bool candidate = (_window > 0 || i == 0) && (holder < 0 || i < holder || Planned(b) <= Planned(undone[holder]) + _window) && !(b.Confirmed && confirmed);
                confirmed |= b.Confirmed;
                if (!candidate) continue;
                soonest = Math.Min(soonest, _calendar.ToWork(b.Ready));
                if (_calendar.ToWork(b.Ready) <= now) chosen = i;
            }
            if (chosen < 0)
            {
                now = _window == 0 || holder < 0 ? soonest : Math.Min(soonest, Planned(undone[holder]) + _window + 1);
                continue;
            }
            WaitingBuild next = undone[chosen];
            int begin = _calendar.StartToCalendar((int)now);
            now = _free = now + next.Work;
            begun.Add((next, begin, _calendar.EndToCalendar((int)Math.Min(_free, _calendar.Horizon))));
            undone.RemoveAt(chosen);
        }
        _free = Math.Max(_free, stop);
        return begun;
    }

    private long Planned(WaitingBuild b) => _calendar.ToWork(b.PlannedStart);
}
