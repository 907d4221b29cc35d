using System.Buffers.Binary;
using System.Text;
using Homestretch.World;

namespace Homestretch.Arrivals.Sea;

/// <summary>A sea network as bytes: a line of text that says what it is, its counts and where it comes from; then points, stretches and ports, little-endian.</summary>
/// <remarks>Line: 'homestretch-sea 1 POINTS STRETCHES PORTS; origin'. Point: latitude, longitude (int32, millionths of a degree). Stretch: two points (uint16), length
/// (int32, thousandths of a nautical mile), passage (byte, 255: none). Port: 5 letters, latitude, longitude, point (uint16), approach (int32).</remarks>
public static class SeaNetworkBytes
{
    private const int PointSize = 8, StretchSize = 9, PortSize = 19, LongestLine = 1000, NoPassage = 255;
    private const string Name = "homestretch-sea", Cure = "Take the file as it was made, or make it again with 'sea pack'.";

    public static byte[] Write(IReadOnlyList<SeaPoint> points, IReadOnlyList<SeaStretch> stretches, IReadOnlyList<SeaPort> ports, string origin)
    {
        byte[] line = Encoding.ASCII.GetBytes($"{Name} 1 {points.Count} {stretches.Count} {ports.Count}; {origin}\n");
        byte[] bytes = new byte[line.Length + PointSize * points.Count + StretchSize * stretches.Count + PortSize * ports.Count];
        line.CopyTo(bytes, 0);
        Span<byte> at = bytes.AsSpan(line.Length);
        foreach (SeaPoint p in points) Put(ref at, p);
        foreach (SeaStretch s in stretches)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(at, (ushort)s.A);
            BinaryPrimitives.WriteUInt16LittleEndian(at[2..], (ushort)s.B);
            BinaryPrimitives.WriteInt32LittleEndian(at[4..], s.MilliMiles);
            at[8] = (byte)((int?)s.Passage ?? NoPassage);
            at = at[StretchSize..];
        }
        foreach (SeaPort p in ports)
        {
            Encoding.ASCII.GetBytes(p.Locode, at);
            at = at[5..];
            Put(ref at, p.At);
            BinaryPrimitives.WriteUInt16LittleEndian(at, (ushort)p.Node);
            BinaryPrimitives.WriteInt32LittleEndian(at[2..], p.ApproachMilliMiles);
            at = at[6..];
        }
        return bytes;
    }

    /// <summary>Reads a network; findings when the bytes are none.</summary>
    public static (SeaNetwork? Network, IReadOnlyList<Finding> Findings) Read(ReadOnlySpan<byte> bytes, string source = "sea network")
    {
        int end = bytes[..Math.Min(bytes.Length, LongestLine)].IndexOf((byte)'\n');
        string[] words = end < 0 ? [] : Encoding.ASCII.GetString(bytes[..end]).Split(';')[0].Split(' ');
        if (words is not [Name, "1", var first, var second, var third] || !int.TryParse(first, out int n) || !int.TryParse(second, out int m) || !int.TryParse(third, out int k)
            || n is < 1 or > ushort.MaxValue || m is < 1 or > 1_000_000 || k is < 0 or > 100_000)
            return (null, [new(new(source, 1), "header", "The first line does not say what a sea network's says.", Cure)]);
        long size = end + 1L + (long)PointSize * n + (long)StretchSize * m + (long)PortSize * k;
        if (bytes.Length != size) return (null, [new(new(source), "size", $"{bytes.Length} bytes, where {size} are told.", Cure)]);
        ReadOnlySpan<byte> at = bytes[(end + 1)..];
        var points = new SeaPoint[n];
        var stretches = new SeaStretch[m];
        var ports = new SeaPort[k];
        for (int i = 0; i < n; i++) points[i] = Point(ref at);
        for (int i = 0; i < m; i++, at = at[StretchSize..])
            stretches[i] = new(BinaryPrimitives.ReadUInt16LittleEndian(at), BinaryPrimitives.ReadUInt16LittleEndian(at[2..]), BinaryPrimitives.ReadInt32LittleEndian(at[4..]), at[8] == NoPassage ? null : (Passage)at[8]);
        for (int i = 0; i < k; i++)
        {
            string locode = Encoding.ASCII.GetString(at[..5]);
            at = at[5..];
            ports[i] = new(locode, Point(ref at), BinaryPrimitives.ReadUInt16LittleEndian(at), BinaryPrimitives.ReadInt32LittleEndian(at[2..]));
            at = at[6..];
        }
        return SeaNetwork.Of(points, stretches, ports, Hash(bytes), source);
    }

    private static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        ulong hash = (ulong)bytes.Length;
        for (int i = 0; i + 8 <= bytes.Length; i += 8) hash = StableHash.Join(hash, BinaryPrimitives.ReadUInt64LittleEndian(bytes[i..]));
        foreach (byte b in bytes[(bytes.Length / 8 * 8)..]) hash = StableHash.Join(hash, b);
        return hash;
    }

    private static void Put(ref Span<byte> at, SeaPoint point)
    {
        BinaryPrimitives.WriteInt32LittleEndian(at, point.Latitude);
        BinaryPrimitives.WriteInt32LittleEndian(at[4..], point.Longitude);
        at = at[PointSize..];
    }

    private static SeaPoint Point(ref ReadOnlySpan<byte> at)
    {
        var point = new SeaPoint(BinaryPrimitives.ReadInt32LittleEndian(at), BinaryPrimitives.ReadInt32LittleEndian(at[4..]));
        at = at[PointSize..];
        return point;
    }
}
