using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;

namespace Homestretch.Tests.House;

/// <summary>House rules that reflection and a look at the sources can keep.</summary>
public sealed partial class HouseTests(ITestOutputHelper output)
{
    private static readonly Assembly[] s_assemblies = [typeof(Finding).Assembly, typeof(Homestretch.Exchange.Csv.CsvText).Assembly];

    private static readonly Type[] s_types =
        [.. s_assemblies.SelectMany(static a => a.GetTypes()).Where(static t => t.GetCustomAttribute<CompilerGeneratedAttribute>() is null && !t.FullName!.Contains('<', StringComparison.Ordinal) && t.Namespace?.StartsWith("Homestretch", StringComparison.Ordinal) == true)];

    /// <summary>Interfaces that may have one implementation, each with its reason.</summary>
    private static readonly Dictionary<string, string> s_lonely = [];

    [Fact]
    public void Classes_are_sealed_static_or_abstract() => Assert.Empty(Unsealed(s_types));

    [Fact]
    public void An_abstract_record_is_closed_by_a_private_constructor() => Assert.Empty(Open(s_types));

    [Fact]
    public void Records_do_not_change() => Assert.Empty(Mutable(s_types));

    [Fact]
    public void No_name_says_only_that_something_is_there() => Assert.Empty(Empty(s_types));

    [Fact]
    public void No_interface_waits_for_a_second_implementation() => Assert.Equal(s_lonely.Keys.Order(), Lonely(s_types).Order());

    [Fact]
    public void Each_house_rule_catches_its_breach()
    {
        Type[] breaches = [.. typeof(Breaches).GetNestedTypes(BindingFlags.NonPublic), typeof(ILonely)];
        Assert.Equal(["OpenManager", "Parent"], Unsealed(breaches).Order());
        Assert.Equal(["Parent"], Open(breaches));
        Assert.Equal(["Changing.Name", "Changing._count"], Mutable(breaches).Order());
        Assert.Equal(["OpenManager"], Empty(breaches));
        Assert.Equal(["ILonely"], Lonely(breaches));
    }

    [Fact]
    public void Sources_are_files_of_their_namespace() =>
        Assert.DoesNotContain(Repository.Files("*.cs", "src").Where(static f => !f.EndsWith("/Program.cs", StringComparison.Ordinal)), static f =>
            Declared().Match(Repository.Read(f)) is { Success: true } m && m.Groups[1].Value != Path.GetDirectoryName(f)!.Replace('\\', '/')["src/".Length..].Replace('/', '.'));

    [Fact]
    public void A_namespace_is_the_whole_file() => Assert.DoesNotContain(Repository.Files("*.cs", "src", "tests", "bench"), static f => Block().IsMatch(Repository.Read(f)));

    [Fact]
    public void Nothing_is_left_to_do_in_the_sources() =>
        Assert.DoesNotContain(Repository.Files("*.*", "src", "tests", "bench"), static f => Path.GetExtension(f) is ".cs" or ".razor" or ".js" or ".css" or ".sql" or ".csproj" && LeftOver().IsMatch(Repository.Read(f)));

    [Fact]
    public void A_file_over_400_lines_says_why_in_its_first_comment()
    {
        var lengths = Repository.Files("*.cs", "src").Select(static f => (File: f, Lines: File.ReadLines(Repository.PathOf(f)).Count())).OrderBy(static f => f.Lines).ToList();
        foreach (var folder in lengths.GroupBy(static f => Path.GetDirectoryName(f.File)!).OrderBy(static g => g.Key, StringComparer.Ordinal))
            output.WriteLine($"{folder.Key}: {folder.Count()} files, {folder.Sum(static f => f.Lines)} lines, longest {folder.Last().File} with {folder.Last().Lines}");
        output.WriteLine($"all: {lengths.Count} files, median {lengths[lengths.Count / 2].Lines} lines, p90 {lengths[lengths.Count * 9 / 10].Lines}");
        Assert.DoesNotContain(lengths, static f => f.Lines > 400 && !File.ReadLines(Repository.PathOf(f.File)).First().StartsWith("// Long because", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Unsealed(IEnumerable<Type> types) =>
        types.Where(static t => t is { IsClass: true, IsSealed: false } && (!t.IsAbstract || t.Name == "Parent")).Select(static t => t.Name);

    private static IEnumerable<string> Open(IEnumerable<Type> types) =>
        types.Where(static t => t is { IsClass: true, IsAbstract: true, IsSealed: false } && IsRecord(t) && t.GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
            .Any(c => !c.IsPrivate && !(c.GetParameters() is [var p] && p.ParameterType == t))).Select(static t => t.Name);

    private static IEnumerable<string> Mutable(IEnumerable<Type> types) => types.Where(IsRecord).SelectMany(static t =>
        t.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(static p => p.SetMethod is { } set && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit))).Select(static p => p.Name)
            .Concat(t.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Where(static f => !f.IsInitOnly && f.GetCustomAttribute<CompilerGeneratedAttribute>() is null).Select(static f => f.Name))
            .Select(m => $"{t.Name}.{m}"));

    private static IEnumerable<string> Empty(IEnumerable<Type> types) => types.Where(static t => Hollow().IsMatch(t.Name)).Select(static t => t.Name);

    private static IEnumerable<string> Lonely(Type[] types) =>
        types.Where(static t => t.IsInterface).Where(i => types.Count(t => !t.IsInterface && t.GetInterfaces().Any(x => x == i || x.IsGenericType && x.GetGenericTypeDefinition() == i)) == 1).Select(static i => i.Name);

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null
        || type.IsValueType && type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null;

    [GeneratedRegex("(Manager|Helper|Util|Utils|Utility|Common|Base|Impl)(`[0-9]+)?$")]
    private static partial Regex Hollow();

    [GeneratedRegex("^namespace ([A-Za-z.]+);", RegexOptions.Multiline)]
    private static partial Regex Declared();

    [GeneratedRegex(@"^namespace [\w.]+\s*\{", RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex("TO" + "DO|FIX" + "ME|HACK" + ":|NotImplemented" + "Exception|Skip" + " = \"")]
    private static partial Regex LeftOver();

    private static class Breaches
    {
        internal class OpenManager;
        internal sealed class Heir : OpenManager;
        internal abstract record Parent { protected Parent() { } }
        internal sealed record Changing
        {
            private int _count;
            public string Name { get; set; } = "";
            public int Next() => ++_count;
        }
        internal sealed class Alone : ILonely;
    }

    private interface ILonely;
}
