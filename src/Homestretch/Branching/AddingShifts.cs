using Homestretch.Situations;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Branching;

/// <summary>Another shift on one assembly line. Lines that share its calendar keep their hours: it gets a calendar of its own.</summary>
internal static class AddingShifts
{
    /// <summary>How far the cost of a shift without an end is counted.</summary>
    private static readonly Duration s_counted = Duration.FromDays(7 * BranchFigures.Weeks);

    /// <summary>Overtime is laid out no further than this.</summary>
    private const int MostDays = 500;

    public static (IReadOnlyList<WorldEvent> Events, IReadOnlyList<Cost> Costs) Of(Snapshot world, Instant t, Assumption.ShiftAdded added, string name)
    {
        AssemblyLine line = world.AssemblyLines[added.Line];
        DateTimeZone zone = DateTimeZoneProviders.Tzdb[world.Sites[line.Site].TimeZone];
        Shift[] shifts = [.. world.Shifts.StartingWith($"{line.Calendar}|")];
        if (shifts.Length == 0) return ([], []);      // it is never closed
        var events = new List<WorldEvent>();
        string calendar = line.Calendar;
        if (world.AssemblyLines.Any(l => l.Key != line.Key && l.Calendar == calendar) || world.Sites.Contains(calendar))
        {
            calendar = $"{line.Calendar}+{line.Key}";
            events.Add(new WorldEvent.Put(line with { Calendar = calendar }));
            events.AddRange(shifts.Select(s => new WorldEvent.Put(s with { Calendar = calendar })));
            events.AddRange(world.Closures.StartingWith($"{line.Calendar}|").Select(c => new WorldEvent.Put(c with { Calendar = calendar })));
            events.AddRange(world.Overtime.StartingWith($"{line.Calendar}|").Select(o => new WorldEvent.Put(o with { Calendar = calendar })));
        }
        HashSet<IsoDayOfWeek> weekdays = [.. shifts.Select(static s => s.Weekday)];
        HashSet<LocalDate> closed = [.. world.Closures.StartingWith($"{line.Calendar}|").Select(static c => c.Day)];
        bool always = added.When.IsOpen;
        LocalDate first = added.When.Begins(t).InZone(zone).Date, end = (added.When.Ends(t) ?? t + s_counted).InZone(zone).Date;
        int days = 0;
        for (LocalDate day = first; day < end && NodaTime.Period.DaysBetween(first, day) < MostDays; day = day.PlusDays(1))
        {
            if (!weekdays.Contains(day.DayOfWeek) || closed.Contains(day)) continue;
            days++;
            if (!always) events.Add(new WorldEvent.Put(new Overtime(calendar, day, added.Opens, added.Closes, line.Party, name)));
        }
        if (always) events.AddRange(weekdays.Order().Select(d => new WorldEvent.Put(new Shift(calendar, d, added.Opens, added.Closes, line.Party))));
        decimal hours = (decimal)Length(added.Opens, added.Closes).TotalHours * days;
        string until = always ? $" in {BranchFigures.Weeks} weeks" : "";
        return (events, [new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{hours:0.#} hours more on {line.Key}{until}"), line.OvertimePerHour is { } rate ? rate * hours : null)]);
    }

    private static Duration Length(LocalTime opens, LocalTime closes) => Duration.FromTicks((closes.TickOfDay - opens.TickOfDay + NodaConstants.TicksPerDay - 1) % NodaConstants.TicksPerDay + 1);
}
