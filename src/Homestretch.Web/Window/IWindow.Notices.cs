namespace Homestretch.Web.Window;

public partial interface IWindow
{
    /// <summary>What stands for this person's role, or was taken by them or handed on to them, weightiest first; and what was over lately, newest first.</summary>
    IReadOnlyList<NoticeRow> NoticesFor(bool over);

    /// <summary>Takes a notice as this person's to mend, or gives it back. Nobody else is told any more that nobody has.</summary>
    Task<Told> TakeNotice(string key, bool take, CancellationToken cancel);

    /// <summary>What this person hears, how and when.</summary>
    NotifyView Notify();
    Task<Told> ChooseNotify(NotifyChoice choice, CancellationToken cancel);

    /// <summary>Adds the browser that subscribed to push messages; one that is known already is not added again.</summary>
    Task<Told> AddDevice(PushSubscription subscription, CancellationToken cancel);
    Task<Told> RemoveDevice(string device, CancellationToken cancel);

    /// <summary>Sends a message that says so to each of this person's devices.</summary>
    Task<Told> TryDevices(CancellationToken cancel);

    /// <summary>The webhooks of this person's party and their newest messages; null: not part of the role.</summary>
    WebhooksView? Webhooks();
    Task<WebhookMade> AddWebhook(WebhookRequest request, CancellationToken cancel);

    /// <summary>A new secret in place of the one before, told this once.</summary>
    Task<WebhookMade> RenewWebhook(string webhook, CancellationToken cancel);

    /// <summary>Turns a webhook on or off.</summary>
    Task<Told> TurnWebhook(string webhook, bool on, CancellationToken cancel);
    Task<Told> RemoveWebhook(string webhook, CancellationToken cancel);

    /// <summary>Sends a webhook a message in which nothing has happened.</summary>
    Task<Told> TestWebhook(string webhook, CancellationToken cancel);

    /// <summary>Sends a message to a webhook again, with the id it had.</summary>
    Task<Told> SendAgain(string message, CancellationToken cancel);
}
