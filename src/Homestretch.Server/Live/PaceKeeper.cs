using Homestretch.Finishing.Tracing;
using Homestretch.Promising;
using Homestretch.Server.Archiving;
using Homestretch.Server.Storage;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Live;

/// <summary>Learns how long units take on the lines from what had been finished when the day at the hub began, in the world and in the archive, and tells the planner the paces that changed. They stand in the journal like any other event.</summary>
internal sealed partial class PaceKeeper(LiveWorld live, Planner planner, UnitArchive archive, HubClock clock, TimeProvider time, ILogger<PaceKeeper> log) : BackgroundService
{
    /// <summary>The party of what the hub learns by itself.</summary>
    public const string Party = "work-paces";

    /// <summary>Most units that are read from the archive, the last that were begun.</summary>
    private const int MostRead = 2_000;

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        await foreach (Instant began in HubDay.Begun(live, planner, clock, time, static _ => { }, stop)) await Learn(began, stop);
    }

    private async Task Learn(Instant began, CancellationToken stop)
    {
        try
        {
            Snapshot world = live.World;
            IReadOnlyList<WorldEvent> due = PaceFitting.Due(world, [.. world.Units.Where(static u => u is { State: UnitState.Complete, Completed: not null }).Select(u => Timed(world, u)), .. await Archived(world, began, stop)], began);
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

    private static TimedUnit Timed(Snapshot world, Unit unit) => new(unit.Id, unit.Build.Value, unit.Family.Value, world.Builds[unit.Build].Line.Value, unit.Begun, unit.Completed!.Value,
        [.. world.UnitSteps.StartingWith($"{unit.Key}|").Select(static s => (s.Step, s.Done))]);

    /// <summary>Finished units that have left the world.</summary>
    private async Task<List<TimedUnit>> Archived(Snapshot world, Instant began, CancellationToken stop)
    {
        var units = new List<TimedUnit>();
        foreach (var (serial, begun) in await archive.Newest(new(State: UnitState.Complete), MostRead, stop))
        {
            if (begun < began - PaceFitting.Memory) break;
            if (!world.Units.Contains(serial) && await archive.Find(serial, stop) is { Completed: { } done } record)
                units.Add(new(record.Serial, record.Build, record.Family, record.Line, record.Begun, done, [.. record.Steps.Select(static s => (s.Step, s.Done))]));
        }
        return units;
    }

    [LoggerMessage(101, LogLevel.Information, "How long a unit takes was learned anew of {Count} lines and products (journal entry {Sequence})")]
    private partial void LogLearned(int count, long sequence);

    [LoggerMessage(102, LogLevel.Warning, "The world refused what was learned of its lines: {Reason}")]
    private partial void LogRefused(string reason);

    [LoggerMessage(103, LogLevel.Error, "How long units take could not be learned; what is known stays")]
    private partial void LogFailed(Exception e);
}
