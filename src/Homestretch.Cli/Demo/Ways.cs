using System.Globalization;
using Homestretch.World;

namespace Homestretch.Cli.Demo;

/// <summary>How parts come: lanes with their steps, what they share, and who sells what over which.</summary>
/// <remarks>The sea, air or road leg of each lane was fitted by simulation so that the whole lane, door to hub, has the stated
/// P50 and P90; a test samples every lane and checks it.</remarks>
internal static class Ways
{
    /// <summary>An origin of lanes: the site where goods are handed over, its port, its ocean carrier, and the loading of its
    /// main leg on the common ocean factor.</summary>
    internal sealed record Origin(string Key, string Name, string From, string Port, string Road, string Ocean, decimal Loading);

    public static IReadOnlyList<Origin> Origins { get; } =
    [
        new("VN", "Vietnam", "WH-SGN", "P-VNTOT", Cast.Forwarder, "BLUETRAV", 0.5m),
        new("TW", "Taiwan", "WH-TXG", "P-TWKHH", Cast.Forwarder, "KESTREL", 0.5m),
        new("KR", "Korea", "PL-MIHO", "P-KRPUS", Cast.Forwarder, "BLUETRAV", 0.5m),
        new("CNS", "China south", "WH-SZX", "P-CNYTN", Cast.Forwarder, "BLUETRAV", 0.5m),
        new("CNE", "China east", "PL-TAIHU", "P-CNSGH", Cast.Forwarder, "KESTREL", 0.15m),
        new("JP", "Japan", "PL-SENSHU", "P-JPUKB", Cast.Forwarder, "KESTREL", 0.15m),
        new("HU", "Hungary", "PL-BUKK", "P-DEHAM", "POLDER", "KESTREL", 0.5m),
        new("MX", "Mexico", "PL-CERRO", "P-MXVER", "SIERRAN", "BLUETRAV", 0m),
        new("US", "United States", "WH-GSP", "P-USSAV", "PALMETTO", "BLUETRAV", 0m),
    ];

    /// <summary>Lanes by ocean: origin, hub, P50 and P90 of the ocean leg in days, P50 and P90 of the whole lane.</summary>
    private static readonly (string Origin, string Hub, decimal P50, decimal P90, int Lane50, int Lane90)[] s_ocean =
    [
        ("VN", "GVL", 35.8m, 48.4m, 45, 58), ("TW", "GVL", 33.8m, 44.3m, 43, 54), ("KR", "GVL", 31.8m, 43.4m, 41, 53),
        ("CNS", "GVL", 34.8m, 46.4m, 44, 56), ("CNE", "GVL", 22.8m, 32.3m, 32, 42), ("JP", "GVL", 19.8m, 28.2m, 29, 38),
        ("HU", "GVL", 20.8m, 28.1m, 30, 38),
        ("VN", "ALM", 33.0m, 44.7m, 41, 53), ("TW", "ALM", 34.0m, 44.7m, 42, 53), ("KR", "ALM", 35.0m, 46.7m, 43, 55),
        ("CNS", "ALM", 31.0m, 41.7m, 39, 50), ("CNE", "ALM", 29.1m, 38.6m, 37, 47), ("JP", "ALM", 35.1m, 44.6m, 43, 53),
        ("MX", "ALM", 20.1m, 27.5m, 28, 36), ("US", "ALM", 16.1m, 22.4m, 24, 31),
        ("VN", "COV", 34.0m, 46.8m, 42, 55), ("TW", "COV", 35.0m, 46.7m, 43, 55), ("KR", "COV", 36.0m, 48.8m, 44, 57),
        ("CNS", "COV", 32.0m, 43.7m, 40, 52), ("CNE", "COV", 30.0m, 40.7m, 38, 49), ("JP", "COV", 36.1m, 46.7m, 44, 55),
        ("MX", "COV", 21.1m, 29.5m, 29, 38), ("US", "COV", 15.1m, 21.4m, 23, 30),
    ];

