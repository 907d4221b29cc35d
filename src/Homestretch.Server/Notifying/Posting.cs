using Homestretch.Server.Access;
using Homestretch.Server.Live;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Notifying;

/// <summary>Writes messages as they go into the outbox.</summary>
internal sealed class Posting(Listeners listeners, WebhookTables webhooks, WebhookSecrets secrets, LiveWorld live, HubClock clock, ServerOptions options)
{
    /// <summary>A message to a person: one to each device, or a mail.</summary>
    public async Task<IReadOnlyList<Posted>> Of(string id, Dispatch dispatch, Subscription person, Instant now, CancellationToken cancel)
    {
        if (dispatch.Items.Count == 0) return [];
        var said = new NoticeText(QuietHours.Zone(person.Choice.Zone), now);
        if (dispatch.Channel == NoticeChannel.Push)
        {
            byte[] body = PushPayload.Of(id, dispatch, said);
            string subject = dispatch.Items is [var (one, _)] ? one.Key : "";
            return [.. (await listeners.DevicesOf(person.Login, cancel)).Select((d, i) => Posted.New($"{id}-{i}", Posted.Push, d.Device, person.Party, PushPayload.TypeOf(dispatch), subject, body, clock.Real))];
        }
        byte[] mail = new Mails(options.Reach, options.Origin, secrets).Of(id, dispatch, person.Choice, said, clock.Real);
        return [Posted.New(id, Posted.Mail, person.Login, person.Party, Words.Of(dispatch.Channel), dispatch.Items is [var (notice, _)] ? notice.Key : "", mail, clock.Real)];
    }

    /// <summary>An event for each webhook of the notice's party that asked for its kind.</summary>
    public async Task<IReadOnlyList<Posted>> Of(NoticeEvent what, Notice notice, Instant now, CancellationToken cancel)
    {
        Webhook[] hooks = [.. (await webhooks.All(cancel)).Where(w => w.Disabled is null && w.Party == notice.Party && w.Kinds.Contains(notice.Kind))];
        if (hooks.Length == 0) return [];
        string id = Secrets.New()[..24];
        byte[] body = NoticeEvents.Body(id, options.Origin, what, notice, new(live.ZoneOf(notice.Party, now), now));
        return [.. hooks.Select(w => Posted.New($"msg_{id}_{w.Id}", Posted.Webhook, w.Id, w.Party, NoticeEvents.TypeOf(what), notice.Key, body, clock.Real))];
    }
}
