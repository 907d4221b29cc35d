using System.Globalization;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using Xunit;

namespace Homestretch.Edge.Tests.Running;

/// <summary>One hub for all tests of a class that do not kill it: each has an edge and a machine of its own there.</summary>
public sealed class SharedHub : IAsyncLifetime
{
    private int _last;

    internal RunningServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await RealStart.Begin();

    /// <summary>The name of a node that no test has had, and a machine of SONGBE that the hub knows.</summary>
    internal async Task<(string Node, string Machine)> Next()
    {
        int n = Interlocked.Increment(ref _last);
        string node = string.Create(CultureInfo.InvariantCulture, $"edge-{n}"), machine = string.Create(CultureInfo.InvariantCulture, $"T{n}");
        await Server.Tell(new WorldEvent.Put(new Machine(machine, "SONGBE", "PL-SONGBE", "Press", "", 60, 900, 8, 24)));
        return (node, machine);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
