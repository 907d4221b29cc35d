using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Situations.Moves;

/// <summary>The line works beyond its shifts on the days before the builds that are hurt.</summary>
internal static class WorkingLonger
{
    private const int Hours = 4, MostDays = 14;
    private static readonly int[] s_days = [1, 3, 5];
    private static readonly LocalTime s_latest = new(24 - Hours, 0);

    public static IEnumerable<Move> Of(Setting at)
    {
        foreach (AssemblyLine line in at.Hurt.Select(l => at.Plan.Of(l.OrderLine)?.AsDated?.Build.Line).OfType<Key<AssemblyLine>>().Distinct().Select(l => at.Plan.World.AssemblyLines[l]).Take(2))
            foreach (int days in s_days) yield return plan => Longer(at, plan, line, days);
    }

    private static Remedy? Longer(Setting at, Plan plan, AssemblyLine line, int days)
    {
        Snapshot world = plan.World;
        DateTimeZone zone = DateTimeZoneProviders.Tzdb[world.Sites[line.Site].TimeZone];
        Instant[] starts = [.. at.Hurt.Select(l => plan.Of(l.OrderLine)?.AsDated).OfType<Forecast.Dated>().Where(d => d.Build.Line == line.Key).Select(static d => d.Build.Start)];
        if (starts.Length == 0) return null;
        LocalDate first = at.Soonest.InZone(zone).Date, last = LocalDate.Min(first.PlusDays(MostDays), starts.Max().InZone(zone).Date);
        var over = new List<Overtime>();
        for (LocalDate day = last; day >= first && over.Count < days; day = day.PlusDays(-1))
        {
            if (world.Closures.Contains($"{line.Calendar}|{day:uuuu'-'MM'-'dd}") || world.Overtime.StartingWith($"{line.Calendar}|{day:uuuu'-'MM'-'dd}|").Any()) continue;
            Shift? shift = world.Shifts.StartingWith($"{line.Calendar}|").Where(s => s.Weekday == day.DayOfWeek).OrderBy(static s => s.Closes).LastOrDefault();
            if (shift is null || shift.Closes <= shift.Opens || shift.Closes > s_latest) continue;     // it works through the night already
            over.Add(new(line.Calendar, day, shift.Closes, shift.Closes.PlusHours(Hours), line.Party, "to keep promises"));
        }
        if (over.Count < days) return null;
        LocalDateTime begins = over[^1].Day + over[^1].Opens;
        Instant act = begins.InZoneLeniently(zone).ToInstant();
        if (act < at.Soonest) return null;
        return new(RemedyKind.Overtime, $"Work {Hours} hours longer on {line.Name} on {(days == 1 ? at.Day(act) : $"{days} days from {at.Day(act)}")}", [.. over.Select(static o => new WorldEvent.Put(o))],
            [new("overtime", line.OvertimePerHour is { } rate ? rate * (Hours * days) : null)], act,
            [new(TaskKind.LineChange, line.Party, $"assembly_lines:{line.Key}", $"Staff {line.Name} for {Hours} hours longer on {days} {(days == 1 ? "day" : "days")} from {at.Day(act)}", act - at.Watch.Notice)]);
    }
}
