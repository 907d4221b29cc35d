using Homestretch.Edge.Contract;
using Homestretch.Exchange.Edges;
using NodaTime;

namespace Homestretch.Edge;

/// <summary>An edge inside another program: the same parts and the same configuration file as <c>homestretch-edge run</c>. It begins again when a fault ended it, as a service does.</summary>
/// <param name="configFile">The edge's configuration, as <c>homestretch-edge</c> reads it.</param>
/// <param name="time">Its wall clock until the hub's is known.</param>
/// <param name="say">Takes lines for whoever watches.</param>
public sealed class HostedEdge(string configFile, TimeProvider time, Action<string> say)
{
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(5);
    private volatile Documents? _documents;

    /// <summary>Whether a document of a kind is in force there.</summary>
    public bool Has(DocumentKind kind) => _documents?.InForce.ContainsKey(kind) ?? false;

    /// <summary>Runs until it is stopped.</summary>
    /// <returns>What is wrong with its configuration; then it never began.</returns>
    public async Task<IReadOnlyList<Finding>> Run(CancellationToken stop)
    {
        var (config, findings) = EdgeConfig.Read(configFile);
        if (config is null) return findings;
        while (!stop.IsCancellationRequested)
        {
            using var life = CancellationTokenSource.CreateLinkedTokenSource(stop);
            await EdgeProcess.Run(config, time, say, documents => _documents = documents, life.Cancel, life.Token);
            if (!stop.IsCancellationRequested) await Task.Delay(s_rest, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return [];
    }
}
