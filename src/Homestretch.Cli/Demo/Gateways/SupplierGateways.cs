using System.Net;
using System.Net.Sockets;
using Homestretch.Cli.Demo.Playing;
using Homestretch.Exchange.Edges;
using NodaTime;

namespace Homestretch.Cli.Demo.Gateways;

/// <summary>The suppliers' gateways. Most are Homestretch edges; some came with their machines and speak Sparkplug B.</summary>
internal sealed class SupplierGateways : IAsyncDisposable
{
    private readonly SortedDictionary<string, IGateway> _gateways = new(StringComparer.Ordinal);
    private readonly PlantClock _clock;

    /// <summary>Those that speak Sparkplug: all there are without a hub.</summary>
    public SupplierGateways(BrokerAddress? broker, IEnumerable<Plants.Equipment> machines, Instant now, Action<string> say)
    {
        _clock = new(now);
        if (broker is null) return;
        int lastConnection = (int)(Environment.TickCount64 / 1000 & 255);
        foreach (var supplier in BySupplier(machines).Where(static s => Plants.SpeakSparkplug.Contains(s.Key)))
            _gateways.Add(supplier.Key, new SparkplugGateway(broker, supplier.Key, Plants.Node, supplier.Select(static m => m.Key), lastConnection, say));
    }

    /// <summary>With the edges, which are set up at the hub as they begin.</summary>
    /// <param name="folder">Where each edge has its own folder.</param>
    public SupplierGateways(BrokerAddress? broker, Commissioning commissioning, string folder, IReadOnlyList<MachinePlayer> machines, Instant now, Action<string> say)
        : this(broker, machines.Select(static m => m.Machine), now, say)
    {
        var withEdges = BySupplier(machines.Select(static m => m.Machine)).Where(static s => !Plants.SpeakSparkplug.Contains(s.Key)).ToList();
        foreach (var (supplier, port) in withEdges.Zip(FreePorts()))
        {
            Directory.CreateDirectory(Path.Combine(folder, supplier.Key));
            PartModel? model = supplier.Select(static m => PartModels.FileOf(m.Wear) is { } file ? new PartModel(Plants.KindOf(m), file) : null).FirstOrDefault(static m => m is not null);
            IReadOnlyList<PastReading> past = [.. machines.Where(m => m.Machine.Supplier == supplier.Key && PartModels.Of(m.Machine.Wear) is not null).SelectMany(m => m.Past(now))];
            _gateways.Add(supplier.Key, new EdgeGateway(new(Path.Combine(folder, supplier.Key), supplier.Key), new($"http://127.0.0.1:{port}/"), commissioning, Contracts.Of(supplier.Key, [.. supplier], now), model, _clock, past, say));
        }
    }

    /// <summary>Where the edges' folders are when none is named: for each hub its own. Null for a server that has no edges, or none for us to set up.</summary>
    /// <exception cref="HttpRequestException">The hub was not reached.</exception>
    public static async Task<string?> FolderOf(Commissioning commissioning, CancellationToken cancel)
    {
        try
        {
            using var hub = SignedDocument.Key(await commissioning.HubKey(cancel));
            return hub is null ? null : Path.Combine(Path.GetTempPath(), $"homestretch-demo-edges-{SignedDocument.KeyId(hub)}");
        }
        catch (HttpRequestException e) when (e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized)
        {
            return null;
        }
    }

    /// <summary>Hands each gateway what its machines read.</summary>
    /// <param name="now">The simulated present, which the clocks in the plants show.</param>
    public Task Publish(Instant now, double timesReal, IReadOnlyList<MachineReading> readings, CancellationToken cancel)
    {
        _clock.Set(now, timesReal);
        return Task.WhenAll(readings.GroupBy(static r => r.Machine.Supplier, StringComparer.Ordinal).Where(s => _gateways.ContainsKey(s.Key)).Select(s => _gateways[s.Key].Publish([.. s], cancel)));
    }

    /// <summary>A demonstrator's hand on an edge: sign a new contract where one was revoked, unplug it from the hub, plug it in.</summary>
    /// <returns>What came of it, in a line; null: that is no order for an edge.</returns>
    public async Task<string?> Obey(string[] words, CancellationToken cancel) => words is not [("sign" or "unplug" or "plug") and var order, var supplier] ? null
        : _gateways.GetValueOrDefault(supplier) is not EdgeGateway edge ? $"{supplier} has no edge. These have: {string.Join(", ", _gateways.Where(static g => g.Value is EdgeGateway).Select(static g => g.Key))}."
        : order == "sign" ? await edge.Sign(cancel) : edge.Plug(through: order == "plug");

    public async ValueTask DisposeAsync() => await Task.WhenAll(_gateways.Values.Select(static g => g.DisposeAsync().AsTask()));

    private static IEnumerable<IGrouping<string, Plants.Equipment>> BySupplier(IEnumerable<Plants.Equipment> machines) =>
        machines.Where(static m => m.Wear != WearKind.NotConnected).GroupBy(static m => m.Supplier, StringComparer.Ordinal);

    /// <summary>Ports that nobody has, each another one, below those that systems hand out unasked: an edge listens only once it is set up, and until then nobody may be given its port.</summary>
    private static IEnumerable<int> FreePorts()
    {
        const int first = 20_000, many = 12_000;
        int start = Environment.ProcessId * 37 % many;
        return Enumerable.Range(0, many).Select(i => first + (start + i) % many).Where(IsFree);
    }

    private static bool IsFree(int port)
    {
        using var probe = new TcpListener(IPAddress.Loopback, port);
        try
        {
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
