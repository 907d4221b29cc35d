using Homestretch.Server.Live;

namespace Homestretch.Server.Twins;

/// <summary>The Orleans silo in which the twins live: one, inside this process, with services of its own and no open port. It starts
/// with the first messages of machines, once the plan stands: Orleans takes both cores for most of a second, and a hub whose machines say nothing has no use for it.</summary>
internal sealed partial class TwinSilo(TwinBoard board, LiveWorld live, Planner planner, Counters counters, ILoggerFactory logs, ILogger<TwinSilo> log) : IHostedService, IDisposable
{
    private const int Port = 11111;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private IHost? _host;
    private Task<IGrainFactory>? _grains;

    public Task StartAsync(CancellationToken cancel) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancel)
    {
        await _stop.CancelAsync();
        Task<IGrainFactory>? begun;
        lock (_gate) begun = _grains;
        if (begun is null) return;
        await ((Task)begun).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (begun.IsCompletedSuccessfully) await _host!.StopAsync(cancel);
    }

    public void Dispose()
    {
        _host?.Dispose();
        _stop.Dispose();
    }

    /// <summary>Folds a round of messages, one call a machine, all machines at once; done when all twins are on the board.
    /// A twin that fails stays as it was, and is counted.</summary>
    public async Task Take(IReadOnlyList<MachineBatch> round)
    {
        if (round.Count == 0) return;
        IGrainFactory grains = await Grains();
        Task[] told = [.. round.Select(b => grains.GetGrain<IMachineGrain>(b.Facts.Machine).Take(b))];
        foreach (Task one in told)
        {
            await one.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (one.Exception is not { } failed) continue;
            counters.Add(Counted.TwinsFailed);
            LogFailed(failed);
        }
    }

    /// <summary>Tells a machine's twin past hours again.</summary>
    public async Task Correct(HoursAgain hours) => await (await Grains()).GetGrain<IMachineGrain>(hours.Facts.Machine).Correct(hours);

    private Task<IGrainFactory> Grains()
    {
        lock (_gate) return _grains ??= Task.Run(Begin, _stop.Token);
    }

    private async Task<IGrainFactory> Begin()
    {
        await planner.Started.WaitAsync(_stop.Token);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddSingleton(logs).AddSingleton(board).AddSingleton(live).AddSingleton<IHostLifetime>(new Guest());
        builder.UseOrleans(static silo => silo.UseLocalhostClustering(Port, gatewayPort: 0));
        ClosedDoor.Replace(builder.Services);
        _host = builder.Build();
        await _host.StartAsync(CancellationToken.None); // half a start cannot be undone
        return _host.Services.GetRequiredService<IGrainFactory>();
    }

    /// <summary>The process ends when the server says so; the silo hears no signals.</summary>
    private sealed class Guest : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    [LoggerMessage(30, LogLevel.Error, "A twin could not fold what was said; it stays as it was")]
    private partial void LogFailed(Exception e);
}
