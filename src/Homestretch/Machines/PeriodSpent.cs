using NodaTime;

namespace Homestretch.Machines;

/// <summary>How a machine spent a stretch of time, what it made in it, and its effectiveness.</summary>
/// <param name="Begin">Begin of the stretch; it ends where the next one begins.</param>
/// <param name="Spent">The hours added up; the time of hours that nobody knows of is no data. Its hour is the begin.</param>
public readonly record struct PeriodSpent(Instant Begin, HourSpent Spent, Oee Oee)
{
    /// <summary>The days of a zone over [from, to), ascending, from the first hour that is known on; a clock hour belongs to the day in which it begins.</summary>
    /// <param name="hours">Ascending, each once.</param>
    /// <param name="idealPiecesPerHour">Rate of the machine at its best, above 0; otherwise performance is unknown.</param>
    public static IReadOnlyList<PeriodSpent> Days(IReadOnlyList<HourSpent> hours, DateTimeZone zone, Instant from, Instant to, double idealPiecesPerHour) =>
        Of(hours, at => at.InZone(zone).Date.AtStartOfDayInZone(zone).ToInstant(), from, to, idealPiecesPerHour);

    /// <summary>The shifts of a plant over [from, to), ascending, from the first hour that is known on; a clock hour belongs to the shift in which it begins, and a shift over midnight to
    /// the night it began.</summary>
    /// <inheritdoc cref="Days"/>
    public static IReadOnlyList<PeriodSpent> Shifts(IReadOnlyList<HourSpent> hours, ShiftClock shifts, Instant from, Instant to, double idealPiecesPerHour) => Of(hours, shifts.BeginOf, from, to, idealPiecesPerHour);

    /// <summary>The clock hours over [from, to), ascending, from the first that is known on.</summary>
    /// <inheritdoc cref="Days"/>
    public static IReadOnlyList<PeriodSpent> Hours(IReadOnlyList<HourSpent> hours, Instant from, Instant to, double idealPiecesPerHour) =>
        Of(hours, static at => at, from, to, idealPiecesPerHour);

    private static List<PeriodSpent> Of(IReadOnlyList<HourSpent> hours, Func<Instant, Instant> beginOf, Instant from, Instant to, double idealPiecesPerHour)
    {
        var periods = new List<PeriodSpent>();
        HourSpent[] known = [.. hours.Where(h => h.Hour >= HourSpent.Begin(from) && h.Hour < to)];
        if (known.Length == 0) return periods;
        var byHour = known.ToDictionary(static h => h.Hour);
        var inside = new List<HourSpent>();
        Instant begin = beginOf(known[0].Hour);
        for (Instant hour = known[0].Hour; hour < to; hour += Duration.FromHours(1))
        {
            if (beginOf(hour) is var next && next != begin) Close(next);
            Duration passed = Duration.Min(Duration.FromHours(1), to - hour);
            HourSpent spent = byHour.TryGetValue(hour, out HourSpent one) ? one : new HourSpent { Hour = hour };
            inside.Add(spent.Passed < passed ? spent.With(World.MachineState.NoData, passed - spent.Passed) : spent);
        }
        Close(begin);
        return periods;

        void Close(Instant next)
        {
            periods.Add(new(begin, inside.Aggregate(static (a, b) => a.Plus(b)) with { Hour = begin }, Oee.Of(inside, idealPiecesPerHour)));
            inside.Clear();
            begin = next;
        }
    }
}
