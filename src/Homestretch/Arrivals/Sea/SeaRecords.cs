using Homestretch.World;

namespace Homestretch.Arrivals.Sea;

/// <summary>A point of the sea network, WGS 84, in millionths of a degree, north and east positive.</summary>
public readonly record struct SeaPoint(int Latitude, int Longitude)
{
    public static SeaPoint Of(double latitude, double longitude) => new((int)Math.Round(latitude * 1e6), (int)Math.Round(longitude * 1e6));
    public double North => Latitude / 1e6;
    public double East => Longitude / 1e6;

    /// <summary>Great-circle distance in thousandths of a nautical mile, on a sphere of 6,371.0088 km (the mean radius of IUGG 1980).</summary>
    public int MilliMilesTo(SeaPoint other)
    {
        const double radius = 6371.0088 / 1.852, degree = Math.PI / 180;
        double north = Math.Sin((other.North - North) * degree / 2), east = Math.Sin((other.East - East) * degree / 2);
        double half = north * north + Math.Cos(North * degree) * Math.Cos(other.North * degree) * east * east;
        return (int)Math.Round(2 * radius * Math.Asin(Math.Sqrt(Math.Min(1, half))) * 1000);
    }
}

/// <summary>A stretch between two points of the network, sailed either way.</summary>
/// <param name="MilliMiles">Length in thousandths of a nautical mile.</param>
/// <param name="Passage">The passage it is part of; null: open sea.</param>
public readonly record struct SeaStretch(int A, int B, int MilliMiles, Passage? Passage);

/// <summary>A place where ships load, with the point of the network nearest to it.</summary>
/// <param name="Locode">UN/LOCODE without a space; empty for a place known by where it lies only.</param>
/// <param name="ApproachMilliMiles">From the place to that point, straight.</param>
public sealed record SeaPort(string Locode, SeaPoint At, int Node, int ApproachMilliMiles);

/// <summary>A set of passages.</summary>
public readonly record struct PassageSet(int Bits)
{
    public static PassageSet Of(params ReadOnlySpan<Passage> passages)
    {
        PassageSet set = default;
        foreach (Passage p in passages) set = set.With(p);
        return set;
    }

    public PassageSet With(Passage passage) => new(Bits | 1 << (int)passage);
    public bool Has(Passage passage) => (Bits >> (int)passage & 1) != 0;
}

/// <summary>A passage on a way.</summary>
/// <param name="AfterMiles">Nautical miles sailed when the ship enters it.</param>
public readonly record struct Passed(Passage Passage, double AfterMiles);

/// <summary>The shortest way between two ports that takes no closed passage.</summary>
/// <param name="Miles">Nautical miles, the approaches to both ports included.</param>
/// <param name="Passed">Passages in the order in which the ship enters them.</param>
/// <param name="Points">The way itself, port to port.</param>
public sealed record SeaRoute(double Miles, IReadOnlyList<Passed> Passed, IReadOnlyList<SeaPoint> Points);
