using Homestretch.World;

namespace Homestretch.Arrivals.Sea;

/// <summary>The ways of the sea as a network of points, with named passages that can be closed. Distances are whole thousandths of a nautical mile, so that a
/// shortest way is the same on every machine. Immutable; what has been found is kept, and any thread may ask.</summary>
/// <remarks>Method, figures and limits: docs/sea.md.</remarks>
public sealed class SeaNetwork
{
    /// <summary>A place further than this from the network is no port: nautical miles.</summary>
    public const double FarthestApproach = 60;

    private const int MostKept = 64;
    private readonly SeaPoint[] _points;
    private readonly int[] _first;
    private readonly SeaEdge[] _edges;
    private readonly Dictionary<string, SeaPort> _ports = new(StringComparer.Ordinal);
    private Dictionary<(int, PassageSet), SeaTree> _trees = [];

    private SeaNetwork(SeaPoint[] points, SeaStretch[] stretches, IEnumerable<SeaPort> ports, ulong version)
    {
        (_points, Stretches, Version) = (points, stretches, version);
        _first = new int[points.Length + 1];
        foreach (SeaStretch s in stretches) (_first[s.A + 1], _first[s.B + 1]) = (_first[s.A + 1] + 1, _first[s.B + 1] + 1);
        for (int n = 0; n < points.Length; n++) _first[n + 1] += _first[n];
        int[] next = _first[..^1];
        _edges = new SeaEdge[2 * stretches.Length];
        foreach (SeaStretch s in stretches)
        {
            _edges[next[s.A]++] = new(s.B, s.MilliMiles, s.Passage);
            _edges[next[s.B]++] = new(s.A, s.MilliMiles, s.Passage);
        }
        foreach (SeaPort port in ports) _ports.TryAdd(port.Locode, port);
    }

    public IReadOnlyList<SeaPoint> Points => _points;
    public IReadOnlyList<SeaStretch> Stretches { get; }

    /// <summary>Ports by UN/LOCODE.</summary>
    public IReadOnlyCollection<SeaPort> Ports => _ports.Values;

    /// <summary>Hash of all that is in it: part of a plan's identity.</summary>
    public ulong Version { get; }

    /// <summary>A network of these parts; findings when it cannot be.</summary>
    public static (SeaNetwork? Network, IReadOnlyList<Finding> Findings) Of(SeaPoint[] points, SeaStretch[] stretches, IReadOnlyList<SeaPort> ports, ulong version, string source = "sea network")
    {
        var findings = new List<Finding>();
        void Must(bool holds, string rule, string what, string cure)
        {
            if (!holds && findings.Count < 20) findings.Add(new(new(source), rule, what, cure));
        }
        bool Point(int n) => n >= 0 && n < points.Length;
        foreach (SeaPoint p in points) Must(Math.Abs((long)p.Latitude) <= 90_000_000 && Math.Abs((long)p.Longitude) <= 180_000_000, "on-earth", $"A point lies at {p.North} north, {p.East} east.", "Give degrees within 90 and 180.");
        foreach (SeaStretch s in stretches)
        {
            Must(Point(s.A) && Point(s.B) && s.A != s.B, "two-points", $"A stretch joins points {s.A} and {s.B} of {points.Length}.", "Join two different points of the list.");
            Must(s.MilliMiles is > 0 and < 10_000_000, "length", $"A stretch is {s.MilliMiles / 1000.0} nautical miles long.", "Give more than 0 and less than 10,000.");
            Must(s.Passage is null || Enum.IsDefined(s.Passage.Value), "passage", $"A stretch is part of passage number {(int?)s.Passage}.", $"Number them 0 to {Passages.All.Count - 1}.");
        }
        foreach (SeaPort p in ports) Must(Point(p.Node) && p.ApproachMilliMiles >= 0, "port", $"Port {p.Locode} is joined to point {p.Node} of {points.Length} over {p.ApproachMilliMiles / 1000.0} miles.", "Join it to a point of the list.");
        return findings.Count > 0 ? (null, findings) : (new(points, stretches, ports, version), []);
    }

    /// <summary>The port of a UN/LOCODE; null when it is none of the network's.</summary>
    public SeaPort? Port(string locode) => _ports.GetValueOrDefault(locode);

    /// <summary>A place as a port: the nearest point within <see cref="FarthestApproach"/>; null when there is none.</summary>
    public SeaPort? Near(SeaPoint place)
    {
        int best = -1, approach = (int)(FarthestApproach * 1000) + 1;
        for (int n = 0; n < _points.Length; n++)
        {
            if (Math.Abs(_points[n].Latitude - place.Latitude) > 1_100_000) continue;      // 66 nautical miles
            int miles = (_points[n].MilliMilesTo(place) + 50) / 100 * 100;       // a tenth of a mile: the last digits of a sine are the machine's own
            if (miles < approach) (best, approach) = (n, miles);
        }
        return best < 0 ? null : new("", place, best, approach);
    }

    /// <summary>The shortest way; null when the closed passages leave none.</summary>
    public SeaRoute? Route(SeaPort from, SeaPort to, PassageSet closed = default)
    {
        SeaTree tree = Towards(to.Node, closed);
        if (!tree.Reaches(from.Node)) return null;
        var passed = new List<Passed>();
        var points = new List<SeaPoint> { from.At };
        long sailed = from.ApproachMilliMiles;
        for (int n = from.Node; ; n = _edges[tree.Next(n)].To)
        {
            points.Add(_points[n]);
            if (n == to.Node) break;
            SeaEdge edge = _edges[tree.Next(n)];
            if (edge.Passage is { } p && !passed.Exists(x => x.Passage == p)) passed.Add(new(p, sailed / 1000.0));
            sailed += edge.MilliMiles;
        }
        points.Add(to.At);
        return new((sailed + to.ApproachMilliMiles) / 1000.0, passed, points);
    }

    /// <summary>Shortest ways from everywhere to one point.</summary>
    internal SeaTree Towards(int node, PassageSet closed)
    {
        Dictionary<(int, PassageSet), SeaTree> known = Volatile.Read(ref _trees);
        if (known.TryGetValue((node, closed), out SeaTree? tree)) return tree;
        tree = SeaTree.Of(_first, _edges, node, closed);
        var with = known.Count < MostKept ? new Dictionary<(int, PassageSet), SeaTree>(known) : [];
        with[(node, closed)] = tree;
        Interlocked.CompareExchange(ref _trees, with, known);     // who loses the race finds it again
        return tree;
    }

    internal SeaEdge Edge(int index) => _edges[index];
}

/// <summary>One direction of a stretch.</summary>
internal readonly record struct SeaEdge(int To, int MilliMiles, Passage? Passage);
