using System.Buffers.Binary;
using System.Text;
using Homestretch.Machines.Health;

namespace Homestretch.Edge.Judge;

/// <summary>The readings of machines on disk, so that a restart does not forget their early life: one file a machine, a line of names and then records of age and values.
/// A file of other names than the model's is put aside, and the machine begins anew.</summary>
internal sealed class ReadingStore(string folder)
{
    private readonly string _folder = Path.Combine(folder, "readings");

    /// <summary>Machines of which there are readings.</summary>
    public IReadOnlyList<string> Machines() => Directory.Exists(_folder) ? [.. Directory.GetFiles(_folder, "*.readings").Select(static f => Uri.UnescapeDataString(Path.GetFileNameWithoutExtension(f))).Order(StringComparer.Ordinal)] : [];

    /// <summary>The readings of a machine, oldest first; a last one cut short by a crash is left out.</summary>
    public IReadOnlyList<(double Age, float[] Values)> Of(string machine, SensorNames names)
    {
        string file = FileOf(machine);
        if (!File.Exists(file)) return [];
        byte[] bytes = File.ReadAllBytes(file), head = Head(names);
        if (!bytes.AsSpan().StartsWith(head))
        {
            File.Move(file, file + ".old", overwrite: true);
            return [];
        }
        int width = Width(names), size = 8 + 4 * width;
        var readings = new List<(double, float[])>();
        for (int at = head.Length; at + size <= bytes.Length; at += size)
        {
            float[] values = new float[width];
            for (int i = 0; i < width; i++) values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(at + 8 + 4 * i));
            readings.Add((BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(at)), values));
        }
        return readings;
    }

    public void Keep(string machine, SensorNames names, double age, float[] values)
    {
        Directory.CreateDirectory(_folder);
        string file = FileOf(machine);
        byte[] record = new byte[8 + 4 * values.Length];
        BinaryPrimitives.WriteDoubleLittleEndian(record, age);
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(record.AsSpan(8 + 4 * i), values[i]);
        try
        {
            using FileStream to = new(file, FileMode.OpenOrCreate, FileAccess.Write);
            byte[] head = Head(names);
            if (to.Length == 0) to.Write(head);
            // what a crash cut short is written over
            to.Position = to.Length - (to.Length - head.Length) % record.Length;
            to.Write(record);
        }
        catch (IOException)
        {
            // the disk is full: the track in memory has it, a restart will not
        }
    }

    private string FileOf(string machine) => Path.Combine(_folder, Uri.EscapeDataString(machine) + ".readings");

    private static int Width(SensorNames names) => names.Settings.Length + names.Sensors.Length;

    private static byte[] Head(SensorNames names) => Encoding.UTF8.GetBytes(string.Join('\t', names.Settings.Concat(names.Sensors)) + "\n");
}
