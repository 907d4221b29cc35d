using Mono.Cecil;
using Xunit;

namespace Homestretch.Tests.House;

public sealed class FenceTests
{
    private static readonly string s_core = typeof(Finding).Assembly.Location;

    [Fact]
    public void The_core_keeps_its_walls() => Assert.Empty(CoreFence.Walls.Breaches(s_core));

    [Fact]
    public void The_core_calls_nothing_outside_the_runtime()
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(s_core), breach = Breach.Module("namespace Homestretch.World { public static class W { [System.Runtime.InteropServices.DllImport(\"libc\")] public static extern int getpid(); } }");
        Assert.Empty(CoreFence.Native(module));
        Assert.Equal(["Homestretch.World.W.getpid calls libc"], CoreFence.Native(breach));
    }

    [Theory]
    [InlineData("upward look", "namespace Homestretch.Promising { public class Plan { } } namespace Homestretch.World { public class Lot { public object? P() => new Homestretch.Promising.Plan(); } }", "Homestretch.Promising.Plan")]
    [InlineData("sideways look", "namespace Homestretch.Machines { public class M { } } namespace Homestretch.Arrivals { public class A { public Homestretch.Machines.M? F; } }", "Homestretch.Machines.M")]
    [InlineData("a folder nobody listed", "namespace Homestretch.World { public class W { } } namespace Homestretch.Utilities { public class U { public Homestretch.World.W? F; } }", "Homestretch.World.W")]
    [InlineData("clock behind a provider", "namespace Homestretch.World { public class W { public object T(TimeProvider p) => p; } }", "System.TimeProvider")]
    [InlineData("clock of NodaTime", "namespace Homestretch.World { public class W { public object T() => NodaTime.SystemClock.Instance; } }", "NodaTime.SystemClock")]
    [InlineData("only in a signature", "namespace Homestretch.World { public interface W { System.Threading.Tasks.Task<int> T(); } }", "System.Threading.Tasks.Task")]
    [InlineData("only as a type argument", "namespace Homestretch.World { public class W { public List<Guid> F = []; } }", "System.Guid")]
    [InlineData("only in a lambda", "namespace Homestretch.World { public class W { public Func<int> F = () => Random.Shared.Next(); } }", "System.Random")]
    [InlineData("files without a using", "namespace Homestretch.World { public class W { public void F() => System.IO.File.Delete(\"x\"); } }", "System.IO.File")]
    [InlineData("the machine", "namespace Homestretch.World { public class W { public int F() => Environment.ProcessorCount; } }", "System.Environment")]
    [InlineData("parallel outside the kernels", "namespace Homestretch.Promising { public class P { public void F() => System.Threading.Tasks.Parallel.For(0, 1, _ => { }); } }", "System.Threading.Tasks.Parallel")]
    [InlineData("order by hash", "namespace Homestretch.World { public class W { public object F = System.Collections.Immutable.ImmutableDictionary<string, int>.Empty; } }", "System.Collections.Immutable.ImmutableDictionary")]
    [InlineData("a hardware's own instruction", "namespace Homestretch.World { public class W { public bool F() => System.Runtime.Intrinsics.X86.Avx2.IsSupported; } }", "System.Runtime.Intrinsics.X86.Avx2")]
    public void A_breach_of_the_core_is_caught(string what, string code, string type)
    {
        using ModuleDefinition module = Breach.Module("#nullable enable\n" + code);
        Assert.True(CoreFence.Walls.Breaches(module).Any(b => b.Contains($"uses {type}", StringComparison.Ordinal)), what);
    }

    [Fact]
    public void What_the_kernels_may_do_is_no_breach_there()
    {
        using ModuleDefinition module = Breach.Module("namespace Homestretch.Promising.Kernel { public class K { public IEnumerable<int> F() { System.Threading.Tasks.Parallel.For(0, 1, _ => { }); yield return 1; } } }");
        Assert.Empty(CoreFence.Walls.Breaches(module));
    }

    [Fact]
    public void Folders_see_each_other_one_way_only()
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(s_core);
        Assert.Empty(CoreFence.Cycles(CoreFence.Graph(module)));
        Assert.Empty(CoreFence.Cycles(CoreFence.Directions));
        using ModuleDefinition circle = Breach.Module("namespace Homestretch.A { public class X { public Homestretch.B.Y F; } } namespace Homestretch.B { public class Y { public Homestretch.C.Z F; } } namespace Homestretch.C { public class Z { public Homestretch.A.X F; } }");
        Assert.Equal(["A", "B", "C"], CoreFence.Cycles(CoreFence.Graph(circle)));
    }

    [Fact]
    public void The_drawing_in_ARCHITECTURE_is_what_the_code_does()
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(s_core);
        var graph = CoreFence.Graph(module);
        int width = graph.Max(static g => g.Folder.Length);
        Repository.KeepBlock("ARCHITECTURE.md", "folders", "```text\n"
            + string.Concat(graph.Select(g => $"{g.Folder.PadRight(width)}  {(g.Sees.Length == 0 ? "sees nothing" : "sees " + string.Join(", ", g.Sees))}\n")) + "```\n");
    }

    [Fact]
    public void Exchange_keeps_its_walls() => Assert.Empty(OuterFences.Exchange.Breaches(typeof(Homestretch.Exchange.Csv.CsvText).Assembly.Location));

    [Theory]
    [InlineData("Exchange", "a package", "namespace Homestretch.Exchange.Csv { public class C : Sylvan.Thing { } }", "Sylvan")]
    [InlineData("Exchange", "a file", "namespace Homestretch.Exchange.Csv { public class C { public byte[] F() => System.IO.File.ReadAllBytes(\"x\"); } }", "Sylvan")]
    [InlineData("Exchange", "a clock", "namespace Homestretch.Exchange.Csv { public class C { public DateTime F() => DateTime.UtcNow; } }", "Sylvan")]
    [InlineData("Exchange", "a socket", "namespace Homestretch.Exchange.Csv { public class C { public System.Net.Sockets.Socket F; } }", "Sylvan")]
    [InlineData("Exchange", "training", "namespace Homestretch.Exchange.Csv { public class C { public Homestretch.Solvers.Thing F; } }", "Homestretch.Solvers")]
    [InlineData("Solvers", "a package", "namespace Homestretch.Solvers { public class C : Sylvan.Thing { } }", "Sylvan")]
    [InlineData("Solvers", "a file", "namespace Homestretch.Solvers { public class C { public byte[] F() => System.IO.File.ReadAllBytes(\"x\"); } }", "Sylvan")]
    [InlineData("Solvers", "chance", "namespace Homestretch.Solvers { public class C { public int F() => Random.Shared.Next(); } }", "Sylvan")]
    [InlineData("Papers", "another package", "namespace Homestretch.Papers { public class C : Sylvan.Thing { } }", "Sylvan")]
    [InlineData("Papers", "a file", "namespace Homestretch.Papers { public class C { public byte[] F() => System.IO.File.ReadAllBytes(\"x\"); } }", "Sylvan")]
    [InlineData("Papers", "a clock", "namespace Homestretch.Papers { public class C { public DateTime F() => DateTime.UtcNow; } }", "Sylvan")]
    [InlineData("Exchange", "papers", "namespace Homestretch.Exchange.Csv { public class C { public Homestretch.Papers.Thing F; } }", "Homestretch.Papers")]
    [InlineData("Disk", "a package", "namespace Homestretch.Disk { public class C : Sylvan.Thing { } }", "Sylvan")]
    [InlineData("Disk", "a clock", "namespace Homestretch.Disk { public class C { public DateTime F() => DateTime.UtcNow; } }", "Sylvan")]
    [InlineData("Exchange", "files", "namespace Homestretch.Exchange.Csv { public class C { public Homestretch.Disk.Thing F; } }", "Homestretch.Disk")]
    [InlineData("Web", "training", "namespace Homestretch.Web.Pages { public class C { public Homestretch.Solvers.Thing F; } }", "Homestretch.Solvers")]
    [InlineData("Server", "a grain outside Twins", "namespace Homestretch.Server.Api { public class C : Orleans.Thing { } }", "Orleans")]
    [InlineData("Server", "a broker outside Ingest", "namespace Homestretch.Server.Live { public class C { public MQTTnet.Thing F; } }", "MQTTnet")]
    [InlineData("Server", "a mapper anywhere", "namespace Homestretch.Server.Storage { public class C { public Microsoft.EntityFrameworkCore.Thing F; } }", "Microsoft.EntityFrameworkCore")]
    [InlineData("Web", "the Server behind the window", "namespace Homestretch.Web.Pages { public class C { public Homestretch.Server.Thing F; } }", "Homestretch.Server")]
    [InlineData("Web", "a database", "namespace Homestretch.Web.Pages { public class C { public Npgsql.Thing F; } }", "Npgsql")]
    [InlineData("Floor", "the Server behind the API", "namespace Homestretch.Floor.Syncing { public class C { public Homestretch.Server.Thing F; } }", "Homestretch.Server")]
    [InlineData("Floor", "papers", "namespace Homestretch.Floor.Syncing { public class C { public Homestretch.Papers.Thing F; } }", "Homestretch.Papers")]
    [InlineData("Edge", "a broker where it forwards", "namespace Homestretch.Edge.Forward { public class C { public MQTTnet.Thing F; } }", "MQTTnet")]
    [InlineData("Edge", "another package", "namespace Homestretch.Edge.Listen { public class C { public Sylvan.Thing F; } }", "Sylvan")]
    [InlineData("Cli", "a broker outside Demo", "namespace Homestretch.Cli.Plans { public class C { public MQTTnet.Thing F; } }", "MQTTnet")]
    public void A_breach_of_an_outer_wall_is_caught(string project, string what, string code, string package)
    {
        using ModuleDefinition module = Breach.Module(code, Breach.Package(package));
        Fence fence = project switch { "Exchange" => OuterFences.Exchange, "Solvers" => OuterFences.Solvers, "Disk" => OuterFences.Disk, "Papers" => OuterFences.Papers, "Server" => OuterFences.Server, "Web" => OuterFences.Web, "Edge" => OuterFences.Edge, "Floor" => OuterFences.Floor, _ => OuterFences.Cli };
        Assert.True(fence.Breaches(module).Count > 0, what);
    }

    [Fact]
    public void What_has_its_place_is_no_breach_there()
    {
        using ModuleDefinition twins = Breach.Module("namespace Homestretch.Server.Twins { public class C : Orleans.Thing { } }", Breach.Package("Orleans"));
        using ModuleDefinition ingest = Breach.Module("namespace Homestretch.Server.Ingest { public class C : MQTTnet.Thing { } }", Breach.Package("MQTTnet"));
        Assert.Empty(OuterFences.Server.Breaches(twins).Concat(OuterFences.Server.Breaches(ingest)));
    }
}
