using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Demo;

/// <summary>The three hubs: assembly lines, shifts, closures, routings.</summary>
internal static class Hubs
{
    public static IReadOnlyList<string> Keys { get; } = ["GVL", "ALM", "COV"];

    public static string NameOf(string hub) => hub switch { "GVL" => "Greenville", "ALM" => "Almere", _ => "Coventry" };

    public static string ZoneOf(string hub) => hub switch { "GVL" => "America/New_York", "ALM" => "Europe/Amsterdam", _ => "Europe/London" };

    /// <summary>Assembly lines with open minutes that one unit takes.</summary>
    public static IReadOnlyList<(string Line, string Hub, string Name, string Calendar, int MinutesPerUnit)> Lines { get; } =
    [
        ("GVL-1", "GVL", "Greenville line 1", "GVL-DAY", 28), ("GVL-2", "GVL", "Greenville line 2", "GVL-DAY", 30),
        ("ALM-1", "ALM", "Almere line 1", "ALM-DAY", 26), ("COV-1", "COV", "Coventry line 1", "COV-DAY", 36),
    ];

    /// <summary>What each hub keeps free of parts that every bike takes: samples.</summary>
    public static IEnumerable<StockTarget> Targets => Keys.SelectMany(static hub => new (string Item, decimal Level)[] { ("TYR-1", 2), ("PKG-1", 1), ("SAD-1", 1) }
        .Select(t => new StockTarget(hub, t.Item, Cast.Brand, t.Level * (hub switch { "GVL" => 60, "ALM" => 25, _ => 20 }), "Sample: a few days of what the hub finishes")));

    public static IEnumerable<IRecord> Records(LocalDate today)
    {
        foreach (var (line, hub, name, calendar, minutes) in Lines)
        {
            yield return new AssemblyLine(line, Cast.Brand, hub, name, calendar, hub switch { "GVL" => new Money(21000, "USD"), "ALM" => new Money(17500, "EUR"), _ => new Money(15000, "GBP") });
            yield return new Routing(Catalogue.Family, line, Cast.Brand, minutes, 1);
        }
        foreach (var (calendar, opens, pause, back, closes) in new[]
        {
            ("GVL-DAY", new LocalTime(6, 30), new LocalTime(11, 0), new LocalTime(11, 30), new LocalTime(15, 30)),
            ("ALM-DAY", new LocalTime(7, 30), new LocalTime(12, 0), new LocalTime(12, 45), new LocalTime(16, 30)),
            ("COV-DAY", new LocalTime(7, 0), new LocalTime(12, 0), new LocalTime(12, 30), new LocalTime(15, 30)),
        })
        {
            for (IsoDayOfWeek day = IsoDayOfWeek.Monday; day <= IsoDayOfWeek.Friday; day++)
            {
                yield return new Shift(calendar, day, opens, pause, Cast.Brand);
                yield return new Shift(calendar, day, back, closes, Cast.Brand);
            }
        }
        LocalDate end = today.PlusYears(1);
        for (int year = today.Year; year <= end.Year; year++)
        {
            foreach (var (calendar, holidays) in new[] { ("GVL-DAY", Holidays.UnitedStates(year)), ("ALM-DAY", Holidays.Netherlands(year)), ("COV-DAY", Holidays.England(year)) })
            {
                foreach (var (day, name) in holidays)
                {
                    if (day >= today.PlusDays(-30) && day < end) yield return new Closure(calendar, day, Cast.Brand, name);
                }
            }
        }
    }
}

/// <summary>Public holidays by rule, with days in lieu where the country gives them.</summary>
internal static class Holidays
{
    /// <summary>US federal holidays (5 U.S.C. 6103): Saturday's is kept on Friday, Sunday's on Monday.</summary>
    public static IEnumerable<(LocalDate Day, string Name)> UnitedStates(int year)
    {
        yield return (Observed(new(year, 1, 1)), "New Year's Day");
        yield return (Nth(year, 1, IsoDayOfWeek.Monday, 3), "Martin Luther King Jr. Day");
        yield return (Nth(year, 2, IsoDayOfWeek.Monday, 3), "Washington's Birthday");
        yield return (Last(year, 5), "Memorial Day");
        yield return (Observed(new(year, 6, 19)), "Juneteenth");
        yield return (Observed(new(year, 7, 4)), "Independence Day");
        yield return (Nth(year, 9, IsoDayOfWeek.Monday, 1), "Labor Day");
        yield return (Nth(year, 10, IsoDayOfWeek.Monday, 2), "Columbus Day");
        yield return (Observed(new(year, 11, 11)), "Veterans Day");
        yield return (Nth(year, 11, IsoDayOfWeek.Thursday, 4), "Thanksgiving Day");
        yield return (Observed(new(year, 12, 25)), "Christmas Day");
    }

