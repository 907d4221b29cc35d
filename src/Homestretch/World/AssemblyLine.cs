using NodaTime;

namespace Homestretch.World;

/// <summary>A final-assembly line at a hub. It does one build at a time and only when its calendar is open.</summary>
/// <param name="OvertimePerHour">What an hour beyond its shifts costs; null: unknown.</param>
public sealed record AssemblyLine(Key<AssemblyLine> Key, Key<Party> Party, Key<Site> Site, string Name, string Calendar, Money? OvertimePerHour = null) : IRecord<AssemblyLine>
{
    public static string TableName => "assembly_lines";
    public static string TableDoc => "A final-assembly line at a hub.";
    public string Id => Key.Value;

    public static AssemblyLine Shape(Fields f, AssemblyLine? x) => new(
        f.Own("line", x?.Key, "Short code of the line, unique."),
        f.Ref("party", x?.Party, "Party that runs the line."),
        f.Ref("site", x?.Site, "Hub it stands in; its time zone is the calendar's."),
        f.Text("name", x?.Name, "Name as people write it."),
        f.Text("calendar", x?.Calendar, "Calendar of open time (shifts and closures)."),
        f.OptionalMoney("overtime_per_hour", x?.OvertimePerHour, "What an hour beyond its shifts costs; empty: unknown."));
}

/// <summary>One weekly shift of a calendar, in the local time of the site. A shift that closes at or before it opens runs into the next day.</summary>
public sealed record Shift(string Calendar, IsoDayOfWeek Weekday, LocalTime Opens, LocalTime Closes, Key<Party> Party) : IRecord<Shift>
{
    public static string TableName => "shifts";
    public static string TableDoc => "Weekly open time of a calendar. A calendar without shifts is always open; one that bears the code of a plant is that of its machines.";
    public string Id => $"{Calendar}|{(int)Weekday}|{Opens:HH':'mm}";

    public static Shift Shape(Fields f, Shift? x) => new(
        f.Part("calendar", x?.Calendar, "Calendar."),
        f.Choice("weekday", x?.Weekday, "Day of the week."),
        f.Time("opens", x?.Opens, "Local time at which the shift begins."),
        f.Time("closes", x?.Closes, "Local time at which it ends; at or before opens: on the next day."),
        f.Ref("party", x?.Party, "Party that owns the record."));
}

/// <summary>A day on which a calendar stays closed.</summary>
public sealed record Closure(string Calendar, LocalDate Day, Key<Party> Party, string Reason) : IRecord<Closure>
{
    public static string TableName => "closures";
    public static string TableDoc => "A day, local to the site, on which a calendar stays closed.";
    public string Id => $"{Calendar}|{Day:uuuu'-'MM'-'dd}";

    public static Closure Shape(Fields f, Closure? x) => new(
        f.Part("calendar", x?.Calendar, "Calendar."),
        f.Date("day", x?.Day, "Day on which no shift begins."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Text("reason", x?.Reason, "Why, such as the holiday's name.", ""));
}