    /// <summary>P50 and P90 of every lane, door to hub, in days: what its steps add up to.</summary>
    public static IReadOnlyDictionary<string, (int P50, int P90)> DoorToHub { get; } = s_ocean
        .Select(static o => (Key: $"{o.Origin}-{o.Hub}", o.Lane50, o.Lane90))
        .Concat([("MX-GVL", 6, 9), ("US-GVL", 2, 3), ("HU-ALM", 4, 6), ("HU-COV", 7, 10), ("VN-GVL-AIR", 8, 12), ("TW-GVL-AIR", 7, 10), ("CNS-GVL-AIR", 8, 12)])
        .ToDictionary(static l => l.Item1, static l => (l.Item2, l.Item3), StringComparer.Ordinal);

    public static IEnumerable<IRecord> Records()
    {
        foreach (var o in s_ocean)
        {
            Origin from = Origins.First(x => x.Key == o.Origin);
            foreach (IRecord r in Ocean(from, o.Hub, o.P50, o.P90)) yield return r;
        }
        foreach (IRecord r in Road("MX", "GVL", (2.3m, 5.1m), "P-USLRD", "SIERRAN")) yield return r;
        foreach (IRecord r in Road("US", "GVL", (1.5m, 2.5m), null, "PALMETTO")) yield return r;
        foreach (IRecord r in Road("HU", "ALM", (3.5m, 5.4m), null, "POLDER")) yield return r;
        foreach (IRecord r in Road("HU", "COV", (4.9m, 7.7m), "P-GBFXT", "POLDER")) yield return r;
        foreach (IRecord r in Air("VN", 3.6m, 7.3m).Concat(Air("TW", 2.6m, 5.2m)).Concat(Air("CNS", 3.6m, 7.3m))) yield return r;
        foreach (Part p in Catalogue.Parts)
        {
            foreach (string hub in Hubs.Keys)
            {
                if (Taken(p, hub)) yield return Buys(p, $"{p.Origin}-{hub}", p.LeadDays, 20, 10, null, 1);
            }
            if (p.Origin is "VN" or "TW" or "CNS" && Taken(p, "GVL")) yield return Buys(p, $"{p.Origin}-GVL-AIR", p.LeadDays, 10, 5, 120, 2);
        }
    }

    /// <summary>Whether a hub ever takes the part: its market may rule it out.</summary>
    public static bool Taken(Part p, string hub)
    {
        string market = Catalogue.MarketOf(hub);
        return p.When switch
        {
            "" => true,
            ['!', .. var not] when not.StartsWith("market=", StringComparison.Ordinal) => not != $"market={market}",
            _ when p.When.StartsWith("market=", StringComparison.Ordinal) => p.When == $"market={market}",
            _ => true,
        };
    }

    private static ItemSupplier Buys(Part p, string lane, int lead, decimal minimum, decimal multiple, decimal? maximum, int priority) =>
        new(p.Item, p.Supplier, Cast.Brand, lane, lead, minimum, multiple, maximum, 1, 3, priority, null, null);

    private static IEnumerable<IRecord> Ocean(Origin from, string hub, decimal p50, decimal p90)
    {
        string lane = $"{from.Key}-{hub}", place = Port(hub, from), road = Haulier(hub);
        yield return LaneOf(lane, from, hub, "by sea");
        yield return Step(lane, 1, StepKind.Leg, Mode.Road, from.Road, from.Port, 0.8m, 1.3m);
        yield return Step(lane, 2, StepKind.Wait, Mode.None, from.Ocean, from.Port, 3.5m, 6.3m) with { EveryDays = 7 };
        yield return Step(lane, 3, StepKind.Leg, Mode.Sea, from.Ocean, place, p50, p90);
        (decimal c50, decimal c90, decimal r50, decimal r90) = hub == "GVL" ? (2m, 4m, 1.2m, 2.2m) : (1.5m, 3m, 0.6m, 1.1m);
        yield return Step(lane, 4, StepKind.Customs, Mode.None, "BEACON", place, c50, c90);
        yield return Step(lane, 5, StepKind.Leg, hub == "GVL" && from.Key is "CNS" or "VN" ? Mode.Rail : Mode.Road, road, hub, r50, r90);
        yield return Step(lane, 6, StepKind.Receive, Mode.None, Cast.Brand, hub, 0.7m, 1.2m);
        if (from.Loading > 0) yield return new Loading(lane, 3, "ocean", Cast.Brand, from.Loading);
        yield return new Loading(lane, 4, $"port {place[2..]}", Cast.Brand, 0.4m);
    }

