using NodaTime;

namespace Homestretch.World;

/// <summary>Open time of a calendar beyond its weekly shifts, on one day, in the local time of the site. It counts on a day that is closed as well. What closes at or before it opens runs into the next day.</summary>
public sealed record Overtime(string Calendar, LocalDate Day, LocalTime Opens, LocalTime Closes, Key<Party> Party, string Reason) : IRecord<Overtime>
{
    public static string TableName => "overtime";
    public static string TableDoc => "Open time of a calendar beyond its weekly shifts, on one day, local to the site.";
    public string Id => $"{Calendar}|{Day:uuuu'-'MM'-'dd}|{Opens:HH':'mm}";

    public static Overtime Shape(Fields f, Overtime? x) => new(
        f.Part("calendar", x?.Calendar, "Calendar."),
        f.Date("day", x?.Day, "Day on which it begins."),
        f.Time("opens", x?.Opens, "Local time at which it begins."),
        f.Time("closes", x?.Closes, "Local time at which it ends; at or before opens: on the next day."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Text("reason", x?.Reason, "Why.", ""));
}
