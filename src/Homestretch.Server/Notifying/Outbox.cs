using System.Threading.Channels;
using Homestretch.Server.Access;
using Homestretch.Server.Live;
using Homestretch.Server.Storage;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Notifying;

/// <summary>Sends what the outbox table holds, each message until it arrives or is given up: at least once, whatever happens meanwhile. Messages to one receiver go in turn;
/// one that does not take them is left alone for longer and longer.</summary>
internal sealed partial class Outbox(OutboxTables tables, SubscriptionTables subscriptions, WebhookTables webhooks, Roads roads, Planner planner, HubClock clock, AuditLog audit, Counters counters, TimeProvider time, ILogger<Outbox> log) : BackgroundService
{
    /// <summary>How long a push message is worth sending.</summary>
    public static readonly Duration PushLives = Duration.FromDays(1);

    /// <summary>How long messages are kept after they arrived or were given up.</summary>
    public static readonly Duration Kept = Duration.FromDays(30);

    private const int AtOnce = 64, Together = 8;
    private static readonly Duration s_mailLives = Duration.FromDays(2), s_webhookLives = Duration.FromDays(3), s_webhookFails = Duration.FromDays(5), s_first = Duration.FromSeconds(5), s_longest = Duration.FromHours(12);
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);
    private readonly Channel<bool> _woken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Raised when a webhook was turned off by itself.</summary>
    public event Action? TurnedOff;

    /// <summary>Says that something was put in.</summary>
    public void Wake() => _woken.Writer.TryWrite(true);

    /// <summary>How long to wait after a number of tries that failed: three times as long after each, half as much more or less by chance, so that many do not come back together.</summary>
    /// <param name="chance">In [0, 1).</param>
    public static Duration Wait(int attempts, double chance) => Duration.Min(s_longest, s_first * Math.Pow(3, Math.Min(20, attempts - 1))) * (0.5 + chance);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await planner.Started.WaitAsync(stoppingToken);
        Instant forgot = Instant.MinValue;
        while (true)
        {
            try
            {
                if (await Send(stoppingToken) < AtOnce) await Rest(stoppingToken);
                if (clock.Real - forgot < Duration.FromHours(1)) continue;
                await tables.Forget(clock.Real - Kept, stoppingToken);
                forgot = clock.Real;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e);
                await Task.Delay(s_look, time, stoppingToken);
            }
        }
    }

    private async Task Rest(CancellationToken stop)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(stop);
        wait.CancelAfter(s_look);
        try
        {
            await _woken.Reader.ReadAsync(wait.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // time to look what is due
        }
    }

    /// <summary>Sends all that is due.</summary>
    /// <returns>How many there were.</returns>
    private async Task<int> Send(CancellationToken stop)
    {
        IReadOnlyList<Posted> due = await tables.Due(clock.Real, AtOnce, stop);
        if (due.Count == 0) return 0;
        var devices = (await subscriptions.Devices(stop)).ToDictionary(static d => d.Device, StringComparer.Ordinal);
        var hooks = (await webhooks.All(stop)).ToDictionary(static w => w.Id, StringComparer.Ordinal);
        await Parallel.ForEachAsync(due.GroupBy(static p => (p.Road, p.Target)), new ParallelOptions { MaxDegreeOfParallelism = Together, CancellationToken = stop }, async (group, cancel) =>
        {
            Instant? later = null;
            foreach (Posted message in group)
            {
                if (later is { } at) await tables.Put(message with { Due = at }, cancel); // its receiver takes nothing now
                else later = await Send(message, devices.GetValueOrDefault(message.Target), hooks.GetValueOrDefault(message.Target), cancel);
            }
        });
        return due.Count;
    }

    /// <summary>Sends one message.</summary>
    /// <returns>When its receiver is tried again; null: it may have the next.</returns>
    private async Task<Instant?> Send(Posted message, PushDevice? device, Webhook? hook, CancellationToken cancel)
    {
        Instant now = clock.Real;
        Duration lives = message.Road switch { Posted.Push => PushLives, Posted.Mail => s_mailLives, _ => s_webhookLives };
        if (now - message.Made > lives) return await End(message, Delivery.Failed, message.Said.Length > 0 ? $"Given up. {message.Said}" : "Given up: too old to send.", cancel);
        Tried tried;
        switch (message.Road)
        {
            case Posted.Push when device is not null: tried = await roads.Push(message, device.Subscription, PushLives, now, cancel); break;
            case Posted.Mail: tried = await roads.Mail(message, cancel); break;
            case Posted.Webhook when hook is { Disabled: null }: tried = await roads.Webhook(message, hook, now, cancel); break;
            default: return await End(message, Delivery.Failed, "There is no such receiver any more.", cancel);
        }
        counters.Add(Counted.MessagesSent, value: $"{message.Road}-{(tried.Arrived ? "arrived" : "failed")}");
        Posted after = message with { Attempts = message.Attempts + 1 };
        if (tried.Arrived) return await Arrived(after, device, hook, tried, now, cancel);
        LogNotTaken(message.Road, message.Id, tried.Said);
        if (hook is not null && await Failing(hook, tried, now, cancel)) return null;
        if (tried.Gone)
        {
            if (message.Road == Posted.Push && await subscriptions.Remove(device!.Device, null, cancel)) await audit.Note("", device.Login, Words.Of(AuditAction.DeviceRemoved), device.Subscription.Label, "its push service knows it no more", CancellationToken.None);
            return await End(after, Delivery.Failed, tried.Said, cancel);
        }
        Duration wait = Wait(after.Attempts, Random.Shared.NextDouble());
        Instant due = now + (tried.Retry is { } asked ? Duration.Max(wait, Duration.Min(asked, s_longest)) : wait);
        await tables.Put(after with { Due = due, Said = tried.Said }, cancel);
        return due;
    }

    private async Task<Instant?> Arrived(Posted message, PushDevice? device, Webhook? hook, Tried tried, Instant now, CancellationToken cancel)
    {
        if (hook is { Failing: not null }) await webhooks.Put(hook with { Failing = null, Said = "" }, cancel);
        if (device is not null) await subscriptions.Reached(device.Device, now, cancel);
        return await End(message, Delivery.Delivered, tried.Said, cancel);
    }

    /// <summary>Notes that a webhook does not take its messages, and turns it off when it has not for long, or says that it wants none.</summary>
    /// <returns>Whether it is off now.</returns>
    private async Task<bool> Failing(Webhook hook, Tried tried, Instant now, CancellationToken cancel)
    {
        Instant since = hook.Failing ?? now;
        bool off = tried.Gone || now - since > s_webhookFails;
        await webhooks.Put(hook with { Failing = since, Said = tried.Said, Disabled = off ? now : null }, cancel);
        if (!off) return false;
        await tables.GiveUp(Posted.Webhook, hook.Id, "The webhook was turned off.", now, cancel);
        await audit.Note(hook.Party, "", Words.Of(AuditAction.WebhookTurnedOff), hook.Id, $"{hook.Label}: {tried.Said}", CancellationToken.None);
        TurnedOff?.Invoke();
        return true;
    }

    private async Task<Instant?> End(Posted message, Delivery state, string said, CancellationToken cancel)
    {
        await tables.Put(message with { State = state, Ended = clock.Real, Said = said }, cancel);
        return null;
    }

    [LoggerMessage(70, LogLevel.Error, "The outbox could not be worked on; what is in it waits")]
    private partial void LogFailed(Exception e);

    [LoggerMessage(71, LogLevel.Warning, "A message by {Road} was not taken and is tried again ({Message}): {Said}")]
    private partial void LogNotTaken(string road, string message, string said);
}
