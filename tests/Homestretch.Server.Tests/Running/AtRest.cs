using Homestretch.Server.Tests.Running;
using Xunit;

[assembly: AssemblyFixture(typeof(AtRest))]

namespace Homestretch.Server.Tests.Running;

/// <summary>Servers shared by tests of all classes that change nothing on them but what is their own, such as people whom they invite: each starts when it is first asked for, and every test calls for itself.</summary>
public sealed class AtRest : IAsyncDisposable
{
    private readonly OneServer _demo = new(), _real = new(), _company = new(), _tls = new();

    /// <summary>A demonstration with its company as it was one day in March.</summary>
    internal Task<RunningServer> Demo() => _demo.Server(static async () =>
    {
        RunningServer server = await RunningServer.Demo();
        await server.Load();
        return server;
    });

    /// <summary>As a company starts one, with its first administrator; a brand owner and two suppliers.</summary>
    internal Task<RunningServer> Real() => _real.Server(static () => RealStart.Begin(null, "--behind-proxy", "true"));

    /// <summary>As a company starts one, with the demonstration's company as of now.</summary>
    internal Task<RunningServer> Company() => _company.Server(static async () =>
    {
        RunningServer server = await RealStart.Begin(null, "--behind-proxy", "true");
        await server.Tell(DemoFolder.Now);
        return server;
    });

    /// <summary>The same over TLS, with the company of a real start only.</summary>
    internal Task<RunningServer> Tls() => _tls.Server(static () =>
    {
        string folder = RunningServer.FreshFolder();
        return RealStart.Begin(folder, [.. RealStart.Certificate(folder), "--urls", "https://127.0.0.1:0", "--mqtt-tls-port", "0"]);
    });

    public async ValueTask DisposeAsync()
    {
        foreach (OneServer one in (OneServer[])[_demo, _real, _company, _tls]) await one.DisposeAsync();
    }
}
