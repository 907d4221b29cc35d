namespace Homestretch.Server.Tests.Running;

/// <summary>One server for several tests: as a fixture of a class, whose tests run one after the other in any order and each write under names of their own. It starts when it is first asked for.</summary>
public sealed class OneServer : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private Task<RunningServer>? _server;

    /// <summary>The server, for a caller with the rights of who started it.</summary>
    internal async Task<RunningServer> Server(Func<Task<RunningServer>> start)
    {
        Task<RunningServer> server;
        lock (_gate) server = _server ??= start();
        return (await server).Caller();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { IsCompletedSuccessfully: true }) await (await _server).DisposeAsync();
    }
}
