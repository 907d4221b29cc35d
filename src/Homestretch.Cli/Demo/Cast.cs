using Homestretch.World;

namespace Homestretch.Cli.Demo;

/// <summary>Who takes part. Every company is invented; any likeness to a real one is chance.</summary>
internal static class Cast
{
    public const string Brand = "MERIDIAN";
    public const string Forwarder = "HARBOUR";

    public static IEnumerable<Party> Parties =>
    [
        new(Brand, "Meridian Cycles (fictional)", PartyKind.Brand, "US"),
        new("SONGBE", "Song Be Frameworks", PartyKind.Supplier, "VN"),
        new("DONGNAI", "Dong Nai Tyre Works", PartyKind.Supplier, "VN"),
        new("DADU", "Dadu Fork Works", PartyKind.Supplier, "TW"),
        new("BAGUA", "Bagua Brake", PartyKind.Supplier, "TW"),
        new("HOULI", "Houli Wheel Lacing", PartyKind.Supplier, "TW"),
        new("WURI", "Wuri Cockpit Parts", PartyKind.Supplier, "TW"),
        new("YUANLIN", "Yuanlin Saddlery", PartyKind.Supplier, "TW"),
        new("BUKK", "Bukk Drive Systems", PartyKind.Supplier, "HU", Secrets.Group),
        new("MIHO", "Miho Battery Packs", PartyKind.Supplier, "KR"),
        new("LINGDING", "Lingding Power", PartyKind.Supplier, "CN"),
        new("QIANHAI", "Qianhai Lamp Works", PartyKind.Supplier, "CN"),
        new("TAIHU", "Taihu Display", PartyKind.Supplier, "CN", Secrets.Group),
        new("SENSHU", "Senshu Drivetrain", PartyKind.Supplier, "JP"),
        new("CERRO", "Arneses del Cerro", PartyKind.Supplier, "MX"),
        new("PACOLET", "Pacolet Racks", PartyKind.Supplier, "US"),
        new("CATAWBA", "Catawba Print and Kit", PartyKind.Supplier, "US"),
        new("TYGER", "Tyger River Packaging", PartyKind.Supplier, "US"),
        new("BLUETRAV", "Blue Traverse Lines", PartyKind.Carrier, "SG"),
        new("KESTREL", "Kestrel Ocean", PartyKind.Carrier, "DK"),
        new("AEROLANE", "Aerolane Cargo", PartyKind.Carrier, "AE"),
        new("PALMETTO", "Palmetto Drayage", PartyKind.Carrier, "US"),
        new("POLDER", "Polder Road and Rail", PartyKind.Carrier, "NL"),
        new("ARDEN", "Arden Haulage", PartyKind.Carrier, "GB"),
        new("SIERRAN", "Sierra Norte Transportes", PartyKind.Carrier, "MX"),
        new(Forwarder, "Harbourmaster Forwarding", PartyKind.Logistics, "US"),
        new("BEACON", "Beacon Customs Brokers", PartyKind.Logistics, "US"),
        .. Customers.Select(static c => new Party(c.Key, c.Name, PartyKind.Customer, c.Country)),
    ];

