using System.IO.Compression;
using Homestretch.Exchange.Health;
using Homestretch.Machines.Health;

namespace Homestretch.Cli.Health;

/// <summary>Files of histories and truths; what is wrong with them is printed to standard error. A name that ends in .gz is unpacked.</summary>
internal static class HealthFiles
{
    public static byte[]? Bytes(string path)
    {
        if (!File.Exists(path))
        {
            Console.Error.WriteLine($"There is no file '{path}'.");
            return null;
        }
        if (!path.EndsWith(".gz", StringComparison.Ordinal)) return File.ReadAllBytes(path);
        try
        {
            using var unpacked = new MemoryStream();
            using var packed = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
            packed.CopyTo(unpacked);
            return unpacked.ToArray();
        }
        catch (InvalidDataException e)
        {
            Console.Error.WriteLine($"{path}: {e.Message}");
            return null;
        }
    }

    public static FailureHistory? Read(string path)
    {
        if (Bytes(path) is not { } bytes) return null;
        var (fleet, findings) = FailureHistoryFile.Read(bytes, path);
        return Said(findings) ? fleet : null;
    }

    public static IReadOnlyDictionary<string, double>? Truth(string path, FailureHistory fleet)
    {
        if (Bytes(path) is not { } bytes) return null;
        var (left, findings) = FailureHistoryFile.ReadTruth(bytes, path, fleet);
        return Said(findings) ? left : null;
    }

    /// <summary>Prints findings; true when there are none.</summary>
    public static bool Said(IReadOnlyList<Finding> findings)
    {
        foreach (Finding finding in findings) Console.Error.WriteLine(finding);
        return findings.Count == 0;
    }
}
