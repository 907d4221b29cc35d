namespace Homestretch.Cli.Demo.Playing;

/// <summary>Where the broker listens, and who we are to it.</summary>
internal sealed record BrokerAddress(string Host, int Port, string? User = null, string? Password = null);

/// <summary>The suppliers' gateways: one Sparkplug edge node a supplier, its machines as devices.</summary>
internal sealed class Edges : IAsyncDisposable
{
    private readonly SortedDictionary<string, Gateway> _gateways = new(StringComparer.Ordinal);

    public Edges(BrokerAddress broker, IEnumerable<Plants.Equipment> machines, Action<string> say)
    {
        int lastConnection = (int)(Environment.TickCount64 / 1000 & 255);
        foreach (var supplier in machines.Where(Connected).GroupBy(static m => m.Supplier, StringComparer.Ordinal))
            _gateways.Add(supplier.Key, new(broker, supplier.Key, "edge-1", supplier.Select(static m => m.Key), lastConnection, say));
    }

    /// <summary>Sends what changed since the last readings; a gateway without a connection first tries to get one.</summary>
    public Task Publish(IReadOnlyList<MachineReading> readings, CancellationToken cancel) => Task.WhenAll(readings.Where(static r => Connected(r.Machine))
        .GroupBy(static r => r.Machine.Supplier, StringComparer.Ordinal).Select(s => _gateways[s.Key].Publish([.. s], cancel)));

    public async ValueTask DisposeAsync()
    {
        foreach (Gateway gateway in _gateways.Values) await gateway.DisposeAsync();
    }

    private static bool Connected(Plants.Equipment machine) => machine.Wear != WearKind.NotConnected;
}
