using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Mono.Cecil;

namespace Homestretch.Tests.House;

/// <summary>Code that breaks a rule, compiled on the spot: a fence that catches nothing guards nothing.</summary>
internal static class Breach
{
    private static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static p => !Path.GetFileName(p).StartsWith("Homestretch", StringComparison.Ordinal)).Select(static p => MetadataReference.CreateFromFile(p)),
    ];

    public static CSharpCompilation Compile(string code, string assembly = "Breach", params MetadataReference[] more) => CSharpCompilation.Create(assembly,
        [CSharpSyntaxTree.ParseText("using System; using System.Collections.Generic; using System.Linq;\n" + code)], [.. s_references, .. more],
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    /// <summary>The compiled module, to be walked by a fence.</summary>
    public static ModuleDefinition Module(string code, params MetadataReference[] more) => ModuleDefinition.ReadModule(new MemoryStream(Bytes(Compile(code, "Breach", more))));

    /// <summary>A package of that namespace with one public class, Thing.</summary>
    public static MetadataReference Package(string space) =>
        MetadataReference.CreateFromImage(Bytes(Compile($"namespace {space}; public class Thing {{ }}", space)));

    private static byte[] Bytes(CSharpCompilation compilation)
    {
        var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        if (!result.Success) throw new InvalidOperationException($"The breach does not compile.\n{string.Join('\n', result.Diagnostics)}");
        return stream.ToArray();
    }
}
