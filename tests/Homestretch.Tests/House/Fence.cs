using Mono.Cecil;

namespace Homestretch.Tests.House;

/// <summary>A rule about which code may use what.</summary>
/// <param name="Says">The rule in words; shown with each breach.</param>
internal sealed record FenceRule(string Says, Func<Reference, bool> IsBroken);

/// <summary>Rules over the compiled code of one project.</summary>
internal sealed class Fence(params FenceRule[] rules)
{
    /// <summary>Every breach once, as 'type uses type: rule', in ordinal order.</summary>
    public IReadOnlyList<string> Breaches(ModuleDefinition module) =>
    [
        .. Reference.Of(module)
            .SelectMany(r => rules.Where(rule => rule.IsBroken(r)).Select(rule => $"{r.By} uses {r.Type}{(r.Member.Length > 0 ? "." + r.Member : "")}: {rule.Says}"))
            .Distinct().Order(StringComparer.Ordinal),
    ];

    public IReadOnlyList<string> Breaches(string path)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(path);
        return Breaches(module);
    }

    /// <summary>A package that only these namespaces may use.</summary>
    public static FenceRule Only(string package, params string[] namespaces) =>
        new($"{package} only in {(namespaces.Length == 0 ? "no place" : string.Join(", ", namespaces.Select(static n => n.Length == 0 ? "the composition root" : n)))}",
            r => !r.Own && Within(r.To, package) && !namespaces.Any(n => n.Length == 0 ? r.From.Length == 0 : Within(r.From, n)));

    /// <summary>Only these assemblies, besides the framework's own.</summary>
    public static FenceRule Assemblies(params string[] allowed) =>
        new($"only {string.Join(", ", allowed)} and the framework", r => !r.Own && !allowed.Contains(r.Assembly) && !IsFramework(r.Assembly));

    public static FenceRule NoIo { get; } = new("no I/O: take bytes, return bytes", static r => r.Type is "System.Console" or "System.IO.File" or "System.IO.Directory"
        or "System.IO.FileInfo" or "System.IO.DirectoryInfo" or "System.IO.FileStream" or "System.Diagnostics.Process" || Within(r.To, "System.Net"));

    public static FenceRule NoClock { get; } = new("no clock: take an Instant t", static r => r is
        { Type: "System.DateTime" or "System.DateTimeOffset", Member: "get_Now" or "get_UtcNow" or "get_Today" } or { Type: "System.TimeProvider" or "System.Diagnostics.Stopwatch" or "NodaTime.SystemClock" });

    public static FenceRule NoChance { get; } = new("no chance: draws are keyed", static r => r.Type is "System.Random" or "System.Guid" or "System.Security.Cryptography.RandomNumberGenerator");

    internal static bool Within(string space, string parent) => space == parent || space.StartsWith(parent + ".", StringComparison.Ordinal);

    private static bool IsFramework(string assembly) => File.Exists(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, assembly + ".dll"));
}
