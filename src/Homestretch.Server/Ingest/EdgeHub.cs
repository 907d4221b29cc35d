using System.Diagnostics;
using Homestretch.Exchange.Edges;
using Homestretch.Server.Access;
using Homestretch.Server.Live;
using Homestretch.Server.Storage;
using Homestretch.Server.Storage.Telemetry;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Ingest;

/// <summary>What became of something an edge sent.</summary>
/// <param name="Findings">Why it was refused; then nothing has changed.</param>
internal sealed record EdgeReply(int Status, HubAnswer? Answer, IReadOnlyList<Finding> Findings);

/// <summary>The edges of suppliers as the hub deals with them: takes their records within their contract, tells them what is durable and which signed documents
/// they are to have, and notices when one is not heard any more.</summary>
internal sealed partial class EdgeHub(EdgeTables tables, SparkplugHost host, HubKey key, LiveWorld live, Planner planner, HubClock clock, Counters counters, IHostApplicationLifetime life, ILogger<EdgeHub> log) : BackgroundService
{
    private const int MostFindings = 20;
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(2), s_silent = TimeSpan.FromSeconds(30);
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, EdgeState> _edges = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _began = Stopwatch.GetTimestamp();

    /// <summary>PEM of the key with which this hub signs.</summary>
    public string PublicKey => key.Public;

    /// <summary>Looks at all edges at one moment; at a start before they are read there are none.</summary>
    public T Look<T>(Func<IReadOnlyCollection<EdgeState>, T> look)
    {
        lock (_gate) return look(_edges.Values);
    }

    /// <summary>Records of one stream; answered when they are on disk.</summary>
    public async Task<EdgeReply> Take(GatewayPass pass, byte[] body, CancellationToken cancel)
    {
        EdgeState state = await Of(pass, cancel);
        if (Transmission.Read(body, out Finding? wrong) is not { } transmission) return Refuse(state, 400, [wrong!]);
        await state.Turn.WaitAsync(cancel);
        try
        {
            lock (_gate)
            {
                if (Beyond(state, transmission) is { Count: > 0 } findings) return Refuse(state, 422, findings);
                Hear(state);
            }
            var arrival = new EdgeArrival(state.Party, state.Edge, transmission);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel, life.ApplicationStopping);
            TelemetryAnswer answer = await host.Take(arrival, ending.Token);
            lock (_gate)
            {
                state.Count("repeated", arrival.Repeated);
                if (answer.Outcome == TelemetryOutcome.Kept)
                {
                    state.Count("records", arrival.Records.Count);
                    state.Count("lost", arrival.Lost);
                }
                int status = answer.Outcome switch { TelemetryOutcome.Kept or TelemetryOutcome.Repeated => 200, TelemetryOutcome.OutOfOrder => 409, TelemetryOutcome.TooLarge => 413, _ => 503 };
                return new(status, Answer(state, answer.Watermark), []);
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new(503, null, [new(new(state.Edge), "stopping", "The hub is stopping; what was sent may be on its disk or not.", "Send it again to the hub that starts next.")]);
        }
        finally
        {
            state.Turn.Release();
        }
    }

    /// <summary>An edge's status.</summary>
    public async Task<EdgeReply> Status(GatewayPass pass, byte[] body, CancellationToken cancel)
    {
        EdgeState state = await Of(pass, cancel);
        var findings = new List<Finding>();
        EdgeStatus? status = EdgeStatus.Read(body, findings);
        lock (_gate)
        {
            if (status is null) return Refuse(state, 400, findings);
            Hear(state);
            (state.Status, state.HasChanged) = (status, true);
            return new(200, Answer(state, 0), []);
        }
    }

