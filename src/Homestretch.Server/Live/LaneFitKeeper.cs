using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Live;

/// <summary>When a day begins at the hub, learns the times of lane steps from what has been executed and tells the planner those that changed. They stand in the journal like any
/// other event, so that a restart plans with the same.</summary>
internal sealed partial class LaneFitKeeper(LiveWorld live, Planner planner, HubClock clock, TimeProvider time, ILogger<LaneFitKeeper> log) : BackgroundService
{
    /// <summary>The party of what the hub learns by itself.</summary>
    public const string Party = "lane-fits";

    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        await planner.Started.WaitAsync(stop);
        LocalDate? last = Today();
        using var look = new PeriodicTimer(s_look, time);
        while (await look.WaitForNextTickAsync(stop))
        {
            if (Today() is not { } today || today == last) continue;
            if (last is not null) await Learn(stop);
            last = today;
        }
    }

    /// <summary>The day at the hub; of several the first by key. Null while there is none.</summary>
    private LocalDate? Today() => live.World.Sites.FirstOrDefault(static s => s.Kind == SiteKind.Hub) is { } hub
        ? clock.Now.InZone(DateTimeZoneProviders.Tzdb.GetZoneOrNull(hub.TimeZone) ?? DateTimeZone.Utc).Date : null;

    private async Task Learn(CancellationToken stop)
    {
        try
        {
            IReadOnlyList<WorldEvent> due = LaneFitting.Due(live.World, clock.Now);
            if (due.Count == 0) return;
            Answer answer = await planner.Tell(due, Party, null, stop);
            if (answer.Accepted) LogLearned(due.Count, answer.Version);
            else LogRefused(answer.Findings[0].ToString());
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(e);
        }
    }

    [LoggerMessage(36, LogLevel.Information, "The times of {Count} lane steps were learned anew (journal entry {Sequence})")]
    private partial void LogLearned(int count, long sequence);

    [LoggerMessage(37, LogLevel.Warning, "The world refused what was learned of its lanes: {Reason}")]
    private partial void LogRefused(string reason);

    [LoggerMessage(38, LogLevel.Error, "The times of lane steps could not be learned; those known stay")]
    private partial void LogFailed(Exception e);
}
