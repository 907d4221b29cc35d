using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Live;

/// <summary>Learns the times of lane steps from what had been executed when the day at the hub began, and tells the planner those that changed. They stand in the journal like any
/// other event, so that a restart plans with the same. A start makes up for a day that began since the journal's last entry: the server was down then.</summary>
internal sealed partial class LaneFitKeeper(LiveWorld live, Planner planner, HubClock clock, TimeProvider time, ILogger<LaneFitKeeper> log) : BackgroundService
{
    /// <summary>The party of what the hub learns by itself.</summary>
    public const string Party = "lane-fits";

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        await foreach (Instant began in HubDay.Begun(live, planner, clock, time, LogFirst, stop)) await Learn(began, stop);
    }

    private async Task Learn(Instant began, CancellationToken stop)
    {
        try
        {
            IReadOnlyList<WorldEvent> due = LaneFitting.Due(live.World, began);
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

    [LoggerMessage(39, LogLevel.Information, "{Day} is the day at the hub; lane steps are learned anew when the next begins")]
    private partial void LogFirst(LocalDate day);
}
