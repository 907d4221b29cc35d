using Homestretch.Server.Tests.Running;
using Xunit;

[assembly: AssemblyFixture(typeof(AtRest))]

namespace Homestretch.Server.Tests.Running;

/// <summary>Servers shared by tests that change nothing on them, such as those of what is refused: each starts when it is first asked for.</summary>
public sealed class AtRest : IAsyncLifetime
{
    private readonly Lazy<Task<RunningServer>> _demo = new(static async () =>
    {
        RunningServer server = await RunningServer.Demo();
        await server.Load();
        return server;
    });

    private readonly Lazy<Task<RunningServer>> _real = new(static () => RealStart.Begin());

    /// <summary>With the demonstration company.</summary>
    internal Task<RunningServer> Demo() => _demo.Value;

    /// <summary>As a company starts one, with its first administrator.</summary>
    internal Task<RunningServer> Real() => _real.Value;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_demo.IsValueCreated) await (await _demo.Value).DisposeAsync();
        if (_real.IsValueCreated) await (await _real.Value).DisposeAsync();
    }
}
