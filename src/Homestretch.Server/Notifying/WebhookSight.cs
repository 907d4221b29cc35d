using Homestretch.Server.Access;
using Homestretch.Server.Live;
using Homestretch.Server.Storage;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Notifying;

/// <summary>A party's webhooks as those see them who may make them: administrators, and a supplier's people for their own party.</summary>
internal sealed class WebhookSight(WebhookTables tables, OutboxTables messages, WebhookSecrets secrets, Outside outside, Outbox outbox, NoticeSources sources, HubClock clock, AuditLog audit, ServerOptions options)
{
    private const int MostWebhooks = 20, MostDeliveries = 100;

    public static bool May(Person person) => person.Login.Length > 0 && (person.May.Contains(Permission.Administer) || person.Role == Role.Supplier);

    public WebhooksView View(Person person)
    {
        Webhook[] own = [.. tables.All(CancellationToken.None).GetAwaiter().GetResult().Where(w => w.Party == person.Party)];
        return new([.. own.Select(static w => new WebhookRow(w.Id, w.Party, w.Url, w.Label, w.Kinds, w.Made, w.MadeBy, w.Failing, w.Disabled, w.Said))],
            [.. own.SelectMany(w => messages.Newest(Posted.Webhook, w.Id, MostDeliveries, CancellationToken.None).GetAwaiter().GetResult()).OrderByDescending(static p => p.Made).ThenBy(static p => p.Id, StringComparer.Ordinal).Take(MostDeliveries)
                .Select(static p => new DeliveryRow(p.Id, p.Target, p.Type, p.Subject, p.Made, OutboxTables.Word(p.State), p.Attempts, p.State == Delivery.Waiting ? p.Due : null, p.Ended, p.Said))],
            Enum.GetValues<NoticeKind>());
    }

    public async Task<WebhookMade> Add(Person person, WebhookRequest request, CancellationToken cancel)
    {
        if (!May(person)) return new(null, null, [Refused()]);
        string url = request.Url.Trim(), label = request.Label.Trim();
        if ((url.Length > 1000 ? "It is too long." : outside.Wrong(url)) is { } wrong) return new(null, null, [NotifySight.Wrong("url", "address", $"'{(url.Length > 200 ? url[..200] : url)}' may not be a webhook. {wrong}", "Give an https address on the public net; the operator may open private networks with --reach-networks.")]);
        if (label.Length is 0 or > 80) return new(null, null, [NotifySight.Wrong("label", "name", "The name is missing or longer than 80 characters.", "Write what it is for, such as 'chat of the planners'.")]);
        if ((await tables.All(cancel)).Count(w => w.Party == person.Party) >= MostWebhooks) return new(null, null, [NotifySight.Wrong("url", "too-many", $"There are {MostWebhooks} webhooks.", "Remove one that is not used.")]);
        var (secret, kept) = secrets.New();
        IReadOnlyList<NoticeKind> kinds = request.Kinds is { Count: > 0 } some ? [.. some.Distinct().Order()] : Enum.GetValues<NoticeKind>();
        var hook = new Webhook(Secrets.New()[..12], person.Party, url, kept, label, kinds, clock.Real, person.Login, null, null, "");
        await tables.Put(hook, cancel);
        sources.Renew();
        await Note(person, AuditAction.WebhookMade, hook);
        return new(hook.Id, secret, []);
    }

    public async Task<WebhookMade> Renew(Person person, string id, CancellationToken cancel)
    {
        if (await Own(person, id, cancel) is not { } hook) return new(null, null, [Unknown(person)]);
        var (secret, kept) = secrets.New();
        await tables.Put(hook with { Secret = kept }, cancel);
        await Note(person, AuditAction.WebhookChanged, hook, "a new secret");
        return new(hook.Id, secret, []);
    }

    public async Task<Finding?> Turn(Person person, string id, bool on, CancellationToken cancel)
    {
        if (await Own(person, id, cancel) is not { } hook) return Unknown(person);
        await tables.Put(hook with { Disabled = on ? null : hook.Disabled ?? clock.Real, Failing = null, Said = on ? "" : $"turned off by {person.Login}" }, cancel);
        sources.Renew();
        await Note(person, AuditAction.WebhookChanged, hook, on ? "on" : "off");
        return null;
    }

    public async Task<Finding?> Remove(Person person, string id, CancellationToken cancel)
    {
        if (await Own(person, id, cancel) is not { } hook) return Unknown(person);
        await tables.Remove(hook.Id, cancel);
        sources.Renew();
        await Note(person, AuditAction.WebhookRemoved, hook);
        return null;
    }

    public async Task<Finding?> Test(Person person, string id, CancellationToken cancel)
    {
        if (await Own(person, id, cancel) is not { } hook) return Unknown(person);
        if (hook.Disabled is not null) return NotifySight.Wrong("webhook", "off", "The webhook is turned off.", "Turn it on first.");
        string message = Secrets.New()[..24];
        await messages.Put(Posted.New($"msg_{message}_{hook.Id}", Posted.Webhook, hook.Id, hook.Party, NoticeEvents.Test, "test", NoticeEvents.TestBody(message, options.Origin, person.Name, clock.Now), clock.Real), cancel);
        outbox.Wake();
        await Note(person, AuditAction.WebhookTested, hook);
        return null;
    }

    public async Task<Finding?> Again(Person person, string message, CancellationToken cancel)
    {
        if (await messages.Find(message, cancel) is not { Road: Posted.Webhook } posted || await Own(person, posted.Target, cancel) is not { } hook) return Unknown(person);
        if (hook.Disabled is not null) return NotifySight.Wrong("webhook", "off", "The webhook is turned off.", "Turn it on first.");
        // it lives anew from now on
        await messages.Renew(posted.Id, clock.Real, cancel);
        outbox.Wake();
        await Note(person, AuditAction.MessageSentAgain, hook, message);
        return null;
    }

    private async Task<Webhook?> Own(Person person, string id, CancellationToken cancel) => May(person) ? (await tables.All(cancel)).FirstOrDefault(w => w.Id == id && w.Party == person.Party) : null;

    private Task Note(Person person, AuditAction action, Webhook hook, string detail = "") => audit.Note(person.Party, person.Login, Words.Of(action), hook.Id, detail.Length > 0 ? $"{hook.Label}: {detail}" : hook.Label, CancellationToken.None);

    private static Finding Refused() => NotifySight.Wrong("", "role", "Your role may not make webhooks.", "Ask an administrator.");

    private static Finding Unknown(Person person) => May(person) ? NotifySight.Wrong("webhook", "unknown-key", "There is no such webhook or message of your party.", "Look at the list again.") : Refused();
}
