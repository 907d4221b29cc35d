using System.Globalization;
using Homestretch.Web.Window;
using NodaTime;

namespace Homestretch.Web.Showing;

/// <summary>Instants as the hub's people say them: in the hub's zone, and relative to its present.</summary>
public readonly record struct When(ClockView Clock)
{
    private const double InSight = 3650;

    /// <summary>'Tue 24 Nov'; with the year instead of the weekday when it is half a year away or more. A plan that finds no end of something within its
    /// horizon says a day decades away: that is no date to read.</summary>
    public string Day(Instant at) => Beyond(at) ? "not in sight" : Math.Abs((at - Clock.Now).TotalDays) < 183 ? Text(Local(at), "ddd d MMM") : Text(Local(at), "d MMM yyyy");

    /// <summary>'Tue 24 Nov' of a day that is no moment.</summary>
    public static string Day(LocalDate day) => day.ToString("ddd d MMM", CultureInfo.InvariantCulture);

    /// <summary>Whether it is a date to read.</summary>
    public bool Sees(Instant at) => !Beyond(at);

    /// <summary>'14:30'.</summary>
    public string Time(Instant at) => Text(Local(at), "HH:mm");

    /// <summary>'Tue 24 Nov 14:30'.</summary>
    public string DayTime(Instant at) => Beyond(at) ? Day(at) : $"{Day(at)} {Time(at)}";

    /// <summary>Everything, with the zone, for a tooltip.</summary>
    public string Full(Instant at) => Beyond(at) ? "Beyond the plan's horizon" : $"{Text(Local(at), "dddd d MMMM yyyy, HH:mm")} {Clock.Zone.Id}";

    /// <summary>'in 3 d', '2 h ago', 'now'.</summary>
    public string Relative(Instant at) => Beyond(at) ? "beyond the plan's horizon" : (at - Clock.Now) is var d && d.TotalMinutes is > -1 and < 1 ? "now"
        : d > Duration.Zero ? $"in {Span(d)}" : $"{Span(-d)} ago";

    /// <summary>'12 min', '5 h', '3 d'.</summary>
    public static string Span(Duration d) => d.TotalMinutes < 60 ? $"{Math.Max(1, (int)d.TotalMinutes)} min"
        : d.TotalHours < 48 ? $"{(int)d.TotalHours} h" : $"{(int)Math.Round(d.TotalDays)} d";

    /// <summary>'2 d 04:31:07' for a countdown.</summary>
    public static string Countdown(Duration d) => d <= Duration.Zero ? "passed"
        : $"{(d.Days > 0 ? $"{d.Days} d " : "")}{d.Hours:00}:{d.Minutes:00}:{d.Seconds:00}";

    /// <summary>'+2.5 d', '−1.0 d', '0 d'.</summary>
    public static string Days(double days) => Math.Abs(days) < 0.05 ? "0 d" : Math.Abs(days) > InSight ? days > 0 ? "out of sight" : "into sight" : $"{(days > 0 ? "+" : "−")}{Math.Abs(days).ToString(Math.Abs(days) < 9.95 ? "0.0" : "0", CultureInfo.InvariantCulture)} d";

    public static string Iso(Instant at) => at.ToString("uuuu-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public LocalDateTime Local(Instant at) => at.InZone(Clock.Zone).LocalDateTime;

    private bool Beyond(Instant at) => (at - Clock.Now).TotalDays > InSight;

    private static string Text(LocalDateTime at, string pattern) => at.ToString(pattern, CultureInfo.InvariantCulture);
}
