using Homestretch.Server.Live;

namespace Homestretch.Server.Floor;

/// <summary>Removes photos whose time is over, at the start and every hour.</summary>
internal sealed partial class PhotoExpiry(FloorPhotos photos, Planner planner, TimeProvider time, ILogger<PhotoExpiry> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await planner.Started.WaitAsync(stoppingToken);
        using var hours = new PeriodicTimer(TimeSpan.FromHours(1), time);
        do
        {
            try
            {
                if (await photos.Expire(stoppingToken) is > 0 and var gone) LogGone(gone);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e);
            }
        }
        while (await hours.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Information, "{Count} photos of the floor were removed: a year has gone by since they were taken.")]
    private partial void LogGone(int count);

    [LoggerMessage(LogLevel.Warning, "Photos of the floor whose time is over could not be removed; tried again in an hour.")]
    private partial void LogFailed(Exception e);
}
