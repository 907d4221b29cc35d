using Homestretch.Exchange.Neutral;

namespace Homestretch.Cli.Neutral;

/// <summary>Neutral instances on disk.</summary>
internal static class NeutralFiles
{
    /// <summary>The folder's instance; null after its findings were printed to standard error.</summary>
    public static NeutralInstance? Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            Console.Error.WriteLine($"There is no folder '{folder}'. Give the folder of a neutral instance.");
            return null;
        }
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (string name in NeutralReader.Files)
            if (File.Exists(Path.Combine(folder, name))) files.Add(name, File.ReadAllBytes(Path.Combine(folder, name)));
        var findings = new List<Finding>();
        NeutralInstance? instance = NeutralReader.Read(files, findings);
        foreach (Finding finding in findings) Console.Error.WriteLine(finding);
        if (findings.Count > 0) Console.Error.WriteLine($"{findings.Count} errors; nothing was planned.");
        return instance;
    }

    /// <summary>The rows of a plan file; null after its findings were printed.</summary>
    public static IReadOnlyList<NeutralPlanRow>? ReadPlan(string file)
    {
        var findings = new List<Finding>();
        if (!File.Exists(file)) findings.Add(new(new(file), "missing-file", "There is no such plan file.", "Give a plan file."));
        IReadOnlyList<NeutralPlanRow>? rows = findings.Count > 0 ? null : NeutralPlan.Read(File.ReadAllBytes(file), file, findings);
        foreach (Finding finding in findings) Console.Error.WriteLine(finding);
        return rows;
    }
}
