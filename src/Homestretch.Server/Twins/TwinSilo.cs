using Homestretch.Server.Live;

namespace Homestretch.Server.Twins;

/// <summary>The Orleans silo in which the twins live: one, inside this process, with services of its own and no open port. It starts beside the planner.</summary>
internal sealed partial class TwinSilo(TwinBoard board, LiveWorld live, Counters counters, ILoggerFactory logs, ILogger<TwinSilo> log) : IHostedService, IDisposable
{
    private const int Port = 11111;
    private IHost? _host;
    private Task<IGrainFactory>? _grains;

    public Task StartAsync(CancellationToken cancel)
    {
        _grains = Task.Run(async () =>
        {
            HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new());
            builder.Services.AddSingleton(logs).AddSingleton(board).AddSingleton(live);
            builder.UseOrleans(static silo => silo.UseLocalhostClustering(Port, gatewayPort: 0));
            ClosedDoor.Replace(builder.Services);
            _host = builder.Build();
            await _host.StartAsync(cancel);
            return _host.Services.GetRequiredService<IGrainFactory>();
        }, cancel);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancel)
    {
        if (_grains is null) return;
        await ((Task)_grains).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_host is not null) await _host.StopAsync(cancel);
    }

    public void Dispose() => _host?.Dispose();

    /// <summary>Folds a round of messages, one call a machine, all machines at once; done when all twins are on the board.
    /// A twin that fails stays as it was, and is counted.</summary>
    public async Task Take(IReadOnlyList<MachineBatch> round)
    {
        IGrainFactory grains = await _grains!;
        Task[] told = [.. round.Select(b => grains.GetGrain<IMachineGrain>(b.Facts.Machine).Take(b))];
        foreach (Task one in told)
        {
            await one.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (one.Exception is not { } failed) continue;
            counters.Add(Counted.TwinsFailed);
            LogFailed(failed);
        }
    }

    [LoggerMessage(30, LogLevel.Error, "A twin could not fold what was said; it stays as it was")]
    private partial void LogFailed(Exception e);
}
