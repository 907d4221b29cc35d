using Homestretch.Server.Notifying;
using Homestretch.Server.Situating;
using Homestretch.Web.Window;

namespace Homestretch.Server.Access;

/// <summary>What a person should know of, and how they hear of it.</summary>
internal sealed partial class PersonWindow
{
    private bool IsSomebody => Person.Login.Length > 0;

    public IReadOnlyList<NoticeRow> NoticesFor(bool over) => _notify.Notices(Person, over);

    /// <summary>Who takes a notice of a situation, or of work, takes the situation or the work.</summary>
    public async Task<Told> TakeNotice(string key, bool take, CancellationToken cancel) => !IsSomebody ? Refused("take notices")
        : _notify.Refuses(Person, key, take) is { } wrong ? Done(wrong)
        : SituationNotices.SituationOf(key) is { } situation ? await Own(situation, take, cancel)
        : TaskNotices.TaskOf(key) is { } task ? await OwnTask(task, take, cancel) : Done(await _notify.Take(Person, key, take));

    public NotifyView Notify() => _notify.View(Person);

    public async Task<Told> ChooseNotify(NotifyChoice choice, CancellationToken cancel) => IsSomebody && await _notify.Choose(Person, choice, cancel) is var findings ? new(findings.Count == 0, Clock.Version, findings) : Refused("choose");

    public async Task<Told> AddDevice(PushSubscription subscription, CancellationToken cancel) => IsSomebody ? Done(await _notify.Add(Person, subscription, cancel)) : Refused("add devices");

    public async Task<Told> RemoveDevice(string device, CancellationToken cancel) => IsSomebody ? Done(await _notify.Remove(Person, device, cancel)) : Refused("remove devices");

    public async Task<Told> TryDevices(CancellationToken cancel) => IsSomebody ? Done(await _notify.Try(Person, cancel)) : Refused("try devices");

    public WebhooksView? Webhooks() => WebhookSight.May(Person) ? _webhooks.View(Person) : null;

    public Task<WebhookMade> AddWebhook(WebhookRequest request, CancellationToken cancel) => _webhooks.Add(Person, request, cancel);

    public Task<WebhookMade> RenewWebhook(string webhook, CancellationToken cancel) => _webhooks.Renew(Person, webhook, cancel);

    public async Task<Told> TurnWebhook(string webhook, bool on, CancellationToken cancel) => Done(await _webhooks.Turn(Person, webhook, on, cancel));

    public async Task<Told> RemoveWebhook(string webhook, CancellationToken cancel) => Done(await _webhooks.Remove(Person, webhook, cancel));

    public async Task<Told> TestWebhook(string webhook, CancellationToken cancel) => Done(await _webhooks.Test(Person, webhook, cancel));

    public async Task<Told> SendAgain(string message, CancellationToken cancel) => Done(await _webhooks.Again(Person, message, cancel));

    private Told Done(Finding? wrong) => new(wrong is null, Clock.Version, wrong is null ? [] : [wrong]);
}
