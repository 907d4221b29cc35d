using System.Data.Common;
using Homestretch.Machines;
using Homestretch.Server.Live;
using Homestretch.Server.Storage;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Twins;

/// <summary>Rolls the machines' hours up into the database while the twins hold them, which is a day: what has changed every 20 seconds or 8 hours of the
/// world's clock, and at the end. A twin that a start folds anew from the log comes to the same hours, so nothing is counted twice.</summary>
internal sealed partial class HourKeeping(TwinBoard board, LiveWorld live, MachineHours hours, HubClock clock, TimeProvider time, ILogger<HourKeeping> log) : BackgroundService
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1), s_every = TimeSpan.FromSeconds(20);
    private static readonly Duration s_everyOfWorld = Duration.FromHours(8), s_kept = Duration.FromDays(5 * 365);
    private readonly Dictionary<string, IReadOnlyList<HourSpent>> _written = new(StringComparer.Ordinal);
    private LocalDate _swept;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_look, time);
        var (at, world) = (time.GetTimestamp(), clock.Now);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (time.GetElapsedTime(at) < s_every && clock.Now - world < s_everyOfWorld) continue;
                (at, world) = (time.GetTimestamp(), clock.Now);
                await Write(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            await Write(CancellationToken.None);
        }
    }

    private async Task Write(CancellationToken cancel)
    {
        Snapshot world = live.World;
        Instant now = clock.Now;
        var all = board.Machines.All().Where(m => world.Machines.Find(m.Key) is not null).Select(m => (Machine: m.Key, Hours: m.Value.HoursUntil(now))).ToList();
        var changed = all.SelectMany(m => m.Hours.Except(_written.GetValueOrDefault(m.Machine, [])).Select(h => (world.Machines.Find(m.Machine)!.Party.Value, m.Machine, h))).ToList();
        try
        {
            await hours.Write(changed, cancel);
            foreach (var (machine, held) in all) _written[machine] = held;
            if (now.InUtc().Date is var today && today == _swept) return;
            await hours.Forget(now - s_kept, cancel);
            _swept = today;
        }
        catch (Exception e) when (e is DbException or IOException)
        {
            LogUnwritten(e);
        }
    }

    [LoggerMessage(33, LogLevel.Error, "The machines' hours could not be written; they are tried again while the twins hold them, which is a day")]
    private partial void LogUnwritten(Exception e);
}