    /// <summary>Customers with their class (1 is served first) and the hub that finishes for them.</summary>
    public static IReadOnlyList<Customer> Customers { get; } =
    [
        new("FLT-PIEDMONT", "Piedmont Parcel Fleet", "US", "GVL", 1, 10, 12, 30), new("FLT-BAYCITY", "Bay City Bike Share", "US", "GVL", 1, 8, 14, 36),
        new("FLT-RANGER", "Ranger Parks Authority", "US", "GVL", 1, 6, 10, 20), new("FLT-GRACHT", "Gracht Deelfietsen", "NL", "ALM", 1, 9, 10, 28),
        new("FLT-NORDPOST", "Nordpost Zustellung", "DE", "ALM", 1, 8, 12, 24), new("FLT-SEVERN", "Severn Hire", "GB", "COV", 1, 8, 8, 20),
        new("DLR-ASHEVILLE", "Blue Ridge Bikes", "US", "GVL", 2, 22, 2, 9), new("DLR-DENVER", "Mile High Pedal", "US", "GVL", 2, 24, 2, 10),
        new("DLR-SEATTLE", "Sound Cycle Co-op", "US", "GVL", 2, 24, 2, 10), new("DLR-AUSTIN", "Hill Country E-Bikes", "US", "GVL", 3, 10, 2, 8),
        new("DLR-BOSTON", "Charles River Cycles", "US", "GVL", 2, 22, 2, 9), new("DLR-UTRECHT", "Domstad Fietsen", "NL", "ALM", 2, 20, 2, 9),
        new("DLR-KOELN", "Rheinrad", "DE", "ALM", 2, 18, 2, 9), new("DLR-LYON", "Confluence Velos", "FR", "ALM", 3, 8, 2, 7),
        new("DLR-BRISTOL", "Harbourside Cycles", "GB", "COV", 2, 15, 2, 7), new("DLR-LEEDS", "Aire Valley Bikes", "GB", "COV", 2, 13, 2, 7),
        new("DLR-EDIN", "Leith Walk Cycles", "GB", "COV", 3, 6, 2, 6), new("WEB-US", "Meridian web shop, US", "US", "GVL", 2, 70, 1, 2),
        new("WEB-EU", "Meridian web shop, EU", "NL", "ALM", 2, 38, 1, 2), new("WEB-UK", "Meridian web shop, UK", "GB", "COV", 2, 26, 1, 1),
    ];

    /// <param name="Weight">How often it orders, against the others.</param>
    /// <param name="Least">Smallest order line, units, with <paramref name="Most"/> the largest.</param>
    internal sealed record Customer(string Key, string Name, string Country, string Hub, int Class, int Weight, int Least, int Most);
}

