using System.Diagnostics;
using Homestretch.Cli.Demo.Playing;
using Homestretch.Edge;
using Homestretch.Exchange.Edges;

namespace Homestretch.Cli.Demo.Gateways;

/// <summary>A supplier's Homestretch edge, as it is shipped, inside this process: it hears its machines' raw readings, judges their parts by the model the hub gave it, and sends what its contract lists.</summary>
internal sealed class EdgeGateway : IGateway
{
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(5), s_patience = TimeSpan.FromSeconds(30);
    private readonly EdgeFolder _folder;
    private readonly Commissioning _commissioning;
    private readonly DataContract _contract;
    private readonly PartModel? _model;
    private readonly HostedEdge _edge;
    private readonly MachineFeed _feed;
    private readonly Road? _road;
    private readonly Action<string> _say;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private readonly long _began = Stopwatch.GetTimestamp();
    private IReadOnlyList<PastReading> _past;
    private bool _ready;

    /// <param name="listen">Where the edge hears its machines.</param>
    /// <param name="past">What the machines remember of their parts.</param>
    public EdgeGateway(EdgeFolder folder, Uri listen, Commissioning commissioning, DataContract contract, PartModel? model, PlantClock clock, IReadOnlyList<PastReading> past, Action<string> say)
    {
        (_folder, _commissioning, _contract, _model, _past, _say) = (folder, commissioning, contract, model, past, say);
        // a road of our own cannot stand before a hub that shows a certificate
        _road = commissioning.Server.Scheme == "http" ? new(commissioning.Server) : null;
        folder.Configure(_road?.Address ?? commissioning.Server, listen);
        _edge = new(folder.Configuration, clock, line => say(line.StartsWith(folder.Edge, StringComparison.Ordinal) ? line : $"{folder.Edge} {line}"));
        // machines number from the real time on: never again below what they numbered before
        _feed = new(listen, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1000);
        _running = Task.Run(() => Run(_stop.Token));
    }

    /// <summary>A new contract, signed by both sides.</summary>
    /// <returns>What came of it, in a line.</returns>
    public async Task<string> Sign(CancellationToken cancel)
    {
        try
        {
            await _commissioning.Commission(_folder, _contract, _model, anew: true, cancel);
            return $"A new contract of {_folder.Edge} is signed by both sides.";
        }
        catch (HttpRequestException e)
        {
            return $"No contract of {_folder.Edge} was signed: {e.Message}";
        }
    }

    /// <summary>Cuts the edge off from the hub, or lets it through again.</summary>
    /// <returns>What came of it, in a line.</returns>
    public string Plug(bool through)
    {
        if (_road is null) return $"The road of {_folder.Edge} cannot be cut: the hub shows a certificate.";
        if (through) _road.Mend();
        else _road.Cut();
        return through ? $"{_folder.Edge} reaches the hub again and sends what waited." : $"{_folder.Edge} is cut off from the hub and keeps what its machines say.";
    }

    public async Task Publish(IReadOnlyList<MachineReading> readings, CancellationToken cancel)
    {
        if (!_ready && (_ready = IsReady()))
        {
            foreach (PastReading past in _past) _feed.Say(past);
            _past = [];
        }
        if (!_ready) return;
        foreach (MachineReading reading in readings) _feed.Say(reading);
        if (await _feed.Flush(cancel) is { } wrong) _say($"{_folder.Edge} did not understand its machines: {wrong}");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        if (_road is not null) await _road.DisposeAsync();
        _feed.Dispose();
        _stop.Dispose();
    }

    /// <summary>Before its contract and its model are there nothing that it hears would be told or judged: machines wait for them, a while.</summary>
    private bool IsReady() => _edge.Has(DocumentKind.Contract) && (_model is null || _edge.Has(DocumentKind.Model)) || Stopwatch.GetElapsedTime(_began) > s_patience;

    private async Task Run(CancellationToken stop)
    {
        try
        {
            for (string? before = null; await SetUp(stop) is { } wrong; before = wrong)
            {
                if (wrong != before) _say($"{_folder.Edge} cannot be set up: {wrong}");
                await Task.Delay(s_rest, stop);
            }
            foreach (Finding finding in await _edge.Run(stop)) _say(finding.ToString());
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // the player is leaving
        }
    }

    /// <returns>Why not; null: it is set up.</returns>
    private async Task<string?> SetUp(CancellationToken stop)
    {
        try
        {
            await _commissioning.Commission(_folder, _contract, _model, anew: false, stop);
            return null;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            return e.Message;
        }
    }
}
