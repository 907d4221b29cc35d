using Homestretch.World;
using NodaTime;

namespace Homestretch.Machines;

/// <summary>The shifts of a plant in its own time zone: which one an instant lies in. A shift over midnight belongs, whole, to the day on which it began.</summary>
/// <param name="shifts">Of the plant; none: three a day, from 06:00, 14:00 and 22:00.</param>
public sealed class ShiftClock(IReadOnlyList<Shift> shifts, DateTimeZone zone)
{
    private static readonly (LocalTime From, LocalTime To)[] s_three = [(new(6, 0), new(14, 0)), (new(14, 0), new(22, 0)), (new(22, 0), new(6, 0))];

    /// <summary>The shifts that a supplier keeps for a site: those of the calendar that bears the site's code, else all of its own.</summary>
    public static ShiftClock Of(Snapshot world, Key<Party> party, Key<Site> site, DateTimeZone zone)
    {
        Shift[] named = [.. world.Shifts.StartingWith($"{site}|")];
        return new(named.Length > 0 ? named : [.. world.Shifts.Where(s => s.Party == party)], zone);
    }

    /// <summary>Begin of the shift that an instant lies in; of time between shifts the end of the one before.</summary>
    public Instant BeginOf(Instant at)
    {
        LocalDate today = at.InZone(zone).Date;
        Instant before = today.AtStartOfDayInZone(zone).ToInstant();
        // what began yesterday may still run
        foreach (LocalDate day in (LocalDate[])[today.PlusDays(-1), today])
        {
            foreach (var (from, to) in On(day))
            {
                Instant begin = At(day, from), end = At(to > from ? day : day.PlusDays(1), to);
                if (begin <= at && at < end) return begin;
                if (end <= at && end > before) before = end;
            }
        }
        return before;
    }

    /// <summary>The day that an instant counts for: that on which its shift began.</summary>
    public LocalDate DayOf(Instant at) => BeginOf(at).InZone(zone).Date;

    private IEnumerable<(LocalTime From, LocalTime To)> On(LocalDate day) => shifts.Count == 0 ? s_three
        : shifts.Where(s => s.Weekday == day.DayOfWeek).OrderBy(static s => s.Opens).Select(static s => (s.Opens, s.Closes));

    private Instant At(LocalDate day, LocalTime time) => zone.AtLeniently(day.At(time)).ToInstant();
}
