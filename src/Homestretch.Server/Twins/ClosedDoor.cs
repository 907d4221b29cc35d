using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Homestretch.Server.Twins;

/// <summary>In place of the silo's TCP ports: nobody can knock. Orleans asks for no password, so an open port would let anyone on this machine
/// speak for any supplier's machine; and two servers on one machine need not share out ports.</summary>
internal sealed class ClosedDoor(EndPoint endpoint) : IConnectionListener
{
    private readonly TaskCompletionSource<ConnectionContext?> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EndPoint EndPoint => endpoint;

    /// <summary>Puts it in the place of every listener.</summary>
    public static void Replace(IServiceCollection services)
    {
        foreach (object? key in services.Where(static s => s.IsKeyedService && s.ServiceType == typeof(IConnectionListenerFactory)).Select(static s => s.ServiceKey).ToArray())
        {
            services.RemoveAllKeyed<IConnectionListenerFactory>(key);
            services.AddKeyedSingleton<IConnectionListenerFactory>(key, new Factory());
        }
    }

    /// <summary>Nobody comes; ends when the silo does.</summary>
    public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) => new(_closed.Task.WaitAsync(cancellationToken));

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _closed.TrySetResult(null);
        return default;
    }

    public ValueTask DisposeAsync() => UnbindAsync();

    private sealed class Factory : IConnectionListenerFactory
    {
        public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) => new(new ClosedDoor(endpoint));
    }
}
