using Mono.Cecil;

namespace Homestretch.Tests.House;

/// <summary>The core's fence: which folder may see which, and what of the framework any of them may use.</summary>
internal static class CoreFence
{
    /// <summary>For each folder, the folders it may see; every folder sees the root. In building order.</summary>
    public static IReadOnlyList<(string Folder, string[] Sees)> Directions { get; } =
    [
        ("root", []),
        ("Learning", []),
        ("World", []),
        ("Products", ["World"]),
        ("Arrivals", ["World", "Products", "Learning"]),
        ("Machines", ["World", "Products", "Arrivals", "Learning"]), // a life and a repair are stage times
        ("Landing", ["World", "Products"]),
        ("Exposure", ["World", "Products"]),
        ("Promising", ["World", "Products", "Machines", "Arrivals"]),
        ("Clearing", ["World", "Products", "Machines", "Arrivals", "Promising"]),
        ("Maintaining", ["World", "Products", "Machines", "Arrivals", "Promising"]),
        ("Buffering", ["World", "Products", "Machines", "Arrivals", "Promising"]),
        ("Situations", ["World", "Products", "Machines", "Arrivals", "Promising", "Clearing", "Maintaining", "Buffering"]),
        ("Branching", ["World", "Products", "Machines", "Arrivals", "Promising", "Situations"]),
        ("Simulating", ["World", "Products", "Machines", "Arrivals", "Promising", "Maintaining", "Situations"]),
        ("Cutting", ["World", "Products", "Landing", "Exposure", "Arrivals", "Promising", "Simulating"]),
        ("Finishing", ["World", "Products", "Landing"]),
        ("Changing", ["World", "Products", "Machines", "Arrivals", "Landing", "Promising", "Situations", "Finishing"]),
        ("Protection", ["World", "Products", "Landing", "Exposure", "Machines", "Arrivals", "Promising", "Maintaining", "Situations", "Finishing"]),
    ];

    /// <summary>Where the few places may use more: parallel loops, and hashes for the audit tree.</summary>
    private static readonly string[] s_parallel = ["Homestretch.Promising.Kernel", "Homestretch.Cutting"], s_hashing = ["Homestretch.Protection"];

    /// <summary>Namespaces open to every folder; with types, only those.</summary>
    private static readonly Dictionary<string, string[]> s_open = new(StringComparer.Ordinal)
    {
        ["System"] = [], ["System.Collections"] = [], ["System.Collections.Generic"] = [], ["System.Collections.Frozen"] = [],
        ["System.Collections.Immutable"] = ["ImmutableArray", "ImmutableArray`1"],
        ["System.Linq"] = ["Enumerable", "IGrouping`2", "ILookup`2", "IOrderedEnumerable`1", "Lookup`2"],
        ["System.Text"] = [], ["System.Globalization"] = [], ["System.Numerics"] = [], ["System.Buffers"] = [], ["System.Buffers.Binary"] = [],
        ["System.Runtime.CompilerServices"] = [], ["System.Runtime.InteropServices"] = [], ["System.Runtime.Intrinsics"] = [],
        ["System.Diagnostics.CodeAnalysis"] = [],
        ["System.Diagnostics"] = ["Debug", "UnreachableException", "DebuggerDisplayAttribute", "DebuggerBrowsableAttribute", "DebuggerBrowsableState", "DebuggerHiddenAttribute"],
        ["System.Reflection"] = ["MemberInfo", "DefaultMemberAttribute", "Assembly", "AssemblyName", "AssemblyInformationalVersionAttribute", "CustomAttributeExtensions"],
        ["System.Threading"] = ["CancellationToken", "Interlocked", "Volatile", "LazyThreadSafetyMode"],
        ["NodaTime"] = [], ["NodaTime.Text"] = [], ["NodaTime.TimeZones"] = [],
    };

    /// <summary>Types of open namespaces that stay shut.</summary>
    private static readonly HashSet<string> s_shut = new(StringComparer.Ordinal)
    {
        "System.AppContext", "System.AppDomain", "System.Activator", "System.Console", "System.DateTime", "System.DateTimeOffset", "System.Environment", "System.Guid",
        "System.HashCode", "System.Random", "System.TimeProvider", "System.TimeZone", "System.TimeZoneInfo", "NodaTime.SystemClock", "NodaTime.IClock", "NodaTime.ZonedClock",
    };

    public static Fence Walls { get; } = new(
        new FenceRule("that folder is not below this one", static r => r.Own && FolderOf(r.From) is var from && FolderOf(r.To) is var to && from != to && to != "root"
            && !Directions.Any(d => d.Folder == from && d.Sees.Contains(to))),
        new FenceRule("the core uses NodaTime and a listed part of the framework, nothing else", static r => !r.Own && !IsOpen(r)));

    /// <summary>Methods whose code lies in a native library.</summary>
    public static IReadOnlyList<string> Native(ModuleDefinition module) =>
        [.. module.GetTypes().SelectMany(static t => t.Methods).Where(static m => m.IsPInvokeImpl).Select(static m => $"{m.DeclaringType.FullName}.{m.Name} calls {m.PInvokeInfo.Module.Name}")];

    public static string FolderOf(string space) => Fence.Within(space, "Homestretch") && space.Length > 12 ? space.Split('.')[1] : "root";

    /// <summary>Folders that exist and what each really sees, as drawn in ARCHITECTURE.md.</summary>
    public static IReadOnlyList<(string Folder, string[] Sees)> Graph(ModuleDefinition module)
    {
        var edges = Reference.Of(module).Where(static r => r.Own).Select(static r => (From: FolderOf(r.From), To: FolderOf(r.To))).ToHashSet();
        string[] order = [.. Directions.Select(static d => d.Folder), .. edges.Select(static e => e.From).Except(Directions.Select(static d => d.Folder)).Order(StringComparer.Ordinal)];
        return [.. order.Where(f => edges.Any(e => e.From == f)).Select(f => (f, order.Where(to => to != f && edges.Contains((f, to))).ToArray()))];
    }

    /// <summary>Folders that see themselves by way of others; empty when there is no cycle.</summary>
    public static IReadOnlyList<string> Cycles(IReadOnlyList<(string Folder, string[] Sees)> graph)
    {
        var left = graph.ToDictionary(static g => g.Folder, static g => g.Sees.ToHashSet());
        while (left.FirstOrDefault(l => !l.Value.Any(left.ContainsKey)).Key is { } leaf) left.Remove(leaf);
        return [.. left.Keys.Order(StringComparer.Ordinal)];
    }

    private static bool IsOpen(Reference r)
    {
        // an iterator compares the thread that made it with the one that runs it; the compiler writes that
        if (r is { Type: "System.Environment", Member: "get_CurrentManagedThreadId" }) return true;
        if (r.To == "System.Threading.Tasks") return r.Type.StartsWith("System.Threading.Tasks.Parallel", StringComparison.Ordinal) && s_parallel.Any(n => Fence.Within(r.From, n));
        if (r.To == "System.Security.Cryptography") return r.Type is "System.Security.Cryptography.SHA256" or "System.Security.Cryptography.HMACSHA256" && s_hashing.Any(n => Fence.Within(r.From, n));
        return s_open.TryGetValue(r.To, out string[]? types) && !s_shut.Contains(r.Type) && (types.Length == 0 || types.Contains(r.Type[(r.To.Length + 1)..]));
    }
}