    private static IEnumerable<IRecord> Road(string origin, string hub, (decimal P50, decimal P90) leg, string? border, string carrier)
    {
        Origin from = Origins.First(x => x.Key == origin);
        string lane = $"{origin}-{hub}";
        yield return LaneOf(lane, from, hub, "by road");
        yield return Step(lane, 1, StepKind.Leg, Mode.Road, carrier, border ?? hub, leg.P50, leg.P90);
        int n = 2;
        if (border is not null)
        {
            (decimal c50, decimal c90, decimal l50, decimal l90) = origin == "MX" ? (0.6m, 1.5m, 2.2m, 3.2m) : (0.8m, 1.8m, 0.5m, 0.9m);
            yield return Step(lane, n++, StepKind.Customs, Mode.None, "BEACON", border, c50, c90);
            yield return Step(lane, n++, StepKind.Leg, Mode.Road, Haulier(hub), hub, l50, l90);
        }
        yield return Step(lane, n, StepKind.Receive, Mode.None, Cast.Brand, hub, origin == "US" ? 0.4m : 0.5m, origin == "US" ? 0.8m : 0.9m);
    }

    private static IEnumerable<IRecord> Air(string origin, decimal p50, decimal p90)
    {
        Origin from = Origins.First(x => x.Key == origin);
        string lane = $"{origin}-GVL-AIR";
        yield return LaneOf(lane, from, "GVL", "by air");
        yield return Step(lane, 1, StepKind.Leg, Mode.Road, from.Road, from.From, 0.5m, 0.9m);
        yield return Step(lane, 2, StepKind.Wait, Mode.None, "AEROLANE", from.From, 1.0m, 1.9m);
        yield return Step(lane, 3, StepKind.Leg, Mode.Air, "AEROLANE", "A-USGSP", p50, p90);
        yield return Step(lane, 4, StepKind.Customs, Mode.None, "BEACON", "A-USGSP", 1m, 2.2m);
        yield return Step(lane, 5, StepKind.Leg, Mode.Road, "PALMETTO", "GVL", 0.8m, 1.4m);
        yield return Step(lane, 6, StepKind.Receive, Mode.None, Cast.Brand, "GVL", 0.5m, 0.9m);
    }

    private static Lane LaneOf(string key, Origin from, string hub, string how) =>
        new(key, Cast.Brand, string.Create(CultureInfo.InvariantCulture, $"{from.Name} to {Hubs.NameOf(hub)}, {how}"), from.From, hub);

    private static LaneStep Step(string lane, int n, StepKind kind, Mode mode, string carrier, string to, decimal p50, decimal p90) =>
        new(lane, n, Cast.Brand, kind, mode, new Key<Party>(carrier), to, p50, p90, null, null);

    private static string Port(string hub, Origin from) => hub switch
    {
        "GVL" => from.Key is "HU" or "JP" or "CNE" ? "P-USCHS" : "P-USSAV",
        "ALM" => "P-NLRTM",
        _ => "P-GBFXT",
    };

    private static string Haulier(string hub) => hub switch { "GVL" => "PALMETTO", "ALM" => "POLDER", _ => "ARDEN" };
}
