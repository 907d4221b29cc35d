using NodaTime;

namespace Homestretch.Walk.Stage;

/// <summary>The fixed figures of the stage: a fictional e-bike company, drawn by a fixed linear congruence.</summary>
internal static class StageSeed
{
    public static readonly Instant Start = Instant.FromUtc(2026, 11, 24, 14, 30);
    public static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["America/New_York"];

    /// <summary>Group, item, name, supplier, lane; lane empty: made at home.</summary>
    public static readonly (string Group, string Item, string Name, string Supplier, string Lane, string Machine)[] Parts =
    [
        ("Frame", "FR-210-M", "Frame M, 6061, graphite", "Saigon Weld", "VN", "VN-WELD-02"),
        ("Fork", "FK-180", "Suspension fork 80 mm", "Changhua Forge", "TW", "TW-CNC-11"),
        ("Brakes", "BR-320", "Hydraulic disc brake set", "Changhua Forge", "TW", "TW-CNC-12"),
        ("Wheels", "WH-700", "Wheel pair 700C, hub sealed", "Changhua Forge", "TW", "TW-LACE-03"),
        ("Cockpit", "CP-040", "Bar, stem and grips", "Changhua Forge", "TW", "TW-CNC-14"),
        ("Saddle", "SD-015", "Saddle and post", "Changhua Forge", "TW", "TW-MLD-02"),
        ("Motor", "MT-250", "Hub motor 250 W", "Duna Motors", "HU", "HU-WIND-05"),
        ("Battery", "BT-504", "Battery pack 504 Wh", "Hanbit Cells", "KR", "KR-PACK-01"),
        ("Charger", "CH-042", "Charger 42 V 2 A", "Lingnan Power", "CNS", "CN-SMT-07"),
        ("Display", "DP-200", "Display, firmware 4.2", "Jiangnan Optics", "CNE", "CN-SMT-21"),
        ("Drivetrain", "DT-108", "Drivetrain 8 speed", "Sakai Gear", "JP", "JP-PRS-04"),
        ("Lights", "LT-060", "Front and rear lights", "Lingnan Power", "CNS", "CN-SMT-08"),
        ("Tyres", "TY-047", "Tyre pair 47-622", "Saigon Weld", "VN", "VN-VULC-01"),
        ("Harness", "HN-012", "Cable harness", "Monterrey Wire", "MX", "MX-CUT-03"),
        ("Rack", "RK-030", "Rear rack", "Upstate Steel", "", ""),
        ("Market kit", "MK-US", "Labels, cord and manual", "Meridian Cycles", "", ""),
        ("Packaging", "PK-001", "Carton and inserts", "Meridian Cycles", "", ""),
    ];

    /// <summary>Site, name, latitude, longitude.</summary>
    public static readonly (string Site, string Name, double Latitude, double Longitude)[] Places =
    [
        ("GSP", "Greenville, hub", 34.85, -82.40), ("VNSGN", "Ho Chi Minh City", 10.82, 106.63), ("TWTXG", "Taichung", 24.15, 120.67), ("HUBUD", "Budapest", 47.50, 19.04),
        ("KRPUS", "Busan", 35.18, 129.08), ("CNSZX", "Shenzhen", 22.54, 114.06), ("CNSHA", "Shanghai", 31.23, 121.47), ("JPOSA", "Osaka", 34.69, 135.50), ("MXMTY", "Monterrey", 25.67, -100.31),
        ("USSAV", "Port of Savannah", 32.08, -81.09), ("USLAX", "Port of Los Angeles", 33.74, -118.26),
    ];

    /// <summary>Lane, first site, port of entry, days at P50 and P90.</summary>
    public static readonly (string Lane, string From, string Port, double P50, double P90)[] Lanes =
    [
        ("VN", "VNSGN", "USSAV", 45, 58), ("TW", "TWTXG", "USLAX", 43, 54), ("HU", "HUBUD", "USSAV", 30, 38), ("KR", "KRPUS", "USLAX", 41, 53),
        ("CNS", "CNSZX", "USLAX", 44, 56), ("CNE", "CNSHA", "USLAX", 32, 42), ("JP", "JPOSA", "USLAX", 29, 38), ("MX", "MXMTY", "USSAV", 6, 9),
    ];

    public static readonly string[] Customers = ["Harbor & Pine Cycles", "Piedmont Bikes", "Ville Verte Mobiliteit", "Tidewater Cycle Co.", "Northgate Outdoor", "Pennine Electric", "Lakeshore Rides", "Rad und Tal"];
    public static readonly string[] Markets = ["US", "US", "EU", "US", "US", "UK", "US", "EU"];

    /// <summary>A number in [0, 1) for a key; the same for ever.</summary>
    public static double Draw(string key)
    {
        unchecked
        {
            ulong h = 14695981039346656037;
            foreach (char c in key) h = (h ^ c) * 1099511628211;
            h ^= h >> 29; h *= 0xBF58476D1CE4E5B9; h ^= h >> 32;
            return (h >> 11) * (1.0 / (1UL << 53));
        }
    }

    /// <summary>The standard normal distribution function, by the logistic curve 1/(1+exp(-1.702 x)), within 0.01.</summary>
    public static double Phi(double x) => 1 / (1 + Math.Exp(-1.702 * x));
}
