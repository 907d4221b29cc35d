using Homestretch.Server.Access;
using Homestretch.Server.Live;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Notifying;

/// <summary>Finds what people should know of beside the planner, a moment after each change: late lots for each supplier that listens, documents that lapse for who holds them, webhooks that were turned off for who made them.
/// Situations and tasks are found where they are kept.</summary>
internal sealed partial class NoticeSources(NoticeKeeper keeper, Listeners listeners, WebhookTables webhooks, Outbox outbox, Slices slices, LiveWorld live, Planner planner, HubClock clock, TimeProvider time, ILogger<NoticeSources> log) : BackgroundService
{
    public const string Lots = "lots", Webhooks = "webhooks", Papers = "documents";

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(500), s_rest = TimeSpan.FromSeconds(2);
    private int _happened = 1, _turnedOff = 1;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        planner.Happened += Hear;
        outbox.TurnedOff += Renew;
        return base.StartAsync(cancellationToken);
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        planner.Happened -= Hear;
        outbox.TurnedOff -= Renew;
        return base.StopAsync(cancellationToken);
    }

    /// <summary>Says that webhooks are others than before.</summary>
    public void Renew() => Volatile.Write(ref _turnedOff, 1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await planner.Started.WaitAsync(stoppingToken);
        await keeper.Known.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(s_look, time);
        long looked = 0;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (Interlocked.Exchange(ref _turnedOff, 0) == 1) keeper.Take(Webhooks, await TurnedOff(stoppingToken));
                if ((looked != 0 && time.GetElapsedTime(looked) < s_rest) || Interlocked.Exchange(ref _happened, 0) == 0) continue;
                looked = time.GetTimestamp();
                keeper.Take(Lots, await Late(stoppingToken));
                keeper.Take(Papers, DocumentNotices.Of(live.World, clock.Now, p => live.ZoneOf(p, clock.Now)));
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e);
            }
        }
    }

    private void Hear(Change change, long received) => Volatile.Write(ref _happened, 1);

    /// <summary>Of suppliers of whom nobody listens nothing is made: each would need a plan of its own.</summary>
    private async Task<IReadOnlyList<Notice>> Late(CancellationToken cancel)
    {
        HashSet<string> listening = [.. (await listeners.All(cancel)).Where(static p => p.Role == Role.Supplier && (p.HasDigest || p.AtOnce.Any())).Select(static p => p.Party), .. (await webhooks.All(cancel)).Where(static w => w.Disabled is null).Select(static w => w.Party)];
        return [.. live.World.Parties.Where(p => p.Kind != PartyKind.Brand && listening.Contains(p.Id)).SelectMany(p => slices.Look(p.Key, money: false, s => LotNotices.Of(s, p.Key)))];
    }

    private async Task<IReadOnlyList<Notice>> TurnedOff(CancellationToken cancel)
    {
        Instant now = clock.Now;
        return [.. (await webhooks.All(cancel)).Where(static w => w.Disabled is not null).Select(w => new Notice($"webhook:{w.Id}", NoticeKind.Delivery, NoticeSeverity.Warning, w.Party, [Role.Administrator, Role.Supplier], null,
            $"Webhook turned off: {w.Label}", $"The webhook '{w.Label}' takes no messages and was turned off: {(w.Said.Length > 0 ? w.Said : "no answer")}. Mend its receiver and turn it on again.", "/notify/webhooks", now, now, null, null))];
    }

    [LoggerMessage(73, LogLevel.Error, "Notices could not be found; those known stay, the next change tries again")]
    private partial void LogFailed(Exception e);
}
