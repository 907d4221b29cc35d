namespace Homestretch.World;

public enum SiteKind { Plant, Port, Warehouse, Hub }

/// <summary>A place where things are made, stored, moved on or finished.</summary>
/// <param name="TimeZone">IANA time zone id; calendars and dates of the site are read in it.</param>
/// <param name="Latitude">Degrees north; null when unknown (the site is then not drawn on the map).</param>
public sealed record Site(Key<Site> Key, Key<Party> Party, string Name, SiteKind Kind, string Locode, string Country,
    string TimeZone, decimal? Latitude, decimal? Longitude) : IRecord<Site>
{
    public static string TableName => "sites";
    public static string TableDoc => "A plant, port, warehouse or hub (the home site that finishes products).";
    public string Id => Key.Value;

    public static Site Shape(Fields f, Site? x) => new(
        f.Own("site", x?.Key, "Short code of the site, unique."),
        f.Ref("party", x?.Party, "Party that runs the site."),
        f.Text("name", x?.Name, "Name as people write it."),
        f.Choice("kind", x?.Kind, "What the site is."),
        f.Text("locode", x?.Locode, "UN/LOCODE of the place, without a space; empty when unknown.", ""),
        f.Text("country", x?.Country, "ISO 3166-1 alpha-2; empty when unknown.", ""),
        f.Parsed("time_zone", x?.TimeZone, "IANA time zone of the site.", "IANA time zone", static text =>
            NodaTime.DateTimeZoneProviders.Tzdb.GetZoneOrNull(text) is null
                ? (null, $"'{text}' is no known time zone.", "Use an IANA name such as Asia/Taipei.") : (text, null, null)),
        f.OptionalNumber("latitude", x?.Latitude, "Degrees north, WGS 84."),
        f.OptionalNumber("longitude", x?.Longitude, "Degrees east, WGS 84."));
}
