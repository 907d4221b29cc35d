using Homestretch.Walk.Running;
using Homestretch.World;

[assembly: AssemblyFixture(typeof(RestingCompany))]

namespace Homestretch.Walk.Running;

/// <summary>One server with the demonstration company and its clock at rest, for tests that each write about something of their own: a server of its own costs a test ten seconds of a core.</summary>
public sealed class RestingCompany : IAsyncDisposable
{
    private readonly Lazy<Task<(RunningServer Server, Snapshot World)>> _begun = new(Begin);

    /// <summary>The server, and the company as it was given to it.</summary>
    internal Task<(RunningServer Server, Snapshot World)> Begun() => _begun.Value;

    private static async Task<(RunningServer, Snapshot)> Begin()
    {
        RunningServer server = await RunningServer.Start();
        return (server, await server.LoadDemo());
    }

    public async ValueTask DisposeAsync()
    {
        if (_begun.IsValueCreated) await (await _begun.Value).Server.DisposeAsync();
    }
}
