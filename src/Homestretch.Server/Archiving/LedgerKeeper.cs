using Homestretch.Finishing.Floor;
using Homestretch.Server.Live;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Archiving;

/// <summary>Puts operations of the floor into the archive when they have been in the world for <see cref="Stays"/> and nothing there asks for them any more, and lets them leave when they are on disk.</summary>
internal sealed partial class LedgerKeeper(LedgerArchive archive, LiveWorld live, Planner planner, HubClock clock, ILogger<LedgerKeeper> log) : BackgroundService
{
    /// <summary>How long an operation stays in the world.</summary>
    public static readonly Duration Stays = Duration.FromDays(30);

    /// <summary>How many leave in one turn of the planner.</summary>
    public const int AtOnce = 200;
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await planner.Started.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(s_look);
        do
        {
            try
            {
                while (await Leave(stoppingToken)) { }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <returns>Whether some have left; there may be more.</returns>
    private async Task<bool> Leave(CancellationToken cancel)
    {
        Snapshot world;
        lock (live.Gate) world = live.World;
        FloorOperation[] due = [.. Bygone.Of(world, clock.Now - Stays).Take(AtOnce)];
        if (due.Length == 0) return false;
        await archive.Put(due, cancel);
        bool left = false;
        Answer answer = await planner.Decide(now =>
        {
            WorldEvent[] gone = [.. due.Where(o => Equals(now.FloorOperations.Find(o.Id), o)).Select(static o => new WorldEvent.Removed(TableKind.For(o), o.Id, "kept in the archive"))];
            if (gone.Length > 0) archive.Left++;
            left = gone.Length > 0;
            return gone;
        }, ArchiveKeeper.Party, cancel);
        if (!answer.Accepted) LogStays(due[0].Id, answer.Findings[0].ToString());
        return left && answer.Accepted;
    }

    [LoggerMessage(44, LogLevel.Error, "Operations of the floor could not be put into the archive; they stay in the world and are tried again")]
    private partial void LogFailed(Exception e);

    [LoggerMessage(45, LogLevel.Error, "Operation {Operation} of the floor and others are in the archive and could not leave the world: {Finding}")]
    private partial void LogStays(string operation, string finding);
}
