using System.Data.Common;
using Homestretch.Server.Storage;
using Homestretch.Web.Window;

namespace Homestretch.Server.Floor;

/// <summary>Where a device of the floor takes what comes next.</summary>
/// <param name="Device">Name of its token.</param>
/// <param name="Told">The card that was sent last; empty: none.</param>
internal sealed record CardReceiver(string Device, PushSubscription At, string Language, string Told);

/// <summary>Devices of the floor that take cards, in the database. Who they are and whether they may still come in is their token's to say.</summary>
internal sealed class CardTables(Database database, Live.HubClock clock)
{
    public async Task<IReadOnlyList<CardReceiver>> All(CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, "SELECT device, endpoint, p256dh, auth, language, told FROM floor_cards ORDER BY device");
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        var all = new List<CardReceiver>();
        while (await rows.ReadAsync(cancel)) all.Add(new(rows.GetString(0), new(rows.GetString(1), rows.GetString(2), rows.GetString(3), ""), rows.GetString(4), rows.GetString(5)));
        return all;
    }

    /// <summary>Keeps where a device takes cards. A browser belongs to one device: whoever enrolled it before takes none any more.</summary>
    /// <returns>Whether it took none before.</returns>
    public async Task<bool> Put(string device, PushSubscription at, string language, CancellationToken cancel)
    {
        bool known = (await All(cancel)).Any(r => r.Device == device);
        await using DbConnection connection = await database.Connect(cancel);
        await Database.Execute(connection, "DELETE FROM floor_cards WHERE endpoint = @endpoint AND device <> @device", cancel, null, ("endpoint", at.Endpoint), ("device", device));
        await Database.Execute(connection, """
            INSERT INTO floor_cards (device, endpoint, p256dh, auth, language, added, told) VALUES (@device, @endpoint, @p256dh, @auth, @language, @added, '')
            ON CONFLICT (device) DO UPDATE SET told = CASE WHEN floor_cards.endpoint = excluded.endpoint THEN floor_cards.told ELSE '' END, endpoint = excluded.endpoint, p256dh = excluded.p256dh, auth = excluded.auth, language = excluded.language
            """, cancel, null, ("device", device), ("endpoint", at.Endpoint), ("p256dh", at.P256dh), ("auth", at.Auth), ("language", language), ("added", clock.Real.ToUnixTimeTicks()));
        return !known;
    }

    /// <param name="endpoint">Where it was sent; a device that takes cards elsewhere meanwhile has none yet.</param>
    public async Task Told(string device, string endpoint, string card, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await Database.Execute(connection, "UPDATE floor_cards SET told = @card WHERE device = @device AND endpoint = @endpoint", cancel, null, ("card", card), ("device", device), ("endpoint", endpoint));
    }

    /// <param name="endpoint">Only if it still takes them there; null: wherever.</param>
    public async Task<bool> Remove(string device, string? endpoint, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        return await Database.Execute(connection, "DELETE FROM floor_cards WHERE device = @device AND (CAST(@endpoint AS TEXT) IS NULL OR endpoint = @endpoint)", cancel, null, ("device", device), ("endpoint", endpoint)) == 1;
    }
}
