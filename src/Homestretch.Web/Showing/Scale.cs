using System.Globalization;
using NodaTime;

namespace Homestretch.Web.Showing;

/// <summary>A stretch of time drawn over the full width of something.</summary>
public readonly record struct Scale(Instant From, Instant To)
{
    /// <summary>The smallest scale that holds all of these, with a twentieth of air on both sides.</summary>
    public static Scale Over(IEnumerable<Instant?> moments)
    {
        Instant[] known = [.. moments.OfType<Instant>()];
        if (known.Length == 0) return new(Instant.FromUnixTimeSeconds(0), Instant.FromUnixTimeSeconds(1));
        Instant first = known.Min(), last = known.Max();
        Duration air = Duration.Max((last - first) / 20, Duration.FromHours(1));
        return new(first - air, last + air);
    }

    /// <summary>Place of an instant, percent of the width, kept on the sheet.</summary>
    public double Percent(Instant at) => Math.Clamp((at - From) / (To - From) * 100, 0, 100);
    public string Left(Instant at) => $"left:{Num(Percent(at))}%";

    /// <summary>Style of a bar from one instant to another.</summary>
    public string Bar(Instant from, Instant to) => $"left:{Num(Percent(from))}%;width:{Num(Math.Max(0, Percent(to) - Percent(from)))}%";

    /// <summary><see cref="Ticks"/> whose words, that stand right of them, are not cut by the edge.</summary>
    public IReadOnlyList<Instant> WholeTicks(DateTimeZone zone, int most)
    {
        Scale scale = this;
        return [.. Ticks(zone, most).Where(t => scale.Percent(t) <= 100 - 50.0 / most)];
    }

    /// <summary>About <paramref name="most"/> local midnights (or even hours on a short scale) to rule lines at.</summary>
    public IReadOnlyList<Instant> Ticks(DateTimeZone zone, int most)
    {
        double days = (To - From).TotalDays;
        int step = days > 2 ? (int)Math.Ceiling(days / most) : 0;
        if (step is > 2 and < 7) step = 7;
        if (step is > 7 and < 14) step = 14;
        var ticks = new List<Instant>();
        if (step == 0)
        {
            int hours = Math.Max(1, (int)Math.Ceiling(days * 24 / most));
            for (Instant t = From.InZone(zone).Date.AtStartOfDayInZone(zone).ToInstant(); t < To; t += Duration.FromHours(hours))
            {
                if (t > From) ticks.Add(t);
            }
            return ticks;
        }
        LocalDate day = From.InZone(zone).Date.PlusDays(1);
        if (step % 7 == 0) day = day.DayOfWeek == IsoDayOfWeek.Monday ? day : day.Next(IsoDayOfWeek.Monday);
        for (; day.AtStartOfDayInZone(zone).ToInstant() < To; day = day.PlusDays(step)) ticks.Add(day.AtStartOfDayInZone(zone).ToInstant());
        return ticks;
    }

    public static string Num(double v) => v.ToString("0.##", CultureInfo.InvariantCulture);
}
