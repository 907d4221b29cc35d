using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace Homestretch.Tests.House;

/// <summary>The first fence: banned symbols are compile errors in the core, in our words.</summary>
public sealed partial class AnalyzerFenceTests
{
    private const string List = "src/Homestretch/BannedSymbols.txt";
    private static readonly ImmutableArray<DiagnosticAnalyzer> s_analyzers = Analyzers();

    [Theory]
    [InlineData("object F() => DateTime.UtcNow;", "The core has no clock: take an Instant t")]
    [InlineData("object F() => NodaTime.SystemClock.Instance;", "The core has no clock: take an Instant t")]
    [InlineData("object F() => System.Diagnostics.Stopwatch.StartNew();", "The core has no clock: bench/ measures")]
    [InlineData("object F() => new Random(1);", "Draws are counter-based and keyed: use Draws")]
    [InlineData("object F() => Guid.NewGuid();", "Identities come from the outside")]
    [InlineData("object F() => System.IO.File.ReadAllBytes(\"x\");", "The core does no I/O: take bytes, return bytes")]
    [InlineData("void F() => Console.WriteLine();", "The core does no I/O: return a record")]
    [InlineData("int F() => HashCode.Combine(1, 2);", "Hashes in results differ between runs: use StableHash")]
    [InlineData("int F(string s) => s.GetHashCode();", "Differs between runs: use StableHash")]
    [InlineData("async System.Threading.Tasks.Task F() => await System.Threading.Tasks.Task.Yield();", "The core is synchronous; Parallel.For is allowed in Promising/Kernel and Cutting")]
    [InlineData("float F(float[] x) => x.Sum();", "Sum in index order with a scalar loop")]
    [InlineData("object F(int[] x) => x.AsParallel();", "Order of work would show in results: own disjoint ranges")]
    [InlineData("object F() => System.Collections.Immutable.ImmutableDictionary<string, int>.Empty;", "Enumerates in an order that differs between runs")]
    public async Task A_banned_symbol_is_an_error_with_our_message(string member, string message)
    {
        ImmutableArray<Diagnostic> found = await Found(member);
        Assert.Contains(found, d => d.Id == "RS0030" && d.GetMessage(System.Globalization.CultureInfo.InvariantCulture).EndsWith(message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_not_banned_is_no_error() =>
        Assert.Empty(await Found("int F(int[] x) => x.Sum();"));

    [Fact]
    public void The_core_is_built_with_the_analyzer_the_list_and_the_severity()
    {
        string project = Repository.Read("src/Homestretch/Homestretch.csproj");
        Assert.Contains("<PackageReference Include=\"Microsoft.CodeAnalysis.BannedApiAnalyzers\"", project, StringComparison.Ordinal);
        Assert.Contains("<AdditionalFiles Include=\"BannedSymbols.txt\"", project, StringComparison.Ordinal);
        Assert.Contains("dotnet_diagnostic.RS0030.severity = error", Repository.Read(".editorconfig"), StringComparison.Ordinal);
        Assert.DoesNotContain(Repository.Files("*.cs", "src", "tests", "bench"), static f => Pragma().IsMatch(Repository.Read(f)));
    }

    [Fact]
    public void Every_line_of_the_list_names_something_that_exists()
    {
        Compilation compilation = Breach.Compile("");
        Assert.All(File.ReadAllLines(Repository.PathOf(List)), line =>
        {
            string[] parts = line.Split(';', 2);
            Assert.True(parts.Length == 2 && parts[1].Length > 0, line);
            Assert.True(DocumentationCommentId.GetFirstSymbolForDeclarationId(parts[0], compilation) is not null, $"{parts[0]} is nothing.");
        });
    }

    private static Task<ImmutableArray<Diagnostic>> Found(string member)
    {
        var options = new AnalyzerOptions([new ListFile(Repository.PathOf(List))]);
        return Breach.Compile($"namespace Homestretch.World; public class Breach {{ {member} }}").WithAnalyzers(s_analyzers, options).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The analyzers of the package version that the build uses, from the package folder.</summary>
    private static ImmutableArray<DiagnosticAnalyzer> Analyzers()
    {
        string version = PackageVersion().Match(Repository.Read("Directory.Packages.props")).Groups[1].Value;
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget/packages");
        string folder = Path.Combine(packages, "microsoft.codeanalysis.bannedapianalyzers", version, "analyzers/dotnet/cs");
        Assembly.LoadFrom(Path.Combine(folder, "Microsoft.CodeAnalysis.BannedApiAnalyzers.dll"));
        return
        [
            .. Assembly.LoadFrom(Path.Combine(folder, "Microsoft.CodeAnalysis.CSharp.BannedApiAnalyzers.dll")).GetTypes()
                .Where(static t => !t.IsAbstract && t.IsAssignableTo(typeof(DiagnosticAnalyzer)) && t.Name.Contains("SymbolIsBanned", StringComparison.Ordinal))
                .Select(static t => (DiagnosticAnalyzer)Activator.CreateInstance(t)!),
        ];
    }

    [GeneratedRegex("BannedApiAnalyzers\" Version=\"([^\"]+)\"")]
    private static partial Regex PackageVersion();

    [GeneratedRegex("^\\s*#pragma warning " + "disable", RegexOptions.Multiline)]
    private static partial Regex Pragma();

    private sealed class ListFile(string path) : AdditionalText
    {
        public override string Path => path;
        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(File.ReadAllText(path));
    }
}
