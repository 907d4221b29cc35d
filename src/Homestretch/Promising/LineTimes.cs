using Homestretch.Promising.Kernel;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>Lays a line's weekly shifts, closures and overtime out from the epoch on.</summary>
internal static class LineTimes
{
    /// <summary>Open time of a line from t to the policy's horizon. Shift times are local to the line's site: a day with a
    /// clock change is as long as it is. A calendar without shifts is always open.</summary>
    public static LineCalendar Of(Snapshot world, AssemblyLine line, Instant t, PlanPolicy policy) => Of(world, line.Calendar, line.Site, t, policy.Horizon);

    /// <summary>Time in which a plant does not work, seconds after t, ascending: outside the shifts of the calendar that bears its site's code, and on that calendar's closures. None where there is no such
    /// calendar: it works around the clock.</summary>
    public static IEnumerable<(int From, int To)> Closed(Snapshot world, Key<Site> plant, Instant t, Duration horizon)
    {
        LineCalendar calendar = Of(world, plant.Value, plant, t, horizon);
        if (calendar.IsAlwaysOpen) yield break;
        int end = 0;
        foreach (var (opens, closes) in calendar.Intervals)
        {
            if (opens > end) yield return (end, opens);
            end = closes;
        }
    }

    /// <summary>The same for the calendar of that name.</summary>
    public static LineCalendar Of(Snapshot world, string name, Key<Site> site, Instant t, Duration horizon)
    {
        var shifts = world.Shifts.StartingWith($"{name}|").ToLookup(static s => s.Weekday);
        var overtime = world.Overtime.StartingWith($"{name}|").ToLookup(static o => o.Day);
        if (shifts.Count == 0) return LineCalendar.AlwaysOpen;
        HashSet<LocalDate> closed = [.. world.Closures.StartingWith($"{name}|").Select(static c => c.Day)];
        DateTimeZone zone = DateTimeZoneProviders.Tzdb[world.Sites[site].TimeZone];
        LocalDate last = (t + horizon).InZone(zone).Date;
        List<int> opens = [], closes = [];
        for (LocalDate day = t.InZone(zone).Date.PlusDays(-1); day <= last; day = day.PlusDays(1))
        {
            IEnumerable<(LocalTime Opens, LocalTime Closes)> open = overtime[day].Select(static o => (o.Opens, o.Closes));
            if (!closed.Contains(day)) open = open.Concat(shifts[day.DayOfWeek].Select(static s => (s.Opens, s.Closes)));
            foreach (var (begins, ends) in open.OrderBy(static s => s.Opens).ThenBy(static s => s.Closes))
            {
                LocalDateTime opening = day + begins;
                LocalDateTime closing = (ends > begins ? day : day.PlusDays(1)) + ends;
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
