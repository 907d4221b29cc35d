using Homestretch.Promising.Kernel;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>Open time of a line that a unit was worked on in one go, working seconds after the line's first moment.</summary>
/// <param name="Step">Step that was over at its end; empty: the unit was.</param>
internal readonly record struct WorkedStretch(int From, int To, string Step);

/// <summary>The open time of one line in which its units were worked on.</summary>
internal sealed class WorkedTime(Snapshot world, AssemblyLine line, Instant first, Instant t)
{
    private readonly LineCalendar _calendar = LineTimes.Of(world, line.Calendar, line.Site, first, t - first + Duration.FromDays(1));

    /// <summary>The stretches between a unit's recorded moments, in order, rests cut out.</summary>
    public IReadOnlyList<WorkedStretch> Of(TimedUnit unit, IEnumerable<FloorOperation> rests)
    {
        var stretches = new List<WorkedStretch>();
        (int From, int To)[] rested = [.. Rested(rests)];
        int from = At(unit.Begun);
        foreach (var (step, done) in unit.Steps.OrderBy(static s => s.Done).Append(("", unit.Done)))
        {
            int to = At(done);
            foreach (var rest in rested.Where(r => r.To > from && r.From < to))
            {
                if (rest.From > from) stretches.Add(new(from, rest.From, step));
                from = Math.Min(to, Math.Max(from, rest.To));
            }
            if (to > from) stretches.Add(new(from, to, step));
            from = Math.Max(from, to);
        }
        return stretches;
    }

    /// <summary>Seconds of the line by step for each unit: where several are in work, each has its part.</summary>
    public static IEnumerable<(TimedUnit Unit, IReadOnlyDictionary<string, double> Seconds)> Shared(IReadOnlyList<(TimedUnit Unit, IReadOnlyList<WorkedStretch> Stretches)> timed)
    {
        var seconds = timed.Select(static _ => new SortedDictionary<string, double>(StringComparer.Ordinal)).ToArray();
        var ends = timed.SelectMany(static (u, i) => u.Stretches.SelectMany(s => new[] { (At: s.From, Begins: true, Unit: i, s.Step), (At: s.To, Begins: false, Unit: i, s.Step) })).OrderBy(static e => e.At).ThenBy(static e => e.Begins).ThenBy(static e => e.Unit).ToArray();
        var atWork = new SortedDictionary<int, string>();
        int now = 0;
        foreach (var (at, begins, unit, step) in ends)
        {
            foreach (var (other, doing) in atWork) seconds[other][doing] = seconds[other].GetValueOrDefault(doing) + (at - now) / (double)atWork.Count;
            now = at;
            if (begins) atWork[unit] = step; else atWork.Remove(unit);
        }
        return timed.Select((u, i) => (u.Unit, (IReadOnlyDictionary<string, double>)seconds[i]));
    }

    /// <summary>From each rest's begin to where work went on; one that nobody ended says nothing.</summary>
    private IEnumerable<(int From, int To)> Rested(IEnumerable<FloorOperation> rests)
    {
        Instant? since = null;
        foreach (FloorOperation rest in rests.OrderBy(static r => r.Happened))
        {
            if (rest.Act == FloorAct.Pause) since ??= rest.Happened;
            else if (since is { } from)
            {
                if (At(rest.Happened) > At(from)) yield return (At(from), At(rest.Happened));
                since = null;
            }
        }
    }

    private int At(Instant at) => _calendar.ToWork(Math.Max(0, Seconds.Of(at, first)));
}
