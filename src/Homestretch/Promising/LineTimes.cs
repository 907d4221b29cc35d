using Homestretch.Promising.Kernel;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>Lays a line's weekly shifts and closures out from the epoch on.</summary>
internal static class LineTimes
{
    /// <summary>Open time of a line from t to the policy's horizon. Shift times are local to the line's site: a day with a
    /// clock change is as long as it is. A calendar without shifts is always open.</summary>
    public static LineCalendar Of(Snapshot world, AssemblyLine line, Instant t, PlanPolicy policy)
    {
        var shifts = world.Shifts.StartingWith($"{line.Calendar}|").ToLookup(static s => s.Weekday);
        if (shifts.Count == 0) return LineCalendar.AlwaysOpen;
        HashSet<LocalDate> closed = [.. world.Closures.StartingWith($"{line.Calendar}|").Select(static c => c.Day)];
        DateTimeZone zone = DateTimeZoneProviders.Tzdb[world.Sites[line.Site].TimeZone];
        LocalDate last = (t + policy.Horizon).InZone(zone).Date;
        List<int> opens = [], closes = [];
        for (LocalDate day = t.InZone(zone).Date.PlusDays(-1); day <= last; day = day.PlusDays(1))
        {
            if (closed.Contains(day)) continue;
            foreach (Shift shift in shifts[day.DayOfWeek].OrderBy(static s => s.Opens))
            {
                LocalDateTime opening = day + shift.Opens;
                LocalDateTime closing = (shift.Closes > shift.Opens ? day : day.PlusDays(1)) + shift.Closes;
                int from = Math.Max(0, Seconds.Of(opening.InZoneLeniently(zone).ToInstant(), t));
                int to = Seconds.Of(closing.InZoneLeniently(zone).ToInstant(), t);
                if (closes.Count > 0 && from <= closes[^1])
                    closes[^1] = Math.Max(closes[^1], to);
                else if (to > from)
                {
                    opens.Add(from);
                    closes.Add(to);
                }
            }
        }
        return opens.Count == 0 ? LineCalendar.AlwaysOpen : new LineCalendar([.. opens], [.. closes]);
    }
}
