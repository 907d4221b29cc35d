using System.Text;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Storage;

/// <summary>A world, its version and its epoch as the bytes of a snapshot: every table with its columns by name and its records as the
/// text cells of the company folder, so that a later version with more columns still reads them.</summary>
public static class WorldBytes
{
    /// <summary>Name of the form written here; a start passes over snapshots of any other.</summary>
    public const string Form = "world 1";

    public static void Write(Stream to, Snapshot world, Instant epoch)
    {
        var buffer = new BufferedStream(to, 1 << 16); // not disposed: that would close the stream of the caller
        using var bytes = new BinaryWriter(buffer, Encoding.UTF8, leaveOpen: true);
        bytes.Write(world.Version);
        bytes.Write(epoch.ToUnixTimeTicks());
        TableKind[] kinds = [.. TableKind.All.Where(k => world.Count(k) > 0)];
        bytes.Write(kinds.Length);
        foreach (TableKind kind in kinds)
        {
            bytes.Write(kind.Name);
            bytes.Write(kind.Columns.Count);
            foreach (World.Column column in kind.Columns) bytes.Write(column.Name);
            bytes.Write(world.Count(kind));
            foreach (IRecord record in world.Records(kind))
            {
                foreach (string cell in kind.Cells(record)) bytes.Write(cell);
            }
        }
        bytes.Flush();
        buffer.Flush();
    }

    /// <exception cref="InvalidDataException">The bytes are no world that this program can read.</exception>
    public static (Snapshot World, Instant Epoch) Read(Stream from)
    {
        try
        {
            using var bytes = new BinaryReader(new BufferedStream(from, 1 << 16), Encoding.UTF8, leaveOpen: true);
            long version = bytes.ReadInt64();
            var epoch = Instant.FromUnixTimeTicks(bytes.ReadInt64());
            var records = new List<IRecord>();
            var findings = new List<Finding>();
            for (int tables = bytes.ReadInt32(); tables > 0; tables--) ReadTable(bytes, records, findings);
            return findings.Count == 0 ? (Snapshot.Of(records, version), epoch) : throw new InvalidDataException(findings[0].ToString());
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or ArgumentException)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    private static void ReadTable(BinaryReader bytes, List<IRecord> records, List<Finding> findings)
    {
        string name = bytes.ReadString();
        TableKind kind = TableKind.Named(name) ?? throw new InvalidDataException($"There is no table '{name}'.");
        int width = bytes.ReadInt32();
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int c = 0; c < width; c++) columns.Add(bytes.ReadString(), c);
        for (int rows = bytes.ReadInt32(), n = 1; n <= rows; n++)
        {
            string[] cells = new string[width];
            for (int c = 0; c < width; c++) cells[c] = bytes.ReadString();
            if (kind.Read(new Row(new Place(name, n), columns, cells), findings) is { } record) records.Add(record);
        }
    }
}
