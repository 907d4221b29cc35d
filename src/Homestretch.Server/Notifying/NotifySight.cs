using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Homestretch.Exchange.Messages;
using Homestretch.Server.Access;
using Homestretch.Server.Live;
using Homestretch.Server.Storage;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Notifying;

/// <summary>Notices as one person sees them, and what the person may choose.</summary>
internal sealed class NotifySight(NoticeKeeper keeper, Listeners listeners, SubscriptionTables tables, OutboxTables messages, Outbox outbox, Outside outside, PushKey key, LiveWorld live, HubClock clock, AuditLog audit, ServerOptions options)
{
    private const int MostDevices = 10, MostOver = 100;
    private static readonly Duration s_longestQuiet = Duration.FromHours(16);

    public IReadOnlyList<NoticeRow> Notices(Person person, bool over)
    {
        IEnumerable<Notice> own = keeper.Notices.Where(n => Sees(person, n));
        return over ? [.. own.Where(static n => !n.Stands).OrderByDescending(static n => n.Ended).Take(MostOver).Select(Row)]
            : [.. own.Where(static n => n.Stands).OrderByDescending(static n => n.Severity).ThenBy(static n => n.Deadline ?? Instant.MaxValue).ThenByDescending(static n => n.Changed).ThenBy(static n => n.Key, StringComparer.Ordinal).Select(Row)];
    }

    /// <summary>Why a person may not take a notice, or give it back; null: they may.</summary>
    public Finding? Refuses(Person person, string notice, bool take)
    {
        if (keeper.Notices.FirstOrDefault(n => n.Stands && n.Key == notice && Sees(person, n)) is not { } known) return Wrong("notice", "unknown-key", $"There is no notice '{notice}' that stands and is yours to see.", "Look at the list again.");
        if (!take && known.Owner is not null && known.Owner != person.Login && !person.May.Contains(Permission.Administer)) return Wrong("notice", "not-yours", $"{known.Owner} has taken it.", "Ask them to give it back.");
        return null;
    }

    /// <summary>Null: done.</summary>
    public async Task<Finding?> Take(Person person, string notice, bool take)
    {
        if (Refuses(person, notice, take) is { } wrong) return wrong;
        keeper.Own(notice, take ? person.Login : null);
        await Note(person, AuditAction.NoticeTaken, notice, take ? "" : "given back");
        return null;
    }

    public NotifyView View(Person person)
    {
        Subscription? own = listeners.Of(person.Login, CancellationToken.None).GetAwaiter().GetResult();
        IReadOnlyList<PushDevice> devices = listeners.DevicesOf(person.Login, CancellationToken.None).GetAwaiter().GetResult();
        return new(own?.Choice ?? Subscription.Standard(ZoneOf(person)), [.. devices.Select(static d => new DeviceRow(d.Device, d.Subscription.Label, d.Added, d.Reached))], key.Public, options.Reach.MayMail, Kinds(person));
    }

    public async Task<IReadOnlyList<Finding>> Choose(Person person, NotifyChoice choice, CancellationToken cancel)
    {
        choice = choice with { Address = choice.Address.Trim(), Zone = choice.Zone.Trim(), Kinds = [.. choice.Kinds.Distinct().Order()] };
        if (Rules(choice) is { Count: > 0 } wrong) return wrong;
        Subscription? own = await listeners.Of(person.Login, cancel);
        bool more = own is null || (choice.Push && !own.Choice.Push) || (choice.Mail && !own.Choice.Mail) || (choice.Digest && !own.Choice.Digest);
        await tables.Put(person.Login, choice, more ? clock.Now : own!.Since, cancel);
        Renew();
        await Note(person, AuditAction.NotifyChosen, person.Login, string.Create(CultureInfo.InvariantCulture, $"push {choice.Push}, mail {choice.Mail}, digest {choice.Digest}, from {Words.Of(choice.Least)}, quiet {choice.QuietFrom:HH:mm}-{choice.QuietTo:HH:mm} {choice.Zone}"));
        return [];
    }

