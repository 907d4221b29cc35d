using Homestretch.Cli.Demo.Playing;

namespace Homestretch.Cli.Demo.Gateways;

/// <summary>Where a broker listens, and who we are to it.</summary>
internal sealed record BrokerAddress(string Host, int Port, string? User = null, string? Password = null);

/// <summary>What stands between a supplier's machines and the hub.</summary>
internal interface IGateway : IAsyncDisposable
{
    /// <summary>Takes what its machines read, in the order of their times.</summary>
    Task Publish(IReadOnlyList<MachineReading> readings, CancellationToken cancel);
}
