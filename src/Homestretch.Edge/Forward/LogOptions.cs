using System.Security.Cryptography;
using Homestretch.Disk;

namespace Homestretch.Edge.Forward;

/// <param name="MostBytes">Room the log may take.</param>
/// <param name="KeepOneIn">When room runs out, one raw record in so many stays.</param>
internal sealed record LogOptions(string Folder, long MostBytes, int KeepOneIn, long SegmentBytes = 4 << 20);

/// <summary>The id of a log, made once.</summary>
internal static class LogId
{
    public static string Of(string folder)
    {
        string file = Path.Combine(folder, "id");
        if (File.Exists(file) && File.ReadAllText(file).Trim() is { Length: 8 } id) return id;
        id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
        if (!Durable.Replace(file, System.Text.Encoding.UTF8.GetBytes(id))) throw new IOException($"The log cannot be begun in {folder}.");
        return id;
    }
}

/// <summary>Room held back so that a full disk can be thinned: writing a segment anew takes room before it gives some.</summary>
internal sealed class Reserve(string path, long bytes)
{
    /// <summary>Takes the room, if it is to be had.</summary>
    public void Keep()
    {
        try
        {
            if (File.Exists(path)) return;
            using FileStream file = File.Create(path);
            byte[] zeros = new byte[64 << 10];
            for (long left = bytes; left > 0; left -= zeros.Length) file.Write(zeros);
            file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            File.Delete(path);
        }
    }

    public void Free() => File.Delete(path);
}
