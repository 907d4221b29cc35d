using System.Text.Json;
using Homestretch.Arrivals.Sea;
using Homestretch.World;

namespace Homestretch.Exchange.Sea;

/// <summary>Reads a sea network as GeoJSON (RFC 7946), in the form of the searoute project: lines with a <c>passage</c> among their properties, and ports as points with a
/// UN/LOCODE as <c>port</c>.</summary>
public static class SeaGeoJson
{
    private static readonly Dictionary<string, Passage?> s_passages = new(StringComparer.Ordinal)
    {
        ["suez"] = Passage.Suez, ["panama"] = Passage.Panama, ["babalmandab"] = Passage.BabElMandeb, ["malacca"] = Passage.Malacca, ["sunda"] = Passage.Sunda,
        ["gibraltar"] = Passage.Gibraltar, ["ormuz"] = Passage.Hormuz, ["bosporus"] = Passage.Bosporus, ["dardanelles"] = Passage.Dardanelles,
        ["chili"] = Passage.CapeHorn, ["south_africa"] = Passage.CapeOfGoodHope, ["bering"] = null,
    };

    /// <summary>The bytes of a network made of both files; findings when they are not what they should be. What a line calls 'northwest' is left out.</summary>
    /// <param name="origin">Where the files come from and under which licence; kept in the first line.</param>
    public static (byte[]? Bytes, IReadOnlyList<Finding> Findings) Pack(byte[] network, byte[] ports, string origin)
    {
        var findings = new List<Finding>();
        var points = new List<SeaPoint>();
        var stretches = new List<SeaStretch>();
        var index = new Dictionary<SeaPoint, int>();
        var joined = new HashSet<(int, int, Passage?)>();
        foreach (JsonElement feature in Features(network, "network", findings))
        {
            string? name = Property(feature, "passage");
            if (name == "northwest") continue;
            Passage? passage = null;
            if (name is not null && !s_passages.TryGetValue(name, out passage))
            {
                findings.Add(new(new("network"), "passage", $"A line is part of the passage '{name}'.", $"Known are: {string.Join(", ", s_passages.Keys)}."));
                continue;
            }
            foreach (JsonElement line in Lines(feature))
            {
                int before = -1;
                foreach (JsonElement at in line.EnumerateArray())
                {
                    int node = Node(PointOf(at));
                    if (before >= 0 && before != node && joined.Add((Math.Min(before, node), Math.Max(before, node), passage)))
                        stretches.Add(new(before, node, Math.Max(1, points[before].MilliMilesTo(points[node])), passage));
                    before = node;
                }
            }
        }
        if (points.Count > ushort.MaxValue) findings.Add(new(new("network"), "size", $"{points.Count} points.", $"At most {ushort.MaxValue} fit."));
        var found = new List<SeaPort>();
        if (findings.Count == 0 && SeaNetwork.Of([.. points], [.. stretches], [], 0).Network is { } sea)
        {
            foreach (JsonElement feature in Features(ports, "ports", findings))
                if (Property(feature, "port") is { Length: 5 } locode && locode.All(char.IsAsciiLetterOrDigit) && feature.TryGetProperty("geometry", out JsonElement g) && sea.Near(PointOf(g.GetProperty("coordinates"))) is { } near)
                    found.Add(near with { Locode = locode });
        }
        return findings.Count > 0 ? (null, findings) : (SeaNetworkBytes.Write(points, stretches, [.. found.DistinctBy(static p => p.Locode).OrderBy(static p => p.Locode, StringComparer.Ordinal)], origin), []);

        int Node(SeaPoint point)
        {
            if (index.TryGetValue(point, out int known)) return known;
            points.Add(point);
            return index[point] = points.Count - 1;
        }
    }

    private static IEnumerable<JsonElement> Features(byte[] json, string source, List<Finding> findings)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("features", out JsonElement features) && features.ValueKind == JsonValueKind.Array
                && features.EnumerateArray().All(WellFormed)) return [.. features.Clone().EnumerateArray()];
            findings.Add(new(new(source), "geojson", "It is no collection of lines or points.", "Give a GeoJSON FeatureCollection of LineString, MultiLineString or Point."));
        }
        catch (JsonException e)
        {
            findings.Add(new(new(source, (int)(e.LineNumber ?? 0) + 1), "json", "It is no JSON.", "Give a GeoJSON FeatureCollection."));
        }
        return [];
    }

    private static bool WellFormed(JsonElement feature) => feature.ValueKind == JsonValueKind.Object && feature.TryGetProperty("geometry", out JsonElement geometry) && geometry.ValueKind == JsonValueKind.Object
        && geometry.TryGetProperty("type", out JsonElement type) && geometry.TryGetProperty("coordinates", out JsonElement at) && type.GetString() switch
        {
            "Point" => IsPoint(at),
            "LineString" => IsLine(at),
            "MultiLineString" => at.ValueKind == JsonValueKind.Array && at.EnumerateArray().All(IsLine),
            _ => false,
        };

    private static bool IsLine(JsonElement at) => at.ValueKind == JsonValueKind.Array && at.EnumerateArray().All(IsPoint);

    private static bool IsPoint(JsonElement at) => at.ValueKind == JsonValueKind.Array && at.GetArrayLength() >= 2 && at[0].ValueKind == JsonValueKind.Number && at[1].ValueKind == JsonValueKind.Number
        && Math.Abs(at[0].GetDouble()) <= 360 && Math.Abs(at[1].GetDouble()) <= 90;

    private static IEnumerable<JsonElement> Lines(JsonElement feature)
    {
        JsonElement geometry = feature.GetProperty("geometry"), at = geometry.GetProperty("coordinates");
        return geometry.GetProperty("type").GetString() switch { "LineString" => [at], "MultiLineString" => at.EnumerateArray(), _ => [] };
    }

    /// <summary>A point with its longitude brought into [-180, 180).</summary>
    private static SeaPoint PointOf(JsonElement at)
    {
        SeaPoint point = SeaPoint.Of(at[1].GetDouble(), at[0].GetDouble());
        long east = ((point.Longitude + 180_000_000L) % 360_000_000 + 360_000_000) % 360_000_000 - 180_000_000;
        return point with { Longitude = (int)east };
    }

    private static string? Property(JsonElement feature, string name) => feature.TryGetProperty("properties", out JsonElement all) && all.ValueKind == JsonValueKind.Object
        && all.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
