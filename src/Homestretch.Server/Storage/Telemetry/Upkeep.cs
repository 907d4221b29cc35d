using NodaTime;

namespace Homestretch.Server.Storage.Telemetry;

/// <summary>Every half minute: seal a segment that has grown old, make history of sealed ones, keep history within its bounds.</summary>
internal sealed partial class Upkeep(TelemetryLog log, Compaction compaction, TimeProvider time, ILogger<Upkeep> logger) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        LogOpened(log.Recovery.Segments, log.Recovery.Batches);
        if (log.Recovery.TornBytes + log.Recovery.DamagedBytes > 0) LogMended(log.Recovery.TornBytes, log.Recovery.DamagedBytes);
        using var timer = new PeriodicTimer(s_every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (log.IsAged) await log.Seal(stoppingToken);
                await log.BeforeHistory(stoppingToken);
                await compaction.Run(stoppingToken);
                int removed = Retention.Run(log.Options, log.Counters, Instant.FromDateTimeOffset(time.GetUtcNow()));
                if (removed > 0) LogRetired(removed);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                LogFailed(e);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Telemetry log open: {Segments} segments with {Batches} batches to compact")]
    private partial void LogOpened(int segments, long batches);

    [LoggerMessage(2, LogLevel.Warning, "Telemetry log mended: {Torn} bytes of an unanswered last write removed, {Damaged} bytes damaged on disk")]
    private partial void LogMended(long torn, long damaged);

    [LoggerMessage(3, LogLevel.Warning, "Telemetry history is at its bounds: {Files} files of the oldest days removed")]
    private partial void LogRetired(int files);

    [LoggerMessage(4, LogLevel.Error, "Telemetry history could not be written; the log keeps what it holds")]
    private partial void LogFailed(Exception e);
}
