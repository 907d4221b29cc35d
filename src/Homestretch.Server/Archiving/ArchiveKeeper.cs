using Homestretch.Finishing.Tracing;
using Homestretch.Server.Live;
using Homestretch.Server.Storage;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Archiving;

/// <summary>Follows the planner: a unit that is done or given up is put into the archive, and leaves the world when it has been there for <see cref="Stays"/>
/// and its build and order line are over. A start catches up with what a crash left out: whatever is done stands in the world until the archive has it on disk.</summary>
internal sealed partial class ArchiveKeeper(UnitArchive archive, LiveWorld live, Planner planner, HubClock clock, ILogger<ArchiveKeeper> log) : BackgroundService
{
    /// <summary>How long a unit stays in the world after its end: corrections come within days.</summary>
    public static readonly Duration Stays = Duration.FromDays(14);

    /// <summary>The party of what leaves.</summary>
    public const string Party = "archive";
    private const int PutAtOnce = 100, LeaveAtOnce = 10;
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(5), s_afterFailure = TimeSpan.FromSeconds(30);
    private readonly Lock _gate = new();
    private readonly HashSet<string> _touched = new(StringComparer.Ordinal), _taken = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _pulse = new(0);

    public override void Dispose()
    {
        _pulse.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await planner.Started.WaitAsync(stoppingToken);
        planner.Happened += Hear;
        try
        {
            Note(World().Units.Select(static u => u.Id));
            while (true)
            {
                try
                {
                    await archive.Load(stoppingToken);
                    await PutAway(stoppingToken);
                    await Leave(stoppingToken);
                }
                catch (Exception e) when (!stoppingToken.IsCancellationRequested)
                {
                    LogFailed(e);
                    await Task.Delay(s_afterFailure, stoppingToken);
                }
                await _pulse.WaitAsync(s_look, stoppingToken);
                while (_pulse.Wait(0, CancellationToken.None)) { }
            }
        }
        finally
        {
            planner.Happened -= Hear;
        }
    }

    private void Hear(Change change, long received)
    {
        string[] serials = [.. change.Touched.Select(static t => (t.After ?? t.Before) switch { Unit u => u.Id, UnitPart p => p.Unit.Value, UnitStep s => s.Unit.Value, _ => "" }).Where(static s => s.Length > 0).Distinct()];
        if (serials.Length > 0) Note(serials);
    }

    private void Note(IEnumerable<string> serials)
    {
        lock (_gate) _touched.UnionWith(serials);
        _pulse.Release();
    }

    private Snapshot World()
    {
        lock (live.Gate) return live.World;
    }

    private async Task PutAway(CancellationToken cancel)
    {
        string[] touched;
        lock (_gate) touched = [.. _touched];
        Snapshot world = World();
        Unit[] done = [.. touched.Select(s => world.Units.Find(s)).OfType<Unit>().Where(UnitTrace.Finished)];
        ILookup<Key<Lot>, ProductionRun> runs = done.Length == 0 ? Array.Empty<ProductionRun>().ToLookup(static r => r.Lot) : world.ProductionRuns.ToLookup(static r => r.Lot);
        foreach (Unit[] some in done.Chunk(PutAtOnce)) await Put(world, runs, some, cancel);
        lock (_gate)
        {
            // what was touched meanwhile is looked at again
            Snapshot now = World();
            _touched.RemoveWhere(s => touched.Contains(s) && Same(world, now, s));
        }
    }

    private async Task Put(Snapshot world, ILookup<Key<Lot>, ProductionRun> runs, Unit[] units, CancellationToken cancel)
    {
        foreach (string serial in await archive.Put([.. units.Select(u => Done(world, runs, u))], clock.Now, cancel))
        {
            if (_taken.Add(serial)) LogTaken(serial);
        }
    }

    private static DoneUnit Done(Snapshot world, ILookup<Key<Lot>, ProductionRun> runs, Unit unit)
    {
        UnitTrace trace = UnitTrace.Of(world, unit);
        return new(trace, [.. LotTrace.Of(world, runs, trace.Parts.Select(static p => p.Lot))], ArchivedBody.Json(UnitRecords.Of(world, unit, runs)));
    }

    /// <summary>Lets units leave whose time has come, a few at a time, once more put away as they are now.</summary>
    private async Task Leave(CancellationToken cancel)
    {
        Instant before = clock.Now - Stays;
        while (true)
        {
            Snapshot world = World();
            Unit[] due = [.. world.Units.Where(u => UnitTrace.Finished(u) && !(u.Completed > before) && world.Builds[u.Build] is { Status: >= OrderStatus.Completed } build && world.OrderLines[build.OrderLine].Status >= OrderStatus.Completed && !_taken.Contains(u.Id) && UnitTrace.Of(world, u).Ended <= before).Take(LeaveAtOnce)];
            if (due.Length == 0) return;
            await Put(world, world.ProductionRuns.ToLookup(static r => r.Lot), due, cancel);
            due = [.. due.Where(u => !_taken.Contains(u.Id))];
            int left = 0;
            Answer answer = await planner.Decide(now =>
            {
                WorldEvent[] gone = [.. due.Where(u => Same(world, now, u.Id)).SelectMany(u => Gone(now, u))];
                left = gone.Length;
                return gone;
            }, Party, cancel);
            if (!answer.Accepted) LogStays(due[0].Id, answer.Findings[0].ToString());
            if (!answer.Accepted || left == 0) return;
        }
    }

    /// <summary>Whether a unit stands in one world as in the other.</summary>
    private static bool Same(Snapshot one, Snapshot other, string serial) => ReferenceEquals(one, other) || (Equals(one.Units.Find(serial), other.Units.Find(serial))
        && one.UnitParts.StartingWith($"{serial}|").SequenceEqual(other.UnitParts.StartingWith($"{serial}|")) && one.UnitSteps.StartingWith($"{serial}|").SequenceEqual(other.UnitSteps.StartingWith($"{serial}|")));

    private static IEnumerable<WorldEvent> Gone(Snapshot world, Unit unit) => world.UnitSteps.StartingWith($"{unit.Key}|").Cast<IRecord>().Concat(world.UnitParts.StartingWith($"{unit.Key}|")).Append(unit)
        .Select(static r => new WorldEvent.Removed(TableKind.For(r), r.Id, "kept in the archive"));

    [LoggerMessage(41, LogLevel.Error, "Units that are done could not be put into the archive; they stay in the world and are tried again")]
    private partial void LogFailed(Exception e);

    [LoggerMessage(42, LogLevel.Error, "Unit {Serial} has the serial number of another one in the archive: it is not put away and stays in the world; give it another number")]
    private partial void LogTaken(string serial);

    [LoggerMessage(43, LogLevel.Error, "Unit {Serial} and others are in the archive and could not leave the world: {Finding}")]
    private partial void LogStays(string serial, string finding);
}