    /// <summary>A document that an edge is to have; null: there is none.</summary>
    public async Task<SignedDocument?> Document(GatewayPass pass, DocumentKind kind, int version, CancellationToken cancel)
    {
        EdgeState state = await Of(pass, cancel);
        lock (_gate) return state.Documents.GetValueOrDefault((kind, version))?.Document;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await planner.Started.WaitAsync(stoppingToken);
        await Load(stoppingToken);
        using var look = new PeriodicTimer(s_look);
        try
        {
            while (await look.WaitForNextTickAsync(stoppingToken))
            {
                await Notice(stoppingToken);
                await Keep(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            await Keep(CancellationToken.None);
        }
    }

    private async Task Load(CancellationToken cancel)
    {
        IReadOnlyList<KeptEdge> edges = await tables.Edges(cancel);
        IReadOnlyList<KeptDocument> documents = await tables.Documents(cancel);
        IReadOnlyDictionary<(string Edge, DocumentKind Kind), int> wanted = await tables.Wanted(cancel);
        lock (_gate)
        {
            foreach (KeptEdge kept in edges) _edges[kept.Edge] = EdgeState.Of(kept);
            foreach (KeptDocument d in documents.Where(d => _edges.ContainsKey(d.Document.Edge))) _edges[d.Document.Edge].Documents[(d.Document.Kind, d.Document.Version)] = d;
            foreach (var ((edge, kind), version) in wanted.Where(w => _edges.ContainsKey(w.Key.Edge))) _edges[edge].Wanted[kind] = version;
            foreach (EdgeState state in _edges.Values) Weigh(state);
        }
        _loaded.TrySetResult();
    }

    private async Task<EdgeState> Of(GatewayPass pass, CancellationToken cancel)
    {
        await _loaded.Task.WaitAsync(cancel);
        lock (_gate)
        {
            if (_edges.TryGetValue(pass.User, out EdgeState? state)) return state;
            return _edges[pass.User] = new(pass.User, pass.Party, clock.Now) { HasChanged = true };
        }
    }

    private void Hear(EdgeState state)
    {
        (state.LastContact, state.Heard, state.HasChanged) = (clock.Now, Stopwatch.GetTimestamp(), true);
        if (!state.IsLost) return;
        (state.IsLost, state.MustRestate) = (false, true);
        state.Count("came back");
    }

    private HubAnswer Answer(EdgeState state, long watermark)
    {
        bool restate = state.MustRestate;
        state.MustRestate = false;
        return new(clock.Now, watermark, restate, clock.Speed, new Dictionary<DocumentKind, int>(state.Wanted));
    }

    private EdgeReply Refuse(EdgeState state, int status, List<Finding> findings)
    {
        counters.Add(Counted.EdgeRefused);
        lock (_gate)
        {
            state.Count("refused");
            foreach (Finding finding in findings) state.Found(finding.ToString());
        }
        LogRefused(state.Edge, findings[0].ToString());
        return new(status, null, findings);
    }

    /// <summary>What of a transmission its contract does not list.</summary>
    private List<Finding> Beyond(EdgeState state, Transmission transmission)
    {
        if (state.InForce is not var (version, contract)) return [new(new(state.Edge), "no-contract", "No data contract of this edge is in force here: nothing of it is taken.", "Propose one; the supplier signs it at the edge.")];
        if (transmission.Contract != version) return [new(new(state.Edge), "contract-version", $"It was sent under contract {transmission.Contract}; contract {version} is in force.", "The edge fetches the contract in force and sends again.")];
        if (!contract.IsInForce(clock.Now)) return [new(new(state.Edge), "contract-time", $"Contract {version} holds from {contract.From} to {contract.To}.", "Agree on a new one.")];
        var findings = new List<Finding>();
        foreach (var (machine, metric) in transmission.Records.SelectMany(static r => r.Values.Select(v => (r.Machine, v.Metric))).Distinct())
        {
            if (contract.Allows(machine, metric) is null && findings.Count < MostFindings)
                findings.Add(new(new(state.Edge, 0, metric), "beyond-contract", $"{metric} of {machine} was sent, and contract {version} does not list it; nothing of the transmission was kept.", "List it in a new contract, or do not send it."));
        }
        return findings;
    }

    /// <summary>Finds the contract in force.</summary>
    private void Weigh(EdgeState state)
    {
        state.InForce = null;
        using var supplier = SignedDocument.Key(state.SupplierKey);
        if (supplier is null) return;
        SignedDocument? valid = state.Documents.Values.Select(static d => d.Document).LastOrDefault(d => d.Kind == DocumentKind.Contract && key.Signed(d) && d.IsSigned(Signer.Supplier, supplier));
        if (valid is null || state.Documents.ContainsKey((DocumentKind.Revocation, valid.Version))) return;
        if (DataContract.Read(valid.Payload, "contract", []) is { } contract) state.InForce = (valid.Version, contract);
    }

    /// <summary>The machines that an edge speaks for.</summary>
    private static IReadOnlyList<Machine> MachinesOf(Snapshot world, string edge, string party, DataContract contract) =>
    [
        .. world.Machines.Where(m => m.Party.Value == party && contract.Fields.Any(f => f.Machine == m.Id || f.Machine == ContractField.EveryMachine && (m.Device.Length == 0 || m.Device.StartsWith(edge + "/", StringComparison.Ordinal)))),
    ];

    private async Task Notice(CancellationToken cancel)
    {
        List<(string Edge, IReadOnlyList<Machine> Machines)> silent = [];
        lock (_gate)
        {
            foreach (EdgeState state in _edges.Values.Where(s => !s.IsLost && s.InForce is not null && Stopwatch.GetElapsedTime(s.Heard == 0 ? _began : s.Heard) > s_silent))
            {
                state.IsLost = true;
                state.Count("not heard");
                silent.Add((state.Edge, MachinesOf(live.World, state.Edge, state.Party, state.InForce!.Value.Contract)));
            }
        }
        foreach (var (edge, machines) in silent)
        {
            LogSilent(edge, machines.Count);
            await host.Silent(machines, cancel);
        }
    }

    private async Task Keep(CancellationToken cancel)
    {
        List<KeptEdge> changed = [];
        lock (_gate)
        {
            foreach (EdgeState state in _edges.Values.Where(static s => s.HasChanged))
            {
                state.HasChanged = false;
                changed.Add(state.Kept);
            }
        }
        try
        {
            await tables.Put(changed, cancel);
        }
        catch (Exception e) when (e is System.Data.Common.DbException or IOException)
        {
            LogUnkept(e);
        }
    }

    [LoggerMessage(25, LogLevel.Warning, "Refused what edge {Edge} sent: {Reason}")]
    private partial void LogRefused(string edge, string reason);

    [LoggerMessage(26, LogLevel.Warning, "Edge {Edge} is not heard any more; {Machines} machines are without data")]
    private partial void LogSilent(string edge, int machines);

    [LoggerMessage(27, LogLevel.Error, "What edges told of themselves could not be kept; it is tried again when they tell more")]
    private partial void LogUnkept(Exception e);
}