    public async Task<Finding?> Add(Person person, PushSubscription s, CancellationToken cancel)
    {
        if (Wrong(outside, s) is { } wrong) return wrong;
        string device = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(s.Endpoint)))[..24], label = s.Label.Trim() is { Length: > 0 } given ? given[..Math.Min(80, given.Length)] : "a browser";
        IReadOnlyList<PushDevice> own = await listeners.DevicesOf(person.Login, cancel);
        if (own.Any(d => d.Device == device && d.Subscription.Auth == s.Auth)) return null;
        if (own.Count >= MostDevices) return Wrong("device", "too-many", $"You have {MostDevices} devices.", "Remove one that you use no more.");
        if (!(await tables.Choices(cancel)).ContainsKey(person.Login)) await tables.Put(person.Login, Subscription.Standard(ZoneOf(person)), clock.Now, cancel);
        await tables.Put(new PushDevice(device, person.Login, s with { Label = label }, clock.Real, null), cancel);
        Renew();
        await Note(person, AuditAction.DeviceAdded, label, new Uri(s.Endpoint).Host);
        return null;
    }

    public async Task<Finding?> Remove(Person person, string device, CancellationToken cancel)
    {
        if (!await tables.Remove(device, person.Login, cancel)) return Wrong("device", "unknown-key", "You have no such device.", "Look at the list again.");
        Renew();
        await Note(person, AuditAction.DeviceRemoved, device, "");
        return null;
    }

    public async Task<Finding?> Try(Person person, CancellationToken cancel)
    {
        IReadOnlyList<PushDevice> devices = await listeners.DevicesOf(person.Login, cancel);
        if (devices.Count == 0) return Wrong("device", "none", "You have added no device.", "Add the one you sit at first.");
        string id = Secrets.New();
        foreach (var (i, d) in devices.Index()) await messages.Put(Posted.New($"{id}-{i}", Posted.Push, d.Device, person.Party, PushPayload.Calm, "test", PushPayload.Test(id, person.Name), clock.Real), cancel);
        outbox.Wake();
        return null;
    }

    /// <summary>Ends all mail to whom a mail's address names; null when we never made it.</summary>
    public async Task<string?> Leave(string? login, CancellationToken cancel)
    {
        if (login is null || !(await tables.Choices(cancel)).TryGetValue(login, out var known)) return null;
        await tables.Put(login, known.Choice with { Mail = false, Digest = false }, known.Since, cancel);
        Renew();
        await audit.Note("", login, Words.Of(AuditAction.NotifyChosen), login, "no more mail, by the address in a mail", CancellationToken.None);
        return login;
    }

    private string ZoneOf(Person person) => live.ZoneOf(person.Party, clock.Now).Id;

    private void Renew()
    {
        listeners.Renew();
        keeper.Wake();
    }

    private Task Note(Person person, AuditAction action, string subject, string detail) => audit.Note(person.Party, person.Login, Words.Of(action), subject, detail, CancellationToken.None);

    private static bool Sees(Person person, Notice n) => person.Login.Length > 0 && n.Party == person.Party && (n.Roles.Contains(person.Role) || n.HandedTo.Contains(person.Role) || n.Owner == person.Login || person.May.Contains(Permission.Administer));

    /// <summary>Kinds that a person of this role may ever hear of.</summary>
    private static NoticeKind[] Kinds(Person person) => person.Role == Role.Supplier ? [NoticeKind.Lot, NoticeKind.Document, NoticeKind.Delivery, NoticeKind.Task] : Enum.GetValues<NoticeKind>();

    private static NoticeRow Row(Notice n) => new(n.Key, n.Kind, n.Severity, n.Owner, n.Title, n.Text, n.Path, n.Created, n.Changed, n.Deadline, n.Ended, n.HandedTo);

    private static List<Finding> Rules(NotifyChoice c)
    {
        var wrong = new List<Finding>();
        if ((c.Mail || c.Digest || c.Address.Length > 0) && !(c.Address.Length <= 254 && c.Address.All(static x => x is > ' ' and < (char)127 and not ('<' or '>' or ',' or ';' or '"')) && System.Net.Mail.MailAddress.TryCreate(c.Address, out var address) && address.Address == c.Address))
            wrong.Add(Wrong("address", "address", c.Address.Length == 0 ? "Mail needs an address." : $"'{c.Address}' is no mail address.", "Write it like name@example.com."));
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(c.Zone) is null) wrong.Add(Wrong("zone", "zone", $"'{c.Zone}' is no time zone.", "Write one of the IANA names, such as Europe/Berlin."));
        if (!(c.LeastDays is >= 0 and <= 365)) wrong.Add(Wrong("least_days", "range", "The least days are no number from 0 to 365.", "Write 1, for example."));
        if (!(c.LeastPromises is >= 0 and <= 1000)) wrong.Add(Wrong("least_promises", "range", "The least promises are no number from 0 to 1000.", "Write 0.5, for example."));
        if (c.QuietFrom != c.QuietTo && Duration.FromTicks(((c.QuietTo.TickOfDay - c.QuietFrom.TickOfDay) + NodaConstants.TicksPerDay) % NodaConstants.TicksPerDay) > s_longestQuiet)
            wrong.Add(Wrong("quiet_to", "range", "Quiet hours of more than 16 hours would leave nearly no time to tell you anything.", "Make them shorter, or turn push messages off."));
        return wrong;
    }

    /// <summary>What is wrong with where a browser takes messages: an address that this server may not reach, or keys that are none.</summary>
    internal static Finding? Wrong(Outside outside, PushSubscription s)
    {
        if (s.Endpoint.Length > 1000 || outside.Wrong(s.Endpoint) is not null) return Wrong("endpoint", "address", "The push service's address is none that this server may reach.", "Subscribe anew, with a browser of the present.");
        using ECDiffieHellman? browser = PushMessage.FromBase64Url(s.P256dh) is { } point ? PushMessage.Key(point) : null;
        return browser is null || PushMessage.FromBase64Url(s.Auth) is not { Length: 16 } ? Wrong("p256dh", "key", "The browser's keys are none.", "Give p256dh and auth as the browser's subscription has them, base64url.") : null;
    }

    internal static Finding Wrong(string field, string rule, string what, string cure) => new(new("request", 0, field), rule, what, cure);
}
