using System.Diagnostics;
using System.Text;
using Homestretch.Exchange.Uvl;
using Homestretch.Products.Configuring;

namespace Homestretch.Cli.Products;

/// <summary>A feature model from a file, read and compiled.</summary>
/// <param name="Reading">Seconds it took to read.</param>
/// <param name="Compiling">Seconds it took to compile.</param>
internal sealed record ModelFile(string Path, CompiledModel Model, double Reading, double Compiling)
{
    /// <summary>Null after all that is wrong with it was told.</summary>
    public static ModelFile? Open(string path, TextWriter error, CancellationToken cancel)
    {
        if (!File.Exists(path))
        {
            error.WriteLine($"There is no file '{path}'. Give a feature model in UVL.");
            return null;
        }
        string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
        long start = Stopwatch.GetTimestamp();
        UvlRead read = UvlReader.Read(System.IO.Path.GetFileName(path), File.ReadAllText(path, Encoding.UTF8), name =>
            System.IO.Path.Combine(folder, name.Replace('.', '/') + ".uvl") is var file && File.Exists(file) ? File.ReadAllText(file, Encoding.UTF8) : null);
        double reading = Stopwatch.GetElapsedTime(start).TotalSeconds;
        IReadOnlyList<Finding> findings = read.Findings;
        if (read.Model is { } model && findings.Count == 0)
        {
            start = Stopwatch.GetTimestamp();
            (CompiledModel? compiled, findings) = CompiledModel.Compile(model, System.IO.Path.GetFileName(path), cancel);
            double compiling = Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (compiled is not null)
            {
                error.WriteLine(FormattableString.Invariant($"{model.Features().Count()} features, {model.Rules.Count} constraints: read in {reading:0.000} s, compiled in {compiling:0.000} s ({compiled.Nodes} nodes, {compiled.Parts} parts)"));
                return new(path, compiled, reading, compiling);
            }
        }
        foreach (Finding finding in findings) error.WriteLine(finding);
        error.WriteLine($"{findings.Count} {(findings.Count == 1 ? "error" : "errors")}; nothing was done.");
        return null;
    }

    /// <summary>The selectable of a name; null after saying that there is none, with names that are near.</summary>
    public Selectable? Find(string name, TextWriter error)
    {
        if (Model.Find(name) is { } found) return found;
        string[] near = [.. Model.Selectables.Select(static s => s.Name).Where(n => n.Contains(name, StringComparison.OrdinalIgnoreCase) || name.Contains(n, StringComparison.OrdinalIgnoreCase) && n.Length > 3).Take(5)];
        error.WriteLine($"{System.IO.Path.GetFileName(Path)} has no feature '{name}'.{(near.Length > 0 ? $" Maybe: {string.Join(", ", near)}." : "")} Values are given as NAME=NUMBER or NAME='TEXT'.");
        return null;
    }
}