/// <summary>Where it happens: real places, with their UN/LOCODE (UNECE, 2024), position and time zone; the plants in them are invented.
/// Positions of ports are those of the World Port Index (NGA Pub. 150, public domain).</summary>
internal static class Places
{
    public static IEnumerable<Site> Sites =>
    [
        new("GVL", Cast.Brand, "Greenville hub", SiteKind.Hub, "USGV9", "US", "America/New_York", 34.85m, -82.3833m),
        new("ALM", Cast.Brand, "Almere hub", SiteKind.Hub, "NLAER", "NL", "Europe/Amsterdam", 52.3667m, 5.2167m),
        new("COV", Cast.Brand, "Coventry hub", SiteKind.Hub, "GBCVT", "GB", "Europe/London", 52.4167m, -1.55m),
        Plant("SONGBE", "Song Be frame plant, Thu Dau Mot", "VNTHD", "VN", "Asia/Ho_Chi_Minh", 10.9667m, 106.65m),
        Plant("DONGNAI", "Dong Nai tyre plant, Bien Hoa", "VNBHA", "VN", "Asia/Ho_Chi_Minh", 10.9667m, 106.8333m),
        Plant("DADU", "Dadu fork plant, Taichung", "TWTXG", "TW", "Asia/Taipei", 24.15m, 120.6667m),
        Plant("BAGUA", "Bagua brake plant, Taichung", "TWTXG", "TW", "Asia/Taipei", 24.0833m, 120.5333m),
        Plant("HOULI", "Houli wheel plant, Taichung", "TWTXG", "TW", "Asia/Taipei", 24.3m, 120.7167m),
        Plant("WURI", "Wuri cockpit plant, Taichung", "TWTXG", "TW", "Asia/Taipei", 24.1m, 120.6333m),
        Plant("YUANLIN", "Yuanlin saddle plant, Taichung", "TWTXG", "TW", "Asia/Taipei", 23.95m, 120.5667m),
        Plant("BUKK", "Bukk motor plant, Miskolc", "HUMCQ", "HU", "Europe/Budapest", 48.1m, 20.7833m),
        Plant("MIHO", "Miho pack plant, Cheongju", "KRCOJ", "KR", "Asia/Seoul", 36.6333m, 127.4833m),
        Plant("LINGDING", "Lingding charger plant, Dongguan", "CNDGG", "CN", "Asia/Shanghai", 23.0333m, 113.75m),
        Plant("QIANHAI", "Qianhai lamp plant, Shenzhen", "CNSNZ", "CN", "Asia/Shanghai", 22.55m, 114.1167m),
        Plant("TAIHU", "Taihu display plant, Suzhou", "CNSZH", "CN", "Asia/Shanghai", 31.3167m, 120.6167m),
        Plant("SENSHU", "Senshu drivetrain plant, Sakai", "JPSAK", "JP", "Asia/Tokyo", 34.5667m, 135.4833m),
        Plant("CERRO", "Cerro harness plant, Queretaro", "MXQRO", "MX", "America/Mexico_City", 20.6m, -100.4m),
        Plant("PACOLET", "Pacolet rack plant, Spartanburg", "USSPA", "US", "America/New_York", 34.95m, -81.9333m),
        Plant("CATAWBA", "Catawba kit plant, Charlotte", "USCLT", "US", "America/New_York", 35.2167m, -80.85m),
        Plant("TYGER", "Tyger packaging plant, Spartanburg", "USSPA", "US", "America/New_York", 34.9m, -82.1m),
        Warehouse("WH-SGN", "Consolidation Cat Lai", "VNCLI", "VN", "Asia/Ho_Chi_Minh", 10.7667m, 106.7833m),
        Warehouse("WH-TXG", "Consolidation Taichung", "TWTXG", "TW", "Asia/Taipei", 24.25m, 120.5167m),
        Warehouse("WH-SZX", "Consolidation Shenzhen", "CNSNZ", "CN", "Asia/Shanghai", 22.6m, 114.05m),
        Warehouse("WH-GSP", "Consolidation Spartanburg", "USSPA", "US", "America/New_York", 34.95m, -82.0m),
        Port("P-VNTOT", "Cai Mep", "VNTOT", "VN", "Asia/Ho_Chi_Minh", 10.3833m, 107.0833m),
        Port("P-TWKHH", "Kaohsiung", "TWKHH", "TW", "Asia/Taipei", 22.6167m, 120.2667m),
        Port("P-KRPUS", "Busan", "KRPUS", "KR", "Asia/Seoul", 35.1m, 129.0333m),
        Port("P-CNYTN", "Yantian", "CNYTN", "CN", "Asia/Shanghai", 22.5833m, 114.2667m),
        Port("P-CNSGH", "Shanghai", "CNSGH", "CN", "Asia/Shanghai", 31.2167m, 121.5m),
        Port("P-JPUKB", "Kobe", "JPUKB", "JP", "Asia/Tokyo", 34.65m, 135.2m),
        Port("P-DEHAM", "Hamburg", "DEHAM", "DE", "Europe/Berlin", 53.55m, 9.9333m),
        Port("P-MXVER", "Veracruz", "MXVER", "MX", "America/Mexico_City", 19.2m, -96.1333m),
        Port("P-USCHS", "Charleston", "USCHS", "US", "America/New_York", 32.7833m, -79.9167m),
        Port("P-USSAV", "Savannah", "USSAV", "US", "America/New_York", 32.0833m, -81.0833m),
        Port("P-USLRD", "Laredo crossing", "USLRD", "US", "America/Chicago", 27.5m, -99.4833m),
        Port("P-NLRTM", "Rotterdam", "NLRTM", "NL", "Europe/Amsterdam", 51.9m, 4.4833m),
        Port("P-GBFXT", "Felixstowe", "GBFXT", "GB", "Europe/London", 51.95m, 1.3167m),
        Port("A-USGSP", "Greenville-Spartanburg airport", "USGSP", "US", "America/New_York", 34.8957m, -82.2189m),
        Port("A-NLAMS", "Amsterdam Schiphol airport", "NLAMS", "NL", "Europe/Amsterdam", 52.3086m, 4.7639m),
        Port("A-GBEMA", "East Midlands airport", "GBEMA", "GB", "Europe/London", 52.8311m, -1.3281m),
    ];

    private static Site Plant(string party, string name, string locode, string country, string zone, decimal north, decimal east) =>
        new($"PL-{party}", party, name, SiteKind.Plant, locode, country, zone, north, east);

    private static Site Warehouse(string key, string name, string locode, string country, string zone, decimal north, decimal east) =>
        new(key, Cast.Forwarder, name, SiteKind.Warehouse, locode, country, zone, north, east);

    private static Site Port(string key, string name, string locode, string country, string zone, decimal north, decimal east) =>
        new(key, Cast.Forwarder, name, SiteKind.Port, locode, country, zone, north, east);
}