    /// <summary>Official Dutch holidays (Algemene termijnenwet, article 3), with King's Day moved from Sunday to Saturday; Liberation Day every fifth year.</summary>
    public static IEnumerable<(LocalDate Day, string Name)> Netherlands(int year)
    {
        LocalDate easter = Easter(year), king = new(year, 4, 27);
        yield return (new(year, 1, 1), "Nieuwjaarsdag");
        yield return (easter.PlusDays(1), "Tweede paasdag");
        yield return (king.DayOfWeek == IsoDayOfWeek.Sunday ? king.PlusDays(-1) : king, "Koningsdag");
        if (year % 5 == 0) yield return (new(year, 5, 5), "Bevrijdingsdag");
        yield return (easter.PlusDays(39), "Hemelvaartsdag");
        yield return (easter.PlusDays(50), "Tweede pinksterdag");
        yield return (new(year, 12, 25), "Eerste kerstdag");
        yield return (new(year, 12, 26), "Tweede kerstdag");
    }

    /// <summary>Bank holidays of England (Banking and Financial Dealings Act 1971 and proclamation), weekend days moved to the next weekday.</summary>
    public static IEnumerable<(LocalDate Day, string Name)> England(int year)
    {
        LocalDate easter = Easter(year), christmas = new(year, 12, 25);
        yield return (NextWeekday(new(year, 1, 1)), "New Year's Day");
        yield return (easter.PlusDays(-2), "Good Friday");
        yield return (easter.PlusDays(1), "Easter Monday");
        yield return (Nth(year, 5, IsoDayOfWeek.Monday, 1), "Early May bank holiday");
        yield return (Last(year, 5), "Spring bank holiday");
        yield return (Last(year, 8), "Summer bank holiday");
        // When either falls on a weekend both days together still give two weekdays off.
        yield return (christmas.DayOfWeek switch { IsoDayOfWeek.Saturday => christmas.PlusDays(2), IsoDayOfWeek.Sunday => christmas.PlusDays(2), _ => christmas }, "Christmas Day");
        yield return (christmas.DayOfWeek switch { IsoDayOfWeek.Friday => christmas.PlusDays(3), IsoDayOfWeek.Saturday => christmas.PlusDays(3), _ => christmas.PlusDays(1) }, "Boxing Day");
    }

    /// <summary>Easter Sunday, Gregorian (the anonymous algorithm of 1876, after Meeus).</summary>
    internal static LocalDate Easter(int year)
    {
        int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
        int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
        int month = (h + l - 7 * m + 114) / 31, day = (h + l - 7 * m + 114) % 31 + 1;
        return new(year, month, day);
    }

    private static LocalDate Nth(int year, int month, IsoDayOfWeek weekday, int n)
    {
        LocalDate first = new(year, month, 1);
        return first.PlusDays(((int)weekday - (int)first.DayOfWeek + 7) % 7 + 7 * (n - 1));
    }

    /// <summary>The last Monday of a month.</summary>
    private static LocalDate Last(int year, int month)
    {
        LocalDate last = new LocalDate(year, month, 1).PlusMonths(1).PlusDays(-1);
        return last.PlusDays(-(((int)last.DayOfWeek + 6) % 7));
    }

    private static LocalDate Observed(LocalDate day) => day.DayOfWeek switch
    {
        IsoDayOfWeek.Saturday => day.PlusDays(-1),
        IsoDayOfWeek.Sunday => day.PlusDays(1),
        _ => day,
    };

    private static LocalDate NextWeekday(LocalDate day) => day.DayOfWeek switch
    {
        IsoDayOfWeek.Saturday => day.PlusDays(2),
        IsoDayOfWeek.Sunday => day.PlusDays(1),
        _ => day,
    };
}
