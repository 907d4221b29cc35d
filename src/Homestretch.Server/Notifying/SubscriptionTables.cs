using System.Data.Common;
using System.Globalization;
using Homestretch.Server.Storage;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Server.Notifying;

/// <summary>A browser that takes push messages for a person.</summary>
internal sealed record PushDevice(string Device, string Login, PushSubscription Subscription, Instant Added, Instant? Reached);

/// <summary>What people chose and the devices they added, in the database.</summary>
internal sealed class SubscriptionTables(Database database)
{
    private static readonly LocalTimePattern s_time = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>What people chose, by login, and since when.</summary>
    public async Task<IReadOnlyDictionary<string, (NotifyChoice Choice, Instant Since)>> Choices(CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, "SELECT login, push, mail, digest, address, kinds, least, least_days, zone, quiet_from, quiet_to, breaks, digest_at, since, least_promises FROM subscriptions");
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        var choices = new Dictionary<string, (NotifyChoice, Instant)>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancel))
        {
            choices[rows.GetString(0)] = (new(rows.GetInt64(1) != 0, rows.GetInt64(2) != 0, rows.GetInt64(3) != 0, rows.GetString(4), NoticeTables.List<NoticeKind>(rows.GetString(5)),
                Words.Find<NoticeSeverity>(rows.GetString(6)) ?? NoticeSeverity.Warning, rows.GetDouble(7), rows.GetString(8), Time(rows.GetString(9)), Time(rows.GetString(10)), rows.GetInt64(11) != 0, Time(rows.GetString(12)), rows.GetDouble(14)),
                Instant.FromUnixTimeTicks(rows.GetInt64(13)));
        }
        return choices;
    }

    public async Task Put(string login, NotifyChoice c, Instant since, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await Database.Execute(connection, """
            INSERT INTO subscriptions (login, push, mail, digest, address, kinds, least, least_days, zone, quiet_from, quiet_to, breaks, digest_at, since, least_promises)
            VALUES (@login, @push, @mail, @digest, @address, @kinds, @least, @days, @zone, @from, @to, @breaks, @at, @since, @promises)
            ON CONFLICT (login) DO UPDATE SET push = excluded.push, mail = excluded.mail, digest = excluded.digest, address = excluded.address, kinds = excluded.kinds, least = excluded.least, least_days = excluded.least_days,
                zone = excluded.zone, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to, breaks = excluded.breaks, digest_at = excluded.digest_at, since = excluded.since, least_promises = excluded.least_promises
            """, cancel, null, ("login", login), ("push", Number(c.Push)), ("mail", Number(c.Mail)), ("digest", Number(c.Digest)), ("address", c.Address), ("kinds", NoticeTables.Text(c.Kinds)), ("least", Words.Of(c.Least)),
            ("days", c.LeastDays), ("zone", c.Zone), ("from", Text(c.QuietFrom)), ("to", Text(c.QuietTo)), ("breaks", Number(c.Breaks)), ("at", Text(c.DigestAt)), ("since", since.ToUnixTimeTicks()), ("promises", c.LeastPromises));
    }

    /// <summary>All devices, oldest first.</summary>
    public async Task<IReadOnlyList<PushDevice>> Devices(CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, "SELECT device, login, endpoint, p256dh, auth, label, added, reached FROM push_devices ORDER BY added, device");
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        var devices = new List<PushDevice>();
        while (await rows.ReadAsync(cancel))
            devices.Add(new(rows.GetString(0), rows.GetString(1), new(rows.GetString(2), rows.GetString(3), rows.GetString(4), rows.GetString(5)), Instant.FromUnixTimeTicks(rows.GetInt64(6)), rows.IsDBNull(7) ? null : Instant.FromUnixTimeTicks(rows.GetInt64(7))));
        return devices;
    }

    /// <summary>Adds a device; one that is there already becomes this person's.</summary>
    public async Task Put(PushDevice d, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await Database.Execute(connection, """
            INSERT INTO push_devices (device, login, endpoint, p256dh, auth, label, added, reached) VALUES (@device, @login, @endpoint, @p256dh, @auth, @label, @added, @reached)
            ON CONFLICT (device) DO UPDATE SET login = excluded.login, p256dh = excluded.p256dh, auth = excluded.auth, label = excluded.label
            """, cancel, null, ("device", d.Device), ("login", d.Login), ("endpoint", d.Subscription.Endpoint), ("p256dh", d.Subscription.P256dh), ("auth", d.Subscription.Auth), ("label", d.Subscription.Label),
            ("added", d.Added.ToUnixTimeTicks()), ("reached", d.Reached?.ToUnixTimeTicks()));
    }

    public async Task Reached(string device, Instant at, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await Database.Execute(connection, "UPDATE push_devices SET reached = @at WHERE device = @device", cancel, null, ("at", at.ToUnixTimeTicks()), ("device", device));
    }

    /// <param name="login">Whose; null: anyone's.</param>
    public async Task<bool> Remove(string device, string? login, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        return await Database.Execute(connection, "DELETE FROM push_devices WHERE device = @device AND (CAST(@login AS TEXT) IS NULL OR login = @login)", cancel, null, ("device", device), ("login", login)) == 1;
    }

    private static long Number(bool yes) => yes ? 1L : 0L;
    private static string Text(LocalTime time) => s_time.Format(time);
    private static LocalTime Time(string text) => s_time.Parse(text) is { Success: true, Value: var time } ? time : LocalTime.Midnight;
}
